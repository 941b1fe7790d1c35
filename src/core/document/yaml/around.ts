import type { Span, TextEdit } from "../../text.ts";
import type { Change } from "../change.ts";
import { skipBlankBack } from "../json/layout.ts";
import type { Node } from "../tree.ts";
import type { Desk } from "./desk.ts";
import { memberHolding, type Page } from "./layout.ts";
import {
  below,
  blanks,
  dashed,
  inlineList,
  inlineMember,
  inlineObject,
  isEmptied,
  type Lines,
  named,
  renderBlock,
  renderInline,
  shifted,
} from "./value.ts";

/** A value gets an object around it. */
export function editWrap(desk: Desk, { node, key, before }: Change & { readonly kind: "wrap" }): readonly TextEdit[] {
  const { page, styles } = desk;
  const style = styles.at(node.parent);
  if (page.isInFlow(node)) {
    const start = flowStart(page, node);
    const members = Object.entries(before).map(([name, value]) =>
      inlineMember(name, renderInline(value, style), style),
    );
    const text = desk.text(node, { start, end: node.end });
    const whole = inlineObject([...members, inlineMember(key, text, style)], style);
    return [{ span: { start, end: node.end }, text: whole }];
  }
  const { span, isBelow, own, name } = around(page, node);
  const column = name === undefined ? own : isBelow && own > name ? own : name + style.step;
  const delta = name === undefined ? style.step : column - name;
  const [first = "", ...others] = shifted(desk.text(node, span), delta);
  const isOnOwnLines = page.isBlock(node) && !isEmptied(first) && (isBelow || name === undefined || first === "");
  const value: Lines = isOnOwnLines ? ["", blanks(own + delta) + first, ...others] : [first, ...others];
  const entries = [
    ...Object.entries(before).map(([each, json]) =>
      named(each, renderBlock(json, { column, isBehindName: true }, style), style),
    ),
    named(key, value, style),
  ];
  return putAround(page, span, below(entries, column), column, isBelow, name);
}

/** A value becomes the only item of a list. */
export function editEnlist(desk: Desk, node: Node): readonly TextEdit[] {
  const { page, styles } = desk;
  const style = styles.at(node.parent);
  if (page.isInFlow(node)) {
    const start = flowStart(page, node);
    return [{ span: { start, end: node.end }, text: inlineList([desk.text(node, { start, end: node.end })], style) }];
  }
  const { span, isBelow, own, name } = around(page, node);
  const column = name === undefined ? own : name + style.dashes;
  const isBlock = page.isBlock(node);
  const delta = isBelow && isBlock ? column + 2 - own : name === undefined ? 2 : column + 2 - name;
  const lines = shifted(desk.text(node, span), delta);
  return putAround(page, span, below([dashed(lines)], column), column, isBelow, name);
}

/** A value that gets something around it: where it begins and ends, and where the new names or dashes stand. */
function around(
  page: Page,
  node: Node,
): {
  readonly span: Span;
  readonly isBelow: boolean;
  readonly own: number;
  readonly name: number | undefined;
} {
  const start = page.valueStart(node);
  const member = memberHolding(node);
  const isBelow = page.startsLine(start);
  const name = member === undefined ? undefined : page.column(page.startOf(member, member.parent.start));
  return { span: { start, end: page.endOfLines(member ?? node) }, isBelow, own: page.column(start), name };
}

/** Whole lines instead of a value; what is on the line of its name, begins the one below. */
function putAround(
  page: Page,
  span: Span,
  lines: Lines,
  column: number,
  isBelow: boolean,
  name: number | undefined,
): readonly TextEdit[] {
  if (isBelow) {
    const start = page.lineStart(span.start);
    return [{ span: { start, end: span.end }, text: lines.join(page.eol) }];
  }
  if (name === undefined) return [{ span, text: lines.join(page.eol).slice(column) }];
  const start = skipBlankBack(page.text, span.start, " \t");
  return [{ span: { start, end: span.end }, text: page.eol + lines.join(page.eol) }];
}

function flowStart(page: Page, node: Node): number {
  const member = memberHolding(node);
  return member === undefined ? page.startOf(node, node.parent?.start ?? 0) : page.valueStart(node);
}
