import * as l10n from "@vscode/l10n";
import { type Kind, titleOf } from "../../../origin-mtls-words.ts";
import { listedNames } from "../../names.ts";
import type { TargetWords } from "../../target-words.ts";

/** What is done to a distribution. */
export type Deed = Kind | "draft" | "undo";

export function distributionWords(id: string): TargetWords {
  return {
    whichToUndo: l10n.t("Undo a Change to a Distribution"),
    title: (deed) => titleOfDeed(deed, id),
    inShort,
    listed: listedOrigins,
    inSteps: (count) =>
      l10n.t("in {0} steps, each deployed before the next: CloudFront takes five new certificates at a time", count),
    waiting: (part, parts) =>
      parts === 1
        ? l10n.t("Waiting until {0} is deployed", id)
        : l10n.t("Waiting until {0} is deployed ({1} of {2})", id, part, parts),
    waited,
    waitingStopped: () => l10n.t("Waiting was stopped. AWS has the change and goes on deploying {0}.", id),
    waitingLeft: (account) =>
      l10n.t(
        "Another profile was chosen. AWS has the change and goes on deploying {0}; waiting goes on when you come back to the account {1}.",
        id,
        account,
      ),
    endUnseen: () =>
      l10n.t("AWS has the change and goes on deploying {0}; whether it is deployed cannot be seen now.", id),
    endUnseenLater: () => l10n.t("AWS has the change of {0}; whether it is deployed cannot be seen now.", id),
    done: (deed, origins) => doneText(deed, id, origins),
    doneUncompared: () =>
      l10n.t("{0} is deployed. What was sent could not be compared with it any more: look at its config.", id),
    notKept: (differences) =>
      l10n.t("AWS took the change and deployed {0}, but did not keep all that was sent: {1}", id, differences),
    changedSince: (differences) =>
      l10n.t(
        "{0} is deployed, but somebody changed it again meanwhile. Of this change it does not have: {1}",
        id,
        differences,
      ),
    notKeptOf: (origins) =>
      l10n.t("AWS took the change and deployed {0}, but did not keep it for {1}.", id, listedOrigins(origins)),
    changedSinceOf: (origins) =>
      l10n.t(
        "{0} is deployed, but somebody changed it again meanwhile: {1} are not as this change had them.",
        id,
        listedOrigins(origins),
      ),
  };
}

export function listedOrigins(origins: readonly string[]): string {
  return origins.length === 0 ? l10n.t("no origin") : listedNames(origins);
}

function isKind(deed: string): deed is Kind {
  return deed === "enable" || deed === "disable" || deed === "change-certificate";
}

function titleOfDeed(deed: string, id: string): string {
  if (isKind(deed)) return l10n.t("{0}: {1}", titleOf(deed), id);
  return deed === "undo" ? l10n.t("Undo a Change to {0}", id) : l10n.t("Apply the Draft of {0}", id);
}

function inShort(deed: string, origins: readonly string[]): string {
  const names = listedOrigins(origins);
  switch (deed) {
    case "enable":
      return l10n.t("origin mTLS was enabled for {0}", names);
    case "disable":
      return l10n.t("origin mTLS was disabled for {0}", names);
    case "change-certificate":
      return l10n.t("the client certificate was changed for {0}", names);
    case "undo":
      return l10n.t("a change was undone");
    default:
      return l10n.t("a draft was applied");
  }
}

function doneText(deed: string, id: string, origins: readonly string[]): string {
  const names = listedOrigins(origins);
  switch (deed) {
    case "enable":
      return l10n.t(
        "{0} is deployed, and CloudFront now has a client certificate for {1}. Next: let the origin require it. Until it does, nothing is protected.",
        id,
        names,
      );
    case "change-certificate":
      return l10n.t(
        "{0} is deployed with the new client certificate for {1}. Once all requests come with it, the origin need not trust the old one any more.",
        id,
        names,
      );
    case "disable":
      return l10n.t(
        "{0} is deployed without origin mTLS for {1}. Anyone who can reach the origin can call it now, unless something else protects it.",
        id,
        names,
      );
    case "undo":
      return l10n.t("{0} is deployed as it was before the change.", id);
    default:
      return l10n.t("{0} is deployed as the draft says.", id);
  }
}

/** How long it has been so, roughly. */
function waited(status: string, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const time =
    seconds < 60 ? l10n.t("{0} s", seconds) : l10n.t("{0} min {1} s", Math.floor(seconds / 60), seconds % 60);
  return l10n.t("{0} for {1}. Cancel stops waiting, not AWS.", status, time);
}
