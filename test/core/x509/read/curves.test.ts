import * as assert from "node:assert/strict";
import { createPublicKey, ECDH, generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { isOffCurve } from "../../../../src/core/x509/read/curves.ts";
import { type Bytes, ecKey, oid, rsaKey, sequence, subjectPublicKeyInfo } from "../der-writer.ts";
import { made } from "../reading.ts";

const curves = [
  { name: "prime256v1", type: "1.2.840.10045.3.1.7", octets: 32 },
  { name: "secp384r1", type: "1.3.132.0.34", octets: 48 },
  { name: "secp521r1", type: "1.3.132.0.35", octets: 66 },
] as const;

const isOff = (publicKey: Bytes) => isOffCurve(made({ publicKey }));

function opensslReads(spki: Bytes): boolean {
  try {
    createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    return true;
  } catch {
    return false;
  }
}

for (const { name, type, octets } of curves) {
  const keyOf = (point: Uint8Array) => subjectPublicKeyInfo(sequence(oid("1.2.840.10045.2.1"), oid(type)), point);
  const randomPoint = () =>
    generateKeyPairSync("ec", { namedCurve: name })
      .publicKey.export({ type: "spki", format: "der" })
      .subarray(-2 * octets - 1);
  const compressed = (point: Uint8Array) => {
    const all = ECDH.convertKey(point, name, undefined, undefined, "compressed");
    return typeof all === "string" ? new Uint8Array() : all;
  };

  describe(`a key on ${name}`, () => {
    test("is a point of it, whole or compressed", () => {
      for (let count = 0; count < 20; count++) {
        const point = randomPoint();
        assert.equal(isOff(keyOf(point)), false);
        assert.equal(isOff(keyOf(compressed(point))), false);
      }
      assert.equal(isOff(ecKey(type, octets)), false);
    });

    test("is none as OpenSSL finds it to be none", () => {
      let [points, others] = [0, 0];
      for (let count = 0; count < 40; count++) {
        const changed = Uint8Array.from(randomPoint());
        const at = 1 + ((count * 7) % (2 * octets));
        changed[at] = (changed[at] ?? 0) ^ (1 << (count & 7));
        for (const point of [changed, Uint8Array.of(2 + (count & 1), ...changed.subarray(1, octets + 1))]) {
          const isRead = opensslReads(keyOf(point));
          assert.equal(isOff(keyOf(point)), !isRead, Buffer.from(point).toString("hex"));
          if (isRead) points++;
          else others++;
        }
      }
      // Of compressed ones about half are points.
      assert.ok(points > 5 && others > 40, `${points} points, ${others} others`);
    });

    test("is none where a coordinate is zero, or not below the field's prime", () => {
      const coordinate = (fill: number) => new Uint8Array(octets).fill(fill);
      for (const [x, y] of [
        [0, 0],
        [0xff, 0xff],
        [0xff, 1],
        [1, 0xff],
      ] as const) {
        const key = keyOf(Uint8Array.of(4, ...coordinate(x), ...coordinate(y)));
        assert.equal(isOff(key), true);
        assert.equal(opensslReads(key), false);
      }
    });
  });
}

test("keys of other kinds and curves, and those that cannot be read, are not judged", () => {
  assert.equal(isOff(rsaKey()), false);
  assert.equal(isOff(ecKey("1.3.132.0.10", 32)), false);
  assert.equal(isOff(ecKey("1.2.3.4")), false);
  const short = subjectPublicKeyInfo(sequence(oid("1.2.840.10045.2.1"), oid(curves[0].type)), [4, 1, 2]);
  assert.equal(isOff(short), false);
});
