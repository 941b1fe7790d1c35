import { perStep, type Steps } from "../../steps.ts";
import type { Span } from "../../text.ts";
import { longSections, rootNames } from "../template.ts";
import { isLineEnd, nextSign } from "./layout.ts";

/** Lines that are read alone: those of a member, up to the next one beside it. */
export interface Piece extends Span {
  /** Its first sign. */
  readonly first: number;
  /** What is long in a template, and cut itself. */
  readonly section: Section | undefined;
}

/** An object that is cut at its members. */
export interface Block {
  /** Its brace. */
  readonly start: number;
  readonly pieces: readonly Piece[];
  /** The brace that closes it, where one stands at its place. */
  readonly close: number | undefined;
  /** Where its last piece ends. */
  readonly end: number;
}

interface Section extends Block {
  /** The name with its quotes. */
  readonly key: Span;
}

/** Each takes a parser of its own. CloudFormation takes no more than 500 resources. */
const mostPieces = 30_000;

/**
 * Cuts a template that has faults at the members of its root, and at those of its long sections, where their lines are
 * indented alike and what is in them is indented more: how everything that writes JSON for people does it. No string
 * goes on in the next line, so that what a line begins with is always told.
 * @returns `undefined` for any other document
 */
export function* cut(text: string): Steps<Block | undefined> {
  const start = nextSign(text, text.charCodeAt(0) === byteOrderMark ? 1 : 0);
  if (text.charCodeAt(start) !== openBrace || !endsLine(text, start + 1)) return undefined;
  const outer = text.slice(lineAt(text, start), start).replace("\ufeff", "");
  const close = lastBrace(text, start, outer);
  const end = close === undefined ? text.length : lineAt(text, close);
  const outline = new Outline(text, end, outer);
  let count = 0;
  for (const line of linesOf(text, nextLine(text, start), end)) {
    outline.add(line);
    if (outline.count > mostPieces) return undefined;
    if (++count % (16 * perStep) === 0) yield;
  }
  const pieces = outline.finish();
  // A section that seems to be empty may be laid out in another way.
  const isTemplate = pieces.some(
    ({ section }) => section !== undefined && section.pieces.length > 0 && nameIs(text, section.key, "Resources"),
  );
  return isTemplate ? { start, pieces, close, end } : undefined;
}

interface Line {
  readonly start: number;
  /** Its first sign. */
  readonly first: number;
}

/** A section while its lines come. */
interface OpenSection extends Pick<Section, "start" | "key"> {
  close: number | undefined;
  /** Lines that may begin a member: none is indented more than the first, or than is usual. */
  readonly lines: Line[];
}

class Outline {
  count = 0;
  readonly #text: string;
  readonly #end: number;
  readonly #found: { readonly line: Line; readonly section: OpenSection | undefined }[] = [];
  readonly #outer: string;
  /** What the lines of the root's members begin with. */
  #indent: string | undefined;
  /** What those of a section's members do where each level is indented by as much. */
  #usual = "";

  /** @param outer what the line of the root's brace begins with */
  constructor(text: string, end: number, outer: string) {
    this.#text = text;
    this.#outer = outer;
    this.#end = end;
  }

