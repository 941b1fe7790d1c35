// A service that there is not: its rows, as a file of `src/account/kinds` would tell them. All that a test needs to
// have them in the view is one line, where the kinds are put together.
import { below, item, rowKind } from "../../src/account/kind.ts";
import { List } from "../../src/account/list.ts";
import { listWords } from "../../src/account/list-words.ts";
import { Listed } from "../../src/account/listed.ts";
import { by } from "../../src/account/order.ts";
import { named } from "../../src/account/row.ts";

export interface Stamp {
  readonly id: string;
  readonly country: string;
  readonly isTorn: boolean;
}

export interface StampsRow {
  readonly kind: "stamps";
}

export interface StampRow {
  readonly kind: "stamp";
  readonly id: string;
}

export const stampsRow: StampsRow = { kind: "stamps" };

export function stampRow(id: string): StampRow {
  return { kind: "stamp", id };
}

/** What the service has, two on a page. */
export const album: { stamps: readonly Stamp[]; readonly asked: (string | undefined)[] } = { stamps: [], asked: [] };

const pages = new List<StampsRow, Stamp>({
  name: () => "",
  page: async (_, next) => {
    album.asked.push(next);
    const from = Number(next ?? 0);
    return {
      items: album.stamps.slice(from, from + 2),
      next: from + 2 < album.stamps.length ? String(from + 2) : undefined,
    };
  },
  keyOf: ({ id }) => id,
});

const stampList = new Listed<StampsRow, Stamp, Stamp>({
  kind: "stamps",
  of: "stamp",
  noun: () => "stamps",
  counted: ({ items, of }) => `${items} of ${of} stamps`,
  roots: () => [stampsRow],
  pages,
  name: () => "",
  judged: (row, { account }) => account.items(pages, row),
  row: ({ id }) => stampRow(id),
  fits: (stamp, { model }) =>
    model.fits(
      stamp,
      () => [stamp.id, stamp.country, stamp.isTorn ? "torn" : "whole"].join("\n"),
      model.asked().filter,
    ),
  orders: [
    { name: "id", label: () => "Stamps by id", order: by(({ id }) => id) },
    { name: "country", label: () => "Stamps by country", order: by(({ country }) => country) },
  ],
});

const stamps = rowKind(named("stamps"))({
  kind: "stamps",
  key: () => "stamps",
  contexts: ["stamps"],
  item: (row, outlook) =>
    item(listWords(row, { label: "Stamps", icon: "mail" }, stampList.shown(row, outlook), outlook), "closed", "stamps"),
  nothing: () => "No stamps",
  list: stampList,
  actions: { read: ["stamps:ListStamps"] },
  meant: (row) => row,
  name: () => "Stamps",
  problems: ({ account }) => {
    const torn = account.items(pages, stampsRow).filter(({ isTorn }) => isTorn).length;
    return [{ count: torn, words: `${torn} stamps are torn` }];
  },
});

const stamp = rowKind(named("stamp", "id"))({
  kind: "stamp",
  key: ({ id }) => `stamp ${id}`,
  contexts: ["stamp.whole", "stamp.torn"],
  item: ({ id }, { account }) => {
    const found = account.items(pages, stampsRow).find((one) => one.id === id);
    return (
      found &&
      item(
        {
          kind: "Stamp",
          label: id,
          description: found.country,
          icon: { id: "mail" },
          state: found.isTorn ? "torn" : "whole",
        },
        "leaf",
        found.isTorn ? "stamp.torn" : "stamp.whole",
      )
    );
  },
  explain: ({ id }) => ({ title: id, text: ["It sticks."], facts: [], link: undefined }),
  below: below(stamps, (row, outlook) => stampList.shown(row, outlook).items.map(({ id }) => stampRow(id))),
  parent: () => stampsRow,
  actions: { read: ["stamps:GetStamp"], write: ["stamps:LickStamp"] },
  meant: (row) => row,
  name: ({ id }) => id,
  arn: ({ id }) => `arn:aws:stamps:::stamp/${id}`,
  id: ({ id }) => id,
  find: async (_, { account }) => {
    const failure = await account.whole(stampsRow);
    return failure && { message: failure.message, severity: "warning" };
  },
});

export const stampKinds = [stamps, stamp] as const;
