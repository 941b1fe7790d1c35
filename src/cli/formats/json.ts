// For programs. The shape is a promise: members are added, none is changed or taken away, as long as `version` is 1.
import type { Excerpt, Finding, Range, Severity } from "../api.ts";
import type { Report, SettingsInUse } from "../report.ts";
import { countsOf, toolName } from "./summary.ts";
import { inertJson, wellFormed } from "./visible.ts";

export interface JsonOptions {
  /** Of the tool. */
  readonly version: string;
}

/** What is written. Each member is there in every report: `null` stands for what there is not. */
export interface JsonReport {
  /** Of this shape. */
  readonly version: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** The time that certificates were judged by, as `2026-12-01T09:30:00.000Z`. */
  readonly now: string;
  /** In what columns, and the places of an excerpt, are counted. Lines and columns are one-based. */
  readonly columnKind: "utf16CodeUnits";
  readonly counts: {
    /** Files that were checked. */
    readonly files: number;
    /** Files that hold nothing that is checked. */
    readonly others: number;
    readonly unread: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    /** Findings that the settings hide. */
    readonly hidden: number;
  };
  readonly settings: JsonSettings;
  /** Safe fixes that were made, or are shown; `null`: nobody asked for them. */
  readonly fixed: { readonly fixes: number; readonly files: number } | null;
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly files: readonly JsonFile[];
}

/** What the settings change. */
export interface JsonSettings {
  readonly path: string | null;
  /** Suppressions that hide something, and the findings that they hide. */
  readonly suppressions: number;
  readonly hidden: number;
  /** By rule. */
  readonly severities: Readonly<Record<string, string>>;
  /** By pattern. */
  readonly purposes: Readonly<Record<string, string>>;
  readonly expiryWarningDays: number | null;
}

export interface JsonFile {
  /** Relative to the current folder where it is in it, with `/`. */
  readonly path: string;
  readonly hidden: number;
  readonly findings: readonly JsonFinding[];
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: { readonly title: string; readonly url: string };
  /** `end` is behind the last character. `null`: the whole file. */
  readonly range: Range | null;
  readonly related: readonly { readonly message: string; readonly range: Range | null }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly safe: boolean;
    /** `null`: too many to be listed. */
    readonly edits: readonly { readonly range: Range; readonly text: string }[] | null;
  }[];
  readonly fingerprint: string;
  /** The first line of what is marked, from `from` to `to`. */
  readonly excerpt: Excerpt | null;
}

/** One line for each finding: a large report is neither held as a whole nor hard to search. */
export function* renderJson(report: Report, { version }: JsonOptions): Generator<string, void, void> {
  const { error, warning, info } = countsOf(report);
  const head: Omit<JsonReport, "files"> = {
    version: 1,
    tool: { name: toolName, version },
    now: report.now.toISOString(),
    columnKind: "utf16CodeUnits",
    counts: {
      files: report.files.length,
      others: report.others,
      unread: report.unread.length,
      errors: error,
      warnings: warning,
      infos: info,
      hidden: report.files.reduce((sum, { hidden }) => sum + hidden, 0),
    },
    settings: jsonSettings(report.settings),
    fixed: report.fixed ?? null,
    unread: report.unread.map(({ path, reason }) => ({ path, reason })),
  };
  yield "{\n";
  for (const [name, value] of Object.entries(head)) yield `  ${inertJson(name)}: ${inertJson(value)},\n`;
  yield '  "files": [';
  for (const [index, { path, hidden, findings }] of report.files.entries()) {
    yield `${index === 0 ? "" : ","}\n    { "path": ${inertJson(path)}, "hidden": ${hidden}, "findings": [`;
    for (const [at, finding] of findings.entries())
      yield `${at === 0 ? "" : ","}\n      ${inertJson(jsonFinding(finding))}`;
    yield findings.length === 0 ? "] }" : "\n    ] }";
  }
  yield report.files.length === 0 ? "]\n}\n" : "\n  ]\n}\n";
}

export function jsonSettings(settings: SettingsInUse): JsonSettings {
  return {
    path: settings.path ?? null,
    suppressions: settings.suppressions,
    hidden: settings.hidden,
    severities: named(settings.severities),
    purposes: named(settings.purposes),
    expiryWarningDays: settings.expiryWarningDays ?? null,
  };
}

/** `inertJson` sees to values only. */
function named(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [wellFormed(name), value]));
}

/** Member by member: what is added to a finding is no part of the promise by itself. */
function jsonFinding({ rule, severity, message, source, range, related, fixes, ...rest }: Finding): JsonFinding {
  return {
    rule,
    severity,
    message,
    source: { title: source.title, url: source.url },
    range: jsonRange(range),
    related: related.map((one) => ({ message: one.message, range: jsonRange(one.range) })),
    fixes: fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits?.map((edit) => ({ range: rangeOf(edit.range), text: edit.text })) ?? null,
    })),
    fingerprint: rest.fingerprint,
    excerpt: rest.excerpt === undefined ? null : excerptOf(rest.excerpt),
  };
}

function jsonRange(range: Range | undefined): Range | null {
  return range === undefined ? null : rangeOf(range);
}

function rangeOf({ start, end }: Range): Range {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}

function excerptOf({ text, from, to, cutBefore, cutAfter }: Excerpt): Excerpt {
  return { text, from, to, cutBefore, cutAfter };
}
