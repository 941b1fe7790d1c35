import assert from "node:assert/strict";
import { test } from "node:test";
import { unifiedDiff } from "./unified-diff.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`);
const changed = (lines: readonly string[], changes: Readonly<Record<number, string>>) =>
  lines.map((line, index) => changes[index + 1] ?? line).join("");

test("nothing is told where nothing changed", () => {
  assert.equal(unifiedDiff("a", "x\n", "x\n"), "");
  assert.equal(unifiedDiff("a", undefined, undefined), "");
});

test("a change stands between three lines of what is around it, what goes before what comes", () => {
  const lines = numbered(9);
  assert.equal(
    unifiedDiff("a/b", lines.join(""), changed(lines, { 5: "new\nnewer\n", 6: "" })),
    "--- a/b\n+++ a/b\n@@ -2,8 +2,8 @@\n line 2\n line 3\n line 4\n-line 5\n-line 6\n+new\n+newer\n line 7\n line 8\n line 9\n",
  );
});

test("changes whose surroundings touch are told together, others apart", () => {
  const lines = numbered(30);
  const places = (changes: Readonly<Record<number, string>>) =>
    unifiedDiff("a", lines.join(""), changed(lines, changes)).match(/^@@.*$/gm);
  assert.deepEqual(places({ 10: "x\n", 17: "y\n" }), ["@@ -7,14 +7,14 @@"]);
  assert.deepEqual(places({ 10: "x\nx\n", 18: "y\n" }), ["@@ -7,7 +7,8 @@", "@@ -15,7 +16,7 @@"]);
  assert.deepEqual(places({ 1: "", 30: "" }), ["@@ -1,4 +1,3 @@", "@@ -27,4 +26,3 @@"]);
});

test("a file that comes or goes is told as one", () => {
  assert.equal(unifiedDiff("a", undefined, "x\ny\n"), "--- /dev/null\n+++ a\n@@ -0,0 +1,2 @@\n+x\n+y\n");
  assert.equal(unifiedDiff("a", "x\n", undefined), "--- a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
});

test("an end of line that is missing is seen", () => {
  assert.equal(
    unifiedDiff("a", "x\ny", "x\ny\n"),
    "--- a\n+++ a\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+y\n",
  );
});
