import * as l10n from "@vscode/l10n";
import type { Origin } from "../../cloudfront/distribution.ts";
import { unaskingHost } from "../../cloudfront/hosts.ts";
import { nameOf } from "../../dialect/spell.ts";
import { memberOf, stringOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  website: ({ s3, custom, policy }: { s3: string; custom: string; policy: string }) =>
    l10n.t(
      "This is the website endpoint of an S3 bucket, which is a custom origin and not an S3 origin. Use {1} with {2} instead of {0}, or use the regional domain name of the bucket.",
      s3,
      custom,
      policy,
    ),
  type: () => l10n.t("The origin is an S3 origin here."),
} satisfies Says;

export const websiteEndpoint: Rule<Origin, typeof says> = {
  id: "origin/website-endpoint",
  severity: "warning",
  requires: l10n.t("The website endpoint of an S3 bucket must be a custom origin."),
  source: sources.s3OriginConfig,
  says,
  *check({ id, kind, node, domainName }) {
    const s3 = memberOf(node, "S3OriginConfig");
    if (kind !== "s3" || s3 === undefined || domainName === undefined) return;
    if (unaskingHost(stringOf(domainName) ?? "") !== "s3-website") return;
    const args = { s3: s3.spelled, custom: nameOf(node, "CustomOriginConfig"), policy: "http-only" };
    yield {
      at: domainName,
      origin: id,
      reason: { code: "website", args },
      related: [{ at: s3.keySpan, reason: { code: "type" } }],
    };
  },
};
