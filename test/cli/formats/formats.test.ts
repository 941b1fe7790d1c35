// What the goldens do not show: limits, thresholds and places.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Excerpt, Finding, Severity } from "../../../src/cli/api.ts";
import { renderGithub } from "../../../src/cli/formats/github.ts";
import { renderJunit } from "../../../src/cli/formats/junit.ts";
import { renderSarif } from "../../../src/cli/formats/sarif.ts";
import { renderText } from "../../../src/cli/formats/text.ts";
import type { Report } from "../../../src/cli/report.ts";
import { cleanReport, sampleReport } from "./sample-report.ts";

const version = "1.2.3";

function finding(severity: Severity, message: string, excerpt?: Excerpt): Finding {
  return {
    rule: `rule/${severity}`,
    severity,
    message,
    source: { title: "A page", url: "https://example.com/" },
    range: { start: { line: 7, column: 1 }, end: { line: 7, column: 2 } },
    related: [],
    fixes: [],
    fingerprint: message,
    excerpt,
  };
}

function reportOf(findings: readonly Finding[]): Report {
  return { ...cleanReport, fixed: undefined, files: [{ path: "a.json", findings, hidden: 0 }] };
}

/** As many findings, in turn of each severity, told by a number. */
function many(count: number): Report {
  const turn: readonly Severity[] = ["info", "error", "warning"];
  return reportOf(Array.from({ length: count }, (_, index) => finding(turn[index % 3] ?? "info", `no. ${index}`)));
}

function linesOf(chunks: Iterable<string>): string[] {
  return [...chunks].join("").split("\n");
}

describe("the marked line", () => {
  const cases: readonly (readonly [string, Excerpt, number | undefined, string, string])[] = [
    ["is marked", { text: "abcdef", from: 2, to: 4, cutBefore: false, cutAfter: false }, undefined, "abcdef", "  ^^"],
    [
      "shows tabs as blanks",
      { text: "\t\ta", from: 2, to: 3, cutBefore: false, cutAfter: false },
      undefined,
      "  a",
      "  ^",
    ],
    [
      "counts wide characters twice",
      { text: "証明書: x", from: 5, to: 6, cutBefore: false, cutAfter: false },
      undefined,
      "証明書: x",
      "        ^",
    ],
    [
      "marks wide characters twice",
      { text: "a証明😀", from: 1, to: 5, cutBefore: false, cutAfter: false },
      undefined,
      "a証明😀",
      " ^^^^^^",
    ],
    [
      "does not count what stands over a letter",
      { text: "e\u0301x", from: 2, to: 3, cutBefore: false, cutAfter: false },
      undefined,
      "e\u0301x",
      " ^",
    ],
    [
      "counts halfwidth letters once",
      { text: "ｱｲx", from: 2, to: 3, cutBefore: false, cutAfter: false },
      undefined,
      "ｱｲx",
      "  ^",
    ],
    [
      "counts what is made visible",
      { text: "\u202ex", from: 1, to: 2, cutBefore: false, cutAfter: false },
      undefined,
      "\\u{202e}x",
      "        ^",
    ],
    [
      "sees an order that is half marked",
      { text: "##[x", from: 1, to: 3, cutBefore: false, cutAfter: false },
      undefined,
      "\\u{23}#[x",
      "      ^^",
    ],
    [
      "says where it was cut",
      { text: "abc", from: 0, to: 1, cutBefore: true, cutAfter: true },
      undefined,
      "…abc…",
      " ^",
    ],
    [
      "marks where nothing is",
      { text: "abc", from: 3, to: 3, cutBefore: false, cutAfter: false },
      undefined,
      "abc",
      "   ^",
    ],
    [
      "marks a place before a character",
      { text: "abc", from: 1, to: 1, cutBefore: false, cutAfter: false },
      undefined,
      "abc",
      " ^",
    ],
    ["may be empty", { text: "", from: 0, to: 0, cutBefore: false, cutAfter: false }, undefined, "", "^"],
    [
      "is cut behind",
      { text: "abcdefghijklmnopqrstuvwxyz", from: 0, to: 2, cutBefore: false, cutAfter: false },
      28,
      "abcdefghijklmnopqr…",
      "^^",
    ],
    [
      "is cut before",
      { text: "abcdefghijklmnopqrstuvwxyz", from: 25, to: 26, cutBefore: false, cutAfter: false },
      28,
      "…ijklmnopqrstuvwxyz",
      "                  ^",
    ],
    [
      "is cut on both sides",
      { text: "x".repeat(50), from: 25, to: 26, cutBefore: false, cutAfter: false },
      28,
      `…${"x".repeat(18)}…`,
      "       ^",
    ],
  ];
  for (const [title, excerpt, width, shown, carets] of cases)
    test(title, () => {
      const [, line, marks] = linesOf(
        renderText(reportOf([finding("error", "m", excerpt)]), { isColored: false, width }),
      );
      assert.equal(line, `    7 | ${shown}`.trimEnd());
      assert.equal(marks, `      | ${carets}`);
    });
});

