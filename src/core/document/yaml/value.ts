import type { Json, Node } from "../tree.ts";
import { isJsonList, isJsonObject } from "../values.ts";
import { literalOf, renderText } from "./scalar.ts";
import type { Style } from "./style.ts";

/** The first one stands where the value does; the others are whole lines with their blanks. */
export type Lines = readonly string[];

/** Where lines begin that belong to a value. */
export interface Place {
  /** Of the name that the value is behind, or of the value itself. */
  readonly column: number;
  readonly isBehindName: boolean;
}

export function renderName(name: string, style: Style, isInFlow: boolean): string {
  const quote = isInFlow && style.colon === ":" && style.nameQuote === "plain" ? "double" : style.nameQuote;
  return renderText(name, quote, isInFlow, style.needed);
}

/** In lines and columns. */
export function renderBlock(value: Json, place: Place, style: Style): Lines {
  const call = callOf(value, style);
  if (call !== undefined) return renderCall(call, place, style);
  if (isJsonList(value)) {
    if (value.length === 0) return ["[]"];
    const column = place.isBehindName ? place.column + style.dashes : place.column;
    return placed(
      value.map((item) => dashed(renderBlock(item, { column: column + 2, isBehindName: false }, style))),
      column,
      place.isBehindName,
    );
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value);
    if (members.length === 0) return ["{}"];
    const column = place.isBehindName ? place.column + style.step : place.column;
    return placed(
      members.map(([name, inner]) => named(name, renderBlock(inner, { column, isBehindName: true }, style), style)),
      column,
      place.isBehindName,
    );
  }
  if (typeof value !== "string") return [JSON.stringify(value)];
  const literal = style.literals ? literalOf(value) : undefined;
  if (literal === undefined) return [renderText(value, style.quote, false, style.needed)];
  const indent = blanks(place.isBehindName ? place.column + style.step : place.column);
  return [literal.sign, ...literal.lines.map((line) => (line === "" ? "" : indent + line))];
}

export function blanks(count: number): string {
  return " ".repeat(Math.max(0, count));
}

/** Entries one below the other; where they are behind a name, each has lines of its own. */
export function placed(entries: readonly Lines[], column: number, isBehindName: boolean): Lines {
  const [first = "", ...others] = below(entries, column);
  return isBehindName ? ["", first, ...others] : [first.slice(column), ...others];
}

/** The lines of a text, all but the first of them deeper, or less deep. */
export function shifted(text: string, delta: number): Lines {
  const [first = "", ...others] = text.split(/\r?\n/);
  return [
    first,
    ...others.map((line) => {
      if (line === "") return line;
      return delta >= 0 ? blanks(delta) + line : line.slice(Math.min(-delta, startOfText(line)));
    }),
  ];
}

/** All entries of what had lines went. */
export function isEmptied(text: string): boolean {
  return text.startsWith("{}") || text.startsWith("[]");
}

/** As `shifted`, and no line less deep than what the value stands in allows. */
export function indented(text: string, delta: number, atLeast: number): Lines {
  const lines = shifted(text, delta);
  let least = atLeast;
  for (const line of lines.slice(1)) if (line.trim() !== "") least = Math.min(least, startOfText(line));
  return least < atLeast ? shifted(lines.join("\n"), atLeast - least) : lines;
}

function startOfText(line: string): number {
  let at = 0;
  while (line[at] === " ") at++;
  return at;
}

/** Whole lines. */
export function below(entries: readonly Lines[], column: number): string[] {
  return entries.flatMap(([first = "", ...others]) => [blanks(column) + first, ...others]);
}

export function named(name: string, value: Lines, style: Style): Lines {
  return behind(`${renderName(name, style, false)}:`, value);
}

export function dashed(value: Lines): Lines {
  return behind("-", value);
}

/** A value behind what stands before it on the line. */
export function behind(before: string, [first = "", ...others]: Lines): Lines {
  return [first === "" ? before : `${before} ${first}`, ...others];
}

