import * as vscode from "vscode";
import {
  type Content,
  contentOfBytes,
  contentOfText,
  folder,
  greatestSize,
  nothing,
  shownName,
  tooLarge,
} from "../../core/messages/content.ts";
import type { Span } from "../../core/text.ts";
import type { Documents } from "../documents/documents.ts";
import { fileName } from "../editor/files.ts";
import { openDocument } from "../editor/open-document.ts";
import { affectsFindings } from "../editor/settings.ts";

/** Where an inspector takes from what it shows. */
export interface ContentSource {
  readonly name: string;
  /** The file, or the one a part was taken from: its settings count. */
  readonly uri: vscode.Uri | undefined;
  /** It shows all of `uri`, whatever is in it. */
  readonly isFile?: boolean;
  read(): Promise<Content>;
  /** Calls back when there may be something else to read, with the milliseconds to wait before. */
  follow(changed: (wait: number) => void): vscode.Disposable;
  /** Asks for another time, where what is shown depends on one. */
  chooseTime?(): Promise<void>;
}

/** After the last keystroke, in milliseconds. */
const pause = 250;

/** Whatever has an address: the editor's text where it is open, else the file. */
export function fileSource(uri: vscode.Uri, documents: Documents): ContentSource {
  const name = fileName(uri);
  return {
    name,
    uri,
    isFile: true,
    read: () => contentOf(uri, documents),
    follow: (changed) => {
      const ours = (other: vscode.Uri, wait = 0): void => {
        if (other.toString() === uri.toString()) changed(wait);
      };
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), "*"),
      );
      return vscode.Disposable.from(
        watcher,
        watcher.onDidChange((other) => ours(other)),
        watcher.onDidCreate((other) => ours(other)),
        watcher.onDidDelete((other) => ours(other)),
        documents.onDidCheck((document) => ours(document.uri)),
        vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
          if (contentChanges.length > 0) ours(document.uri, pause);
        }),
        vscode.workspace.onDidOpenTextDocument((document) => ours(document.uri)),
        vscode.workspace.onDidCloseTextDocument((document) => ours(document.uri)),
        onDidChangeSettings(changed),
      );
    },
  };
}

/** A text that stays as it is: of a selection, a string, the clipboard. */
export function textSource(name: string, uri: vscode.Uri | undefined, content: Content): ContentSource {
  return { name, uri, read: () => Promise.resolve(content), follow: onDidChangeSettings };
}

function onDidChangeSettings(changed: (wait: number) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (affectsFindings(event)) changed(0);
  });
}

/** What an address holds now: in the editor, changes that are not saved included, or else on disk. */
export async function contentOf(uri: vscode.Uri, documents: Documents): Promise<Content> {
  const document = openDocument(uri);
  if (document === undefined) return contentOfFile(uri);
  const facts = (await documents.current(document))?.facts;
  if (facts?.kind === "bundle" && !document.isClosed) {
    const { pieces } = facts.bundle;
    // Otherwise they may be strings of a text that is no PEM file.
    if (pieces.some(({ block }) => block.damage.length === 0)) return { kind: "blocks", facts, places: "same" };
  }
  const text = document.getText();
  const content = text.length > greatestSize ? tooLarge(fileName(uri)) : contentOfText(fileName(uri), text);
  if (content.kind === "blocks" || document.isDirty || document.isUntitled) return content;
  // An editor shows any bytes as text.
  return contentOfFile(uri);
}

async function contentOfFile(uri: vscode.Uri): Promise<Content> {
  const name = fileName(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return folder(name);
    if (size > greatestSize) return tooLarge(name);
    return contentOfBytes(name, await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return { ...nothing("warning", unreadable(error.code, shownName(name))), gone: error.code === "FileNotFound" };
  }
}

function unreadable(code: string, name: string): string {
  if (code === "FileNotFound") return vscode.l10n.t("“{0}” no longer exists.", name);
  if (code === "NoPermissions")
    return vscode.l10n.t("“{0}” could not be read because you do not have permission.", name);
  return vscode.l10n.t("“{0}” could not be read.", name);
}

/** The text of a document, with a span of it selected. */
export async function showText(document: vscode.TextDocument, { start, end }: Span): Promise<void> {
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  await vscode.window.showTextDocument(document, { selection, preview: false });
}
