import { writtenIn } from "../document/masking.ts";
import { type Node, stringOf, type Tree } from "../document/tree.ts";
import { nearest } from "../text.ts";

/**
 * The secret that a listener authenticates users with (AuthenticateOidcConfig), wherever it stands and however it is
 * spelled: no view of ours shows it. Rather one value too many than one too few.
 */
export function secretsOf(tree: Tree): Set<Node> {
  const secrets = new Set<Node>();
  const open: { readonly node: Node; readonly secret: boolean }[] =
    tree.root === undefined ? [] : [{ node: tree.root, secret: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, secret } = next;
    if (node.kind === "scalar") {
      if (secret && stringOf(node) !== "") secrets.add(node);
    } else if (node.kind === "list") {
      for (const item of node.items) open.push({ node: item, secret });
    } else if (node.kind === "computed") {
      const written = writtenIn(node);
      if (written !== undefined) open.push({ node: written, secret });
    } else if (node.kind === "object") {
      for (const { key, value } of node.members)
        if (value !== undefined) open.push({ node: value, secret: secret || isSecret(key) });
    }
  }
  return secrets;
}

/** Whether one is to be kept as it is, `UseExistingClientSecret`, is none. */
function isSecret(key: string): boolean {
  return /^client[-_ ]?secret/i.test(key) || nearest(key, ["ClientSecret"], 3) !== undefined;
}
