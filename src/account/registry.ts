import type { Registry, RowKind } from "./kind.ts";
import { isRow } from "./row.ts";

/** The kinds of a view's rows, in the order in which their rows stand below another. */
export function registryOf(kinds: readonly RowKind[]): Registry {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  if (byName.size < kinds.length) throw new Error("Two kinds of rows have the same name");
  const registry: Registry = {
    kinds,
    kindOf: (value) => {
      const kind = isRow(value) ? byName.get(value.kind) : undefined;
      return kind?.is(value) === true ? kind : undefined;
    },
    keyOf: (row) => {
      const kind = registry.kindOf(row);
      if (kind === undefined) throw new Error(`There is no kind of rows ${row.kind}`);
      return kind.key(row, registry.keyOf);
    },
  };
  return registry;
}
