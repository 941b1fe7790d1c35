import type { Change } from "../document/change.ts";
import { type Member, memberOf, type ObjectNode } from "../document/tree.ts";

/**
 * What a behavior has instead of a cache policy: CloudFront refuses each of them beside one, and the policy has
 * settings of its own for them (CFDG/distribution-overview-required-fields).
 */
const instead = ["ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"] as const;

export function isInsteadOfCachePolicy(key: string): boolean {
  return instead.some((one) => one === key);
}

/** The members of a behavior that no cache policy may stand beside; null is how some tools write what is not there. */
export function besidesCachePolicy(behavior: ObjectNode): readonly Member[] {
  return instead.flatMap((key) => {
    const member = memberOf(behavior, key);
    return member?.value === undefined || isNull(member) ? [] : [member];
  });
}

/** Whether a behavior names a cache policy, or is about to. */
export function hasCachePolicy(behavior: ObjectNode): boolean {
  const member = memberOf(behavior, "CachePolicyId");
  return member !== undefined && !isNull(member);
}

/** A behavior gets a cache policy, and loses what CloudFront refuses beside it. */
export function useCachePolicy(behavior: ObjectNode, id: string): readonly Change[] {
  const value = memberOf(behavior, "CachePolicyId")?.value;
  return [
    value === undefined
      ? { kind: "add", to: behavior, key: "CachePolicyId", value: id }
      : { kind: "set", node: value, value: id },
    ...besidesCachePolicy(behavior).map((entry): Change => ({ kind: "remove", entry })),
  ];
}

function isNull({ value }: Member): boolean {
  return value?.kind === "scalar" && value.value === null;
}
