import { isContainer, type Node } from "../tree.ts";
import type { Page } from "./layout.ts";
import { renderText } from "./scalar.ts";
import type { Style } from "./style.ts";
import { inlineList, inlineMember, inlineObject } from "./value.ts";

/** What stands in lines, on one line within brackets: each part as it is written, where that can be. */
export function inlineOf(page: Page, node: Node, style: Style): string {
  const source = page.text.slice(node.start, node.end);
  if (isContainer(node)) {
    if (page.hasBrackets(node) && !source.includes("\n")) return source;
    if (node.kind === "list")
      return inlineList(
        node.items.map((item) => inlineOf(page, item, style)),
        style,
      );
    return inlineObject(
      node.members.map(({ key, value }) =>
        inlineMember(key, value === undefined ? "" : inlineOf(page, value, style), style),
      ),
      style,
    );
  }
  if (node.kind === "computed") {
    const { name = "", argument } = node.call ?? {};
    if (name === "*" || argument === undefined) return source;
    return `${name} ${inlineOf(page, argument, style)}`;
  }
  if (typeof node.value !== "string") return source;
  const first = source.charAt(0);
  const isOneLine = !source.includes("\n");
  if (isOneLine && (first === '"' || first === "'")) return source;
  return renderText(node.value, "plain", true, style.needed);
}
