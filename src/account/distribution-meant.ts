import { behavior } from "./kinds/behavior.ts";
import { distribution } from "./kinds/distribution.ts";
import { origin } from "./kinds/origin.ts";
import type { Row } from "./row.ts";

/** A distribution, or an origin of one. */
export interface DistributionMeant {
  readonly id: string;
  readonly origin: string | undefined;
  /** The ARN of the client certificate, where that is meant as well. */
  readonly certificate: string | undefined;
}

/** What a command on distributions is for that was called for a row: the distribution, or the origin that it is in. */
export function distributionMeant(value: unknown): DistributionMeant | undefined {
  if (distribution.is(value)) return { id: value.id, origin: undefined, certificate: certificateIn(value) };
  return origin.is(value) || behavior.is(value)
    ? { id: value.distribution, origin: value.origin, certificate: certificateIn(value) }
    : undefined;
}

function certificateIn(row: Row): string | undefined {
  return "certificate" in row && typeof row.certificate === "string" ? row.certificate : undefined;
}
