import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import { isOfNetwork, type Listener } from "../../elb/listener.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "not-tls": ({ protocol }: { protocol: string }) =>
    l10n.t(
      "The protocol of this listener is {0}. Mutual authentication is supported for HTTPS listeners of an Application Load Balancer and TLS listeners of a Network Load Balancer.",
      protocol,
    ),
  gateway: () => l10n.t("A Gateway Load Balancer does not support mutual authentication."),
  network: () =>
    l10n.t(
      "A Network Load Balancer supports only verify mode. Only an Application Load Balancer passes certificates to its targets.",
    ),
} satisfies Says;

export const protocol: Rule<Listener, typeof says> = {
  id: "listener/protocol",
  severity: "error",
  requires: l10n.t(
    "A listener with mutual authentication must be an HTTPS listener or, in verify mode, a TLS listener of a Network Load Balancer.",
  ),
  source: sources.createListener,
  says,
  *check(listener) {
    const { protocol, knownMode, balancer, mode } = listener;
    if (mode === undefined || (knownMode !== "verify" && knownMode !== "passthrough")) return;
    const said = protocol?.text === undefined || isTemplated(protocol.text) ? undefined : protocol.text.toUpperCase();
    if (protocol !== undefined && said !== undefined && said !== "HTTPS" && said !== "TLS") {
      yield { at: protocol.node, reason: { code: "not-tls", args: { protocol: said } } };
    } else if (balancer === "gateway") yield { at: mode.node, reason: { code: "gateway" } };
    else if (knownMode === "passthrough" && isOfNetwork(listener)) {
      yield { at: mode.node, source: sources.nlbMtls, reason: { code: "network" } };
    }
  },
};
