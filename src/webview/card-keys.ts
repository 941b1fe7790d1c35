import type { Card } from "../core/messages/inspection/inspection.ts";

/** What the state of each card is kept by while the file changes around it. */
export interface CardKeys {
  /** In the order of the cards. */
  readonly keys: readonly string[];
  readonly byName: ReadonlyMap<string, string>;
  readonly byId: ReadonlyMap<string, { readonly name: string; readonly key: string }>;
}

export const noCardKeys: CardKeys = { keys: [], byName: new Map(), byId: new Map() };

const longestTitle = 200;

/**
 * A card keeps its key by its title and which of that title it is, so that one that comes or goes above it changes
 * nothing; and by its id where its title is what has changed, as when a damaged block is mended.
 */
export function cardKeys(cards: readonly Pick<Card, "id" | "title">[], before: CardKeys): CardKeys {
  const counts = new Map<string, number>();
  const named = cards.map(({ id, title }) => {
    const short = title.slice(0, longestTitle);
    const count = (counts.get(short) ?? 0) + 1;
    counts.set(short, count);
    return { id, name: `${count} ${short}` };
  });
  const names = new Set(named.map(({ name }) => name));
  const taken = new Set<string>();
  for (const name of names) {
    const key = before.byName.get(name);
    if (key !== undefined) taken.add(key);
  }
  const byName = new Map<string, string>();
  const byId = new Map<string, { name: string; key: string }>();
  for (const { id, name } of named) {
    const atId = before.byId.get(id);
    let key =
      before.byName.get(name) ??
      (atId !== undefined && !names.has(atId.name) && !taken.has(atId.key) ? atId.key : name);
    if (!before.byName.has(name)) while (taken.has(key)) key += "'";
    taken.add(key);
    byName.set(name, key);
    byId.set(id, { name, key });
  }
  return { keys: named.map(({ name }) => byName.get(name) ?? name), byName, byId };
}
