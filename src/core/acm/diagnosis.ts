import * as l10n from "@vscode/l10n";
import { isCertificateArn, parseArn } from "../arn.ts";
import { clientCertificateRegion } from "../cloudfront/vocabulary.ts";
import type { AcmCertificate, Inventory } from "../inventory.ts";
import { originVerdict } from "./fitness.ts";
import { isOfAccount } from "./origin-state.ts";

/** What we see of a certificate ourselves, beside what a service says about it. */
export interface Diagnosis {
  readonly arn: string;
  /** Sentences without their full stop, the sure ones first; empty: nothing was found wrong. */
  readonly reasons: readonly string[];
  /** `not`: it could not be looked at. */
  readonly checked: "fully" | "summary" | "not";
}

/**
 * @param looked what ACM says of it; `absent`: that there is no such certificate; `undefined`: nothing
 */
export function diagnose(
  arn: string,
  looked: AcmCertificate | "absent" | undefined,
  account: Pick<Inventory, "account" | "partition">,
  now: Date,
): Diagnosis {
  if (!isCertificateArn(arn))
    return { arn, reasons: [l10n.t("It is not the ARN of a certificate in ACM")], checked: "not" };
  if (looked === "absent")
    return { arn, reasons: [l10n.t("ACM has no such certificate"), ...regionReason(arn)], checked: "fully" };
  if (looked !== undefined) {
    const { reasons, checked } = originVerdict(looked, now);
    return { arn, reasons: reasons.map(({ message }) => message), checked };
  }
  const others = isOfAccount(arn, account)
    ? []
    : [
        l10n.t(
          "It is in the account {0}, and the session is in {1}: only that account can look at it",
          parseArn(arn)?.account ?? "",
          account.account,
        ),
      ];
  return { arn, reasons: [...regionReason(arn), ...others], checked: "not" };
}

function regionReason(arn: string): string[] {
  const { partition = "", region = "" } = parseArn(arn) ?? {};
  const wanted = clientCertificateRegion.get(partition);
  return wanted === undefined || wanted === region
    ? []
    : [l10n.t("It is in ACM in {0}; CloudFront reads client certificates from ACM in {1}", region, wanted)];
}
