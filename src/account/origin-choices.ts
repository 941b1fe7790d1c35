// Which origins of a config a change can be made to, and whether that is a question at all.
import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { type OriginIntent, type OriginUnfit, originUnfitFor } from "../core/cloudfront/intent.ts";

/** Names an origin across edits: by its id, or by its place where it has none of its own. */
export type OriginKey = string | number;

export interface OriginCandidate {
  readonly origin: Origin;
  readonly key: OriginKey;
  /** Why it cannot be changed. */
  readonly unfit: OriginUnfit | undefined;
}

export interface OriginChoices {
  readonly candidates: readonly OriginCandidate[];
  /** The one that is meant, or the only one there is, fit or not. */
  readonly only: OriginCandidate | undefined;
  /** Whether there is anything to choose. */
  readonly isQuestion: boolean;
}

/** @param aimed one that is meant already; its index is −1 where only its id is known */
export function originChoices(
  kind: OriginIntent["kind"],
  distribution: Distribution,
  aimed: { readonly id: string | undefined; readonly index: number } | undefined,
): OriginChoices {
  const keys = keysOf(distribution);
  const candidates = distribution.origins.map((origin, index) => ({
    origin,
    key: keys[index] ?? index,
    unfit: originUnfitFor(origin, kind),
  }));
  // The text may have changed since the lens was drawn: another origin in the same place is not the one that was meant.
  const meant =
    aimed === undefined
      ? undefined
      : candidates.find(
          ({ origin, key }, index) => key === aimed.id || (index === aimed.index && origin.id === aimed.id),
        );
  const only = meant ?? (candidates.length === 1 ? candidates[0] : undefined);
  return { candidates, only, isQuestion: only === undefined && candidates.some(({ unfit }) => unfit === undefined) };
}

function keysOf({ origins }: Distribution): OriginKey[] {
  const count = new Map<string | undefined, number>();
  for (const { id } of origins) count.set(id, (count.get(id) ?? 0) + 1);
  return origins.map(({ id }, index) => (id !== undefined && count.get(id) === 1 ? id : index));
}

export function originsOf(distribution: Distribution, keys: readonly OriginKey[]): Origin[] {
  const all = keysOf(distribution);
  return distribution.origins.filter((_, index) => keys.includes(all[index] ?? -1));
}
