import * as vscode from "vscode";
import type { Back, Place } from "../../account/asking.ts";
import {
  type CertificateChoice,
  type CertificateJudging,
  certificateChoices,
  typedChoice,
} from "../../account/certificate-choices.ts";
import type { InventorySource } from "../../account/inventory-source.ts";
import type { Kind } from "../../account/origin-mtls-words.ts";
import { arnWithin } from "../../core/arn.ts";
import type { Distribution } from "../../core/cloudfront/distribution.ts";
import { siteOf } from "../../core/dialect/view.ts";
import type { RuleSettings } from "../../core/rules/rule.ts";
import { callIn, namedIn } from "../../core/template/entered.ts";
import { contextFor, faultsTo } from "../documents/reader.ts";
import type { Log } from "../editor/log.ts";
import { drawable, newPick, shownAt } from "../editor/pick.ts";
import { iconless, steady } from "../editor/plain.ts";

export interface CertificateQuestion {
  /** What is done, and to what. */
  readonly title: string;
  readonly kind: Exclude<Kind, "disable">;
  /** The config it is for. */
  readonly distribution: Distribution;
  /** The names of the origins it is for. */
  readonly origins: readonly string[];
  /** Whose settings count. */
  readonly uri: vscode.Uri;
  /** Those that count instead of a folder's. */
  readonly rules?: RuleSettings;
  /** The ARN that was chosen before. */
  readonly chosen: string | undefined;
  readonly place: Place;
}

export interface CertificateTools {
  readonly log: Log;
  /** Of the account that is connected, if any. */
  readonly inventories?: InventorySource;
  /** More certificates are on their way. */
  readonly isLoading?: () => boolean;
}

/** `wrong`: shown with what is wrong, and not to be chosen. */
type CertificateItem = vscode.QuickPickItem & { readonly certificate?: string; readonly wrong?: boolean };

/**
 * An ARN: one of the account that is connected, one of the config, or one that is typed or pasted into the same input.
 * Never connects by itself.
 */
export async function chooseCertificate(
  question: CertificateQuestion,
  tools: CertificateTools,
): Promise<string | Back | undefined> {
  const { title, chosen, place } = question;
  const pick = newPick<CertificateItem>(title, placeholderFor(question));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  let drawn: string | undefined;
  let wasTyped: string | undefined;
  const draw = () => {
    pick.busy = tools.isLoading?.() === true;
    const typed = typedIn(pick.value, question);
    const items = itemsFor(question, tools, pick.value);
    const now = JSON.stringify(items);
    // Much becomes known that is nothing to these.
    if (now === drawn) return;
    const active = drawn === undefined ? chosen : pick.activeItems[0]?.certificate;
    // The first time there may be one to be seen that was chosen before.
    pick.keepScrollPosition = drawn !== undefined;
    drawn = now;
    pick.items = drawable(items);
    // What is typed is what is meant; else the selected item stays selected while more items arrive.
    const same =
      typed !== undefined && typed !== wasTyped
        ? pick.items[0]
        : pick.items.find(({ certificate }) => certificate !== undefined && certificate === active);
    if (same !== undefined) pick.activeItems = [same];
    wasTyped = typed;
  };
  if (chosen !== undefined && !isOffered(chosen, question, tools)) pick.value = chosen;
  draw();
  pick.onDidChangeValue(draw);
  const following = tools.inventories?.onDidChange(draw);
  return shownAt(pick, place, () => {
    const typed = typedIn(pick.value, question);
    // Enter may come before the item for what was pasted right before it.
    if (typed !== undefined) return typedItems(typed, question, tools)[0]?.wrong === true ? undefined : typed;
    return pick.selectedItems.find(({ wrong }) => wrong !== true)?.certificate;
  }).finally(() => following?.dispose());
}

function placeholderFor({ origins }: CertificateQuestion): string {
  const [only] = origins;
  return origins.length === 1 && only !== undefined
    ? vscode.l10n.t("Select the client certificate for {0}, or paste its ARN", steady(only))
    : vscode.l10n.t("Select the client certificate for {0} origins, or paste its ARN", origins.length);
}

function isOffered(certificate: string, question: CertificateQuestion, tools: CertificateTools): boolean {
  return certificateChoices(judgingFor(question, tools), new Date()).some(({ offers }) =>
    offers.some((offer) => offer.certificate === certificate),
  );
}

