import type { Completion } from "../dialect/assist.ts";
import { offersAt } from "../dialect/payload.ts";
import type { Tree } from "../document/tree.ts";
import { contains } from "../text.ts";
import type { Listeners } from "./listener.ts";
import { inputTypes } from "./vocabulary.ts";

/** What may stand at an offset of a document about listeners. */
export function listenerOffers({ listeners }: Listeners, tree: Tree, offset: number): Completion[] {
  const listener = listeners.find(({ node }) => contains(node, offset));
  return listener === undefined
    ? []
    : offersAt(tree, offset, listener.node, listener.form === "block" ? inputTypes.block : inputTypes.listener);
}
