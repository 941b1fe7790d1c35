import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { globTrouble } from "../../core/truststore/purpose-glob.ts";
import { readUse } from "../../core/truststore/use.ts";
import { matcherOf } from "../../platform/globs.ts";
import type { Severity } from "../api.ts";
import { helpOption, helpText, oneOf, readArguments, usageError } from "../arguments.ts";
import { type Format, formats, render } from "../formats/formats.ts";
import { countsOf, severities } from "../formats/summary.ts";
import { visible } from "../formats/visible.ts";
import { type ExitCode, type Io, standardInput } from "../io.ts";
import { endings } from "../names.ts";
import { createPool } from "../pool.ts";
import { foldersUpToRoot } from "../project.ts";
import type { Report } from "../report.ts";
import { reportOf } from "../report-of.ts";
import { Run } from "../run.ts";
import { type FoundSettings, findSettings, purposeText, readSettings, withoutSettings } from "../settings.ts";
import { readTime } from "../time.ts";
import { type Found, shownPath, walk } from "../walk.ts";
import type { Task } from "../work.ts";

export const checkOptions = {
  ...helpOption,
  format: { type: "string", short: "f" },
  fix: { type: "boolean" },
  diff: { type: "boolean" },
  severity: { type: "string" },
  purpose: { type: "string", multiple: true },
  now: { type: "string" },
  config: { type: "string" },
  "no-config": { type: "boolean" },
  "stdin-name": { type: "string" },
} as const;

const usage = { name: "check", options: checkOptions, help };

function help(): string {
  return helpText({
    calls: ["[check] PATH… [--format FORMAT] [--fix | --diff]"],
    about: l10n.t("Checks files, folders and globs by the rules of mTLS Workbench. PATH - is standard input."),
    options: [
      ["-f, --format FORMAT", l10n.t("text (the default), json, sarif, github, or junit.")],
      ["--fix", l10n.t("Applies the safe fixes and reports what is left.")],
      ["--diff", l10n.t("Prints what --fix would change, and changes nothing.")],
      ["--severity LEVEL", l10n.t("Exit with 1 from this severity on: error (the default), warning, info.")],
      ["--purpose GLOB=USE", l10n.t("What files are for: cloudfront, apigateway, alb, nlb, trust-store, origin.")],
      ["--now TIME", l10n.t("Judge certificates by this time, such as 2027-01-01.")],
      ["--config FILE", l10n.t("Settings, instead of mtls-check.json or .vscode/settings.json.")],
      ["--no-config", l10n.t("Ignore all settings.")],
      ["--stdin-name PATH", l10n.t("What standard input is called, such as config.json.")],
    ],
    notes: [
      l10n.t(
        "Exit code: 1 if something of the severity or a worse one was found, 2 if not all could be checked, else 0.",
      ),
    ],
  });
}

/** What was asked for. */
interface Asked {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly threshold: Severity;
  /** Whether standard output is for a text or for differences, and the report for standard error. */
  readonly isEditing: boolean;
  /** What standard input is called; `undefined`: nothing. */
  readonly input: Found | undefined;
  readonly found: FoundSettings;
  readonly task: Task;
}

/**
 * Checks what is named, by the same rules as the editor.
 * @param self the module that calls `workIfThread` when it is run
 */
export async function checkCommand(args: readonly string[], io: Io, self: string): Promise<ExitCode> {
  const asked = await readAsked(args, io);
  if ("exit" in asked) return asked.exit;
  const { paths, found, task } = asked;
  const say = (sentence: string) => io.stderr(`mtls-check: ${visible(sentence)}\n`);
  for (const warning of found.warnings) say(warning);
  const isStopped = () => io.signal?.aborted === true;
  const named = paths.filter((path) => path !== standardInput);
  const walked = await walk(named, io.cwd, isStopped);
  for (const note of walked.notes) say(note);
  for (const [glob] of task.purposes)
    if (![asked.input?.path ?? "", ...walked.files.map(({ path }) => path)].some((path) => isMatch(glob, path)))
      say(
        l10n.t("No file matches {0} of {1}. Files are matched by the paths that the report shows.", glob, "--purpose"),
      );
  const pool = createPool(self, task, walked.files.length);
  const stop = () => pool.stop();
  io.signal?.addEventListener("abort", stop);
  const run = new Run({ found, task, pool, io });
  try {
    await run.checkFiles(walked.files);
    if (named.length < paths.length && !isStopped()) {
      const input = await io.stdin().catch((error: unknown) => {
        if (isStopped()) return undefined;
        throw error;
      });
      if (input?.length === 0) {
        say(l10n.t("Standard input is empty."));
        return 2;
      }
      if (input !== undefined) await run.checkInput(asked.input, input);
    }
  } finally {
    io.signal?.removeEventListener("abort", stop);
    await pool.close();
    io.progress?.("");
  }
  const { done } = run;
  for (const warning of new Set(done.flatMap(({ warnings }) => warnings))) say(warning);
  if (done.length === 0 && walked.unread.length === 0 && !isStopped()) say(nothingText());
  const report = reportOf(done, walked.unread, { found, task, cwd: io.cwd });
  if (isStopped()) {
    say(stoppedText(report));
    return 2;
  }
  for (const text of run.output) io.stdout(text);
  const write = asked.isEditing ? io.stderr : io.stdout;
  const { isColored, width } = io;
  for (const text of await render(asked.format, report, { isColored, width, threshold: asked.threshold })) write(text);
  return exitCodeOf(report, asked);
}

