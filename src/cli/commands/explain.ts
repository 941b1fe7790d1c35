import * as l10n from "@vscode/l10n";
import { decode } from "../../core/encoding.ts";
import type { Failure } from "../../core/handshake-failure/failure.ts";
import { mostRead, recognise } from "../../core/handshake-failure/recognise.ts";
import {
  explanationLines,
  explanationTexts,
  lineOf,
  nothingRecognisedLines,
} from "../../core/messages/handshake-failure/text.ts";
import { catalogue } from "../../core/rules/catalogue.ts";
import type { RuleCard } from "../../core/rules/rule.ts";
import { lastPart, nearest } from "../../core/text.ts";
import { helpOption, helpText, oneOf, readArguments, usageError, wrapped } from "../arguments.ts";
import { readBytes, sayNothing } from "../certificate-file.ts";
import type { Example, ExampleFix, ExampleLine } from "../example.ts";
import { examples } from "../examples.ts";
import { inertJson, visible } from "../formats/visible.ts";
import type { ExitCode, Io } from "../io.ts";

export const explainOptions = { ...helpOption, failure: { type: "string" }, format: { type: "string" } } as const;

const usage = { name: "explain", options: explainOptions, help };

/** What a rule requires, and why; without one, all rules. Or what a message of a failed connection means. */
export async function explain(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const { values, positionals } = read;
  const format = oneOf(values.format ?? "text", "format", ["text", "json"]);
  if ("mistake" in format) return usageError(format.mistake, usage.name, io);
  const [id, another] = positionals;
  if (another !== undefined) return usageError(l10n.t("Only one rule can be explained at a time."), usage.name, io);
  if (values.failure !== undefined) {
    if (id !== undefined)
      return usageError(l10n.t("Either a rule or a failure can be explained, not both."), usage.name, io);
    return explainFailure(values.failure, format.value, io);
  }
  if (id === undefined) {
    io.stdout(format.value === "json" ? json({ rules: cards().map(cardJson) }) : listText());
    return 0;
  }
  const card = catalogue.find((one) => one.id === id);
  if (card === undefined) return usageError(unknownText(id), usage.name, io);
  const example = examples[card.id];
  io.stdout(format.value === "json" ? json(ruleJson(card, example)) : ruleText(card, example));
  return 0;
}

/** What the file says that went wrong, in the words of the editor. */
async function explainFailure(path: string, format: "text" | "json", io: Io): Promise<ExitCode> {
  const bytes = await readBytes(path, io);
  if ("kind" in bytes) {
    sayNothing(bytes, io);
    return 2;
  }
  const text = decode(bytes).text.slice(0, mostRead);
  const failures = recognise(text);
  const isAny = failures.length > 0;
  if (format === "json") io.stdout(json({ failures: failures.map((failure) => failureJson(failure, text)) }));
  else {
    const lines = isAny ? explanationLines(failures, text) : nothingRecognisedLines();
    io.stdout(
      lines
        .flatMap(inColumns)
        .map((line) => `${visible(line)}\n`)
        .join(""),
    );
  }
  return isAny ? 0 : 1;
}

/** An item of a list is hung by its dash. */
function inColumns(line: string): readonly string[] {
  const dash = /^ {2}- /.exec(line)?.[0] ?? "";
  const parts = line === "" ? [""] : wrapped(line.slice(dash.length), width - dash.length);
  return parts.map((part, index) => (index === 0 ? dash : " ".repeat(dash.length)) + part);
}

function failureJson(failure: Failure, text: string): object {
  const { cause, refusing, step, alert, count } = failure;
  return { line: lineOf(failure, text), count, cause, refusing, step, alert, ...explanationTexts(failure) };
}

function help(): string {
  return helpText({
    calls: ["explain [RULE] [--format text|json]", "explain --failure FILE [--format text|json]"],
    about: l10n.t(
      "Explains a rule: what must hold, why, an example, and the page that says so. Without a rule, lists all rules. Or explains the messages of failed TLS connections in a file.",
    ),
    options: [
      [
        "--failure FILE",
        l10n.t(
          "A log or an error message; - is standard input. Nothing of it is printed, and nothing is connected to.",
        ),
      ],
      ["--format FORMAT", l10n.t("text (the default) or json.")],
    ],
    notes: [
      l10n.t("Example: {0}", "mtls-check explain origin/protocol-policy"),
      l10n.t("Example: {0}", "curl --no-progress-meter https://example.com 2>&1 | mtls-check explain --failure -"),
      l10n.t("Exit code of --failure: 0 if a failure was recognized, 1 if none was, 2 if the file could not be read."),
    ],
  });
}

