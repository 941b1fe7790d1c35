import * as vscode from "vscode";
import { importCommand } from "../../core/acm/import-command.ts";
import { shownName } from "../../core/messages/content.ts";
import { copyCommandLabel, unquotableText } from "../../core/messages/copied-for.ts";
import { mergedText, mergeNotes, noneToMergeText } from "../../core/messages/merge.ts";
import { keyCopiedText, splitNotes, wasSplitForImportText, wasSplitText } from "../../core/messages/split.ts";
import { tell } from "../../core/messages/tell.ts";
import { isUnquotable, type Unquotable } from "../../core/shell.ts";
import { mergeBundles, type PartName, partName, splitForAcm } from "../../core/truststore/split.ts";
import { machine } from "../../platform/node/machine.ts";
import { filesInWorkspace, meantFile, shownFiles } from "../certificates/files.ts";
import { type Side, sideOf } from "../certificates/side-pick.ts";
import { exists, fileName, shellPath } from "../editor/files.ts";
import { pickMany } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { ask, confirm, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import type { BundleTools } from "./tools.ts";

// --- split for ACM

interface Part {
  readonly uri: vscode.Uri;
  readonly text: string;
  /** A private key: only the user may read its file. */
  readonly isSecret: boolean;
}

/**
 * *Split for ACM Import*: the certificate, its chain and its key, each in a file of its own beside the one they come
 * from.
 */
export async function splitFile(argument: unknown, tools: BundleTools): Promise<void> {
  const uri = meantFile(argument);
  if (uri === undefined)
    return say(vscode.l10n.t("Open a file with a certificate and its chain first, or select one in the Explorer."));
  const side = await sideOf(uri, tools);
  if (side === undefined) return;
  const split = splitForAcm(side.bundle, { now: new Date(), signatures: tools.signatures.verdicts });
  if ("fault" in split) return say(tell(split.fault), "warning");
  if (uri.scheme === "untitled")
    return say(vscode.l10n.t("Save the file first. The parts are written to the same folder."));
  const part = (name: PartName, text: string, isSecret = false): Part => ({ uri: partUri(uri, name), text, isSecret });
  const parts = [
    part("certificate", split.leaf),
    ...(split.chain === "" ? [] : [part("chain", split.chain)]),
    ...(split.key === undefined ? [] : [part("key", split.key.text, true)]),
  ];
  if (!(await confirmParts(side, parts, splitNotes(split)))) return;
  if (!(await writeParts(parts))) return;
  const copy = copyCommandLabel(terminal());
  const show = vscode.l10n.t("Show Certificate");
  const command = importCommandFor(uri, parts);
  const names = parts.map((one) => fileName(one.uri)).join(", ");
  const answer = isUnquotable(command)
    ? await ask(`${wasSplitText(fileName(uri), names)} ${unquotableText(command)}`, [show], "warning")
    : await ask(wasSplitForImportText(fileName(uri), names), [copy, show]);
  if (answer === copy && !isUnquotable(command)) await vscode.env.clipboard.writeText(command);
  if (answer === show && parts[0] !== undefined) await vscode.window.showTextDocument(parts[0].uri);
}

function partUri(uri: vscode.Uri, part: PartName): vscode.Uri {
  return uri.with({ path: `${uri.path.slice(0, uri.path.lastIndexOf("/") + 1)}${partName(fileName(uri), part)}` });
}

async function confirmParts({ name }: Side, parts: readonly Part[], notes: readonly string[]): Promise<boolean> {
  const there = (await Promise.all(parts.map(async ({ uri }) => ((await exists(uri)) ? [fileName(uri)] : [])))).flat();
  const names = parts.map(({ uri }) => fileName(uri));
  const key = parts.find(({ isSecret }) => isSecret);
  const isGuarded = key?.uri.scheme === "file" && machine.hasFileModes;
  const secret = key === undefined ? [] : [keyCopiedText(isGuarded)];
  const lost =
    there.length === 0 ? [] : [vscode.l10n.t("Existing files that will be overwritten: {0}", there.join(", "))];
  const write = there.length === 0 ? vscode.l10n.t("Write Files") : vscode.l10n.t("Overwrite");
  const paragraphs = [...secret, ...notes, ...lost].flatMap((text) => ["", text]);
  return (
    (await confirm(vscode.l10n.t("Split “{0}” for ACM?", shownName(name)), [write], [...names, ...paragraphs])) ===
    write
  );
}

/** @returns whether all of them were written */
async function writeParts(parts: readonly Part[]): Promise<boolean> {
  for (const { uri, text, isSecret } of parts) {
    try {
      if (uri.scheme !== "file") await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      else await machine.writeFile(uri.fsPath, text, isSecret ? "required" : "none");
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await say(vscode.l10n.t("Could not write {0}: {1}", fileName(uri), error.message), "error");
      return false;
    }
  }
  return true;
}

function importCommandFor(uri: vscode.Uri, parts: readonly Part[]): string | Unquotable {
  const [certificate, ...others] = parts;
  const chain = others.find(({ isSecret }) => !isSecret)?.uri;
  return importCommand(
    {
      certificate: shellPath(certificate?.uri ?? partUri(uri, "certificate")),
      chain: chain && shellPath(chain),
      key: shellPath(others.find(({ isSecret }) => isSecret)?.uri ?? partUri(uri, "key")),
    },
    terminal(),
  );
}

// --- merge

/** *Merge Bundles*: the certificates of several files, each once, in a document of its own. */
export async function mergeFiles(first: unknown, selected: unknown, tools: BundleTools): Promise<void> {
  const given = Array.isArray(selected) ? selected.filter((item) => item instanceof vscode.Uri) : [];
  const uris = given.length > 1 ? given : await chooseBundles(first instanceof vscode.Uri ? first : undefined, tools);
  if (uris === undefined) return;
  if (uris.length < 2) return say(vscode.l10n.t("Select two or more files to merge."));
  const sides: Side[] = [];
  for (const uri of uris) {
    const side = await sideOf(uri, tools);
    if (side === undefined) return;
    sides.push(side);
  }
  const merged = mergeBundles(sides);
  if (merged.certificates === 0) return say(noneToMergeText(merged), "warning");
  const document = await vscode.workspace.openTextDocument({ language: "pem", content: merged.text });
  await vscode.window.showTextDocument(document, { preview: false });
  await say([mergedText(merged, sides.length), ...mergeNotes(merged)].join(" "));
}

async function chooseBundles(
  chosen: vscode.Uri | undefined,
  { documents }: BundleTools,
): Promise<readonly vscode.Uri[] | undefined> {
  const uris = [...shownFiles(documents), ...(await filesInWorkspace())];
  const unique = [
    ...new Map([...(chosen === undefined ? [] : [chosen]), ...uris].map((uri) => [uri.toString(), uri])).values(),
  ];
  const items = unique.map((uri) => ({
    label: iconless(fileName(uri)),
    description: vscode.workspace.asRelativePath(uri),
    uri,
    picked: uri.toString() === chosen?.toString(),
  }));
  const picked = await pickMany(items, {
    title: vscode.l10n.t("Merge Bundles"),
    placeHolder: vscode.l10n.t("Select the files to merge"),
    matchOnDescription: true,
  });
  return picked?.map(({ uri }) => uri);
}
