import * as l10n from "@vscode/l10n";
import { isPlaceholder, isTemplated, parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import { clientCertificateRegion as regions } from "../../cloudfront/vocabulary.ts";
import { writtenText } from "../../dialect/view.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  elsewhere: ({ region, found }: { region: string; found: string }) =>
    l10n.t(
      "The certificate is in {1}. CloudFront reads client certificates from ACM in {0}. Import the certificate into ACM in {0} and enter that ARN here.",
      region,
      found,
    ),
  "no-region": () => l10n.t("no Region"),
} satisfies Says;

const noRegion: ReasonOf<typeof says> = { code: "no-region" };

export const clientCertificateRegion: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-region",
  severity: "error",
  requires: l10n.t("The client certificate must be in ACM in us-east-1, regardless of the Region of the origin."),
  source: sources.clientCertificate,
  says,
  *check({ id, kind, blocks }) {
    if (kind === "s3" || kind === "vpc") return;
    for (const block of blocks) {
      const node = block.certificate;
      const value = writtenText(node)?.trim();
      if (value === undefined || node === undefined || block.says === "off") continue;
      const arn = parseArn(value);
      if (arn?.service !== "acm" || !arn.resource.startsWith("certificate/")) continue;
      // What a template fills in elsewhere in the ARN does not make a wrong region right.
      const region = regions.get(arn.partition);
      if (region === undefined || arn.region === region || isTemplated(arn.region) || isPlaceholder(arn.region))
        continue;
      yield {
        at: node,
        origin: id,
        reason: { code: "elsewhere", args: { region, found: arn.region === "" ? noRegion : arn.region } },
      };
    }
  },
};
