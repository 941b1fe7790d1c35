import * as l10n from "@vscode/l10n";
import { booleanOf } from "../../document/tree.ts";
import type { Listener } from "../../elb/listener.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const expiredClients: Rule<Listener> = {
  id: "listener/expired-clients",
  severity: "info",
  requires: l10n.t("A listener that lets in clients whose certificate has expired should be meant to."),
  source: sources.mutualAuthentication,
  *check({ knownMode, ignoreExpiry }) {
    if (knownMode === "verify" && booleanOf(ignoreExpiry?.node) === true && ignoreExpiry !== undefined)
      yield { at: ignoreExpiry.at, reason: l10n.t("Clients are let in with certificates that have expired.") };
  },
};
