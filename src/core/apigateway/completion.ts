import type { Completion } from "../dialect/assist.ts";
import { offersAt } from "../dialect/payload.ts";
import type { Tree } from "../document/tree.ts";
import { contains } from "../text.ts";
import type { DomainNames } from "./domain-name.ts";
import { inputTypes } from "./vocabulary.ts";

/** What may stand at an offset of a document about domain names. */
export function domainNameOffers({ domains, spelling }: DomainNames, tree: Tree, offset: number): Completion[] {
  const domain = domains.find(({ node }) => contains(node, offset));
  if (domain === undefined) return [];
  const types = inputTypes[spelling.api];
  if (domain.form === "block") return offersAt(tree, offset, domain.node, types.block);
  return offersAt(tree, offset, domain.node, domain.node.kind === "list" ? types.operations : types.domain);
}
