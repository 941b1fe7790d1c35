import * as l10n from "@vscode/l10n";
import { isSaid } from "../platform/node/replace.ts";
import { messageOfError } from "./errors.ts";
import { visible } from "./formats/visible.ts";
import type { ExitCode, Io } from "./io.ts";
import { processIo } from "./process-io.ts";
import { version } from "./version.ts";

type Command = (args: readonly string[], io: Io, self: string) => Promise<ExitCode>;

async function check(): Promise<Command> {
  return (await import("./commands/check.ts")).checkCommand;
}

/** Each is loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check,
  accept: async () => (await import("./commands/accept.ts")).accept,
  inspect: async () => (await import("./commands/inspect.ts")).inspect,
  split: async () => (await import("./commands/split.ts")).split,
  merge: async () => (await import("./commands/merge.ts")).merge,
  explain: async () => (await import("./commands/explain.ts")).explain,
  probe,
};

/** Stands in a file of its own, so that whoever calls anything else has no code that opens a connection. */
async function probe(): Promise<Command> {
  const file = import.meta.url.endsWith(".ts") ? "./commands/probe.ts" : "./mtls-probe.js";
  const loaded: typeof import("./commands/probe.ts") = await import(file);
  return loaded.probeCommand;
}

/** Runs a command and sets the exit code of the process. */
export async function main(args: readonly string[], self: string): Promise<void> {
  const [first = "", ...rest] = args;
  const stop = new AbortController();
  const io = processIo(stop.signal);
  let exitOfSignal: number | undefined;
  for (const [signal, code] of signals)
    process.once(signal, () => {
      exitOfSignal = code;
      stop.abort();
      // What waits for a pipe that nobody writes to would never end. What is fixed by then is whole.
      setTimeout(() => process.kill(process.pid, signal), patience).unref();
    });
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      // A reader that has seen enough, such as `head`, ends it without a word, but not as if nothing was found.
      if (isSaid(error, "EPIPE")) process.exit(process.exitCode ?? 2);
      // A report that is not complete must not look as if all of it was there.
      if (stream === process.stdout)
        io.stderr(`mtls-check: ${visible(l10n.t("The output could not be written: {0}", messageOfError(error)))}\n`);
      process.exit(2);
    });
  try {
    process.exitCode = await run(first, rest, args, io, self);
  } catch (error) {
    // A bug of ours must not look as if something was found.
    process.exitCode = 2;
    if (!stop.signal.aborted) io.stderr(`mtls-check: ${visible(bugText(error))}\n`);
  }
  if (exitOfSignal !== undefined) process.exitCode = exitOfSignal;
}

function bugText(error: unknown): string {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return l10n.t("This is a bug in mtls-check, please report it: {0}", told.replaceAll(/\n\s*/g, " | "));
}

/** In milliseconds, for what has begun. */
const patience = 5_000;

/** What ends a program in order, and what a shell says of it then. Pipelines send SIGTERM where a job is canceled. */
const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

async function run(
  first: string,
  rest: readonly string[],
  args: readonly string[],
  io: Io,
  self: string,
): Promise<ExitCode> {
  if (first === "--version") {
    io.stdout(`${version}\n`);
    return 0;
  }
  if (args.length === 0) {
    io.stderr(help());
    return 2;
  }
  if (first === "--help" || first === "-h" || first === "help") {
    io.stdout(help());
    return 0;
  }
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const command = await (named ?? check)();
  return command(named === undefined ? args : rest, io, self);
}

/** What there is. Each command tells its own options. */
function help(): string {
  const about: readonly (readonly [string, string])[] = [
    ["check", l10n.t("Check configurations, templates and trust stores. The word can be left out.")],
    ["accept", l10n.t("Would a trust store let this client in?")],
    ["inspect", l10n.t("Show what is in certificates.")],
    ["split", l10n.t("Split a PEM file into the parts that ACM imports.")],
    ["merge", l10n.t("Merge the certificates of several files.")],
    ["explain", l10n.t("Explain a rule: what must hold, why, an example, the source.")],
    ["probe", l10n.t("Does a server refuse clients without the right certificate? Connects to it.")],
  ];
  return [
    `${l10n.t("Usage:")} mtls-check [check] PATH…`,
    "       mtls-check accept --client FILE --bundle FILE",
    "       mtls-check inspect | split | merge | explain …",
    "",
    l10n.t("Checks mutual TLS of CloudFront, API Gateway and load balancers. Only probe opens a connection."),
    "",
    ...about.map(([name, text]) => `  ${name.padEnd(10)}${text}`),
    "",
    l10n.t("For the options of a command, run {0}.", "mtls-check COMMAND --help"),
    "",
  ].join("\n");
}
