// Bytes that somebody made to keep the editor busy: the work on them grows as they do, nothing throws, and what is told
// stays bounded.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tell as told } from "../../../../src/core/messages/tell.ts";
import { type Certificate, isUnreadable } from "../../../../src/core/x509/model.ts";
import { readCertificate } from "../../../../src/core/x509/read/certificate.ts";
import { mostExtensions } from "../../../../src/core/x509/read/extensions.ts";
import { type CertificateRequest, readRequest } from "../../../../src/core/x509/read/request.ts";
import { serialOddity } from "../../../../src/core/x509/serial-number.ts";
import { countWork, workOf } from "../../work.ts";
import * as write from "../der-writer.ts";
import { readable, refused } from "../reading.ts";

const {
  ascii,
  attribute,
  certificate,
  concat,
  element,
  explicit,
  extension,
  integer,
  name,
  nothing,
  octets,
  oid,
  sequence,
  set,
  subjectAltName,
  utf8String,
} = write;

const times = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index));

/** Elements within each other, `depth` deep: written from the innermost. */
function nested(depth: number, tag = 0x30): Uint8Array {
  const written = new Uint8Array(depth * 6);
  let start = written.length;
  for (let level = 0; level < depth; level++) {
    const header = [tag, ...write.lengthOf(written.length - start)];
    start -= header.length;
    written.set(header, start);
  }
  return written.slice(start);
}

/** By name: bytes for each size. */
const inputs: Readonly<Record<string, (count: number) => write.Bytes>> = {
  "headers without content": (count) => new Uint8Array(count * 2).fill(0x30),
  "headers of indefinite length": (count) =>
    Uint8Array.from({ length: count * 2 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80)),
  "elements of indefinite length, side by side": (count) =>
    concat([0x30, 0x80], ...times(count, () => [0x30, 0x80, 0, 0]), [0, 0]),
  "elements of indefinite length, as deep as is read": (count) =>
    concat(...times(29, () => [0x30, 0x80]), ...times(count, () => [5, 0])),
  "elements within each other": (count) => nested(count),
  "elements within each other as parameters": (count) =>
    certificate({ signatureAlgorithm: sequence(oid("1.2.3"), nested(count)) }),
  "elements within each other as an extension": (count) =>
    certificate({ extensions: [extension("2.5.29.17", nested(count, 0xa4))] }),
  "high tags": (count) => concat([0x1f], new Uint8Array(count).fill(0x81)),
  "extensions, each another": (count) =>
    certificate({ extensions: times(count, (index) => extension(`1.2.${index}`, nothing)) }),
  "extensions, all the same": (count) =>
    certificate({ extensions: times(count, () => extension("2.5.29.15", nothing)) }),
  "a long OID in a name": (count) =>
    certificate({
      subject: sequence(set(sequence(element(6, [0x55], new Uint8Array(count).fill(0x81), [1]), utf8String("a")))),
    }),
  "a long OID of an extension": (count) =>
    certificate({ extensions: [sequence(element(6, [0x55], new Uint8Array(count).fill(1)), octets([]))] }),
  "a long serial number": (count) => certificate({ serial: element(2, [0x81], new Uint8Array(count).fill(0x5a)) }),
  "a long modulus and exponent": (count) =>
    certificate({
      publicKey: write.subjectPublicKeyInfo(
        sequence(oid("1.2.840.113549.1.1.1"), nothing),
        sequence(element(2, [1], new Uint8Array(count)), element(2, [1], new Uint8Array(count))),
      ),
    }),
  "a long time": (count) => certificate({ notBefore: write.generalizedTime(`20200101000000.${"1".repeat(count)}Z`) }),
  "a long value in a name": (count) =>
    certificate({ subject: sequence(set(attribute("CN", utf8String("é ".repeat(count / 2))))) }),
  "many parts in a name": (count) =>
    certificate({ subject: sequence(...times(count, () => set(attribute("CN", "a")))) }),
  "many values in one part of a name": (count) =>
    certificate({ subject: sequence(set(...times(count, (index) => attribute("CN", `${(index * 7919) % count}`)))) }),
  "odd values in a name": (count) =>
    certificate({ subject: sequence(...times(count, (index) => set(attribute("CN", integer(index))))) }),
  "alternative names": (count) =>
    certificate({ extensions: [subjectAltName(...times(count, (index) => explicit(4, name(`CN=${index}`))))] }),
  purposes: (count) =>
    certificate({ extensions: [write.extendedKeyUsage(...times(count, (index) => `1.2.${index}`))] }),
  "a long key identifier": (count) =>
    certificate({ extensions: [write.subjectKeyIdentifier(times(count, () => 1)), write.keyUsage("cRLSign")] }),
  "usage bits": (count) =>
    certificate({ extensions: [extension("2.5.29.15", write.bits(new Uint8Array(count).fill(255)))] }),
  "requested extensions": (count) =>
    write.request({ extensions: times(count, (index) => extension(`1.2.${index}`, nothing)) }),
  "attributes of a request": (count) =>
    write.request({ attributes: times(count, (index) => sequence(oid(`1.2.${index}`), set())) }),
};

