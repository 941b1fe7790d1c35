// One large piece of a PEM file: no step on it is more where there is more of it.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { read, readInSteps } from "../../../src/core/read.ts";
import { checkInSteps } from "../../../src/core/rules/check.ts";
import { targets } from "../../../src/core/truststore/targets.ts";
import { context, onFault } from "../checking.ts";
import { begin } from "../large-documents.ts";
import { countWork, longestOf } from "../work.ts";

/** Texts that are one piece, as long as one likes. */
const pieces: Readonly<Record<string, (size: number) => string>> = {
  "headers of a block": (size) => `${begin}${"A: b\n".repeat(size / 5)}${end}`,
  "short lines of a block": (size) => `${begin}${"-\n".repeat(size / 2)}${end}`,
  "blank lines of a block": (size) => `${begin}${"\n".repeat(size)}${end}`,
  "blank lines of a private key without END": (size) => `${beginKey}${"\n".repeat(size)}`,
  "sound lines of a block": (size) => `${begin}${line.repeat(size / 65)}${end}`,
  "lines with what cannot be seen": (size) => `${begin}${`${"A".repeat(62)}\u200b\n`.repeat(size / 64)}${end}`,
  "lines of a block without END": (size) => `${begin}${line.repeat(size / 65)}`,
  "lines of a block without BEGIN": (size) => `${line.repeat(size / 65)}${end}`,
  "lines without boundaries": (size) => line.repeat(size / 65),
  "PEM in Base64": (size) => `LS0tLS1CRUdJTi${"A".repeat(size)}`,
  "text below a BEGIN": (size) => `${begin}${"some words and more\n".repeat(size / 20)}`,
  "text above a block": (size) => `${"some words and more\n".repeat(size / 20)}${begin}MIIB\n${end}`,
  "comments above a block": (size) => `${"# some words and more\n".repeat(size / 22)}${begin}MIIB\n${end}`,
};
const beginKey = "-----BEGIN PRIVATE KEY-----\n";
const end = "-----END CERTIFICATE-----\n";
const line = `${"A".repeat(64)}\n`;

describe("the work of one step on one large piece", { concurrency: false }, () => {
  countWork();

  const store = { ...context, purpose: "trust-store", targets } as const;

  for (const [name, text] of Object.entries(pieces))
    test(`is no more where there is more: ${name}`, () => {
      const source = (size: number) => ({ text: text(size), syntax: "pem", name: "" }) as const;
      const reading = (size: number) => longestOf(readInSteps(source(size)));
      const judging = (size: number) => longestOf(checkInSteps(read(source(size)), store, onFault));
      for (const [less, more] of [
        [reading(600_000), reading(1_200_000)],
        [judging(200_000), judging(400_000)],
      ] as const)
        assert.ok(more < 1.5 * Math.max(less, 50_000), `${less} becomes ${more}`);
    });
});
