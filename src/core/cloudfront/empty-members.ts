import { type Member, memberOf, type Node, numberOf, valueOf } from "../document/tree.ts";
import type { Distribution } from "./distribution.ts";

/** Members that say nothing, as answers of SDKs have them: without them, the config says the same. */
export interface EmptyMembers {
  readonly nulls: readonly Member[];
  /** Empty texts where the API lists words: how Go writes what is not there, beside nulls. */
  readonly blanks: readonly Member[];
}

export function emptyMembers({ members, soundUpTo }: Distribution): EmptyMembers {
  const nulls = members.mistyped.flatMap(({ node, key, home }) => {
    const isNull = node.kind === "scalar" && node.value === null && node.start < soundUpTo;
    return isNull && home?.required.includes(key) === false && !isCounted(node, key) ? memberFor(node, key) : [];
  });
  if (nulls.length === 0) return { nulls, blanks: [] };
  const blanks = members.enums.flatMap(({ node, value, key, home }) =>
    value === "" && home?.required.includes(key) === false ? memberFor(node, key) : [],
  );
  return { nulls, blanks };
}

/** No items, where the count says that there are some: that is more than an empty member. */
function isCounted(node: Node, key: string): boolean {
  return key === "Items" && (numberOf(valueOf(node.parent, "Quantity")) ?? 0) !== 0;
}

function memberFor(node: Node, key: string): readonly Member[] {
  const member = memberOf(node.parent, key);
  return member?.value === node ? [member] : [];
}
