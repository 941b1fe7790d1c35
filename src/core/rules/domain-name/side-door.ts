import * as l10n from "@vscode/l10n";
import type { DomainNames } from "../../apigateway/domain-name.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  rest: () =>
    l10n.t(
      "Mutual TLS protects this name alone: the default endpoint of the API, execute-api, still answers without a client certificate. Set disableExecuteApiEndpoint on each API behind it, then deploy the API again.",
    ),
  http: () =>
    l10n.t(
      "Mutual TLS protects this name alone: the default endpoint of the API, execute-api, still answers without a client certificate. Set DisableExecuteApiEndpoint on each API behind it, then deploy it unless it deploys by itself.",
    ),
} satisfies Says;

export const sideDoor: Rule<DomainNames, typeof says> = {
  id: "domain-name/side-door",
  severity: "info",
  requires: l10n.t(
    "An API behind a custom domain name with mutual TLS should have its default endpoint disabled, which asks for no client certificate.",
  ),
  source: sources.disableDefaultEndpoint,
  says,
  *check({ domains }) {
    // Once for all: it is about the APIs, of which the document does not speak.
    const first = domains.find(({ mtls }) => mtls === "on");
    const at = first?.at?.keySpan ?? first?.uri?.at;
    if (first === undefined || at === undefined) return;
    yield { at, reason: { code: first.spelling.api } };
  },
};
