import * as vscode from "vscode";
import type { Problem } from "../../core/rules/rule.ts";
import { previewScheme, reportLanguage } from "../../manifest.ts";
import { positionsIn, toDiagnostic } from "./convert.ts";
import { openDocument } from "./open-document.ts";

/** Two texts side by side in the diff editor, held in memory only, until `close`. */
export interface Preview {
  /** The side that shows what would be. */
  readonly right: vscode.Uri;
  readonly close: () => Promise<void>;
  /** Brings its editor to the front. */
  readonly reveal: () => Promise<void>;
  /** Other texts, in the same diff editor. */
  readonly update: (before: string, after: string) => Promise<void>;
}

/** Serves the texts of the previews that are open. */
export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  /** What is found in the right-hand texts, for as long as they are shown. */
  readonly #findings = vscode.languages.createDiagnosticCollection("mtls-preview");
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: readonly vscode.Disposable[] = [
    this.#findings,
    this.#changed,
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
    // A closed preview is not shown any more: its texts go, also where its handle did not close it.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
  ];
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /**
   * @param problems of `after`, at its places
   * @param where left out: in the active group, with the focus
   */
  async show(
    title: string,
    path: string,
    before: string,
    after: string,
    problems: readonly Problem[] = [],
    where: Pick<vscode.TextDocumentShowOptions, "viewColumn" | "preserveFocus"> = {},
  ): Promise<Preview> {
    const preview = this.prepare(title, path, { before, after }, { ...where, preview: true });
    const positions = positionsIn(after);
    this.find(
      preview.right,
      problems.map((problem) => toDiagnostic(problem, preview.right, positions)),
    );
    await preview.reveal();
    return preview;
  }

  /** Not shown yet. */
  prepare(
    title: string,
    path: string,
    { before, after }: { readonly before: string; readonly after: string },
    options: vscode.TextDocumentShowOptions,
  ): Preview {
    this.#count += 1;
    const [left, right] = (["before", "after"] as const).map((side) =>
      vscode.Uri.from({ scheme: previewScheme, path, query: `${side}=${this.#count}` }),
    );
    if (left === undefined || right === undefined) throw new Error("A preview has two sides");
    this.#texts.set(left.toString(), before);
    this.#texts.set(right.toString(), after);
    return {
      right,
      reveal: async () => {
        await vscode.commands.executeCommand("vscode.diff", left, right, title, options);
      },
      close: async () => {
        await vscode.window.tabGroups.close(tabsOf(right));
        this.#forget(left);
        this.#forget(right);
      },
      update: async (newBefore, newAfter) => {
        await Promise.all([this.#update(left, newBefore), this.#update(right, newAfter)]);
      },
    };
  }

  /**
   * A text by itself, which nobody can edit; one of the same name takes its place.
   * @param where left out: in the active group, with the focus
   */
  async showText(
    name: string,
    text: string,
    where: Pick<vscode.TextDocumentShowOptions, "viewColumn" | "preserveFocus"> = {},
  ): Promise<void> {
    // The folder makes it a language of its own, whose lines are wrapped.
    const uri = vscode.Uri.from({ scheme: previewScheme, path: `/${reportLanguage}/${name}` });
    await this.#update(uri, text);
    const isShown = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
    const group = vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isShown));
    await vscode.window.showTextDocument(uri, {
      ...where,
      ...(group === undefined ? {} : { viewColumn: group.viewColumn }),
      preview: true,
    });
  }

  /** What is found in a right-hand text that is shown. */
  find(right: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void {
    if (this.#texts.has(right.toString())) this.#findings.set(right, diagnostics);
  }

  /** Resolved once the editor has the text: what is said of its lines would move with the lines before. */
  #update(uri: vscode.Uri, text: string): Promise<void> {
    const document = openDocument(uri);
    this.#texts.set(uri.toString(), text);
    if (document === undefined || sameLines(document.getText(), text)) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = vscode.Disposable.from(
        vscode.workspace.onDidChangeTextDocument((event) => done(event.document)),
        vscode.workspace.onDidCloseTextDocument((closed) => done(closed)),
      );
      const done = (one: vscode.TextDocument) => {
        if (one !== document) return;
        waiting.dispose();
        resolve();
      };
      this.#changed.fire(uri);
    });
  }

  #forget(uri: vscode.Uri): void {
    if (this.#texts.delete(uri.toString())) this.#findings.delete(uri);
  }
}

/**
 * Closes what an extension host before this one has left: nothing is behind these tabs any more, and their buttons
 * would do nothing. After a reload of the window the editor itself has none of them.
 * @returns whether there was any
 */
export async function closeAbandoned(): Promise<boolean> {
  const abandoned = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        (input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme) ||
        (input instanceof vscode.TabInputText && input.uri.scheme === previewScheme),
    );
  if (abandoned.length > 0) await vscode.window.tabGroups.close(abandoned);
  return abandoned.length > 0;
}

/** The tabs of a comparison, by its right side. */
export function tabsOf(right: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => isTabOf(tab, right));
}

export function isTabOf({ input }: vscode.Tab, right: vscode.Uri): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.toString() === right.toString();
}

/** The editor writes all ends of lines alike. */
function sameLines(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\r\n?/g, "\n");
  return plain(one) === plain(other);
}
