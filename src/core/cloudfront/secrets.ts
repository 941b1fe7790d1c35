import { stringOf, type Tree, valueOf } from "../document/tree.ts";
import { applyEdits, type Span } from "../text.ts";
import type { Distribution } from "./distribution.ts";

const mask = "••••••";

/**
 * Where the values of origin custom headers stand. Origins check them as shared secrets, so no view
 * of ours shows them.
 */
export function secretsOf({ origins, dialect }: Distribution): Span[] {
  return origins.flatMap(({ node }) =>
    dialect.items(valueOf(node, "CustomHeaders")).flatMap((header) => {
      const value = valueOf(header, "HeaderValue");
      return value === undefined || stringOf(value) === "" ? [] : [value];
    }),
  );
}

/** The text with those values masked, for showing. */
export function maskSecrets(distribution: Distribution, tree: Tree): string {
  return applyEdits(tree.text, secretsOf(distribution).map(({ start, end }) => ({ span: { start, end }, text: JSON.stringify(mask) })));
}
