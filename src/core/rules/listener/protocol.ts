import * as l10n from "@vscode/l10n";
import { isTemplated } from "../../arn.ts";
import type { Listener } from "../../elb/listener.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const protocol: Rule<Listener> = {
  id: "listener/protocol",
  severity: "error",
  requires: l10n.t("A listener with mutual authentication must be an HTTPS listener."),
  source: sources.createListener,
  *check({ protocol, knownMode, balancer, mode }) {
    if (knownMode !== "verify" && knownMode !== "passthrough") return;
    const said = protocol?.text;
    if (protocol !== undefined && said !== undefined && !isTemplated(said) && said.toUpperCase() !== "HTTPS") yield { at: protocol.node, message: l10n.t("Mutual authentication is for HTTPS listeners of an Application Load Balancer; this one is {0}.", said) };
    else if (mode !== undefined && (balancer === "network" || balancer === "gateway")) {
      yield { at: mode.node, message: balancer === "network" ? l10n.t("Mutual authentication is for HTTPS listeners of an Application Load Balancer; this is one of a Network Load Balancer.") : l10n.t("Mutual authentication is for HTTPS listeners of an Application Load Balancer; this is one of a Gateway Load Balancer.") };
    }
  },
};
