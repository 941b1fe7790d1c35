import type { Change } from "../document/change.ts";
import { memberOf } from "../document/tree.ts";
import type { DomainName } from "./domain-name.ts";
import { accessModePath, isEnhancedPolicy, policyPath } from "./vocabulary.ts";

/**
 * The changes after which a domain name has no endpoint access mode. An update that leaves an enhanced policy must set
 * it to the empty text, also where it said nothing of it: the domain name has one.
 */
export function withoutAccessMode({ form, node, accessModes, policies, operations }: DomainName): readonly Change[] {
  if (form !== "patch")
    return accessModes.flatMap(({ member, text }): Change[] =>
      member === undefined || text === "" ? [] : [{ kind: "remove", entry: member }],
    );
  const setsPolicy = operations.some(({ path }) => path?.text === policyPath);
  const there = operations.filter(({ path }) => path?.text === accessModePath);
  const list = node.kind === "list" ? node : memberOf(node, "patchOperations")?.value;
  if (there.length === 0)
    return list?.kind === "list" && policies.some(({ text }) => text !== undefined && isEnhancedPolicy(text))
      ? [{ kind: "append", to: list, value: { op: "replace", path: accessModePath, value: "" } }]
      : [];
  return there.flatMap((operation): Change[] => {
    if (!setsPolicy || operation.value === undefined) return [{ kind: "remove", entry: operation.node }];
    return operation.value.text === "" ? [] : [{ kind: "set", node: operation.value.node, value: "" }];
  });
}
