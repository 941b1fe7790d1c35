// What a document says, with its places, whatever its dialect: to compare one with its translation.
import { shapeOfDistribution } from "../../../src/core/cloudfront/part.ts";
import type { Shape } from "../../../src/core/dialect/shape.ts";
import type { Json, Node } from "../../../src/core/document/tree.ts";
import { isJsonList, isJsonObject } from "../../../src/core/document/values.ts";
import type { Subject } from "../../../src/core/subjects.ts";
import type { Span } from "../../../src/core/text.ts";
import { shapeNamed } from "./mirror.ts";

/** The objects of a subject, each with its shape. */
export function rootsOf(subject: Subject): readonly { readonly node: Node; readonly shape: Shape | undefined }[] {
  switch (subject.kind) {
    case "distribution": {
      const start = shapeOfDistribution(subject.distribution);
      return [{ node: subject.distribution.node, shape: start === undefined ? undefined : shapeNamed(start) }];
    }
    case "domain-names":
      return subject.domains.map(({ node, form, spelling }) => ({
        node,
        shape: form === "patch" ? undefined : shapeNamed(form === "block" ? spelling.blockShape : spelling.shape),
      }));
    case "listeners":
      return subject.listeners.map(({ node, form }) => ({
        node,
        shape: shapeNamed(form === "block" ? "MutualAuthentication" : "Listener"),
      }));
  }
}

/** Where a place of a document is, in the names of the API. */
export type Places = ReadonlyMap<string, readonly string[]>;

export function placesIn(roots: readonly Node[], nameOf: (key: string) => string): Places {
  const places = new Map<string, string[]>();
  const add = ({ start, end }: Span, path: string): void => {
    const key = `${start}-${end}`;
    places.set(key, [...(places.get(key) ?? []), path]);
  };
  const walk = (node: Node, path: string): void => {
    add(node, path);
    if (node.kind === "list") for (const [index, item] of node.items.entries()) walk(item, `${path}/${index}`);
    if (node.kind !== "object") return;
    add({ start: node.start, end: node.start + 1 }, `${path} {`);
    for (const member of node.members) {
      const here = `${path}/${nameOf(member.key)}`;
      add(member.keySpan, `${here} name`);
      add(member, `${here} member`);
      if (member.value !== undefined) walk(member.value, here);
    }
  };
  for (const [index, root] of roots.entries()) walk(root, `${index}`);
  return places;
}

/** What a document says, without what the API alone counts. */
export function uncounted(value: Json | undefined): Json | undefined {
  if (isJsonList(value)) return value.map((item) => uncounted(item) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "Quantity")
      .map(([key, inner]) => [key, uncounted(inner) ?? null]),
  );
}

/** With the members of every object in one order. */
export function sorted(value: Json | undefined): Json | undefined {
  if (isJsonList(value)) return value.map((item) => sorted(item) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner) ?? null]),
  );
}
