import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const ownershipCertificate: Rule<DomainName> = {
  id: "domain-name/ownership-certificate",
  severity: "error",
  requires: l10n.t(
    "The certificate that verifies ownership must be a public one that ACM issued, and another one than the server's.",
  ),
  source: sources.apiGatewayMtls,
  *check({ certificates: { server, ownership } }) {
    const servers = new Set(server.map(({ text }) => text));
    for (const { node, text, at, member } of ownership) {
      if (text === undefined || text === "" || isTemplated(text) || isPlaceholder(text)) continue;
      const arn = parseArn(text.trim());
      if (arn === undefined)
        yield {
          at: node,
          reason: l10n.t(
            "This is not an ARN. The ARN of an ACM certificate looks like {0}.",
            "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
          ),
        };
      else if (arn.service !== "acm")
        yield {
          at: node,
          reason: l10n.t(
            "Ownership is verified by a public certificate that ACM issued; this is {0}.",
            describeArn(arn),
          ),
        };
      else if (servers.has(text)) {
        yield {
          at: member === undefined ? node : at,
          severity: "warning",
          reason: l10n.t(
            "This is the server certificate itself. A public certificate that ACM issued needs none beside it; an imported or private one cannot verify ownership.",
          ),
          ...(member === undefined
            ? {}
            : {
                fixes: [
                  {
                    reason: l10n.t("Remove {0}", member.key),
                    safe: false,
                    changes: [{ kind: "remove", entry: member }],
                  },
                ],
              }),
        };
      }
    }
  },
};
