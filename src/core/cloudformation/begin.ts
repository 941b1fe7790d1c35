import type { Completion } from "../dialect/assist.ts";
import { listedValues, offeredNames } from "../dialect/completion.ts";
import { namesIn } from "../dialect/dialect.ts";
import { supportOf } from "../document/syntaxes.ts";
import { memberOf, type Tree, valueOf } from "../document/tree.ts";
import type { Template } from "../template/template.ts";
import { type Place, placesIn } from "./find.ts";

/** What may be written first below the name of what holds all settings of a resource: nothing is known of it before. */
export function firstOffers(template: Template, tree: Tree, offset: number): readonly Completion[] {
  const cursor = supportOf(tree.syntax).cursorAt(tree, offset);
  if (cursor?.at !== "value" || cursor.nests !== true) return [];
  const place = placesIn(template).find((one) => rootMember(one) === cursor.member);
  const shape = place?.type.vocabulary.get(place.type.shape);
  if (place === undefined || shape === undefined) return [];
  const { dialect } = place.type;
  const { typed, commaAt } = cursor;
  return offeredNames(
    { at: "name", names: namesIn(dialect, shape), there: new Set(), dialect, typed, commaAt },
    listedValues,
  );
}

function rootMember({ resource, type: { path } }: Place) {
  return memberOf(valueOf(resource.node, ...path.slice(0, -1)), path.at(-1) ?? "");
}
