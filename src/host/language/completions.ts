import * as vscode from "vscode";
import { type InventorySource, noAccount } from "../../account/inventory-source.ts";
import type { Completion } from "../../core/dialect/assist.ts";
import type { ConfigFacts } from "../../core/facts.ts";
import { kindOf } from "../../core/kinds.ts";
import { certificateOffers } from "../../core/messages/certificate-offers.ts";
import { tell } from "../../core/messages/tell.ts";
import { subjectAt } from "../../core/subject-at.ts";
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
      const subject = subjectAt(facts, offset);
      if (subject === undefined) return [];
      const inventory = inventories.current();
      const certificates = inventory === undefined ? undefined : certificateOffers(inventory, new Date());
      return kindOf(subject)
        .offers(subject, facts.tree, offset, certificates)
        .map((offer, index) => toItem(offer, index, document, facts));
    },
  };
  return vscode.languages.registerCompletionItemProvider(
    configLanguages.map((language) => ({ language })),
    provider,
    '"',
    ":",
  );
}

function toItem(
  { kind, label, detail, replace, commaAt, key, value, required, keywords, documentation = [] }: Completion,
  index: number,
  document: vscode.TextDocument,
  facts: ConfigFacts,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(
    { label: steady(label), description: steady(tell(detail)) },
    kind === "member" ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
  );
  const { text } = facts.tree;
  const rest = text.slice(replace.end);
  // A name that has its value already is only renamed.
  const named = kind === "member" && /^\s*:/.test(rest);
  const comma = !named && /^\s*["{[]/.test(rest) ? "," : "";
  const written = key === undefined ? JSON.stringify(value) : JSON.stringify(key);
  // The editor takes no other edit that touches what an item replaces.
  const isApart = commaAt !== undefined && commaAt < replace.start;
  const before = commaAt === undefined || isApart ? "" : ", ";
  item.insertText = new vscode.SnippetString(
    kind === "member" && !named
      ? `${before}${escapeSnippet(written)}: ${snippetOf(value)}${comma}`
      : before + escapeSnippet(written) + comma,
  );
  item.range = positionsOf(document).range(replace);
  if (isApart) item.additionalTextEdits = [vscode.TextEdit.insert(document.positionAt(commaAt), ",")];
  item.filterText = keywords === undefined ? written : `${written} ${keywords}`;
  item.sortText = String(index).padStart(5, "0");
  if (documentation.length > 0) item.documentation = documentation.map((said) => steady(tell(said))).join("\n\n");
  if (required) item.preselect = index === 0;
  return item;
}

/** The value with a stop where something is to be typed. */
function snippetOf(value: Completion["value"]): string {
  if (value === "") return '"$1"';
  if (Array.isArray(value)) return "[$1]";
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) return "{$1}";
    const lines = members.map(
      ([name, inner], index) => `\t${escapeSnippet(JSON.stringify(name))}: ${placeholder(inner, index + 1)}`,
    );
    return `{\n${lines.join(",\n")}\n}`;
  }
  return `\${1:${String(value)}}`;
}

function placeholder(value: unknown, stop: number): string {
  if (value === "") return `"$${stop}"`;
  if (Array.isArray(value)) return `[$${stop}]`;
  if (typeof value === "object") return `{$${stop}}`;
  return `\${${stop}:${String(value)}}`;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
