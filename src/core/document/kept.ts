import type { ObjectNode } from "./tree.ts";

/** What is kept of objects, each until anything within it is read again: wherever it has moved, that still holds. */
export interface Kept<Value> {
  of(object: ObjectNode): Value | undefined;
  keep(object: ObjectNode, value: Value): void;
}

let count = 0;

/** In a slot of the object: weak maps of thousands cost the garbage collector more than all reading. */
export function keptOfObjects<Value>(): Kept<Value> {
  const place = count++;
  return {
    // Nothing else writes there.
    of: ({ kept }) => kept?.[place] as Value | undefined,
    keep: (object, value) => {
      object.kept ??= new Array<unknown>(count);
      object.kept[place] = value;
    },
  };
}
