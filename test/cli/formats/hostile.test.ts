// No text of others does anything where a report is shown, and none breaks what programs read.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import { renderGithub } from "../../../src/cli/formats/github.ts";
import { renderJson } from "../../../src/cli/formats/json.ts";
import { renderJunit } from "../../../src/cli/formats/junit.ts";
import { renderSarif } from "../../../src/cli/formats/sarif.ts";
import { renderText } from "../../../src/cli/formats/text.ts";
import { visible } from "../../../src/cli/formats/visible.ts";
import type { Report } from "../../../src/cli/report.ts";
import { holds } from "../../randomly.ts";
import { hostileReports, hostileTexts, reportOf } from "./hostile-report.ts";
import { cleanReport, sampleReport } from "./sample-report.ts";

const version = "1.2.3";
const pairs = hostileTexts.flatMap((one) => ["##", "[", "\n", "#"].map((other) => other + one));
const table = [...hostileTexts, ...pairs].map(reportOf);

function forAll(check: (report: Report) => void): void {
  table.forEach(check);
  holds(fc.property(hostileReports, check), 60);
}

// --- what runners and terminals make of a log

/** A command that GitHub's runner takes, in its own syntax or the older one. */
interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** As ActionCommand.cs of actions/runner reads a line: blanks of any kind may stand before the colons. */
function commandIn(line: string): Command | undefined {
  const match = /^::([^ :]+)(?: (.*?))?::([^]*)$/.exec(line.trimStart());
  if (match === null) return undefined;
  const [, name = "", told = "", text = ""] = match;
  const properties = Object.fromEntries(
    told
      .split(",")
      .filter((part) => part !== "")
      .map((part) => {
        const at = part.indexOf("=");
        return [part.slice(0, at).trim(), decoded(part.slice(at + 1))];
      }),
  );
  return { name, properties, data: decoded(text) };
}

function decoded(text: string): string {
  const plain: Readonly<Record<string, string>> = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%" };
  return text.replaceAll(/%(0D|0A|3A|2C|25)/g, (code) => plain[code] ?? code);
}

/** Whatever somebody takes for the end of a line. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
}

/** Asserts that nothing but line ends and letters is there. */
function assertInert(text: string): void {
  assert.doesNotMatch(text, /[^\P{Cc}\n]|\p{Cs}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/u);
  assert.doesNotMatch(text, /#[^\0-\x7f]*#([\w.-]|[^\0-\x7f])*\[/);
}

describe("text", () => {
  test("gives no orders to a runner or a terminal", () => {
    forAll((report) => {
      for (const isColored of [false, true]) {
        const written = [...renderText(report, { isColored, width: isColored ? 40 : undefined })].join("");
        const text = isColored ? written.replaceAll(/\u001b\[\d{1,2}m/g, "") : written;
        assertInert(text);
        for (const line of linesOf(text)) assert.equal(commandIn(line), undefined, line);
      }
    });
  });

  test("says each place in lines of its own, none of which claims another place", () => {
    forAll((report) => {
      const text = [...renderText(report, { isColored: false, width: undefined })].join("");
      const places = linesOf(text).filter((line) =>
        /^(?! )[^:]*(:\/[^:]*)?(:\d+:\d+)?: (error|warning|info): /.test(line),
      );
      assert.equal(places.length, report.files.flatMap(({ findings }) => findings).length, text);
      for (const place of places) assert.match(place, /^[\p{L}\p{N}._/]/u);
    });
  });
});

describe("github", () => {
  test("gives only its own commands, each where it is meant", () => {
    forAll((report) => {
      const text = [...renderGithub(report)].join("");
      assertInert(text);
      const commands = linesOf(text).flatMap((line) => commandIn(line) ?? []);
      assert.equal(commands.length, linesOf(text).filter((line) => /^\s*::/.test(line)).length);
      const found = new Set(report.files.map(({ path }) => visible(path)));
      for (const { name, properties } of commands) {
        assert.ok(["error", "warning", "notice"].includes(name), name);
        const allowed = ["file", "line", "endLine", "col", "endColumn", "title"];
        assert.deepEqual(
          Object.keys(properties).filter((key) => !allowed.includes(key)),
          [],
        );
        const { file, line, endLine, col, endColumn } = properties;
        if (file !== undefined) assert.ok(found.has(file), file);
        for (const number of [line, endLine, col, endColumn]) assert.match(number ?? "1", /^\d+$/);
        assert.equal(col === undefined, line === undefined || line !== endLine);
      }
      const names = commands.map(({ name }) => name);
      for (const each of ["error", "warning", "notice"])
        assert.ok(names.filter((name) => name === each).length <= 10, each);
    });
  });
});

describe("json", () => {
  test("reads back as it was, and can be shown", () => {
    forAll((report) => {
      const text = [...renderJson(report, { version })].join("");
      assertInert(text);
      for (const line of linesOf(text)) assert.equal(commandIn(line), undefined, line);
      const read: unknown = JSON.parse(text);
      assert.ok(typeof read === "object" && read !== null && "files" in read && "unread" in read && "settings" in read);
      assert.deepEqual(read.files, plain(report.files));
      assert.deepEqual(read.unread, plain(report.unread));
      assert.deepEqual(read.settings, plain({ ...report.settings }));
    });
  });

  /** With `null` for what there is not, and without halves of pairs. */
  function plain(value: unknown): unknown {
    if (value === undefined) return null;
    if (typeof value === "string") return value.replaceAll(/\p{Cs}/gu, "\ufffd");
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [plain(key), plain(held)]));
  }
});

describe("sarif", () => {
  const isValid = new Ajv({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(join(import.meta.dirname, "sarif.schema.json"), "utf8")),
  );

  test("is what its schema says, and can be shown", () => {
    for (const report of [sampleReport, cleanReport]) assertValid(report);
    forAll(assertValid);
  });

  function assertValid(report: Report): void {
    const text = [...renderSarif(report, { version })].join("");
    assertInert(text);
    const log: unknown = JSON.parse(text);
    assert.ok(isValid(log), JSON.stringify(isValid.errors?.slice(0, 3)));
  }
});

describe("junit", () => {
  test("is what its schema says, whatever is in it", async () => {
    const reports = [
      sampleReport,
      cleanReport,
      ...table,
      ...fc.sample(hostileReports, { numRuns: 40, seed: 20261201 }),
    ];
    const schema = readFileSync(join(import.meta.dirname, "junit.xsd"), "utf8");
    const xml = reports.map((report, index) => {
      const contents = [...renderJunit(report, { version, threshold: "warning" })].join("");
      assertInert(contents);
      return { fileName: `${index}.xml`, contents };
    });
    const { valid, errors } = await validateXML({ xml, schema: [schema] });
    assert.ok(valid, JSON.stringify(errors.slice(0, 3)));
  });
});
