import { behavior } from "./kinds/behavior.ts";
import { distribution } from "./kinds/distribution.ts";
import { origin } from "./kinds/origin.ts";

/** A distribution, or an origin of one. */
export interface DistributionMeant {
  readonly id: string;
  readonly origin: string | undefined;
}

/** What a command on distributions is for that was called for a row: the distribution, or the origin that it is in. */
export function distributionMeant(value: unknown): DistributionMeant | undefined {
  if (distribution.is(value)) return { id: value.id, origin: undefined };
  return origin.is(value) || behavior.is(value) ? { id: value.distribution, origin: value.origin } : undefined;
}
