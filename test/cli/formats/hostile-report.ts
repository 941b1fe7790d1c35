// Reports of what somebody wrote who wants a runner, a terminal or a viewer to do something.
import * as fc from "fast-check";
import type { Excerpt, Finding, Range, Severity } from "../../../src/cli/api.ts";
import type { Report } from "../../../src/cli/report.ts";

/** Each alone, and each beside each. */
export const hostileTexts: readonly string[] = [
  "::error::owned",
  "\n::error::owned",
  "\r::set-output name=a::owned",
  "\r\n  ::add-mask::e",
  "\u0085::warning::owned",
  "\u2028::warning::owned",
  "\u2029::stop-commands::owned",
  "\v::debug::owned",
  "\u3000::debug::owned",
  "##[error]owned",
  "###[add-path]/tmp",
  "##vso[task.setvariable variable=a]owned",
  "#\u0591#[error]owned",
  "##v\u0605so[owned]",
  "##teamcity[buildStop]",
  "##",
  "#",
  "[",
  "vso[",
  "%0A::error::owned",
  "a.json:1:2: error: owned [origin/mtls-host]\n",
  "section_start:1:owned\r\u001b[0K",
  "\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007",
  "\u001b[2J",
  "\u009b2J",
  "\u202edesrever\u202c",
  "\u2066a\u2069",
  "\u200b\u200d\u2060\ufeff\u00ad\u{e0041}\u3164",
  "\ud800",
  "\udc00",
  "\ufffe\uffff\u0000\u0001",
  "]]><!--",
  '"><failure type="error"/>',
  "&#0;&amp;",
  "[click](https://example.com)",
  "\\](https://example.com)",
  "{0} {{",
  "\t\t",
  "../../etc/passwd",
  "C:/Windows",
  "//server/share",
  "-rf",
  ", :%",
  "__proto__",
  "日本語",
  "e\u0301",
  "👩‍👩‍👧",
  "",
];

const someText = fc
  .array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 4 })
  .map((parts) => parts.join(""));

const somePosition = fc.record({ line: fc.integer({ min: 1, max: 2e6 }), column: fc.integer({ min: 1, max: 300 }) });

const someRange: fc.Arbitrary<Range | undefined> = fc.option(
  fc.tuple(somePosition, fc.nat(2), fc.nat(9)).map(([start, lines, columns]) => ({
    start,
    end: { line: start.line + lines, column: start.column + columns },
  })),
  { nil: undefined },
);

const someExcerpt: fc.Arbitrary<Excerpt | undefined> = fc.option(
  fc
    .tuple(someText, fc.nat(60), fc.nat(60), fc.boolean(), fc.boolean())
    .map(([text, from, length, cutBefore, cutAfter]) => ({
      text,
      from: Math.min(from, text.length),
      to: Math.min(from + length, text.length),
      cutBefore,
      cutAfter,
    })),
  { nil: undefined },
);

const someFinding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.oneof(
    fc.constantFrom("origin/mtls-host", "pem/dashes"),
    someText.map((text) => `rule/${text}`),
  ),
  severity: fc.constantFrom<Severity>("error", "warning", "info"),
  message: someText,
  source: fc.record({ title: someText, url: someText.map((text) => `https://example.com/${text}`) }),
  range: someRange,
  related: fc.array(fc.record({ message: someText, range: someRange }), { maxLength: 3 }),
  fixes: fc.array(
    fc.record({
      title: someText,
      safe: fc.boolean(),
      edits: fc.option(
        fc.array(
          fc.record({
            range: someRange.map((range) => range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }),
            text: someText,
          }),
          { maxLength: 2 },
        ),
        { nil: undefined },
      ),
    }),
    { maxLength: 2 },
  ),
  fingerprint: fc.uuid(),
  excerpt: someExcerpt,
});

const someRecord = fc.dictionary(someText, someText, { maxKeys: 3 });

export const hostileReports: fc.Arbitrary<Report> = fc.record({
  files: fc.array(
    fc.record({ path: someText, findings: fc.array(someFinding, { maxLength: 14 }), hidden: fc.nat(9) }),
    { maxLength: 4 },
  ),
  others: fc.nat(9),
  unread: fc.array(fc.record({ path: someText, reason: someText }), { maxLength: 3 }),
  settings: fc.record({
    path: fc.option(someText, { nil: undefined }),
    suppressions: fc.nat(2),
    hidden: fc.nat(2),
    severities: someRecord,
    purposes: someRecord,
    expiryWarningDays: fc.option(fc.nat(400), { nil: undefined }),
  }),
  fixed: fc.option(fc.record({ fixes: fc.nat(9), files: fc.nat(9) }), { nil: undefined }),
  now: fc.constant(new Date("2026-12-01T09:30:00Z")),
});

/** One text in every place where a text can be. */
export function reportOf(text: string): Report {
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 3 } };
  const finding: Finding = {
    rule: `rule/${text}`,
    severity: "error",
    message: text,
    source: { title: text, url: `https://example.com/${text}` },
    range,
    related: [
      { message: text, range },
      { message: text, range: undefined },
    ],
    fixes: [{ title: text, safe: true, edits: [{ range, text }] }],
    fingerprint: "f0",
    excerpt: { text, from: 0, to: text.length, cutBefore: false, cutAfter: false },
  };
  return {
    files: [
      {
        path: text,
        findings: [finding, { ...finding, range: undefined }, { ...finding, severity: "info" }],
        hidden: 1,
      },
    ],
    others: 0,
    unread: [{ path: text, reason: text }],
    settings: {
      path: text,
      suppressions: 1,
      hidden: 1,
      severities: { [text]: text },
      purposes: { [text]: text },
      expiryWarningDays: 1,
    },
    fixed: undefined,
    now: new Date("2026-12-01T09:30:00Z"),
  };
}
