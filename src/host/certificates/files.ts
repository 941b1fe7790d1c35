import * as vscode from "vscode";
import { binaryExtensions, customEditors, textExtensions } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { activeInspected, inspectedFiles } from "./inspected.ts";

const ours = [...textExtensions, ...binaryExtensions];

/** In the others everything is behind a password. */
const comparable = ours.filter((extension) => extension !== ".p12" && extension !== ".pfx");

/** By its name, since its content is not read yet. */
function isComparable({ path }: vscode.Uri): boolean {
  const lower = path.toLowerCase();
  return comparable.some((extension) => lower.endsWith(extension));
}

export function isBinaryByName({ path }: vscode.Uri): boolean {
  const lower = path.toLowerCase();
  return binaryExtensions.some((extension) => lower.endsWith(extension));
}

/** The files of certificates that have a tab, each once. */
export function shownFiles(documents: Documents): vscode.Uri[] {
  const blocks = new Set(
    vscode.workspace.textDocuments
      .filter((document) => documents.last(document)?.facts.kind === "bundle")
      .map(({ uri }) => uri.toString()),
  );
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap((tab) => uriOf(tab) ?? []);
  const found = [...uris, ...inspectedFiles()].filter((uri) => isComparable(uri) || blocks.has(uri.toString()));
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}

/** More are not to be chosen from a list. */
const mostListed = 200;

export async function filesInWorkspace(): Promise<vscode.Uri[]> {
  const pattern = `**/*{${comparable.join(",")}}`;
  const found = await vscode.workspace.findFiles(pattern, "**/node_modules/**", mostListed);
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a tab shows, if that is one file. */
export function uriOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

export async function chooseFiles(): Promise<readonly vscode.Uri[]> {
  const filters = {
    [vscode.l10n.t("Certificates")]: ours.map((extension) => extension.slice(1)),
    [vscode.l10n.t("All Files")]: ["*"],
  };
  return (await vscode.window.showOpenDialog({ filters, canSelectMany: false })) ?? [];
}

/** The file of the active editor, be it of text or not, or of the inspector. */
export function activeUri(): vscode.Uri | undefined {
  return (
    vscode.window.activeTextEditor?.document.uri ??
    uriOf(vscode.window.tabGroups.activeTabGroup.activeTab) ??
    activeInspected()
  );
}

export async function activeDocument(): Promise<vscode.TextDocument | undefined> {
  return documentOf(activeUri());
}

/** `undefined`: there is none, or it is no text. */
export async function documentOf(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  if (uri === undefined) return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // It is gone, or binary: VS Code's error tells one from the other only in words.
    return undefined;
  }
}

/** The text file that the inspector shows in the active tab, as a page or as an editor. */
export function inspectedText(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === customEditors.certificates
    ? input.uri
    : activeInspected();
}

/** The file that a command means: the one it is called for, else the active one. */
export function meantFile(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : activeUri();
}