function cards(): readonly RuleCard[] {
  return catalogue.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

// --- a rule that is not there

const mostNearest = 5;

/** What it may be a slip for; or what has the same name elsewhere, or a name that contains what was given. */
function unknownText(id: string): string {
  const ids = cards().map((card) => card.id);
  const slip = nearest(id, ids, 4);
  const name = lastPart(id).toLowerCase();
  const slipsOfName = ids.filter((one) => nearest(name, [lastPart(one)]) !== undefined);
  const alike = name.length < 3 ? [] : ids.filter((one) => one.includes(name));
  const all = [...new Set([...(slip === undefined ? [] : [slip]), ...slipsOfName, ...alike])].slice(0, mostNearest);
  if (all.length === 0)
    return l10n.t("There is no rule “{0}”. {1} lists all rules.", visible(id), "mtls-check explain");
  return all.length === 1
    ? l10n.t("There is no rule “{0}”. Did you mean {1}?", visible(id), all[0] ?? "")
    : l10n.t("There is no rule “{0}”. Similar rules: {1}.", visible(id), all.join(", "));
}

// --- text

const width = 80;

function listText(): string {
  const all = cards();
  const column = Math.max(...all.map(({ id }) => id.length));
  const severities = Math.max(...all.map(({ severity }) => severity.length));
  return all
    .map(({ id, severity, requires }) => `${id.padEnd(column)}  ${severity.padEnd(severities)}  ${requires}\n`)
    .join("");
}

function ruleText(card: RuleCard, example: Example | undefined): string {
  const { id, requires, source } = card;
  return [
    id,
    "",
    ...wrapped(requires, width),
    "",
    severityText(card),
    ...(example === undefined ? [] : exampleText(example)),
    "",
    l10n.t("Source: {0}", source.title),
    source.url,
    "",
  ].join("\n");
}

function severityText({ severity }: RuleCard): string {
  switch (severity) {
    case "error":
      return l10n.t("Severity: up to error (AWS refuses it, or it cannot work).");
    case "warning":
      return l10n.t("Severity: up to warning (it works today and should not be relied on).");
    case "info":
      return l10n.t("Severity: info (worth knowing).");
  }
}

function exampleText({ says, lines, fix }: Example): readonly string[] {
  return [
    "",
    l10n.t("What it says, for example:"),
    ...says.flatMap((sentence) =>
      wrapped(sentence, width - 4).map((line, index) => `  ${index === 0 ? "•" : " "} ${line}`),
    ),
    "",
    l10n.t("Example:"),
    ...linesText(lines),
    ...(fix === undefined ? [] : fixText(fix)),
  ];
}

function fixText({ title, safe, lines }: ExampleFix): readonly string[] {
  const said = safe
    ? l10n.t("Safe fix, made by {0}: {1}", "mtls-check check --fix", title)
    : l10n.t("Possible fix: {0}", title);
  return ["", ...wrapped(said, width), ...(lines.length === 0 ? [] : [l10n.t("After the fix:"), ...linesText(lines)])];
}

function linesText(lines: readonly ExampleLine[]): readonly string[] {
  const column = Math.max(...lines.map(({ line }) => String(line ?? "").length));
  const numbered = (line: number | undefined, text: string) => `  ${String(line ?? "").padStart(column)} | ${text}`;
  return lines.flatMap(({ line, text, mark }) => [
    numbered(line, visible(text)),
    ...(mark === undefined
      ? []
      : [numbered(undefined, `${" ".repeat(mark.from)}${"^".repeat(Math.max(1, mark.to - mark.from))}`)]),
  ]);
}

// --- JSON

function json(value: object): string {
  return `${inertJson({ version: 1, ...value }, 2)}\n`;
}

function cardJson({ id, severity, requires, source }: RuleCard): object {
  return { id, severity, requires, source };
}

function ruleJson(card: RuleCard, example: Example | undefined): object {
  const { says, ...shown } = example ?? { says: [] };
  return { rule: { ...cardJson(card), says, ...(example === undefined ? {} : { example: shown }) } };
}
