import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { readers } from "../../../../src/core/messages/x509/extension-readers.ts";
import { extensionText } from "../../../../src/core/messages/x509/extension-text.ts";
import { isUnreadable } from "../../../../src/core/x509/model.ts";
import { readAny, readCertificate } from "../../../../src/core/x509/read/certificate.ts";
import { attempt, Cursor, derBytesOf } from "../../../../src/core/x509/read/der.ts";
import { checkedExtensions, extensionFault } from "../../../../src/core/x509/read/extension-grammar.ts";
import { holds } from "../../../randomly.ts";
import {
  ascii,
  type Bytes,
  basicConstraints,
  certificate,
  concat,
  dnsName,
  explicit,
  extension,
  ia5String,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
} from "../der-writer.ts";
import { faultsOf, made } from "../reading.ts";
import { extensionSamples, plainExtensions } from "./extension-samples.ts";

/** What is wrong in a certificate with this extension alone. */
const faultsWith = (type: string, value: Bytes) => faultsOf(made({ extensions: [extension(type, value)] }));

const faultOf = (type: string, value: Bytes) =>
  extensionFault(derBytesOf(value), { oid: type, critical: false, value: { start: 0, end: value.length } });

/** Whether the inspector's reader comes to its end. */
function isShown(type: string, value: Bytes): boolean {
  const read = readers.get(type) ?? assert.fail(type);
  const content = new Cursor(derBytesOf(value), 0, value.length, "");
  return (
    attempt(() => {
      read(content);
      content.end();
    }).fault === undefined
  );
}

describe("an extension that is not read with its certificate", () => {
  test("is checked where the inspector has a reader for it", () => {
    const readWithCertificate = new Set(["2.5.29.17"]);
    assert.deepEqual(
      [...readers.keys()].filter((type) => !readWithCertificate.has(type)).toSorted(),
      [...checkedExtensions].toSorted(),
    );
    assert.deepEqual([...extensionSamples.keys()].toSorted(), [...checkedExtensions].toSorted());
  });

  for (const [type, value] of extensionSamples) {
    test(`${type} has no fault as it should be, and one where it is cut off, goes on or is another`, () => {
      assert.deepEqual(faultsWith(type, value), []);
      assert.ok(isShown(type, value));
      const damaged = [
        new Uint8Array(),
        value.subarray(0, -1),
        concat(value, [0]),
        concat(value, nothing),
        Uint8Array.of(0x30, 0x50, 1, 2),
        sequence(sequence(sequence())),
        Uint8Array.of(1, 1, 0xff),
      ];
      for (const wrong of damaged) {
        const at = Buffer.from(wrong).toString("hex");
        assert.deepEqual(
          made({ extensions: [extension(type, wrong)] }).faults.map(({ part }) => part),
          [`extension ${type}`],
          at,
        );
        const holder = made({ extensions: [extension(type, wrong)] });
        const [first = assert.fail()] = holder.extensions;
        assert.notEqual(extensionText(holder, first).fault, undefined, at);
      }
    });
  }

  test("is told once, at its place, beside what else is wrong", () => {
    const faults = faultsOf(
      made({
        extensions: [
          extension("2.5.29.30", sequence(explicit(0, sequence(implicit(9, [1])))), true),
          extension("2.5.29.31", sequence(integer(1))),
          basicConstraints(false),
        ],
      }),
    );
    assert.deepEqual(faults, [
      "extension 2.5.29.30: The name is of an unknown kind.",
      "extension 2.5.29.31: Expected SEQUENCE, found INTEGER.",
    ]);
  });

  test("may be of no kind that is known here, or empty where that is allowed", () => {
    assert.deepEqual(faultsWith("1.3.6.1.4.1.99999.1", Uint8Array.of(1, 2, 3)), []);
    assert.deepEqual(faultsWith("1.3.6.1.5.5.7.1.99", new Uint8Array()), []);
    assert.deepEqual(faultsWith("2.5.29.99", octets([1])), []);
    for (const type of ["1.3.6.1.5.5.7.1.3", "1.3.6.1.5.5.7.1.24", "1.3.6.1.4.1.311.21.10"])
      assert.deepEqual(faultsWith(type, sequence()), []);
  });

  test("has at least one entry where RFC 5280 wants one", () => {
    const lists = ["9", "17", "18", "30", "31", "32", "33", "36", "46"].map((last) => `2.5.29.${last}`);
    for (const type of [...lists, "1.3.6.1.5.5.7.1.1", "1.3.6.1.5.5.7.1.11"])
      assert.deepEqual(faultsWith(type, sequence()), [
        `extension ${type}: The list is empty. RFC 5280 does not allow that.`,
      ]);
    for (const subtrees of [explicit(0), explicit(1)])
      assert.match(faultsWith("2.5.29.30", sequence(subtrees)).join(), /The list is empty/);
  });

  test("is a CRL distribution point with a name or the name of who issues the CRL", () => {
    const [full, relative, issuer] = [
      explicit(0, explicit(0, dnsName("crl.example.com"))),
      explicit(0, explicit(1, sequence(oid("2.5.4.3"), ia5String("CRL 1")))),
      explicit(2, dnsName("ca.example.com")),
    ];
    const reasons = implicit(1, [1, 0x60]);
    for (const type of ["2.5.29.31", "2.5.29.46"]) {
      for (const parts of [[full], [relative, reasons], [issuer], [reasons, issuer], [full, reasons, issuer]])
        assert.deepEqual(faultsWith(type, sequence(sequence(...parts))), []);
      for (const parts of [[], [reasons]])
        for (const points of [[sequence(...parts)], [sequence(full), sequence(...parts)]])
          assert.match(faultsWith(type, sequence(...points)).join(), /has neither a name nor a CRL issuer/);
    }
  });

  test("names each policy once, however many there are", () => {
    const many = (...last: readonly number[]) => sequence(...last.map((one) => sequence(oid(`1.2.3.${one}`))));
    for (const numbers of [[1], [1, 2, 11, 111], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]) {
      assert.deepEqual(faultsWith("2.5.29.32", many(...numbers)), []);
      assert.match(faultsWith("2.5.29.32", many(...numbers, 1)).join(), /The policy 1\.2\.3\.1 occurs more than once/);
    }
    // Microsoft's are not those of RFC 5280.
    assert.deepEqual(faultsWith("1.3.6.1.4.1.311.21.10", many(1, 1)), []);
  });

  test("has whole subtrees of names alone", () => {
    const tree = (...parts: readonly Bytes[]) => sequence(explicit(0, sequence(dnsName("example.com"), ...parts)));
    for (const value of [tree(), tree(implicit(0, [0]))]) assert.deepEqual(faultsWith("2.5.29.30", value), []);
    for (const value of [tree(implicit(0, [1])), tree(implicit(1, [0])), tree(implicit(0, [0]), implicit(1, [3]))])
      assert.match(faultsWith("2.5.29.30", value).join(), /A subtree has a minimum or a maximum/);
  });

  test("has addresses of 4 or 16 bytes and names in ASCII among alternative names, whatever a name constraint has", () => {
    const address = (length: number) => implicit(7, new Uint8Array(length).fill(1));
    const utf8 = (tag: number) => implicit(tag, [...Buffer.from("z\u00fcrich.example.com")]);
    for (const type of ["2.5.29.17", "2.5.29.18"]) {
      for (const name of [address(4), address(16), dnsName("xn--zrich-kva.example.com"), implicit(6, ascii("urn:x"))])
        assert.deepEqual(faultsWith(type, sequence(name)), []);
      for (const length of [0, 3, 5, 8, 15, 17, 32])
        assert.match(
          faultsWith(type, sequence(address(length))).join(),
          /An IP address has \d+ bytes instead of 4 or 16/,
        );
      for (const tag of [1, 2, 6])
        assert.match(faultsWith(type, sequence(dnsName("a"), utf8(tag))).join(), /characters that are not ASCII/);
    }
    assert.deepEqual(faultsWith("2.5.29.30", sequence(explicit(0, sequence(address(8))))), []);
    const read = made({ extensions: [extension("2.5.29.17", sequence(address(5), dnsName("a")))] });
    assert.deepEqual(
      read.subjectAltName?.value?.map(({ value }) => value),
      [undefined, "a"],
    );
    assert.equal(read.faults.length, 1);
  });

  test("has no fault for the inspector but this one, whatever its octets are", () => {
    const change = fc.record({ at: fc.nat(), octet: fc.nat(255) });
    holds(
      fc.property(
        fc.constantFrom(...extensionSamples, ...plainExtensions),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        ([type, value], changes) => {
          const octets = Uint8Array.from(value);
          for (const { at, octet } of changes) if (octets.length > 0) octets[at % octets.length] = octet;
          if (faultOf(type, octets) === undefined) assert.ok(isShown(type, octets));
        },
      ),
      3000,
    );
  });
});

