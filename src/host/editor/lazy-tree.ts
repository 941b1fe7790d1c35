import * as vscode from "vscode";

type Provider<Row> = Required<
  Pick<
    vscode.TreeDataProvider<Row>,
    "onDidChangeTreeData" | "getTreeItem" | "getChildren" | "getParent" | "resolveTreeItem"
  >
>;

/**
 * Stands for a tree that is loaded when its view is first opened, and not at all in a workspace that is not trusted:
 * until then the view shows its welcome text.
 */
export class LazyTree<Row> implements Provider<Row>, vscode.Disposable {
  readonly #load: () => Promise<Provider<Row>>;
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined | null | void>();
  readonly #subscriptions: vscode.Disposable[] = [
    this.#changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
  ];
  #loaded: Provider<Row> | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => Promise<Provider<Row>>) {
    this.#load = load;
  }

  async getChildren(row?: Row): Promise<Row[] | null | undefined> {
    if (!vscode.workspace.isTrusted) return [];
    if (this.#loaded === undefined) {
      const loaded = await this.#load();
      if (this.#loaded === undefined) {
        this.#loaded = loaded;
        this.#subscriptions.push(loaded.onDidChangeTreeData((changed) => this.#changed.fire(changed)));
      }
    }
    return this.#loaded.getChildren(row);
  }

  getTreeItem(row: Row): vscode.TreeItem | Thenable<vscode.TreeItem> {
    if (this.#loaded === undefined) throw new Error("A row is asked about before there are any");
    return this.#loaded.getTreeItem(row);
  }

  getParent(row: Row): vscode.ProviderResult<Row> {
    return this.#loaded?.getParent(row);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    row: Row,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#loaded?.resolveTreeItem(item, row, token);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
