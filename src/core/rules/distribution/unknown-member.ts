import * as l10n from "@vscode/l10n";
import type { Distribution } from "../../cloudfront/distribution.ts";
import { meansOriginMtls } from "../../cloudfront/origin-mtls.ts";
import { parameters } from "../../cloudfront/replaced.ts";
import { nestedConfig, ownMtlsMembers, strayMtlsMembers } from "../../cloudfront/stray-mtls.ts";
import { homeOf, isFlagOfViewerMtls } from "../../cloudfront/viewer-mtls.ts";
import { refusalOfAll } from "../../dialect/refusal.ts";
import { type MemberType, type Shape, shapeFor } from "../../dialect/shape.ts";
import { nameOf } from "../../dialect/spell.ts";
import { dialectOf } from "../../dialect/view.ts";
import { isCalled, type Member, type Node, type ObjectNode } from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { mayBecomeMore, originFinder } from "../related.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  unknown: ({ key, shape, refusal }: { key: string; shape: string; refusal: string }) =>
    l10n.t("Unknown member {0} in {1}. {2}", key, shape, refusal),
  slip: ({ key, shape, meant }: { key: string; shape: string; meant: string }) =>
    l10n.t("Unknown member {0} in {1}. Did you mean {2}?", key, shape, meant),
  nested: ({ key }: { key: string }) =>
    l10n.t(
      "The configuration contains {0}. CloudFront does not see what is in it, and the AWS CLI rejects it. Move its content to the right place in the configuration, and then remove {0}.",
      key,
    ),
  version: ({ key }: { key: string }) =>
    l10n.t(
      "{0} is not a member of a configuration, and the AWS CLI rejects it. The version is a parameter of the call: use it as --if-match.",
      key,
    ),
  id: ({ key }: { key: string }) =>
    l10n.t(
      "{0} is not a member of a configuration, and the AWS CLI rejects it. The ID of the distribution is a parameter of the call: use it as --id.",
      key,
    ),
  tags: ({ key }: { key: string }) =>
    l10n.t(
      "{0} is not a member of a configuration, and the AWS CLI rejects it. Use create-distribution-with-tags for a new distribution, and tag-resource for an existing one.",
      key,
    ),
  answer: ({ key }: { key: string }) =>
    l10n.t(
      "{0} is a member of what CloudFront returns for a distribution, not of its configuration. The AWS CLI rejects it.",
      key,
    ),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "rename-counted": ({ key }: { key: string }) =>
    l10n.t("Rename to {0}, and write it as an object with Quantity and Items", key),
  rename: ({ key }: { key: string }) => l10n.t("Rename to {0}", key),
} satisfies Says;

export const unknownMember: Rule<Distribution, typeof says> = {
  id: "distribution/unknown-member",
  severity: "error",
  requires: l10n.t("A configuration must have only members of the API, in the spelling of the API."),
  source: sources.distributionConfig,
  says,
  *check(distribution, { servedMembers }) {
    const { dialect, soundUpTo, members } = distribution;
    if (members.unknown.length === 0) return;
    const originOf = originFinder(distribution);
    const keysOf = keyFinder();
    const owned = ownMtlsMembers(distribution);
    const stray = new Set(strayMtlsMembers(distribution).map(({ member }) => member));
    for (const { member, shape, meant, isJudged } of members.unknown) {
      if (
        !isJudged ||
        member.start >= soundUpTo ||
        owned.has(member) ||
        // origin/mtls-place
        stray.has(member) ||
        servedMembers?.has(member.spelled) === true ||
        (shape.name === "OriginMtlsConfig" && meansOriginMtls(member, dialect))
      )
        continue;
      // A member of viewer mTLS in the wrong shape: viewer-mtls/place. A flag: viewer-mtls/flag.
      if (homeOf(member, shape.name) !== undefined || isFlagOfViewerMtls(member, shape.name)) continue;
      yield { ...judge(member, shape, meant, keysOf), origin: originOf(member.parent) };
    }
  },
};

/**
 * What stands around a config of the API: parameters of the calls, and what CloudFront returns. No tool will know it
 * inside.
 */
const aroundConfig = [
  [nestedConfig, "nested"],
  [parameters.version, "version"],
  [parameters.id, "id"],
  [/^Tags$/, "tags"],
  [
    /^(ARN|Status|DomainName|LastModifiedTime|InProgressInvalidationBatches|ActiveTrusted(Signers|KeyGroups)|AliasICPRecordals|Location|Res(ult|ponse)Metadata|\$metadata)$/,
    "answer",
  ],
] as const;

/** The names an object has: looked up once, where many of them are wrong. */
function keyFinder(): (object: ObjectNode) => ReadonlySet<string> {
  const known = new Map<ObjectNode, ReadonlySet<string>>();
  return (object) => {
    const keys = known.get(object) ?? new Set(object.members.map(({ key }) => key));
    known.set(object, keys);
    return keys;
  };
}

function judge(
  member: Member,
  shape: Shape,
  meant: string | undefined,
  keysOf: (object: ObjectNode) => ReadonlySet<string>,
): Finding<ReasonOf<typeof says>> {
  const around =
    shape.name === "DistributionConfig" && dialectOf(member.parent).deployedBy === undefined
      ? aroundConfig.find(([name]) => isCalled(member, name))
      : undefined;
  if (around !== undefined) {
    const [, code] = around;
    const reason = { code, args: { key: member.spelled } } as const;
    if (code === "nested") return { at: member.keySpan, reason };
    const fix = { reason: { code: "remove", args: { key: member.spelled } }, safe: false } as const;
    return { at: member.keySpan, reason, fixes: [{ ...fix, changes: [{ kind: "remove", entry: member }] }] };
  }
  if (meant === undefined) {
    return {
      at: member.keySpan,
      severity: "info",
      reason: {
        code: "unknown",
        args: { key: member.spelled, shape: shape.name, refusal: refusalOfAll(member.parent, "unknown") },
      },
    };
  }
  const isFree = !keysOf(member.parent).has(meant);
  const called = nameOf(member.parent, meant);
  const reason = { code: "slip", args: { key: member.spelled, shape: shape.name, meant: called } } as const;
  const rename = { kind: "rename", member, key: meant } as const;
  const type = shape.members.get(meant);
  if (isFree && fits(member.value, type)) {
    const fix = { reason: { code: "rename", args: { key: called } }, safe: false, changes: [rename] } as const;
    return { at: member.keySpan, reason, fixes: [fix] };
  }
  // CloudFormation's plain lists.
  const list = isFree && member.value?.kind === "list" && isCountedOnly(type, shape) ? member.value : undefined;
  if (list === undefined || mayBecomeMore(list)) return { at: member.keySpan, reason };
  const before = { Quantity: list.items.length };
  return {
    at: member.keySpan,
    reason,
    fixes: [
      {
        reason: { code: "rename-counted", args: { key: called } },
        safe: false,
        changes: [rename, { kind: "wrap", node: list, key: "Items", before }],
      },
    ],
  };
}

/** An object of `Quantity` and `Items`, and nothing else that it needs. */
function isCountedOnly(type: MemberType | undefined, within: Shape): boolean {
  const shape = shapeFor(type, within);
  return shape?.members.has("Items") === true && shape.required.every((key) => key === "Quantity" || key === "Items");
}

function fits(value: Node | undefined, type: MemberType | undefined): boolean {
  if (value === undefined || type === undefined) return false;
  if (type.kind === "shape") return value.kind === "object";
  if (type.kind === "list") return value.kind === "list";
  return value.kind === "scalar" && typeof value.value === (type.kind === "enum" ? "string" : type.kind);
}
