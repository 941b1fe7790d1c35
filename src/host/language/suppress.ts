import * as vscode from "vscode";
import type { Suppression } from "../../core/judging.ts";
import { changeSetting } from "../editor/said-setting.ts";

/** *Ignore … in this file*: an entry in a setting, which is said, since nothing else shows where it went. */
export async function suppressFinding(uri: vscode.Uri, entry: Suppression): Promise<void> {
  await changeSetting("mtls.suppress", uri, {
    apply: (value) => [...listOf(value), entry],
    undo: (value) => {
      const all = listOf(value);
      const place = all.findLastIndex((one) => JSON.stringify(one) === JSON.stringify(entry));
      const left = place < 0 ? all : all.toSpliced(place, 1);
      return left.length === 0 ? undefined : left;
    },
    says: (place) => suppressedText(entry, place),
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function suppressedText({ rule, path, origin, certificate }: Suppression, place: string): string {
  if (origin !== undefined)
    return vscode.l10n.t(
      "{0} is now ignored for the origin {1} in {2}. The entry is in mtls.suppress in {3}.",
      rule,
      origin,
      path,
      place,
    );
  return certificate === undefined
    ? vscode.l10n.t("{0} is now ignored in {1}. The entry is in mtls.suppress in {2}.", rule, path, place)
    : vscode.l10n.t(
        "{0} is now ignored for this certificate in {1}. The entry is in mtls.suppress in {2}.",
        rule,
        path,
        place,
      );
}