describe("the short cut", () => {
  const certificateWith = (type: string, value: Bytes) =>
    certificate({ extensions: [basicConstraints(true), extension(type, value)] });
  const read = (der: Bytes) => {
    const found = readCertificate(der);
    return isUnreadable(found) ? assert.fail() : found;
  };

  test("is taken by what nearly every certificate has", () => {
    for (const [type, value] of plainExtensions) assert.ok(read(certificateWith(type, value)).isFaultless, type);
  });

  test("is not taken by what has a fault", () => {
    const ofPolicy = sequence(oid("1.2.3"), sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), integer(1))));
    const wrong: readonly (readonly [string, Bytes])[] = [
      ["2.5.29.32", sequence(ofPolicy)],
      ["2.5.29.32", sequence(sequence(ia5String("x")))],
      ["2.5.29.31", sequence(sequence(explicit(0, explicit(0, integer(1)))))],
      ["1.3.6.1.5.5.7.1.1", sequence(sequence(dnsName("a"), implicit(6, ascii("b"))))],
    ];
    for (const [type, value] of wrong) {
      assert.equal(read(certificateWith(type, value)).isFaultless, false);
      assert.equal(read(certificateWith(type, value)).faults.length, 1, type);
    }
  });

  test("and the long way find the same, whatever the octets are", () => {
    const change = fc.record({ at: fc.nat(), octet: fc.nat(255) });
    holds(
      fc.property(
        fc.constantFrom(...plainExtensions, ...extensionSamples),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        ([type, value], changes) => {
          const octets = Uint8Array.from(value);
          for (const { at, octet } of changes) if (octets.length > 0) octets[at % octets.length] = octet;
          const der = certificateWith(type, octets);
          const long = readAny(der);
          assert.deepEqual(read(der).faults, isUnreadable(long) ? assert.fail() : long.faults);
        },
      ),
      3000,
    );
  });
});
