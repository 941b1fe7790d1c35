// counted: its work.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { recognise, recogniseInSteps } from "../../../src/core/handshake-failure/recognise.ts";
import { countWork, longestOf, workOf } from "../work.ts";
import { messages } from "./messages.ts";

/** Texts that somebody made to keep it busy, of some length. */
const hostile: Readonly<Record<string, (size: number) => string>> = {
  "one line of beginnings": (size) => "sslv3 alert ".repeat(size / 12),
  "one line of failures": (size) => "econnreset ".repeat(size / 11),
  "lines of failures": (size) => "SSL alert number 48\n".repeat(size / 20),
  "weak and strong in turn": (size) => `curl: (56) x\n${"quiet\n".repeat(12)}SSL alert number 40\n`.repeat(size / 105),
  "words without end": (size) => "a".repeat(size),
  "short words": (size) => "a ".repeat(size / 2),
  "empty lines": (size) => `${"\n".repeat(size - 30)}SSL alert number 48`,
  "first words of phrases": (size) => "x509: tls: certificate unable ".repeat(size / 30),
  "all messages": (size) => {
    const all = messages.map(([message]) => message).join("\n");
    return `${all}\n`.repeat(Math.ceil(size / all.length)).slice(0, size);
  },
};

describe("the work on a text", { concurrency: false }, () => {
  countWork();

  for (const [name, make] of Object.entries(hostile)) {
    test(`grows as the text does: ${name}`, () => {
      recognise(make(1000));
      const [small, large] = [20_000, 80_000].map((size) => workOf(() => recognise(make(size))));
      assert.ok(small !== undefined && large !== undefined && large < 6 * small + 1000, `${small} ${large}`);
    });
  }

  test("is done in steps that are no longer where there is more text", () => {
    const [small, large] = [100_000, 200_000].map((size) =>
      longestOf(recogniseInSteps("SSL alert number 48\n".repeat(size / 20)), "handshake-failure"),
    );
    assert.ok(small !== undefined && large !== undefined && large < 1.2 * small, `${small} ${large}`);
  });
});
