import * as vscode from "vscode";
import { previewScheme } from "../manifest.ts";

/** Two texts side by side in the diff editor, held in memory only, until `close`. */
export interface Preview {
  readonly close: () => Promise<void>;
}

/** Serves the texts of the previews that are open. */
export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async show(title: string, path: string, before: string, after: string): Promise<Preview> {
    this.#count += 1;
    const [left, right] = (["before", "after"] as const).map((side) => vscode.Uri.from({ scheme: previewScheme, path, query: `${side}=${this.#count}` }));
    if (left === undefined || right === undefined) throw new Error("A preview has two sides");
    this.#texts.set(left.toString(), before);
    this.#texts.set(right.toString(), after);
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true } satisfies vscode.TextDocumentShowOptions);
    return {
      close: async () => {
        const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === right.toString());
        await vscode.window.tabGroups.close(shown);
        this.#texts.delete(left.toString());
        this.#texts.delete(right.toString());
      },
    };
  }
}
