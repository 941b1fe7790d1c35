import { nearest } from "../text.ts";
import { isTarget, type Target, targets } from "./targets.ts";

/**
 * What the document is for, where that is set: a client certificate for an origin, or the CAs of clients that are
 * accepted.
 */
export type Purpose = "origin" | "trust-store" | "unknown";

/** What a document is for. */
export interface Use {
  readonly purpose: Purpose;
  /** Of a trust store, where they are set. */
  readonly targets: readonly Target[];
}

export const noUse: Use = { purpose: "unknown", targets: [] };

/**
 * A word for a trust store of no service in particular that CloudFront and the load balancers take in a comment: they
 * refuse a hyphen there.
 */
export const truststore = "truststore";

/**
 * What a marker or a setting says: `origin`, `trust-store`, or services in a row. An unknown word says
 * nothing.
 */
export function readUse(said: string): Use {
  const words = said
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  const [word, another] = words;
  if (word === "origin" && another === undefined) return { purpose: word, targets: [] };
  if ((word === "trust-store" || word === truststore) && another === undefined)
    return { purpose: "trust-store", targets: [] };
  return words.length > 0 && words.every(isTarget) ? { purpose: "trust-store", targets: [...new Set(words)] } : noUse;
}

/** What was probably meant by unknown words, each replaced by the nearest known one. */
export function meantUse(said: string): string | undefined {
  const known = ["origin", truststore, ...targets];
  const words = said.split(",").map((word) => nearest(word.trim(), known));
  const meant = words.includes(undefined) ? undefined : [...new Set(words)].join(", ");
  return meant === undefined || readUse(meant).purpose === "unknown" ? undefined : meant;
}

/**
 * A source that takes precedence, combined with the others: a trust store without services takes the services from
 * them.
 */
export function narrowUse(said: Use, others: Use): Use {
  if (said.purpose === "unknown") return others;
  return said.purpose === "trust-store" && said.targets.length === 0 && others.purpose === "trust-store"
    ? others
    : said;
}
