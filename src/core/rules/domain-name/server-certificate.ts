import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Setting } from "../../dialect/payload.ts";
import { nameOf } from "../../dialect/spell.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "not-regional": ({ member, right }: { member: string; right: string }) =>
    l10n.t(
      "{0} is the certificate of an edge-optimized or private endpoint. Mutual TLS requires a Regional endpoint with its certificate in {1}.",
      member,
      right,
    ),
  change: ({ right }: { right: string }) =>
    l10n.t("Change to {0} (the certificate must be in the Region of the API)", right),
  "no-arn": () =>
    l10n.t(
      "This is not an ARN. An ACM certificate ARN has this format: {0}.",
      "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ),
  other: ({ what }: { what: string }) =>
    l10n.t("The ARN names {0}. API Gateway accepts only an ACM certificate here.", what),
} satisfies Says;

export const serverCertificate: Rule<DomainName, typeof says> = {
  id: "domain-name/server-certificate",
  severity: "error",
  requires: l10n.t(
    "A custom domain name with mutual TLS must have its server certificate in ACM, set as the certificate of the Regional endpoint.",
  ),
  source: sources.apiGatewayDomainName,
  says,
  *check({ mtls, form, role, complete, certificates: { server, edge } }) {
    if (mtls !== "on") return;
    const right = nameOf(edge?.member?.parent, "regionalCertificateArn");
    if (form === "domain" && role === "input" && complete && server.length === 0 && edge?.member !== undefined) {
      yield {
        at: edge.at,
        reason: { code: "not-regional", args: { member: edge.member.spelled, right } },
        ...(edge.member.key === "certificateArn"
          ? {
              fixes: [
                {
                  reason: { code: "change", args: { right } },
                  safe: false,
                  changes: [{ kind: "rename", member: edge.member, key: "regionalCertificateArn" }],
                },
              ],
            }
          : {}),
      };
    }
    for (const setting of server) if (setting.member?.key !== "regionalCertificateName") yield* judge(setting);
  },
};

function* judge({ node, text }: Setting): Iterable<Finding<ReasonOf<typeof says>>> {
  if (text === undefined || text === "" || isTemplated(text) || isPlaceholder(text)) return;
  const arn = parseArn(text.trim());
  if (arn === undefined) yield { at: node, reason: { code: "no-arn" } };
  else if (arn.service !== "acm") yield { at: node, reason: { code: "other", args: { what: describeArn(arn) } } };
}
