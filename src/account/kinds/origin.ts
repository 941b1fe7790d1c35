import * as l10n from "@vscode/l10n";
import type { Proof } from "../../core/probe/proof.ts";
import { behaviorsOf } from "../behaviors.ts";
import { distributionPage } from "../console-links.ts";
import { explainOrigin, originWords } from "../distribution-words.ts";
import type { JudgedDistribution, JudgedOrigin } from "../judged.ts";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { named } from "../row.ts";
import { judgedCertificate } from "./certificate.ts";
import { distribution, distributionRow, judgedDistribution } from "./distribution.ts";
import { listed, shownOrigins } from "./distributions.ts";

/** An origin of a distribution. */
export interface OriginRow {
  readonly kind: "origin";
  readonly distribution: string;
  readonly origin: string;
}

export function originRow(ofDistribution: string, id: string): OriginRow {
  return { kind: "origin", distribution: ofDistribution, origin: id };
}

export function judgedOrigin(
  row: { readonly distribution: string; readonly origin: string },
  outlook: Outlook,
): { readonly distribution: JudgedDistribution; readonly origin: JudgedOrigin } | undefined {
  const judged = judgedDistribution(row.distribution, outlook);
  const found = judged?.origins.find(({ origin: { id } }) => id === row.origin);
  return judged === undefined || found === undefined ? undefined : { distribution: judged, origin: found };
}

/** What a probe proved of it, for the configuration that it has now. */
function proofOf(
  { distribution: { distribution }, origin: { origin } }: NonNullable<ReturnType<typeof judgedOrigin>>,
  { proof }: Outlook,
): Proof | undefined {
  const { id, etag } = distribution;
  return etag === undefined ? undefined : proof({ distribution: id, origin: origin.id, version: etag });
}

/** As in `www of E1`. */
export function nameOfOrigin(row: { readonly distribution: string; readonly origin: string }): string {
  return l10n.t("{0} of {1}", row.origin, row.distribution);
}

export const origin = rowKind(named("origin", "distribution", "origin"))({
  kind: "origin",
  key: (row) => `origin ${row.distribution} ${row.origin}`,
  contexts: ["origin.on", "origin.off", "origin.cannot", "origin.on.broken", "origin.on.unverified"],
  item: (row, outlook) => {
    const judged = judgedOrigin(row, outlook);
    if (judged === undefined) return undefined;
    const { clientCertificate } = judged.origin.origin;
    const hasChildren =
      clientCertificate !== undefined || behaviorsOf(judged.origin.origin, judged.distribution.distribution).length > 0;
    return item(
      originWords(judged.origin, outlook.model.asked().now, proofOf(judged, outlook)),
      hasChildren ? "closed" : "leaf",
      contextOf(judged.origin),
    );
  },
  explain: (row, outlook) => {
    const judged = judgedOrigin(row, outlook);
    if (judged === undefined) return undefined;
    const arn = judged.origin.origin.clientCertificate;
    const client = arn === undefined ? undefined : judgedCertificate(arn, outlook);
    return explainOrigin(judged.origin, client, outlook.model.asked().now, proofOf(judged, outlook));
  },
  below: below(distribution, ({ id }, outlook) => {
    const judged = judgedDistribution(id, outlook);
    return judged === undefined ? [] : shownOrigins(judged, outlook.model).map((one) => originRow(id, one.origin.id));
  }),
  parent: (row) => distributionRow(row.distribution),
  meant: (row) => row,
  name: nameOfOrigin,
  id: (row) => row.origin,
  domainName: (row, outlook) => judgedOrigin(row, outlook)?.origin.origin.domainName,
  page: (row, partition) => distributionPage(partition, row.distribution, "origins"),
  find: (_, { account }) => listed(account),
});

/** As the conditions of the menus have it: whatever is on can be changed and turned off. */
function contextOf({ state: { state } }: JudgedOrigin) {
  switch (state) {
    case "on":
    case "off":
    case "cannot":
      return `origin.${state}` as const;
    case "broken":
    case "unverified":
      return `origin.on.${state}` as const;
  }
}
