import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "certificate-reimport": ({ answer }: { answer: string }) =>
    withAnswer(
      l10n.t(
        "The server certificate was imported into ACM again, and API Gateway did not accept it: it has a name that the ownership certificate does not cover, or it does not cover the domain name. Import a certificate with the right names, from the same issuer.",
      ),
      answer,
    ),
  "ownership-verification": ({ answer }: { answer: string }) =>
    withAnswer(
      l10n.t(
        "A certificate that verified the ownership of this domain name has expired, and ACM could not renew it. Renew it, or set another public certificate that ACM issued for the domain name.",
      ),
      answer,
    ),
  failed: ({ answer }: { answer: string }) =>
    withAnswer(
      l10n.t("API Gateway could not carry out the last change of this domain name. Correct the cause, and try again."),
      answer,
    ),
} satisfies Says;

export const status: Rule<DomainName, typeof says> = {
  id: "domain-name/status",
  severity: "warning",
  requires: l10n.t(
    "A custom domain name should not be waiting for a certificate, because it cannot be updated while it waits.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check({ statuses }) {
    for (const { node, status, message } of statuses) {
      const args = { answer: message?.slice(0, 1_000) ?? "" };
      if (status === "PENDING_CERTIFICATE_REIMPORT")
        yield { at: node, severity: "info", reason: { code: "certificate-reimport", args } };
      if (status === "PENDING_OWNERSHIP_VERIFICATION")
        yield { at: node, severity: "info", reason: { code: "ownership-verification", args } };
      if (status === "FAILED") yield { at: node, source: sources.restDomainName, reason: { code: "failed", args } };
    }
  },
};

/** What API Gateway answers is a sentence of its own. */
function withAnswer(sentence: string, answer: string): string {
  return answer.trim() === "" ? sentence : `${sentence} ${l10n.t("Message from API Gateway: {0}", answer)}`;
}
