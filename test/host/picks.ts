import * as vscode from "vscode";
import { until } from "./editor.ts";

export type Pick = vscode.QuickPick<vscode.QuickPickItem>;

/** Every quick pick that is made, to look at and to move in, until it is disposed. */
export class Picks {
  all: Pick[] = [];
  readonly #marked = new WeakMap<Pick, readonly vscode.QuickPickItem[]>();
  readonly #original = vscode.window.createQuickPick;

  constructor() {
    const remembering = () => {
      const pick = this.#original.call(vscode.window);
      this.all.push(pick);
      pick.onDidChangeActive((items) => this.#marked.set(pick, items));
      return pick;
    };
    this.#stand(remembering);
  }

  /** Once it has items. The first comparison loads the diff editor. */
  titled(title: string): Promise<Pick> {
    return until(
      `a pick ${title}`,
      () => this.all.find((pick) => pick.title?.startsWith(title) === true && pick.items.length > 0),
      30_000,
    );
  }

  /** What the editor itself has marked. */
  marked(pick: Pick): readonly vscode.QuickPickItem[] {
    return this.#marked.get(pick) ?? [];
  }

  async accept(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
  }

  /** Marks an item, until the editor itself has it marked. */
  async mark(pick: Pick, wanted: (item: vscode.QuickPickItem) => boolean): Promise<void> {
    await until("the item is marked", () => {
      const [known] = this.marked(pick);
      if (known !== undefined && wanted(known)) return true;
      // Made anew when more is known, and once more where the editor is late with a text that was typed before.
      const item = pick.items.find(wanted);
      if (item !== undefined && pick.activeItems[0] !== item) pick.activeItems = [item];
      return false;
    }).catch((error: unknown) => {
      throw new Error(`These are there: ${pick.items.map(({ label }) => label).join()}`, { cause: error });
    });
  }

  async choose(pick: Pick, wanted: (item: vscode.QuickPickItem) => boolean): Promise<void> {
    await this.mark(pick, wanted);
    await this.accept();
  }

  dispose(): void {
    this.#stand(this.#original);
  }

  #stand(value: unknown): void {
    Object.defineProperty(vscode.window, "createQuickPick", { value, configurable: true, writable: true });
  }
}
