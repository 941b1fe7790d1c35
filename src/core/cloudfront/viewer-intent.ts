import { isTemplated } from "../arn.ts";
import { isDecidedLater } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import {
  type Json,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import { hasCachePolicy, useCachePolicy } from "./cache-policy.ts";
import type { Beside, Config } from "./config.ts";
import type { Behavior, Distribution } from "./distribution.ts";
import { cachingDisabled, homeOf, isFlagOfViewerMtls, type ViewerMode } from "./viewer-mtls.ts";

/** What becomes of viewers who come by plain HTTP. */
export type HttpAnswer = "redirect-to-https" | "https-only";

/** What a user wants to become true of a distribution and its viewers. */
export type ViewerIntent =
  | {
      readonly kind: "enable";
      readonly mode: ViewerMode;
      /** `undefined` with passthrough, which has none. */
      readonly trustStore: string | undefined;
      /** For the behaviors that take plain HTTP now. */
      readonly http: HttpAnswer;
    }
  | { readonly kind: "disable" };

/** Why an intent cannot be carried out on a config. The words for it are the host's. */
export type ViewerUnfit = "part" | "unclear-blocks" | "already-off" | "conditional";

/** Members of viewer mTLS beside the config, where CloudFront does not see them. */
export function viewersBeside({ wrapper }: Pick<Config, "wrapper">): readonly Beside[] {
  return wrapper?.beside.filter(({ home, isMtls }) => home === "config" && isMtls) ?? [];
}

/** `undefined`: it can. */
export function viewerUnfitFor(
  config: Pick<Config, "distribution" | "wrapper">,
  intent: ViewerIntent["kind"],
): ViewerUnfit | undefined {
  return viewersBeside(config).length > 0 ? "unclear-blocks" : unfitFor(config.distribution, intent);
}

function unfitFor(distribution: Distribution, intent: ViewerIntent["kind"]): ViewerUnfit | undefined {
  const { whole, node, viewerMtls, members } = distribution;
  if (isDecidedLater(node, "ViewerMtlsConfig")) return "conditional";
  // An origin, or a list of them, has no place for the block.
  if (!whole && viewerMtls === undefined) return "part";
  const isMisplaced = members.unknown.some(
    ({ member, shape, meant }) =>
      meant === "ViewerMtlsConfig" || (member.key === "ViewerMtlsConfig" && homeOf(member, shape.name) !== undefined),
  );
  // Something already means viewer mTLS, but not where or how the API reads it: its quick fix comes first.
  if (isMisplaced || viewerMtls?.inPlace === false) return "unclear-blocks";
  if (intent === "enable") return undefined;
  if (memberOf(node, "ViewerMtlsConfig") !== undefined) return undefined;
  // What stands in the block cannot take it out.
  return viewerMtls === undefined ? "already-off" : "part";
}

/** The changes that make an intent true of a fit config; none where it already is. */
export function viewerChangesFor(distribution: Distribution, intent: ViewerIntent): Change[] {
  if (unfitFor(distribution, intent.kind) !== undefined) return [];
  const { node, viewerMtls } = distribution;
  if (intent.kind === "disable") {
    const block = memberOf(node, "ViewerMtlsConfig");
    return block === undefined ? [] : offWith(distribution, block).map((entry) => ({ kind: "remove", entry }));
  }
  const block = viewerMtls?.object;
  const written: Change[] =
    block === undefined
      ? withBlock(node, intent)
      : [...withMode(block, intent.mode), ...withTrustStore(block, intent), ...withoutFlags(block, intent)];
  return [
    ...written,
    ...plainHttpBehaviors(distribution).flatMap(({ node: behavior }) =>
      set(valueOf(behavior, "ViewerProtocolPolicy"), intent.http),
    ),
    ...(http3Of(distribution) === undefined ? [] : set(valueOf(node, "HttpVersion"), "http2")),
    ...(intent.mode === "passthrough" ? withoutCaches(distribution) : []),
  ];
}

function blockFor({ mode, trustStore }: ViewerIntent & { readonly kind: "enable" }): Json {
  return { Mode: mode, ...(trustStore === undefined ? {} : { TrustStoreConfig: { TrustStoreId: trustStore } }) };
}

function withBlock(config: ObjectNode, intent: ViewerIntent & { readonly kind: "enable" }): Change[] {
  // A null in the block's place is no block, but its name is taken.
  const taken = memberOf(config, "ViewerMtlsConfig")?.value;
  return [
    taken === undefined
      ? { kind: "add", to: config, key: "ViewerMtlsConfig", value: blockFor(intent) }
      : { kind: "set", node: taken, value: blockFor(intent) },
  ];
}

function withMode(block: ObjectNode, mode: ViewerMode): Change[] {
  const value = valueOf(block, "Mode");
  if (value === undefined) return [{ kind: "add", to: block, key: "Mode", value: mode }];
  return stringOf(value) === mode ? [] : set(value, mode);
}

function withTrustStore(block: ObjectNode, { trustStore }: ViewerIntent & { readonly kind: "enable" }): Change[] {
  const member = memberOf(block, "TrustStoreConfig");
  if (trustStore === undefined) return member === undefined ? [] : [{ kind: "remove", entry: member }];
  const config = objectAt(block, "TrustStoreConfig");
  if (config === undefined) {
    const value = { TrustStoreId: trustStore };
    return member?.value === undefined
      ? [{ kind: "add", to: block, key: "TrustStoreConfig", value }]
      : set(member.value, value);
  }
  const id = valueOf(config, "TrustStoreId");
  if (id === undefined) return [{ kind: "add", to: config, key: "TrustStoreId", value: trustStore }];
  return stringOf(id) === trustStore ? [] : set(id, trustStore);
}

/** A flag that says no would be left beside a mode. */
function withoutFlags(block: ObjectNode, { trustStore }: ViewerIntent & { readonly kind: "enable" }): Change[] {
  const inside = trustStore === undefined ? undefined : objectAt(block, "TrustStoreConfig");
  return [
    ...block.members.filter((member) => isFlagOfViewerMtls(member, "ViewerMtlsConfig")),
    ...(inside?.members ?? []).filter((member) => isFlagOfViewerMtls(member, "TrustStoreConfig")),
  ].map((entry) => ({ kind: "remove", entry }));
}

/** What goes with the block of viewer mTLS: a connection function requires it. */
export function offWith({ node }: Distribution, block: Member): readonly Member[] {
  const association = memberOf(node, "ConnectionFunctionAssociation");
  return association === undefined ? [block] : [block, association];
}

function set(node: Node | undefined, value: Json): Change[] {
  return node === undefined ? [] : [{ kind: "set", node, value }];
}

/** The behaviors that take plain HTTP, which none may with viewer mTLS. */
export function plainHttpBehaviors({ behaviors }: Distribution): readonly Behavior[] {
  return behaviors.filter(({ node }) => stringOf(valueOf(node, "ViewerProtocolPolicy")) === "allow-all");
}

/** The `HttpVersion` that offers HTTP/3, which must be off with viewer mTLS. */
export function http3Of({ node }: Distribution): string | undefined {
  const version = stringOf(valueOf(node, "HttpVersion"));
  return version === "http3" || version === "http2and3" ? version : undefined;
}

/**
 * The behaviors with another cache policy than the only one with passthrough, or with none. What `ForwardedValues`
 * sends to the origin no cache policy does: behaviors with them are not simply given one.
 */
export function cachingBehaviors({ behaviors, whole, complete }: Distribution): readonly Behavior[] {
  return behaviors.filter(({ node }) => {
    if (!hasCachePolicy(node)) return whole && complete && memberOf(node, "ForwardedValues") === undefined;
    const policy = stringOf(valueOf(node, "CachePolicyId"));
    return policy !== undefined && policy.toLowerCase() !== cachingDisabled && !isTemplated(policy);
  });
}

function withoutCaches(distribution: Distribution): Change[] {
  return cachingBehaviors(distribution).flatMap(({ node }) => useCachePolicy(node, cachingDisabled));
}

/** The id of the trust store that a config names already. */
export function trustStoreOf({ viewerMtls }: Distribution): string | undefined {
  const id = stringOf(viewerMtls?.trustStoreId);
  return id === undefined || id === "" ? undefined : id;
}
