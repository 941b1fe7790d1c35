import { areDays, isSeverityWord, objectOf, readSuppressions } from "../core/settings.ts";
import { byPath } from "./paths.ts";
import type { CheckedFile, Report, SettingsInUse, Unread } from "./report.ts";
import type { FoundSettings } from "./settings.ts";
import { shownPath } from "./walk.ts";
import type { Done, Task } from "./work.ts";

export interface Around {
  readonly found: FoundSettings;
  readonly task: Task;
  readonly cwd: string;
}

/** What became of all files together. */
export function reportOf(done: readonly Done[], unread: readonly Unread[], around: Around): Report {
  const { found, task, cwd } = around;
  const checked = done.filter(({ isChecked }) => isChecked);
  const files = checked.map(({ path, findings, hidden }): CheckedFile => ({ path, findings, hidden }));
  const trouble = done.flatMap(({ path, trouble }) => trouble.map((reason): Unread => ({ path, reason })));
  const fixed = done.filter(({ fixes }) => fixes > 0);
  return {
    files: files.sort(byPath),
    others: done.filter(({ isChecked, trouble }) => !isChecked && trouble.length === 0).length,
    unread: [...unread, ...trouble].sort(byPath),
    settings: settingsInUse(done, found, cwd),
    fixed:
      task.fix === "none"
        ? undefined
        : { fixes: fixed.reduce((sum, { fixes }) => sum + fixes, 0), files: fixed.length },
    now: task.now,
  };
}

function settingsInUse(done: readonly Done[], { file, settings }: FoundSettings, cwd: string): SettingsInUse {
  const days = settings["mtls.expiryWarningDays"];
  const inUse = new Set(done.flatMap(({ suppressions }) => suppressions));
  return {
    path: file === undefined ? undefined : shownPath(file, cwd),
    suppressions: readSuppressions(settings["mtls.suppress"]).filter((_, place) => inUse.has(place)).length,
    hidden: done.reduce((sum, { hidden }) => sum + hidden, 0),
    severities: textsOf(Object.entries(objectOf(settings["mtls.rules"])).filter(([, word]) => isSeverityWord(word))),
    purposes: textsOf(Object.entries(objectOf(settings["mtls.purposes"]))),
    expiryWarningDays: areDays(days) ? days : undefined,
  };
}

function textsOf(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.map(String).join(",") : String(value)]),
  );
}
