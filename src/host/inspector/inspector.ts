import * as vscode from "vscode";
import { type Content, contentOfText, contentOfValue, inPlace, shownName } from "../../core/messages/content.ts";
import { pemAt } from "../../core/pem/embedded.ts";
import { contains } from "../../core/text.ts";
import { customEditors, inspectionView, pemLanguages } from "../../manifest.ts";
import { type ContentSource, contentOf, fileSource, textSource } from "../certificates/content-source.ts";
import { activeUri, chooseFiles, isBinaryByName } from "../certificates/files.ts";
import { keepInspected, panelOf } from "../certificates/inspected.ts";
import type { Documents } from "../documents/documents.ts";
import type { Signatures } from "../documents/signatures.ts";
import { fileName } from "../editor/files.ts";
import type { Log } from "../editor/log.ts";
import type { Previews } from "../editor/preview.ts";
import { ask, say } from "../editor/say.ts";
import { compareFiles, compareWith } from "./compare.ts";
import { InspectorView, type ViewTools } from "./view.ts";

export interface InspectorTools {
  readonly extension: vscode.Uri;
  readonly documents: Documents;
  readonly signatures: Signatures;
  readonly previews: Previews;
  readonly log: Log;
}

/** Shows certificates as pages: in panels, and what is no text in a custom editor. */
export interface Inspector {
  /** Fills the custom editor of a file. */
  resolve(uri: vscode.Uri, panel: vscode.WebviewPanel): void;
  /** Fills a panel that was there before the window was loaded anew; what shows no file is gone. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** *Inspect Certificate*, from wherever it is called. */
  inspect(...args: readonly unknown[]): Promise<void>;
  inspectClipboard(): Promise<void>;
  /** A text of its own, such as one that a service gave. */
  inspectText(name: string, text: string): Promise<void>;
  /** Shows what a source gives, as a page of its own. */
  show(source: ContentSource): void;
  /** *Compare Certificates*, from wherever it is called. */
  compare(...args: readonly unknown[]): Promise<void>;
}

