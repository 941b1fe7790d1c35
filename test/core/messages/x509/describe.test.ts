import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { momentText } from "../../../../src/core/messages/format.ts";
import {
  certificateTitle,
  colons,
  generalNameText,
  keyText,
  listed,
  nameTitle,
  shown,
  signatureText,
  subjectText,
  summary,
  validityInWords,
} from "../../../../src/core/messages/x509/describe.ts";
import { extensionText } from "../../../../src/core/messages/x509/extension-text.ts";
import { certificateText, requestText } from "../../../../src/core/messages/x509/plain-text.ts";
import { certificateJson, requestJson } from "../../../../src/core/x509/json.ts";
import { type Certificate, isUnreadable } from "../../../../src/core/x509/model.ts";
import { commonName, oidText, purposes } from "../../../../src/core/x509/naming.ts";
import { readRequest } from "../../../../src/core/x509/read/request.ts";
import { holds } from "../../../randomly.ts";
import * as der from "../../x509/der-writer.ts";
import { createCa, createChain, createLeaf, keysOf, read } from "../../x509/pki.ts";

const made = (parts: der.CertificateParts) => read(der.certificate(parts));
const [leaf, intermediate] = createChain();

describe("text of others", () => {
  test("cannot act: controls, directions, invisible characters and halves of pairs are spelled out", () => {
    assert.equal(
      shown("a\0b\u001b[31m\u202Egnp.exe\u200B\u{E0041}\u3164\ud800."),
      "a\\u{0}b\\u{1B}[31m\\u{202E}gnp.exe\\u{200B}\\u{E0041}\\u{3164}\\u{D800}.",
    );
    assert.equal(shown("Főtanúsítvány УЦ 認証局 👩"), "Főtanúsítvány УЦ 認証局 👩");
  });

  test("ends somewhere, and says how much is left", () => {
    assert.equal(shown("x".repeat(12), 10), "xxxxxxxxxx… (2 more characters)");
    assert.ok(shown("x".repeat(1_000_000)).length < 2100);
    assert.equal(colons("0A1B2C"), "0A:1B:2C");
    assert.equal(colons("-02"), "-02");
    assert.equal(colons("0A1B2C3D", 4), "0A:1B… (2 more bytes)");
  });

  test("as a list is counted behind the twentieth", () => {
    assert.equal(listed([]), undefined);
    assert.equal(listed(["a", "b"]), "a, b");
    assert.match(listed(Array.from({ length: 25 }, (_, index) => String(index))) ?? "", /18, 19 and 5 more$/);
  });
});

