import { isSecretIn } from "../dialect/view.ts";
import { maskEditsFor } from "../document/masking.ts";
import { type Node, stringOf, type Tree } from "../document/tree.ts";
import { applyEdits, nearest, type TextEdit } from "../text.ts";

/** A list of custom headers under any of its spellings: the API's, CloudFormation's, Terraform's, or a slip for one. */
const headerList = /custom[-_ ]?headers?$/i;

/** Headers of any other kind: of requests, of a rule's condition. Some are lists of names, which say nothing secret. */
const anyHeaders = /headers?(?:[-_ ]?(?:config|items|list|map))?$/i;

/** What only a header is called, where an object has its headers as members. */
const likeHeader = /^(?:[a-z0-9]+-[a-z0-9-]+|authorization|cookie)$/i;

type Within = "anything" | "any headers" | "headers" | "value";

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
      const isValue = within === "headers" || within === "value" || isSecretIn(node);
      if (isValue && stringOf(node) !== "") secrets.add(node);
    } else if (node.kind === "list") {
      for (const item of node.items) open.push({ node: item, within });
    } else if (node.kind === "object") {
      const isHeader = within === "headers" || node.members.some(({ key }) => isHeaderName(key));
      for (const { key, value } of node.members) {
        if (value === undefined || (isHeader && isShown(key, value))) continue;
        open.push({ node: value, within: withinOf(key, within, isHeader) });
      }
    }
  }
  return secrets;
}

function withinOf(key: string, within: Within, isHeader: boolean): Within {
  if (within === "value" || isHeaderValue(key)) return "value";
  if (isHeader || headerList.test(key) || nearest(key, ["CustomHeaders"], 3) !== undefined) return "headers";
  if (within === "any headers") return /^values?$/i.test(key) || likeHeader.test(key) ? "value" : within;
  return anyHeaders.test(key) ? "any headers" : "anything";
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
