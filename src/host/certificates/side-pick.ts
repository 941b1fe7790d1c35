import * as vscode from "vscode";
import { type Content, contentOfText } from "../../core/messages/content.ts";
import type { Bundle } from "../../core/x509/bundle/bundle.ts";
import type { Documents } from "../documents/documents.ts";
import { fileName } from "../editor/files.ts";
import { pickOne } from "../editor/pick.ts";
import { iconless, plain } from "../editor/plain.ts";
import { say } from "../editor/say.ts";
import { contentOf } from "./content-source.ts";
import { chooseFiles, filesInWorkspace, shownFiles } from "./files.ts";

/** Certificates that were selected: all of a file, or one card of it. */
export interface Side {
  readonly name: string;
  readonly uri: vscode.Uri | undefined;
  readonly bundle: Bundle;
  readonly card: string | undefined;
}

export interface SideTools {
  readonly documents: Documents;
}

/** What a file of certificates holds now; says why, where it holds none. */
export async function sideOf(uri: vscode.Uri, { documents }: SideTools): Promise<Side | undefined> {
  return sideOfContent(fileName(uri), uri, await contentOf(uri, documents));
}

export async function sideOfContent(
  name: string,
  uri: vscode.Uri | undefined,
  content: Content,
): Promise<Side | undefined> {
  if (content.kind === "blocks") return { name, uri, bundle: content.facts.bundle, card: undefined };
  await say(content.note.text, content.note.tone === "warning" ? "warning" : "info");
  return undefined;
}

export interface SideItem extends vscode.QuickPickItem {
  readonly take?: () => Promise<Side | undefined>;
}

export interface SideQuestion {
  readonly title: string;
  readonly placeHolder: string;
  /** A file that is no answer. */
  readonly without?: vscode.Uri | undefined;
  /** Above the files. */
  readonly first?: readonly { readonly label: string; readonly items: readonly SideItem[] }[];
  /** Beside files and the clipboard. */
  readonly elsewhere?: readonly SideItem[];
}

/** Open files, those of the workspace, any other, the clipboard. */
export async function pickSide(
  { title, placeHolder, without, first = [], elsewhere = [] }: SideQuestion,
  tools: SideTools,
): Promise<Side | undefined> {
  const group = (label: string, items: readonly SideItem[]): SideItem[] =>
    items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  const open = shownFiles(tools.documents);
  const isOpen = (uri: vscode.Uri) => open.some((other) => other.toString() === uri.toString());
  const files = (uris: readonly vscode.Uri[]) =>
    uris
      .filter((uri) => uri.toString() !== without?.toString())
      .map(
        (uri): SideItem => ({
          label: iconless(fileName(uri)),
          description: plain(folderOf(uri)),
          take: () => sideOf(uri, tools),
        }),
      );
  const items = async (): Promise<SideItem[]> => [
    ...first.flatMap((one) => group(one.label, one.items)),
    ...group(vscode.l10n.t("open files"), files(open)),
    ...group(vscode.l10n.t("workspace files"), files((await filesInWorkspace()).filter((uri) => !isOpen(uri)))),
    ...group(vscode.l10n.t("other sources"), [
      { label: vscode.l10n.t("$(folder-opened) Select a file…"), take: () => chosenFile(tools) },
      { label: vscode.l10n.t("$(clippy) Clipboard"), take: () => sideOfClipboard() },
      ...elsewhere,
    ]),
  ];
  const picked = await pickOne(items(), { title, placeHolder, matchOnDescription: true });
  return picked?.take?.();
}

function folderOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri).slice(0, -fileName(uri).length).replace(/\/$/, "");
}

async function chosenFile(tools: SideTools): Promise<Side | undefined> {
  const [uri] = await chooseFiles();
  return uri === undefined ? undefined : sideOf(uri, tools);
}

async function sideOfClipboard(): Promise<Side | undefined> {
  const name = vscode.l10n.t("Clipboard");
  return sideOfContent(name, undefined, contentOfText(name, await vscode.env.clipboard.readText()));
}
