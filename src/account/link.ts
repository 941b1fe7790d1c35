import * as l10n from "@vscode/l10n";
import { type Item, item } from "./kind.ts";
import { spoken, type Words } from "./row-words.ts";

/** A row that leads to another one. */
export function link<const Context extends string>(words: Words, context: Context): Item<Context> {
  return item(words, "leaf", context, {
    action: { does: "go", title: l10n.t("Go to Resource") },
    spoken: l10n.t("{0}, link to its location in the tree", spoken(words)),
  });
}
