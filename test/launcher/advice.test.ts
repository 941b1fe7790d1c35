import * as assert from "node:assert/strict";
import { test } from "node:test";
import { advice, explain } from "./advice.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: what the system says`), { code });
}

for (const [code, says] of [
  ["ENOSPC", /disk is full.*free some space/],
  ["ENOTFOUND", /registry cannot be reached.*npm config get registry/],
  ["ECONNREFUSED", /registry cannot be reached/],
  ["E404", /registry has no/],
  ["EACCES", /may not be written/],
] as const) {
  test(`${code} becomes a sentence that says what to do`, () => {
    const text = explain(systemError(code));
    assert.match(text, says);
    assert.doesNotMatch(text, /\n/);
  });
}

test("an error that nobody foresaw keeps its stack", () => {
  assert.match(explain(new Error("a bug")), /a bug\n.*advice\.test/);
});

test("advice is printed as it is", () => {
  assert.equal(explain(advice("Do this.")), "Do this.");
});
