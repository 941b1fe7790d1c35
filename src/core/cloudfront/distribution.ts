import type { Dialect } from "../dialect/dialect.ts";
import { itemsIn } from "../dialect/shape.ts";
import { dialectOf } from "../dialect/view.ts";
import { keptOfObjects } from "../document/kept.ts";
import {
  booleanOf,
  isComputed,
  type Member,
  memberOf,
  numberOf,
  type ObjectNode,
  objectAt,
  type ScalarNode,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import { perStep, type Steps } from "../steps.ts";
import { type MemberFacts, membersOfFragment, readMembers } from "./members.ts";
import { arnOf, findBlocks, findInner, isNothing, type MtlsBlock, type MtlsState, names } from "./origin-mtls.ts";
import { homeOf, isViewerMtlsAlone, readViewerMtls, readViewerMtlsAlone, type ViewerMtls } from "./viewer-mtls.ts";

/** A distribution config, or a part of one, as rules ask about it. */
export interface Distribution {
  readonly node: ObjectNode;
  readonly dialect: Dialect;
  /** The whole config, not a fragment of it: what is missing is missing. */
  readonly whole: boolean;
  /** The text is well formed: what is not seen is not there. */
  readonly complete: boolean;
  /** Where the text stops being well formed; behind it, it is not known what is inside what. */
  readonly soundUpTo: number;
  /**
   * Names of members that the service itself sent, where the config is its answer: unknown to us, and no slip for
   * anything.
   */
  readonly served: ReadonlySet<string> | undefined;
  readonly origins: readonly Origin[];
  readonly originGroups: readonly OriginGroup[];
  readonly behaviors: readonly Behavior[];
  /** Blocks that stand at no origin, where it is not plain which one they are meant for. */
  readonly strayBlocks: readonly MtlsBlock[];
  /** mTLS between viewers and CloudFront: the block that CloudFront reads, or the only one that is meant to be it. */
  readonly viewerMtls: ViewerMtls | undefined;
  /** Measured against the vocabulary. Of a fragment only its `ViewerMtlsConfig` is. */
  readonly members: MemberFacts;
}

/**
 * What may be asked of the distribution about one origin or behavior. What rules find there is kept as long as all of
 * this is the same (`rules/distribution-parts.ts`), so that they must not look at what else stands around it.
 */
export interface Surroundings extends Pick<Distribution, "dialect" | "whole" | "complete" | "soundUpTo" | "served"> {
  readonly viewerMtls: Pick<ViewerMtls, "says" | "on" | "at"> | undefined;
  readonly members: Pick<MemberFacts, "partitions">;
}

export type OriginKind = "custom" | "s3" | "vpc" | "unknown";

export interface Origin {
  readonly node: ObjectNode;
  readonly distribution: Surroundings;
  /** `undefined` where the config does not say it; a number in a fragment stands for none. */
  readonly id: string | undefined;
  readonly domainName: ScalarNode | undefined;
  readonly kind: OriginKind;
  readonly custom: ObjectNode | undefined;
  readonly blocks: readonly MtlsBlock[];
  /** Certificates that stand outside every block. */
  readonly bareArns: readonly Member[];
  readonly mtls: MtlsState;
}

export interface OriginGroup {
  readonly node: ObjectNode;
  readonly id: string | undefined;
  readonly members: readonly { readonly node: ScalarNode; readonly origin: Origin | undefined }[];
  /** Those of the members that the config has. */
  readonly origins: readonly Origin[];
}

export interface Behavior {
  readonly node: ObjectNode;
  readonly distribution: Surroundings;
  /** `undefined` for the default cache behavior. */
  readonly pathPattern: string | undefined;
  readonly target: ScalarNode | undefined;
  /** The origins it may send a request to: one, or the members of an origin group. */
  readonly origins: readonly Origin[];
  /** Reached through a group. */
  readonly group: OriginGroup | undefined;
}

/**
 * @param parts where the origins are, for a fragment that is not the config itself
 */
export function* readDistribution(
  node: ObjectNode,
  {
    whole,
    soundUpTo,
    origins: originNodes,
    served,
  }: {
    readonly whole: boolean;
    readonly soundUpTo: number;
    readonly origins: readonly OriginPart[];
    readonly served?: ReadonlySet<string> | undefined;
  },
): Steps<Distribution> {
  const dialect = dialectOf(node);
  const origins: Origin[] = [];
  const originGroups: OriginGroup[] = [];
  const behaviors: Behavior[] = [];
  const stray = strayBlocks(node, originNodes, dialect, served);
  const taker = takerOf(originNodes);
  const members = whole ? yield* readMembers(node, "DistributionConfig", served) : yield* membersOfFragment(node);
  const distribution: Distribution = {
    node,
    dialect,
    whole,
    complete: soundUpTo === Number.POSITIVE_INFINITY,
    soundUpTo,
    served,
    origins,
    originGroups,
    behaviors,
    strayBlocks: taker === undefined ? stray : [],
    viewerMtls: viewerMtlsOf(node, members, served),
    members,
  };
  for (const part of originNodes) {
    if (origins.length % perStep === perStep - 1) yield;
    origins.push(readOrigin(part, distribution, part === taker ? stray : []));
  }

  const byId = new Map<string, Origin>();
  for (const origin of origins) if (origin.id !== undefined && !byId.has(origin.id)) byId.set(origin.id, origin);
  for (const group of itemsIn(valueOf(node, "OriginGroups"))) {
    if (group.kind === "object") originGroups.push(readGroup(group, byId));
  }
  const groupsById = new Map<string, OriginGroup>();
  for (const group of originGroups)
    if (group.id !== undefined && !groupsById.has(group.id)) groupsById.set(group.id, group);

  const behaviorNodes = [valueOf(node, "DefaultCacheBehavior"), ...itemsIn(valueOf(node, "CacheBehaviors"))];
  for (const behavior of behaviorNodes) {
    if (behaviors.length % perStep === perStep - 1) yield;
    if (behavior?.kind === "object") behaviors.push(readBehavior(behavior, distribution, byId, groupsById));
  }
  return distribution;
}

function viewerMtlsOf(
  node: ObjectNode,
  { unknown }: MemberFacts,
  served: ReadonlySet<string> | undefined,
): ViewerMtls | undefined {
  const block = memberOf(node, "ViewerMtlsConfig");
  if (block !== undefined) return readViewerMtls(block, true);
  if (isViewerMtlsAlone(node)) return readViewerMtlsAlone(node);
  const [meant, another] = unknown.filter(
    ({ member, shape, meant }) =>
      served?.has(member.spelled) !== true &&
      (meant === "ViewerMtlsConfig" ||
        (homeOf(member, shape.name) === "DistributionConfig" && member.key !== "ConnectionFunctionAssociation")),
  );
  return meant === undefined || another !== undefined ? undefined : readViewerMtls(meant.member, false);
}

/** An origin, or in a fragment only its `CustomOriginConfig`. */
export interface OriginPart {
  readonly node: ObjectNode;
  readonly custom?: ObjectNode;
}

function readOrigin(part: OriginPart, distribution: Distribution, stray: readonly MtlsBlock[]): Origin {
  const { dialect, served } = distribution;
  const own = ownOf(part, dialect, served);
  if (stray.length === 0) return { ...own, distribution };
  const blocks = [...own.blocks, ...stray];
  return { ...own, distribution, blocks, mtls: mtlsState(own.kind, blocks) };
}

/** What stands in an origin itself. */
type OwnOrigin = Omit<Origin, "distribution">;

const ownOrigins = keptOfObjects<{
  readonly custom: ObjectNode | undefined;
  readonly dialect: Dialect;
  readonly served: ReadonlySet<string> | undefined;
  readonly own: OwnOrigin;
}>();

/** The same object, with the same blocks, as long as nothing in the origin was read again. */
function ownOf(part: OriginPart, dialect: Dialect, served: ReadonlySet<string> | undefined): OwnOrigin {
  const known = ownOrigins.of(part.node);
  if (known !== undefined && known.custom === part.custom && known.dialect === dialect && known.served === served)
    return known.own;
  const own = readOwn(part, dialect, served);
  ownOrigins.keep(part.node, { custom: part.custom, dialect, served, own });
  return own;
}

function readOwn(
  { node, custom: only }: OriginPart,
  dialect: Dialect,
  served: ReadonlySet<string> | undefined,
): OwnOrigin {
  const custom = only ?? objectAt(node, "CustomOriginConfig");
  const s3 = objectAt(node, "S3OriginConfig");
  const vpc = objectAt(node, "VpcOriginConfig");
  const domainName = only === undefined ? valueOf(node, "DomainName") : undefined;
  const inner = findInner([custom, node, s3, vpc], dialect, served);
  const blocks = [
    ...findBlocks(custom, "custom", dialect, served),
    ...(only === undefined ? findBlocks(node, "origin", dialect, served) : []),
    ...findBlocks(s3, "s3", dialect, served),
    ...findBlocks(vpc, "vpc", dialect, served),
    ...inner.blocks,
  ];
  // CloudFront's own outputs give an S3 origin an empty S3OriginConfig, and each origin just one of the three.
  const kind: OriginKind =
    custom !== undefined ? "custom" : s3 !== undefined ? "s3" : vpc !== undefined ? "vpc" : "unknown";
  return {
    node,
    id: only === undefined ? stringOf(valueOf(node, "Id")) : undefined,
    domainName: domainName?.kind === "scalar" ? domainName : undefined,
    kind,
    custom,
    blocks,
    bareArns: [custom, node, s3, vpc]
      .flatMap((object, index, objects) =>
        objects.indexOf(object) === index ? (memberOf(object, names.arn) ?? []) : [],
      )
      .filter((member) => !isNothing(member))
      .concat(inner.bareArns),
    mtls: mtlsState(kind, blocks),
  };
}

function mtlsState(kind: OriginKind, blocks: readonly MtlsBlock[]): MtlsState {
  // On an S3 or VPC origin no block can become one that works.
  if (kind === "s3" || kind === "vpc") return "off";
  // Without a certificate named it is nothing yet, whatever else is written.
  const named = blocks.filter(
    (block) => block.says === "on" && ((arnOf(block) ?? "") !== "" || isComputed(block.certificate)),
  );
  if (
    named.some(
      ({ place, member, object }) =>
        place === "custom" && member.key === names.block && memberOf(object, names.arn) !== undefined,
    )
  )
    return "on";
  return named.length > 0 ? "meant" : "off";
}

function strayBlocks(
  node: ObjectNode,
  origins: readonly OriginPart[],
  dialect: Dialect,
  served: ReadonlySet<string> | undefined,
): MtlsBlock[] {
  if (origins.some((part) => part.node === node)) return [];
  const originsNode = objectAt(node, "Origins");
  return [
    ...findBlocks(node, "distribution", dialect, served),
    ...findBlocks(originsNode, "distribution", dialect, served),
  ];
}

/** The one origin that blocks outside all origins can be meant for. */
function takerOf(origins: readonly OriginPart[]): OriginPart | undefined {
  const [taker, another] = origins.filter(({ node }) => objectAt(node, "CustomOriginConfig") !== undefined);
  return another === undefined ? taker : undefined;
}

function readGroup(node: ObjectNode, byId: ReadonlyMap<string, Origin>): OriginGroup {
  const members: { node: ScalarNode; origin: Origin | undefined }[] = [];
  for (const item of itemsIn(valueOf(node, "Members"))) {
    const id = valueOf(item, "OriginId");
    if (id?.kind === "scalar" && typeof id.value === "string") members.push({ node: id, origin: byId.get(id.value) });
  }
  return { node, id: stringOf(valueOf(node, "Id")), members, origins: members.flatMap(({ origin }) => origin ?? []) };
}

function readBehavior(
  node: ObjectNode,
  distribution: Distribution,
  byId: ReadonlyMap<string, Origin>,
  groupsById: ReadonlyMap<string, OriginGroup>,
): Behavior {
  const target = valueOf(node, "TargetOriginId");
  const id = stringOf(target);
  const origin = id === undefined ? undefined : byId.get(id);
  const group = origin !== undefined || id === undefined ? undefined : groupsById.get(id);
  const origins = origin !== undefined ? [origin] : (group?.origins ?? []);
  const pathPattern = stringOf(valueOf(node, "PathPattern"));
  return { node, distribution, pathPattern, target: target?.kind === "scalar" ? target : undefined, origins, group };
}

/** The port that CloudFront connects to with HTTPS: 443 where the config names none. */
export function httpsPortOf({ custom }: Pick<Origin, "custom">): number {
  return numberOf(valueOf(custom, "HTTPSPort")) ?? 443;
}

/** The `GrpcConfig.Enabled` that turns gRPC on. */
export function grpcOf(behavior: Behavior): ScalarNode | undefined {
  const enabled = valueOf(behavior.node, "GrpcConfig", "Enabled");
  return enabled?.kind === "scalar" && booleanOf(enabled) === true ? enabled : undefined;
}

/** The event types of the Lambda@Edge functions of a behavior, also where the case is not the API's. */
export function lambdaEventsOf(behavior: Behavior): { readonly node: ScalarNode; readonly event: string }[] {
  const found: { node: ScalarNode; event: string }[] = [];
  for (const item of itemsIn(valueOf(behavior.node, "LambdaFunctionAssociations"))) {
    const event = valueOf(item, "EventType");
    if (event?.kind === "scalar" && typeof event.value === "string")
      found.push({ node: event, event: event.value.toLowerCase().replaceAll("_", "-") });
  }
  return found;
}