/** Everything that can be asked. */
function tell(read: Certificate | CertificateRequest): string {
  const {
    subject,
    publicKey,
    basicConstraints,
    keyUsage,
    extendedKeyUsage,
    subjectAltName: names,
    subjectKeyIdentifier,
    authorityKeyIdentifier,
    extensions,
    faults,
  } = read;
  const { kind, bits, curve, exponent, algorithm } = publicKey;
  const shared = [
    subject.key,
    subject.rdns,
    kind,
    bits,
    curve,
    exponent,
    algorithm,
    basicConstraints,
    keyUsage,
    extendedKeyUsage,
    names,
    subjectKeyIdentifier,
    authorityKeyIdentifier,
    extensions,
    faults,
  ];
  return JSON.stringify(
    "serial" in read
      ? [
          ...shared,
          read.serial,
          read.issuer.key,
          read.notBefore.at,
          read.notBefore.text,
          read.notAfter.at,
          read.signatureAlgorithm,
          read.outerSignatureAlgorithm,
          read.hash,
        ]
      : [...shared, read.attributes, read.version],
  );
}

function tellAll(der: write.Bytes): string {
  return [readCertificate(der), readRequest(der)]
    .map((read) => (isUnreadable(read) ? JSON.stringify(read) : tell(read)))
    .join("\n");
}

describe("hostile DER", () => {
  countWork();

  for (const [what, make] of Object.entries(inputs)) {
    test(`${what}: four times as much is about four times the work`, () => {
      const [small, large] = [make(1000), make(4000)];
      tellAll(small);
      const [less, more] = [workOf(() => tellAll(small)), workOf(() => tellAll(large))];
      // The rest is what a certificate takes anyhow, and sorting.
      assert.ok(more < less * 6 + 2000, `${less} for 1,000, ${more} for 4,000`);
      assert.ok(tellAll(large).length < large.length * 60 + 20_000, "it tells more than there is");
    });
  }
});

describe("enormous DER", () => {
  test("is refused, or read as far as it goes", () => {
    const million = 1_000_000;
    for (const der of [
      new Uint8Array(10 * million).fill(0x30),
      nested(million),
      concat([0x30, 0x84, 0xff, 0xff, 0xff, 0xff], new Uint8Array(100)),
      Uint8Array.from({ length: million }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80)),
    ]) {
      const { at, reason } = refused(der);
      assert.ok(at.end <= der.length && told(reason).length < 200);
    }
  });

  test("a serial number of a megabyte is told by its beginning", () => {
    const read = readable(certificate({ serial: element(2, [1], new Uint8Array(1 << 20)) }));
    assert.equal(read.serial.length, 2049);
    assert.ok(read.serial.endsWith("…"));
    assert.equal(serialOddity(read), "long");
  });

  test("an OID of half a megabyte is told by its beginning and its length", () => {
    const read = readable(
      certificate({
        issuer: "CN=i",
        subject: sequence(set(sequence(element(6, [0x55], new Uint8Array(1 << 19).fill(3)), utf8String("a")))),
      }),
    );
    assert.match(read.subject.rdns[0]?.[0]?.oid ?? "", /^2\.5(\.3){127}… \(524289\)$/);
    assert.ok(read.subject.key.length < 3 * (1 << 19));
  });

  test("100,000 extensions are read up to a number", () => {
    const read = readable(
      certificate({
        extensions: [
          Buffer.concat(times(100_000, () => extension("1.2.3.4", ascii("x")))),
          write.basicConstraints(true),
        ],
      }),
    );
    assert.equal(read.extensions.length, mostExtensions);
    assert.equal(read.basicConstraints?.value?.ca, true);
    assert.ok(read.faults.length <= mostExtensions);
  });

  test("many odd values are many faults, but not without end", () => {
    const read = readable(
      certificate({ subject: sequence(...times(5000, (index) => set(attribute("CN", integer(index))))) }),
    );
    assert.ok(read.faults.length > 0 && read.faults.length < 100, `${read.faults.length} faults`);
  });
});
