import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { balancersBlock, homeOf, isViewerMtlsAlone } from "../../cloudfront/viewer-mtls.ts";
import type { Change } from "../../document/change.ts";
import { isCalled, type Json, type Member, memberOf, type ObjectNode, objectAt } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { originFinder } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "other-name": ({ key, shape }: { key: string; shape: string }) =>
    l10n.t(
      "{0} in {1} has settings that belong in ViewerMtlsConfig, directly in the configuration. Viewer mTLS applies to the whole distribution.",
      key,
      shape,
    ),
  "in-config": ({ key, shape }: { key: string; shape: string }) =>
    l10n.t(
      "{0} is in {1}, where CloudFront does not see it. It applies to the whole distribution and belongs directly in the configuration.",
      key,
      shape,
    ),
  "load-balancer": ({ key }: { key: string }) =>
    l10n.t(
      "{0} is a load balancer setting. For CloudFront, use ViewerMtlsConfig directly in the configuration, with the ID of a CloudFront trust store.",
      key,
    ),
  "load-balancer-store": ({ key }: { key: string }) =>
    l10n.t(
      "{0} names the trust store of a load balancer. For CloudFront, use the ID of a CloudFront trust store, as TrustStoreId in TrustStoreConfig.",
      key,
    ),
  "of-origin": ({ key, home, shape }: { key: string; home: string; shape: string }) =>
    l10n.t("{0} is a member of origin mTLS and belongs in the {1} of an origin. {2} is for viewers.", key, home, shape),
  "of-viewer": ({ key, home, shape }: { key: string; home: string; shape: string }) =>
    l10n.t(
      "{0} is a member of viewer mTLS and belongs in {1}. {2} is for the certificate that CloudFront presents to an origin.",
      key,
      home,
      shape,
    ),
  elsewhere: ({ key, shape, home }: { key: string; shape: string; home: string }) =>
    l10n.t("{0} is in {1}, where CloudFront does not see it. It belongs in {2}.", key, shape, home),
  "move-into-config": ({ key }: { key: string }) => l10n.t("Move {0} into the configuration", key),
  move: ({ key, home }: { key: string; home: string }) => l10n.t("Move {0} into {1}", key, home),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const place: Rule<Distribution, typeof says> = {
  id: "viewer-mtls/place",
  severity: "error",
  requires: l10n.t(
    "ViewerMtlsConfig and ConnectionFunctionAssociation must be directly in the configuration, and must not contain members of origin mTLS.",
  ),
  source: sources.viewerMtlsConfig,
  says,
  *check(distribution, { servedMembers }) {
    const { soundUpTo, members, served } = distribution;
    const misplaced = members.unknown.flatMap(({ member, shape }) => {
      const home =
        member.start >= soundUpTo || served?.has(member.spelled) === true || servedMembers?.has(member.spelled) === true
          ? undefined
          : homeOf(member, shape.name);
      return home === undefined ? [] : [{ member, shape: shape.name, home }];
    });
    if (misplaced.length === 0) return;
    const originOf = originFinder(distribution);
    const counts = new Map<string, number>();
    for (const { member } of misplaced) counts.set(member.key, (counts.get(member.key) ?? 0) + 1);
    for (const { member, shape, home } of misplaced) {
      const fixes = counts.get(member.key) === 1 ? fixesOf(member, shape, home, distribution) : [];
      yield {
        at: member.keySpan,
        origin: originOf(member.parent),
        reason: reasonFor(member, shape, home),
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
};

function reasonFor(member: Member, shape: string, home: string): Said {
  const key = member.spelled;
  switch (home) {
    case "DistributionConfig":
      return { code: isOtherName(member) ? "other-name" : "in-config", args: { key, shape } };
    case "MutualAuthentication":
      return { code: isCalled(member, balancersBlock) ? "load-balancer" : "load-balancer-store", args: { key } };
    case "OriginMtlsConfig":
    case "CustomOriginConfig":
      return { code: "of-origin", args: { key, home, shape } };
    default:
      return { code: shape === "OriginMtlsConfig" ? "of-viewer" : "elsewhere", args: { key, shape, home } };
  }
}

/** Only where the place is plain, and nothing like it stands there. */
function fixesOf(
  member: Member,
  shape: string,
  home: string,
  { node, whole, viewerMtls }: Distribution,
): readonly Fix<Said>[] {
  const to = (object: ObjectNode | undefined, reason: Said): readonly Fix<Said>[] =>
    object === undefined || memberOf(object, member.key) !== undefined
      ? []
      : [{ reason, safe: false, changes: [{ kind: "move", member, to: object }] }];
  const intoConfig: Said = { code: "move-into-config", args: { key: member.spelled } };
  // What is written for an origin may be meant for it: moved, it would decide about viewers.
  if (shape === "OriginMtlsConfig" || shape === "CustomOriginConfig" || shape === "Origin") {
    if (home !== "DistributionConfig" || !whole || isOtherName(member)) return [];
    return to(node, intoConfig);
  }
  switch (home) {
    case "DistributionConfig":
      return isOtherName(member) || isViewerMtlsAlone(node) ? [] : to(node, intoConfig);
    case "ViewerMtlsConfig":
      return viewerMtls?.inPlace === true
        ? to(viewerMtls.object, { code: "move", args: { key: member.spelled, home } })
        : [];
    case "TrustStoreConfig":
      return viewerMtls?.inPlace === true && viewerMtls.object === member.parent
        ? intoTrustStore(member, viewerMtls.object)
        : [];
    default:
      return [];
  }
}

function isOtherName({ key }: Member): boolean {
  return key !== "ViewerMtlsConfig" && key !== "ConnectionFunctionAssociation";
}

/** What stands beside `TrustStoreConfig`, or where it should be. */
function intoTrustStore(member: Member, block: ObjectNode): readonly Fix<Said>[] {
  const inner = objectAt(block, "TrustStoreConfig");
  const reason: Said = { code: "move", args: { key: member.spelled, home: "TrustStoreConfig" } };
  if (inner !== undefined)
    return memberOf(inner, member.key) === undefined
      ? [{ reason, safe: false, changes: [{ kind: "move", member, to: inner }] }]
      : [];
  const { value } = member;
  if (memberOf(block, "TrustStoreConfig") !== undefined || value?.kind !== "scalar" || value.value === undefined)
    return [];
  const config: Json = { [member.key]: value.value };
  const changes: readonly Change[] = [
    { kind: "remove", entry: member },
    { kind: "add", to: block, key: "TrustStoreConfig", value: config },
  ];
  return [{ reason, safe: false, changes }];
}
