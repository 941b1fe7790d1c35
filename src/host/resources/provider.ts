import type * as vscode from "vscode";
import type { Row } from "../../account/row.ts";
import type { ResourcesTree } from "../../account/tree.ts";
import { someAtOnce } from "../../platform/node/turns.ts";
import { render } from "../editor/markdown.ts";
import type { ResourcesView } from "./tools.ts";
import { treeItem } from "./tree-item.ts";

/** The rows of the view, as the editor asks for them. */
export function provideRows(tree: ResourcesTree): ResourcesView["provider"] {
  return {
    onDidChangeTreeData: tree.onDidChange,
    // The editor requests all rows of a level at once, which may be hundreds.
    getTreeItem: someAtOnce(100, (row: Row) => treeItem(row, tree.idOf(row), tree.nameOf(row), tree.item(row))),
    getChildren: (row) => tree.children(row),
    getParent: (row) => tree.parent(row),
    resolveTreeItem: (item: vscode.TreeItem, row: Row) => {
      const explanation = tree.explain(row);
      if (explanation !== undefined) item.tooltip = render(explanation);
      return item;
    },
  };
}
