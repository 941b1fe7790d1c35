import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { stringOf } from "../../document/tree.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const mtlsHost: Rule<Origin> = {
  id: "origin/mtls-host",
  severity: "warning",
  requires: l10n.t("The origin's host asks for a client certificate: CloudFront presents one only when asked."),
  source: sources.originMtls,
  *check({ id, kind, blocks, domainName }) {
    if (kind !== "custom" || domainName === undefined) return;
    const reason = reasonAgainst(stringOf(domainName)?.toLowerCase() ?? "");
    if (reason === undefined) return;
    for (const { member } of blocks) {
      yield {
        at: member.keySpan,
        origin: id,
        message: reason,
        related: [{ at: domainName, message: l10n.t("the origin's host") }],
        fixes: [{ title: l10n.t("Remove {0}", member.key), safe: false, changes: [{ kind: "remove", entry: member }] }],
      };
    }
  },
};

/** Hosts that AWS runs under a name of its own, where nobody can make them ask for a certificate. */
function reasonAgainst(host: string): string | undefined {
  if (/\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(host)) return l10n.t("An S3 website endpoint speaks plain HTTP only, so no certificate is ever presented.");
  if (/\.execute-api\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)) {
    return l10n.t("The default endpoint of an API never asks for a client certificate. Give the API a custom domain with mutual TLS, use that as the origin, and disable the default endpoint.");
  }
  if (/\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(host)) return l10n.t("A Lambda function URL never asks for a client certificate. Use an origin access control to let only this distribution call it.");
  return undefined;
}
