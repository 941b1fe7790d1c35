import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import type { Row } from "../../account/row.ts";
import type { Showing } from "../../account/showing.ts";
import type { ResourcesTree } from "../../account/tree.ts";
import { isFailure } from "../../core/failure.ts";
import { resourcesView } from "../../manifest.ts";
import { ask, say } from "../editor/say.ts";
import { keepRegions, setRegions } from "../editor/settings.ts";

export interface RevealTools {
  readonly account: Account;
  readonly tree: ResourcesTree;
  readonly view: vscode.TreeView<Row>;
  readonly showing: Showing;
}

/** Shows a row, loading what it takes; says why where there is none. */
export async function revealRow(wanted: Row, { account, tree, view, showing }: RevealTools): Promise<void> {
  const connection = await account.session.connect();
  if (isFailure(connection)) return say(connection.message, "warning");
  // Rows exist only in a view that was opened.
  if (!view.visible) await vscode.commands.executeCommand(`${resourcesView}.focus`);
  // The filter may be what hides it.
  if (tree.rowOf(wanted) === undefined) showing.filter = "";
  const kind = tree.outlook.registry.kindOf(wanted);
  if (tree.rowOf(wanted) === undefined) {
    const fault = await kind?.find?.(wanted, tree.outlook);
    if (fault !== undefined) return "region" in fault ? offerRegion(fault.region) : say(fault.message, fault.severity);
  }
  const row = tree.rowOf(wanted);
  if (row === undefined) return say(vscode.l10n.t("No longer in this account: {0}", tree.nameOf(wanted)), "warning");
  await view.reveal(row, { select: true, focus: true, expand: kind?.staysClosed !== true });
}

async function offerRegion(region: string): Promise<void> {
  const show = vscode.l10n.t("Show {0}", region);
  if ((await ask(vscode.l10n.t("Certificates in {0} are hidden.", region), [show])) === show)
    await keepRegions([...setRegions(), region]);
}
