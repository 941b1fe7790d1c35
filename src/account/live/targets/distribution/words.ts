import * as l10n from "@vscode/l10n";
import { type Kind, titleOf } from "../../../origin-mtls-words.ts";
import { listedNames } from "../../names.ts";
import type { TargetWords } from "../../target-words.ts";

/** What is done to a distribution. */
export type Deed = Kind | "draft" | "file" | "undo";

/** @param name that people gave it, as far as it is known by then */
export function distributionWords(id: string, name: () => string | undefined = () => undefined): TargetWords {
  return {
    what: l10n.t("Distribution"),
    whichToUndo: l10n.t("Undo Change to Distribution"),
    title: (deed) => {
      const called = name();
      return titleOfDeed(deed, called === undefined ? id : l10n.t("{0} ({1})", called, id));
    },
    inFew: inFewWords,
    inShort,
    listed: (origins) => (origins.length === 0 ? l10n.t("no change to origin mTLS") : listedNames(origins)),
    inSteps: (count) =>
      l10n.t(
        "In {0} steps, each deployed before the next, because CloudFront accepts five new certificates at a time.",
        count,
      ),
    waiting: (part, parts) =>
      parts === 1
        ? l10n.t("Waiting for {0} to be deployed", id)
        : l10n.t("Waiting for {0} to be deployed ({1} of {2})", id, part, parts),
    waited: (_status, milliseconds) => waited(milliseconds),
    waitingStopped: () => l10n.t("Stopped waiting. AWS has the change and continues to deploy {0}.", id),
    waitingLeft: (account) =>
      l10n.t(
        "Another profile was selected. AWS has the change and continues to deploy {0}. Waiting resumes when you switch back to the account {1}.",
        id,
        account,
      ),
    endUnseen: () =>
      l10n.t("AWS has the change and continues to deploy {0}. The deployment status cannot be read now.", id),
    endUnseenLater: () => l10n.t("AWS has the change of {0}. The deployment status cannot be read now.", id),
    done: (deed, origins) => doneText(deed, id, origins),
    doneUncompared: () =>
      l10n.t("{0} is deployed, but could not be compared with the change that was sent. Check its configuration.", id),
    notKept: (differences) =>
      l10n.t(
        "AWS accepted the change and deployed {0}, but did not keep everything that was sent: {1}",
        id,
        differences,
      ),
    changedSince: (differences) =>
      l10n.t(
        "{0} is deployed, but another update has changed it. These parts of your change are missing: {1}",
        id,
        differences,
      ),
    notKeptOf: (origins) =>
      l10n.t("AWS accepted the change and deployed {0}, but did not keep it for {1}.", id, listedOrigins(origins)),
    changedSinceOf: (origins) =>
      l10n.t(
        "{0} is deployed, but another update has changed it. These origins no longer have the settings of this change: {1}.",
        id,
        listedOrigins(origins),
      ),
  };
}

export function listedOrigins(origins: readonly string[]): string {
  return origins.length === 0 ? l10n.t("no origins") : listedNames(origins);
}

function isKind(deed: string): deed is Kind {
  return deed === "enable" || deed === "disable" || deed === "change-certificate";
}

function titleOfDeed(deed: string, id: string): string {
  if (isKind(deed)) return l10n.t("{0}: {1}", titleOf(deed), id);
  return deed === "undo"
    ? l10n.t("Undo Change to {0}", id)
    : deed === "file"
      ? l10n.t("Apply File to {0}", id)
      : l10n.t("Apply Draft of {0}", id);
}

function inFewWords(deed: string): string {
  switch (deed) {
    case "enable":
      return l10n.t("Enable mTLS");
    case "disable":
      return l10n.t("Disable mTLS");
    case "change-certificate":
      return l10n.t("Change Certificate");
    case "undo":
      return l10n.t("Undo Change");
    case "file":
      return l10n.t("Apply File");
    default:
      return l10n.t("Apply Draft");
  }
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
    case "file":
      return l10n.t("the configuration of a file was applied");
    default:
      return l10n.t("a draft was applied");
  }
}

function doneText(deed: string, id: string, origins: readonly string[]): string {
  const names = listedOrigins(origins);
  switch (deed) {
    case "enable":
      return l10n.t(
        "{0} is deployed, and CloudFront now has a client certificate for {1}. Next: configure the origin to require it. Until then, nothing is protected.",
        id,
        names,
      );
    case "change-certificate":
      return l10n.t(
        "{0} is deployed with the new client certificate for {1}. When all requests use it, the origin no longer needs to trust the old certificate.",
        id,
        names,
      );
    case "disable":
      return l10n.t(
        "{0} is deployed without origin mTLS for {1}. Any client that can reach the origin can now call it, unless other controls protect it.",
        id,
        names,
      );
    case "undo":
      return l10n.t("{0} is deployed with the configuration from before the change.", id);
    case "file":
      return l10n.t("{0} is deployed with the configuration of the file.", id);
    default:
      return l10n.t("{0} is deployed with the configuration of the draft.", id);
  }
}

/** How long it has been so, roughly. */
function waited(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const time =
    seconds < 60 ? l10n.t("{0} s", seconds) : l10n.t("{0} min {1} s", Math.floor(seconds / 60), seconds % 60);
  // The waiter of the AWS CLI gives up after 35 minutes (aws cloudfront wait distribution-deployed).
  return l10n.t(
    "Deploying since {0}, for {1}. This usually takes a few minutes. The AWS CLI waits up to 35 minutes.",
    new Date(Date.now() - milliseconds).toLocaleTimeString(),
    time,
  );
}
