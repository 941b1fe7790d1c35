import * as l10n from "@vscode/l10n";
import { listText, numberText } from "../../core/messages/format.ts";
import type { Severity } from "../api.ts";
import type { Report, SettingsInUse } from "../report.ts";

/** As programs are told who checked. */
export const toolName = "mtls-check";

/** The worst first. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Findings that `--fix` would mend. */
  readonly mendable: number;
}

export function countsOf({ files }: Pick<Report, "files">): Counts {
  const counts = { error: 0, warning: 0, info: 0, mendable: 0 };
  for (const { findings } of files)
    for (const { severity, fixes } of findings) {
      counts[severity]++;
      if (fixes.some(({ safe }) => safe)) counts.mendable++;
    }
  return counts;
}

/** What was checked, and what was found, in sentences: one a line. */
export function summarySentences(report: Report): string[] {
  const { error, warning, info, mendable } = countsOf(report);
  const { others, fixed } = report;
  const files = numberText(report.files.length);
  const found =
    error + warning + info === 0
      ? files === "0"
        ? l10n.t("No file was checked.")
        : l10n.t("Files checked: {0}. Nothing was found.", files)
      : l10n.t(
          "Files checked: {0}. Errors: {1}, warnings: {2}, infos: {3}.",
          files,
          numberText(error),
          numberText(warning),
          numberText(info),
        );
  return [
    found,
    ...(others === 0 ? [] : [l10n.t("Files with nothing to check: {0}.", numberText(others))]),
    ...(fixed === undefined
      ? []
      : [l10n.t("Safe fixes: {0}, in files: {1}.", numberText(fixed.fixes), numberText(fixed.files))]),
    ...(fixed !== undefined || mendable === 0
      ? []
      : [l10n.t("Findings that --fix resolves: {0}.", numberText(mendable))]),
    ...(report.unread.length === 0
      ? []
      : [l10n.t("Files not checked or fixed completely: {0}.", numberText(report.unread.length))]),
  ];
}

/**
 * What the settings change about what is found, in sentences: none where they change nothing.
 * @param shown the settings' own path as it can be shown
 */
export function settingsSentences(settings: SettingsInUse, shown: (path: string) => string): string[] {
  const { path, suppressions, hidden, expiryWarningDays } = settings;
  const set = Object.entries(settings.severities).map(([rule, severity]) => `${rule}: ${severity}`);
  const purposes = Object.entries(settings.purposes).map(([pattern, purpose]) => `${pattern}: ${purpose}`);
  const changes = [
    ...(suppressions === 0 && hidden === 0
      ? []
      : [
          l10n.t(
            "Suppressions in use: {0}. Findings that they hide: {1}.",
            numberText(suppressions),
            numberText(hidden),
          ),
        ]),
    ...(set.length === 0 ? [] : [l10n.t("Severities changed: {0} ({1}).", numberText(set.length), listText(set))]),
    ...(purposes.length === 0
      ? []
      : [l10n.t("Purposes set: {0} ({1}).", numberText(purposes.length), listText(purposes))]),
    ...(expiryWarningDays === undefined
      ? []
      : [
          expiryWarningDays === 1
            ? l10n.t("Certificates that expire within 1 day are reported.")
            : l10n.t("Certificates that expire within {0} days are reported.", numberText(expiryWarningDays)),
        ]),
  ];
  if (changes.length === 0) return [];
  const heading =
    path === undefined
      ? l10n.t("Settings change what is found.")
      : l10n.t("The settings in {0} change what is found. With --no-config they do not count.", shown(path));
  return [heading, ...changes];
}
