import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { itemsIn } from "../../dialect/shape.ts";
import type { Change } from "../../document/change.ts";
import { booleanOf, type Member, memberOf, type Node, objectAt, stringOf, valueOf } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { originFinder } from "../related.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  standard: ({ key }: { key: string }) =>
    l10n.t("Only standard distributions have {0}. This distribution is multi-tenant. Remove {0}.", key),
  "standard-values": ({ key }: { key: string }) =>
    l10n.t("Only standard distributions have {0}. This distribution is multi-tenant. Use a cache policy instead.", key),
  "standard-identity": ({ key }: { key: string }) =>
    l10n.t(
      "Only standard distributions have {0}. This distribution is multi-tenant. Set {0} to an empty string, and use origin access control.",
      key,
    ),
  tenant: ({ key, mode }: { key: string; mode: string }) =>
    l10n.t("Only multi-tenant distributions have {0}. Remove it, or set ConnectionMode to {1}.", key, mode),
  mode: () => l10n.t("The connection mode is set here."),
  empty: ({ key }: { key: string }) => l10n.t("Set {0} to an empty string", key),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
} satisfies Says;

export const connectionMode: Rule<Distribution, typeof says> = {
  id: "distribution/connection-mode",
  severity: "error",
  requires: l10n.t(
    "A multi-tenant distribution must not have members that only standard distributions have, and a standard distribution must not have TenantConfig.",
  ),
  source: sources.multiTenant,
  says,
  *check(distribution) {
    const { node, soundUpTo } = distribution;
    const mode = valueOf(node, "ConnectionMode");
    const word = stringOf(mode);
    if (mode === undefined || word === undefined || mode.start >= soundUpTo) return;
    const originOf = originFinder(distribution);
    const tenant = memberOf(node, "TenantConfig");
    const wrong =
      word === "tenant-only" ? ofStandard(distribution) : word === "direct" && isSet(tenant?.value) ? [tenant] : [];
    for (const member of wrong) {
      if (member === undefined || member.start >= soundUpTo) continue;
      const key = member.spelled;
      const fixes = without(member);
      yield {
        at: member.keySpan,
        origin: originOf(member.parent),
        reason:
          word === "direct"
            ? { code: "tenant", args: { key, mode: "tenant-only" } }
            : { code: standardCode(member), args: { key } },
        related: [{ at: mode, reason: { code: "mode" } }],
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
  },
};

function standardCode({ key }: Member): "standard" | "standard-values" | "standard-identity" {
  if (key === "ForwardedValues") return "standard-values";
  return key === "OriginAccessIdentity" ? "standard-identity" : "standard";
}

function without(member: Member): readonly Fix<ReasonOf<typeof says>>[] {
  const { key, spelled, value } = member;
  // Without them a behavior needs a cache policy, which only the user can choose.
  if (key === "ForwardedValues" || value === undefined) return [];
  // A bucket has to have this one, be it empty.
  const change: Change =
    key === "OriginAccessIdentity" ? { kind: "set", node: value, value: "" } : { kind: "remove", entry: member };
  const code = change.kind === "set" ? "empty" : "remove";
  return [{ reason: { code, args: { key: spelled } }, safe: false, changes: [change] }];
}

/** What is set, and what a multi-tenant distribution has none of. What is empty or off, answers have as well. */
function ofStandard({ node, behaviors, origins }: Distribution): readonly (Member | undefined)[] {
  const own = ["Aliases", "ContinuousDeploymentPolicyId", "Staging", "PriceClass"].map((key) => memberOf(node, key));
  const certificate = memberOf(objectAt(node, "ViewerCertificate"), "IAMCertificateId");
  const inBehaviors = behaviors.flatMap((behavior) =>
    ["TrustedSigners", "SmoothStreaming", "ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"].map((key) =>
      memberOf(behavior.node, key),
    ),
  );
  const identities = origins.map((origin) => memberOf(objectAt(origin.node, "S3OriginConfig"), "OriginAccessIdentity"));
  return [...own, certificate, ...inBehaviors, ...identities].filter((member) => isSet(member?.value));
}

function isSet(node: Node | undefined): boolean {
  switch (node?.kind) {
    case "scalar":
      return typeof node.value === "number" || node.value === true || ((stringOf(node) ?? "") !== "" && !isNone(node));
    case "object":
      if (memberOf(node, "Enabled") !== undefined) return booleanOf(valueOf(node, "Enabled")) === true;
      return memberOf(node, "Quantity") !== undefined || memberOf(node, "Items") !== undefined
        ? itemsIn(node).length > 0
        : node.members.length > 0;
    case "list":
      return node.items.length > 0;
    default:
      return false;
  }
}

/** The price class that multi-tenant distributions have. */
function isNone(node: Node): boolean {
  return stringOf(node) === "None";
}
