import type { TextEdit } from "../../text.ts";
import { skipBlankBack } from "../json/layout.ts";
import type { Node } from "../tree.ts";
import { memberHolding, type Page } from "./layout.ts";
import { blanks, type Lines, type Place } from "./value.ts";

/** Where what is written instead of a value goes. */
function placeOf(page: Page, node: Node): Place {
  const member = memberHolding(node);
  if (member === undefined || page.startsLine(node.start)) {
    // Lists may stand at the column of their name.
    const column = page.column(node.start);
    return { column, isBehindName: false };
  }
  return { column: page.column(page.startOf(member, member.parent.start)), isBehindName: true };
}

/** In place of a value that is no block and stands on the line of its name or dash, or on one of its own. */
export function put(page: Page, node: Node, render: (place: Place) => Lines): readonly TextEdit[] {
  const place = placeOf(page, node);
  const [first = "", ...others] = besideProperties(page, node, place, render);
  const start = first === "" ? skipBlankBack(page.text, node.start, " \t") : node.start;
  const end = page.endOf(node);
  const lineEnd = page.lineEnd(end);
  const rest = others.map((line) => page.eol + line).join("");
  if (lineEnd === end || rest === "") return [{ span: { start, end }, text: first + rest }];
  return [
    { span: { start, end }, text: first },
    { span: { start: lineEnd, end: lineEnd }, text: rest },
  ];
}

/** `- &name` is of a whole object only where that has lines of its own. */
function besideProperties(page: Page, node: Node, place: Place, render: (place: Place) => Lines): Lines {
  const lines = render(place);
  const holder = page.holderEnd(node);
  const isAlone = place.isBehindName || page.startsLine(node.start) || holder === page.headerEnd(node);
  if (holder === undefined || isAlone || render({ ...place, isBehindName: true })[0] !== "") return lines;
  const column = page.column(holder - 1) + 2;
  const [first = "", ...others] = render({ column, isBehindName: false });
  return ["", blanks(column) + first, ...others];
}
