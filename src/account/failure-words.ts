import * as l10n from "@vscode/l10n";
import type { Explanation } from "../core/dialect/assist.ts";
import type { Failure } from "../core/failure.ts";
import { colours, facts, joined, type Words } from "./row-words.ts";

export function failureWords(failure: Failure): Words {
  return {
    kind: l10n.t("Failure"),
    label: failureLabel(failure),
    lead: "",
    description: remedyWords(remedyFor(failure), failure),
    state: failure.message,
    icon: failure.failure === "cancelled" ? { id: "circle-slash" } : { id: "error", colour: colours.bad },
  };
}

/** In a few words. */
export function failureLabel({ failure, action }: Failure): string {
  switch (failure) {
    case "signed-out":
      return l10n.t("Not signed in");
    case "expired":
      return l10n.t("Sign-in expired");
    case "denied":
      return action === undefined ? l10n.t("Not authorized") : l10n.t("Not authorized: {0}", action);
    case "throttled":
      return l10n.t("Too many requests");
    case "offline":
      return l10n.t("AWS cannot be reached");
    case "wrong-endpoint":
      return l10n.t("Unexpected response; this may not be AWS");
    case "refused":
      return l10n.t("AWS rejected the request");
    case "not-found":
      return l10n.t("Not found");
    case "cancelled":
      return l10n.t("Canceled");
    case "conflict":
    case "unknown":
      return l10n.t("Operation failed");
  }
}

/** What selecting a failure does. */
export type Remedy = "copy-command" | "select-profile" | "copy-policy" | "retry";

export function remedyFor({ failure, command }: Failure): Remedy {
  if (command !== undefined) return "copy-command";
  if (failure === "signed-out") return "select-profile";
  return failure === "denied" ? "copy-policy" : "retry";
}

export function remedyWords(remedy: Remedy, { command = "" }: Failure): string {
  switch (remedy) {
    case "copy-command":
      return l10n.t("Select to copy: {0}", command);
    case "select-profile":
      return l10n.t("Select to switch to another profile");
    case "copy-policy":
      return l10n.t("Select to copy the required IAM policy");
    case "retry":
      return l10n.t("Select to try again");
  }
}

export function explainFailure(failure: Failure, isOfList: boolean): Explanation {
  const { said, action } = failure;
  return {
    title: failureWords(failure).label,
    link: undefined,
    text: [
      failure.message,
      ...(isOfList ? [l10n.t("The items shown were loaded earlier, and may have changed since.")] : []),
      l10n.t("{0}.", remedyWords(remedyFor(failure), failure)),
    ],
    facts: facts([
      [l10n.t("AWS says"), said === undefined ? undefined : joined([said.code, said.message])],
      [l10n.t("Status"), said?.status === undefined ? undefined : String(said.status)],
      [l10n.t("Action"), action],
    ]),
  };
}

/** By the user, or because the session became another one. */
export function cancelled(): Failure {
  return { failure: "cancelled", message: l10n.t("Canceled.") };
}
