import type { Change } from "../document/change.ts";
import { memberOf } from "../document/tree.ts";
import { isOfNetwork, type Listener, mayHaveFilters } from "./listener.ts";
import { names } from "./vocabulary.ts";

/** What a user wants a listener to do with the certificates of clients. */
export type ListenerIntent =
  | { readonly mode: "passthrough" }
  | { readonly mode: "verify"; readonly trustStore: string };

/** Why mutual authentication cannot be enabled on a listener. The words for it are the host's. */
export type ListenerUnfit = "not-tls" | "misspelled";

/** `undefined`: it can. */
export function listenerUnfitFor({
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
  const { node, at, block, mode, trustStore, ignoreExpiry, advertise } = listener;
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
  const put = (key: string, written: string | undefined, value: string): Change[] => {
    const there = memberOf(block, key)?.value;
    if (there === undefined) return [{ kind: "add", to: block, key, value }];
    return written === value ? [] : [{ kind: "set", node: there, value }];
  };
  const changes = put(names.mode, mode?.text, intent.mode);
  if (intent.mode === "verify") return [...changes, ...put(names.trustStore, trustStore?.text, intent.trustStore)];
  return [
    ...changes,
    ...[trustStore, ignoreExpiry, advertise].flatMap((setting): Change[] =>
      setting?.member === undefined ? [] : [{ kind: "remove", entry: setting.member }],
    ),
  ];
}
