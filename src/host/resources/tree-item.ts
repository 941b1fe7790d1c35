import * as vscode from "vscode";
import type { Item } from "../../account/kind.ts";
import type { Row } from "../../account/row.ts";
import type { AccountCommandId } from "../../manifest.ts";
import { steady } from "../editor/plain.ts";

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const states = { leaf: None, closed: Collapsed, open: Expanded } as const;
const commands = {
  go: "mtls.goToResource",
  mend: "mtls.mendFailure",
  more: "mtls.loadMore",
  open: "mtls.openReview",
} as const satisfies Record<string, AccountCommandId>;

/** A row as the editor draws it. */
export function treeItem(row: Row, id: string, name: string, item: Item | undefined): vscode.TreeItem {
  // What is not there any more is about to go from the tree, too.
  const made = new vscode.TreeItem(steady(item?.label ?? name), states[item?.opens ?? "leaf"]);
  made.id = id;
  if (item === undefined) return made;
  const { description, icon, context, spoken, action } = item;
  made.description = steady(description);
  if (icon !== undefined)
    made.iconPath = new vscode.ThemeIcon(
      icon.id,
      icon.colour === undefined ? undefined : new vscode.ThemeColor(icon.colour),
    );
  made.contextValue = context;
  made.accessibilityInformation = { label: steady(spoken) };
  if (action !== undefined) made.command = { command: commands[action.does], title: action.title, arguments: [row] };
  return made;
}
