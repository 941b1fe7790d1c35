import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { numberText } from "../../../../src/core/messages/format.ts";
import type { Certificate, KeyUsage, Parsed } from "../../../../src/core/x509/model.ts";
import { mostExtensions } from "../../../../src/core/x509/read/extensions.ts";
import * as write from "../der-writer.ts";
import { faultsOf, made, refused } from "../reading.ts";

const {
  basicConstraints,
  bits,
  certificate,
  concat,
  element,
  explicit,
  extendedKeyUsage,
  extension,
  implicit,
  integer,
  keyUsage,
  octets,
  oid,
  sequence,
  subjectAltName,
} = write;

const withExtensions = (...extensions: readonly write.Bytes[]): Certificate => made({ extensions });

const typed = [
  "basicConstraints",
  "keyUsage",
  "extendedKeyUsage",
  "subjectAltName",
  "subjectKeyIdentifier",
  "authorityKeyIdentifier",
] as const;
const sound: Readonly<Record<(typeof typed)[number], write.Bytes>> = {
  basicConstraints: basicConstraints(true, 3),
  keyUsage: keyUsage("keyCertSign", "cRLSign"),
  extendedKeyUsage: extendedKeyUsage(write.clientAuth, "1.2.3"),
  subjectAltName: subjectAltName(write.dnsName("a.example")),
  subjectKeyIdentifier: write.subjectKeyIdentifier([0xab, 1]),
  authorityKeyIdentifier: write.authorityKeyIdentifier([2, 0xcd]),
};
const oids: Readonly<Record<(typeof typed)[number], string>> = {
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
  subjectAltName: "2.5.29.17",
  subjectKeyIdentifier: "2.5.29.14",
  authorityKeyIdentifier: "2.5.29.35",
};

