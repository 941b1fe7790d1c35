import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { kinds } from "../../account/kinds.ts";
import { actionsOf, iamPolicyText } from "../../account/policy.ts";
import { type Diagnosis, diagnose } from "../../core/acm/diagnosis.ts";
import { certificateId } from "../../core/acm/name.ts";
import { isOfAccount } from "../../core/acm/origin-state.ts";
import { isCertificateArn } from "../../core/arn.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import type { AcmCertificate } from "../../core/inventory.ts";
import { tell } from "../../core/messages/tell.ts";
import type { CommandId } from "../../manifest.ts";
import { isReadOnly } from "../editor/settings.ts";
import type { Caller } from "./caller.ts";
import type { LiveUi } from "./ui.ts";
import { failureText } from "./words.ts";

export interface Explanation {
  /** What we found out ourselves; told apart from what AWS says. */
  readonly own?: string | undefined;
  /** What has or has not happened so far. */
  readonly standing?: string | undefined;
  /** What trying again is called; left out: there is nothing to try. */
  readonly again?: string;
}

/**
 * Says what went wrong, with what helps against it.
 * @returns whether to try again
 */
export async function explainFailure(
  failure: Failure,
  ui: LiveUi,
  { own, standing, again }: Explanation = {},
): Promise<boolean> {
  const copyPolicy = vscode.l10n.t("Copy IAM Policy");
  const copyCommand = vscode.l10n.t("Copy Command");
  const chooseProfile = vscode.l10n.t("Select AWS Profile…");
  const kind = failure.failure;
  const answers = [
    ...(again === undefined ? [] : [again]),
    ...(kind === "denied" ? [copyPolicy] : []),
    ...(failure.command === undefined ? [] : [copyCommand]),
    ...(kind === "signed-out" || kind === "denied" || kind === "not-found" ? [chooseProfile] : []),
  ];
  const message = [
    failureText(failure),
    ...(own === undefined ? [] : [own]),
    ...(standing === undefined ? [] : [standing]),
  ].join(" ");
  for (;;) {
    const answer =
      answers.length === 0 ? undefined : await ui.ask(message, answers, kind === "cancelled" ? "info" : "error");
    if (answers.length === 0) await ui.say(message, kind === "cancelled" ? "info" : "error");
    if (answer === chooseProfile) await vscode.commands.executeCommand("mtls.selectProfile" satisfies CommandId);
    else if (answer === copyPolicy) await ui.copy(iamPolicyText(actionsOf(kinds.kinds), isReadOnly()));
    else if (answer === copyCommand) await ui.copy(failure.command ?? "");
    // After copying, the same question still stands.
    if ((answer === copyPolicy || answer === copyCommand) && again !== undefined) continue;
    return answer !== undefined && answer === again;
  }
}

/** Our own look at certificates that a refused change would have brought. */
export async function ownDiagnosis(
  arns: readonly string[],
  account: Account,
  caller: Caller,
): Promise<string | undefined> {
  if (arns.length === 0) return undefined;
  const found = await Promise.all(arns.slice(0, 5).map((arn) => diagnosisOf(arn, account, caller)));
  return vscode.l10n.t("What mTLS Workbench sees itself: {0}", found.map(diagnosisText).join(" "));
}

async function diagnosisOf(arn: string, account: Account, { identity }: Caller): Promise<Diagnosis> {
  const looked = isCertificateArn(arn) && isOfAccount(arn, identity) ? await look(arn, account) : undefined;
  return diagnose(arn, looked, identity, new Date());
}

/** Afresh: what was known may be what the service does not agree with. */
async function look(arn: string, account: Account): Promise<AcmCertificate | "absent" | undefined> {
  const answer = await account.refreshCertificate(arn);
  if (!isFailure(answer)) return answer;
  return answer.failure === "not-found" ? "absent" : undefined;
}

function diagnosisText({ arn, reasons, checked }: Diagnosis): string {
  const name = certificateId(arn);
  if (reasons.length > 0)
    return vscode.l10n.t("Certificate {0}: {1}", name, reasons.map((reason) => tell(reason)).join(" "));
  switch (checked) {
    case "fully":
      return vscode.l10n.t("nothing is wrong with the certificate {0} and its chain.", name);
    case "summary":
      return vscode.l10n.t(
        "nothing is wrong with the certificate {0} by its summary; the certificate itself could not be read.",
        name,
      );
    case "not":
      return vscode.l10n.t("the certificate {0} could not be looked at.", name);
  }
}
