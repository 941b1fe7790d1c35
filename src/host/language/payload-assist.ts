import { domainNameOffers } from "../../core/apigateway/completion.ts";
import { explainDomainNameMember } from "../../core/apigateway/explain.ts";
import type { Completion, Explanation } from "../../core/dialect/assist.ts";
import { type Member, type Node, stringOf, type Tree } from "../../core/document/tree.ts";
import { listenerOffers } from "../../core/elb/completion.ts";
import { explainListenerMember } from "../../core/elb/explain.ts";
import type { Payload } from "../../core/facts.ts";

/** What is offered at an offset of a document for API Gateway or a load balancer. */
export function offersIn(payload: Payload, tree: Tree, offset: number): readonly Completion[] {
  return payload.kind === "domain-names"
    ? domainNameOffers(payload.domainNames, tree, offset)
    : listenerOffers(payload.listeners, tree, offset);
}

/** What a hover says of one of its members. The path of an operation stands for the member it leads to. */
export function explainIn(payload: Payload, { key, value }: Member): Explanation | undefined {
  if (payload.kind === "listeners") return explainListenerMember(key);
  const path = key === "path" ? stringOf(value) : undefined;
  return explainDomainNameMember(
    path === undefined ? key : path.slice(path.lastIndexOf("/") + 1),
    payload.domainNames.spelling,
  );
}

/** All that it speaks of. */
export function nodeIn(payload: Payload): Node {
  return payload.kind === "domain-names" ? payload.domainNames.node : payload.listeners.node;
}