describe("extensions", () => {
  test("are there in order, with their OID, whether they are critical, and their bytes", () => {
    const read = withExtensions(
      extension("1.2.3.4", octets([7, 8]), true),
      basicConstraints(true),
      extension("2.999.1", write.nothing),
    );
    assert.deepEqual(
      read.extensions.map(({ oid: type, critical }) => [type, critical]),
      [
        ["1.2.3.4", true],
        ["2.5.29.19", true],
        ["2.999.1", false],
      ],
    );
    const value = read.extensions[0]?.value;
    assert.deepEqual([...read.der.subarray(value?.start, value?.end)], [4, 2, 7, 8]);
    assert.equal(read.extensions, read.extensions);
  });

  test("of each kind are read", () => {
    const read = withExtensions(...Object.values(sound));
    assert.deepEqual(read.basicConstraints?.value, { ca: true, pathLength: 3 });
    assert.deepEqual(read.keyUsage?.value, ["keyCertSign", "cRLSign"]);
    assert.deepEqual(read.extendedKeyUsage?.value, [write.clientAuth, "1.2.3"]);
    assert.deepEqual(
      read.subjectAltName?.value?.map(({ kind, value }) => [kind, value]),
      [["dns", "a.example"]],
    );
    assert.equal(read.subjectKeyIdentifier?.value, "AB01");
    assert.deepEqual(read.authorityKeyIdentifier?.value, {
      keyIdentifier: "02CD",
      issuer: undefined,
      serial: undefined,
    });
    assert.deepEqual(faultsOf(read), []);
  });

  test("that are not there say nothing", () => {
    for (const read of [
      made(),
      withExtensions(extension("1.2.3", write.nothing)),
      made({ behind: [explicit(3, sequence())] }),
    ]) {
      for (const kind of typed) assert.equal(read[kind], undefined);
      assert.deepEqual(faultsOf(read), []);
    }
  });

  for (const damaged of typed) {
    test(`one that is damaged hides no other: ${damaged}`, () => {
      const type = oids[damaged];
      const read = withExtensions(
        ...typed.map((kind) =>
          kind === damaged ? extension(type, concat([0x30, 0x48], write.ascii("hello"))) : sound[kind],
        ),
      );
      assert.equal(read[damaged]?.value, undefined);
      assert.equal(read[damaged]?.fault?.part, `extension ${type}`);
      assert.deepEqual(read.faults, [read[damaged]?.fault]);
      const value = read.extensions.find((candidate) => candidate.oid === type)?.value;
      assert.ok(
        (read[damaged]?.fault?.at.start ?? 0) >= (value?.start ?? Infinity) &&
          (read[damaged]?.fault?.at.end ?? Infinity) <= (value?.end ?? 0),
      );
      for (const kind of typed) if (kind !== damaged) assert.notEqual(read[kind]?.value, undefined, kind);
      assert.equal(read.extensions.length, typed.length);
    });

    test(`one with bytes behind its value is read, and they are a fault: ${damaged}`, () => {
      const whole = sound[damaged];
      const plain = withExtensions(whole);
      const value = plain.extensions[0]?.value;
      const read = withExtensions(extension(oids[damaged], concat(plain.der.subarray(value?.start, value?.end), [5])));
      // Places differ; what is said is the same.
      const told = (parsed: Parsed<unknown>) =>
        JSON.stringify(parsed, (key, inner: unknown) => (key === "slice" ? undefined : inner));
      assert.equal(told(read[damaged]), told(plain[damaged]));
      assert.deepEqual(faultsOf(read), [`extension ${oids[damaged]}: There is one extra byte.`]);
    });
  }

  test("that are there twice are kept, the first is read, and the second is a fault", () => {
    const read = withExtensions(
      keyUsage("digitalSignature"),
      extension("1.2.31", write.nothing),
      keyUsage("keyCertSign"),
      extension("1.2.3", write.nothing),
      extension("1.2.3", write.nothing),
    );
    assert.deepEqual(read.keyUsage?.value, ["digitalSignature"]);
    assert.equal(read.extensions.length, 5);
    assert.deepEqual(faultsOf(read), [
      "extension 2.5.29.15: The extension 2.5.29.15 occurs more than once. Only the first one is read.",
      "extension 1.2.3: The extension 1.2.3 occurs more than once. Only the first one is read.",
    ]);
    assert.deepEqual(read.faults[0]?.at, read.extensions[2]?.value);
  });

  test("are read up to a number, and more is a fault", () => {
    const many = (count: number) =>
      withExtensions(...Array.from({ length: count }, (_, index) => extension(`1.2.${index}`, write.nothing)));
    assert.equal(many(mostExtensions - 1).extensions.length, mostExtensions - 1);
    assert.deepEqual(faultsOf(many(mostExtensions - 1)), []);
    const more = many(mostExtensions + 5);
    assert.equal(more.extensions.length, mostExtensions);
    assert.deepEqual(faultsOf(more), [`extensions: Only the first ${numberText(mostExtensions)} extensions are read.`]);
  });

  test("that are none by their structure make the certificate unreadable, as for OpenSSL", () => {
    const wrong: readonly (readonly [string, write.Bytes])[] = [
      ["no value", sequence(oid("1.2.3"))],
      ["a value of another type", sequence(oid("1.2.3"), bits([1]))],
      ["the flag behind the value", sequence(oid("1.2.3"), octets([]), write.boolean(true))],
      ["an empty flag", sequence(oid("1.2.3"), element(1), octets([]))],
      ["no OID", sequence(octets([]))],
      ["a value in pieces", sequence(oid("1.2.3"), element(0x24, octets([5]), octets([0])))],
    ];
    for (const [what, extensionBytes] of wrong)
      assert.equal(
        refused(certificate({ extensions: [basicConstraints(true), extensionBytes] })).part,
        "tbsCertificate.extensions",
        what,
      );
    assert.equal(refused(certificate({ behind: [explicit(3)] })).part, "tbsCertificate.extensions");
    assert.equal(
      refused(certificate({ behind: [explicit(3, sequence(), write.nothing)] })).part,
      "tbsCertificate.extensions",
    );
    assert.equal(
      refused(certificate({ behind: [explicit(3, sequence()), explicit(3, sequence())] })).part,
      "tbsCertificate",
    );
  });
});

