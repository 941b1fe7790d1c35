import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  attempt,
  bitLength,
  bitsOf,
  Cursor,
  Damaged,
  derBytesOf,
  elementAt,
  longestOid,
  oidOf,
  smallInteger,
  truth,
} from "../../../../src/core/x509/read/der.ts";
import { hex, signedHex } from "../../../../src/core/x509/read/hex.ts";
import { boolean, integer, octetString, sequence, tagName } from "../../../../src/core/x509/read/tags.ts";
import { holds } from "../../../randomly.ts";
import * as write from "../der-writer.ts";

const bytes = (...octets: readonly (number | readonly number[])[]): Uint8Array => Uint8Array.from(octets.flat());
const first = (octets: Uint8Array) => elementAt(derBytesOf(octets), 0, octets.length, "part");
const fault = (octets: Uint8Array) => attempt(() => first(octets)).fault;
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

describe("an element", () => {
  test("is read with lengths of every size", () => {
    assert.deepEqual(first(bytes(2, 1, 5)), { tag: 2, start: 0, content: 2, contentEnd: 3, end: 3 });
    assert.deepEqual(first(bytes(4, 0, 9, 9)), { tag: 4, start: 0, content: 2, contentEnd: 2, end: 2 });
    assert.deepEqual(first(bytes(4, 0x81, 0x80, zeros(200))), {
      tag: 4,
      start: 0,
      content: 3,
      contentEnd: 131,
      end: 131,
    });
    assert.deepEqual(first(bytes(4, 0x82, 1, 0, zeros(300))), {
      tag: 4,
      start: 0,
      content: 4,
      contentEnd: 260,
      end: 260,
    });
    assert.deepEqual(first(bytes(0x1f, 0x81, 0x01, 1, 9)), { tag: 0x1f, start: 0, content: 4, contentEnd: 5, end: 5 });
  });

  test("that is not all there says how much is missing, and where", () => {
    assert.deepEqual(fault(bytes()), {
      part: "part",
      at: { start: 0, end: 0 },
      reason: { code: "der:ends" },
    });
    assert.deepEqual(fault(bytes(4)), { part: "part", at: { start: 0, end: 1 }, reason: { code: "der:ends-early" } });
    assert.deepEqual(fault(bytes(4, 0x82, 1)), {
      part: "part",
      at: { start: 0, end: 3 },
      reason: { code: "der:ends-early" },
    });
    assert.deepEqual(fault(bytes(4, 3, 1)), {
      part: "part",
      at: { start: 0, end: 3 },
      reason: { code: "der:cut-off", args: { expected: 3, found: 1 } },
    });
    const cutOff = (expected: number, found: number) => ({ code: "der:cut-off", args: { expected, found } });
    assert.deepEqual(fault(bytes(4, 0x84, 0xff, 0xff, 0xff, 0xff, 1))?.reason, cutOff(4_294_967_295, 1));
    assert.deepEqual(
      fault(bytes(4, 0x88, [255, 255, 255, 255, 255, 255, 255, 255], 1))?.reason,
      cutOff(9_007_199_254_740_991, 1),
    );
    assert.deepEqual(fault(bytes(4, 0xff, zeros(126), 255))?.reason, cutOff(255, 0));
    assert.deepEqual(fault(bytes(0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0))?.reason, { code: "der:tag" });
    assert.deepEqual(fault(bytes(0x1f, 0xff))?.reason, { code: "der:tag" });
  });

  test("of BER is read, and noted", () => {
    const long = derBytesOf(bytes(4, 0x83, 0, 0, 1, 7));
    assert.equal(elementAt(long, 0, 6, "p").contentEnd, 6);
    assert.deepEqual(
      long.notes.map(({ part, at }) => ({ part, at })),
      [{ part: "p", at: { start: 0, end: 5 } }],
    );
    const short = derBytesOf(bytes(4, 0x81, 1, 7));
    assert.equal(elementAt(short, 0, 4, "p").content, 3);
    assert.equal(short.notes.length, 1);
    const indefinite = derBytesOf(bytes(0x30, 0x80, [0x30, 0x80, 2, 1, 5, 0, 0], [4, 0], 0, 0, 9));
    assert.deepEqual(elementAt(indefinite, 0, 14, "p"), { tag: 0x30, start: 0, content: 2, contentEnd: 11, end: 13 });
    assert.deepEqual(fault(bytes(0x30, 0x80, 2, 1, 5))?.reason, { code: "der:ends-early" });
    assert.deepEqual(fault(bytes(4, 0x80, 0, 0))?.reason, { code: "der:length" });
    assert.deepEqual(derBytesOf(bytes(2, 1, 5)).notes, []);
  });

  test("of indefinite length is not followed deeper than OpenSSL does", () => {
    const nested = (depth: number) => bytes(Array.from({ length: depth }, () => [0x30, 0x80]).flat(), zeros(depth * 2));
    assert.equal(fault(nested(30)), undefined);
    assert.deepEqual(fault(nested(31))?.reason, { code: "der:too-deep" });
  });
});

