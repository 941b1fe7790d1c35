// One file after the other: what a thread does, be it the main one or one of several.
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import * as l10n from "@vscode/l10n";
import {
  documentExtensions,
  greatestNaming,
  isGeneratedPath,
  namesInYaml,
  namingIn,
  noNaming,
} from "../core/check-files.ts";
import { whenReadable } from "../core/document/readable.ts";
import { decode, greatestSize } from "../core/encoding.ts";
import { type Facts, textOf } from "../core/facts.ts";
import type { Naming } from "../core/truststore/named.ts";
import { useSaid } from "../platform/globs.ts";
import type { CheckResult, Finding, Settings } from "./api.ts";
import { checkRead, shownText } from "./check-text.ts";
import { messageOfError } from "./errors.ts";
import { writeFixed } from "./fix-file.ts";
import { withSlashes } from "./paths.ts";
import { readStream } from "./read-stream.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** What is to be done with all files of a run; it crosses threads. */
export interface Task {
  readonly settings: Settings;
  /** What was said on the command line: globs of paths as they are shown, and what the files are for. */
  readonly purposes: readonly (readonly [string, string])[];
  readonly now: Date;
  /** `write`: safe fixes are made. `show`: they are told as a difference. */
  readonly fix: "write" | "show" | "none";
  /** Whether the edits of fixes are wanted. */
  readonly edits: boolean;
}

export interface Job {
  /** Absolute. */
  readonly file: string;
  /** As it is shown. */
  readonly path: string;
  /** As settings name it. */
  readonly inProject: string;
  readonly isNamed: boolean;
  /** `name`: only what it says of trust stores. `check`: only what is wrong in it. */
  readonly wanted: "all" | "check" | "name";
  /** Services whose configs name it as their trust store. */
  readonly namedBy: readonly string[];
}

export interface Done {
  readonly path: string;
  readonly isChecked: boolean;
  readonly findings: readonly Finding[];
  readonly hidden: number;
  readonly suppressions: readonly number[];
  readonly warnings: readonly string[];
  /** Why it could not be read, or not fixed: whole sentences. */
  readonly trouble: readonly string[];
  readonly fixes: number;
  readonly difference: string | undefined;
  readonly naming: Naming;
}

/**
 * Never throws for what is in a file, or for what becomes of it.
 * @param most in bytes: what is larger is left to somebody with more room
 * @returns `undefined`: it is larger
 */
export async function lookAt(job: Job, task: Task, most = greatestSize): Promise<Done | undefined> {
  const { path } = job;
  let bytes: Uint8Array;
  try {
    const read = await readBounded(job.file, job.wanted === "name" ? greatestNaming : most);
    if (read === undefined && job.wanted === "name") return nothingIn(path);
    if (read === undefined) return most < greatestSize ? undefined : nothingIn(path, [tooLarge()]);
    bytes = read;
  } catch (error) {
    return job.wanted === "name" ? nothingIn(path) : nothingIn(path, [messageOfError(error)]);
  }
  return job.wanted === "name"
    ? { ...nothingIn(path), naming: await namingOf(job, bytes) }
    : checkBytes(job, bytes, task);
}

/** @returns with `text` what is to stand in the place of the input, where fixes are to be made */
export async function checkInput(
  job: Job,
  bytes: Uint8Array,
  task: Task,
): Promise<{ readonly done: Done; readonly text: string | undefined }> {
  if (bytes.length > greatestSize) return { done: nothingIn(job.path, [tooLarge()]), text: undefined };
  const { text } = decode(bytes);
  const { result } = await checked(job, bytes, task, task.fix !== "none");
  const { fixed } = result;
  const done = { ...doneOf(job, result, noNaming), fixes: fixed?.fixes ?? 0 };
  if (task.fix === "write") return { done, text: fixed?.text ?? text };
  const isShown = task.fix === "show" && fixed !== undefined && fixed.fixes > 0;
  return {
    done: { ...done, difference: isShown ? await differenceOf(job, bytes, fixed.text) : undefined },
    text: undefined,
  };
}