/** On one line, as it stands within brackets. */
export function renderInline(value: Json, style: Style): string {
  const call = callOf(value, style);
  if (call !== undefined) return `${call.tag} ${renderInline(call.argument, plainly(style))}`;
  if (isJsonList(value))
    return inlineList(
      value.map((item) => renderInline(item, style)),
      style,
    );
  if (isJsonObject(value)) {
    return inlineObject(
      Object.entries(value).map(([name, inner]) => inlineMember(name, renderInline(inner, style), style)),
      style,
    );
  }
  return typeof value === "string" ? renderText(value, style.quote, true, style.needed) : JSON.stringify(value);
}

export function inlineList(items: readonly string[], { comma }: Style): string {
  return `[${items.join(comma)}]`;
}

export function inlineObject(members: readonly string[], { comma, blank }: Style): string {
  return members.length === 0 ? "{}" : `{${blank}${members.join(comma)}${blank}}`;
}

export function inlineMember(name: string, value: string, style: Style): string {
  const key = renderName(name, style, true);
  return value === "" ? `${key}:` : key + (/["']$/.test(key) ? style.colon : ": ") + value;
}

// --- calls

interface Calling {
  readonly tag: string;
  readonly argument: Json;
}

/** What CloudFormation has short forms for. */
const functions: ReadonlySet<string> = new Set(
  "Base64 Cidr FindInMap GetAtt GetAZs ImportValue Join Select Split Sub Transform If And Equals Not Or Length ToJsonString"
    .split(" ")
    .map((name) => `Fn::${name}`),
);

/** `undefined` where it is no call of a function, or one that has to be written at length. */
function callOf(value: Json, style: Style): Calling | undefined {
  if (style.longCalls || !isJsonObject(value)) return undefined;
  const [[name, argument] = ["", null], ...others] = Object.entries(value);
  if (others.length > 0 || argument === null) return undefined;
  if (name === "Ref") return typeof argument === "string" ? { tag: "!Ref", argument } : undefined;
  if (!functions.has(name)) return undefined;
  // A value has one tag.
  if (callOf(argument, style) !== undefined) return undefined;
  const tag = `!${name.slice(4)}`;
  if (name !== "Fn::GetAtt") return { tag, argument };
  const path = isJsonList(argument) ? argument : [argument];
  if (!path.every((part) => typeof part === "string")) return { tag, argument };
  return { tag, argument: path.join(".") };
}

function renderCall({ tag, argument }: Calling, { column }: Place, style: Style): Lines {
  if (isJsonList(argument) && argument.every((item) => typeof item !== "object" || item === null)) {
    return [`${tag} ${renderInline(argument, plainly(style))}`];
  }
  return behind(tag, renderBlock(argument, { column, isBehindName: true }, plainly(style)));
}

/** Names of resources are not quoted because values beside them are. */
function plainly(style: Style): Style {
  return { ...style, quote: "plain" };
}

/** What a node calls, at length, as `callOf` takes it; `undefined` for what is not known, as an alias. */
export function jsonWithCalls(node: Node): Json | undefined {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return all(node.items.map(jsonWithCalls));
    case "object": {
      const values = all(node.members.map(({ value }) => (value === undefined ? undefined : jsonWithCalls(value))));
      return values === undefined
        ? undefined
        : Object.fromEntries(node.members.map(({ key }, index) => [key, values[index] ?? null]));
    }
    case "computed": {
      const { name = "", argument } = node.call ?? {};
      const value = argument === undefined ? undefined : jsonWithCalls(argument);
      if (value === undefined || !name.startsWith("!")) return undefined;
      return { [name === "!Ref" ? "Ref" : `Fn::${name.slice(1)}`]: value };
    }
  }
}

function all(values: readonly (Json | undefined)[]): readonly Json[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** The path of `Fn::GetAtt` in the one of its forms that is written short. */
export function withoutForms(value: Json): Json {
  if (isJsonList(value)) return value.map(withoutForms);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isPath = name === "Fn::GetAtt" && isJsonList(inner) && inner.every((part) => typeof part === "string");
      return [name, isPath ? inner.join(".") : withoutForms(inner)];
    }),
  );
}
