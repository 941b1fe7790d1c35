import { isSecretIn } from "../dialect/view.ts";
import { isToldToAll } from "../document/headers.ts";
import { maskEditsFor, writtenIn } from "../document/masking.ts";
import { type ListNode, type Node, stringOf, type Tree } from "../document/tree.ts";
import { applyEdits, nearest, type TextEdit } from "../text.ts";

/** A list of custom headers under any of its spellings: the API's, CloudFormation's, Terraform's, or a slip for one. */
const headerList = /custom[-_ ]?headers?$/i;

/** Headers of any other kind: of requests, of a rule's condition. Some are lists of names, which say nothing secret. */
const anyHeaders = /headers?(?:[-_ ]?(?:config|items|list|map))?$/i;

/** What may have headers as its members, by their names. */
const headerMap = /headers?(?:[-_ ]?(?:items|list|map))?$/i;

/** The condition on a host: it is known to all who ask. */
const hostHeader = /^host[-_ ]?header/i;

/** What only a header is called, where an object has its headers as members. */
const likeHeader = /^(?:[a-z0-9]+-[a-z0-9-]+|authorization|cookie)$/i;

/** What else stands where headers may be members: names of headers, how many, what is done with them, types. */
const noHeader =
  /^(?:quantity|key|header|in|type|format|schema|required|description|override|\$?ref|fn::.*)$|names?$|behaviou?r$|scope$|handling$|^(?:allow|expose|include|exclude|remove)/i;

const itemsOfHeaders = /^(?:items?|list|members?)$/i;

/** A header as it is sent, with its name. What begins like an ARN, or names a type, is none. */
const wholeHeader = /^\s*(?!arn:)[\w!#$%&'*+.^`|~-]+[ \t]*:(?!:)\s*\S/;

type Within = "anything" | "any headers" | "header map" | "headers" | "value";

/**
 * The values of origin custom headers, wherever in the document they stand and however they are spelled:
 * origins check them as shared secrets, so no view of ours shows them. The same where other headers have values.
 * Rather one value too many than one too few.
 */
export function secretsOf(tree: Tree): Set<Node> {
  const secrets = new Set<Node>();
  const open: { readonly node: Node; readonly within: Within }[] =
    tree.root === undefined ? [] : [{ node: tree.root, within: "anything" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, within } = next;
    if (node.kind === "scalar") {
      const isValue = within === "headers" || within === "value" || isSecretIn(node) || isWholeHeader(node, within);
      if (isValue && stringOf(node) !== "") secrets.add(node);
    } else if (node.kind === "list") {
      const isPair = within !== "anything" && isNamePair(node);
      node.items.forEach((item, index) => open.push({ node: item, within: isPair && index > 0 ? "value" : within }));
    } else if (node.kind === "computed") {
      const written = writtenIn(node);
      if (written !== undefined) open.push({ node: written, within });
    } else if (node.kind === "object") {
      const isHeader = within === "headers" || node.members.some(({ key }) => isHeaderName(key));
      for (const { key, value } of node.members) {
        if (value === undefined || (isHeader && isShown(key, value))) continue;
        open.push({ node: value, within: withinOf(key, value, within, isHeader) });
      }
    }
  }
  return secrets;
}

function withinOf(key: string, value: Node, within: Within, isHeader: boolean): Within {
  if (within === "value" || isHeaderValue(key)) return "value";
  if (isHeader || headerList.test(key) || nearest(key, ["CustomHeaders"], 3) !== undefined) return "headers";
  if (within === "anything") return anyHeaders.test(key) && !hostHeader.test(key) ? kindOf(key) : within;
  if (isToldToAll(key)) return "anything";
  if (/^values?$/i.test(key) || likeHeader.test(key)) return "value";
  if (anyHeaders.test(key)) return kindOf(key);
  if (within === "any headers") return within;
  if (itemsOfHeaders.test(key)) return "header map";
  return !noHeader.test(key) && isPlain(value) ? "value" : "any headers";
}

function kindOf(key: string): Within {
  return headerMap.test(key) ? "header map" : "any headers";
}

/** What a header in a map of them has: a text, a number, or several. */
function isPlain(value: Node): boolean {
  if (value.kind === "list") return value.items.every(isPlain);
  return value.kind === "scalar" && (typeof value.value === "string" || typeof value.value === "number");
}

function isWholeHeader(node: Node, within: Within): boolean {
  return within !== "anything" && wholeHeader.test(stringOf(node) ?? "");
}

/** A name, and behind it the value, in a list of such. */
function isNamePair({ parent, items }: ListNode): boolean {
  return parent?.kind === "list" && items.length > 1 && items[0]?.kind === "scalar";
}

/** What may be shown of a header: its name, and how many there are. */
function isShown(key: string, value: Node): boolean {
  if (value.kind !== "scalar") return false;
  return isHeaderName(key) || /^(?:name|key)$/i.test(key) || (key === "Quantity" && typeof value.value === "number");
}

export function isHeaderName(key: string): boolean {
  return /^header[-_ ]?name$/i.test(key);
}

function isHeaderValue(key: string): boolean {
  return /header[-_ ]?val/i.test(key) || nearest(key, ["HeaderValue"], 3) !== undefined;
}

/** What masks those values, for showing. */
export function maskEdits(tree: Tree): TextEdit[] {
  return maskEditsFor(secretsOf(tree));
}

/** The text with those values masked. */
export function maskSecrets(tree: Tree): string {
  return applyEdits(tree.text, maskEdits(tree));
}
