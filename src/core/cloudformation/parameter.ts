import type { Change } from "../document/change.ts";
import { type Json, memberOf, type Node, type ObjectNode, objectAt } from "../document/tree.ts";
import type { Template } from "../template/template.ts";

/** A name for a parameter: neither another one nor a resource may have it. */
export function freeName({ root, resources }: Template, wanted: string): string {
  const parameters = objectAt(root, "Parameters");
  const isTaken = (name: string) => resources.has(name) || memberOf(parameters, name) !== undefined;
  let name = wanted;
  for (let count = 2; isTaken(name); count++) name = `${wanted}${count}`;
  return name;
}

/** What gives a template a parameter. */
export function addParameter({ root }: Template, name: string, parameter: { readonly [key: string]: Json }): Change {
  const parameters: Node | undefined = memberOf(root, "Parameters")?.value;
  return isObject(parameters)
    ? { kind: "add", to: parameters, key: name, value: parameter }
    : { kind: "add", to: root, key: "Parameters", value: { [name]: parameter } };
}

function isObject(node: Node | undefined): node is ObjectNode {
  return node?.kind === "object";
}
