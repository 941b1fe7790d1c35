import { isCertificateArn, parseArn } from "../arn.ts";
import { clientCertificateRegion } from "../cloudfront/vocabulary.ts";
import type { AcmCertificate, Inventory } from "../inventory.ts";
import type { SharedReason } from "../reason.ts";
import { originVerdict } from "./fitness.ts";
import { isOfAccount } from "./origin-state.ts";
import type { AcmReason } from "./reason.ts";

/** What we see of a certificate ourselves, beside what a service says about it. */
export interface Diagnosis {
  readonly arn: string;
  /** The sure ones first; empty: nothing was found wrong. */
  readonly reasons: readonly SharedReason[];
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
  if (!isCertificateArn(arn)) return { arn, reasons: [{ code: "acm:not-an-arn" }], checked: "not" };
  if (looked === "absent") return { arn, reasons: [{ code: "acm:absent" }, ...regionReason(arn)], checked: "fully" };
  if (looked !== undefined) {
    const { reasons, checked } = originVerdict(looked, now);
    return { arn, reasons, checked };
  }
  return { arn, reasons: [...regionReason(arn), ...accountReason(arn, account)], checked: "not" };
}

function accountReason(arn: string, own: Pick<Inventory, "account" | "partition">): AcmReason[] {
  if (isOfAccount(arn, own)) return [];
  const { account = "" } = parseArn(arn) ?? {};
  return [{ code: "acm:other-account", args: { account, own: own.account } }];
}

function regionReason(arn: string): AcmReason[] {
  const { partition = "", region = "" } = parseArn(arn) ?? {};
  const wanted = clientCertificateRegion.get(partition);
  return wanted === undefined || wanted === region ? [] : [{ code: "acm:other-region", args: { region, wanted } }];
}
