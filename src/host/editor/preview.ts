import * as vscode from "vscode";
import type { Problem } from "../../core/rules/rule.ts";
import { previewScheme } from "../../manifest.ts";
import { positionsIn, toDiagnostic } from "./convert.ts";

/** Two texts side by side in the diff editor, held in memory only, until `close`. */
export interface Preview {
  readonly close: () => Promise<void>;
}

/** Serves the texts of the previews that are open. */
export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  /** What is found in the right-hand texts, for as long as they are shown. */
  readonly #findings = vscode.languages.createDiagnosticCollection("mtls-preview");
  readonly #subscriptions: readonly vscode.Disposable[] = [
    this.#findings,
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

  /** @param problems of `after`, at its places */
  async show(
    title: string,
    path: string,
    before: string,
    after: string,
    problems: readonly Problem[] = [],
  ): Promise<Preview> {
    this.#count += 1;
    const [left, right] = (["before", "after"] as const).map((side) =>
      vscode.Uri.from({ scheme: previewScheme, path, query: `${side}=${this.#count}` }),
    );
    if (left === undefined || right === undefined) throw new Error("A preview has two sides");
    this.#texts.set(left.toString(), before);
    this.#texts.set(right.toString(), after);
    const positions = positionsIn(after);
    if (problems.length > 0)
      this.#findings.set(
        right,
        problems.map((problem) => toDiagnostic(problem, right, positions)),
      );
    await vscode.commands.executeCommand("vscode.diff", left, right, title, {
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
    return {
      close: async () => {
        const shown = vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .filter(
            ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === right.toString(),
          );
        await vscode.window.tabGroups.close(shown);
        this.#forget(left);
        this.#forget(right);
      },
    };
  }

  #forget(uri: vscode.Uri): void {
    if (this.#texts.delete(uri.toString())) this.#findings.delete(uri);
  }
}
