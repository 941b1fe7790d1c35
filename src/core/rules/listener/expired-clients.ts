import * as l10n from "@vscode/l10n";
import { booleanOf } from "../../document/tree.ts";
import type { Listener } from "../../elb/listener.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "let-in": () => l10n.t("Clients with expired certificates are accepted."),
} satisfies Says;

export const expiredClients: Rule<Listener, typeof says> = {
  id: "listener/expired-clients",
  severity: "info",
  requires: l10n.t("A listener should accept expired client certificates only on purpose."),
  source: sources.mutualAuthentication,
  says,
  *check({ knownMode, ignoreExpiry }) {
    if (knownMode === "verify" && booleanOf(ignoreExpiry?.node) === true && ignoreExpiry !== undefined)
      yield { at: ignoreExpiry.at, reason: { code: "let-in" } };
  },
};