async function checkBytes(job: Job, bytes: Uint8Array, task: Task): Promise<Done> {
  const { result, facts } = await checked(job, bytes, task, task.fix !== "none");
  const naming = job.wanted === "all" ? await namingOf(job, bytes, facts) : noNaming;
  const done = doneOf(job, result, naming);
  const { fixes = 0, text = "" } = result.fixed ?? {};
  if (fixes === 0) return done;
  if (task.fix === "show") return { ...done, fixes, difference: await differenceOf(job, bytes, text) };
  const refused = await writeFixed(job.file, bytes, text);
  if (refused === undefined) return { ...done, fixes };
  // It is as it was.
  const { findings } = (await checked(job, bytes, task, false)).result;
  return { ...done, findings, trouble: [...done.trouble, refused] };
}

async function differenceOf({ path, inProject }: Job, bytes: Uint8Array, after: string): Promise<string> {
  return unifiedDiff(path, await shownText(inProject, bytes), await shownText(inProject, after));
}

function doneOf({ path, isNamed }: Job, result: CheckResult, naming: Naming): Done {
  const { isChecked, findings, hidden, suppressions, warnings, fault, unread } = result;
  // A folder can hold keystores and keys, and nobody asked for them.
  const isTrouble = unread !== undefined && isNamed;
  const trouble = [...(fault === undefined ? [] : [faultText(fault)]), ...(isTrouble ? [unread] : [])];
  return { ...nothingMade, path, isChecked, findings, hidden, suppressions, warnings, naming, trouble };
}

interface Checked {
  readonly result: CheckResult;
  /** As the file is; `undefined`: it is none of ours. */
  readonly facts: Facts | undefined;
}

async function checked(job: Job, bytes: Uint8Array, task: Task, fix: boolean): Promise<Checked> {
  const { settings, now, edits } = task;
  const options = {
    path: job.inProject,
    now,
    settings,
    purpose: purposeOf(job, task),
    namedBy: job.namedBy,
    edits,
    fix,
    isGenerated: isGeneratedPath(withSlashes(job.file)),
  };
  let facts: Facts | undefined;
  const result = await checkRead(bytes, options, (read) => {
    facts = read;
  });
  return { result, facts };
}

const nothingMade = { fixes: 0, difference: undefined };

function faultText({ line, column }: { readonly line: number; readonly column: number }): string {
  return l10n.t(
    "Line {0}, column {1}: There is a syntax error here. What follows it may not have been checked.",
    line,
    column,
  );
}

function tooLarge(): string {
  return l10n.t("It is larger than {0} MB and was not read.", greatestSize / 1_000_000);
}

function nothingIn(path: string, trouble: readonly string[] = []): Done {
  return {
    path,
    isChecked: false,
    findings: [],
    hidden: 0,
    suppressions: [],
    warnings: [],
    trouble,
    ...nothingMade,
    naming: noNaming,
  };
}

/** @returns `undefined`: it is larger */
async function readBounded(file: string, most: number): Promise<Uint8Array | undefined> {
  // A pipe can be opened only once.
  return statSync(file).isFile() ? readRegular(file, most) : readStream(file, most);
}

/**
 * At once: a thread that waits for its only file does nothing else meanwhile, and most files are read sooner than they
 * are waited for. What was opened is what is measured.
 */
function readRegular(file: string, most: number): Uint8Array | undefined {
  // Of what took its place meanwhile, a pipe would be waited for.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(descriptor);
    return found.size > most ? undefined : readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Each of these is in whatever names a trust store. */
const naming = ["ruststoreUri", "CaCertificatesBundle", '"TrustStoreArn"'] as const;

async function namingOf({ inProject }: Job, bytes: Uint8Array, facts?: Facts): Promise<Naming> {
  if (bytes.length > greatestNaming || !isDocument(inProject)) return noNaming;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // UTF-16 has zeros between them.
  if (!naming.some((word) => buffer.includes(word)) && !buffer.includes(0)) return noNaming;
  if (facts !== undefined) return namingIn(inProject, textOf(facts), facts);
  const { text } = decode(bytes);
  if (namesInYaml(text)) await whenReadable("yaml");
  return namingIn(inProject, text);
}

/** Whether a file of this name can hold a config or a template. */
export function isDocument(path: string): boolean {
  const name = path.toLowerCase();
  return documentExtensions.some((ending) => name.endsWith(ending));
}

/** What was said on the command line; the last glob that fits wins. */
function purposeOf({ path }: Job, { purposes }: Task): string | undefined {
  const use = useSaid(purposes, path, () => undefined);
  if (use.purpose === "unknown") return undefined;
  return use.targets.length > 0 ? use.targets.join() : use.purpose;
}