describe("basic constraints", () => {
  const read = (...content: readonly write.Bytes[]) => withExtensions(extension("2.5.29.19", sequence(...content)));

  test("say what OpenSSL says", () => {
    assert.deepEqual(read().basicConstraints?.value, { ca: false, pathLength: undefined });
    assert.deepEqual(read(write.boolean(false)).basicConstraints?.value, { ca: false, pathLength: undefined });
    assert.deepEqual(read(write.boolean(true)).basicConstraints?.value, { ca: true, pathLength: undefined });
    assert.deepEqual(read(write.boolean(true), integer(0)).basicConstraints?.value, { ca: true, pathLength: 0 });
    assert.deepEqual(read(integer(256)).basicConstraints?.value, { ca: false, pathLength: 256 });
  });

  test("with a number that is no length of a path are a fault", () => {
    const negative = read(write.boolean(true), integer(-1));
    assert.deepEqual(negative.basicConstraints?.value, { ca: true, pathLength: -1 });
    assert.deepEqual(faultsOf(negative), ["extension 2.5.29.19: The path length is negative."]);
    assert.deepEqual(read(write.boolean(true), integer(1n << 100n)).basicConstraints?.fault?.reason, {
      code: "der:long-path-length",
    });
    assert.equal(read(element(1, [1])).basicConstraints?.value?.ca, true);
    assert.equal(read(element(1, [1])).faults.length, 1);
    for (const content of [[element(1, [1, 1])], [integer(1), write.boolean(true)], [element(2, [0, 1])]])
      assert.notEqual(read(...content).basicConstraints?.fault, undefined);
  });
});

describe("key usage", () => {
  const all: readonly KeyUsage[] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
  ];
  const read = (content: write.Bytes | readonly number[], unused = 0) =>
    withExtensions(extension("2.5.29.15", bits(content, unused))).keyUsage?.value;

  test("has each bit by its name", () => {
    for (const usage of all) assert.deepEqual(withExtensions(keyUsage(usage)).keyUsage?.value, [usage]);
    assert.deepEqual(withExtensions(keyUsage(...all)).keyUsage?.value, all);
    assert.deepEqual(read([]), []);
    assert.deepEqual(read([0]), []);
  });

  test("does not count bits that are said to be unused, nor those that have no name", () => {
    assert.deepEqual(read([0xff], 5), all.slice(0, 3));
    assert.deepEqual(read([0x80, 0xff, 0xff]), ["digitalSignature", "decipherOnly"]);
  });
});

