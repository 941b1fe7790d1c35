import { type ParseArgsConfig, parseArgs } from "node:util";
import * as l10n from "@vscode/l10n";
import { nearest } from "../core/text.ts";
import { visible } from "./formats/visible.ts";
import type { Io } from "./io.ts";

export type OptionsConfig = NonNullable<ParseArgsConfig["options"]>;

type Parsed<Options extends OptionsConfig> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true }>
>;

/** What a subcommand is called by. */
export interface Usage<Options extends OptionsConfig> {
  /** Of the subcommand. */
  readonly name: string;
  readonly options: Options;
  /** What `--help` prints; no more than a screen. */
  help(): string;
}

export const helpOption = { help: { type: "boolean", short: "h" } } as const satisfies OptionsConfig;

/** The arguments of a subcommand. `undefined`: help was asked for, or something is wrong with them; that was said. */
export function readArguments<const Options extends OptionsConfig>(
  args: readonly string[],
  { name, options, help }: Usage<Options>,
  io: Io,
): Parsed<Options> | { readonly exit: 0 | 2 } {
  const given = [...args];
  if (given.slice(0, endOfOptions(given)).some((one) => one === "--help" || one === "-h")) {
    io.stdout(help());
    return { exit: 0 };
  }
  const mistake = mistakeIn(given, options);
  if (mistake !== undefined) return { exit: usageError(mistake, name, io) };
  return parseArgs({ args: given, options, allowPositionals: true });
}

/** Says what is wrong with the arguments, and how to get help. @returns the exit code */
export function usageError(message: string, name: string, io: Io): 2 {
  io.stderr(`mtls-check ${name}: ${message}\n`);
  io.stderr(`${l10n.t("For help, run {0}.", `mtls-check ${name} --help`)}\n`);
  return 2;
}

/** What stands behind `--` are no options. */
function endOfOptions(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end < 0 ? args.length : end;
}

/** Node says it in other words, and in English alone. */
function mistakeIn(args: readonly string[], options: OptionsConfig): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, value, inlineValue } = token;
    const known = Object.hasOwn(options, name) ? options[name] : undefined;
    const raw = visible(token.rawName);
    if (known === undefined) {
      const meant = nearest(name, Object.keys(options));
      return meant === undefined
        ? l10n.t("There is no option {0}.", raw)
        : l10n.t("There is no option {0}. Did you mean {1}?", raw, `--${meant}`);
    }
    if (known.type === "boolean" && value !== undefined) return l10n.t("The option {0} takes no value.", raw);
    if (known.type === "string" && (value === undefined || (inlineValue === false && isOption(value))))
      return l10n.t("The option {0} needs a value.", raw);
    if (seen.has(name) && known.multiple !== true) return l10n.t("The option {0} can be given only once.", raw);
    seen.add(name);
  }
  return undefined;
}

function isOption(value: string): boolean {
  return value.startsWith("-") && value.length > 1;
}

/** One of several values. */
export function oneOf<Value extends string>(
  given: string,
  option: string,
  values: readonly Value[],
): { readonly value: Value } | { readonly mistake: string } {
  const value = values.find((one) => one === given);
  return value === undefined
    ? {
        mistake: l10n.t(
          "“{0}” is not a value of {1}. Possible values: {2}.",
          visible(given),
          `--${option}`,
          values.join(", "),
        ),
      }
    : { value };
}

// --- help

export interface HelpParts {
  /** How it is called, without `mtls-check`; one line each. */
  readonly calls: readonly string[];
  /** What it does, in a few sentences. */
  readonly about: string;
  readonly options: readonly (readonly [option: string, about: string])[];
  /** What else there is to know, such as exit codes. */
  readonly notes?: readonly string[];
}

/** In columns. */
const helpWidth = 80;

export function helpText({ calls, about, options, notes = [] }: HelpParts): string {
  const all = [...options, ["-h, --help", l10n.t("Show this help.")] as const];
  const column = Math.max(...all.map(([option]) => option.length)) + 4;
  return [
    ...calls.map((call, index) => `${index === 0 ? l10n.t("Usage:") : "      "} mtls-check ${call}`),
    "",
    ...wrapped(about, helpWidth),
    "",
    ...all.flatMap(([option, text]) =>
      wrapped(text, helpWidth - column).map((line, index) => (index === 0 ? `  ${option}` : "").padEnd(column) + line),
    ),
    ...(notes.length === 0 ? [] : [""]),
    ...notes.flatMap((note) => wrapped(note, helpWidth)),
    "",
  ].join("\n");
}

/** A text in lines of no more than that many characters, but for longer words. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
