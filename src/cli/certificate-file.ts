import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import {
  type Blocks,
  type Content,
  contentOfBytes,
  folder,
  greatestSize,
  nothing,
  shownName,
  tooLarge,
} from "../core/messages/content.ts";
import { indexOf } from "../core/x509/path/chain.ts";
import { signaturePairs } from "../core/x509/path/pairs.ts";
import { SignatureChecker } from "../platform/node/crypto.ts";
import { visible } from "./formats/visible.ts";
import type { Io } from "./io.ts";

/** Stands for standard input. */
export const standardInput = "-";

/** What a file is called in messages. */
export function nameOf(path: string): string {
  return path === standardInput ? l10n.t("standard input") : path;
}

/** What a file holds, whatever it is called. What cannot be read is a note. */
export async function readCertificates(path: string, io: Io): Promise<Content> {
  const name = nameOf(path);
  try {
    const bytes = path === standardInput ? await io.stdin() : await bytesOf(resolve(io.cwd, path));
    return bytes === undefined || bytes.length > greatestSize ? tooLarge(name) : contentOfBytes(name, bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EISDIR") return folder(name);
    return nothing("warning", unreadable(String(error.code), shownName(name)));
  }
}

/** Blocks, or `undefined`: what is in the way was said. */
export async function readBlocks(path: string, io: Io): Promise<Blocks | undefined> {
  const content = await readCertificates(path, io);
  if (content.kind === "blocks") return content;
  for (const line of [content.note.text, ...content.note.steps]) io.stderr(`${visible(line)}\n`);
  return undefined;
}

/** Not by the size that the file system tells: a pipe has none. @returns `undefined`: they are too many */
async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of createReadStream(path)) {
    if (!(part instanceof Uint8Array)) continue;
    parts.push(part);
    size += part.length;
    if (size > greatestSize) return undefined;
  }
  return Buffer.concat(parts);
}

function unreadable(code: string, name: string): string {
  if (code === "ENOENT" || code === "ENOTDIR") return l10n.t("“{0}” does not exist.", name);
  if (code === "EACCES" || code === "EPERM")
    return l10n.t("“{0}” could not be read because you do not have permission.", name);
  return l10n.t("“{0}” could not be read ({1}).", name, code);
}

/** All that can be known of the signatures in it. */
export async function verified({ facts }: Blocks, { signal }: Io): Promise<SignatureChecker> {
  const checker = new SignatureChecker();
  await checker.verifyInSlices(signaturePairs(indexOf(facts.bundle)).pairs, { signal });
  return checker;
}
