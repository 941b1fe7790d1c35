import type { Completion } from "../dialect/assist.ts";
import { listedValues, offeredNames, offeredValues, placeAt } from "../dialect/completion.ts";
import { shape } from "../dialect/shape.ts";
import { nameOf } from "../dialect/spell.ts";
import type { Tree } from "../document/tree.ts";
import { contains } from "../text.ts";
import { isOfNetwork, type Listeners, mayHaveFilters } from "./listener.ts";
import { names, shapes } from "./vocabulary.ts";

/** What may stand at an offset of a document about listeners. */
export function listenerOffers({ listeners }: Listeners, tree: Tree, offset: number): Completion[] {
  const listener = listeners.find(({ node }) => contains(node, offset));
  if (listener === undefined) return [];
  const type = shape(listener.form === "block" ? "MutualAuthentication" : "Listener");
  const place = placeAt(tree, offset, listener.node, type, shapes);
  if (place === undefined) return [];
  if (place.at === "value") {
    const isMode = place.key === names.mode && isOfNetwork(listener);
    return offeredValues(place, (value) => !isMode || value !== "passthrough");
  }
  const called = nameOf(listener.block, names.filters);
  const isWithout = listener.knownMode === "off" || listener.knownMode === "passthrough";
  const ofVerify = [names.trustStore, names.ignoreExpiry, names.advertise, names.filters].map((name) =>
    nameOf(listener.block, name),
  );
  return offeredNames(place, listedValues).filter(
    ({ key }) =>
      (key !== called || mayHaveFilters(listener)) && !(isWithout && key !== undefined && ofVerify.includes(key)),
  );
}
