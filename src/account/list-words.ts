import * as l10n from "@vscode/l10n";
import type { Explanation } from "../core/dialect/assist.ts";
import type { Failure } from "../core/failure.ts";
import { failureLabel, remedyFor, remedyWords } from "./failure-words.ts";
import type { Outlook, Shown } from "./kind.ts";
import type { Row } from "./row.ts";
import { colours, count, countOf, facts, joined, type Words } from "./row-words.ts";

/** What the row of a list says: what it lists, how many, and how far it is. */
export function listWords(
  list: Row,
  { label, icon }: { readonly label: string; readonly icon: string },
  { items, of }: Shown<unknown>,
  outlook: Outlook,
): Words {
  const counted = countOf(items.length, of, isFiltered(outlook));
  return {
    kind: l10n.t("List"),
    label,
    description: howFar(list, counted, outlook),
    icon: oldSince(list, outlook) === undefined ? { id: icon } : { id: "warning", colour: colours.warning },
  };
}

/** Why what a list shows is not what is there now, and since when. */
interface Old {
  readonly failure: Failure;
  readonly asOf: Date;
}

/** `undefined` where nothing is known to be in the way. */
export function oldSince(list: Row, { account }: Outlook): Old | undefined {
  const { state, isOld, asOf, failure: ofList } = account.listing(list);
  const failure = account.failure ?? (isOld ? ofList : undefined);
  return failure === undefined || asOf === undefined || state === "loading" ? undefined : { failure, asOf };
}

/** As in `12:03`, or with its date where that is another one. */
export function timeText(at: Date, now: Date): string {
  return at.toDateString() === now.toDateString()
    ? at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })
    : at.toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" });
}

/** For the tooltip: why it is old or ends early, where that is so. */
export function explainList(list: Row, title: string, outlook: Outlook): Explanation {
  const { account, model } = outlook;
  const { items, failure, asOf } = account.listing(list);
  const old = oldSince(list, outlook);
  const met = old?.failure ?? failure;
  return {
    title,
    link: undefined,
    text: [
      ...(met === undefined ? [] : [met.message]),
      ...(old === undefined
        ? []
        : [
            l10n.t(
              "The list could not be refreshed. It shows what was there at {0}; newer changes are missing.",
              timeText(old.asOf, model.asked().now),
            ),
          ]),
      ...(met === undefined || old !== undefined || items.length === 0
        ? []
        : [l10n.t("The list is incomplete. It shows what was loaded before the failure.")]),
      ...(met === undefined ? [] : [l10n.t("{0}.", remedyWords(remedyFor(met), met))]),
    ],
    facts: facts([
      [l10n.t("Loaded"), items.length === 0 ? undefined : count(items.length)],
      [l10n.t("At"), asOf?.toLocaleString()],
    ]),
  };
}

export function isFiltered({ model }: Outlook): boolean {
  return model.asked().filter.length > 0;
}

function howFar(list: Row, counted: string, outlook: Outlook): string {
  const { account, model } = outlook;
  const { state, failure, items } = account.listing(list);
  if (state === "loading") {
    const so = account.count(list);
    const loading = so === 0 ? l10n.t("loading…") : l10n.t("loading… {0}", count(so));
    return account.isSlowedDown ? l10n.t("{0}; AWS is throttling requests", loading) : loading;
  }
  if (failure !== undefined && items.length === 0) return failureLabel(failure);
  // All of them, but not the latest.
  const old = oldSince(list, outlook);
  if (old !== undefined)
    return joined([
      l10n.t("as of {0}", timeText(old.asOf, model.asked().now)),
      counted,
      l10n.t("not refreshed: {0}", failureLabel(old.failure)),
    ]);
  if (failure !== undefined) return l10n.t("{0}, then failed: {1}", counted, failureLabel(failure));
  if (state === "stopped") return l10n.t("{0}, stopped", counted);
  return state === "idle" ? "" : counted;
}
