import * as l10n from "@vscode/l10n";
import { shown } from "../../core/messages/x509/describe.ts";
import { type Behavior, behaviorsOf, isAgainstMtls } from "../behaviors.ts";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { named } from "../row.ts";
import { colours, joined, type Words } from "../row-words.ts";
import { listed } from "./distributions.ts";
import { judgedOrigin, nameOfOrigin, origin, originRow } from "./origin.ts";

/** A behavior that sends requests to an origin; one that sends them to a group stands below each of its origins. */
export interface BehaviorRow {
  readonly kind: "behavior";
  readonly distribution: string;
  readonly origin: string;
  readonly index: number;
}

const isOfOrigin = named("behavior", "distribution", "origin");

export const behavior = rowKind(
  (value): value is BehaviorRow => isOfOrigin(value) && "index" in value && typeof value.index === "number",
)({
  kind: "behavior",
  key: (row) => `behavior ${row.distribution} ${row.index} ${row.origin}`,
  contexts: ["behavior"],
  item: (row, outlook) => {
    const judged = judgedOrigin(row, outlook)?.origin.origin;
    const found = behaviorsBelow(row, outlook).find(({ index }) => index === row.index);
    if (judged === undefined || found === undefined) return undefined;
    const isAgainst = isAgainstMtls(found.behavior) && judged.kind === "custom";
    return item(words(found, isAgainst, judged.clientCertificate !== undefined), "leaf", "behavior");
  },
  below: below(origin, (row, outlook) =>
    behaviorsBelow(row, outlook).map(
      ({ index }): BehaviorRow => ({
        kind: "behavior",
        distribution: row.distribution,
        origin: row.origin,
        index,
      }),
    ),
  ),
  parent: (row) => originRow(row.distribution, row.origin),
  meant: (row) => row,
  name: nameOfOrigin,
  find: (_, { account }) => listed(account),
});

function behaviorsBelow(
  row: { readonly distribution: string; readonly origin: string },
  outlook: Outlook,
): readonly Behavior[] {
  const judged = judgedOrigin(row, outlook);
  return judged === undefined ? [] : behaviorsOf(judged.origin.origin, judged.distribution.distribution);
}

function words(
  { behavior: { pathPattern, viewerProtocolPolicy, grpc, lambdaEvents }, group }: Behavior,
  isAgainst: boolean,
  isOn: boolean,
): Words {
  const against = isOn ? l10n.t("breaks origin mTLS") : l10n.t("rules out origin mTLS");
  return {
    kind: l10n.t("Behavior"),
    label: pathPattern === undefined ? l10n.t("Default (*)") : shown(pathPattern, 200),
    description: joined([
      isAgainst ? against : undefined,
      grpc ? "gRPC" : undefined,
      ...lambdaEvents.map((event) => l10n.t("Lambda@Edge on {0}", shown(event, 40))),
      viewerProtocolPolicy === undefined ? undefined : shown(viewerProtocolPolicy, 40),
      group === undefined ? undefined : l10n.t("through origin group {0}", shown(group, 100)),
    ]),
    icon: isAgainst ? { id: "warning", colour: colours.warning } : { id: "arrow-small-right" },
  };
}
