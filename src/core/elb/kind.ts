import type { DocumentKind } from "../dialect/kind.ts";
import { atOnce } from "../steps.ts";
import { listenerOffers } from "./completion.ts";
import { findListeners, type Listeners } from "./listener.ts";

/** Listeners of a load balancer. */
export const listenersKind: DocumentKind<Listeners> = {
  recognise: (node, { soundUpTo, isTemplate }) =>
    atOnce(() => {
      const found = findListeners(node, soundUpTo);
      return found === undefined || isTemplate() ? undefined : found;
    }),
  isUnmistakable: ({ listeners }) =>
    listeners.every(({ form, at, arn }) => form === "listener" && (at !== undefined || arn !== undefined)),
  covers: ({ node }) => node,
  nodeOf: ({ node }) => node,
  offers: listenerOffers,
};
