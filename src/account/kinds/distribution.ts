import * as l10n from "@vscode/l10n";
import { parseArn } from "../../core/arn.ts";
import { isFailure } from "../../core/failure.ts";
import { distributionPage } from "../console-links.ts";
import { distributionWords, explainDistribution } from "../distribution-words.ts";
import type { JudgedDistribution } from "../judged.ts";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { isFiltered } from "../list-words.ts";
import { named } from "../row.ts";
import { distributionList, distributions, distributionsRow, listed } from "./distributions.ts";

/** A distribution of CloudFront. */
export interface DistributionRow {
  readonly kind: "distribution";
  readonly id: string;
}

export function distributionRow(id: string): DistributionRow {
  return { kind: "distribution", id };
}

export function judgedDistribution(id: string, { account, model }: Outlook): JudgedDistribution | undefined {
  const known = account.current()?.distributions.get(id);
  return known === undefined ? undefined : model.judgeDistribution(known);
}

/** What a probe of its viewers' side proved, for the configuration that it has now. */
function provedViewers({ distribution: { id, etag, viewerMtls } }: JudgedDistribution, { proof }: Outlook) {
  return etag === undefined || viewerMtls === undefined ? undefined : proof({ distribution: id, version: etag });
}

/** Fewer are opened at once while a filter is on. */
const mostOpened = 20;

export const distribution = rowKind(named("distribution", "id"))({
  kind: "distribution",
  key: ({ id }) => `distribution ${id}`,
  contexts: (["on", "partly", "off", "cannot"] as const).flatMap((state) =>
    (["", ".undo", ".changing", ".undo.changing"] as const).map((can) => `distribution.${state}${can}` as const),
  ),
  item: ({ id }, outlook) => {
    const judged = judgedDistribution(id, outlook);
    if (judged === undefined) return undefined;
    const isOpen = isFiltered(outlook) && distributionList.shown(distributionsRow, outlook).items.length <= mostOpened;
    const owner = outlook.account.owner(judged.distribution.arn);
    const known = owner === undefined || isFailure(owner) ? undefined : owner;
    return item(
      distributionWords(judged, known, outlook.model.asked().now, outlook.underWay("distribution", id)),
      isOpen ? "open" : "closed",
      contextOf(judged, outlook),
    );
  },
  explain: ({ id }, outlook) => {
    const judged = judgedDistribution(id, outlook);
    return judged === undefined
      ? undefined
      : explainDistribution(judged, outlook.account.owner(judged.distribution.arn), {
          underWay: outlook.underWay("distribution", id),
          viewers: provedViewers(judged, outlook),
        });
  },
  below: below(distributions, (row, outlook) =>
    distributionList.shown(row, outlook).items.map((judged) => distributionRow(judged.distribution.id)),
  ),
  parent: () => distributionsRow,
  nothing: () => l10n.t("No origins"),
  actions: {
    read: ["cloudfront:GetDistribution", "cloudfront:GetDistributionConfig", "cloudfront:ListTagsForResource"],
    write: ["cloudfront:UpdateDistribution"],
  },
  place: ({ id }, outlook) => judgedDistribution(id, outlook)?.state,
  closer: ({ id }, { account }) => [account.current()?.distributions.get(id)?.arn ?? []].flat(),
  // Whether its mTLS works depends on the certificate; who owns it, on its tags.
  about: (arn, { account, model }) => [
    ...model.users(arn).map((user) => distributionRow(user.distribution.id)),
    ...(account.current()?.distributions.get(idIn(arn))?.arn === arn ? [distributionRow(idIn(arn))] : []),
  ],
  changed: (kind, id) => (kind === "distribution" ? [distributionRow(id)] : []),
  meant: (row) => row,
  name: ({ id }) => id,
  arn: ({ id }, { account }) => account.current()?.distributions.get(id)?.arn,
  id: ({ id }) => id,
  domainName: ({ id }, { account }) => account.current()?.distributions.get(id)?.domainName,
  page: ({ id }, partition) => distributionPage(partition, id),
  refresh: async ({ id }, { account }) => {
    const answer = await account.refreshDistribution(id);
    return isFailure(answer) ? answer : undefined;
  },
  find: (_, { account }) => listed(account),
});

function idIn(arn: string): string {
  return parseArn(arn)?.resource.replace(/^distribution\//, "") ?? "";
}

/** As the conditions of the menus have it: with `on` there is something to change and to turn off. */
function contextOf({ distribution: { id }, origins }: JudgedDistribution, { canUndo, underWay }: Outlook) {
  const isOn = origins.some(({ origin: { clientCertificate } }) => clientCertificate !== undefined);
  const canBeOn = origins.some(({ state: { state } }) => state === "off");
  const state = isOn ? (canBeOn ? "partly" : "on") : canBeOn ? "off" : "cannot";
  const undo = canUndo("distribution", id) ? ".undo" : "";
  const changing = underWay("distribution", id) === undefined ? "" : ".changing";
  return `distribution.${state}${undo}${changing}` as const;
}
