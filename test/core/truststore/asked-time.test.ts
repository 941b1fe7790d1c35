import * as assert from "node:assert/strict";
import { test } from "node:test";
import { readTime } from "../../../src/core/truststore/asked-time.ts";

test("a time is a date, or a date and a time of it, in UTC", () => {
  for (const [text, at] of [
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    [" 2027-01-31 09:30 UTC", "2027-01-31T09:30:00.000Z"],
    ["2027-01-31T09:30Z", "2027-01-31T09:30:00.000Z"],
    ["2027-01-31T09:30:15Z", "2027-01-31T09:30:15.000Z"],
    ["2027-01-31T09:30:15.000Z", "2027-01-31T09:30:15.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
  ] as const)
    assert.equal(readTime(text)?.toISOString(), at, text);
  for (const wrong of [
    "",
    "soon",
    "31.01.2027",
    "2027-02-30",
    "2027-13-01",
    "2027-01-31 24:00",
    "2027-01-31 25:00",
    "2027-01-31T09:30:61Z",
    "2027-01-31T09:30:15+02:00",
    "2027-01-31T",
    "1800000000",
  ])
    assert.equal(readTime(wrong), undefined, wrong);
});
