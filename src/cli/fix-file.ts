import { randomUUID } from "node:crypto";
import { access, chmod, chown, constants, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { decode, type Encoding, encode } from "../core/encoding.ts";
import { replaceFile } from "../platform/node/replace.ts";
import { messageOfError } from "./errors.ts";

/**
 * Puts another text in the place of a file's, as a whole or not at all: whoever reads it sees the one or the other.
 * @param bytes what was read of it: where it is another by now, it stays
 * @returns why it was not done, in a sentence; `undefined`: it was
 */
export async function writeFixed(file: string, bytes: Uint8Array, after: string): Promise<string | undefined> {
  const encoded = encodedLike(bytes, after);
  if (encoded === undefined)
    return l10n.t("It was not fixed, because it contains bytes that are no text in its encoding.");
  let unfinished: string | undefined;
  try {
    // Of a symbolic link, what it leads to.
    const target = await realpath(file);
    const found = await stat(target);
    const { mode, uid, gid, nlink } = found;
    if (found.isFile() && nlink > 1)
      return l10n.t(
        "It was not fixed, because the file has other names as well (hard links), which would keep the old text.",
      );
    // To replace a file asks its folder alone.
    await access(target, constants.W_OK);
    unfinished = join(dirname(target), `.${basename(target).slice(0, 40)}.${randomUUID()}.unfinished`);
    await writeFile(unfinished, encoded, { flag: "wx", flush: true });
    await keepOwner(unfinished, uid, gid);
    await chmod(unfinished, mode & 0o7777);
    if (Buffer.compare(await readFile(target), bytes) !== 0)
      return l10n.t("It was not fixed, because another program changed it meanwhile. Run the command again.");
    await replaceFile(unfinished, target);
    unfinished = undefined;
    return undefined;
  } catch (error) {
    return l10n.t("It could not be fixed: {0}", messageOfError(error));
  } finally {
    if (unfinished !== undefined) await rm(unfinished, { force: true });
  }
}

/** Root can fix the files of others, and they stay theirs, as in a container that has a folder of its host. */
async function keepOwner(file: string, uid: number, gid: number): Promise<void> {
  const own = await stat(file);
  if (own.uid !== uid || own.gid !== gid) await chown(file, uid, gid).catch(() => {});
}

/** @returns `undefined`: what was read of the bytes does not say all that is in them */
function encodedLike(bytes: Uint8Array, after: string): Uint8Array | undefined {
  const { text, encoding } = decode(bytes);
  const whole = encode(text, encoding);
  if (whole === undefined) return undefined;
  if (Buffer.compare(whole, bytes) === 0) return encode(after, encoding);
  // UTF-16 without a byte order mark.
  const mark = isUtf16(encoding) ? 2 : 0;
  if (mark === 0 || Buffer.compare(whole.subarray(mark), bytes) !== 0) return undefined;
  return encode(after, encoding)?.subarray(mark);
}

function isUtf16(encoding: Encoding): boolean {
  return encoding === "utf16le" || encoding === "utf16be";
}
