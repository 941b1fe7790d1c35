import * as l10n from "@vscode/l10n";
import type { DomainNames } from "../../apigateway/domain-name.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  rest: () =>
    l10n.t(
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set disableExecuteApiEndpoint on each API behind the domain name, and then redeploy the API.",
    ),
  http: () =>
    l10n.t(
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set DisableExecuteApiEndpoint on each API behind the domain name, and then deploy the API unless automatic deployment is on.",
    ),
} satisfies Says;

export const sideDoor: Rule<DomainNames, typeof says> = {
  id: "domain-name/side-door",
  severity: "info",
  requires: l10n.t(
    "An API with a mutual TLS custom domain name should have its default endpoint disabled, because that endpoint does not request a client certificate.",
  ),
  source: sources.disableDefaultEndpoint,
  says,
  *check({ domains }) {
    // Once for all: it is about the APIs, of which the document does not speak.
    const first = domains.find(({ mtls }) => mtls === "on");
    const at = first?.at?.keySpan ?? first?.uri?.at ?? first?.version?.at;
    if (first === undefined || at === undefined) return;
    const { api } = first.spelling;
    yield {
      at,
      ...(api === "http" ? { source: sources.disableHttpDefaultEndpoint } : {}),
      reason: { code: api },
    };
  },
};
