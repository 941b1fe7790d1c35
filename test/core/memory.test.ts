import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { type LargeName, largeDocuments } from "./large-documents.ts";

/** What the process takes without any document, and room in which to collect garbage; in MB. */
const besides = 48;

/**
 * How many there are, and how many times the text reading, judging and mending may take. Mending reads what it wrote
 * beside what is open: where each of many short blocks has faults of its own, that is twice as much.
 */
const documents: Readonly<Record<LargeName, { readonly count: number; readonly most: number }>> = {
  "BEGIN lines": { count: 200_000, most: 16 },
  "blocks with junk": { count: 10_000, most: 32 },
  "origins with a wrong Quantity": { count: 10_000, most: 16 },
  "behaviors with a wrong Quantity": { count: 5_000, most: 16 },
};

for (const [name, { count, most }] of Object.entries(documents)) {
  test(`reading, judging and mending takes at most ${most} times the text: ${name}`, () => {
    const megabytes = largeDocuments[name as LargeName].text(count).length / 1e6;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        `--max-old-space-size=${Math.floor(besides + most * megabytes)}`,
        join(import.meta.dirname, "within-memory.ts"),
        "--name",
        name,
        "--count",
        `${count}`,
      ],
      { encoding: "utf8" },
    );
    assert.equal(status, 0, stderr.slice(0, 500));
    assert.ok((JSON.parse(stdout) as { problems: number }).problems >= 1_000);
  });
}
