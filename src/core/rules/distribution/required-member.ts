import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Distribution, Origin } from "../../cloudfront/distribution.ts";
import { isBucketHost } from "../../cloudfront/hosts.ts";
import { names } from "../../cloudfront/origin-mtls.ts";
import { nameOf } from "../../dialect/spell.ts";
import {
  booleanOf,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  stringOf,
  valueOf,
} from "../../document/tree.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { findingsKept } from "../kept-findings.ts";
import { mayBecomeMore, nameSpanOf, originFinder } from "../related.ts";
import type { Finding, Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const originTypes = new Set(["CustomOriginConfig", "S3OriginConfig", "VpcOriginConfig"]);

const says = {
  missing: ({ shape, key }: { shape: string; key: string }) => l10n.t("{0} requires {1}.", shape, key),
  "missing-in-config": ({ shape, key }: { shape: string; key: string }) =>
    l10n.t("{0} requires {1}. An update replaces the whole configuration, so it must be complete.", shape, key),
  "add-quantity": ({ name, count }: { name: string; count: number }) => l10n.t("Add {0} {1}", name, count),
  "no-origin": () => l10n.t("A distribution must have at least one origin."),
  "no-type": () =>
    l10n.t("An origin must have one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has none."),
  "two-types": ({ first, second }: { first: string; second: string }) =>
    l10n.t(
      "An origin must have only one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has {0} and {1}.",
      first,
      second,
    ),
  "bucket-and-mtls": ({ custom, s3, block }: { custom: string; s3: string; block: string }) =>
    l10n.t(
      "An origin must have only one of CustomOriginConfig, S3OriginConfig, and VpcOriginConfig. This origin has {1} and {0}. It is an S3 bucket, and {2} belongs to a custom origin. Buckets do not support origin mTLS.",
      custom,
      s3,
      block,
    ),
  "remove-type": ({ key, block }: { key: string; block: string }) => l10n.t("Remove {0} with its {1}", key, block),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
  "first-type": ({ key }: { key: string }) => key,
  "no-shield-region": () => l10n.t("If OriginShield is enabled, it requires OriginShieldRegion."),
} satisfies Says;

export const requiredMember: Rule<Distribution, typeof says> = {
  id: "distribution/required-member",
  severity: "error",
  requires: l10n.t("A configuration must have every member that the API requires."),
  source: sources.distributionConfig,
  says,
  *check(distribution) {
    const { node, whole, complete, origins, members, dialect } = distribution;
    if (!whole || !complete) return;
    const originOf = originFinder(distribution);
    for (const { object, shape, key } of members.missing) {
      // A missing certificate is origin/client-certificate-arn.
      if (shape.name === "OriginMtlsConfig" || isInBlockOfBucket(object)) continue;
      const isOfConfig = shape.name === "DistributionConfig" && dialect.deployedBy === undefined;
      const code = isOfConfig ? "missing-in-config" : "missing";
      const fixes = key === "Quantity" ? addQuantity(object) : [];
      yield {
        at: nameSpanOf(object),
        origin: originOf(object),
        reason: { code, args: { shape: shape.name, key: nameOf(object, key) } },
        ...(fixes.length === 0 ? {} : { fixes }),
      };
    }
    // What else an object of the dialect must have, others say.
    if (dialect.judged !== undefined) return;
    const items = valueOf(node, "Origins", "Items");
    if (items?.kind === "list" && items.items.length === 0) yield { at: items, reason: { code: "no-origin" } };
    for (const origin of origins) yield* inOrigin(origin);
  },
};

/** Where the items are there, they say how many they are. */
function addQuantity(list: ObjectNode): readonly Fix<ReasonOf<typeof says>>[] {
  const items = valueOf(list, "Items");
  if (items?.kind !== "list" || mayBecomeMore(items)) return [];
  const count = items.items.length;
  return [
    {
      reason: { code: "add-quantity", args: { name: nameOf(list, "Quantity"), count } },
      safe: true,
      changes: [{ kind: "add", to: list, key: "Quantity", value: count }],
    },
  ];
}

const inOrigin = findingsKept(judgeOrigin);

function* judgeOrigin({ node, id }: Pick<Origin, "node" | "id">): Iterable<Finding<ReasonOf<typeof says>>> {
  const types = typesOf(node);
  const [first, second] = twoObjects(node);
  if (types.size === 0)
    yield {
      at: nameSpanOf(node),
      origin: id,
      reason: { code: "no-type" },
    };
  if (first !== undefined && second !== undefined) {
    const related: Finding<ReasonOf<typeof says>>["related"] = [
      { at: first.keySpan, reason: { code: "first-type", args: { key: first.spelled } } },
    ];
    yield { at: second.keySpan, origin: id, related, ...twoTypes(node, first, second) };
  }
  const shield = objectAt(node, "OriginShield");
  if (
    shield !== undefined &&
    booleanOf(valueOf(shield, "Enabled")) === true &&
    (memberOf(shield, "OriginShieldRegion") === undefined || isNull(valueOf(shield, "OriginShieldRegion")))
  ) {
    yield {
      at: nameSpanOf(shield),
      origin: id,
      reason: { code: "no-shield-region" },
    };
  }
}

/** The last of each name, as JSON readers decide. */
function typesOf(origin: ObjectNode): ReadonlyMap<string, Member> {
  return new Map(
    origin.members.flatMap((member) =>
      originTypes.has(member.key) && !isNull(member.value) ? [[member.key, member]] : [],
    ),
  );
}

function twoObjects(origin: ObjectNode): readonly Member[] {
  return [...typesOf(origin).values()].filter(({ value }) => value?.kind === "object").slice(0, 2);
}

/** A block of origin mTLS shows which of the two is meant, unless the host is a bucket's, which cannot have it. */
function twoTypes(
  origin: ObjectNode,
  first: Member,
  second: Member,
): Pick<Finding<ReasonOf<typeof says>>, "reason" | "fixes"> {
  const reason = { code: "two-types", args: { first: first.spelled, second: second.spelled } } as const;
  const types = mtlsBesideS3(origin, [first, second]);
  if (types === undefined) return { reason };
  const { custom, s3, block, host } = types;
  const remove = (entry: Member) => ({ safe: false, changes: [{ kind: "remove", entry }] }) as const;
  if (isBucketHost(host)) {
    return {
      reason: { code: "bucket-and-mtls", args: { custom: custom.spelled, s3: s3.spelled, block: block.spelled } },
      fixes: [
        { reason: { code: "remove-type", args: { key: custom.spelled, block: block.spelled } }, ...remove(custom) },
      ],
    };
  }
  return { reason, fixes: [{ reason: { code: "remove", args: { key: s3.spelled } }, ...remove(s3) }] };
}

/** A custom origin's block with origin mTLS beside the one of an S3 origin, where the host is known. */
function mtlsBesideS3(
  origin: ObjectNode,
  types: readonly Member[],
): { readonly custom: Member; readonly s3: Member; readonly block: Member; readonly host: string } | undefined {
  const custom = types.find(({ key }) => key === "CustomOriginConfig");
  const s3 = types.find(({ key }) => key === "S3OriginConfig");
  const block = memberOf(custom?.value, names.block);
  const host = stringOf(valueOf(origin, "DomainName")) ?? "";
  return custom === undefined || s3 === undefined || block === undefined || host === "" || isTemplated(host)
    ? undefined
    : { custom, s3, block, host };
}

/** What must go as a whole ("bucket-and-mtls") lacks nothing. */
function isInBlockOfBucket(object: ObjectNode): boolean {
  for (let custom: Node | undefined = object, depth = 0; custom !== undefined && depth < 3; depth++) {
    const origin: Node | undefined = custom.parent;
    if (origin?.kind === "object" && blockOfBucket(origin) === custom) return true;
    custom = origin;
  }
  return false;
}

/** An object in which much is missing asks once. */
const ofBuckets = new WeakMap<ObjectNode, Node | null>();

/** The custom origin's block, where the object is an origin that is a bucket. */
function blockOfBucket(origin: ObjectNode): Node | null {
  const known = ofBuckets.get(origin);
  if (known !== undefined) return known;
  const types = mtlsBesideS3(origin, twoObjects(origin));
  const block = types !== undefined && isBucketHost(types.host) ? (types.custom.value ?? null) : null;
  ofBuckets.set(origin, block);
  return block;
}

/** How some tools write what is not there. */
function isNull(node: Node | undefined): boolean {
  return node?.kind === "scalar" && node.value === null;
}
