import type { LiveBehavior, LiveDistribution, LiveOrigin } from "../core/inventory.ts";

/** A behavior, as seen from an origin that it sends requests to. */
export interface Behavior {
  readonly behavior: LiveBehavior;
  readonly index: number;
  /** Through which group; `undefined`: directly. */
  readonly group: string | undefined;
}

/** What the client certificate of a behavior's origin would break, or breaks: neither is for an origin with mTLS. */
export function isAgainstMtls({ grpc, lambdaEvents }: LiveBehavior): boolean {
  return grpc || lambdaEvents.some((event) => event === "origin-request" || event === "origin-response");
}

/** The behaviors that send requests to an origin, and through which group. */
export function behaviorsOf({ id }: LiveOrigin, { behaviors, originGroups }: LiveDistribution): readonly Behavior[] {
  const groups = new Set(originGroups.flatMap((group) => (group.members.includes(id) ? [group.id] : [])));
  const all = behaviors.map((behavior, index) => ({
    behavior,
    index,
    group: behavior.target === id ? undefined : behavior.target,
  }));
  return all.filter(({ group }) => group === undefined || groups.has(group));
}
