import type { DocumentKind } from "../dialect/kind.ts";
import { completionsAt } from "./completion.ts";
import type { Config } from "./config.ts";
import { recogniseConfig } from "./recognise.ts";

/** Distribution configs of CloudFront. */
export const distributionKind: DocumentKind<Config> = {
  recognise: recogniseConfig,
  isUnmistakable: ({ distribution }) => distribution.whole,
  covers: ({ distribution }) => distribution.node,
  nodeOf: ({ distribution, wrapper }) => wrapper?.root ?? distribution.node,
  offers: ({ distribution }, tree, offset, certificates) => completionsAt(distribution, tree, offset, certificates),
};
