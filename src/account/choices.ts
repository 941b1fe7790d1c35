import type { Outlook, Registry, RowKind } from "./kind.ts";
import { isRow, type Row } from "./row.ts";

/** One of what is picked from. */
export interface Choice {
  readonly row: Row;
  readonly label: string;
  readonly description: string;
  readonly detail: string | undefined;
  readonly icon: string | undefined;
}

/** Which kinds of rows are asked for, by what they can. */
export type Can = (kind: RowKind) => boolean;

/** What a row that a command is called for means; `undefined` where it means nothing, or nothing that can it. */
export function meantBy(value: unknown, can: Can, registry: Registry): Row | undefined {
  const meant = isRow(value) ? registry.kindOf(value)?.meant?.(value) : undefined;
  const kind = registry.kindOf(meant);
  return kind !== undefined && can(kind) ? meant : undefined;
}

/** The lists that have what is asked for. */
export function listsFor(can: Can, outlook: Outlook): readonly Row[] {
  return listsOf(can, outlook).flatMap(({ roots }) => roots);
}

/** All that is known of it, list by list, each under its heading. */
export function choicesFor(
  can: Can,
  outlook: Outlook,
): readonly { readonly heading: string; readonly choices: readonly Choice[] }[] {
  const { registry } = outlook;
  return listsOf(can, outlook).map(({ list, roots }) => ({
    heading: list.noun(),
    choices: roots
      .flatMap((root) => list.all(root, outlook))
      .flatMap((row) => choiceOf(row, registry.kindOf(row), outlook)),
  }));
}

function listsOf(can: Can, outlook: Outlook) {
  const { kinds } = outlook.registry;
  return kinds.flatMap(({ list }) => {
    const of = kinds.find(({ kind }) => kind === list?.of);
    return list === undefined || of === undefined || !can(of) ? [] : [{ list, roots: list.roots(outlook) }];
  });
}

function choiceOf(row: Row, kind: RowKind | undefined, outlook: Outlook): readonly Choice[] {
  const item = kind?.item(row, outlook);
  return item === undefined
    ? []
    : [{ row, label: item.label, description: item.description, detail: kind?.detail?.(row), icon: item.icon?.id }];
}
