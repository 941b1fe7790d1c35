import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isUnreadable } from "../../../../src/core/x509/model.ts";
import { readRequest } from "../../../../src/core/x509/read/request.ts";
import * as write from "../der-writer.ts";
import { readableRequest } from "../reading.ts";

const { basicConstraints, bits, concat, explicit, extension, integer, keyUsage, nothing, oid, request, sequence, set } =
  write;

describe("a certificate request", () => {
  test("is read, with the extensions that it asks for", () => {
    const der = request({
      subject: "CN=wanted,O=b",
      extensions: [
        write.subjectAltName(write.dnsName("a.example")),
        keyUsage("digitalSignature"),
        extension("1.2.3", nothing, true),
      ],
    });
    const read = readableRequest(der);
    assert.equal(read.version, 1);
    assert.equal(read.subject.key, "/2.5.4.3=wanted/2.5.4.10=b");
    assert.deepEqual([read.publicKey.kind, read.publicKey.bits], ["rsa", 2048]);
    assert.equal(read.signatureAlgorithm.oid, "1.2.840.113549.1.1.11");
    assert.deepEqual(
      read.extensions.map(({ oid: type, critical }) => [type, critical]),
      [
        ["2.5.29.17", false],
        ["2.5.29.15", true],
        ["1.2.3", true],
      ],
    );
    assert.deepEqual(read.keyUsage?.value, ["digitalSignature"]);
    assert.deepEqual(
      read.subjectAltName?.value?.map(({ value }) => value),
      ["a.example"],
    );
    assert.equal(read.basicConstraints, undefined);
    assert.deepEqual(read.attributes, ["1.2.840.113549.1.9.14"]);
    assert.deepEqual([...read.faults], []);
    assert.equal(read.der, der);
    assert.ok(read.info.start === 4 && read.info.end < read.signature.start && read.signature.end === der.length);
  });

  test("may ask for none, or have no attributes at all", () => {
    for (const der of [request(), request({ attributes: undefined })]) {
      assert.deepEqual(readableRequest(der).extensions, []);
      assert.deepEqual(readableRequest(der).attributes, []);
    }
  });

  test("keeps the types of its attributes, and no value", () => {
    const password = sequence(oid("1.2.840.113549.1.9.7"), set(write.utf8String("a secret")));
    const read = readableRequest(request({ attributes: [password], extensions: [basicConstraints(true)] }));
    assert.deepEqual(read.attributes, ["1.2.840.113549.1.9.7", "1.2.840.113549.1.9.14"]);
    assert.equal(read.basicConstraints?.value?.ca, true);
    assert.equal(JSON.stringify(read).includes("secret"), false);
  });

  test("of Microsoft's programs asks with an attribute of their own", () => {
    const asked = sequence(oid("1.3.6.1.4.1.311.2.1.14"), set(sequence(keyUsage("keyAgreement"))));
    assert.deepEqual(readableRequest(request({ attributes: [asked] })).keyUsage?.value, ["keyAgreement"]);
  });

  test("with a damaged extension or key is read, and that is a fault", () => {
    const read = readableRequest(
      request({
        publicKey: write.subjectPublicKeyInfo(sequence(oid("1.2.840.113549.1.1.1"), nothing), sequence()),
        extensions: [extension("2.5.29.15", nothing), basicConstraints(true)],
      }),
    );
    assert.deepEqual(
      read.faults.map(({ part }) => part),
      ["certificationRequestInfo.subjectPKInfo", "extension 2.5.29.15"],
    );
    assert.equal(read.basicConstraints?.value?.ca, true);
    assert.equal(readableRequest(request({ version: integer(5) })).version, 6);
    assert.equal(readableRequest(concat(request(), [1, 2])).trailing, 2);
  });

  test("of another structure is refused", () => {
    const extensions = (value: write.Bytes) => sequence(oid("1.2.840.113549.1.9.14"), set(value));
    const wrong: readonly (readonly [write.Bytes, string])[] = [
      [new Uint8Array(), "CertificationRequest"],
      [write.certificate(), "certificationRequestInfo.version"],
      [sequence(), "certificationRequestInfo"],
      [request({ version: write.octets([0]) }), "certificationRequestInfo.version"],
      [request({ attributes: [nothing] }), "certificationRequestInfo.attributes"],
      [request({ attributes: [sequence(oid("1.2.3"))] }), "certificationRequestInfo.attributes"],
      [request({ attributes: [extensions(nothing)] }), "certificationRequestInfo.attributes.extensionRequest"],
      [
        sequence(
          sequence(integer(0), write.name("CN=a"), write.rsaKey(), explicit(0), nothing),
          write.sha256WithRsa,
          bits([1]),
        ),
        "certificationRequestInfo",
      ],
      [
        sequence(sequence(integer(0), write.name("CN=a"), write.rsaKey(), explicit(0)), write.sha256WithRsa),
        "signature",
      ],
      [concat([0x31], request().subarray(1)), "CertificationRequest"],
    ];
    for (const [der, part] of wrong) {
      const read = readRequest(der);
      assert.ok(isUnreadable(read), part);
      assert.equal(read.fault.part, part);
      assert.ok(read.fault.at.end <= der.length);
    }
  });
});
