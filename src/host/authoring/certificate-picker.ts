import * as vscode from "vscode";
import { type CertificateJudging, certificateChoices, judgeCertificate } from "../../account/certificate-choices.ts";
import type { InventorySource } from "../../account/inventory-source.ts";
import { type Kind, stepsOf, titleOf } from "../../account/origin-mtls-words.ts";
import { parseArn } from "../../core/arn.ts";
import type { Distribution } from "../../core/cloudfront/distribution.ts";
import type { RuleSettings } from "../../core/rules/rule.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import { toValidation } from "../editor/convert.ts";
import type { Log } from "../editor/log.ts";
import { drawable, inputBox, newPick, noSteps, type Steps, shown } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";

export interface CertificateQuestion {
  readonly kind: Exclude<Kind, "disable">;
  /** The config it is for. */
  readonly distribution: Distribution;
  /** Whose settings count. */
  readonly uri: vscode.Uri;
  /** Those that count instead of a folder's. */
  readonly rules?: RuleSettings;
  readonly steps?: Steps;
}

export interface CertificateTools {
  readonly log: Log;
  /** Of the account that is connected, if any. */
  readonly inventories?: InventorySource;
  /** More certificates are on their way. */
  readonly isLoading?: () => boolean;
}

/** `wrong`: shown with what is wrong, and not to be chosen. */
type CertificateItem = vscode.QuickPickItem & {
  readonly certificate?: string;
  readonly wrong?: boolean;
  readonly typed?: boolean;
};

/** An ARN: one of the account that is connected, one of the config, or one that is typed. Never connects by itself. */
export async function chooseCertificate(
  question: CertificateQuestion,
  tools: CertificateTools,
): Promise<string | undefined> {
  if (itemsFor(question, tools).length === 0 && tools.isLoading?.() !== true) return askForCertificate(question, tools);
  const { kind, steps = noSteps } = question;
  const pick = newPick<CertificateItem>(
    titleOf(kind),
    tools.inventories?.current() === undefined
      ? vscode.l10n.t("Select a client certificate from this configuration, or enter another ARN")
      : vscode.l10n.t("Select a client certificate, or enter another ARN"),
  );
  pick.step = steps.before + 2;
  pick.totalSteps = steps.before + stepsOf(kind);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  const typed: CertificateItem = { label: vscode.l10n.t("$(edit) Enter another ARN…"), alwaysShow: true, typed: true };
  let drawn: string | undefined;
  const draw = () => {
    const active = pick.activeItems[0];
    pick.busy = tools.isLoading?.() === true;
    const items = itemsFor(question, tools);
    const now = JSON.stringify(items);
    // Much becomes known that is nothing to these.
    if (now === drawn) return;
    drawn = now;
    pick.items = drawable([...items, { label: "", kind: vscode.QuickPickItemKind.Separator }, typed]);
    // The selected item stays selected while more items arrive.
    const same =
      active === undefined
        ? undefined
        : pick.items.find((item) => item.certificate === active.certificate && item.typed === active.typed);
    if (same !== undefined) pick.activeItems = [same];
  };
  draw();
  const following = tools.inventories?.onDidChange(draw);
  const chosen = await shown(pick, () => pick.selectedItems.find(({ wrong }) => wrong !== true));
  following?.dispose();
  if (chosen === undefined) return undefined;
  // Who has pasted an ARN into the filter has entered it.
  const entered = parseArn(pick.value.trim()) === undefined ? "" : pick.value.trim();
  return chosen.certificate ?? askForCertificate(question, tools, entered);
}

function itemsFor(question: CertificateQuestion, tools: CertificateTools): CertificateItem[] {
  return certificateChoices(judgingFor(question, tools), new Date()).flatMap(
    ({ heading, offers }): CertificateItem[] => [
      ...(heading === undefined ? [] : [{ label: heading, kind: vscode.QuickPickItemKind.Separator }]),
      ...offers.map(({ isWrong, icon, label, ...offer }) => ({
        ...offer,
        label: icon === undefined ? iconless(label) : `$(${icon}) ${label}`,
        wrong: isWrong,
      })),
    ],
  );
}

async function askForCertificate(
  question: CertificateQuestion,
  tools: CertificateTools,
  entered = "",
): Promise<string | undefined> {
  const { kind, steps = noSteps } = question;
  const answer = await inputBox({
    title: `${titleOf(kind)} (${steps.before + 2}/${steps.before + stepsOf(kind)})`,
    prompt: vscode.l10n.t("Enter the ARN of the client certificate, from ACM in us-east-1"),
    value: entered,
    placeHolder: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ignoreFocusOut: true,
    validateInput: (value) => toValidation(judgeCertificate(value.trim(), judgingFor(question, tools))[0]),
  });
  return answer?.trim();
}

function judgingFor(
  { distribution, uri, rules }: CertificateQuestion,
  { log, inventories }: CertificateTools,
): CertificateJudging {
  const context = contextFor(uri, { inventories });
  return {
    distribution,
    context: rules === undefined ? context : { ...context, settings: rules },
    onFault: faultsTo(log),
  };
}
