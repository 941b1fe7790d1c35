import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { unaskingHost } from "../../cloudfront/hosts.ts";
import { stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "s3-website": () => l10n.t("An S3 website endpoint speaks plain HTTP only, so no certificate is ever presented."),
  "execute-api": () =>
    l10n.t(
      "The default endpoint of an API never asks for a client certificate. Give the API a custom domain with mutual TLS, use that as the origin, and disable the default endpoint.",
    ),
  "lambda-url": () =>
    l10n.t(
      "A Lambda function URL never asks for a client certificate. Use an origin access control to let only this distribution call it.",
    ),
  host: () => l10n.t("The host of the origin is set here."),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
} satisfies Says;

export const mtlsHost: Rule<Origin, typeof says> = {
  id: "origin/mtls-host",
  severity: "warning",
  requires: l10n.t(
    "The host of an origin with mTLS must ask for a client certificate: CloudFront presents one only when asked.",
  ),
  source: sources.originMtls,
  says,
  *check({ id, kind, blocks, domainName }) {
    if (kind !== "custom" || domainName === undefined) return;
    const host = unaskingHost(stringOf(domainName) ?? "");
    if (host === undefined) return;
    for (const { member, says } of blocks) {
      if (says !== "on") continue;
      yield {
        at: member.keySpan,
        origin: id,
        reason: { code: host },
        related: [{ at: domainName, reason: { code: "host" } }],
        fixes: [
          {
            reason: { code: "remove", args: { key: member.key } },
            safe: false,
            changes: [{ kind: "remove", entry: member }],
          },
        ],
      };
    }
  },
};
