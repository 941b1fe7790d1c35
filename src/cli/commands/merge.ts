import { resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { mergedText, mergeNotes, noneToMergeText } from "../../core/messages/merge.ts";
import { mergeBundles, type NamedBundle } from "../../core/truststore/split.ts";
import { helpOption, helpText, readArguments, usageError } from "../arguments.ts";
import { nameOf, readBlocks } from "../certificate-file.ts";
import { visible } from "../formats/visible.ts";
import { type ExitCode, type Io, standardInput } from "../io.ts";
import { writeFiles } from "../written-files.ts";

export const mergeOptions = {
  ...helpOption,
  out: { type: "string", short: "o" },
  force: { type: "boolean" },
} as const;

const usage = { name: "merge", options: mergeOptions, help };

/** The certificates of several files, each once. */
export async function merge(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const { values, positionals } = read;
  if (positionals.length === 0) return usageError(l10n.t("Give the files to merge."), usage.name, io);
  if (positionals.filter((path) => path === standardInput).length > 1)
    return usageError(l10n.t("Only one file can be standard input."), usage.name, io);
  const bundles: NamedBundle[] = [];
  for (const path of positionals) {
    const blocks = await readBlocks(path, io);
    if (blocks === undefined) return 2;
    bundles.push({ name: nameOf(path), bundle: blocks.facts.bundle });
  }
  const merged = mergeBundles(bundles);
  const say = (sentence: string) => io.stderr(`${visible(sentence)}\n`);
  if (merged.certificates === 0) {
    say(noneToMergeText(merged));
    return 2;
  }
  if (values.out === undefined) io.stdout(merged.text);
  else {
    const file = { path: resolve(io.cwd, values.out), name: values.out, text: merged.text, isSecret: false };
    const written = await writeFiles([file], values.force === true);
    if ("problem" in written) {
      say(written.problem);
      return 2;
    }
  }
  for (const sentence of [mergedText(merged, bundles.length), ...mergeNotes(merged)]) say(sentence);
  return 0;
}

function help(): string {
  return helpText({
    calls: ["merge FILE… [--out FILE] [--force]"],
    about: l10n.t(
      "Prints the certificates of all files as PEM, each once, in the order given. Private keys are left out. FILE can be PEM, DER, or PKCS#7, and one FILE can be - for standard input.",
    ),
    options: [
      ["-o, --out FILE", l10n.t("Writes the certificates to a new file instead.")],
      ["--force", l10n.t("Replaces the file if it exists.")],
    ],
    notes: [l10n.t("Exit code: 0 if the certificates were merged, otherwise 2.")],
  });
}
