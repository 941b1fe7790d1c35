// What the editor makes of the text that a task prints: the problem matcher that package.json contributes.
import assert from "node:assert/strict";
import { test } from "node:test";
import manifest from "../../../package.json" with { type: "json" };
import { renderText } from "../../../src/cli/formats/text.ts";
import type { Report } from "../../../src/cli/report.ts";
import { sampleReport } from "./sample-report.ts";

const [matcher] = manifest.contributes.problemMatchers;

function matched(report: Report): readonly (readonly string[])[] {
  assert.ok(matcher);
  const pattern = new RegExp(matcher.pattern.regexp);
  const lines = [...renderText(report, { isColored: false, width: undefined })].join("").split("\n");
  return lines.flatMap((line) => {
    const found = pattern.exec(line);
    return found === null ? [] : [found.slice(1)];
  });
}

test("each finding that has a place is a problem of its file, line and rule, and nothing else is one", () => {
  const expected = sampleReport.files.flatMap(({ findings }) =>
    findings.flatMap(({ range, severity, rule }) =>
      range === undefined ? [] : [[String(range.start.line), String(range.start.column), severity, rule]],
    ),
  );
  assert.ok(expected.length > 3);
  assert.deepEqual(
    matched(sampleReport).map(([, line, column, severity, , rule]) => [line, column, severity, rule]),
    expected,
  );
});
