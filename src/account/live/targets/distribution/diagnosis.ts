import * as l10n from "@vscode/l10n";
import { type Diagnosis, diagnose } from "../../../../core/acm/diagnosis.ts";
import { certificateId } from "../../../../core/acm/name.ts";
import { isOfAccount } from "../../../../core/acm/origin-state.ts";
import { isCertificateArn } from "../../../../core/arn.ts";
import { isFailure } from "../../../../core/failure.ts";
import type { AcmCertificate } from "../../../../core/inventory.ts";
import { tell } from "../../../../core/messages/tell.ts";
import type { Caller } from "../../caller.ts";
import type { DistributionAccount } from "./tools.ts";

/** A look of our own at certificates that a refused change would have brought. */
export async function ownDiagnosis(
  arns: readonly string[],
  account: DistributionAccount,
  caller: Caller,
): Promise<string | undefined> {
  if (arns.length === 0) return undefined;
  const found = await Promise.all(arns.slice(0, 5).map((arn) => diagnosisOf(arn, account, caller)));
  return l10n.t("Diagnosis by mTLS Workbench: {0}", found.map(diagnosisText).join(" "));
}

async function diagnosisOf(arn: string, account: DistributionAccount, { identity }: Caller): Promise<Diagnosis> {
  const looked = isCertificateArn(arn) && isOfAccount(arn, identity) ? await look(arn, account) : undefined;
  return diagnose(arn, looked, identity, new Date());
}

/** Afresh: what was known may be what the service does not agree with. */
async function look(arn: string, account: DistributionAccount): Promise<AcmCertificate | "absent" | undefined> {
  const answer = await account.refreshCertificate(arn);
  if (!isFailure(answer)) return answer;
  return answer.failure === "not-found" ? "absent" : undefined;
}

function diagnosisText({ arn, reasons, checked }: Diagnosis): string {
  const name = certificateId(arn);
  if (reasons.length > 0) return l10n.t("Certificate {0}: {1}", name, reasons.map((reason) => tell(reason)).join(" "));
  switch (checked) {
    case "fully":
      return l10n.t("No problems were found in the certificate {0} and its chain.", name);
    case "summary":
      return l10n.t(
        "No problems were found in the summary of the certificate {0}. The certificate itself could not be read.",
        name,
      );
    case "not":
      return l10n.t("The certificate {0} could not be checked.", name);
  }
}
