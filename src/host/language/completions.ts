import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import type { Completion } from "../../core/dialect/assist.ts";
import { type Insertion, insertionsAt } from "../../core/dialect/insertion.ts";
import { certificateOffers } from "../../core/messages/certificate-offers.ts";
import { tell } from "../../core/messages/tell.ts";
import { offersAt } from "../../core/offers.ts";
import { configLanguages } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import { steady } from "../editor/plain.ts";

export function provideCompletions(documents: Documents, inventories: InventorySource = noAccount): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    async provideCompletionItems(document, position) {
      const checked = await documents.current(document);
      if (checked?.facts.kind !== "config") return [];
      const { facts } = checked;
      const offset = document.offsetAt(position);
      const inventory = inventories.current();
      const certificates = inventory === undefined ? undefined : certificateOffers(inventory, new Date());
      const offers = offersAt(facts, offset, certificates);
      if (offers.length === 0) return [];
      const insertionOf = insertionsAt(facts.tree, offset);
      return offers.map((offer, index) => toItem(offer, insertionOf(offer), index, document));
    },
  };
  const register = (languages: readonly string[], ...signs: readonly string[]) =>
    vscode.languages.registerCompletionItemProvider(
      languages.map((language) => ({ language })),
      provider,
      ...signs,
    );
  return vscode.Disposable.from(
    register(
      configLanguages.filter((language) => !isYaml(language)),
      '"',
      ":",
    ),
    // Only a blank tells in YAML that a value may follow, and where a line begins.
    register(configLanguages.filter(isYaml), '"', ":", " "),
  );
}

function isYaml(language: string): boolean {
  return language === "yaml" || language === "cloudformation";
}

function toItem(
  { kind, label, detail, replace, commaAt, required, documentation = [] }: Completion,
  { pieces, filter, isIndented }: Insertion,
  index: number,
  document: vscode.TextDocument,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(
    { label: steady(label), description: steady(tell(detail)) },
    kind === "member" ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
  );
  item.insertText = snippetOf(pieces);
  item.keepWhitespace = isIndented;
  item.range = positionsOf(document).range(replace);
  // The editor takes no other edit that touches what an item replaces.
  if (commaAt !== undefined && commaAt < replace.start)
    item.additionalTextEdits = [vscode.TextEdit.insert(document.positionAt(commaAt), ",")];
  item.filterText = filter;
  item.sortText = String(index).padStart(5, "0");
  if (documentation.length > 0) item.documentation = documentation.map((said) => steady(tell(said))).join("\n\n");
  if (required) item.preselect = index === 0;
  return item;
}

function snippetOf(pieces: Insertion["pieces"]): vscode.SnippetString {
  let stops = 0;
  const parts = pieces.map((piece) => {
    if (typeof piece === "string") return escapeSnippet(piece);
    stops += 1;
    return piece.stop === "" ? `$${stops}` : `\${${stops}:${escapeSnippet(piece.stop)}}`;
  });
  return new vscode.SnippetString(parts.join(""));
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
