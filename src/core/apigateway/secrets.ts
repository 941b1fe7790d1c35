import { type Node, stringOf, type Tree } from "../document/tree.ts";

/** How a member may be called that holds the key of a certificate; the API calls it certificatePrivateKey. */
const privateKey = /^certificate[-_ ]?private[-_ ]?key$/i;

/** The private key that a domain name may be created with, wherever it stands: no view of ours shows it. */
export function secretsOf(tree: Tree): Set<Node> {
  const secrets = new Set<Node>();
  if (tree.root === undefined || !/private[-_ ]?key/i.test(tree.text)) return secrets;
  const open: Node[] = [tree.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "list") for (const item of node.items) open.push(item);
    if (node.kind !== "object") continue;
    for (const { key, value } of node.members) {
      if (value === undefined) continue;
      if (!privateKey.test(key)) open.push(value);
      else if ((stringOf(value) ?? "") !== "") secrets.add(value);
    }
  }
  return secrets;
}
