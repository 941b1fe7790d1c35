import * as l10n from "@vscode/l10n";
import { item, rowKind } from "../kind.ts";
import { isRow, type Row } from "../row.ts";
import { count } from "../row-words.ts";

/** There is more of a level than is shown, or of a list than is loaded. */
export interface MoreRow {
  readonly kind: "more";
  readonly in: Row;
}

export function moreRow(branch: Row): MoreRow {
  return { kind: "more", in: branch };
}

export const more = rowKind(
  (value): value is MoreRow => isRow(value) && value.kind === "more" && "in" in value && isRow(value.in),
)({
  kind: "more",
  key: (row, keyOf) => `more in ${keyOf(row.in)}`,
  contexts: ["more"],
  item: (row, outlook) => {
    const { shown, of } = outlook.extent(row.in);
    const isCut = shown < of;
    const label = isCut ? l10n.t("Show More") : l10n.t("Load More");
    const description = isCut
      ? l10n.t("{0} of {1} shown", count(shown), count(of))
      : l10n.t("stopped after {0}", count(outlook.account.listing(row.in).items.length));
    return item({ kind: l10n.t("More"), label, description, icon: { id: "ellipsis" } }, "leaf", "more", {
      action: { does: "more", title: label },
    });
  },
  parent: (row) => row.in,
});
