import { rowKind } from "../kind.ts";
import { isRow, type Row } from "../row.ts";

/** Stands in the place of rows where there are none. */
export interface PlaceholderRow {
  readonly kind: "placeholder";
  readonly in: Row;
}

export function placeholderRow(branch: Row): PlaceholderRow {
  return { kind: "placeholder", in: branch };
}

export const placeholder = rowKind(
  (value): value is PlaceholderRow => isRow(value) && value.kind === "placeholder" && "in" in value && isRow(value.in),
)({
  kind: "placeholder",
  key: (row, keyOf) => `placeholder in ${keyOf(row.in)}`,
  contexts: ["placeholder"],
  item: (row, outlook) => {
    const text = outlook.registry.kindOf(row.in)?.nothing?.(row.in, outlook) ?? "";
    return {
      label: "",
      description: text,
      lead: "",
      icon: undefined,
      spoken: text,
      opens: "leaf",
      context: "placeholder",
    };
  },
  parent: (row) => row.in,
});
