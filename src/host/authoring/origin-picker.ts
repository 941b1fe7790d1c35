import * as vscode from "vscode";
import type { InventorySource } from "../../account/inventory-source.ts";
import { type Kind, originLabel, stepsOf, titleOf, unfitReason } from "../../account/origin-mtls-words.ts";
import type { Distribution, Origin } from "../../core/cloudfront/distribution.ts";
import { type OriginUnfit, originUnfitFor } from "../../core/cloudfront/intent.ts";
import { stringOf } from "../../core/document/tree.ts";
import type { Span } from "../../core/text.ts";
import type { Documents } from "../documents/documents.ts";
import type { Log } from "../editor/log.ts";
import { drawable, newPick, noSteps, type Steps, shown } from "../editor/pick.ts";
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

/** Names an origin across edits: by its id, or by its place where it has none of its own. */
export type OriginKey = string | number;

function keysOf({ origins }: Distribution): OriginKey[] {
  const count = new Map<string | undefined, number>();
  for (const { id } of origins) count.set(id, (count.get(id) ?? 0) + 1);
  return origins.map(({ id }, index) => (id !== undefined && count.get(id) === 1 ? id : index));
}

export function originsOf(distribution: Distribution, keys: readonly OriginKey[]): Origin[] {
  const all = keysOf(distribution);
  return distribution.origins.filter((_, index) => keys.includes(all[index] ?? -1));
}

/** What fits into a message. */
const mostReasons = 5;

interface OriginItem extends vscode.QuickPickItem {
  readonly key?: OriginKey;
  readonly unfit?: boolean;
}

export interface OriginQuestion {
  readonly kind: Kind;
  readonly distribution: Distribution;
  /** One that is meant already. */
  readonly target: Pick<OriginTarget, "id" | "index"> | undefined;
  /** Leads to a place in the document, where there is one. */
  readonly show?: (at: Span) => Promise<void>;
  readonly steps?: Steps;
}

export async function chooseOrigins(question: OriginQuestion): Promise<OriginKey[] | undefined> {
  const { kind, distribution, target } = question;
  const keys = keysOf(distribution);
  // The text may have changed since the lens was drawn: another origin in the same place is not the one that was meant.
  const aimed =
    target === undefined
      ? undefined
      : keys.find(
          (key, index) =>
            key === target.id || (index === target.index && distribution.origins[index]?.id === target.id),
        );
  const candidates = distribution.origins.map((origin, index) => ({
    origin,
    key: keys[index] ?? index,
    unfit: originUnfitFor(origin, kind),
  }));
  const single =
    aimed === undefined
      ? candidates.length === 1
        ? candidates[0]
        : undefined
      : candidates.find(({ key }) => key === aimed);
  if (single !== undefined) {
    if (single.unfit === undefined) return [single.key];
    await explainUnfit(single.origin, single.unfit, question);
    return undefined;
  }
  const fit = candidates.filter(({ unfit }) => unfit === undefined);
  if (fit.length === 0) {
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
    return undefined;
  }
  return askForOrigins(question, candidates);
}

async function askForOrigins(
  { kind, steps = noSteps }: OriginQuestion,
  candidates: readonly { origin: Origin; key: OriginKey; unfit: OriginUnfit | undefined }[],
): Promise<OriginKey[] | undefined> {
  const toItem = ({ origin, key, unfit }: (typeof candidates)[number]): OriginItem => ({
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
  const pick = newPick<OriginItem>(titleOf(kind), vscode.l10n.t("Select origins"));
  pick.step = steps.before + 1;
  pick.totalSteps = steps.before + stepsOf(kind);
  pick.matchOnDescription = true;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.items = drawable(unfit.length === 0 ? fit : [...fit, separator, ...unfit]);
  pick.selectedItems = fit.length === 1 ? fit : [];
  pick.onDidChangeSelection((selected) => {
    if (selected.some((item) => item.unfit === true))
      pick.selectedItems = selected.filter((item) => item.unfit !== true);
  });
  return shown(pick, () =>
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
