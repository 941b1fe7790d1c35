import * as l10n from "@vscode/l10n";
import type { DomainName } from "../../apigateway/domain-name.ts";
import { describeArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "no-arn": () =>
    l10n.t(
      "This is not an ARN. An ACM certificate ARN has this format: {0}.",
      "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ),
  other: ({ what }: { what: string }) =>
    l10n.t("The ARN names {0}. Ownership must be verified with a public certificate that ACM issued.", what),
  "of-the-server": () =>
    l10n.t(
      "This is the server certificate. If it is a public certificate that ACM issued, no ownership certificate is needed. If it is imported or private, it cannot verify ownership.",
    ),
  remove: ({ member }: { member: string }) => l10n.t("Remove {0}", member),
} satisfies Says;

export const ownershipCertificate: Rule<DomainName, typeof says> = {
  id: "domain-name/ownership-certificate",
  severity: "error",
  requires: l10n.t(
    "The certificate that verifies ownership must be a public certificate that ACM issued, and it must not be the server certificate.",
  ),
  source: sources.apiGatewayMtls,
  says,
  *check({ certificates: { server, ownership } }) {
    const servers = new Set(server.map(({ text }) => text));
    for (const { node, text, at, member } of ownership) {
      if (text === undefined || text === "" || isTemplated(text) || isPlaceholder(text)) continue;
      const arn = parseArn(text.trim());
      if (arn === undefined) yield { at: node, reason: { code: "no-arn" } };
      else if (arn.service !== "acm") yield { at: node, reason: { code: "other", args: { what: describeArn(arn) } } };
      else if (servers.has(text)) {
        yield {
          at: member === undefined ? node : at,
          severity: "warning",
          reason: { code: "of-the-server" },
          ...(member === undefined
            ? {}
            : {
                fixes: [
                  {
                    reason: { code: "remove", args: { member: member.spelled } },
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