describe("a cursor", () => {
  const cursor = (...octets: readonly (number | readonly number[])[]) =>
    new Cursor(derBytesOf(bytes(...octets)), 0, bytes(...octets).length, "whole");

  test("takes elements in order and says when something is missing or left", () => {
    const walk = cursor([2, 1, 5], [4, 1, 6], [1, 1, 255]);
    assert.equal(walk.take(integer, "a").start, 0);
    assert.equal(walk.optional(boolean, "b"), undefined);
    assert.equal(walk.sees(octetString), true);
    assert.deepEqual(attempt(() => walk.take(integer, "c")).fault, {
      part: "c",
      at: { start: 3, end: 6 },
      reason: { code: "der:another-type", args: { expected: "INTEGER", found: "OCTET STRING" } },
    });
    assert.equal(walk.any("d").end, 6);
    assert.deepEqual(attempt(() => walk.end()).fault, {
      part: "whole",
      at: { start: 6, end: 9 },
      reason: { code: "der:extra-bytes", args: { count: 3 } },
    });
    assert.equal(walk.optional(boolean, "e")?.start, 6);
    assert.equal(walk.more, false);
    walk.end();
    assert.deepEqual(attempt(() => walk.take(integer, "f")).fault, {
      part: "f",
      at: { start: 9, end: 9 },
      reason: { code: "der:missing", args: { expected: "INTEGER" } },
    });
  });

  test("does not look behind what holds it", () => {
    const outer = cursor([0x30, 3, 2, 5, 1], [1, 1, 1, 1]);
    assert.deepEqual(attempt(() => outer.into(sequence, "inner").take(integer, "number")).fault?.reason, {
      code: "der:cut-off",
      args: { expected: 5, found: 1 },
    });
  });

  test("tells a string in pieces from another type", () => {
    assert.deepEqual(attempt(() => cursor([0x24, 3, 4, 1, 1]).take(octetString, "x")).fault?.reason, {
      code: "der:in-pieces",
      args: { type: "OCTET STRING" },
    });
    assert.equal(tagName(0xa3), "[3]");
    assert.equal(tagName(0x83), "[3] IMPLICIT");
    assert.equal(tagName(0x7f), "0x7f");
  });

  test("lets what is no damage through", () => {
    assert.throws(() => attempt(() => assert.fail("a bug")), /a bug/);
    assert.ok(new Damaged("p", { start: 1, end: 2 }, { code: "der:ber" }).fault.at.end === 2);
  });
});

