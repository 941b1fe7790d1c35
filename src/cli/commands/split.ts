import { basename, dirname, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import { importCommand } from "../../core/acm/import-command.ts";
import { keyCopiedText, splitNotes, wasSplitForImportText, wasSplitText } from "../../core/messages/split.ts";
import { tell } from "../../core/messages/tell.ts";
import { isUnquotable, terminalOf } from "../../core/shell.ts";
import { type PartName, partName, splitForAcm } from "../../core/truststore/split.ts";
import { machine } from "../../platform/node/machine.ts";
import { helpOption, helpText, readArguments, usageError } from "../arguments.ts";
import { nameOf, readBlocks } from "../certificate-file.ts";
import { visible, visiblePath } from "../formats/visible.ts";
import { type ExitCode, type Io, standardInput } from "../io.ts";
import { verified } from "../signatures.ts";
import { type NewFile, writeFiles } from "../written-files.ts";

export const splitOptions = {
  ...helpOption,
  out: { type: "string", short: "o" },
  force: { type: "boolean" },
} as const;

const usage = { name: "split", options: splitOptions, help };

/** The certificate, its chain and its key, each in a file of its own as ACM's import takes them. */
export async function split(args: readonly string[], io: Io): Promise<ExitCode> {
  const read = readArguments(args, usage, io);
  if ("exit" in read) return read.exit;
  const { values, positionals } = read;
  const [path, another] = positionals;
  if (path === undefined || another !== undefined)
    return usageError(l10n.t("Give one file with a certificate and its chain."), usage.name, io);
  const blocks = await readBlocks(path, io);
  if (blocks === undefined) return 2;
  const signatures = await verified(blocks.facts.bundle, io.signal);
  if (io.signal?.aborted === true) return 2;
  const parts = splitForAcm(blocks.facts.bundle, { now: io.now(), signatures });
  if ("fault" in parts) {
    io.stderr(`${visible(tell(parts.fault))}\n`);
    return 2;
  }
  const nameFor = (part: PartName) => join(values.out ?? folderOf(path), partNameFor(path, part));
  const file = (part: PartName, text: string, isSecret = false): NewFile => {
    const name = nameFor(part);
    return { path: resolve(io.cwd, name), name, text, isSecret };
  };
  const files = [
    file("certificate", parts.leaf),
    ...(parts.chain === "" ? [] : [file("chain", parts.chain)]),
    ...(parts.key === undefined ? [] : [file("key", parts.key.text, true)]),
  ];
  const written = await writeFiles(files, values.force === true);
  if ("problem" in written) {
    io.stderr(`${written.problem}\n`);
    return 2;
  }
  const notes = [...(parts.key === undefined ? [] : [keyCopiedText(written.isGuarded)]), ...splitNotes(parts)];
  for (const note of notes) io.stderr(`${visible(note)}\n`);
  const command = importCommand(
    {
      certificate: nameFor("certificate"),
      chain: parts.chain === "" ? undefined : nameFor("chain"),
      key: nameFor("key"),
    },
    terminalOf("", machine.isWindows),
  );
  const from = visiblePath(nameOf(path));
  const names = files.map(({ name }) => visiblePath(name)).join(", ");
  // What a shell, or who reads this output, could take for something else.
  const isSafe = !isUnquotable(command) && visible(command, command.length) === command;
  io.stdout(
    isSafe
      ? `${visible(wasSplitForImportText(from, names))}\n${command}\n`
      : `${visible(`${wasSplitText(from, names)} ${noCommandText()}`)}\n`,
  );
  return 0;
}

function noCommandText(): string {
  return l10n.t(
    "The AWS CLI command is not shown, because these names cannot be written in it safely. Use names without special characters.",
  );
}

function help(): string {
  return helpText({
    calls: ["split FILE [--out FOLDER] [--force]"],
    about: l10n.t(
      "Writes the certificate, its chain, and its private key each to a separate file, as ACM imports them, and prints the AWS CLI command for the import into us-east-1. FILE can be - for standard input.",
    ),
    options: [
      ["-o, --out FOLDER", l10n.t("Where the files are written. The default is the folder of FILE.")],
      ["--force", l10n.t("Replaces existing files. Without it, nothing is written if one of them exists.")],
    ],
    notes: [
      l10n.t("The private key is copied unchanged and never decoded. Only you can read its file."),
      l10n.t("Exit code: 0 if the files were written, otherwise 2."),
    ],
  });
}

function folderOf(path: string): string {
  return path === standardInput ? "" : dirname(path);
}

/** What comes from standard input has no name. */
function partNameFor(path: string, part: PartName): string {
  return path === standardInput ? `${part}.pem` : partName(basename(path), part);
}
