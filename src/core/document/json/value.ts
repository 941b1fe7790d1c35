import { jsonOf } from "../plain.ts";
import type { Json } from "../tree.ts";
import { parseJson } from "./read.ts";

/** What a whole JSON text says; `undefined`: it has faults. */
export function valueIn(text: string): Json | undefined {
  const { root, problems } = parseJson(text, "jsonc");
  return root === undefined || problems.length > 0 ? undefined : jsonOf(root);
}
