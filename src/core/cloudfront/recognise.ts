import { itemsIn } from "../dialect/shape.ts";
import { dialectOf, seen } from "../dialect/view.ts";
import type { Reading } from "../document/reading.ts";
import { memberOf, type Node, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import type { Steps } from "../steps.ts";
import type { Config, Wrapper } from "./config.ts";
import { isDescription } from "./description.ts";
import { type Distribution, type OriginPart, readDistribution } from "./distribution.ts";
import { findBlocks } from "./origin-mtls.ts";
import { isViewerMtlsAlone } from "./viewer-mtls.ts";
import { wrapperOf } from "./wrapper.ts";

/** The config that an object is, holds as its wrapper does, or is a part of. */
export function* recogniseConfig(root: Node, reading: Reading): Steps<Config | undefined> {
  if (root.kind !== "object") return undefined;
  // What is a config is one, whatever else stands in it by mistake.
  const wrapper = isWhole(root) ? undefined : wrapperOf(root, isWhole);
  if (wrapper !== undefined) {
    const node = wrapper.member.value;
    if (node?.kind !== "object" || isSkeleton(node)) return undefined;
    return isWhole(node) ? configOf(yield* wholeOf(node, reading), wrapper) : yield* fragment(node, reading);
  }
  if (isSummary(root)) return undefined;
  if (isWhole(root)) return isSkeleton(root) ? undefined : configOf(yield* wholeOf(root, reading), undefined);
  return yield* fragment(root, reading);
}

function configOf(distribution: Distribution, wrapper: Wrapper | undefined): Config {
  return { kind: "distribution", wrapper, distribution };
}

function* fragment(node: ObjectNode, { soundUpTo, isTemplate }: Reading): Steps<Config | undefined> {
  const parts = fragmentOf(node);
  if (parts === undefined || isTemplate()) return undefined;
  const [first] = parts;
  const part = first?.custom === node ? "CustomOriginConfig" : first?.node === node ? "Origin" : undefined;
  if (isDescription(node, part ?? (isViewerMtlsAlone(node) ? "ViewerMtlsConfig" : "DistributionConfig")))
    return undefined;
  return configOf(yield* readDistribution(node, { whole: false, soundUpTo, origins: parts }), undefined);
}

function wholeOf(node: ObjectNode, { soundUpTo, served }: Reading): Steps<Distribution> {
  return readDistribution(node, { whole: true, soundUpTo, served, origins: originsOf(valueOf(node, "Origins")) });
}

function originsOf(origins: Node | undefined): OriginPart[] {
  return itemsIn(origins).flatMap((node) => (node.kind === "object" ? [{ node }] : []));
}

/**
 * `CallerReference` is the API's alone. Without it, `Origins` must be written the API's way, what no selection
 * of a few members has, must be there, and nothing of what `--query` selects beside them: in a selection, it is not
 * known what is missing.
 */
function isWhole(node: ObjectNode): boolean {
  // A dialect says what an object is.
  const from = seen(node);
  if (from !== undefined) return from.shape?.name === "DistributionConfig";
  return isNamedWhole(node) && !isDescription(node, "DistributionConfig");
}

function isNamedWhole(node: ObjectNode): boolean {
  const has = (key: string) => memberOf(node, key) !== undefined;
  // CloudFormation's lists are plain; with a CallerReference, which it does not have, they are a mistake.
  if (valueOf(node, "Origins")?.kind === "list" && !has("CallerReference")) return false;
  if (has("CallerReference"))
    return has("Origins") || valueOf(node, "DefaultCacheBehavior", "TargetOriginId") !== undefined;
  const inBehavior = (key: string) => valueOf(node, "DefaultCacheBehavior", key) !== undefined;
  return (
    valueOf(node, "Origins", "Items")?.kind === "list" &&
    has("Enabled") &&
    inBehavior("ViewerProtocolPolicy") &&
    (has("Comment") || inBehavior("TargetOriginId")) &&
    !["Id", ...ofSummaries].some(has)
  );
}

/** What CloudFront says of a distribution that no config has; an `Id` too is none of a config. */
const ofSummaries = ["ARN", "Status", "DomainName", "LastModifiedTime"];

/**
 * `--generate-cli-skeleton` fills every member with a sample: its names are empty, and in that of an answer called as
 * their members.
 */
function isSkeleton(node: ObjectNode): boolean {
  const first = itemsIn(valueOf(node, "Origins"))[0];
  const names = { CallerReference: node, Id: first, DomainName: first };
  const texts = Object.entries(names).map(([key, holder]) => ({ key, text: stringOf(valueOf(holder, key)) }));
  return texts.every(({ text }) => text === "") || texts.every(({ key, text }) => text === key);
}

/** One entry of `list-distributions`, or a selection of its members: it has what no config has. */
function isSummary(node: ObjectNode): boolean {
  const has = (key: string) => memberOf(node, key) !== undefined;
  return !has("CallerReference") && ofSummaries.some(has) && has("Origins");
}

/**
 * Where the origins are in `{Origins}`, in an `Origins` object, in one origin, and in one `CustomOriginConfig`; none
 * are in a `ViewerMtlsConfig`.
 */
function fragmentOf(root: ObjectNode): OriginPart[] | undefined {
  const origins = objectAt(root, "Origins");
  if (origins !== undefined) return someOrigins(origins) ?? (isViewerMtlsPart(root) ? originsOf(origins) : undefined);
  if (isOrigin(root)) return [{ node: root }];
  const blocks = findBlocks(root, "custom", dialectOf(root));
  const has = (key: string) => memberOf(root, key) !== undefined;
  if (
    has("OriginProtocolPolicy") &&
    (has("HTTPSPort") || has("HTTPPort") || blocks.length > 0) &&
    !has("OriginSSLProtocols")
  ) {
    return [{ node: root, custom: root }];
  }
  if (isViewerMtlsPart(root)) return [];
  return memberOf(root, "Items") === undefined ? undefined : someOrigins(root);
}

/**
 * `ViewerMtlsConfig`, alone or beside other members of a config, or what stands in it. CloudFormation calls it the
 * same, and its lists are plain.
 */
function isViewerMtlsPart(root: ObjectNode): boolean {
  if (isViewerMtlsAlone(root)) return true;
  if (objectAt(root, "ViewerMtlsConfig") === undefined || memberOf(root, "IPV6Enabled") !== undefined) return false;
  return !["Origins", "CacheBehaviors", "Aliases", "CustomErrorResponses"].some(
    (key) => valueOf(root, key)?.kind === "list",
  );
}

function someOrigins(origins: ObjectNode): OriginPart[] | undefined {
  const parts = originsOf(origins);
  return parts.some(({ node }) => isOrigin(node)) ? parts : undefined;
}

function isOrigin(node: ObjectNode): boolean {
  const custom = objectAt(node, "CustomOriginConfig");
  if (memberOf(custom, "OriginSSLProtocols") !== undefined) return false;
  if (custom !== undefined) return true;
  if (memberOf(node, "DomainName") === undefined) return false;
  // Of all the ways to misspell the block only these two are telling enough.
  return ["S3OriginConfig", "VpcOriginConfig", "OriginMtlsConfig", "OriginMtls"].some(
    (key) => memberOf(node, key) !== undefined,
  );
}
