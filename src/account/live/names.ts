import * as l10n from "@vscode/l10n";

const mostNames = 8;

/** Names, for the middle of a sentence. */
export function listedNames(names: readonly string[]): string {
  return [
    ...names.slice(0, mostNames),
    ...(names.length > mostNames ? [l10n.t("{0} more", names.length - mostNames)] : []),
  ].join(", ");
}
