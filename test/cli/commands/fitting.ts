import * as assert from "node:assert/strict";

/** A help has no more than a screen. */
export function assertFits(text: string): void {
  const lines = text.trimEnd().split("\n");
  assert.ok(lines.length <= 24, `${lines.length} lines`);
  for (const line of lines) assert.ok(line.length <= 80, line);
}
