import type { Json, Node } from "./tree.ts";

/**
 * What a part of a document says, without its places. What is half typed is left out; of a name that is repeated the
 * last one counts.
 */
export function jsonOf(node: Node): Json | undefined {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "computed":
      return undefined;
    case "list":
      return node.items.flatMap((item) => {
        const value = jsonOf(item);
        return value === undefined ? [] : [value];
      });
    case "object":
      return Object.fromEntries(
        node.members.flatMap(({ key, value }) => {
          const json = value === undefined ? undefined : jsonOf(value);
          return json === undefined ? [] : [[key, json] as const];
        }),
      );
  }
}
