import { type Node, numberOf, stringOf, valueOf } from "../document/tree.ts";
import type { MemberType } from "./shape.ts";

/** What programs write in place of an object or list that they do not write out. */
export function lostIn(node: Node, type: MemberType): "cut" | "lost" | undefined {
  const text = type.kind === "shape" || type.kind === "list" ? stringOf(node) : undefined;
  if (text === undefined) return undefined;
  if (/^(@\{[^]*\}|System\.(Object\[\]|Collections\.[\w.`[\]]+)|Amazon\.\w+\.Model\.\w+)$/.test(text)) return "cut";
  // The items of a list, one behind the other; of texts nothing is lost.
  const words = text.split(" ");
  const isCounted = numberOf(valueOf(node.parent, "Quantity")) === words.length;
  if (words.length > 1 && type.kind === "list" && type.of.kind === "shape" && isCounted) return "cut";
  if (words.every((word) => /^Amazon\.\w+\.Model\.\w+$/.test(word))) return "cut";
  return text === "[object Object]" ? "lost" : undefined;
}