describe("values", () => {
  test("integers print as OpenSSL prints them", () => {
    const printed = (value: bigint) => {
      const octets = write.integer(value);
      return signedHex(octets, 2, octets.length);
    };
    assert.deepEqual(
      [0n, 1n, 127n, 128n, 255n, 256n, 0xa02n, -1n, -2n, -127n, -128n, -129n, -255n, -256n, -32767n, -32768n].map(
        printed,
      ),
      [
        "00",
        "01",
        "7F",
        "80",
        "FF",
        "0100",
        "0A02",
        "-01",
        "-02",
        "-7F",
        "-80",
        "-81",
        "-FF",
        "-0100",
        "-7FFF",
        "-8000",
      ],
    );
    holds(
      fc.property(fc.bigInt({ min: -(1n << 200n), max: 1n << 200n }), (value) => {
        const digits = (value < 0n ? -value : value).toString(16).toUpperCase();
        assert.equal(printed(value), `${value < 0n ? "-" : ""}${digits.length % 2 === 0 ? "" : "0"}${digits}`);
      }),
    );
  });

  test("small integers are exact, and larger ones are none", () => {
    for (const value of [0, 1, -1, 127, 128, -128, -129, 65535, 2 ** 31, -(2 ** 31), 2 ** 47 - 1, -(2 ** 47)]) {
      const octets = write.integer(value);
      assert.equal(smallInteger(derBytesOf(octets), first(octets)), value);
    }
    const large = write.integer(1n << 47n);
    assert.equal(smallInteger(derBytesOf(large), first(large)), undefined);
  });

  test("bits are counted from the first that is set", () => {
    const length = (...octets: readonly number[]) => bitLength(bytes(octets), 0, octets.length);
    assert.deepEqual(
      [
        length(),
        length(0),
        length(1),
        length(0, 1),
        length(0x80),
        length(0x7f, 0xff),
        length(0, 0x80, 0, 0),
        length(0x40, ...zeros(255)),
      ],
      [0, 0, 1, 1, 8, 15, 24, 2047],
    );
  });

  test("a BIT STRING and a BOOLEAN are what they must be", () => {
    const bits = (...octets: readonly number[]) =>
      attempt(() => bitsOf(derBytesOf(bytes(3, octets.length, octets)), first(bytes(3, octets.length, octets)), "p"));
    assert.deepEqual(bits(0, 1, 2).value, { start: 3, end: 5, unused: 0 });
    assert.deepEqual(bits(7, 128).value, { start: 3, end: 4, unused: 7 });
    assert.notEqual(bits().fault, undefined);
    assert.notEqual(bits(8, 1).fault, undefined);
    const flag = (...octets: readonly number[]) => {
      const source = derBytesOf(bytes(1, octets.length, octets));
      return {
        ...attempt(() => truth(source, elementAt(source, 0, source.bytes.length, "p"), "p")),
        notes: source.notes.length,
      };
    };
    assert.deepEqual(
      [flag(0), flag(255), flag(1)],
      [
        { value: false, notes: 0 },
        { value: true, notes: 0 },
        { value: true, notes: 1 },
      ],
    );
    assert.notEqual(flag().fault, undefined);
    assert.notEqual(flag(1, 1).fault, undefined);
  });

  test("hex has two digits for each octet", () => {
    assert.equal(hex(bytes(0, 1, 0xab, 255)), "0001ABFF");
    assert.equal(hex(bytes(0, 1, 0xab, 255), 1, 3), "01AB");
    assert.equal(hex(new Uint8Array(10_000)).length, 20_000);
  });
});

describe("object identifiers", () => {
  const read = (octets: Uint8Array) => oidOf(derBytesOf(octets), first(octets), "p");

  test("are read as they were written, however large their arcs", () => {
    const arc = fc.oneof(fc.bigInt({ min: 0n, max: 1000n }), fc.bigInt({ min: 0n, max: 1n << 200n }));
    const some = fc.oneof(
      fc.record({
        top: fc.constantFrom(0, 1),
        second: fc.bigInt({ min: 0n, max: 39n }),
        others: fc.array(arc, { maxLength: 4 }),
      }),
      fc.record({ top: fc.constant(2), second: arc, others: fc.array(arc, { maxLength: 3 }) }),
    );
    holds(
      fc.property(some, ({ top, second, others }) => {
        const dotted = [top, second, ...others].join(".");
        assert.equal(read(write.oid(dotted)), dotted);
        assert.equal(read(write.oid(dotted)), dotted);
      }),
      500,
    );
    assert.equal(read(write.oid("2.999.9007199254740993")), "2.999.9007199254740993");
  });

  test("that no OID is written like are refused", () => {
    for (const content of [[], [0x80], [0x55, 0x80, 1], [0x55, 0x83]])
      assert.notEqual(attempt(() => read(bytes(6, content.length, content))).fault, undefined, String(content));
  });

  test("that are endless are told by their beginning and their length", () => {
    const long = (fill: number) => read(write.element(6, [0x55], new Uint8Array(1000).fill(fill)));
    assert.match(long(5), /^2\.5(\.5){127}… \(1001\)$/);
    assert.notEqual(long(5), long(6));
    assert.ok(read(write.element(6, new Uint8Array(longestOid).fill(1))).endsWith(".1"));
    assert.notEqual(attempt(() => read(write.element(6, new Uint8Array(1000).fill(0x81)))).fault, undefined);
  });
});
