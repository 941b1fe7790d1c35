import { nearest } from "../text.ts";
import { isTarget, type Target, targets } from "./targets.ts";

/**
 * What the document is for, where somebody said it: a client certificate for an origin, or certificates of clients to
 * be let in.
 */
export type Purpose = "origin" | "trust-store" | "unknown";

/** What a document is for. */
export interface Use {
  readonly purpose: Purpose;
  /** Of a trust store, where somebody said it. */
  readonly targets: readonly Target[];
}

export const noUse: Use = { purpose: "unknown", targets: [] };

/**
 * A word for a trust store of no service in particular that CloudFront and the load balancers take in a comment: they
 * refuse a hyphen there.
 */
export const truststore = "truststore";

/**
 * What a marker or a setting says: `origin`, `trust-store`, or services in a row. A word that nobody knows says
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

/** What somebody meant who wrote words that nobody knows, each for one that is known. */
export function meantUse(said: string): string | undefined {
  const known = ["origin", truststore, ...targets];
  const words = said.split(",").map((word) => nearest(word.trim(), known));
  const meant = words.includes(undefined) ? undefined : [...new Set(words)].join(", ");
  return meant === undefined || readUse(meant).purpose === "unknown" ? undefined : meant;
}

/**
 * What somebody says who counts more than others, together with what those say: a trust store of no service in
 * particular leaves it to them of which.
 */
export function narrowUse(said: Use, others: Use): Use {
  if (said.purpose === "unknown") return others;
  return said.purpose === "trust-store" && said.targets.length === 0 && others.purpose === "trust-store"
    ? others
    : said;
}
