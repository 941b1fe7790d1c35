// The page of a change that is only remembered: made of its names alone, without asking AWS.
import * as l10n from "@vscode/l10n";
import type { ShownChange } from "../shown-change.ts";
import { endText, timeOf, undoText } from "../shown-change-words.ts";
import { listedNames } from "./names.ts";
import { aboutNamed } from "./proposal.ts";
import { type About, LiveReview, type Remembered } from "./review/live-review.ts";
import type { Fact, PageStep } from "./review/page.ts";
import { wordsOf } from "./words-of.ts";

/** What its buttons do. */
export interface EntryActs {
  undo(): void;
  resume(): void;
  /** Opens the page of what is under way. */
  show(): void;
  /** Why nothing can be changed; `undefined`: it can. */
  readonly readOnly: () => string | undefined;
}

export function reviewOfEntry(change: ShownChange, acts: EntryActs): LiveReview {
  const review = new LiveReview(change.key, aboutEntry(change));
  review.sentAs(change.key);
  recallEntry(review, change, acts);
  return review;
}

/** Shows what became of it since, on the page that is there. */
export function recallEntry(review: LiveReview, change: ShownChange, acts: EntryActs): void {
  review.retarget(aboutEntry(change));
  review.recall({
    ...standingOf(change),
    steps: Array.from({ length: change.calls }, (_, index) => ({
      label: stepLabel(change, index),
      ...stepStanding(change, index),
    })),
    message: messageOf(change, acts),
  });
}

function aboutEntry(change: ShownChange): About {
  const { kind, id, calls, at, ended, undone } = change;
  const fact = (called: string, value: string | undefined): readonly Fact[] =>
    value === undefined || value === "" ? [] : [{ name: called, value }];
  return aboutNamed({ ...change, what: wordsOf(kind, id)?.what ?? l10n.t("ID") }, [
    // Of one step its label says it.
    ...fact(l10n.t("Changed"), calls === 1 ? undefined : listedParts(change)),
    ...fact(l10n.t("Sent"), timeOf(at)),
    ...fact(l10n.t("Ended"), timeOf(ended)),
    ...fact(l10n.t("Undone"), timeOf(undone)),
  ]);
}

function standingOf(change: ShownChange): Pick<Remembered, "phase" | "status" | "tone"> {
  if (change.undone !== undefined) return { phase: "left", status: undoText("undone", change.id), tone: "info" };
  const status = endText(change);
  switch (change.state) {
    case "done":
      return { phase: "done", status, tone: "ok" };
    case "failed":
      return { phase: "failed", status, tone: "error" };
    case "here":
    case "elsewhere":
    case "deleted":
      return { phase: "left", status, tone: "info" };
    case "left":
    case "partly":
    case "overtaken":
    case "unknown":
      return { phase: "left", status, tone: "warning" };
  }
}

function messageOf(change: ShownChange, { undo, resume, show, readOnly }: EntryActs): Remembered["message"] {
  const { state, noUndo, undone, id } = change;
  const only = (text: string) => ({ text, offer: undefined });
  if (state === "here")
    return {
      text: l10n.t("The page of the change under way shows its progress."),
      offer: { label: l10n.t("Show Change"), go: show },
    };
  if (state === "elsewhere") return only(l10n.t("Go to that window to see its progress. This page shows its result."));
  if (state === "left")
    return {
      text: l10n.t("Continue asks AWS what became of the change, and waits for its result. It sends nothing again."),
      offer: { label: l10n.t("Continue"), go: resume },
    };
  if (undone !== undefined || noUndo === "under-way") return undefined;
  if (noUndo !== undefined) return only(undoText(noUndo, id));
  const hindrance = readOnly();
  return hindrance === undefined
    ? { text: undoText(undefined, id), offer: { label: l10n.t("Undo"), go: undo } }
    : only(hindrance);
}

// --- its calls

function listedParts({ kind, id, parts }: ShownChange): string | undefined {
  return parts.length === 0 ? undefined : (wordsOf(kind, id)?.listed(parts) ?? listedNames(parts));
}

function stepLabel(change: ShownChange, index: number): string {
  return change.calls === 1 ? (listedParts(change) ?? change.what) : l10n.t("Step {0} of {1}", index + 1, change.calls);
}

/** AWS took the calls one after the other, each once the one before it was read back: the last one is in question. */
function stepStanding({ state, calls, taken }: ShownChange, index: number): Pick<PageStep, "state" | "text"> {
  if (index < taken - 1 || (index < taken && isReadBack(state)))
    return { state: "done", text: l10n.t("Deployed and read back") };
  if (index > taken || (index === taken && taken > 0)) return { state: "next", text: notTakenText(state) };
  // Whether all of it was kept is not remembered where others were to follow.
  if (state === "partly" && index < taken && taken < calls)
    return { state: "unknown", text: l10n.t("Accepted by AWS") };
  if (index < taken) return lastTaken(state);
  return state === "failed"
    ? { state: "failed", text: l10n.t("AWS could not apply it") }
    : { state: "unknown", text: l10n.t("It is not known whether AWS applied it") };
}

function isReadBack(state: ShownChange["state"]): boolean {
  return state === "done" || state === "failed";
}

function lastTaken(state: ShownChange["state"]): Pick<PageStep, "state" | "text"> {
  switch (state) {
    case "here":
    case "elsewhere":
      return { state: "deploying", text: l10n.t("Accepted by AWS") };
    case "partly":
      return { state: "failed", text: l10n.t("AWS did not keep everything that was sent") };
    case "overtaken":
      return { state: "unknown", text: l10n.t("Accepted by AWS; changed by another update before it was read back") };
    case "deleted":
      return { state: "unknown", text: l10n.t("Accepted by AWS; deleted before it was read back") };
    default:
      return { state: "unknown", text: l10n.t("Accepted by AWS; the result was not seen") };
  }
}

function notTakenText(state: ShownChange["state"]): string {
  switch (state) {
    case "here":
    case "elsewhere":
      return l10n.t("Not accepted by AWS yet");
    case "left":
      return l10n.t("It is not known whether it was sent");
    default:
      return l10n.t("Not applied");
  }
}
