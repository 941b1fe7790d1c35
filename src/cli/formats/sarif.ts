// SARIF 2.1.0, within what GitHub's code scanning takes of it.
import * as l10n from "@vscode/l10n";
import type * as Sarif from "sarif";
import { numberText } from "../../core/messages/format.ts";
import { catalogue } from "../../core/rules/catalogue.ts";
import type { Finding, Fix, Range, Severity } from "../api.ts";
import type { CheckedFile, Report } from "../report.ts";
import { jsonSettings } from "./json.ts";
import { countsOf, settingsSentences, severities, toolName } from "./summary.ts";
import { inertJson, visible, wellFormed } from "./visible.ts";

export interface SarifOptions {
  /** Of the tool. */
  readonly version: string;
}

/** GitHub takes 25,000 results of a run and shows 5,000 of them, the worst first. */
const mostResults = 5000;

/** GitHub takes no more. In UTF-16 code units. */
const longestDescription = 1024;

const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<
  Severity,
  Sarif.ReportingConfiguration.level
>;

/** Relative paths are relative to the folder that is checked, which is that of the repository in most pipelines. */
const root = "%SRCROOT%";

/** One line for each result: a large report is neither held as a whole nor hard to search. */
export function* renderSarif(report: Report, { version }: SarifOptions): Generator<string, void, void> {
  const room = roomFor(report);
  const rules = rulesIn(report, room);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const run: Omit<Sarif.Run, "results"> = {
    tool: { driver: { name: toolName, version, rules } },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [root]: { description: { text: l10n.t("The folder in which the check was run.") } } },
    invocations: [invocation(report, room)],
    properties: propertiesOf(report, room),
  };
  const log: Omit<Sarif.Log, "runs"> = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
  };
  yield "{\n";
  for (const [name, value] of Object.entries(log)) yield `  ${inertJson(name)}: ${inertJson(value)},\n`;
  yield '  "runs": [{\n';
  for (const [name, value] of Object.entries(run)) yield `    ${inertJson(name)}: ${inertJson(value)},\n`;
  yield '    "results": [';
  let separator = "\n";
  for (const { file, finding } of shownIn(report, room)) {
    yield `${separator}      ${inertJson(resultOf(file, finding, indexes.get(visible(finding.rule)) ?? -1))}`;
    separator = ",\n";
  }
  yield "\n    ]\n  }]\n}\n";
}

// --- what there is room for

type Room = Readonly<Record<Severity, number>>;

/** How many results of each severity are written: the worst come first. */
function roomFor(report: Report): Room {
  const found = countsOf(report);
  const error = Math.min(found.error, mostResults);
  const warning = Math.min(found.warning, mostResults - error);
  return { error, warning, info: Math.min(found.info, mostResults - error - warning) };
}

interface Shown {
  readonly file: CheckedFile;
  readonly finding: Finding;
}

/** The worst first; else in the order of the report. */
function* shownIn({ files }: Report, room: Room): Generator<Shown, void, void> {
  for (const severity of severities) {
    let left = room[severity];
    for (const file of files)
      for (const finding of file.findings) if (finding.severity === severity && left-- > 0) yield { file, finding };
  }
}

function leftOut(report: Report, room: Room): Room {
  const found = countsOf(report);
  return {
    error: found.error - room.error,
    warning: found.warning - room.warning,
    info: found.info - room.info,
  };
}

// --- the run

function invocation(report: Report, room: Room): Sarif.Invocation {
  const settings = settingsSentences(report.settings, (path) => path);
  const left = leftOut(report, room);
  return {
    // Not whether something was found, but whether all was looked at.
    executionSuccessful: report.unread.length === 0,
    toolConfigurationNotifications:
      settings.length === 0 ? [] : [{ level: "note", message: messageOf(settings.join(" ")) }],
    toolExecutionNotifications: [
      ...report.unread.map(
        ({ path, reason }): Sarif.Notification => ({
          level: "error",
          message: messageOf(reason),
          locations: [{ physicalLocation: { artifactLocation: artifactLocation(path) } }],
        }),
      ),
      ...(left.error + left.warning + left.info === 0
        ? []
        : [
            {
              level: "warning" as const,
              message: messageOf(
                l10n.t(
                  "GitHub shows {0} results of a run, so there are no more. Left out: errors: {1}, warnings: {2}, infos: {3}.",
                  numberText(mostResults),
                  numberText(left.error),
                  numberText(left.warning),
                  numberText(left.info),
                ),
              ),
            },
          ]),
    ],
  };
}