function isMatch(glob: string, path: string): boolean {
  const matches = matcherOf(glob);
  return typeof matches === "function" && matches(path);
}

/** What was found counts more than what could not be looked at: it is certain. */
function exitCodeOf(report: Report, { threshold, task }: Asked): ExitCode {
  const counts = countsOf(report);
  const worst = severities.slice(0, severities.indexOf(threshold) + 1);
  if (worst.some((severity) => counts[severity] > 0)) return 1;
  if (task.fix === "show" && report.fixed !== undefined && report.fixed.fixes > 0) return 1;
  return report.unread.length > 0 ? 2 : 0;
}

function nothingText(): string {
  return l10n.t(
    "No files to check were found. In folders, files with these endings are checked: {0}. Other files must be named.",
    endings.join(", "),
  );
}

function stoppedText({ fixed }: Report): string {
  return fixed === undefined || fixed.fixes === 0
    ? l10n.t("Stopped. No file was changed.")
    : l10n.t("Stopped. Files that were fixed completely: {0}. The others were not changed.", fixed.files);
}

// --- the arguments

async function readAsked(args: readonly string[], io: Io): Promise<Asked | { readonly exit: 0 | 2 }> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read;
  const { values, positionals: paths } = read;
  const mistake = (sentence: string) => ({ exit: usageError(sentence, usage.name, io) });
  const format = oneOf(values.format ?? "text", "format", formats);
  if ("mistake" in format) return mistake(format.mistake);
  const severity = oneOf(values.severity ?? "error", "severity", severities);
  if ("mistake" in severity) return mistake(severity.mistake);
  if (paths.length === 0) return mistake(l10n.t("Say what to check: files, folders, globs, or - for standard input."));
  if (paths.includes("")) return mistake(l10n.t("A path is empty. For the current folder, use {0}.", "."));
  if (values.config !== undefined && values["no-config"] === true)
    return mistake(l10n.t("Use either --config or --no-config."));
  // With both, the fixes are shown.
  const isFixingInput = values.fix === true && values.diff !== true && paths.includes(standardInput);
  if (isFixingInput && paths.length > 1)
    return mistake(l10n.t("With --fix, standard input must be the only path: its text is printed."));
  const isEditing = values.diff === true || isFixingInput;
  if (isEditing && format.value !== "text")
    return mistake(l10n.t("Only the format text goes with --diff, and with --fix for standard input."));
  const now = values.now === undefined ? io.now() : readTime(values.now);
  if (now === undefined) return mistake(timeMistake(values.now ?? ""));
  const purposes = (values.purpose ?? []).map(readPurpose);
  const wrong = purposes.find((purpose) => "mistake" in purpose);
  if (wrong !== undefined && "mistake" in wrong) return mistake(wrong.mistake);
  const found = await settingsFor(values.config, values["no-config"] === true, io.cwd);
  if ("fault" in found) {
    for (const line of found.fault.split("\n")) io.stderr(`mtls-check: ${visible(line)}\n`);
    io.stderr(`${l10n.t("Nothing was checked. To check without settings, use {0}.", "--no-config")}\n`);
    return { exit: 2 };
  }
  return {
    paths: [...new Set(paths)],
    format: format.value,
    threshold: severity.value,
    isEditing,
    input: inputCalled(values["stdin-name"] ?? "", io.cwd),
    found,
    task: {
      settings: found.settings,
      purposes: purposes.flatMap((purpose) => ("mistake" in purpose ? [] : [purpose.value])),
      now,
      fix: values.diff === true ? "show" : values.fix === true ? "write" : "none",
      edits: format.value === "json" || format.value === "sarif",
    },
  };
}

/** @param name relative or absolute, as an editor has it; it need not be there */
function inputCalled(name: string, cwd: string): Found | undefined {
  if (name === "") return undefined;
  const file = resolve(cwd, name);
  return { file, path: shownPath(file, cwd), isNamed: true };
}

async function settingsFor(file: string | undefined, isIgnored: boolean, cwd: string): ReturnType<typeof findSettings> {
  if (file !== undefined) return readSettings(resolve(cwd, file));
  return isIgnored ? withoutSettings((await foldersUpToRoot(cwd)).at(-1) ?? cwd) : findSettings(cwd);
}

/** `GLOB=USE`: the last equals sign, for a glob may have others. */
function readPurpose(given: string): { readonly value: readonly [string, string] } | { readonly mistake: string } {
  const at = given.lastIndexOf("=");
  const [glob, use] = [given.slice(0, Math.max(0, at)), given.slice(at + 1)];
  if (glob === "" || readUse(use).purpose === "unknown")
    return {
      mistake: `${l10n.t("“{0}” is not a purpose such as {1}.", visible(given), "clients.pem=apigateway")} ${purposeText()}`,
    };
  const trouble = globTrouble(glob, "") ?? matcherOf(glob);
  if (typeof trouble !== "function") return { mistake: globMistake(glob) };
  return { value: [glob.replace(/^(?:\.\/)+/, ""), use] };
}

function globMistake(glob: string): string {
  return l10n.t("“{0}” is not a glob pattern, or has too many wildcards. Use several patterns.", visible(glob, 80));
}

/** What a time looks like. */
export function timeMistake(given: string): string {
  return l10n.t("“{0}” is not a time. Use {1} or {2}.", visible(given), "2027-01-01", "2027-01-01T09:00:00Z");
}