  add(line: Line): void {
    const text = this.#text;
    if (this.#indent === undefined) {
      this.#indent = text.slice(line.start, line.first);
      this.#usual = this.#indent + this.#indent.slice(this.#outer.length);
    }
    const section = this.#found.at(-1)?.section;
    const isOpen = section !== undefined && section.close === undefined;
    if (!isIndented(text, line, this.#indent)) {
      if (isOpen) this.#within(section, line);
    } else if (isOpen && isClose(text, line.first)) section.close = line.first;
    // Within a section, a line that is indented less than those beside it is no member of the root for that.
    else if (isOpen ? isNameOfRoot(text, line.first) : beginsMember(text, line.first)) {
      this.#found.push({ line, section: sectionAt(text, line.first) });
      this.count++;
    }
  }

  #within({ lines }: OpenSection, line: Line): void {
    const [first] = lines;
    const most = Math.max(this.#usual.length, first === undefined ? 0 : first.first - first.start);
    const isDeeper = first !== undefined && line.first - line.start > most;
    if (isDeeper || !beginsMember(this.#text, line.first)) return;
    lines.push(line);
    this.count++;
  }

  finish(): Piece[] {
    return this.#found.map(({ line, section }, index): Piece => {
      const end = this.#found[index + 1]?.line.start ?? this.#end;
      return { ...line, end, section: section === undefined ? undefined : this.#sectionOf(section, end) };
    });
  }

  #sectionOf({ start, key, close, lines }: OpenSection, behind: number): Section {
    const end = close === undefined ? behind : lineAt(this.#text, close);
    const members = membersAmong(this.#text, lines, this.#usual);
    const pieces = members.map((line, index) => ({
      ...line,
      end: members[index + 1]?.start ?? end,
      section: undefined,
    }));
    return { start, key, close, pieces, end };
  }
}

/**
 * Lines that are indented as the first one is. What is being typed may be that: then as it is usual, where it alone is
 * as it is, or they are indented more.
 */
function membersAmong(text: string, lines: readonly Line[], usual: string): readonly Line[] {
  const [first, ...others] = lines;
  if (first === undefined) return [];
  const indent = text.slice(first.start, first.first);
  const alike = (as: string): readonly Line[] => others.filter((line) => isIndented(text, line, as));
  const [beside, asUsual] = [alike(indent), alike(usual)];
  const isUnusual = beside.length === 0 || indent.length > usual.length;
  return [first, ...(isUnusual && asUsual.length > 0 ? asUsual : beside)];
}

const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;
const doubleQuote = 34;
const comma = 44;
const slash = 47;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const byteOrderMark = 0xfeff;

/** The lines that say something, but comments. */
function* linesOf(text: string, from: number, to: number): Generator<Line, void> {
  let hasComments = true;
  for (let start = from; start < to; ) {
    const first = behindBlanks(text, start);
    let behind = first;
    const sign = text.charCodeAt(first);
    const isComment = sign === slash && text.startsWith("//", first);
    if (hasComments && sign === slash && text.startsWith("/*", first)) {
      behind = text.indexOf("*/", first);
      hasComments = behind >= 0;
    }
    const isBlank = sign === lineFeed || sign === carriageReturn || Number.isNaN(sign);
    if (!isBlank && !isComment && behind === first && first < to) yield { start, first };
    start = nextLine(text, Math.max(first, behind));
  }
}

/** Whether a line is no end of what is above it, and does not go on with it. */
function beginsMember(text: string, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case openBrace:
    case openBracket:
    case closeBrace:
    case closeBracket:
    case colon:
      // A sign too many, before a name.
      return text.charCodeAt(at + 1) === doubleQuote;
    case comma:
    case slash:
      return false;
    default:
      return true;
  }
}

/** Whether a line closes an object, and does nothing else. */
function isClose(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== closeBrace) return false;
  const behind = behindBlanks(text, at + 1);
  return endsLine(text, text.charCodeAt(behind) === comma ? behind + 1 : behind);
}

function isNameOfRoot(text: string, at: number): boolean {
  return rootNames.some((name) => text.startsWith(`"${name}"`, at));
}

function sectionAt(text: string, at: number): OpenSection | undefined {
  const name = longSections.find((known) => text.startsWith(`"${known}"`, at));
  if (name === undefined) return undefined;
  const key = { start: at, end: at + name.length + 2 };
  const colonAt = behindBlanks(text, key.end);
  const start = behindBlanks(text, colonAt + 1);
  if (text.charCodeAt(colonAt) !== colon || text.charCodeAt(start) !== openBrace) return undefined;
  return endsLine(text, start + 1) ? { start, key, close: undefined, lines: [] } : undefined;
}

function nameIs(text: string, { start }: Span, name: string): boolean {
  return text.startsWith(`"${name}"`, start);
}

/** The brace that is last in the text, alone on its line, and as its line the one of the first is indented. */
function lastBrace(text: string, first: number, indent: string): number | undefined {
  const last = text.trimEnd().length - 1;
  const isBrace = last > first && text.charCodeAt(last) === closeBrace;
  return isBrace && isIndented(text, { start: lineAt(text, last), first: last }, indent) ? last : undefined;
}

function isIndented(text: string, { start, first }: Line, indent: string): boolean {
  return first - start === indent.length && text.startsWith(indent, start);
}

/** Whether nothing but a comment follows in the line. */
function endsLine(text: string, from: number): boolean {
  const at = behindBlanks(text, from);
  return at >= text.length || isLineEnd(text, at) || text.charCodeAt(at) === slash;
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at++;
  return at;
}

function lineAt(text: string, at: number): number {
  return text.lastIndexOf("\n", at) + 1;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
