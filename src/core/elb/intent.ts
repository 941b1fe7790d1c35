import type { Setting } from "../dialect/payload.ts";
import { isDecidedLater } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { memberOf, type ObjectNode } from "../document/tree.ts";
import { isOfNetwork, type Listener, mayHaveFilters } from "./listener.ts";
import { names } from "./vocabulary.ts";

/** What a user wants a listener to do with the certificates of clients. */
export type ListenerIntent =
  | { readonly mode: "passthrough" }
  | { readonly mode: "verify"; readonly trustStore: string };

/** Why mutual authentication cannot be enabled on a listener. The words for it are the host's. */
export type ListenerUnfit = "not-tls" | "misspelled" | "conditional";

/** `undefined`: it can. */
export function listenerUnfitFor({
  node,
  protocol,
  balancer,
  slips,
  misplaced,
  at,
  block,
}: Listener): ListenerUnfit | undefined {
  if (
    balancer === "gateway" ||
    (protocol?.text !== undefined && /^(HTTP|TCP|UDP|TCP_UDP|GENEVE|QUIC|TCP_QUIC)$/i.test(protocol.text))
  )
    return "not-tls";
  if (isDecidedLater(node, names.block)) return "conditional";
  // Its quick fix comes first, or the same would stand there twice.
  return slips.length > 0 ||
    misplaced.length > 0 ||
    (at !== undefined && at.value !== block && at.value?.kind !== "scalar")
    ? "misspelled"
    : undefined;
}

/** What can be wanted of a listener; the one that rejects no client comes first. */
export function modesFor(listener: Listener): readonly ListenerIntent["mode"][] {
  return isOfNetwork(listener) || (listener.filters !== undefined && mayHaveFilters(listener))
    ? ["verify"]
    : ["passthrough", "verify"];
}

/** The changes that make an intent true of a fit listener; none where it is so already. */
export function listenerChangesFor(listener: Listener, intent: ListenerIntent): Change[] {
  if (listenerUnfitFor(listener) !== undefined) return [];
  const { node, at, block, mode, trustStore } = listener;
  const whole = {
    [names.mode]: intent.mode,
    ...(intent.mode === "verify" ? { [names.trustStore]: intent.trustStore } : {}),
  };
  if (block === undefined) {
    // A null in the block's place is no block, but its name is taken.
    const taken = at?.value ?? memberOf(node, names.block)?.value;
    return [
      taken === undefined
        ? { kind: "add", to: node, key: names.block, value: whole }
        : { kind: "set", node: taken, value: whole },
    ];
  }
  const changes = put(block, names.mode, mode?.text, intent.mode);
  return intent.mode === "verify"
    ? [...changes, ...put(block, names.trustStore, trustStore?.text, intent.trustStore)]
    : [...changes, ...withoutVerify(listener)];
}

function put(block: ObjectNode, key: string, written: string | undefined, value: string): Change[] {
  const there = memberOf(block, key)?.value;
  if (there === undefined) return [{ kind: "add", to: block, key, value }];
  return written === value ? [] : [{ kind: "set", node: there, value }];
}

/** Takes away what only the mode `verify` has, and more. */
function withoutVerify(
  { trustStore, ignoreExpiry, advertise }: Listener,
  ...more: readonly (Setting | undefined)[]
): Change[] {
  return [trustStore, ignoreExpiry, advertise, ...more].flatMap((setting): Change[] =>
    setting?.member === undefined ? [] : [{ kind: "remove", entry: setting.member }],
  );
}

// --- to turn it off

/** Why mutual authentication cannot be turned off. The words for it are the host's. */
export type ListenerOffUnfit = "already-off" | "misspelled" | "conditional";

/** `undefined`: it can. */
export function listenerOffUnfitFor(listener: Listener): ListenerOffUnfit | undefined {
  const unfit = listenerUnfitFor(listener);
  if (unfit === "misspelled" || unfit === "conditional") return unfit;
  return listenerOffChanges(listener).length === 0 ? "already-off" : undefined;
}

/**
 * The changes that turn mutual authentication off; none where it is off. A request that leaves it out does not change
 * what the listener has: the mode says it.
 */
export function listenerOffChanges(listener: Listener): Change[] {
  const { block, mode, association, filters } = listener;
  if (block === undefined) return [];
  return [...put(block, names.mode, mode?.text, "off"), ...withoutVerify(listener, association, filters)];
}
