import { isTarget, type Target } from "./targets.ts";

/** What the document is for, where somebody said it: a client certificate for an origin, or certificates of clients to be let in. */
export type Purpose = "origin" | "trust-store" | "unknown";

/** What a document is for. */
export interface Use {
  readonly purpose: Purpose;
  /** Of a trust store, where somebody said it. */
  readonly targets: readonly Target[];
}

const noUse: Use = { purpose: "unknown", targets: [] };

/** What a marker or a setting says: `origin`, `trust-store`, or services in a row. A word that nobody knows says nothing. */
export function readUse(said: string): Use {
  const words = said.toLowerCase().split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 1 && (words[0] === "origin" || words[0] === "trust-store")) return { purpose: words[0], targets: [] };
  return words.length > 0 && words.every(isTarget) ? { purpose: "trust-store", targets: [...new Set(words)] } : noUse;
}