describe("a name", () => {
  const text = (subject: string | der.Bytes) => {
    const certificate = made({ subject });
    return subjectText(certificate.subject, certificate.der);
  };

  test("is written most specific first, escaped as RFC 4514 wants it", () => {
    assert.equal(text("C=US,O=Example,CN=leaf"), "CN=leaf,O=Example,C=US");
    assert.equal(
      text(der.sequence(der.set(der.attribute("O", ' #Example, "Inc"; <a>+b\\ ')))),
      'O=\\ #Example\\, \\"Inc\\"\\; \\<a\\>\\+b\\\\\\ ',
    );
    assert.equal(text(der.sequence(der.set(der.attribute("O", "#1")))), "O=\\#1");
    assert.equal(text(der.sequence(der.set(der.attribute("CN", "a"), der.attribute("OU", "b")))), "OU=b+CN=a");
    assert.equal(text(""), "");
  });

  test("keeps unknown types as numbers, and values that are no text as bytes", () => {
    assert.equal(text(der.sequence(der.set(der.attribute("1.2.3", "x")))), "1.2.3=x");
    assert.equal(text(der.sequence(der.set(der.attribute("CN", der.integer(5))))), "CN=#020105");
  });

  test("is called by its common name, the most specific of several", () => {
    const { subject, der: bytes } = made({ subject: "CN=first,O=Example,CN=second" });
    assert.equal(commonName(subject), "second");
    assert.equal(nameTitle(subject, bytes), "second");
  });

  test("without a common name is called by organization and unit, else by all of it", () => {
    const title = (subject: string) => certificateTitle(made({ subject }));
    assert.equal(title("OU=Edge,O=Example"), "Example – Edge");
    assert.equal(title("C=US,L=Town"), "L=Town,C=US");
    assert.equal(title("CN= ,O=Example"), "Example");
  });

  test("that is empty leaves the first alternative name, else the serial number", () => {
    assert.equal(
      certificateTitle(
        made({ subject: "", extensions: [der.subjectAltName(der.dnsName("a.example"), der.dnsName("b.example"))] }),
      ),
      "a.example",
    );
    assert.equal(certificateTitle(made({ subject: "", serial: 258 })), "Certificate 0102");
  });

  test("of every kind has a word for its kind", () => {
    const names = [
      der.implicit(1, der.ascii("a@example.com")),
      der.dnsName("example.com"),
      der.implicit(6, der.ascii("https://example.com")),
      der.implicit(7, [192, 0, 2, 1]),
      der.implicit(7, [1, 2, 3]),
      der.explicit(4, der.name("CN=x")),
      der.implicit(8, [0x2a, 3]),
      der.element(0xa0, der.oid("1.3.6.1.4.1.311.20.2.3"), der.explicit(0, der.utf8String("user@example.com"))),
      der.element(0xa0, der.oid("1.2.3"), der.explicit(0, der.integer(7))),
      der.element(0xa3, der.sequence()),
      der.element(0xa5, der.sequence()),
    ];
    const certificate = made({ extensions: [der.subjectAltName(...names)] });
    assert.deepEqual(
      certificate.subjectAltName?.value?.map((name) => Object.values(generalNameText(name, certificate.der))),
      [
        ["Email", "a@example.com"],
        ["DNS", "example.com"],
        ["URI", "https://example.com"],
        ["IP address", "192.0.2.1"],
        ["IP address", "87:03:01:02:03"],
        ["Directory name", "CN=x"],
        ["Registered ID", "1.2.3"],
        ["Other name, Microsoft User Principal Name", "user@example.com"],
        ["Other name, 1.2.3", "02:01:07"],
        ["X.400 address", "A3:02:30:00"],
        ["EDI party name", "A5:02:30:00"],
      ],
    );
  });
});

describe("validity in words", () => {
  const now = new Date("2026-06-15T12:00:00Z");
  const at = (text: string) => `${text.replaceAll(/\D/g, "")}Z`;
  const words = (notBefore: string, notAfter: string) =>
    validityInWords(made({ notBefore: at(notBefore), notAfter: at(notAfter) }), now);
  const cases: readonly (readonly [until: string, words: string])[] = [
    ["2026-06-15 12:00:00", "expires in less than a minute"],
    ["2026-06-15 12:01:30", "expires in 1 minute"],
    ["2026-06-15 12:59:00", "expires in 59 minutes"],
    ["2026-06-15 13:30:00", "expires in 1 hour"],
    ["2026-06-16 11:00:00", "expires in 23 hours"],
    ["2026-06-16 12:00:00", "expires in 1 day"],
    ["2026-06-27 13:00:00", "expires in 12 days"],
    ["2026-08-10 12:00:00", "expires in 56 days"],
    ["2026-09-20 12:00:00", "expires in 3 months"],
    ["2028-05-15 12:00:00", "expires in 23 months"],
    ["2031-07-15 12:00:00", "expires in 5 years"],
    ["9999-12-31 23:59:59", "does not expire"],
    ["2026-06-15 11:59:59", "expired less than a minute ago"],
    ["2026-06-14 11:00:00", "expired 1 day ago"],
    ["2026-03-10 12:00:00", "expired 3 months ago"],
    ["2021-03-10 12:00:00", "expired 5 years ago"],
  ];
  for (const [until, expected] of cases)
    test(`until ${until}: ${expected}`, () => assert.equal(words("2020-01-01 00:00:00", until), expected));

  test("before it begins, and where it never does", () => {
    assert.equal(
      words("2026-06-25 12:00:00", "2027-01-01 00:00:00"),
      "not valid yet (begins in 10 days, on 2026-06-25 12:00:00 UTC)",
    );
    assert.equal(words("2027-06-25 12:00:00", "2027-01-01 00:00:00"), "never valid (ends before it begins)");
  });

  test("says of a date that cannot be read just that", () => {
    assert.equal(validityInWords(made({ notAfter: der.utcTime("never") }), now), "end of validity cannot be read");
    assert.equal(
      validityInWords(made({ notBefore: der.utcTime("never") }), now),
      "beginning of validity cannot be read",
    );
  });

  test("dates are in UTC", () =>
    assert.equal(momentText(new Date(Date.UTC(2026, 0, 2, 3, 4, 5))), "2026-01-02 03:04:05 UTC"));
});