/** What SARIF has no place for. */
function propertiesOf(report: Report, room: Room): Sarif.PropertyBag {
  return {
    now: report.now.toISOString(),
    files: report.files.length,
    others: report.others,
    unread: report.unread.length,
    leftOut: leftOut(report, room),
    settings: jsonSettings(report.settings),
    fixed: report.fixed ?? null,
  };
}

// --- rules

/** Those that the results name, in the order in which they do. */
function rulesIn(report: Report, room: Room): Sarif.ReportingDescriptor[] {
  const cards = new Map(catalogue.map((card) => [card.id, card]));
  const rules = new Map<string, Sarif.ReportingDescriptor>();
  for (const { finding } of shownIn(report, room)) {
    const id = visible(finding.rule);
    if (rules.has(id)) continue;
    const { source, severity, requires } = cards.get(finding.rule) ?? { ...finding, requires: finding.rule };
    const description = { text: visible(requires, longestDescription - 1) };
    const seeText = l10n.t("Source: {0}, {1}", source.title, source.url);
    rules.set(id, {
      id,
      shortDescription: description,
      fullDescription: description,
      help: {
        text: `${visible(requires)}\n\n${visible(seeText)}`,
        markdown: `${markdown(requires)}\n\n${l10n.t("Source: {0}", `[${markdown(source.title)}](<${encodeURI(wellFormed(source.url))}>)`)}`,
      },
      helpUri: encodeURI(wellFormed(source.url)),
      defaultConfiguration: { level: levels[severity] },
      properties: { tags: ["mtls", id.split("/")[0] ?? ""] },
    });
  }
  return [...rules.values()];
}

/** A text as Markdown that shows it as it is. */
function markdown(text: string): string {
  return visible(text).replaceAll(/[\\`*_{}[\]<>#|~&!]/g, "\\$&");
}

// --- results

function resultOf({ path }: CheckedFile, finding: Finding, ruleIndex: number): Sarif.Result {
  const { rule, severity, message, range, related, fixes, fingerprint } = finding;
  const placeOf = (at: Range | undefined): Sarif.PhysicalLocation => ({
    artifactLocation: artifactLocation(path),
    ...(at === undefined ? {} : { region: regionOf(at) }),
  });
  const relatedLocations = different(
    related.map((one): Sarif.Location => ({ physicalLocation: placeOf(one.range), message: messageOf(one.message) })),
  );
  const written = different(fixes.flatMap((fix) => fixOf(path, fix)));
  return {
    ruleId: visible(rule),
    ruleIndex,
    level: levels[severity],
    message: messageOf(message),
    locations: [{ physicalLocation: placeOf(range) }],
    ...(relatedLocations.length === 0 ? {} : { relatedLocations }),
    ...(written.length === 0 ? {} : { fixes: written }),
    // GitHub's action adds a fingerprint of its own, and warns about one of that name that differs.
    partialFingerprints: { "mtlsFinding/v1": fingerprint },
  };
}

function fixOf(path: string, { title, edits }: Fix): Sarif.Fix[] {
  if (edits === undefined || edits.length === 0) return [];
  const replacements = edits.map(({ range, text }) => ({
    deletedRegion: regionOf(range),
    insertedContent: { text },
  }));
  return [
    {
      description: messageOf(title),
      artifactChanges: [{ artifactLocation: artifactLocation(path), replacements }],
    },
  ];
}

/** SARIF's arrays of these are sets. */
function different<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function regionOf({ start, end }: Range): Sarif.Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** What a viewer would make a link of, section 3.11.6, stays text. */
function messageOf(text: string): Sarif.Message & { readonly text: string } {
  const shown = visible(text);
  return { text: shown.includes("](") ? shown.replaceAll(/[\\[\]]/g, "\\$&") : shown };
}

function artifactLocation(path: string): Sarif.ArtifactLocation {
  // Letter, colon: a drive. Two slashes: a server and a share.
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0];
  if (drive !== undefined) return { uri: `file:///${drive}${encoded(path.slice(drive.length))}` };
  if (path.startsWith("//")) return { uri: `file:${encoded(path)}` };
  if (path.startsWith("/")) return { uri: `file://${encoded(path)}` };
  return { uri: encoded(path), uriBaseId: root };
}

function encoded(path: string): string {
  return wellFormed(path).split("/").map(encodeURIComponent).join("/");
}
