import type { Change } from "../document/change.ts";
import { memberOf, objectAt } from "../document/tree.ts";
import type { Template } from "../template/template.ts";

/** Whether a parameter or a resource has the name: a template has one name for each. */
export function isTaken({ root, resources }: Template, name: string): boolean {
  return resources.has(name) || memberOf(objectAt(root, "Parameters"), name) !== undefined;
}

/** A name like the wanted one that nothing of the template has. */
export function freeName(template: Template, wanted: string): string {
  let name = wanted;
  for (let count = 2; isTaken(template, name); count++) name = `${wanted}${count}`;
  return name;
}

/** What gives a template parameters for texts. */
export function addParameters({ root }: Template, names: readonly string[]): readonly Change[] {
  const parameters = objectAt(root, "Parameters");
  if (parameters !== undefined)
    return names.map((key): Change => ({ kind: "add", to: parameters, key, value: { Type: "String" } }));
  const value = Object.fromEntries(names.map((name) => [name, { Type: "String" }]));
  // Parameters stand above what uses them.
  const before = ["Mappings", "Conditions", "Globals", "Resources"].flatMap((key) => memberOf(root, key) ?? []);
  const first = before.toSorted((a, b) => a.start - b.start)[0];
  return names.length === 0 ? [] : [{ kind: "add", to: root, key: "Parameters", value, before: first }];
}