describe("keys and signatures", () => {
  const key = (publicKey: der.Bytes) => keyText(made({ publicKey }).publicKey);

  test("are named as people name them", () => {
    assert.equal(key(der.rsaKey(2048)), "RSA 2048");
    assert.equal(key(der.rsaKey(2047, 3)), "RSA 2047, exponent 3");
    assert.equal(key(der.ecKey()), "ECDSA P-256");
    assert.equal(key(der.ecKey("1.3.132.0.34", 48)), "ECDSA P-384");
    assert.equal(key(der.ecKey("1.3.132.0.10")), "ECDSA secp256k1");
    assert.equal(key(keysOf("ed25519").publicKey), "Ed25519");
    assert.equal(key(keysOf("dsa").publicKey), "DSA 1024");
    assert.equal(
      key(der.subjectPublicKeyInfo(der.sequence(der.oid("2.16.840.1.101.3.4.3.18")), new Uint8Array(1952))),
      "ML-DSA-65",
    );
    assert.equal(key(der.subjectPublicKeyInfo(der.sequence(der.oid("1.2.3.4")), [1])), "1.2.3.4");
  });

  test("of signatures too", () => {
    const signature = (signatureAlgorithm: der.Bytes) => {
      const certificate = made({ signatureAlgorithm });
      return signatureText(certificate.signatureAlgorithm, certificate.der);
    };
    assert.equal(signature(der.sha256WithRsa), "RSA with SHA-256");
    assert.equal(signature(der.ecdsaWithSha256), "ECDSA with SHA-256");
    assert.equal(signature(der.ed25519), "Ed25519");
    assert.equal(signature(der.sequence(der.oid("2.16.840.1.101.3.4.3.18"))), "ML-DSA-65");
    assert.equal(signature(der.sequence(der.oid("1.2.3.4"))), "1.2.3.4");
    const pss = createCa({ keys: "rsa2048", pss: { hash: "sha384", saltLength: 48 } }).certificate;
    assert.equal(
      signatureText(pss.signatureAlgorithm, pss.der),
      "RSASSA-PSS with SHA-384 (MGF1 with SHA-384, 48-byte salt)",
    );
    assert.equal(signature(der.sequence(der.oid("1.2.840.113549.1.1.10"))), "rsassaPss");
  });

  test("OIDs keep their number", () => {
    assert.equal(oidText("1.3.6.1.5.5.7.3.2"), "clientAuth (1.3.6.1.5.5.7.3.2)");
    assert.equal(oidText("1.2.3.4"), "1.2.3.4");
    assert.deepEqual(purposes(leaf.certificate), ["clientAuth"]);
    assert.equal(purposes(intermediate.certificate), undefined);
  });
});

test("a summary has what a hover shows", () => {
  assert.deepEqual(summary(leaf.certificate, new Date("2033-12-20T00:00:00Z"), "AB12"), {
    title: "client.example.com",
    subject: "CN=client.example.com",
    issuer: "CN=Intermediate CA",
    validity: "expires in 12 days",
    key: "ECDSA P-256",
    purposes: "clientAuth",
    isAuthority: false,
    fingerprint: "AB:12",
  });
});

// --- extensions

/** What the only extension says. */
function said(extension: der.Bytes) {
  const certificate = made({ extensions: [extension] });
  const [first] = certificate.extensions;
  const { name, fields, fault } = extensionText(certificate, first ?? assert.fail());
  return [
    name,
    ...fields.map((field) => `${field.name}: ${field.value}`),
    ...(fault === undefined ? [] : [`! ${fault}`]),
  ];
}

const { sequence, oid, octets, explicit, implicit, ascii, integer, extension } = der;
const uri = (text: string) => implicit(6, ascii(text));

