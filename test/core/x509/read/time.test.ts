import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { holds } from "../../../randomly.ts";
import { type Bytes, generalizedTime, utcTime } from "../der-writer.ts";
import { faultsOf, made } from "../reading.ts";

const timeOf = (notBefore: Bytes) => made({ notBefore }).notBefore;
const utc = (text: string) => timeOf(utcTime(text));
const generalized = (text: string) => timeOf(generalizedTime(text));
const date = (text: string) => Date.parse(text);

/** What OpenSSL 3.0 makes of each, as it prints them; `undefined`: "Bad time value". */
const utcTimes: readonly (readonly [text: string, date: string | undefined])[] = [
  ["200101000000Z", "2020-01-01T00:00:00Z"],
  ["491231235959Z", "2049-12-31T23:59:59Z"],
  ["500101000000Z", "1950-01-01T00:00:00Z"],
  ["000229120000Z", "2000-02-29T12:00:00Z"],
  ["2001010000Z", "2020-01-01T00:00:00Z"],
  ["200101000000+0100", "2019-12-31T23:00:00Z"],
  ["200101000000-0130", "2020-01-01T01:30:00Z"],
  ["2001010000-0130", "2020-01-01T01:30:00Z"],
  ["200101000000+1200", "2019-12-31T12:00:00Z"],
  ["200101000000+1300", undefined],
  ["200101000000+0060", undefined],
  ["200101000000+01", undefined],
  ["200101000000", undefined],
  ["200101000000z", undefined],
  ["200101000060Z", undefined],
  ["200101006000Z", undefined],
  ["200101240000Z", undefined],
  ["200230000000Z", undefined],
  ["210229000000Z", undefined],
  ["200431000000Z", undefined],
  ["201301000000Z", undefined],
  ["200001000000Z", undefined],
  ["200100000000Z", undefined],
  ["20010100000AZ", undefined],
  ["200101 00000Z", undefined],
  ["200101000000Z1", undefined],
  ["200101000000.5Z", undefined],
  ["2001010Z", undefined],
  ["", undefined],
  ["9".repeat(1000), undefined],
];

const generalizedTimes: readonly (readonly [text: string, date: string | undefined])[] = [
  ["20200101000000Z", "2020-01-01T00:00:00Z"],
  ["99991231235959Z", "9999-12-31T23:59:59Z"],
  ["00000101000000Z", "0000-01-01T00:00:00Z"],
  ["00000229000000Z", "0000-02-29T00:00:00Z"],
  ["00010101000000Z", "0001-01-01T00:00:00Z"],
  ["20000229000000Z", "2000-02-29T00:00:00Z"],
  ["19000229000000Z", undefined],
  ["20200101000000.125Z", "2020-01-01T00:00:00.125Z"],
  ["20200101000000.9999999Z", "2020-01-01T00:00:00.999Z"],
  ["20200101000000.5-0530", "2020-01-01T05:30:00.500Z"],
  ["20200101000000.Z", undefined],
  ["20200101000000,5Z", undefined],
  ["202001010000Z", "2020-01-01T00:00:00Z"],
  ["202001010000.5Z", undefined],
  ["2020010100Z", undefined],
  ["20200101000000+0530", "2019-12-31T18:30:00Z"],
  ["20200101000000", undefined],
  // Out of the years there are.
  ["00000101000000+0100", undefined],
  ["99991231235959-0100", undefined],
];

describe("a time", () => {
  for (const [read, times] of [
    [utc, utcTimes],
    [generalized, generalizedTimes],
  ] as const) {
    for (const [text, expected] of times) {
      test(`${text.slice(0, 40) || "of nothing"} is ${expected ?? "no date"}`, () => {
        assert.equal(read(text).at, expected === undefined ? undefined : date(expected));
      });
    }
  }

  test("keeps its text as written, however odd, and the beginning of what is endless", () => {
    assert.equal(utc("no time at all").text, "no time at all");
    assert.equal(utc("").text, "");
    assert.equal(generalized("1".repeat(100_000)).text, `${"1".repeat(64)}…`);
  });

  test("of every second that there is, is that second", () => {
    holds(
      fc.property(
        fc.integer({ min: date("0000-01-01T00:00:00Z") / 1000, max: date("9999-12-31T23:59:59Z") / 1000 }),
        (seconds) => {
          const text = new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
          assert.equal(generalized(text).at, seconds * 1000);
          if (text >= "1950" && text < "2050") assert.equal(utc(text.slice(2)).at, seconds * 1000);
        },
      ),
    );
  });

  test("that RFC 5280 does not allow is a fault, and one that is no date another", () => {
    assert.deepEqual(faultsOf(made()), []);
    assert.deepEqual(
      faultsOf(made({ notBefore: utcTime("2001010000Z"), notAfter: generalizedTime("20300101000000+0100") })),
      [
        "tbsCertificate.validity.notBefore: “2001010000Z” is not in the form that RFC 5280 requires (YYMMDDHHMMSSZ). Some programs reject it.",
        "tbsCertificate.validity.notAfter: “20300101000000+0100” is not in the form that RFC 5280 requires (YYYYMMDDHHMMSSZ). Some programs reject it.",
      ],
    );
    const damaged = made({ notAfter: utcTime("301301000000Z") });
    assert.deepEqual(faultsOf(damaged), ["tbsCertificate.validity.notAfter: “301301000000Z” is not a date."]);
    const [fault] = damaged.faults;
    assert.equal(
      Buffer.from(damaged.der.subarray((fault?.at.start ?? 0) + 2, fault?.at.end)).toString(),
      "301301000000Z",
    );
  });
});
