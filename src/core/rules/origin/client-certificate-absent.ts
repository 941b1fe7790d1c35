import * as l10n from "@vscode/l10n";
import { namedCertificates } from "../../acm/named-certificates.ts";
import { parseArn } from "../../arn.ts";
import type { Origin } from "../../cloudfront/distribution.ts";
import type { Says } from "../../reason.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  absent: ({ region, account }: { region: string; account: string }) =>
    l10n.t("The certificate does not exist in ACM in {0} in account {1}.", region, account),
} satisfies Says;

export const clientCertificateAbsent: Rule<Origin, typeof says> = {
  id: "origin/client-certificate-absent",
  severity: "error",
  requires: l10n.t("The client certificate must exist in ACM. Checked only when the account is connected."),
  source: sources.originMtlsConfig,
  says,
  *check(origin, { inventory }) {
    for (const { node, arn, certificate } of namedCertificates(origin, inventory)) {
      // A list may hide a certificate: only ACM's own word counts.
      if (certificate !== undefined || inventory?.absent.has(arn) !== true) continue;
      yield {
        at: node,
        origin: origin.id,
        reason: { code: "absent", args: { region: parseArn(arn)?.region ?? "", account: inventory.account } },
      };
    }
  },
};
