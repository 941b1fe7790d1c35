import type { TextEdit } from "../../text.ts";
import { skipBlank, skipBlankBack } from "../json/layout.ts";
import type { Node } from "../tree.ts";
import type { Desk } from "./desk.ts";
import { commentsIn, memberHolding, type Page } from "./layout.ts";
import type { Style } from "./style.ts";
import { blanks, indented, isEmptied, type Lines, shifted } from "./value.ts";

/** The part that stays, at its new column. */
interface Lifted {
  readonly lines: Lines;
  /** Whether it has lines of its own, as what has entries does. */
  readonly isBlock: boolean;
  readonly column: number;
  /** The comments that were around it in the whole. */
  readonly comments: readonly string[];
  /** Where the whole ends, with the comment behind it. */
  readonly end: number;
}

/** A part takes the place of the whole, below the comments of what was around it. */
export function editLift(desk: Desk, part: Node, whole: Node): readonly TextEdit[] {
  const { page, styles } = desk;
  if (part.start < whole.start || part.end > whole.end) return [];
  const style = styles.at(whole.parent);
  const hasEntries = page.isBlock(part);
  if (hasEntries && !page.isBlock(whole) && whole.kind !== "computed") return [];
  // A value has one name for aliases: the one that is there.
  const isNamed = page.holderEnd(whole) !== page.headerEnd(whole);
  if (isNamed && part.kind === "computed" && part.call?.name === "*") return [];
  const start = hasEntries || isNamed ? part.start : page.valueStart(part);
  const end = page.isInFlow(part) ? part.end : page.endOfLines(part);
  const hasLines = !page.isInFlow(whole) && (page.isBlock(whole) || whole.kind === "computed");
  const wholeEnd = hasLines ? Math.max(page.endOfLines(whole), end) : whole.end;
  const text = desk.text(part, { start, end });
  const comments = commentsIn(page, whole, { start, end }, wholeEnd);
  if (page.isInFlow(whole)) {
    const indent = page.eol + blanks(page.column(whole.start));
    const above = comments.map((comment) => indent + comment).join("");
    return [{ span: { start: whole.start, end: wholeEnd }, text: above + (above === "" ? "" : indent) + text }];
  }
  const isBlock = hasEntries && !isEmptied(text);
  const column = columnOf(page, part, whole, isBlock, style);
  const lines = isBlock
    ? shifted(text, column - page.column(part.start))
    : indented(text, column - page.indentOf(part.start), column);
  // What is a comment below would be text.
  const next = skipBlank(page.text, wholeEnd);
  const depth = isBlock ? column : Math.min(page.outerColumn(whole), column - 1);
  if (page.text[next] === "#" && page.column(next) > depth && page.isLiteral(part)) return [];
  return putLifted(page, whole, { lines, isBlock, column, comments, end: wholeEnd });
}

/** A list stands behind its name as it did before. */
function columnOf(page: Page, part: Node, whole: Node, isBlock: boolean, style: Style): number {
  if (memberHolding(whole) === undefined) return page.column(whole.start);
  const outer = page.outerColumn(whole);
  if (!isBlock || part.kind !== "list") return outer + style.step;
  const inside = memberHolding(part);
  if (inside === undefined || page.isFlow(inside.parent)) return outer + style.dashes;
  return outer + Math.max(0, page.column(part.start) - page.column(inside.start));
}

function putLifted(page: Page, whole: Node, lifted: Lifted): readonly TextEdit[] {
  const { lines, isBlock, column, comments, end } = lifted;
  const isBelow = page.startsLine(whole.start);
  const header = isBelow && whole.parent !== undefined ? page.headerEnd(whole) : undefined;
  const isRemarked = header !== undefined && page.text.slice(header, whole.start).includes("#");
  const above = comments.map((comment) => blanks(column) + comment);
  if (!isBlock && header !== undefined) {
    if (comments.length === 0 && !isRemarked)
      return [{ span: { start: header, end }, text: ` ${lines.join(page.eol)}` }];
    // On the line of its name, before the comments.
    if (lines.length === 1) {
      const rest = above.map((line) => page.eol + line).join("");
      return [
        { span: { start: header, end: header }, text: ` ${lines[0]}` },
        { span: { start: page.lineEndAbove(whole.start), end }, text: rest },
      ];
    }
  }
  if (!isBlock && comments.length === 0 && !isRemarked)
    return [{ span: { start: whole.start, end }, text: lines.join(page.eol) }];
  const [first = "", ...others] = lines;
  const text = [...above, blanks(column) + first, ...others].join(page.eol);
  if (isBelow) return [{ span: { start: page.lineStart(whole.start), end }, text }];
  if (memberHolding(whole) === undefined) return [{ span: { start: whole.start, end }, text: text.slice(column) }];
  return [{ span: { start: skipBlankBack(page.text, whole.start, " \t"), end }, text: page.eol + text }];
}
