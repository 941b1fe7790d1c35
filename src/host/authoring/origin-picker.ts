import * as vscode from "vscode";
import type { Back, Place } from "../../account/asking.ts";
import type { InventorySource } from "../../account/inventory-source.ts";
import { type OriginCandidate, type OriginKey, originChoices } from "../../account/origin-choices.ts";
import { type Kind, originLabel, unfitReason } from "../../account/origin-mtls-words.ts";
import type { Distribution, Origin } from "../../core/cloudfront/distribution.ts";
import type { OriginUnfit } from "../../core/cloudfront/intent.ts";
import { stringOf } from "../../core/document/tree.ts";
import type { Span } from "../../core/text.ts";
import type { Documents } from "../documents/documents.ts";
import type { Log } from "../editor/log.ts";
import { drawable, newPick, shownAt } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { offerNext, say } from "../editor/say.ts";
import type { ConfigTarget } from "./config-picker.ts";

/** What picking needs. */
export interface PickerTools {
  readonly documents: Documents;
  readonly log: Log;
  /** Of the account that is connected, if any. */
  readonly inventories?: InventorySource;
}

/** An origin of a document, as a code lens names it. */
export interface OriginTarget extends ConfigTarget {
  readonly index: number;
  readonly id: string | undefined;
  /** The ARN of the client certificate, where that is meant as well. */
  readonly certificate?: string;
}

/** What fits into a message. */
const mostReasons = 5;

interface OriginItem extends vscode.QuickPickItem {
  readonly key?: OriginKey;
  readonly unfit?: boolean;
}

export interface OriginQuestion {
  /** What is done, and to what. */
  readonly title: string;
  readonly kind: Kind;
  readonly distribution: Distribution;
  /** One that is meant already. */
  readonly target: Pick<OriginTarget, "id" | "index"> | undefined;
  /** Those that were chosen before. */
  readonly chosen: readonly OriginKey[];
  /** `undefined`: nothing is to be chosen, and the answer, or why there is none, follows without the user. */
  readonly place: Place | undefined;
  /** Leads to a place in the document, where there is one. */
  readonly show?: (at: Span) => Promise<void>;
}

export async function chooseOrigins(question: OriginQuestion): Promise<readonly OriginKey[] | Back | undefined> {
  const { kind, distribution, target, place } = question;
  const { candidates, only } = originChoices(kind, distribution, target);
  if (place !== undefined && candidates.some(({ unfit }) => unfit === undefined))
    return askForOrigins(question, candidates, place);
  if (only === undefined) await explainNone(candidates);
  else if (only.unfit === undefined) return [only.key];
  else await explainUnfit(only.origin, only.unfit, question);
  return undefined;
}

async function explainNone(candidates: readonly OriginCandidate[]): Promise<void> {
  const reasons = candidates
    .slice(0, mostReasons)
    .map(({ origin, unfit }) =>
      vscode.l10n.t("{0}: {1}", originLabel(origin), unfit === undefined ? "" : unfitReason(unfit)),
    );
  if (candidates.length > mostReasons)
    reasons.push(vscode.l10n.t("And more, {0} origins in total.", candidates.length));
  await say(
    candidates.length === 0
      ? vscode.l10n.t("The configuration has no origins yet.")
      : vscode.l10n.t("No origin can be changed. {0}", reasons.join(" ")),
  );
}

async function askForOrigins(
  { title, chosen }: OriginQuestion,
  candidates: readonly OriginCandidate[],
  place: Place,
): Promise<readonly OriginKey[] | Back | undefined> {
  const toItem = ({ origin, key, unfit }: OriginCandidate): OriginItem => ({
    label: iconless(originLabel(origin)),
    description: stringOf(origin.domainName) ?? "",
    ...(unfit === undefined
      ? origin.mtls === "on"
        ? { detail: vscode.l10n.t("mTLS is on") }
        : {}
      : { detail: `$(circle-slash) ${unfitReason(unfit)}` }),
    key,
    unfit: unfit !== undefined,
  });
  const fit = drawable(candidates.filter(({ unfit }) => unfit === undefined).map(toItem));
  const unfit = candidates.filter((candidate) => candidate.unfit !== undefined).map(toItem);
  const separator: OriginItem = { label: vscode.l10n.t("not available"), kind: vscode.QuickPickItemKind.Separator };
  const pick = newPick<OriginItem>(title, vscode.l10n.t("Select origins"));
  pick.matchOnDescription = true;
  pick.canSelectMany = true;
  pick.items = drawable(unfit.length === 0 ? fit : [...fit, separator, ...unfit]);
  const before = fit.filter(({ key }) => key !== undefined && chosen.includes(key));
  pick.selectedItems = before.length > 0 ? before : fit.length === 1 ? fit : [];
  pick.onDidChangeSelection((selected) => {
    if (selected.some((item) => item.unfit === true))
      pick.selectedItems = selected.filter((item) => item.unfit !== true);
  });
  return shownAt(pick, place, () =>
    pick.selectedItems.length === 0 ? undefined : pick.selectedItems.flatMap(({ key }) => key ?? []),
  );
}

async function explainUnfit(origin: Origin, unfit: OriginUnfit, { show }: OriginQuestion): Promise<void> {
  const block = origin.blocks[0]?.member.keySpan;
  const message = vscode.l10n.t("{0}: {1}", originLabel(origin), unfitReason(unfit));
  if (block === undefined || show === undefined) {
    await say(message);
    return;
  }
  await offerNext(message, vscode.l10n.t("Show"), () => show(block));
}
