import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import {
  type Blocks,
  type Content,
  contentOfBytes,
  folder,
  greatestSize,
  type Nothing,
  nothing,
  shownName,
  tooLarge,
} from "../core/messages/content.ts";
import { messageOfError } from "./errors.ts";
import { visible } from "./formats/visible.ts";
import { type Io, standardInput } from "./io.ts";
import { readStream } from "./read-stream.ts";

/** What a file is called in messages. */
export function nameOf(path: string): string {
  return path === standardInput ? l10n.t("standard input") : path;
}

/** What a file holds, whatever it is called. What cannot be read is a note. */
export async function readCertificates(path: string, io: Io): Promise<Content> {
  const bytes = await readBytes(path, io);
  return "kind" in bytes ? bytes : contentOfBytes(nameOf(path), bytes);
}

/** All of a file, or of standard input; or why it cannot be had. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array | Nothing> {
  const name = nameOf(path);
  try {
    const bytes = path === standardInput ? await io.stdin() : await readStream(resolve(io.cwd, path), greatestSize);
    return bytes === undefined || bytes.length > greatestSize ? tooLarge(name) : bytes;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EISDIR") return folder(name);
    return nothing("warning", unreadable(error, shownName(name)));
  }
}

/** Blocks, or `undefined`: what is in the way was said. */
export async function readBlocks(path: string, io: Io): Promise<Blocks | undefined> {
  const content = await readCertificates(path, io);
  if (content.kind === "blocks") return content;
  sayNothing(content, io);
  return undefined;
}

export function sayNothing({ note }: Nothing, io: Io): void {
  for (const line of [note.text, ...note.steps]) io.stderr(`${visible(line)}\n`);
}

/** Why a file could not be read, in words. */
export function unreadable(error: Error & { readonly code?: unknown }, name: string): string {
  return error.code === "ENOENT"
    ? l10n.t("“{0}” does not exist.", name)
    : l10n.t("“{0}” could not be read: {1}", name, messageOfError(error));
}
