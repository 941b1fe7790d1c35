import * as vscode from "vscode";
import type { InventorySource } from "../../account/inventory-source.ts";
import { certificateLabel, type Kind, stepsOf, titleOf } from "../../account/origin-mtls-words.ts";
import { daysLeft, type OriginVerdict, originVerdict } from "../../core/acm/fitness.ts";
import { certificateId } from "../../core/acm/name.ts";
import { isAbsent } from "../../core/acm/origin-state.ts";
import type { Distribution } from "../../core/cloudfront/distribution.ts";
import { certificatesOf } from "../../core/cloudfront/intent.ts";
import { arnOf } from "../../core/cloudfront/origin-mtls.ts";
import { stringOf } from "../../core/document/tree.ts";
import type { AcmCertificate, Inventory } from "../../core/inventory.ts";
import { certificateName } from "../../core/messages/certificate-name.ts";
import { messageOf, tell } from "../../core/messages/tell.ts";
import { describeExpiry, fitnessInShort } from "../../core/messages/verdict.ts";
import { checkCertificate } from "../../core/rules/check.ts";
import type { Problem, RuleSettings } from "../../core/rules/rule.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import type { Log } from "../editor/log.ts";
import { noSteps, type Steps, shown } from "../editor/pick.ts";
import { plain } from "../editor/say.ts";
import { nameOf } from "./origin-picker.ts";

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
  const pick = vscode.window.createQuickPick<CertificateItem>();
  pick.title = titleOf(kind);
  pick.step = steps.before + 2;
  pick.totalSteps = steps.before + stepsOf(kind);
  pick.placeholder =
    tools.inventories?.current() === undefined
      ? vscode.l10n.t("Select a client certificate from this configuration, or enter another ARN")
      : vscode.l10n.t("Select a client certificate, or enter another ARN");
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
    pick.items = [...items, { label: "", kind: vscode.QuickPickItemKind.Separator }, typed];
    // The selected item stays selected while more items arrive.
    const same =
      active === undefined
        ? undefined
        : pick.items.find((item) => item.certificate === active.certificate && item.typed === active.typed);
    if (same !== undefined) pick.activeItems = [same];
  };
  draw();
  const following = tools.inventories?.onDidChange(draw);
  const accepted = await shown(pick, () => pick.selectedItems.length > 0 && pick.selectedItems[0]?.wrong !== true);
  following?.dispose();
  if (!accepted) return undefined;
  return pick.selectedItems[0]?.certificate ?? askForCertificate(question, tools);
}

function itemsFor(question: CertificateQuestion, tools: CertificateTools): CertificateItem[] {
  const inventory = tools.inventories?.current();
  const known = certificatesOf(question.distribution);
  if (inventory === undefined) return known.map((certificate) => namedItem(certificate, question, tools));
  const now = new Date();
  const judged = [...inventory.certificates.values()]
    .map((certificate) => ({ certificate, verdict: originVerdict(certificate, now) }))
    .sort(
      (a, b) =>
        rank[a.verdict.fit] - rank[b.verdict.fit] ||
        (daysLeft(b.certificate, now) ?? 0) - (daysLeft(a.certificate, now) ?? 0),
    );
  const toItem = ({ certificate, verdict }: (typeof judged)[number]) =>
    accountItem(certificate, verdict, usersIn(question.distribution, certificate.arn), now);
  const others = known.filter((arn) => !inventory.certificates.has(arn));
  return [
    ...group(vscode.l10n.t("in this account"), judged.filter(({ verdict }) => verdict.fit !== "no").map(toItem)),
    ...group(
      vscode.l10n.t("in this configuration, but not listed in this account"),
      others.map((certificate) => namedItem(certificate, question, tools, inventory)),
    ),
    ...group(vscode.l10n.t("not usable"), judged.filter(({ verdict }) => verdict.fit === "no").map(toItem)),
  ];
}

const rank: Readonly<Record<OriginVerdict["fit"], number>> = { yes: 0, doubtful: 1, no: 2 };

function group(label: string, items: readonly CertificateItem[]): CertificateItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function accountItem(
  certificate: AcmCertificate,
  verdict: OriginVerdict,
  users: string | undefined,
  now: Date,
): CertificateItem {
  const icon = verdict.fit === "yes" ? "pass" : verdict.fit === "doubtful" ? "warning" : "circle-slash";
  const said = [
    ...(users === undefined ? [] : [users]),
    ...(verdict.fit === "no" ? [] : [describeExpiry(certificate, now)]),
    verdict.fit === "no" ? verdict.reasons.map((reason) => tell(reason)).join(" ") : fitnessInShort(verdict),
  ];
  const { arn, region } = certificate;
  const [name, id] = [certificateName(certificate), certificateId(arn)];
  return {
    label: `$(${icon}) ${name}`,
    description: [...(name === id ? [] : [id]), region].join(" · "),
    detail: said.join(" · "),
    certificate: arn,
    wrong: verdict.fit === "no",
  };
}

/** One that the config names, of which no more is known. */
function namedItem(
  certificate: string,
  question: CertificateQuestion,
  tools: CertificateTools,
  inventory?: Inventory,
): CertificateItem {
  const [finding] = judgeCertificate(certificate, question, tools);
  const isGone = inventory !== undefined && isAbsent(certificate, inventory);
  return {
    ...certificateLabel(certificate),
    certificate,
    detail:
      finding === undefined
        ? (usersIn(question.distribution, certificate) ?? "")
        : `$(${finding.severity}) ${messageOf(finding)}`,
    wrong: isGone || finding?.severity === "error",
  };
}

function usersIn({ origins }: Distribution, certificate: string): string | undefined {
  const users = origins
    .filter(
      ({ blocks, bareArns }) =>
        blocks.some((block) => arnOf(block) === certificate) ||
        bareArns.some(({ value }) => stringOf(value) === certificate),
    )
    .map(nameOf);
  return users.length === 0 ? undefined : vscode.l10n.t("used by {0} in this configuration", users.join(", "));
}

async function askForCertificate(question: CertificateQuestion, tools: CertificateTools): Promise<string | undefined> {
  const { kind, steps = noSteps } = question;
  const entered = await vscode.window.showInputBox({
    title: `${titleOf(kind)} (${steps.before + 2}/${steps.before + stepsOf(kind)})`,
    prompt: vscode.l10n.t("Enter the ARN of the client certificate, from ACM in us-east-1"),
    placeHolder: "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const [finding] = judgeCertificate(value.trim(), question, tools);
      if (finding === undefined) return undefined;
      const severity =
        finding.severity === "error"
          ? vscode.InputBoxValidationSeverity.Error
          : vscode.InputBoxValidationSeverity.Warning;
      return { message: plain(messageOf(finding)), severity };
    },
  });
  return entered?.trim();
}

/** There is one set of rules: what they would say in the document is said here. */
function judgeCertificate(
  certificate: string,
  { distribution, uri, rules }: CertificateQuestion,
  { log, inventories }: CertificateTools,
): Problem[] {
  const context = contextFor(uri, { inventories });
  return checkCertificate(
    certificate,
    distribution,
    rules === undefined ? context : { ...context, settings: rules },
    faultsTo(log),
  );
}
