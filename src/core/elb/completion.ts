import type { Completion } from "../dialect/assist.ts";
import { listedValues, offeredNames, offeredValues, placeAt, standsAt } from "../dialect/completion.ts";
import { shape } from "../dialect/shape.ts";
import { nameOf } from "../dialect/spell.ts";
import { siteOf } from "../dialect/view.ts";
import type { Tree } from "../document/tree.ts";
import { referenceOffers, type Takes } from "../template/references.ts";
import { contains } from "../text.ts";
import { isOfNetwork, type Listeners, mayHaveFilters } from "./listener.ts";
import { names, shapes } from "./vocabulary.ts";

const trustStores: Takes = {
  type: "AWS::ElasticLoadBalancingV2::TrustStore",
  likely: /store/i,
};

/** What may stand at an offset of a document about listeners. */
export function listenerOffers({ listeners }: Listeners, tree: Tree, offset: number): Completion[] {
  const at = standsAt(tree, offset);
  const listener = listeners.find(({ node }) => contains(node, at));
  if (listener === undefined) return [];
  const type = shape(listener.form === "block" ? "MutualAuthentication" : "Listener");
  const place = placeAt(tree, offset, listener.node, type, shapes);
  if (place === undefined) return [];
  if (place.at === "value") {
    if (place.key === names.trustStore) return [...referenceOffers(place, listener.node, trustStores, tree.syntax)];
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
      // CloudFormation has none.
      (key !== called || (mayHaveFilters(listener) && siteOf(listener.node) === undefined)) &&
      !(isWithout && key !== undefined && ofVerify.includes(key)),
  );
}
