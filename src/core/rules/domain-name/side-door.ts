import * as l10n from "@vscode/l10n";
import type { DomainNames } from "../../apigateway/domain-name.ts";
import { defaultEndpointOf } from "../../cloudformation/default-endpoint.ts";
import { siteOf } from "../../dialect/view.ts";
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
  "rest-in-template": () =>
    l10n.t(
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set DisableExecuteApiEndpoint to true on each API behind the domain name. The change takes effect with a new AWS::ApiGateway::Deployment.",
    ),
  "http-in-template": () =>
    l10n.t(
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set DisableExecuteApiEndpoint to true on each API behind the domain name. Unless AutoDeploy is on for the stage, the change takes effect with a new AWS::ApiGatewayV2::Deployment.",
    ),
  "deployed-by-sam": () =>
    l10n.t(
      "Mutual TLS protects only this domain name. The default execute-api endpoint of the API still accepts requests without a client certificate. Set DisableExecuteApiEndpoint to true on each API behind the domain name.",
    ),
} satisfies Says;

const inTemplate = { rest: "rest-in-template", http: "http-in-template" } as const;

export const sideDoor: Rule<DomainNames, typeof says> = {
  id: "domain-name/side-door",
  severity: "info",
  requires: l10n.t(
    "An API with a mutual TLS custom domain name should have its default endpoint disabled, because that endpoint does not request a client certificate.",
  ),
  source: sources.disableDefaultEndpoint,
  says,
  *check({ node, domains }) {
    // Once for all: it is about the APIs, of which only a template speaks.
    const first = domains.find(({ mtls }) => mtls === "on");
    const at = first?.at?.keySpan ?? first?.uri?.at ?? first?.version?.at;
    if (first === undefined || at === undefined) return;
    const { api } = first.spelling;
    const site = siteOf(node);
    const deployer = site === undefined ? undefined : defaultEndpointOf(site, api);
    if (site !== undefined && deployer === undefined) return;
    yield {
      at,
      ...(api === "http" ? { source: sources.disableHttpDefaultEndpoint } : {}),
      reason: { code: deployer === undefined ? api : deployer === "sam" ? "deployed-by-sam" : inTemplate[api] },
    };
  },
};
