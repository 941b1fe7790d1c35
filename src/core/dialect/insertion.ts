import { supportOf } from "../document/syntaxes.ts";
import type { Json, Tree } from "../document/tree.ts";
import { isJsonList, isJsonObject, spacedJson } from "../document/values.ts";
import { Page } from "../document/yaml/layout.ts";
import { type Quote, renderText } from "../document/yaml/scalar.ts";
import { type Style, Styles } from "../document/yaml/style.ts";
import { blanks, renderInline, renderName } from "../document/yaml/value.ts";
import type { Completion } from "./assist.ts";

/** What is written: a text, or a stop where something is to be typed, with what stands there until then. */
export type Piece = string | { readonly stop: string };

/** How an offer is written where it was made. */
export interface Insertion {
  readonly pieces: readonly Piece[];
  /** What is compared with what is typed. */
  readonly filter: string;
  /** Whether its lines are indented already; otherwise by a tab for each level below the line that it is put into. */
  readonly isIndented: boolean;
}

/** How what is offered at an offset is written there. */
export function insertionsAt(tree: Tree, offset: number): (offer: Completion) => Insertion {
  return tree.syntax === "yaml" ? yamlInsertions(tree, offset) : (offer) => jsonInsertion(offer, tree.text);
}

function jsonInsertion(offer: Completion, text: string): Insertion {
  const { kind, key, value, replace, keywords } = offer;
  const rest = text.slice(replace.end);
  // A name that has its value already is only renamed.
  const isNamed = kind === "member" && /^\s*:/.test(rest);
  const comma = !isNamed && /^\s*["{[]/.test(rest) ? "," : "";
  const written = key === undefined ? spacedJson(value) : JSON.stringify(key);
  const rendered: readonly Piece[] = kind === "member" && !isNamed ? [": ", ...jsonPieces(value)] : [];
  return {
    pieces: [commaBefore(offer) + written, ...rendered, comma],
    filter: keywords === undefined ? written : `${written} ${keywords}`,
    isIndented: false,
  };
}

/** Right where it is inserted: what is apart from that is an edit of its own. */
function commaBefore({ commaAt, replace }: Completion): string {
  return commaAt !== undefined && commaAt >= replace.start ? ", " : "";
}

/** The value with a stop where something is to be typed. */
function jsonPieces(value: Json): readonly Piece[] {
  if (!isJsonObject(value)) return jsonStop(value);
  const members = Object.entries(value);
  if (members.length === 0) return jsonStop(value);
  return [
    "{\n",
    ...members.flatMap(([name, inner], index): Piece[] => [
      `${index === 0 ? "" : ",\n"}\t${JSON.stringify(name)}: `,
      ...jsonStop(inner),
    ]),
    "\n}",
  ];
}

function jsonStop(value: Json): readonly Piece[] {
  if (value === "") return ['"', { stop: "" }, '"'];
  if (isJsonList(value)) return ["[", { stop: "" }, "]"];
  if (isJsonObject(value)) return ["{", { stop: "" }, "}"];
  return [{ stop: JSON.stringify(value) }];
}

function yamlInsertions(tree: Tree, offset: number): (offer: Completion) => Insertion {
  const cursor = supportOf(tree.syntax).cursorAt(tree, offset);
  const page = new Page(tree);
  const style = new Styles(tree, page).at(cursor?.container);
  const isInFlow = cursor !== undefined && page.isFlow(cursor.container);
  return (offer) => {
    const { kind, key, value, replace, keywords } = offer;
    const before = commaBefore(offer);
    const [last, rest] = [tree.text[replace.start - 1], tree.text.slice(replace.end)];
    const typed = quoteOf(tree.text[replace.start]);
    const written =
      key === undefined
        ? renderValue(value, typed === undefined ? style : { ...style, quote: typed }, isInFlow)
        : renderName(key, typed === undefined ? style : { ...style, nameQuote: typed }, isInFlow);
    // A name that has its value already is only renamed.
    const isNamed = kind === "member" && /^[ \t]*:(?:\s|$)/.test(rest);
    const comma = isInFlow && !isNamed && /^\s*[^\s,}\]#]/.test(rest) ? "," : "";
    // Only blanks part a value from the name that it is behind.
    const gap = kind === "value" && last === ":" ? " " : "";
    const rendered: readonly Piece[] =
      kind === "value" || isNamed
        ? []
        : isInFlow
          ? [": ", ...flowPieces(value, style)]
          : [":", ...blockPieces(value, page.column(replace.start), style)];
    return {
      pieces: [before + gap + written, ...rendered, comma],
      filter: keywords === undefined ? written : `${written} ${keywords}`,
      isIndented: true,
    };
  };
}

/** Of what is typed already. */
function quoteOf(sign: string | undefined): Quote | undefined {
  return sign === '"' ? "double" : sign === "'" ? "single" : undefined;
}

function renderValue(value: Json, style: Style, isInFlow: boolean): string {
  return typeof value === "string"
    ? renderText(value, style.quote, isInFlow, style.needed)
    : renderInline(value, style);
}

/** A text to be typed, in the quotes that others have. */
function textPieces({ quote }: Style): readonly Piece[] {
  if (quote === "plain") return [{ stop: "" }];
  const sign = quote === "double" ? '"' : "'";
  return [sign, { stop: "" }, sign];
}

function flowPieces(value: Json, style: Style): readonly Piece[] {
  if (value === "") return textPieces(style);
  if (isJsonList(value)) return ["[", { stop: "" }, "]"];
  if (!isJsonObject(value)) return [{ stop: renderValue(value, style, true) }];
  const members = Object.entries(value);
  if (members.length === 0) return ["{", { stop: "" }, "}"];
  return [
    `{${style.blank}`,
    ...members.flatMap(([name, inner], index): readonly Piece[] => [
      `${index === 0 ? "" : style.comma}${renderName(name, style, true)}: `,
      ...flowPieces(inner, style),
    ]),
    `${style.blank}}`,
  ];
}

/**
 * Behind the colon of a name.
 * @param column where that begins
 */
function blockPieces(value: Json, column: number, style: Style): readonly Piece[] {
  if (value === "") return [" ", ...textPieces(style)];
  if (isJsonList(value)) return [`\n${blanks(column + style.dashes)}- `, { stop: "" }];
  if (!isJsonObject(value)) return [" ", { stop: renderValue(value, style, false) }];
  const inner = column + style.step;
  const members = Object.entries(value);
  if (members.length === 0) return [`\n${blanks(inner)}`, { stop: "" }];
  return members.flatMap(([name, below]): readonly Piece[] => [
    `\n${blanks(inner)}${renderName(name, style, false)}:`,
    ...blockPieces(below, inner, style),
  ]);
}