export function createInspector(tools: InspectorTools): Inspector {
  const { documents } = tools;
  const viewTools: ViewTools = { ...tools, compare: (side) => compareWith(side, tools) };
  const newPanel = (title: string): vscode.WebviewPanel =>
    vscode.window.createWebviewPanel(inspectionView, title, vscode.ViewColumn.Active);
  const show = (source: ContentSource): vscode.WebviewPanel => {
    const panel = newPanel(source.name);
    new InspectorView(panel, source, viewTools);
    return panel;
  };

  /** In a panel, for as long as it is open: as an editor does, it stays with a file that is renamed. */
  const showFile = (panel: vscode.WebviewPanel, uri: vscode.Uri): void => {
    panel.title = inspectorTitle(uri);
    const view = new InspectorView(panel, fileSource(uri, documents), viewTools);
    const renaming = vscode.workspace.onDidRenameFiles(({ files }) => {
      const to = addressAfter(files, uri);
      if (to === undefined) return;
      renaming.dispose();
      view.dispose();
      showFile(panel, to);
    });
    panel.onDidDispose(() => renaming.dispose());
    keepInspected(panel, uri);
  };

  // What is no text has no other editor. A text keeps its own: a custom editor would have the name of its tab, and be
  // what *Go to File* opens from then on.
  const inspectFile = async (uri: vscode.Uri): Promise<void> => {
    if (isBinaryByName(uri)) {
      await vscode.commands.executeCommand("vscode.openWith", uri, customEditors.binaryCertificates);
      return;
    }
    const known = panelOf(uri);
    if (known !== undefined) known.reveal();
    else showFile(newPanel(inspectorTitle(uri)), uri);
  };

  /** Panels of what does not change, by what they show. */
  const parts = new Map<string, vscode.WebviewPanel>();
  const inspectPart = (name: string, uri: vscode.Uri | undefined, content: Content): Promise<void> => {
    if (content.kind === "nothing") return say(content.note.text);
    const key = [name, uri, content.facts.bundle.pem.text].join("\n");
    const known = parts.get(key);
    if (known !== undefined) known.reveal();
    else {
      const panel = show(textSource(name, uri, content));
      parts.set(key, panel);
      panel.onDidDispose(() => parts.delete(key));
    }
    return Promise.resolve();
  };

  const inspectEditor = async ({ document, selection }: vscode.TextEditor): Promise<void> => {
    const selected = selectedIn(document, selection);
    if (selected !== undefined)
      return inspectPart(vscode.l10n.t("Selection in {0}", fileName(document.uri)), document.uri, selected);
    const isPem = (pemLanguages as readonly string[]).includes(document.languageId);
    const offset = document.offsetAt(selection.start);
    const around =
      valueAround(document, offset) ?? (isPem && selection.isEmpty ? undefined : blockAround(document, offset));
    if (around !== undefined) return inspectPart(placeName(document, selection.start), document.uri, around);
    const content = await contentOf(document.uri, documents);
    return content.kind === "blocks" || document.languageId === "pem"
      ? inspectFile(document.uri)
      : offerElsewhere(vscode.l10n.t("“{0}” contains no certificate to inspect.", shownName(fileName(document.uri))));
  };

  const inspectAt = async ({ uri, offset }: TextPlace): Promise<void> => {
    const document = await vscode.workspace.openTextDocument(uri);
    const part =
      valueAround(document, offset) ??
      blockAt(await contentOf(uri, documents), document, offset) ??
      blockAround(document, offset);
    if (part === undefined) await inspectFile(uri);
    else await inspectPart(placeName(document, document.positionAt(offset)), uri, part);
  };

  const inspectClipboard = async (): Promise<void> => {
    const name = vscode.l10n.t("Clipboard");
    await inspectPart(name, undefined, contentOfText(name, await vscode.env.clipboard.readText()));
  };

  const offerElsewhere = async (why: string): Promise<void> => {
    const [file, clipboard] = [vscode.l10n.t("Select a File…"), vscode.l10n.t("Inspect Clipboard")];
    const answer = await ask(why, [file, clipboard]);
    if (answer === clipboard) await inspectClipboard();
    if (answer === file) for (const uri of await chooseFiles()) await inspectFile(uri);
  };

  return {
    resolve: (uri, panel) => void new InspectorView(panel, fileSource(uri, documents), viewTools),
    restore: (panel, state) => {
      const uri = fileIn(state);
      if (uri === undefined) panel.dispose();
      else showFile(panel, uri);
    },
    inspect: async (first, second) => {
      const place = textPlace(first);
      if (place !== undefined) return inspectAt(place);
      const editor = vscode.window.activeTextEditor;
      if (first instanceof vscode.Uri) {
        const uris = urisIn(second);
        // The context menu of an editor names its document and nothing else; the explorer and a title say more.
        if (second === undefined && editor?.document.uri.toString() === first.toString()) return inspectEditor(editor);
        for (const uri of uris.length > 1 ? uris : [first]) await inspectFile(uri);
        return;
      }
      if (editor !== undefined) return inspectEditor(editor);
      const uri = activeUri();
      await (uri === undefined ? offerElsewhere(vscode.l10n.t("No file is open.")) : inspectFile(uri));
    },
    inspectClipboard,
    show: (source) => void show(source),
    inspectText: (name, text) => inspectPart(name, undefined, contentOfText(name, text)),
    compare: async (first, second) => {
      const selected = urisIn(second);
      const uri = first instanceof vscode.Uri ? first : activeUri();
      const known =
        uri !== undefined && (first instanceof vscode.Uri || (await contentOf(uri, documents)).kind === "blocks");
      await compareFiles(selected.length > 1 ? selected : known ? [uri] : [], tools);
    },
  };
}

/** Beside the tab of the text, which has the file's name. */
function inspectorTitle(uri: vscode.Uri): string {
  return vscode.l10n.t("Certificate Inspector: {0}", fileName(uri));
}

