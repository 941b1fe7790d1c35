import { isToldToAll } from "../document/headers.ts";
import { writtenIn } from "../document/masking.ts";
import { type Member, type Node, stringOf, type Tree } from "../document/tree.ts";

/** How a member may be called that holds the key of a certificate; the API calls it certificatePrivateKey. */
const privateKey = /^certificate[-_ ]?private[-_ ]?key$/i;

/** Where a parameter mapping puts a value: into a header of what is sent on, or of what is answered. */
const mappedHeader =
  /^(?:append:|overwrite:|(?:(?:integration|method)\.(?:request|response)|gatewayresponse)\.)header\.(\S+)$/i;

/** A mapping that only says where the value comes from. */
const reference = /^\$?\{?(?:request|response|context|stageVariables|method|integration)\.[^\s'"{}]+\}?$/i;

/**
 * The private key that a domain name may be created with, and the values that parameter mappings put into headers,
 * wherever they stand: no view of ours shows them.
 */
export function secretsOf(tree: Tree): Set<Node> {
  const secrets = new Set<Node>();
  if (tree.root === undefined || !/private[-_ ]?key|header\./i.test(tree.text)) return secrets;
  const open: { readonly node: Node; readonly secret: boolean }[] = [{ node: tree.root, secret: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, secret } = next;
    if (node.kind === "list") for (const item of node.items) open.push({ node: item, secret });
    else if (node.kind === "object") {
      const mapped = node.members.some(isToHeader);
      for (const member of node.members)
        if (member.value !== undefined)
          open.push({ node: member.value, secret: secret || isSecret(member, member.value, mapped) });
    } else if (node.kind === "computed" && !secret) {
      const written = writtenIn(node);
      if (written !== undefined) open.push({ node: written, secret });
    } else if (secret && stringOf(node) !== "") secrets.add(node);
  }
  return secrets;
}

/** @param mapped the object says that its `Source` goes into a header, as CloudFormation does */
function isSecret({ key }: Member, value: Node, mapped: boolean): boolean {
  if (privateKey.test(key)) return true;
  return (isHeader(key) || (mapped && /^source$/i.test(key))) && isValue(value);
}

function isToHeader({ key, value }: Member): boolean {
  return /^destination$/i.test(key) && isHeader(stringOf(value) ?? "");
}

function isHeader(target: string): boolean {
  const name = mappedHeader.exec(target)?.[1];
  return name !== undefined && !isToldToAll(name);
}

/** Whether a parameter is required, or where it comes from, is none. */
function isValue(value: Node): boolean {
  if (value.kind === "scalar" && typeof value.value === "boolean") return false;
  const text = stringOf(value);
  return text === undefined || !reference.test(text.trim());
}
