import * as vscode from "vscode";
import type { Difference } from "../../core/cloudfront/compare.ts";
import type { Failure } from "../../core/failure.ts";
import { describeDifference } from "../../core/messages/differences.ts";
import { titleOf } from "../authoring/origin-picker.ts";
import type { Deed } from "./memory.ts";

export function deedTitle(deed: Deed, id: string): string {
  switch (deed) {
    case "draft":
      return vscode.l10n.t("Apply the Draft of {0}", id);
    case "undo":
      return vscode.l10n.t("Undo a Change to {0}", id);
    default:
      return vscode.l10n.t("{0}: {1}", titleOf(deed), id);
  }
}

/** What was done, for a list of what can be undone. */
export function deedInShort(deed: Deed, origins: readonly string[]): string {
  const names = listedNames(origins);
  switch (deed) {
    case "enable":
      return vscode.l10n.t("origin mTLS was enabled for {0}", names);
    case "disable":
      return vscode.l10n.t("origin mTLS was disabled for {0}", names);
    case "change-certificate":
      return vscode.l10n.t("the client certificate was changed for {0}", names);
    case "draft":
      return vscode.l10n.t("a draft was applied");
    case "undo":
      return vscode.l10n.t("a change was undone");
  }
}

/** The end of a change: it is deployed, and was read back. */
export function doneText(deed: Deed, id: string, origins: readonly string[]): string {
  const names = listedNames(origins);
  switch (deed) {
    case "enable":
      return vscode.l10n.t(
        "{0} is deployed, and CloudFront now has a client certificate for {1}. Next: let the origin require it. Until it does, nothing is protected.",
        id,
        names,
      );
    case "change-certificate":
      return vscode.l10n.t(
        "{0} is deployed with the new client certificate for {1}. Once all requests come with it, the origin need not trust the old one any more.",
        id,
        names,
      );
    case "disable":
      return vscode.l10n.t(
        "{0} is deployed without origin mTLS for {1}. Anyone who can reach the origin can call it now, unless something else protects it.",
        id,
        names,
      );
    case "draft":
      return vscode.l10n.t("{0} is deployed as the draft says.", id);
    case "undo":
      return vscode.l10n.t("{0} is deployed as it was before the change.", id);
  }
}

export function waitingTitle(id: string, part: number, parts: number): string {
  return parts === 1
    ? vscode.l10n.t("Waiting until {0} is deployed", id)
    : vscode.l10n.t("Waiting until {0} is deployed ({1} of {2})", id, part, parts);
}

/** How long it has been so, roughly. */
export function waitedText(status: string, milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const time =
    seconds < 60
      ? vscode.l10n.t("{0} s", seconds)
      : vscode.l10n.t("{0} min {1} s", Math.floor(seconds / 60), seconds % 60);
  return vscode.l10n.t("{0} for {1}. Cancel stops waiting, not AWS.", status, time);
}

const mostNames = 8;

export function listedNames(names: readonly string[]): string {
  if (names.length === 0) return vscode.l10n.t("no origin");
  return [
    ...names.slice(0, mostNames),
    ...(names.length > mostNames ? [vscode.l10n.t("{0} more", names.length - mostNames)] : []),
  ].join(", ");
}

const mostLines = 5;

/** What differs, in a few sentences for a message. */
export function differencesInShort(found: readonly Difference[]): string {
  const lines = found.slice(0, mostLines).map((difference) => `${describeDifference(difference)}.`);
  if (found.length > mostLines) lines.push(vscode.l10n.t("And {0} more.", found.length - mostLines));
  return lines.join(" ");
}

/** The same, line by line, for a pick. */
export function differenceLines(found: readonly Difference[]): { label: string }[] {
  const most = 50;
  const lines = found
    .slice(0, most)
    .map((difference) => ({ label: `$(diff-modified) ${describeDifference(difference)}` }));
  return found.length > most ? [...lines, { label: vscode.l10n.t("And {0} more.", found.length - most) }] : lines;
}

/** Our words first, then AWS's own, as it said them. */
export function failureText({ message, said }: Failure): string {
  if (said === undefined) return message;
  const status = said.status === undefined ? said.code : `${said.code}, ${said.status}`;
  return said.message === ""
    ? vscode.l10n.t("{0} AWS says: {1}.", message, status)
    : vscode.l10n.t("{0} AWS says ({1}): “{2}”", message, status, said.message);
}
