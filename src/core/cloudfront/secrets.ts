import { isSecretIn } from "../dialect/view.ts";
import { maskEditsFor } from "../document/masking.ts";
import { memberOf, type Node, stringOf, type Tree } from "../document/tree.ts";
import { applyEdits, nearest, type TextEdit } from "../text.ts";

/** A list of custom headers under any of its spellings: the API's, CloudFormation's, Terraform's, or a slip for one. */
const headerList = /custom[-_ ]?headers?$/i;

type Within = "anything" | "headers" | "value";

/**
 * The values of origin custom headers, wherever in the document they stand and however they are spelled:
 * origins check them as shared secrets, so no view of ours shows them. Rather one value too many than one too few.
 */
export function secretsOf(tree: Tree): Set<Node> {
  const secrets = new Set<Node>();
  const open: { readonly node: Node; readonly within: Within }[] =
    tree.root === undefined ? [] : [{ node: tree.root, within: "anything" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, within } = next;
    if (node.kind === "scalar") {
      if ((within !== "anything" || isSecretIn(node)) && stringOf(node) !== "") secrets.add(node);
    } else if (node.kind === "list") {
      for (const item of node.items) open.push({ node: item, within });
    } else if (node.kind === "object") {
      const isHeader = within === "headers" || memberOf(node, "HeaderName") !== undefined;
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
  return isHeader || headerList.test(key) || nearest(key, ["CustomHeaders"], 3) !== undefined ? "headers" : "anything";
}

/** What may be shown of a header: its name, and how many there are. */
function isShown(key: string, value: Node): boolean {
  if (value.kind !== "scalar") return false;
  return key === "HeaderName" || (key === "Quantity" && typeof value.value === "number");
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