/** @param value what stands in the input */
function itemsFor(question: CertificateQuestion, tools: CertificateTools, value: string): CertificateItem[] {
  const typed = typedIn(value, question);
  const offered = certificateChoices(judgingFor(question, tools), new Date()).flatMap(
    ({ heading, offers }): CertificateItem[] => [
      ...(heading === undefined ? [] : [{ label: heading, kind: vscode.QuickPickItemKind.Separator }]),
      ...offers.filter(({ certificate }) => certificate !== typed).map(toItem),
    ],
  );
  offered.push(...parameterItems(question.distribution).filter(({ certificate }) => certificate !== typed));
  if (typed !== undefined) return [...typedItems(typed, question, tools), ...offered];
  const isFound = offered.some(
    ({ kind, label, description = "", detail = "" }) =>
      kind !== vscode.QuickPickItemKind.Separator &&
      [label, description, detail].some((text) => text.toLowerCase().includes(value.trim().toLowerCase())),
  );
  return isFound || tools.isLoading?.() === true ? offered : [...offered, expected(value)];
}

/** The first of them is what Enter takes, if it is not wrong. */
function typedItems(certificate: string, question: CertificateQuestion, tools: CertificateTools): CertificateItem[] {
  const reference = referenceItem(certificate, question.distribution);
  if (reference !== undefined) return [{ ...reference, alwaysShow: true }];
  const { more = [], ...choice } = typedChoice(certificate, judgingFor(question, tools), new Date());
  return [toItem(choice), ...more.map((sentence) => ({ label: iconless(sentence), wrong: true }))].map((item) => ({
    ...item,
    alwaysShow: true,
  }));
}

/** An ARN, or in a template what gives it when the stack is deployed. */
function typedIn(value: string, { distribution }: CertificateQuestion): string | undefined {
  return (
    arnWithin(value) ??
    (siteOf(distribution.node) !== undefined && callIn(value) !== undefined ? value.trim() : undefined)
  );
}

/** What parameters of the template may give the ARN: those that there are, and a new one. */
function parameterItems({ node }: Distribution): readonly CertificateItem[] {
  const site = siteOf(node);
  if (site === undefined) return [];
  const isTaken = (name: string) => site.resources.has(name) || site.parameters.includes(name);
  const isMeant = (name: string) => /cert/i.test(name);
  const names = [
    ...site.parameters.filter(isMeant),
    ...(isTaken(newParameter) ? [] : [newParameter]),
    ...site.parameters.filter((name) => !isMeant(name)),
  ];
  return [
    { label: vscode.l10n.t("parameters of the template"), kind: vscode.QuickPickItemKind.Separator },
    ...names.flatMap((name) => referenceItem(`!Ref ${name}`, { node }) ?? []),
  ];
}

const newParameter = "ClientCertificateArn";

/** `undefined` for what is an ARN. */
function referenceItem(text: string, { node }: Pick<Distribution, "node">): CertificateItem | undefined {
  const site = siteOf(node);
  if (site === undefined || callIn(text) === undefined) return undefined;
  const name = namedIn(text);
  const resource = name === undefined ? undefined : site.resources.get(name);
  return {
    label: iconless(text),
    certificate: text,
    description:
      resource !== undefined
        ? iconless(resource.type)
        : name === undefined
          ? vscode.l10n.t("known when the stack is deployed")
          : site.parameters.includes(name)
            ? vscode.l10n.t("parameter")
            : vscode.l10n.t("new parameter"),
  };
}

function toItem({ isWrong, icon, label, more: _, ...offer }: CertificateChoice): CertificateItem {
  return { ...offer, label: icon === undefined ? iconless(label) : `$(${icon}) ${label}`, wrong: isWrong };
}

/** Nothing to choose: what can be typed. */
function expected(value: string): CertificateItem {
  return {
    label:
      value.trim() === ""
        ? vscode.l10n.t("$(info) Paste or type the ARN of a client certificate from ACM in us-east-1")
        : vscode.l10n.t("$(error) Not an ARN, and no certificate in this list matches"),
    detail: vscode.l10n.t("Expected: {0}", "arn:aws:acm:us-east-1:123456789012:certificate/…"),
    alwaysShow: true,
    wrong: true,
  };
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
