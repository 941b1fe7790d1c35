import { randomUUID } from "node:crypto";
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { machine } from "../platform/node/machine.ts";
import { messageOfError } from "./errors.ts";
import { visiblePath } from "./formats/visible.ts";

export interface NewFile {
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
  /** A private key: its owner alone may read it. */
  readonly isSecret: boolean;
}

export interface Written {
  /** Whether the owner alone can read what is secret. */
  readonly isGuarded: boolean;
}

/** Why nothing was written: a sentence. */
export interface NotWritten {
  readonly problem: string;
}

/**
 * All of them or none. Each is complete before it has its name, so that nobody sees half of one.
 * @param isForced whether what is there is replaced
 */
export async function writeFiles(files: readonly NewFile[], isForced: boolean): Promise<Written | NotWritten> {
  const there = await existing(files);
  const foreign = there.find(({ isFile }) => !isFile);
  if (foreign !== undefined)
    return { problem: l10n.t("{0} is there and is not a file. Nothing was written.", visiblePath(foreign.name)) };
  if (there.length > 0 && !isForced) return { problem: thereText(there.map(({ name }) => name)) };
  for (const { path, name } of files) {
    const problem = await makeFolder(dirname(path), name);
    if (problem !== undefined) return { problem };
  }
  /** What goes where not all could be written. */
  const made: string[] = [];
  let current = files[0]?.name ?? "";
  try {
    let isGuarded = true;
    const ready: { readonly from: string; readonly to: string }[] = [];
    for (const { path, name, text, isSecret } of files) {
      current = name;
      const from = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
      made.push(from);
      const guarded = await machine.writeFile(from, text, isSecret ? "required" : "none");
      isGuarded &&= guarded || !isSecret;
      ready.push({ from, to: path });
    }
    // The names are taken first: another program may have taken one of them by now.
    if (!isForced)
      for (const { path, name } of files) {
        current = name;
        await (await open(path, "wx")).close();
        made.push(path);
      }
    for (const { from, to } of ready) await rename(from, to);
    return { isGuarded };
  } catch (error) {
    for (const path of made) await rm(path, { force: true });
    if (!(error instanceof Error && "code" in error)) throw error;
    return { problem: error.code === "EEXIST" ? thereText([current]) : failedText(current, error) };
  }
}

/** @returns what is in the way */
async function makeFolder(folder: string, name: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return error.code === "EEXIST" || error.code === "ENOTDIR"
      ? l10n.t(
          "{0} could not be written because {1} is not a folder. Nothing was written.",
          visiblePath(name),
          visiblePath(folder),
        )
      : failedText(name, error);
  }
}

async function existing(files: readonly NewFile[]): Promise<{ readonly name: string; readonly isFile: boolean }[]> {
  const found = await Promise.all(
    files.map(async ({ path, name }) => {
      const stats = await lstat(path).catch(() => undefined);
      return stats === undefined ? [] : [{ name, isFile: stats.isFile() || stats.isSymbolicLink() }];
    }),
  );
  return found.flat();
}

function thereText(names: readonly string[]): string {
  return l10n.t(
    "Already there: {0}. Nothing was written. To replace existing files, use {1}.",
    names.map((name) => visiblePath(name)).join(", "),
    "--force",
  );
}

function failedText(name: string, error: unknown): string {
  return l10n.t("{0} could not be written: {1} Nothing was written.", visiblePath(name), messageOfError(error));
}
