import * as l10n from "@vscode/l10n";
import { httpsPortOf, type Origin } from "../../cloudfront/distribution.ts";
import { unaskingHost } from "../../cloudfront/hosts.ts";
import { stringOf, valueOf } from "../../document/tree.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "http-only": () => l10n.t("With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place."),
  "match-viewer": () =>
    l10n.t("With match-viewer, requests from HTTP viewers reach the origin over HTTP, without mTLS."),
  use: ({ port }: { port: number }) =>
    l10n.t("Use https-only (the origin must respond to HTTPS on port {0} with a publicly trusted certificate)", port),
} satisfies Says;

export const protocolPolicy: Rule<Origin, typeof says> = {
  id: "origin/protocol-policy",
  severity: "error",
  requires: l10n.t("The OriginProtocolPolicy of an origin with mTLS must be https-only."),
  source: sources.originMtls,
  says,
  *check({ id, custom, mtls, domainName }) {
    if (mtls === "off" || custom === undefined) return;
    // A host that speaks plain HTTP only: that is origin/mtls-host, and HTTPS would break it.
    if (unaskingHost(stringOf(domainName) ?? "") === "s3-website") return;
    const policy = valueOf(custom, "OriginProtocolPolicy");
    if (policy?.kind !== "scalar" || (policy.value !== "http-only" && policy.value !== "match-viewer")) return;
    const never = policy.value === "http-only";
    const port = httpsPortOf({ custom });
    yield {
      at: policy,
      origin: id,
      severity: never ? "error" : "warning",
      reason: { code: policy.value },
      fixes: [
        {
          reason: { code: "use", args: { port } },
          safe: true,
          changes: [{ kind: "set", node: policy, value: "https-only" }],
        },
      ],
    };
  },
};