describe("an extension says", () => {
  const cases: readonly (readonly [string, der.Bytes, readonly string[]])[] = [
    [
      "basic constraints",
      der.basicConstraints(true, 1),
      ["Basic Constraints", "Certificate authority: yes", "Path length: 1"],
    ],
    ["no authority", der.basicConstraints(false), ["Basic Constraints", "Certificate authority: no"]],
    [
      "key usage",
      der.keyUsage("digitalSignature", "keyCertSign"),
      ["Key Usage", "Usages: digitalSignature, keyCertSign"],
    ],
    ["no key usage at all", der.keyUsage(), ["Key Usage", "Usages: none"]],
    [
      "extended key usage",
      der.extendedKeyUsage(der.clientAuth, "1.2.3"),
      [
        "Extended Key Usage",
        "Purpose: TLS Web Client Authentication: clientAuth (1.3.6.1.5.5.7.3.2)",
        "Purpose: 1.2.3",
      ],
    ],
    [
      "alternative names",
      der.subjectAltName(der.dnsName("a"), implicit(7, [192, 0, 2, 1])),
      ["Subject Alternative Name", "DNS: a", "IP address: 192.0.2.1"],
    ],
    [
      "names of the issuer",
      extension("2.5.29.18", sequence(uri("https://ca.example"))),
      ["Issuer Alternative Name", "URI: https://ca.example"],
    ],
    ["a key identifier", der.subjectKeyIdentifier([1, 2, 255]), ["Subject Key Identifier", "Key identifier: 01:02:FF"]],
    [
      "the issuer's key, name and serial number",
      extension(
        "2.5.29.35",
        sequence(implicit(0, [1, 2]), der.element(0xa1, explicit(4, der.name("CN=CA"))), implicit(2, [0x10, 1])),
      ),
      ["Authority Key Identifier", "Key identifier: 01:02", "Issuer: CN=CA", "Serial number: 10:01"],
    ],
    [
      "where CRLs are",
      extension(
        "2.5.29.31",
        sequence(
          sequence(
            explicit(0, der.element(0xa0, uri("http://crl.example/1"))),
            implicit(1, [1, 0x60]),
            der.element(0xa2, explicit(4, der.name("CN=CRL issuer"))),
          ),
          sequence(explicit(0, der.element(0xa1, der.attribute("CN", "relative"), der.attribute("O", "name")))),
        ),
      ),
      [
        "CRL Distribution Points",
        "URI: http://crl.example/1",
        "Only for reasons: keyCompromise, cACompromise",
        "CRL issuer: CN=CRL issuer",
        "Name relative to the CRL issuer: CN=“relative”+O=“name”",
      ],
    ],
    [
      "where delta CRLs are",
      extension("2.5.29.46", sequence(sequence(explicit(0, der.element(0xa0, uri("http://crl.example/d")))))),
      ["Freshest CRL", "URI: http://crl.example/d"],
    ],
    [
      "where to ask",
      extension(
        "1.3.6.1.5.5.7.1.1",
        sequence(
          sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp.example")),
          sequence(oid("1.3.6.1.5.5.7.48.2"), explicit(4, der.name("CN=CA"))),
        ),
      ),
      ["Authority Information Access", "OCSP: http://ocsp.example", "CA Issuers: Directory name CN=CA"],
    ],
    [
      "where the subject keeps things",
      extension("1.3.6.1.5.5.7.1.11", sequence(sequence(oid("1.3.6.1.5.5.7.48.5"), uri("http://repo.example")))),
      ["Subject Information Access", "CA Repository: http://repo.example"],
    ],
    [
      "policies with their notices",
      extension(
        "2.5.29.32",
        sequence(
          sequence(
            oid("2.23.140.1.2.1"),
            sequence(
              sequence(oid("1.3.6.1.5.5.7.2.1"), der.ia5String("https://cps.example")),
              sequence(
                oid("1.3.6.1.5.5.7.2.2"),
                sequence(
                  sequence(der.utf8String("Org"), sequence(integer(1), integer(2))),
                  der.utf8String("Notice\u202E"),
                ),
              ),
              sequence(oid("1.2.3"), integer(4)),
            ),
          ),
          sequence(oid("1.2.3.4")),
        ),
      ),
      [
        "Certificate Policies",
        "Policy: CA/Browser Forum: domain validated: domain-validated (2.23.140.1.2.1)",
        "Certification practice statement: https://cps.example",
        "Notice reference: Org: 1, 2",
        "User notice: Notice\\u{202E}",
        "1.2.3: INTEGER 4",
        "Policy: 1.2.3.4",
      ],
    ],
    [
      "policy mappings",
      extension("2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4")))),
      ["Policy Mappings", "Mapping: 1.2.3 → 1.2.4"],
    ],
    [
      "policy constraints",
      extension("2.5.29.36", sequence(implicit(0, [0]), implicit(1, [2]))),
      [
        "Policy Constraints",
        "Certificates below it before a policy is required: 0",
        "Certificates below it before policy mapping is rejected: 2",
      ],
    ],
    [
      "an inhibited policy",
      extension("2.5.29.54", integer(3)),
      ["Inhibit Any Policy", "Certificates below it before anyPolicy is rejected: 3"],
    ],
    [
      "name constraints",
      extension(
        "2.5.29.30",
        sequence(
          explicit(0, sequence(der.dnsName(".example.com")), sequence(implicit(7, [10, 0, 0, 0, 255, 0, 0, 0]))),
          explicit(1, sequence(der.dnsName(""), implicit(0, [0]), implicit(1, [2]))),
        ),
      ),
      [
        "Name Constraints",
        "Permitted, DNS: .example.com",
        "Permitted, IP address: 10.0.0.0/8",
        "Excluded, DNS: all",
        "! A subtree has a minimum or a maximum. RFC 5280 does not allow that.",
      ],
    ],
    [
      "timestamps of certificate transparency",
      extension(
        "1.3.6.1.4.1.11129.2.4.2",
        octets([
          0,
          45,
          0,
          43,
          0,
          ...Array.from({ length: 32 }, (_, at) => at),
          ...Array.from({ length: 8 }, (_, at) => Math.floor(Date.UTC(2026, 0, 1) / 256 ** (7 - at)) % 256),
          0,
          0,
        ]),
      ),
      [
        "CT Precertificate SCTs",
        `Log: ${Array.from({ length: 32 }, (_, at) => at.toString(16).toUpperCase().padStart(2, "0")).join(":")}`,
        "Logged: 2026-01-01 00:00:00 UTC",
      ],
    ],
    [
      "poison",
      extension("1.3.6.1.4.1.11129.2.4.3", der.nothing, true),
      [
        "CT Precertificate Poison",
        "Meaning: Precertificate for certificate transparency logs, not for use as a certificate",
      ],
    ],
    [
      "TLS features",
      extension("1.3.6.1.5.5.7.1.24", sequence(integer(5), integer(17), integer(99))),
      ["TLS Feature", "Feature: status_request (5)", "Feature: status_request_v2 (17)", "Feature: 99"],
    ],
    [
      "a template by name",
      extension("1.3.6.1.4.1.311.20.2", der.bmpString("WebServer")),
      ["Certificate Template Name", "Template: WebServer"],
    ],
    [
      "a template by OID",
      extension("1.3.6.1.4.1.311.21.7", sequence(oid("1.3.6.1.4.1.311.21.8.1"), integer(100), integer(13))),
      ["Certificate Template", "Template: 1.3.6.1.4.1.311.21.8.1", "Major version: 100", "Minor version: 13"],
    ],
    ["a CA's version", extension("1.3.6.1.4.1.311.21.1", integer(0x2_0003)), ["CA Version", "Version: V3.2"]],
    [
      "the CA's certificate before",
      extension("1.3.6.1.4.1.311.21.2", octets([1, 2])),
      ["Previous CA Certificate Hash", "Hash of the previous CA certificate: 01:02"],
    ],
    [
      "application policies",
      extension("1.3.6.1.4.1.311.21.10", sequence(sequence(oid(der.clientAuth)))),
      ["Application Policies", "Policy: TLS Web Client Authentication: clientAuth (1.3.6.1.5.5.7.3.2)"],
    ],
    [
      "Netscape's types",
      extension("2.16.840.1.113730.1.1", der.bits([0xa4])),
      ["Netscape Cert Type", "Types: SSL client, S/MIME, SSL CA"],
    ],
    [
      "Netscape's comment",
      extension("2.16.840.1.113730.1.13", der.ia5String("made by hand")),
      ["Netscape Comment", "Text: made by hand"],
    ],
    [
      "statements of qualified certificates",
      extension(
        "1.3.6.1.5.5.7.1.3",
        sequence(sequence(oid("0.4.0.1862.1.1")), sequence(oid("0.4.0.1862.1.3"), integer(10)), sequence(oid("1.2.3"))),
      ),
      [
        "qcStatements",
        "Statement: qcs-QcCompliance (0.4.0.1862.1.1)",
        "qcs-QcRetentionPeriod (0.4.0.1862.1.3): INTEGER 10",
        "Statement: 1.2.3",
      ],
    ],
    [
      "that OCSP need not be asked",
      extension("1.3.6.1.5.5.7.48.1.5", der.nothing),
      [
        "OCSP No Check",
        "Meaning: Programs that check an OCSP response do not need to check this certificate for revocation",
      ],
    ],
    [
      "what a proxy may do",
      extension("1.3.6.1.5.5.7.1.14", sequence(integer(1), sequence(oid("1.3.6.1.5.5.7.21.1"), octets([7])))),
      ["Proxy Certificate Information", "Path length: 1", "Policy language: 1.3.6.1.5.5.7.21.1", "Policy: 07"],
    ],
    [
      "when the key may be used",
      extension("2.5.29.16", sequence(implicit(0, ascii("20260101000000Z")), implicit(1, ascii("later")))),
      ["Private Key Usage Period", "Not before: 2026-01-01 00:00:00 UTC", "Not after: later"],
    ],
    [
      "its elements, where nobody knows it",
      extension(
        "1.2.3.4",
        sequence(
          oid("2.5.4.3"),
          der.utf8String("a\u202Eb"),
          der.boolean(true),
          integer(-5),
          implicit(2, ascii("text")),
          implicit(3, [0, 1]),
          explicit(1, der.nothing),
          der.utcTime("260101000000Z"),
          der.bits([1]),
        ),
      ),
      [
        "1.2.3.4",
        "Content: SEQUENCE\n  OBJECT IDENTIFIER CN (2.5.4.3)\n  UTF8String “a\\u{202E}b”\n  BOOLEAN TRUE\n  INTEGER -5\n  [2] IMPLICIT “text”\n  [3] IMPLICIT 00:01\n  [1]\n    NULL\n  UTCTime 260101000000Z\n  BIT STRING 01",
      ],
    ],
    ["its bytes, where it is no DER", extension("1.2.3.4", ascii("plain")), ["1.2.3.4", "Content: 70:6C:61:69:6E"]],
    ["nothing, where there is nothing", extension("1.2.3.4", new Uint8Array()), ["1.2.3.4", "Content: no content"]],
    ["nothing, where a list is empty", der.extendedKeyUsage(), ["Extended Key Usage", "Content: no content"]],
  ];
  for (const [title, bytes, expected] of cases) test(title, () => assert.deepEqual(said(bytes), expected));

  test("why it cannot be read, and its bytes", () => {
    assert.deepEqual(said(extension("2.5.29.19", integer(1))), [
      "Basic Constraints",
      "Content: INTEGER 1",
      "! Expected SEQUENCE, found INTEGER.",
    ]);
    assert.match(said(extension("2.5.29.32", sequence(sequence()))).at(-1) ?? "", /^! /);
    assert.match(
      said(extension("1.3.6.1.4.1.11129.2.4.2", octets([0, 9, 0, 1]))).at(-1) ?? "",
      /^! The list of timestamps cannot be read/,
    );
    assert.match(
      said(extension("1.3.6.1.5.5.7.1.24", der.concat(sequence(integer(5)), integer(1)))).at(-1) ?? "",
      /^! /,
    );
  });

  test("of one that is there twice, each what it says itself", () => {
    const certificate = made({
      extensions: [
        der.extendedKeyUsage(der.clientAuth),
        der.extendedKeyUsage(der.serverAuth),
        der.subjectAltName(der.dnsName("a")),
        der.subjectAltName(der.dnsName("b")),
      ],
    });
    const values = certificate.extensions.map((one) => extensionText(certificate, one).fields[0]?.value);
    assert.deepEqual(
      [values[0]?.includes("clientAuth"), values[1]?.includes("1.3.6.1.5.5.7.3.1"), values[2], values[3]],
      [true, true, "a", "b"],
    );
  });

  test("no more than two hundred things, and how many are left", () => {
    const names = said(der.subjectAltName(...Array.from({ length: 5000 }, (_, at) => der.dnsName(`name${at}`))));
    assert.equal(names.length, 202);
    assert.equal(names.at(-1), "…: 4800 more");
    const policies = said(
      extension("2.5.29.32", sequence(...Array.from({ length: 5000 }, (_, at) => sequence(oid(`1.2.3.${at}`))))),
    );
    assert.equal(policies.at(-1), "…: 4800 more");
    assert.ok(
      (said(extension("1.2.3.4", sequence(...Array.from({ length: 5000 }, () => der.nothing))))
        .at(-1)
        ?.split("\n").length ?? 0) < 205,
    );
    assert.ok(said(extension("1.2.3.4", der.utf8String("x".repeat(1_000_000)))).join().length < 2500);
  });

  test("something of whatever bytes, and never throws", () => {
    const known = [
      "2.5.29.16",
      "2.5.29.18",
      "2.5.29.30",
      "2.5.29.31",
      "2.5.29.32",
      "2.5.29.33",
      "2.5.29.36",
      "2.5.29.54",
      "1.3.6.1.5.5.7.1.1",
      "1.3.6.1.5.5.7.1.3",
      "1.3.6.1.5.5.7.1.14",
      "1.3.6.1.5.5.7.1.24",
      "1.3.6.1.4.1.11129.2.4.2",
      "1.3.6.1.4.1.311.21.7",
      "2.16.840.1.113730.1.1",
      "1.2.3.4",
    ];
    const sound = cases.map(([, bytes]) => bytes);
    const mutated = fc
      .record({ of: fc.constantFrom(...sound), at: fc.nat(), octet: fc.nat(255), cut: fc.nat(8) })
      .map(({ of, at, octet, cut }) => {
        const bytes = of.slice();
        bytes[at % bytes.length] = octet;
        return bytes.subarray(0, bytes.length - cut);
      });
    holds(
      fc.property(fc.constantFrom(...known), fc.oneof(mutated, fc.uint8Array({ maxLength: 60 })), (type, bytes) => {
        assert.ok(said(extension(type, bytes)).length >= 2);
      }),
      3000,
    );
  });
});

