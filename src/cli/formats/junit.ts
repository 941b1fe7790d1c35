// JUnit's XML, as Jenkins' junit plugin and GitLab read it: a suite for each file, a test for each rule that found
// something in it.
import * as l10n from "@vscode/l10n";
import { grouped } from "../../core/grouped.ts";
import type { Finding, Severity } from "../api.ts";
import type { CheckedFile, Report, SettingsInUse, Unread } from "../report.ts";
import { settingsSentences, severities, toolName } from "./summary.ts";
import { findingLines } from "./text.ts";
import { visible } from "./visible.ts";

export interface JunitOptions {
  /** A finding of this severity or a worse one fails its test; the others are told in it. */
  readonly threshold: Severity;
  /** Of the tool. */
  readonly version: string;
}

export function* renderJunit(report: Report, { threshold, version }: JunitOptions): Generator<string, void, void> {
  const fails = (finding: Finding) => severities.indexOf(finding.severity) <= severities.indexOf(threshold);
  const settings = settingsSentences(report.settings, (path) => path);
  const tests = [...report.files.map((file) => countIn(file, fails)), ...report.unread.map(() => oneError)];
  const all = { tests: 1, failures: 0, errors: 0 };
  for (const { tests: count, failures, errors } of tests) {
    all.tests += count;
    all.failures += failures;
    all.errors += errors;
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="${toolName}"${attributes(all)}>\n`;
  yield* settingsSuite(report.settings, settings, version);
  for (const file of report.files) yield* fileSuite(file, fails);
  for (const unread of report.unread) yield* unreadSuite(unread);
  yield "</testsuites>\n";
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

const oneError: Counts = { tests: 1, failures: 0, errors: 1 };

type Fails = (finding: Finding) => boolean;

function countIn({ findings }: CheckedFile, fails: Fails): Counts {
  const failing = new Set(findings.filter(fails).map(({ rule }) => rule));
  const rules = new Set(findings.map(({ rule }) => rule));
  return { tests: Math.max(1, rules.size), failures: failing.size, errors: 0 };
}

/** The settings have a suite of their own, so that what they change is not said again for each file. */
function* settingsSuite(settings: SettingsInUse, sentences: readonly string[], version: string): Generator<string> {
  const properties: readonly (readonly [string, string | number | undefined])[] = [
    ["version", version],
    ["settings", settings.path],
    ["suppressions", settings.suppressions],
    ["hidden", settings.hidden],
    ["expiryWarningDays", settings.expiryWarningDays],
    ...Object.entries(settings.severities).map(([rule, severity]) => [`severity ${rule}`, severity] as const),
    ...Object.entries(settings.purposes).map(([pattern, purpose]) => [`purpose ${pattern}`, purpose] as const),
  ];
  yield `  <testsuite name="${toolName}"${attributes({ tests: 1, failures: 0, errors: 0 })}>\n`;
  yield "    <properties>\n";
  for (const [name, value] of properties)
    if (value !== undefined) yield `      <property${attributes({ name, value })}/>\n`;
  yield "    </properties>\n";
  yield* testCase(
    toolName,
    "settings",
    [],
    sentences.map((sentence) => visible(sentence)),
  );
  yield "  </testsuite>\n";
}

function* fileSuite(file: CheckedFile, fails: Fails): Generator<string> {
  const { path, findings } = file;
  yield `  <testsuite${attributes({ name: path, ...countIn(file, fails) })}>\n`;
  if (findings.length === 0) yield* testCase(path, "no findings", [], []);
  for (const [rule, found] of grouped(findings, (finding) => finding.rule)) {
    const failing = found.filter(fails);
    const told = found.filter((finding) => !fails(finding)).flatMap((finding) => linesOf(path, finding));
    yield* testCase(path, rule, failure(path, failing), told);
  }
  yield "  </testsuite>\n";
}

function* unreadSuite({ path, reason }: Unread): Generator<string> {
  yield `  <testsuite${attributes({ name: path, ...oneError })}>\n`;
  yield* testCase(path, "read", [`      <error${attributes({ type: "unread", message: reason })}/>\n`], []);
  yield "  </testsuite>\n";
}

/** GitLab reads one failure of a test: all that fails is in it. */
function failure(path: string, failing: readonly Finding[]): readonly string[] {
  const worst = failing.toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  )[0];
  if (worst === undefined) return [];
  const message =
    failing.length === 1
      ? worst.message
      : l10n.t("{0} (findings of this rule in the file: {1})", worst.message, failing.length);
  const lines = failing.flatMap((finding) => linesOf(path, finding));
  return [
    `      <failure${attributes({ type: worst.severity, message })}>`,
    escapeXml(lines.join("\n")),
    "</failure>\n",
  ];
}

function linesOf(path: string, finding: Finding): string[] {
  return findingLines(path, finding, { isColored: false, width: undefined });
}

function* testCase(path: string, name: string, outcome: readonly string[], told: readonly string[]): Generator<string> {
  const output = told.length === 0 ? [] : [`      <system-out>${escapeXml(told.join("\n"))}</system-out>\n`];
  const inside = [...outcome, ...output];
  const tag = `    <testcase${attributes({ classname: path, name })}`;
  if (inside.length === 0) yield `${tag}/>\n`;
  else {
    yield `${tag}>\n`;
    yield* inside;
    yield "    </testcase>\n";
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(visible(String(value)))}"`)
    .join("");
}

/** Characters that XML 1.0 does not have are visible already. */
function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