describe("general names", () => {
  const names = (...list: readonly write.Bytes[]) => withExtensions(subjectAltName(...list)).subjectAltName;
  const only = (name: write.Bytes) => {
    const [first, ...others] = names(name)?.value ?? [];
    assert.deepEqual(others, []);
    return first;
  };

  test("are read, each kind", () => {
    const read = names(
      implicit(1, write.ascii("a@b.example")),
      write.dnsName("*.example"),
      implicit(6, write.ascii("https://e.example/")),
      implicit(8, oid("1.2.3").subarray(2)),
      explicit(4, write.name("CN=a,O=b")),
      explicit(0, oid("1.3.6.1.4.1.311.20.2.3"), explicit(0, write.utf8String("user@e.example"))),
      explicit(0, oid("1.2.3"), explicit(0, write.nothing)),
      explicit(3, sequence()),
      explicit(5, explicit(1, write.utf8String("x"))),
    );
    assert.deepEqual(
      read?.value?.map((name) => [name.kind, typeof name.value === "object" ? name.value.key : name.value]),
      [
        ["email", "a@b.example"],
        ["dns", "*.example"],
        ["uri", "https://e.example/"],
        ["registered-id", "1.2.3"],
        ["directory", "/2.5.4.3=a/2.5.4.10=b"],
        ["other", "user@e.example"],
        ["other", undefined],
        ["x400", undefined],
        ["edi-party", undefined],
      ],
    );
    assert.deepEqual(names()?.value, []);
  });

  test("that are addresses are written as people write them", () => {
    const address = (octetsOf: string, mask = "") => {
      const name = only(implicit(7, Buffer.from(octetsOf + mask, "hex")));
      return name?.kind === "ip" ? name.value : name;
    };
    assert.equal(address("c0000201"), "192.0.2.1");
    assert.equal(address("0a000000", "ff000000"), "10.0.0.0/8");
    assert.equal(address("0a000000", "ff00ff00"), "10.0.0.0/255.0.255.0");
    assert.equal(address("20010db8000000000000000000000001"), "2001:db8::1");
    assert.equal(address("00000000000000000000000000000000"), "::");
    assert.equal(address("00000000000000000000000000000001"), "::1");
    assert.equal(address("20010db8000000010000000000000000"), "2001:db8:0:1::");
    assert.equal(address("20010db8000000010001000100010001"), "2001:db8:0:1:1:1:1:1");
    assert.equal(address("20010000000000010000000000000001"), "2001:0:0:1::1");
    assert.equal(address("20010db8000000000000000000000000", "ffffffff000000000000000000000000"), "2001:db8::/32");
    for (const odd of ["", "01", "0102030405", "00".repeat(17), "00".repeat(5000)])
      assert.equal(address(odd), undefined);
  });

  test("outside ASCII are read as UTF-8 where they are, else octet by octet", () => {
    const dns = (...octetsOf: readonly number[]) => only(implicit(2, octetsOf))?.value;
    assert.equal(dns(...Buffer.from("é.example")), "é.example");
    assert.equal(dns(0xe9, 0x2e), "é.");
    assert.equal(dns(0x61, 0, 0x62), "a\0b");
  });

  test("that are none are a fault of the extension", () => {
    const wrong = [
      implicit(9, []),
      write.utf8String("a"),
      explicit(4, write.name("CN=a"), write.nothing),
      explicit(4, element(0x31)),
      implicit(8, [0x80]),
      explicit(0, oid("1.2.3")),
      explicit(0, oid("1.2.3"), explicit(0, write.nothing, write.nothing)),
      explicit(0, oid("1.2.3"), implicit(0, [1])),
    ];
    for (const name of wrong)
      assert.equal(
        names(write.dnsName("a"), name)?.fault?.part,
        "extension 2.5.29.17",
        Buffer.from(name).toString("hex"),
      );
  });
});

describe("the authority's key identifier", () => {
  const read = (...content: readonly write.Bytes[]) =>
    withExtensions(extension("2.5.29.35", sequence(...content))).authorityKeyIdentifier;

  test("has what it says, and nothing else", () => {
    assert.deepEqual(read()?.value, { keyIdentifier: undefined, issuer: undefined, serial: undefined });
    const full = read(implicit(0, [1, 2]), explicit(1, explicit(4, write.name("CN=i"))), implicit(2, [0xff]))?.value;
    assert.deepEqual(
      [full?.keyIdentifier, full?.issuer?.map(({ kind }) => kind), full?.serial],
      ["0102", ["directory"], "-01"],
    );
    assert.equal(read(implicit(2, [0, 0xab, 0xcd]))?.value?.serial, "ABCD");
  });

  test("that is none is a fault", () => {
    for (const content of [
      [implicit(2, [1]), implicit(0, [1])],
      [implicit(2, [])],
      [implicit(2, [0, 1])],
      [implicit(3, [1])],
    ])
      assert.notEqual(read(...content)?.fault, undefined);
  });
});
