import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tell } from "../../../../src/core/messages/tell.ts";
import { isCertificateAuthority, isUnreadable } from "../../../../src/core/x509/model.ts";
import { readCertificate } from "../../../../src/core/x509/read/certificate.ts";
import * as write from "../der-writer.ts";
import { faultsOf, made, readable, readableRequest, refused } from "../reading.ts";

const {
  basicConstraints,
  bits,
  certificate,
  concat,
  element,
  explicit,
  extension,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
  subjectKeyIdentifier,
  utcTime,
} = write;

describe("a certificate", () => {
  test("is read, each part of it", () => {
    const der = certificate({
      serial: 0x1234n,
      issuer: "C=US,O=Issuer",
      subject: "CN=leaf",
      notBefore: "20240229123456Z",
      notAfter: "20500101000000Z",
      signatureAlgorithm: write.sha1WithRsa,
      outerSignatureAlgorithm: write.ecdsaWithSha256,
      publicKey: write.ecKey(),
      signature: bits([1, 2, 3]),
      extensions: [basicConstraints(false)],
    });
    const read = readable(der);
    assert.equal(read.version, 3);
    assert.equal(read.serial, "1234");
    assert.equal(read.issuer.key, "/2.5.4.6=us/2.5.4.10=issuer");
    assert.equal(read.subject.key, "/2.5.4.3=leaf");
    assert.deepEqual([read.notBefore.text, read.notBefore.at], ["240229123456Z", Date.parse("2024-02-29T12:34:56Z")]);
    assert.deepEqual([read.notAfter.text, read.notAfter.at], ["20500101000000Z", Date.parse("2050-01-01T00:00:00Z")]);
    assert.equal(read.signatureAlgorithm.oid, "1.2.840.113549.1.1.5");
    assert.deepEqual(
      [...der.subarray(read.signatureAlgorithm.parameters?.start, read.signatureAlgorithm.parameters?.end)],
      [5, 0],
    );
    assert.deepEqual(read.outerSignatureAlgorithm, { oid: "1.2.840.10045.4.3.2", parameters: undefined });
    assert.equal(read.publicKey.curve?.name, "prime256v1");
    assert.deepEqual([...der.subarray(read.signature.start, read.signature.end)], [1, 2, 3]);
    assert.equal(der[read.tbs.start], 0x30);
    assert.ok(read.tbs.start === 3 && read.tbs.end < read.signature.start);
    assert.deepEqual(faultsOf(read), []);
    assert.equal(read.selfIssued, false);
    assert.equal(read.trailing, 0);
    assert.equal(read.der, der);
  });

  test("has the version it says", () => {
    const version = (content: write.Bytes | number) => made({ version: content }).version;
    assert.deepEqual(
      [
        version(1),
        version(2),
        version(3),
        version(explicit(0, integer(0))),
        version(77),
        version(explicit(0, integer(-1))),
      ],
      [1, 2, 3, 1, 77, 0],
    );
    assert.ok(version(explicit(0, integer(1n << 80n))) > 1e15);
    assert.equal(made({ version: 1, extensions: [basicConstraints(true)] }).basicConstraints?.value?.ca, true);
    for (const wrong of [
      explicit(0),
      explicit(0, integer(1), integer(1)),
      explicit(0, octets([2])),
      explicit(0, element(2, [0, 2])),
    ]) {
      assert.equal(refused(certificate({ version: wrong })).part, "tbsCertificate.version");
    }
  });

  test("has its serial number with its sign, as OpenSSL prints it", () => {
    const serial = (...content: readonly number[]) => made({ serial: element(2, content) }).serial;
    assert.deepEqual(
      [serial(0), serial(1), serial(0x7f), serial(0, 0x80), serial(0, 0xff, 1)],
      ["00", "01", "7F", "80", "FF01"],
    );
    assert.deepEqual(
      [serial(0xff), serial(0xfe), serial(0x80), serial(0x80, 1), serial(0xff, 0)],
      ["-01", "-02", "-80", "-7FFF", "-0100"],
    );
    assert.equal(made({ serial: 2n ** 300n }).serial, `10${"0".repeat(74)}`);
    for (const wrong of [element(2), element(2, [0, 1]), element(2, [0xff, 0x80]), octets([1])])
      assert.equal(refused(certificate({ serial: wrong })).part, "tbsCertificate.serialNumber");
  });

  test("is read without a change to the caller's bytes, of which a part of a Buffer is a view", () => {
    const serial = element(2, [0xb6, 0x69, 0xfd, 0x2e]);
    const authority = extension("2.5.29.35", sequence(implicit(0, [1, 2]), implicit(2, [0xfe, 0x00])));
    const der = certificate({ serial, extensions: [authority, basicConstraints(true), subjectKeyIdentifier([1])] });
    const given = Buffer.from(der);
    const read = readable(given);
    assert.equal(read.serial, "-499602D2");
    assert.equal(read.authorityKeyIdentifier?.value?.serial, "-0200");
    assert.deepEqual(read.faults, []);
    assert.deepEqual(Uint8Array.from(given), der);
    const request = Buffer.from(write.request({ extensions: [basicConstraints(true)] }));
    const before = Uint8Array.from(request);
    assert.equal(readableRequest(request).basicConstraints?.value?.ca, true);
    assert.deepEqual(Uint8Array.from(request), before);
  });

  test("does not keep the caller's Buffer for the next one: what is written into it later changes nothing", () => {
    const withUsages = (...usages: readonly number[]) =>
      certificate({ extensions: [extension("2.5.29.15", bits(usages, 0))] });
    const given = Buffer.from(withUsages(0x07, 0x7b));
    assert.deepEqual(readable(given).keyUsage?.value?.includes("cRLSign"), true);
    // What is kept is looked up by a sum, which is the same of these.
    given.set([0x08, 0x5c], given.indexOf(Uint8Array.of(0x07, 0x7b)));
    assert.deepEqual(readable(withUsages(0x08, 0x5c)).keyUsage?.value, ["keyAgreement"]);
  });

  test("may have bytes behind it, as TRUSTED CERTIFICATE has, which are not part of it", () => {
    const der = certificate();
    const read = readable(concat(der, [1, 2, 3]));
    assert.equal(read.trailing, 3);
    assert.deepEqual(read.der, der);
    assert.equal(read.hash, readable(der).hash);
    assert.deepEqual(faultsOf(read), []);
  });

  test("has a hash that others do not have", () => {
    const hashes = Array.from(
      { length: 2000 },
      (_, index) => made({ serial: index, signature: bits([index >> 8, index & 255]) }).hash,
    );
    assert.ok(new Set(hashes).size > 1990);
    assert.equal(made().hash, made().hash);
  });

  test("may have unique identifiers", () => {
    assert.equal(
      faultsOf(
        made({ beforeExtensions: [implicit(1, [0, 5]), implicit(2, [0, 6])], extensions: [basicConstraints(true)] }),
      ).length,
      0,
    );
    assert.deepEqual(faultsOf(made({ beforeExtensions: [explicit(1, bits([5]))] })), [
      "tbsCertificate.issuerUniqueID: This is BER, not DER. Some programs reject it.",
    ]);
    assert.equal(
      refused(certificate({ beforeExtensions: [implicit(1, [9, 5])] })).part,
      "tbsCertificate.issuerUniqueID",
    );
    assert.equal(
      refused(certificate({ beforeExtensions: [implicit(2, [0, 5]), implicit(1, [0, 5])] })).part,
      "tbsCertificate",
    );
  });

  test("in BER is read, and that it is not DER is a fault", () => {
    const der = certificate({ extensions: [basicConstraints(true)] });
    const indefinite = readable(concat([0x30, 0x80], der.subarray(4), [0, 0]));
    assert.equal(indefinite.basicConstraints?.value?.ca, true);
    assert.deepEqual([indefinite.der.length, indefinite.trailing], [der.length, 0]);
    assert.deepEqual(faultsOf(indefinite), ["Certificate: This is BER, not DER. Some programs reject it."]);
    const long = made({
      serial: Uint8Array.of(2, 0x82, 0, 1, 5),
      publicKey: write.ecKey(),
      extensions: [sequence(oid("2.5.29.19"), element(1, [1]), octets(sequence()))],
    });
    assert.deepEqual([long.serial, long.extensions[0]?.critical], ["05", true]);
    assert.deepEqual(faultsOf(long), [
      "tbsCertificate.serialNumber: This is BER, not DER. Some programs reject it.",
      "tbsCertificate.extensions: This is BER, not DER. Some programs reject it.",
    ]);
  });

  test("of another structure is refused, with the part and the place", () => {
    const der = certificate({ subject: "CN=s", issuer: "CN=i" });
    const wrong: readonly (readonly [string, write.Bytes, string])[] = [
      ["nothing", new Uint8Array(), "Certificate"],
      ["text", write.ascii("-----BEGIN"), "Certificate"],
      ["a SET", concat([0x31], der.subarray(1)), "Certificate"],
      ["an empty sequence", sequence(), "tbsCertificate"],
      ["a key", write.rsaKey(), "signatureAlgorithm"],
      ["a request", write.request(), "tbsCertificate.signature"],
      ["no signature", sequence(der.subarray(4, readable(der).tbs.end), write.sha256WithRsa), "signatureValue"],
      ["something behind the signature", certificate({ behindSignature: [nothing] }), "Certificate"],
      ["something behind the extensions", certificate({ behind: [nothing] }), "tbsCertificate"],
      ["a signature that is none", certificate({ signature: octets([1]) }), "signatureValue"],
      ["a signature without bits", certificate({ signature: element(3) }), "signatureValue"],
      ["a time that is none", certificate({ notBefore: integer(1) }), "tbsCertificate.validity.notBefore"],
      [
        "three times",
        certificate({ notAfter: concat(utcTime("300101000000Z"), utcTime("300101000000Z")) }),
        "tbsCertificate.validity",
      ],
      ["an algorithm that is none", certificate({ signatureAlgorithm: nothing }), "signatureAlgorithm"],
      [
        "an algorithm with too much",
        certificate({ signatureAlgorithm: sequence(oid("1.2.3"), nothing, nothing) }),
        "signatureAlgorithm",
      ],
      [
        "an algorithm with damaged parameters",
        certificate({
          outerSignatureAlgorithm: write.sha256WithRsa,
          signatureAlgorithm: sequence(oid("1.2.3"), element(5, [1])),
        }),
        "tbsCertificate.signature",
      ],
      ["a key that is none", certificate({ publicKey: sequence() }), "tbsCertificate.subjectPublicKeyInfo"],
      ["a name that is none", certificate({ subject: set(), issuer: "CN=i" }), "tbsCertificate.subject"],
    ];
    for (const [what, bytes, part] of wrong) {
      const fault = refused(bytes);
      assert.equal(fault.part, part, what);
      assert.ok(fault.at.start <= fault.at.end && fault.at.end <= bytes.length && tell(fault.reason) !== "", what);
    }
  });

  test("that is cut off anywhere is refused, at its end", () => {
    const der = certificate({ extensions: [basicConstraints(true), write.keyUsage("keyCertSign")] });
    for (let length = 0; length < der.length; length++) {
      const read = readCertificate(der.subarray(0, length));
      assert.ok(isUnreadable(read), `${length} bytes`);
      assert.equal(read.fault.at.end, length);
    }
  });
});

describe("a certificate authority", () => {
  test("says so, or is older than that, and issued itself", () => {
    const authority = (parts: write.CertificateParts) => isCertificateAuthority(made(parts));
    assert.equal(authority({ extensions: [basicConstraints(true)] }), true);
    assert.equal(authority({ version: 1, extensions: [basicConstraints(true)] }), true);
    assert.equal(authority({ extensions: [basicConstraints(false)] }), false);
    assert.equal(authority({}), false);
    assert.equal(authority({ version: 1 }), true);
    assert.equal(authority({ version: 1, issuer: "CN=another" }), false);
    assert.equal(authority({ extensions: [write.extension("2.5.29.19", nothing)] }), false);
  });
});