/** Where a file is that was renamed, or that lies in a folder that was; `undefined`: where it was. */
function addressAfter(
  files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[],
  uri: vscode.Uri,
): vscode.Uri | undefined {
  const renamed = files.find(
    ({ oldUri }) =>
      oldUri.scheme === uri.scheme &&
      oldUri.authority === uri.authority &&
      (uri.path === oldUri.path || uri.path.startsWith(`${oldUri.path}/`)),
  );
  return renamed && uri.with({ path: renamed.newUri.path + uri.path.slice(renamed.oldUri.path.length) });
}

/** The file that a page was about, as it kept it. */
function fileIn(state: unknown): vscode.Uri | undefined {
  const file: unknown = typeof state === "object" && state !== null ? Reflect.get(state, "file") : undefined;
  if (typeof file !== "string") return undefined;
  try {
    return vscode.Uri.parse(file, true);
  } catch {
    return undefined;
  }
}

// --- parts of a document

/** A place in a document, as a hover names it. */
interface TextPlace {
  readonly uri: vscode.Uri;
  readonly offset: number;
}

/** A link in a hover can hold an address only as text. */
function textPlace(argument: unknown): TextPlace | undefined {
  if (typeof argument !== "object" || argument === null || argument instanceof vscode.Uri) return undefined;
  const [uri, offset]: readonly unknown[] = [Reflect.get(argument, "uri"), Reflect.get(argument, "offset")];
  if (typeof offset !== "number" || !(uri instanceof vscode.Uri || typeof uri === "string")) return undefined;
  return { uri: typeof uri === "string" ? vscode.Uri.parse(uri, true) : uri, offset };
}

function urisIn(argument: unknown): readonly vscode.Uri[] {
  return Array.isArray(argument) ? argument.filter((item) => item instanceof vscode.Uri) : [];
}

function placeName({ uri }: vscode.TextDocument, { line }: vscode.Position): string {
  return vscode.l10n.t("{0}, line {1}", fileName(uri), line + 1);
}

function selectedIn(document: vscode.TextDocument, selection: vscode.Selection): Content | undefined {
  if (selection.isEmpty) return undefined;
  const content = contentOfText(fileName(document.uri), document.getText(selection));
  return content.kind === "blocks"
    ? inPlace(content, document.getText(), document.offsetAt(selection.start))
    : undefined;
}

/** The block of a PEM text that stands at an offset, alone. */
function blockAt(content: Content, document: vscode.TextDocument, offset: number): Content | undefined {
  if (content.kind === "nothing" || content.places !== "same") return undefined;
  const { pieces, starts } = content.facts.bundle;
  const index = pieces.findIndex(({ block: { span } }, place) =>
    contains({ start: (starts[place] ?? 0) + span.start, end: (starts[place] ?? 0) + span.end }, offset),
  );
  const span = pieces[index]?.block.span;
  if (span === undefined) return undefined;
  const start = (starts[index] ?? 0) + span.start;
  const text = document.getText(
    new vscode.Range(document.positionAt(start), document.positionAt(start + span.end - span.start)),
  );
  return inPlace(contentOfText(fileName(document.uri), text), document.getText(), start);
}

/** What stands in one value, such as a header, at an offset: all of its blocks. */
function valueAround(document: vscode.TextDocument, offset: number): Content | undefined {
  return contentOfValue(fileName(document.uri), document.getText(), offset);
}

/** The block in a string, a comment or the like that stands at an offset. */
function blockAround(document: vscode.TextDocument, offset: number): Content | undefined {
  const text = document.getText();
  const embedded = pemAt(text, offset);
  if (embedded === undefined) return undefined;
  const content = contentOfText(fileName(document.uri), embedded.text);
  if (content.kind === "nothing") return undefined;
  const { start, end } = embedded.span;
  return { ...content, places: [{ start, end, line: document.positionAt(start).line }] };
}
