import * as l10n from "@vscode/l10n";
import type { DomainNames } from "../../apigateway/domain-name.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const sideDoor: Rule<DomainNames> = {
  id: "domain-name/side-door",
  severity: "info",
  requires: l10n.t(
    "An API behind a custom domain name with mutual TLS should have its default endpoint disabled, which asks for no client certificate.",
  ),
  source: sources.disableDefaultEndpoint,
  *check({ domains }) {
    // Once for all: it is about the APIs, of which the document does not speak.
    const first = domains.find(({ mtls }) => mtls === "on");
    const at = first?.at?.keySpan ?? first?.uri?.at;
    if (first === undefined || at === undefined) return;
    if (first.spelling.api === "rest") {
      yield {
        at,
        reason: l10n.t(
          "Mutual TLS protects this name alone: the default endpoint of the API, execute-api, still answers without a client certificate. Set disableExecuteApiEndpoint on each API behind it, then deploy the API again.",
        ),
      };
    } else {
      yield {
        at,
        reason: l10n.t(
          "Mutual TLS protects this name alone: the default endpoint of the API, execute-api, still answers without a client certificate. Set DisableExecuteApiEndpoint on each API behind it, then deploy it unless it deploys by itself.",
        ),
      };
    }
  },
};
