import * as l10n from "@vscode/l10n";
import type { Explanation } from "../core/dialect/assist.ts";
import { shown } from "../core/messages/x509/describe.ts";
import { colours, facts, type Icon, joined, type Words } from "./row-words.ts";
import type { NoUndo, ShownChange } from "./shown-change.ts";

export function changeWords(change: ShownChange, now: Date): Words {
  const { what, name, id, account, at } = change;
  const { text, lead, icon } = stateWords(change);
  const when = whenText(new Date(at), now);
  return {
    kind: l10n.t("Change"),
    label: shown(what, 100),
    description: joined([text, when, shown(name ?? id, 100), account]),
    lead: lead ?? (text === "" ? when : text),
    icon,
    ...(text === "" ? { state: l10n.t("done") } : {}),
  };
}

export function explainChange(change: ShownChange): Explanation {
  const { title, name, id, account, profile, parts, at, ended, undone, calls, taken, noUndo } = change;
  return {
    title: shown(title, 200),
    text: [endText(change), ...(noUndo === "under-way" ? [] : [undoText(noUndo, id)])],
    facts: facts([
      [l10n.t("Sent"), timeOf(at)],
      [l10n.t("Ended"), timeOf(ended)],
      [l10n.t("Undone"), timeOf(undone)],
      [l10n.t("Account"), account],
      [l10n.t("Profile"), profile],
      [l10n.t("Name"), name],
      [l10n.t("ID"), id],
      [l10n.t("Changed"), parts.join(", ")],
      [l10n.t("Steps"), calls > 1 ? l10n.t("{0} of {1}", taken, calls) : undefined],
    ]),
    link: undefined,
  };
}

/** What a filter finds it by. */
export function searchedInChange({ what, title, name, id, account, profile, parts }: ShownChange): string {
  return [what, title, name, id, account, profile, ...parts].join("\n");
}

interface StateWords {
  /** Nothing where the name of what was done says it. */
  readonly text: string;
  /** The beginning that must be seen. */
  readonly lead?: string;
  readonly icon: Icon;
}

function stateWords({ state, undone, calls, taken }: ShownChange): StateWords {
  if (undone !== undefined) return { text: l10n.t("undone"), icon: { id: "discard", colour: colours.quiet } };
  switch (state) {
    case "here":
      return { text: l10n.t("under way"), icon: { id: "sync~spin" } };
    case "elsewhere":
      return { text: l10n.t("under way in another window"), lead: l10n.t("under way"), icon: { id: "sync" } };
    case "left":
      return {
        text: l10n.t("left by a window that ended"),
        lead: l10n.t("left by a window"),
        icon: { id: "debug-disconnect", colour: colours.warning },
      };
    case "done":
      return { text: "", icon: { id: "pass", colour: colours.good } };
    case "failed":
      return { text: l10n.t("failed"), icon: { id: "error", colour: colours.bad } };
    case "partly":
      return {
        text: taken < calls ? l10n.t("{0} of {1} steps", taken, calls) : l10n.t("partly kept"),
        icon: { id: "warning", colour: colours.warning },
      };
    case "overtaken":
      return { text: l10n.t("changed since"), icon: { id: "warning", colour: colours.warning } };
    case "deleted":
      return { text: l10n.t("deleted since"), icon: { id: "circle-slash", colour: colours.quiet } };
    case "unknown":
      return { text: l10n.t("result not seen"), icon: { id: "question" } };
  }
}

/** How it ended, or stands. */
export function endText({ state, id, calls, taken }: ShownChange): string {
  switch (state) {
    case "here":
      return l10n.t("The change is under way. This window waits for the result.");
    case "elsewhere":
      return l10n.t("The change is under way in another window.");
    case "left":
      return l10n.t(
        "The change was left by a window that ended before it saw the result. Select Continue to find out what became of it.",
      );
    case "done":
      return l10n.t("AWS has the change. The configuration was read back.");
    case "failed":
      return l10n.t("AWS accepted the change, but could not apply it.");
    case "partly":
      return taken < calls
        ? l10n.t("{0} of {1} steps were applied.", taken, calls)
        : l10n.t("AWS accepted the change, but {0} does not have everything that was sent.", id);
    case "overtaken":
      return l10n.t(
        "Another update changed {0} before the result of this change was seen. Parts of this change may be missing.",
        id,
      );
    case "deleted":
      return l10n.t("{0} was deleted before the result of the change was seen.", id);
    case "unknown":
      return taken > 0
        ? l10n.t("AWS accepted the change, but the result was not seen.")
        : l10n.t("It is unknown whether AWS applied the change.");
  }
}

/** Whether it can be turned back, or why not. */
export function undoText(noUndo: Exclude<NoUndo, "under-way"> | undefined, id: string): string {
  switch (noUndo) {
    case undefined:
      return l10n.t("The change can be undone.");
    case "undone":
      return l10n.t("The change was undone.");
    case "failed":
      return l10n.t("There is nothing to undo.");
    case "not-last":
      return l10n.t("The change can no longer be undone, because {0} was changed again on this machine.", id);
    case "forgotten":
      return l10n.t(
        "The change can no longer be undone, because the data to undo it is no longer saved on this machine.",
      );
    case "never":
      return l10n.t("AWS has no way to undo this change.");
    case "among-others":
      return l10n.t("The change cannot be undone in one step, because undoing it could revert other updates.");
    case "unsaved":
      return l10n.t("The change cannot be undone, because the data to undo it could not be saved.");
    case "changed":
      return l10n.t(
        "The change can no longer be undone in one step, because another update has changed {0} since.",
        id,
      );
    case "config-gone":
      return l10n.t(
        "The change can no longer be undone, because the previous configuration is no longer available on this machine.",
      );
    case "deleted":
      return l10n.t("The change cannot be undone, because {0} was deleted.", id);
  }
}

/** As in `12:03`, or the day where that is another one: it stays true while it is shown. */
function whenText(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString())
    return at.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  const isThisYear = at.getFullYear() === now.getFullYear();
  return at.toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
}

export function timeOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toLocaleString();
}
