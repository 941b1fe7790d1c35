import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { LiveDistribution } from "../../core/inventory.ts";
import { othersFirst } from "../../platform/node/turns.ts";
import { searchedInDistribution, searchedInOrigin } from "../distribution-words.ts";
import { failureLabel } from "../failure-words.ts";
import { distributionStates, type JudgedDistribution, type JudgedOrigin } from "../judged.ts";
import { item, type NotFound, type Outlook, type Problem, rowKind } from "../kind.ts";
import type { KnownAccount } from "../known-account.ts";
import { List } from "../list.ts";
import { explainList, isFiltered, listWords } from "../list-words.ts";
import { Listed } from "../listed.ts";
import type { ResourcesModel } from "../model.ts";
import { by, byName, first } from "../order.ts";
import { named } from "../row.ts";
import { count } from "../row-words.ts";

/** All distributions of the account. */
export interface DistributionsRow {
  readonly kind: "distributions";
}

export const distributionsRow: DistributionsRow = { kind: "distributions" };

const byId = by<JudgedDistribution>(({ distribution }) => distribution.id);

export const distributionPages = new List<DistributionsRow, LiveDistribution>({
  name: () => "",
  page: (_, next, stopped, { aws, ask, wantUsed }) =>
    ask(async (connection, ending) => {
      // Loading that takes a while, as does what is begun beside it: others come in between.
      await othersFirst();
      const { listDistributions } = await aws.distributions();
      const page = await listDistributions(connection, next, AbortSignal.any([stopped, ending]));
      if (!isFailure(page) && !stopped.aborted) wantUsed(page.items);
      return page;
    }),
  keyOf: ({ id }) => id,
});

export const distributionList = new Listed<DistributionsRow, LiveDistribution, JudgedDistribution>({
  kind: "distributions",
  of: "distribution",
  noun: () => l10n.t("distributions"),
  counted: ({ items, of }) => l10n.t("{0} of {1} distributions", count(items), count(of)),
  roots: () => [distributionsRow],
  pages: distributionPages,
  name: () => "",
  judged: (_, { account, model }) =>
    [...(account.current()?.distributions.values() ?? [])].map((one) => model.judgeDistribution(one)),
  row: ({ distribution: { id } }) => ({ kind: "distribution", id }),
  fits: (judged, { model }) => {
    const { filter } = model.asked();
    return fits(judged, filter, model) || judged.origins.some((origin) => originFits(origin, judged, filter, model));
  },
  orders: [
    {
      name: "state",
      label: () => l10n.t("Distributions by origin mTLS: failing, expiring soon, on, off, not possible"),
      order: first(
        by(({ state }) => distributionStates.indexOf(state)),
        byName,
        byId,
      ),
    },
    { name: "name", label: () => l10n.t("Distributions by name"), order: first(byName, byId) },
    { name: "id", label: () => l10n.t("Distributions by ID"), order: byId },
    {
      name: "modified",
      label: () => l10n.t("Distributions by last modified, newest first"),
      order: first(
        by(({ distribution }) => -(distribution.lastModified?.getTime() ?? 0)),
        byName,
        byId,
      ),
    },
  ],
});

// --- the filter

function fits(judged: JudgedDistribution, filter: readonly string[], model: ResourcesModel): boolean {
  return model.fits(judged.distribution, () => searchedInDistribution(judged), filter);
}

/** With the words of its distribution, so that both can be named. */
function originFits(
  origin: JudgedOrigin,
  judged: JudgedDistribution,
  filter: readonly string[],
  model: ResourcesModel,
): boolean {
  const left = filter.filter((word) => !fits(judged, [word], model));
  return model.fits(origin, () => searchedInOrigin(origin), left);
}

/** The origins of a distribution that fit the filter; all where the distribution itself does. */
export function shownOrigins(judged: JudgedDistribution, model: ResourcesModel): readonly JudgedOrigin[] {
  const { filter } = model.asked();
  if (filter.length === 0 || fits(judged, filter, model)) return judged.origins;
  const fitting = judged.origins.filter((origin) => originFits(origin, judged, filter, model));
  return fitting.length === 0 ? judged.origins : fitting;
}

// --- the row

/** About so many are asked unasked who owns them, each with a call: those that one sees first. */
const mostLookedAt = 100;

export const distributions = rowKind(named("distributions"))({
  kind: "distributions",
  key: () => "distributions",
  contexts: ["distributions"],
  item: (row, outlook) =>
    item(
      listWords(row, { label: l10n.t("Distributions"), icon: "globe" }, distributionList.shown(row, outlook), outlook),
      "open",
      "distributions",
    ),
  explain: (row, outlook) => explainList(row, l10n.t("Distributions"), outlook),
  nothing: (row, outlook) => {
    const { of } = distributionList.shown(row, outlook);
    if (isFiltered(outlook) && of > 0)
      return of === 1
        ? l10n.t("The only distribution does not match the filter")
        : l10n.t("None of {0} distributions match the filter", count(of));
    const { state } = outlook.account.listing(row);
    return state === "loading" ? l10n.t("Loading…") : l10n.t("No distributions in this account");
  },
  list: distributionList,
  opened: (row, outlook) =>
    distributionList
      .shown(row, outlook)
      .items.slice(0, mostLookedAt)
      .map(({ distribution: { arn } }) => arn),
  actions: { read: ["cloudfront:ListDistributions"] },
  meant: (row) => row,
  name: () => l10n.t("Distributions"),
  refresh: async (row, { account }) => {
    // Its row says what came of it.
    await account.reload(row);
    return undefined;
  },
  find: (_, { account }) => listed(account),
  problems,
});

/** Loads all distributions, so that one of them is known. */
export async function listed(account: KnownAccount): Promise<NotFound | undefined> {
  const failure = await account.whole(distributionsRow);
  return failure === undefined
    ? undefined
    : { message: l10n.t("{0}: {1}", failureLabel(failure), failure.message), severity: "warning" };
}

/** Origins whose mTLS does not work, or will not for long. */
function problems({ account, model }: Outlook): readonly Problem[] {
  let [broken, expiring] = [0, 0];
  for (const one of account.current()?.distributions.values() ?? []) {
    const judged = model.judgeDistribution(one);
    broken += judged.broken;
    expiring += judged.expiring;
  }
  return [
    {
      count: broken,
      words:
        broken === 1
          ? l10n.t("Origin mTLS fails for 1 origin.")
          : l10n.t("Origin mTLS fails for {0} origins.", count(broken)),
    },
    {
      count: expiring,
      words:
        expiring === 1
          ? l10n.t("The client certificate of 1 origin expires soon.")
          : l10n.t("The client certificates of {0} origins expire soon.", count(expiring)),
    },
  ];
}
