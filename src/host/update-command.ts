import * as vscode from "vscode";
import { updateCommand } from "../core/cloudfront/update-command.ts";
import type { Documents } from "./documents.ts";
import { say } from "./say.ts";

/** What the wrapper knew of a distribution, kept when the wrapper goes: nothing of it is secret. */
interface Known {
  readonly etag: string | undefined;
  readonly id: string | undefined;
}

const memoryKey = (uri: vscode.Uri) => `mtls.extracted:${uri.toString()}`;

/** Runs behind *Extract inner config*: the ETag just left the file. */
export async function configExtracted(memory: vscode.Memento, documents: Documents, uri: unknown, etag: unknown, id: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri)) return;
  const known: Known = { etag: typeof etag === "string" ? etag : undefined, id: typeof id === "string" ? id : undefined };
  await memory.update(memoryKey(uri), known);
  const copy = vscode.l10n.t("Copy aws Command");
  const message =
    known.etag === undefined
      ? vscode.l10n.t("The file now holds the inner config, as --distribution-config takes it.")
      : vscode.l10n.t("The file now holds the inner config, as --distribution-config takes it. The ETag was {0}; the aws command has it.", known.etag);
  if ((await vscode.window.showInformationMessage(message, copy)) === copy) await copyUpdateCommand(memory, documents, uri);
}

/** Puts the exact command on the clipboard; asks for what neither the file nor the memory knows. */
export async function copyUpdateCommand(memory: vscode.Memento, documents: Documents, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const document = uri === undefined ? undefined : await vscode.workspace.openTextDocument(uri);
  const config = document === undefined ? undefined : (await documents.current(document))?.facts.config;
  if (document === undefined || config === undefined || !config.distribution.whole) {
    await say(vscode.l10n.t("Open a whole distribution config: update-distribution replaces everything, so a fragment cannot be sent."));
    return;
  }
  const remembered = memory.get<Known>(memoryKey(document.uri));
  const id = config.wrapper?.id ?? remembered?.id ?? (await askForId());
  if (id === undefined) return;
  const etag = config.wrapper?.etag ?? remembered?.etag;
  const file = vscode.workspace.asRelativePath(document.uri, false);
  const command = updateCommand({ id, etag: etag ?? "ETAG", file }, process.platform === "win32" ? "windows" : "posix");
  await vscode.env.clipboard.writeText(command);
  const wrapped = config.wrapper !== undefined && config.wrapper.kind !== "cli-input";
  await say([copiedText(wrapped, etag), ...(isPlainJson(document.getText()) ? [] : [plainJsonText()])].join(" "));
}

/** Comments and trailing commas are the editor's; the AWS CLI reads JSON as the standard has it. */
function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function plainJsonText(): string {
  return vscode.l10n.t("The AWS CLI takes plain JSON: take comments and trailing commas out of the file first.");
}

function askForId(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Copy aws Command"),
    prompt: vscode.l10n.t("Id of the distribution; this file does not say it"),
    placeHolder: "E2QWRUHAPOMQZL",
    ignoreFocusOut: true,
    validateInput: (value) => (/^[A-Z0-9]{6,32}$/.test(value.trim()) ? undefined : vscode.l10n.t("A distribution id has capital letters and digits only, such as E2QWRUHAPOMQZL.")),
  });
}

function copiedText(wrapped: boolean, etag: string | undefined): string {
  if (wrapped) return vscode.l10n.t("Copied. The file still has its wrapper: extract the inner config (light bulb) before you run the command.");
  if (etag === undefined) return vscode.l10n.t("Copied. Put the current ETag in the place of ETAG: get-distribution-config prints it.");
  return vscode.l10n.t("Copied. It works as long as nobody else updates the distribution: {0} is the ETag of the config you have.", etag);
}
