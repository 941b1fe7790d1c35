import * as l10n from "@vscode/l10n";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { named } from "../row.ts";
import type { ShownChange } from "../shown-change.ts";
import { changeWords, explainChange } from "../shown-change-words.ts";
import { changes, changesRow, shownChanges } from "./changes.ts";

/** A change that was made from this machine. */
export interface ChangeRow {
  readonly kind: "change";
  /** What tells the change from all others. */
  readonly key: string;
}

export function changeRow(key: string): ChangeRow {
  return { kind: "change", key };
}

function changeOf({ key }: ChangeRow, outlook: Outlook): ShownChange | undefined {
  return outlook.changes().find((change) => change.key === key);
}

export const change = rowKind(named("change", "key"))({
  kind: "change",
  key: ({ key }) => `change ${key}`,
  contexts: ["change", "change.undo", "change.left"],
  item: (row, outlook) => {
    const known = changeOf(row, outlook);
    return known === undefined
      ? undefined
      : item(changeWords(known, outlook.model.asked().now), "leaf", contextOf(known), {
          action: { does: "open", title: l10n.t("Show Change") },
        });
  },
  explain: (row, outlook) => {
    const known = changeOf(row, outlook);
    return known === undefined ? undefined : explainChange(known);
  },
  below: below(changes, (_, outlook) => shownChanges(outlook).map(({ key }) => changeRow(key))),
  parent: () => changesRow,
});

function contextOf({ state, noUndo }: ShownChange) {
  return state === "left" ? "change.left" : noUndo === undefined ? "change.undo" : "change";
}
