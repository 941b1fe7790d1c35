import type { TextEdit } from "../../text.ts";
import { skipBlank } from "../json/layout.ts";
import type { Json, Node } from "../tree.ts";
import { sameJson } from "../values.ts";
import { memberHolding, type Page } from "./layout.ts";
import { put } from "./place.ts";
import type { Style, Styles } from "./style.ts";
import { blanks, jsonWithCalls, renderBlock, renderInline, withoutForms } from "./value.ts";

/** A value becomes another one. */
export function editSet(page: Page, styles: Styles, node: Node, value: Json): readonly TextEdit[] {
  const known = jsonWithCalls(node);
  if (known !== undefined && sameJson(withoutForms(known), withoutForms(value))) return [];
  const { start } = node;
  const end = page.endOf(node);
  const beside = styles.at(node.parent);
  if (page.isInFlow(node)) return [{ span: { start, end }, text: renderInline(value, asBefore(page, node, beside)) }];
  const style = { ...asBefore(page, node, beside), literals: hasRoomForLines(page, node) };
  if (!page.isBlock(node)) return put(page, node, (place) => renderBlock(value, place, style));
  const member = memberHolding(node);
  if (!page.startsLine(start) || node.parent === undefined) {
    const lines = renderBlock(value, { column: page.column(start), isBehindName: false }, style);
    return [{ span: { start, end }, text: lines.join(page.eol) }];
  }
  const header = page.headerEnd(node);
  if (header === undefined) return [];
  const column =
    member === undefined ? page.column(header - 1) : page.column(page.startOf(member, member.parent.start));
  const lines = renderBlock(value, { column, isBehindName: true }, style);
  if (lines[0] === "") {
    const own = page.column(start);
    const at = own > column || (Array.isArray(value) && member !== undefined) ? own : column + style.step;
    const inPlace = renderBlock(value, { column: at, isBehindName: false }, style);
    return [{ span: { start, end }, text: blanks(at - own) + inPlace.join(page.eol) }];
  }
  const [first = "", ...others] = lines;
  return [
    { span: { start: header, end: header }, text: ` ${first}` },
    {
      span: { start: page.lineEndAbove(start), end: page.endOfLines(node) },
      text: others.map((line) => page.eol + line).join(""),
    },
  ];
}

/** Below a `|`, what were comments would be text. */
function hasRoomForLines(page: Page, node: Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  const end = page.endOf(node);
  const next = skipBlank(page.text, page.lineEnd(end));
  if (page.text[next] === "#" && page.column(next) > page.outerColumn(node)) return false;
  if (!page.isBlock(node)) return true;
  const before = page.text.slice(page.headerEnd(node) ?? node.start, node.start);
  return !before.includes("#") && page.lineEnd(end) === end;
}

/** The quotes that a text had, its successor has. */
function asBefore(page: Page, node: Node, style: Style): Style {
  const first = page.text[node.start];
  if (node.kind !== "scalar" || typeof node.value !== "string") return style;
  return first === '"' || first === "'" ? { ...style, quote: first === '"' ? "double" : "single" } : style;
}
