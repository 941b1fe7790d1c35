import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { type Can, choicesFor, listsFor } from "../../account/choices.ts";
import type { Outlook } from "../../account/kind.ts";
import type { Row } from "../../account/row.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { iconless, steady } from "../editor/plain.ts";

export interface PickTools {
  readonly account: Account;
  readonly outlook: Outlook;
}

interface RowItem extends vscode.QuickPickItem {
  readonly row?: Row;
}

/** Asks which one is meant where no row says it. What is still being loaded comes while one looks. */
export async function pickRow(title: string, can: Can, { account, outlook }: PickTools): Promise<Row | undefined> {
  const pick = newPick<RowItem>(title, vscode.l10n.t("Select a resource by name, ID, or ARN"));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const { keyOf } = outlook.registry;
  const fill = () => {
    const active = pick.activeItems[0]?.row;
    pick.keepScrollPosition = true;
    pick.items = drawable(itemsFor(can, outlook));
    const again = pick.items.find(
      ({ row }) => row !== undefined && active !== undefined && keyOf(row) === keyOf(active),
    );
    if (again !== undefined) pick.activeItems = [again];
  };
  const following = account.onDidLearn(({ everything, lists }) => {
    // Another account's would be shown under the old one's name.
    if (everything && account.identity === undefined) pick.hide();
    else if (lists.size > 0) fill();
  });
  fill();
  void Promise.all(listsFor(can, outlook).map((list) => account.whole(list))).then((failures) => {
    const failure = failures.find((one) => one !== undefined);
    if (failure !== undefined) pick.placeholder = steady(failure.message);
    fill();
    pick.busy = false;
  });
  return shown(pick, () => pick.selectedItems[0]?.row).finally(() => following.dispose());
}

function itemsFor(can: Can, outlook: Outlook): readonly RowItem[] {
  return choicesFor(can, outlook).flatMap(({ heading, choices }): readonly RowItem[] =>
    choices.length === 0
      ? []
      : [
          { label: heading, kind: vscode.QuickPickItemKind.Separator },
          ...choices.map(({ row, label, description, detail, icon }) => ({
            ...{ row, label: iconless(label), description },
            ...(detail === undefined ? {} : { detail: iconless(detail) }),
            ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
          })),
        ],
  );
}