describe("github", () => {
  test("has ten annotations of each kind, in order, and says how many it has not", () => {
    const lines = linesOf(renderGithub(many(60)));
    for (const [command, first] of [
      ["error", 1],
      ["warning", 2],
      ["notice", 0],
    ] as const) {
      const told = lines.filter((line) => line.startsWith(`::${command} `)).map((line) => line.split("::").at(-1));
      assert.deepEqual(
        told,
        Array.from({ length: 10 }, (_, index) => `no. ${first + 3 * index}`),
      );
    }
    assert.match(lines.at(-3) ?? "", /errors: 10, warnings: 10, infos: 10\.$/);
    assert.equal(lines.at(-2), "Files checked: 1. Errors: 20, warnings: 20, infos: 20.");
  });

  test("says of ten or fewer nothing about others", () => {
    assert.equal(linesOf(renderGithub(many(30))).filter((line) => !line.startsWith("::") && line !== "").length, 1);
  });

  test("counts what it says of files and settings among the ten", () => {
    const { unread, settings } = sampleReport;
    const lines = linesOf(renderGithub({ ...many(60), unread, settings }));
    for (const command of ["error", "warning", "notice"])
      assert.equal(lines.filter((line) => line.startsWith(`::${command} `)).length, 10);
    assert.ok(lines.some((line) => line.endsWith("errors: 11, warnings: 10, infos: 11.")));
  });
});

describe("sarif", () => {
  interface Result {
    readonly level: string;
    readonly message: { readonly text: string };
    readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: unknown } }[];
  }

  function runOf(report: Report): {
    readonly results: readonly Result[];
    readonly properties: { readonly leftOut: unknown };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly { readonly message: unknown }[] }[];
  } {
    return JSON.parse([...renderSarif(report, { version })].join("")).runs[0];
  }

  test("has the worst of too many results, and says what it left out", () => {
    const { results, properties, invocations } = runOf(many(9000));
    const messages = (level: string) =>
      results.filter((result) => result.level === level).map(({ message }) => Number(message.text.slice(4)));
    assert.equal(results.length, 5000);
    assert.deepEqual(
      messages("error"),
      Array.from({ length: 3000 }, (_, index) => 3 * index + 1),
    );
    assert.deepEqual(
      messages("warning"),
      Array.from({ length: 2000 }, (_, index) => 3 * index + 2),
    );
    assert.deepEqual(properties.leftOut, { error: 0, warning: 1000, info: 3000 });
    assert.match(JSON.stringify(invocations), /errors: 0, warnings: 1,000, infos: 3,000/);
  });

  const places: readonly (readonly [path: string, place: unknown])[] = [
    ["a b/ü#?.json", { uri: "a%20b/%C3%BC%23%3F.json", uriBaseId: "%SRCROOT%" }],
    ["javascript:alert(1)", { uri: "javascript%3Aalert(1)", uriBaseId: "%SRCROOT%" }],
    ["100%.json", { uri: "100%25.json", uriBaseId: "%SRCROOT%" }],
    ["../x.json", { uri: "../x.json", uriBaseId: "%SRCROOT%" }],
    ["/etc/x y", { uri: "file:///etc/x%20y" }],
    ["C:/x:y", { uri: "file:///C:/x%3Ay" }],
    ["//server/share/x", { uri: "file://server/share/x" }],
    ["\ud800", { uri: "%EF%BF%BD", uriBaseId: "%SRCROOT%" }],
  ];
  for (const [path, place] of places)
    test(`names ${JSON.stringify(path)} by a URI`, () => {
      const { results } = runOf({ ...cleanReport, files: [{ path, findings: [finding("error", "m")], hidden: 0 }] });
      assert.deepEqual(results[0]?.locations[0]?.physicalLocation.artifactLocation, place);
    });

  test("makes no links of what a file says", () => {
    const texts = ["[a](https://example.com)", "\\[a](1)", "[a] (b)"].map((text) => finding("error", text));
    assert.deepEqual(
      runOf(reportOf(texts)).results.map(({ message }) => message.text),
      ["\\[a\\](https://example.com)", "\\\\\\[a\\](1)", "[a] (b)"],
    );
  });

  test("has no two related places or fixes that are the same", () => {
    const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
    const twice = <Item>(item: Item) => [item, item];
    const text = JSON.stringify(
      runOf(
        reportOf([
          {
            ...finding("error", "m"),
            related: twice({ message: "here", range }),
            fixes: [
              ...twice({ title: "mend", safe: true, edits: [{ range, text: "x" }] }),
              { title: "none", safe: true, edits: [] },
            ],
          },
        ]),
      ),
    );
    for (const once of ["here", "mend"]) assert.equal(text.split(once).length, 2, once);
    assert.ok(!text.includes("none"));
  });
});

describe("junit", () => {
  const report = reportOf([
    finding("error", "one"),
    finding("error", "two"),
    finding("warning", "three"),
    finding("info", "four"),
    { ...finding("info", "five"), rule: "rule/error" },
  ]);
  const failing: readonly (readonly [Severity, readonly string[]])[] = [
    ["error", ["error"]],
    ["warning", ["error", "warning"]],
    ["info", ["error", "warning", "info"]],
  ];
  for (const [threshold, types] of failing)
    test(`fails from ${threshold} on`, () => {
      const text = [...renderJunit(report, { version, threshold })].join("");
      assert.deepEqual(
        [...text.matchAll(/<failure type="(\w+)"/g)].map(([, type]) => type),
        types,
      );
      assert.match(
        text,
        new RegExp(`^<testsuites name="mtls-check" tests="4" failures="${types.length}" errors="0">`, "m"),
      );
      // What does not fail is told all the same.
      for (const message of ["one", "two", "three", "four", "five"])
        assert.ok(text.includes(`: ${message} [`), message);
    });

  test("has one failure for a rule, which tells of all that it found", () => {
    const text = [...renderJunit(report, { version, threshold: "error" })].join("");
    assert.match(text, /message="one \(findings of this rule in the file: 2\)"/);
    assert.equal(text.match(/<testcase [^>]*name="rule\/error"/g)?.length, 1);
  });
});
