// Workflow commands of GitHub Actions: annotations in a pull request.
import * as l10n from "@vscode/l10n";
import { numberText } from "../../core/messages/format.ts";
import type { Finding, Severity } from "../api.ts";
import type { CheckedFile, Report } from "../report.ts";
import { countsOf, settingsSentences, summarySentences } from "./summary.ts";
import { visible, visiblePath } from "./visible.ts";

/** GitHub shows no more of each command in one step. */
const mostOfEach = 10;

/** What GitHub calls each severity. */
const commands = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

export function* renderGithub(report: Report): Generator<string, void, void> {
  // What is incomplete, or changed by settings, is told first: it must be among the ten.
  const settings = settingsSentences(report.settings, visiblePath);
  const left: Record<Severity, number> = {
    error: mostOfEach - (report.unread.length === 0 ? 0 : 1),
    warning: mostOfEach,
    info: mostOfEach - (settings.length === 0 ? 0 : 1),
  };
  const found = countsOf(report);
  const unshown = {
    error: Math.max(0, found.error - left.error),
    warning: Math.max(0, found.warning - left.warning),
    info: Math.max(0, found.info - left.info),
  };
  if (report.unread.length > 0) yield command("error", { title: l10n.t("Incomplete") }, unreadLines(report));
  if (settings.length > 0) yield command("notice", { title: l10n.t("Settings in use") }, settings);
  for (const file of report.files)
    for (const finding of file.findings) if (left[finding.severity]-- > 0) yield annotation(file, finding);
  for (const { path, reason } of report.unread)
    yield `${visible(l10n.t("Incomplete: {0}: {1}", visiblePath(path), reason))}\n`;
  if (unshown.error + unshown.warning + unshown.info > 0)
    yield `${visible(
      l10n.t(
        "Not shown, because GitHub shows {0} annotations of each kind in a step: errors: {1}, warnings: {2}, infos: {3}.",
        mostOfEach,
        numberText(unshown.error),
        numberText(unshown.warning),
        numberText(unshown.info),
      ),
    )}\n`;
  yield `${summarySentences(report)
    .map((sentence) => visible(sentence))
    .join(" ")}\n`;
}

function annotation({ path }: CheckedFile, { severity, rule, message, range, related, fixes }: Finding): string {
  const place =
    range === undefined
      ? {}
      : {
          line: range.start.line,
          endLine: range.end.line,
          // GitHub takes columns only within a line.
          ...(range.start.line === range.end.line ? { col: range.start.column, endColumn: range.end.column } : {}),
        };
  return command(commands[severity], { file: path, ...place, title: rule }, [
    message,
    ...related.map((one) =>
      one.range === undefined ? one.message : l10n.t("Line {0}: {1}", one.range.start.line, one.message),
    ),
    ...fixes.map(({ title, safe }) => (safe ? l10n.t("fix: {0} (--fix does this)", title) : l10n.t("fix: {0}", title))),
  ]);
}

/** How many unread files are named in one annotation; all are in the log. */
const mostNamed = 10;

function unreadLines({ unread }: Report): string[] {
  const more = unread.length - mostNamed;
  return [
    ...unread.slice(0, mostNamed).map(({ path, reason }) => `${visiblePath(path)}: ${reason}`),
    ...(more > 0 ? [l10n.t("More incomplete files: {0}.", numberText(more))] : []),
  ];
}

/** As actions/toolkit documents it. */
function command(
  name: (typeof commands)[Severity],
  properties: Readonly<Record<string, string | number>>,
  lines: readonly string[],
): string {
  const told = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${told.join(",")}::${lines.map((line) => data(visible(line))).join("%0A")}\n`;
}

/** Line ends are visible already. */
function data(text: string): string {
  return text.replaceAll("%", "%25");
}

function property(text: string): string {
  return data(visible(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
