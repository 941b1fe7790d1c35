import * as l10n from "@vscode/l10n";
import { isCertificateArn, isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { arnOf, saysOff } from "../../cloudfront/origin-mtls.ts";
import { clientCertificateRegion as regions } from "../../cloudfront/vocabulary.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const clientCertificateRegion: Rule<Origin> = {
  id: "origin/client-certificate-region",
  severity: "error",
  requires: l10n.t("The client certificate is in ACM in us-east-1, whatever the origin's region."),
  source: sources.clientCertificate,
  *check({ id, kind, blocks }) {
    if (kind === "s3" || kind === "vpc") return;
    for (const block of blocks) {
      const value = arnOf(block)?.trim();
      const node = block.certificate;
      if (value === undefined || node === undefined || saysOff(block.enabled?.value)) continue;
      if (isTemplated(value) || isPlaceholder(value) || !isCertificateArn(value)) continue;
      const arn = parseArn(value);
      const region = regions.get(arn?.partition ?? "");
      if (arn === undefined || region === undefined || arn.region === region) continue;
      yield {
        at: node,
        origin: id,
        message: l10n.t("CloudFront reads client certificates from ACM in {0}; this one is in {1}. Import it into ACM in {0} and put that ARN here.", region, arn.region === "" ? l10n.t("no region") : arn.region),
      };
    }
  },
};
