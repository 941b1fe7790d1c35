import * as l10n from "@vscode/l10n";
import type { Merged } from "../truststore/split.ts";
import { shownName } from "./content.ts";

// What is said of files that are merged.

export function noneToMergeText(merged: Merged): string {
  return [l10n.t("None of these files contains a certificate."), ...hiddenNotes(merged)].join(" ");
}

/** @param files how many there were */
export function mergedText({ certificates }: Merged, files: number): string {
  if (files === 1)
    return certificates === 1
      ? l10n.t("Merged 1 certificate from 1 file.")
      : l10n.t("Merged {0} certificates from 1 file.", certificates);
  return certificates === 1
    ? l10n.t("Merged 1 certificate from {0} files.", files)
    : l10n.t("Merged {0} certificates from {1} files.", certificates, files);
}

/** What was not taken over. */
export function mergeNotes(merged: Merged): readonly string[] {
  const { duplicates, leftOut } = merged;
  const keys = leftOut.filter(({ label }) => label.includes("PRIVATE KEY")).length;
  return [
    ...(duplicates.length === 0 ? [] : [l10n.t("Duplicates left out: {0}.", duplicates.length)]),
    ...(keys === 0 ? [] : [l10n.t("Private keys left out, because a trust store must not contain them: {0}.", keys)]),
    ...(leftOut.length === keys ? [] : [l10n.t("Other PEM blocks left out: {0}.", leftOut.length - keys)]),
    ...hiddenNotes(merged),
  ];
}

function hiddenNotes({ hidden }: Merged): readonly string[] {
  return hidden.length === 0
    ? []
    : [
        l10n.t(
          "Left out, because they are not written as plain PEM lines: {0}.",
          hidden.map(({ name, label }) => l10n.t("{0} in {1}", label, shownName(name))).join(", "),
        ),
      ];
}
