// What is said of live changes, whatever is changed.
import * as l10n from "@vscode/l10n";
import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Failure } from "../../core/failure.ts";
import { describeDifference } from "../../core/messages/differences.ts";
import { toldFailure, toldText } from "./told.ts";

export function readOnlyText(): string {
  return l10n.t("The setting mtls.readOnly is on, so nothing can be changed in AWS.");
}

/**
 * @param parts `undefined`: how many there were to be is not known any more
 * @param isInDoubt whether nobody knows what became of a call before
 */
export function standingText(
  { applied, parts }: { readonly applied: number; readonly parts?: number },
  id: string,
  isInDoubt = false,
): string {
  if (isInDoubt) return l10n.t("The change of {0} that was sent before might still arrive.", id);
  if (applied === 0) return l10n.t("Nothing was changed.");
  if (parts === 1) return l10n.t("{0} was changed.", id);
  return parts === undefined
    ? l10n.t("{0} was partly changed. The steps that were already applied are kept.", id)
    : l10n.t("{0} of {1} steps were already applied to {2}.", applied, parts, id);
}

/** Sentences, one after the other; what there is nothing to say of is left out. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

const mostLines = 5;

/** What differs, in a few sentences for a message. */
export function differencesInShort(found: readonly Difference[]): string {
  const lines = found.slice(0, mostLines).map((difference) => `${describeDifference(difference)}.`);
  if (found.length > mostLines) lines.push(l10n.t("And {0} more.", found.length - mostLines));
  return lines.join(" ");
}

/** Our words first, then AWS's own, as it said them. */
export function failureText(failure: Failure): string {
  return toldText(toldFailure(failure));
}
