import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import { readCredential } from "../../../../src/platform/node/probe/credential.ts";
import { issueUnfit, makeStranger } from "../../../../src/platform/node/probe/throw-away.ts";
import { createCa, createChain, type Issued, type KeyKind, keysOf } from "../../../core/x509/pki.ts";

const [leaf, intermediate, root] = createChain();
const keyOf = (
  { keys }: Issued,
  options: { readonly passphrase?: string; readonly type?: "pkcs8" | "sec1" } = {},
): string =>
  keys.privateKey
    .export({
      format: "pem",
      type: options.type ?? "pkcs8",
      ...(options.passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase: options.passphrase }),
    })
    .toString();
const now = new Date("2026-12-01T00:00:00Z");

describe("a certificate and its key", () => {
  test("are read from two files or from one, in any order", () => {
    const expected = [leaf.pem, intermediate.pem].map((pem) => pem.trim()).join("\n");
    const one = readCredential(leaf.pem + intermediate.pem, keyOf(leaf));
    assert.ok(typeof one === "object");
    assert.equal(one.certificate, expected);
    assert.deepEqual(readCredential(intermediate.pem + leaf.pem, keyOf(leaf, { type: "sec1" })), one);
    const both = `Bag Attributes\n${keyOf(leaf)}${leaf.pem}${intermediate.pem}`;
    assert.deepEqual(readCredential(both, both), one);
    assert.ok(createPrivateKey(one.key).equals(leaf.keys.privateKey));
  });

  test("are refused with what is wrong", () => {
    const key = keyOf(leaf);
    assert.equal(readCredential("", key), "no-certificate");
    assert.equal(readCredential(key, key), "no-certificate");
    assert.equal(readCredential(leaf.pem, ""), "no-key");
    assert.equal(readCredential(leaf.pem, leaf.pem), "no-key");
    assert.equal(readCredential(leaf.pem, keyOf(leaf, { passphrase: "x" })), "encrypted-key");
    assert.equal(readCredential(leaf.pem, keyOf(leaf, { passphrase: "x", type: "sec1" })), "encrypted-key");
    assert.equal(readCredential(leaf.pem, key.replace("M", "!")), "unreadable-key");
    // A byte order mark, as a file is read byte by byte.
    assert.equal(typeof readCredential(leaf.pem, `\xef\xbb\xbf${key}`), "object");
    assert.equal(readCredential(leaf.pem.replace("MII", "AAA"), key), "unreadable-certificate");
    assert.equal(readCredential(leaf.pem, keyOf(root)), "other-key");
  });
});

describe("a certificate that is made for one probe", () => {
  test("bears the name of a CA, and is not signed by it", async () => {
    const name = root.certificate.der.slice(root.certificate.subject.slice.start, root.certificate.subject.slice.end);
    const stranger = readCredential(...inOrder(await makeStranger(name, true, now)));
    assert.ok(typeof stranger === "object");
    const [own, ca] = stranger.certificate
      .split(/(?<=-----END CERTIFICATE-----)\n/)
      .map((pem) => new X509Certificate(pem));
    assert.ok(own !== undefined && ca !== undefined);
    assert.equal(own.issuer, new X509Certificate(root.pem).subject);
    assert.ok(own.verify(ca.publicKey));
    assert.ok(!own.verify(new X509Certificate(root.pem).publicKey));
    assert.deepEqual(own.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
    assert.ok(own.validFromDate < now && own.validToDate > now);
  });

  test("bears a name of ours where no CA is named, or its name is none, with the keys that are asked for", async () => {
    for (const name of [undefined, Uint8Array.of(1, 2, 3)]) {
      const own = new X509Certificate((await makeStranger(name, false, now)).certificate);
      assert.match(own.issuer, /throw-away/);
      assert.equal(own.publicKey.asymmetricKeyType, "rsa");
    }
  });

  test("is signed by the user's CA, whatever its key, and unfit", async () => {
    for (const kind of ["p256", "p384", "rsa2048"] as const satisfies readonly KeyKind[]) {
      const ca = createCa({ keys: keysOf(kind) });
      const credential = readCredential(ca.pem, keyOf(ca));
      assert.ok(typeof credential === "object");
      const expired = new X509Certificate((await issueUnfit(credential, "expired", true, now)).certificate);
      assert.ok(expired.verify(new X509Certificate(ca.pem).publicKey), kind);
      assert.ok(expired.checkIssued(new X509Certificate(ca.pem)), kind);
      assert.ok(expired.validToDate < now);
      assert.deepEqual(expired.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
      const server = new X509Certificate((await issueUnfit(credential, "server-auth", true, now)).certificate);
      assert.ok(server.validToDate > now);
      assert.deepEqual(server.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
    }
  });

  test("cannot be signed with a key of a kind that certificates of clients do not have", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const ca = { certificate: root.pem, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
    await assert.rejects(issueUnfit(ca, "expired", true, now));
  });
});

function inOrder({ certificate, key }: { readonly certificate: string; readonly key: string }): [string, string] {
  return [certificate, key];
}
