import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { unaskingHost } from "../../cloudfront/hosts.ts";
import { stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "s3-website": () => l10n.t("S3 website endpoints support HTTP only, so CloudFront never presents a certificate."),
  "execute-api": () =>
    l10n.t(
      "The default endpoint of an API never requests a client certificate. Create a custom domain name with mutual TLS for the API, use it as the origin, and disable the default endpoint.",
    ),
  "lambda-url": () =>
    l10n.t(
      "A Lambda function URL never requests a client certificate. To allow only this distribution to call it, use an origin access control.",
    ),
  host: () => l10n.t("The host of the origin is set here."),
  remove: ({ key }: { key: string }) => l10n.t("Remove {0}", key),
} satisfies Says;

export const mtlsHost: Rule<Origin, typeof says> = {
  id: "origin/mtls-host",
  severity: "warning",
  requires: l10n.t(
    "The host of an origin with mTLS must request a client certificate, because CloudFront presents it only on request.",
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
            reason: { code: "remove", args: { key: member.spelled } },
            safe: false,
            changes: [{ kind: "remove", entry: member }],
          },
        ],
      };
    }
  },
};