// --- whole certificates

describe("a whole certificate", () => {
  const fixed = made({
    serial: 258,
    subject: "C=US,CN=leaf",
    issuer: "CN=CA",
    publicKey: der.ecKey(),
    signatureAlgorithm: der.ecdsaWithSha256,
    outerSignatureAlgorithm: der.sha256WithRsa,
    extensions: [
      der.basicConstraints(false),
      der.extendedKeyUsage(der.clientAuth),
      extension("1.2.3.4", sequence(integer(1), integer(2))),
    ],
  });

  test("as text has one fact a line", () => {
    const rows =
      Buffer.from(der.ecKey())
        .toString("hex")
        .toUpperCase()
        .match(/.{1,64}/g) ?? [];
    assert.equal(rows[0], "3059301306072A8648CE3D020106082A8648CE3D030107034200046B17D1F2E1");
    assert.deepEqual(certificateText(fixed, "AB12").split("\n"), [
      "leaf",
      "  Subject: CN=leaf,C=US",
      "  Issuer: CN=CA",
      "  Serial number: 01:02",
      "  Valid from: 2024-01-01 00:00:00 UTC",
      "  Valid until: 2034-01-01 00:00:00 UTC",
      "  Public key: ECDSA P-256",
      "  Signature algorithm: ECDSA with SHA-256",
      "  Signature algorithm (outer): RSA with SHA-256",
      "  Version: 3",
      "  SHA-256 fingerprint: AB:12",
      "  Public key bytes:",
      ...rows.map((row) => `    ${row}`),
      "  Extensions:",
      "    Basic Constraints (2.5.29.19), critical",
      "      Certificate authority: no",
      "    Extended Key Usage (2.5.29.37)",
      "      Purpose: TLS Web Client Authentication: clientAuth (1.3.6.1.5.5.7.3.2)",
      "    1.2.3.4",
      "      Content:",
      "        SEQUENCE",
      "          INTEGER 1",
      "          INTEGER 2",
      "",
    ]);
  });

  test("as text differs where the key does, and nowhere else", () => {
    const lines = (certificate: Certificate) => certificateText(certificate, "").split("\n");
    const other = made({ ...{ subject: "CN=a" }, publicKey: der.rsaKey(2048, 17) });
    const differing = lines(made({ subject: "CN=a", publicKey: der.rsaKey(2048, 257) })).filter(
      (line, at) => line !== lines(other)[at],
    );
    assert.ok(differing.every((line) => /Public key|^ {4}[\dA-F]+$/.test(line)) && differing.length > 0);
  });

  test("as JSON keeps exact values, in no language", () => {
    const { extensions, publicKey, ...rest } = JSON.parse(certificateJson(fixed, "AB12"));
    assert.deepEqual(rest, {
      version: 3,
      serialNumber: "0102",
      subject: [[{ oid: "2.5.4.6", name: "C", value: "US" }], [{ oid: "2.5.4.3", name: "CN", value: "leaf" }]],
      issuer: [[{ oid: "2.5.4.3", name: "CN", value: "CA" }]],
      notBefore: { text: "240101000000Z", date: "2024-01-01T00:00:00.000Z" },
      notAfter: { text: "340101000000Z", date: "2034-01-01T00:00:00.000Z" },
      signatureAlgorithm: { oid: "1.2.840.10045.4.3.2", name: "ecdsa-with-SHA256" },
      outerSignatureAlgorithm: { oid: "1.2.840.113549.1.1.11", name: "sha256WithRSAEncryption", parameters: "0500" },
      basicConstraints: { ca: false },
      extendedKeyUsage: [{ oid: "1.3.6.1.5.5.7.3.2", name: "clientAuth" }],
      sha256: "AB12",
    });
    assert.deepEqual([publicKey.kind, publicKey.bits, publicKey.curve.name], ["ec", 256, "prime256v1"]);
    assert.deepEqual(extensions[2], { oid: "1.2.3.4", critical: false, value: "3006020101020102" });
  });

  test("as JSON says of a date that is none just its text", () => {
    assert.deepEqual(JSON.parse(certificateJson(made({ notAfter: der.utcTime("never") }), "")).notAfter, {
      text: "never",
      date: null,
    });
  });

  test("a request too, without the values of its attributes", () => {
    const password = sequence(oid("1.2.840.113549.1.9.7"), der.set(der.utf8String("secret")));
    const request = readRequest(
      der.request({ subject: "CN=asks", attributes: [password], extensions: [der.extendedKeyUsage(der.clientAuth)] }),
    );
    assert.ok(!isUnreadable(request));
    const [text, json] = [requestText(request), requestJson(request)];
    assert.match(text, /^Request: asks\n {2}Subject: CN=asks\n/);
    assert.match(text, /Attribute: challengePassword \(1\.2\.840\.113549\.1\.9\.7\)/);
    assert.deepEqual(JSON.parse(json).extendedKeyUsage, [{ oid: "1.3.6.1.5.5.7.3.2", name: "clientAuth" }]);
    for (const written of [text, json])
      assert.ok(!written.includes("secret") && !written.includes(Buffer.from("secret").toString("hex")));
  });

  test("with a hundred thousand extensions, or a megabyte of name, stays short", () => {
    const many = made({
      extensions: [Buffer.concat(Array.from({ length: 100_000 }, () => extension("1.2.3.4", der.nothing)))],
    });
    assert.ok(certificateText(many, "").length < 200_000);
    const long = made({ subject: der.sequence(der.set(der.attribute("CN", "x".repeat(1_000_000)))) });
    assert.ok(certificateText(long, "").length < 10_000);
    assert.ok(certificateTitle(long).length < 300);
  });

  test("that cannot be told from another by a trick is told by what is spelled out", () => {
    const tricky = createLeaf({ subject: der.sequence(der.set(der.attribute("CN", "safe\u202Eelpmaxe"))) }).certificate;
    for (const text of [certificateTitle(tricky), subjectText(tricky.subject, tricky.der), certificateText(tricky, "")])
      assert.ok(!text.includes("\u202E") && text.includes("\\u{202E}"));
  });
});
