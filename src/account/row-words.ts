import * as l10n from "@vscode/l10n";
import type { Explanation } from "../core/dialect/assist.ts";
import { numberText, seriesText } from "../core/messages/format.ts";
import { shown } from "../core/messages/x509/describe.ts";

/** What a row says. What the icon and its colour say is in the words, too. */
export interface Words {
  readonly label: string;
  /** Begins with the state, for a row is cut at its end; what tells one from others comes last. */
  readonly description: string;
  /** How much of that must be seen; left out: its first part; nothing, where the name says what matters. */
  readonly lead?: string;
  readonly icon: Icon;
  /** What kind of thing it is, for who does not see where it stands. */
  readonly kind: string;
  /** What only the icon says to the eye. */
  readonly state?: string;
}

export interface Icon {
  readonly id: string;
  readonly colour?: string;
}

/** Ids of theme colours. */
export const colours = {
  // Those of tests and of what is disabled are pale on a light ground.
  good: "charts.green",
  warning: "list.warningForeground",
  bad: "list.errorForeground",
  quiet: "descriptionForeground",
} as const;

const between = " · ";

/** What of a row is said first. */
export function leadOf({ description, lead }: Pick<Words, "description" | "lead">): string {
  return lead ?? description.split(between)[0] ?? "";
}

/** All that a row says, in one line, for screen readers. */
export function spoken({ kind, label, state, description }: Words): string {
  return seriesText([
    `${kind} ${label}`,
    ...(state === undefined ? [] : [state]),
    ...(description === "" ? [] : description.split(between)),
  ]);
}

/** @param profile `undefined`: the environment decides */
export function connectingText(profile: string | undefined): string {
  return profile === undefined ? l10n.t("Connecting to AWS…") : l10n.t("Connecting to AWS as {0}…", profile);
}

export function joined(parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join(between);
}

/** As in `2,500`. */
export function count(number: number): string {
  return numberText(number);
}

/** Those that have a value, for a tooltip. */
export function facts(all: readonly (readonly [string, string | undefined])[]): Explanation["facts"] {
  return all.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, shown(value)] as const]));
}

export function countOf(shownItems: number, of: number, isFiltered: boolean): string {
  return isFiltered ? l10n.t("{0} of {1}", count(shownItems), count(of)) : count(of);
}
