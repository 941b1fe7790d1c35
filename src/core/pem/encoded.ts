import type { Span } from "../text.ts";
import { decodeAll, encode } from "./base64.ts";
import { boundaryText, kindOf } from "./boundary.ts";
import { escapes, type Unescaped, unescaped } from "./escapes.ts";

/** A block as headers, logs and tokens carry it: no reader of PEM finds it there. */
export interface EncodedBlock {
  /** From the first character of BEGIN, or of the base64, to the last. */
  readonly span: Span;
  /** As a PEM file would have it, as far as it goes; without the body, where that is a private key. */
  readonly text: string;
  readonly label: string;
  /** `url`: URL-encoded PEM. `base64`: DER without boundaries. `pem`: PEM in which something had to be mended. */
  readonly form: "url" | "base64" | "pem";
  /** How many spaces were read as `+`, which they had been: the DER is whole only so. */
  readonly spaces: number;
  /** Where it ends too early: how many bytes are missing, if that is certain. */
  readonly cut: { readonly missing: number | undefined } | undefined;
  /** Written in the alphabet of base64url. */
  readonly urlSafe: boolean;
}

/** How far a block may reach, in characters: the longest certificates are some 70,000. */
export const farthest = 131_072;
/** Nearly every block is shorter than the first: the second is tried where something seems to be missing. */
const reaches = [8192, farthest];
/** What is cut at the end of a reach. */
const longestEscape = 16;
/** More are not looked for. */
const mostBlocks = 1_000;

const dashes = `(?:-|%(?:25)*2[Dd]){4,6}`;
const blank = `(?:[ +]|%(?:25)*(?:20|2[Bb]))`;
const labels = `(?:${blank}[A-Z0-9#]{1,20}){1,5}`;
/** The beginning of a SEQUENCE of more than 127 bytes, where a value may begin. */
const sequence = String.raw`(?<=^|[^\w+/-]|%(?:25)*[0-9A-Fa-f]{2}|\\(?:[nrt]|u00[0-9a-fA-F]{2}))MI[E-L](?=[\w+/%\\ -]{5})`;
const anchor = new RegExp(`${dashes}BEGIN(?<label>${labels}|CERTIFICATE)${dashes}|${sequence}`, "g");
const boundary = new RegExp(`${dashes}(?<word>BEGIN|END)(?<label>${labels}|CERTIFICATE)${dashes}`);
/** None is in the body of a block. */
const firstDash = /-|%(?:25)*2[Dd]/;
/** Base64, and what may stand between its lines; between boundaries also damage, but nothing that ends a value. */
const body = new RegExp(String.raw`(?:[\w+/=\s-]+|${escapes})*`, "y");
const damagedBody = new RegExp(String.raw`(?:[^"'<>;&|{},\\%\x60]+|${escapes})*`, "y");

/** How long lines are where base64 is broken into some. */
const lineWidths = [64, 76];

/** What a space stands for: nothing, or a `+`; in lines put side by side, nothing where a line was full. */
type Spaces = "nothing" | "plus" | { readonly width: number; readonly lineEnd: number };

/** In this order: nothing is mended that needs not be. A line end may have been two characters. */
const readings: readonly Spaces[] = [
  "nothing",
  "plus",
  ...[1, 2].flatMap((lineEnd) => lineWidths.map((width) => ({ width, lineEnd }))),
];

export interface Encoded {
  /** In the order of the text. */
  readonly blocks: readonly EncodedBlock[];
  /** PEM with spaces for its line ends, in which nothing else had to be mended: of a value, if others beside it are. */
  readonly plain: readonly EncodedBlock[];
  /** Whether the search stopped before the end: the work is bounded, whatever the text is. */
  readonly isCut: boolean;
}

export function encodedIn(text: string): readonly EncodedBlock[] {
  return encodedRead(text).blocks;
}

export function encodedRead(text: string): Encoded {
  const blocks: EncodedBlock[] = [];
  const plain: EncodedBlock[] = [];
  let work = 2 * text.length + 8 * farthest;
  anchor.lastIndex = 0;
  for (let found = anchor.exec(text); found !== null; found = anchor.exec(text)) {
    if (work <= 0 || blocks.length === mostBlocks) return { blocks, plain, isCut: true };
    const start = found.index;
    const written = found.groups?.["label"];
    const from = anchor.lastIndex;
    let read: Read | undefined;
    for (const reach of reaches) {
      const region = regionAt(text, written === undefined ? start : from, reach, written !== undefined);
      read = written === undefined ? bare(start, region, text) : labelled(start, from, written, region);
      const isComplete = read !== undefined && read.block?.cut === undefined;
      // What comes out even in the first reading is read as far as it goes, and no further.
      const isFirst = read?.block !== undefined && isComplete && read.block.spaces === 0;
      if (read !== undefined && isFirst) work -= read.end - start;
      else work -= written === undefined ? readings.length * region.length : region.length;
      if (isComplete || region.length < reach - longestEscape) break;
    }
    if (read?.block !== undefined) blocks.push(read.block);
    else if (read?.plain !== undefined && plain.length < mostBlocks) plain.push(read.plain);
    anchor.lastIndex = Math.max(read?.end ?? 0, from);
  }
  return { blocks, plain, isCut: false };
}

/** Of separators between two: quotation marks, commas, colons, line ends. */
const mostBetween = 100;

/** Whether two blocks are of one value, such as a chain. */
export function areBeside(text: string, one: EncodedBlock, next: EncodedBlock): boolean {
  return separates(text.slice(one.span.end, next.span.start));
}

function separates(between: string): boolean {
  return between.length <= mostBetween && /^[\s"'`,:;=\\\ufeff]*$/.test(unescaped(between, false).text);
}

function regionAt(text: string, from: number, reach: number, isLabelled: boolean): string {
  const pattern = isLabelled ? damagedBody : body;
  pattern.lastIndex = 0;
  // A copy: the expression must not look further.
  return pattern.exec(text.slice(from, from + reach))?.[0] ?? "";
}

// --- with boundaries

interface Read {
  /** `undefined`: there is nothing to decode or to mend. */
  readonly block: EncodedBlock | undefined;
  readonly plain?: EncodedBlock;
  /** Behind everything that belongs to it. */
  readonly end: number;
}

function labelled(start: number, from: number, written: string, region: string): Read | undefined {
  const isForm = written.includes("+");
  const name = labelOf(written);
  const closing = boundary.exec(region);
  const isClosed = closing?.groups?.["word"] === "END";
  const inner = isClosed ? region.slice(0, closing.index) : (region.split(firstDash, 1)[0] ?? "");
  const isUrl = isForm || /%[0-9A-Fa-f]{2}/.test(written + inner);
  const isWritten = isClosed && !isUrl && written.startsWith(" ") && !inner.includes("&#");
  const end = isClosed ? from + closing.index + closing[0].length : from + inner.length;
  const block = { span: { start, end }, label: name, form: isUrl ? "url" : "pem", ...unmended } as const;
  // Of a private key nothing is decoded, nor of what ends like one.
  if (isKey(name) || (isClosed && isKey(labelOf(closing.groups?.["label"] ?? ""))))
    return { block: isClosed && isUrl ? { ...block, text: pemOf(name, []) } : undefined, end };
  // Nothing is to be decoded, nor to be mended.
  if (isWritten && !/[ \t]/.test(inner)) return { block: undefined, end };
  const content = unescaped(inner, isForm);
  const taken = takeAny(content.text, isClosed);
  if (taken === undefined) {
    if (!isClosed) return cutBlock(block, from, content);
    const lines = asWritten(content.text);
    return { block: isWritten || lines.length === 0 ? undefined : { ...block, text: pemOf(name, lines) }, end };
  }
  const spaces = isForm ? 0 : taken.spaces;
  const span = isClosed ? block.span : { start, end: from + content.placeOf(taken.end) };
  const whole = { ...block, span, spaces, text: pemOf(name, linesOf(taken.base64)) };
  return isWritten && spaces === 0 ? { block: undefined, plain: whole, end } : { block: whole, end: span.end };
}

function labelOf(written: string): string {
  return unescaped(written, true).text.replaceAll("+", " ").trim();
}

function isKey(label: string): boolean {
  return kindOf(label) === "private-key";
}

const unmended = { spaces: 0, cut: undefined, urlSafe: false } as const;

/** Lines of 64 characters, and one that ends before: what follows is something else. */
const beginning = /^\s*((?:[A-Za-z0-9+/]{64}\s+)*[A-Za-z0-9+/]*)/;
/** A blank ends a value that is URL-encoded. */
const beginningOfUrl = /^\s*((?:[A-Za-z0-9+/]{64}[\r\n]+)*[A-Za-z0-9+/]*)/;

function cutBlock(block: Omit<EncodedBlock, "text">, from: number, content: Unescaped): Read | undefined {
  const [whole, lines = ""] = (block.form === "url" ? beginningOfUrl : beginning).exec(content.text) ?? [""];
  const missing = missingBehind(lines);
  if (missing === undefined) return undefined;
  const goesOn = /^\s*[A-Za-z0-9+/]{20}/.test(content.text.slice(whole.length));
  const cut = { missing: goesOn ? undefined : missing };
  const end = from + content.placeOf(whole.trimEnd().length);
  return {
    block: { ...block, span: { start: block.span.start, end }, text: pemOf(block.label, linesOf(lines)), cut },
    end,
  };
}

/** How many bytes; `undefined`: it is not known that some are. */
function missingBehind(written: string): number | undefined {
  const base64 = written.replaceAll(/\s+/g, "");
  const missing = (derLength(base64) ?? 0) - Math.floor((base64.length * 3) / 4);
  return missing > 0 ? missing : undefined;
}

function asWritten(text: string): readonly string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

// --- without boundaries

/** Shorter ones are cut from something else, or are examples. */
const shortestCut = 100;
/** What puts the parts of a string together, or stands before each line of a comment, and base64 that goes on there. */
const goingOn = /^[\s"'`+.&,()#*/;\\]*(?!MI[E-L])[A-Za-z0-9+/]{20}/;

function bare(start: number, region: string, text: string): Read | undefined {
  const content = unescaped(region, false);
  const head = content.text.slice(0, 100);
  if (!isDeep(head) && !isDeep(head.replaceAll(" ", "+"))) return undefined;
  const taken = takeAny(content.text, false);
  const block = { label: "CERTIFICATE", form: "base64", ...unmended } as const;
  if (taken !== undefined) {
    const end = start + content.placeOf(taken.end);
    const { spaces, urlSafe } = taken;
    return {
      block: { ...block, span: { start, end }, spaces, urlSafe, text: pemOf(block.label, linesOf(taken.base64)) },
      end,
    };
  }
  const [written = ""] = /^[\w+/-]*/.exec(content.text) ?? [];
  const base64 = standard(written);
  const missing = base64.length < shortestCut ? undefined : missingBehind(base64);
  if (missing === undefined || !isCertificateStart(base64)) return undefined;
  const end = start + content.placeOf(written.length);
  if (goingOn.test(unescaped(text.slice(end, end + 200), false).text)) return undefined;
  return {
    block: {
      ...block,
      span: { start, end },
      urlSafe: base64 !== written,
      text: pemOf(block.label, linesOf(base64)),
      cut: { missing },
    },
    end,
  };
}

/** Whether a SEQUENCE begins with a SEQUENCE, as what is signed does and no key without a password. */
function isDeep(base64: string): boolean {
  return startsDeep(decodeAll(standard(base64), 0, Math.min(base64.length, 40)));
}

function startsDeep(bytes: Uint8Array): boolean {
  return bytes[headerLength(bytes)] === 0x30;
}

/** Whether it says right there that it is a certificate of version 3. */
function isCertificateStart(base64: string): boolean {
  const bytes = decodeAll(base64, 0, 40);
  if (!startsDeep(bytes)) return false;
  const inner = bytes.subarray(headerLength(bytes));
  const version = inner.subarray(headerLength(inner));
  return [0xa0, 3, 2, 1, 2, 2].every((byte, place) => version[place] === byte);
}

function headerLength(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

// --- base64 of one DER value

interface Taken {
  readonly base64: string;
  /** Behind its last character and what pads it. */
  readonly end: number;
  readonly spaces: number;
  readonly urlSafe: boolean;
}

/**
 * The base64 of one DER value, as long as its header says, read in the first way in which it comes out even.
 * @param isWhole whether nothing may follow
 */
function takeAny(text: string, isWhole: boolean): Taken | undefined {
  const hasSpaces = /[ \t]/.test(text);
  for (const reading of hasSpaces ? readings : readings.slice(0, 1)) {
    const taken = take(text, reading);
    if (taken !== undefined && (!isWhole || /^\s*$/.test(text.slice(taken.end)))) return taken;
  }
  return undefined;
}

const token = /(?<base64>[\w+/-]+)|(?<space>[ \t])|[\r\n]+/y;

function take(text: string, reading: Spaces): Taken | undefined {
  let base64 = "";
  let column = 0;
  /** Of the line end that one is in. */
  let passed = 0;
  let spaces = 0;
  let urlSafe = false;
  let needed: number | undefined;
  token.lastIndex = 0;
  for (let at = 0, found = token.exec(text); found !== null; found = token.exec(text)) {
    const { base64: run, space } = found.groups ?? {};
    at = token.lastIndex;
    if (run !== undefined) {
      const plain = standard(run);
      urlSafe ||= plain !== run;
      base64 += plain;
      column += run.length;
      passed = 0;
    } else if (space === undefined) column = 0;
    else if (reading !== "nothing") {
      const isLineEnd = reading !== "plus" && passed < reading.lineEnd;
      if (isLineEnd && (base64 === "" || column === reading.width || passed > 0)) {
        column = 0;
        passed++;
      } else {
        base64 += "+";
        column++;
        spaces++;
      }
    }
    if (needed === undefined && base64.length >= 8) {
      const length = derLength(base64);
      if (length === undefined) return undefined;
      needed = Math.ceil((length * 4) / 3);
    }
    if (needed === undefined || base64.length < needed) continue;
    if (base64.length > needed) return undefined;
    const padding = /^={0,2}(?![\w+/=-])/.exec(text.slice(at, at + 3))?.[0].length;
    if (padding === undefined) return undefined;
    return { base64, end: at + padding, spaces, urlSafe };
  }
  return undefined;
}

/** In the alphabet of RFC 4648 §4. */
function standard(base64: string): string {
  return base64.replaceAll("-", "+").replaceAll("_", "/");
}

/** How many bytes a SEQUENCE has with its header; `undefined` for what is none, or too long. */
function derLength(base64: string): number | undefined {
  const bytes = decodeAll(base64, 0, Math.min(8, base64.length));
  const first = bytes[1] ?? 0x80;
  if (bytes.length < 6 || bytes[0] !== 0x30 || first === 0x80 || first > 0x83) return undefined;
  const header = headerLength(bytes);
  const length = first < 0x80 ? first : bytes.subarray(2, header).reduce((sum, byte) => sum * 256 + byte, 0);
  return length + header > farthest ? undefined : length + header;
}

function linesOf(base64: string): readonly string[] {
  return encode(decodeAll(base64, 0, base64.length)).match(/.{1,64}/g) ?? [];
}

function pemOf(name: string, lines: readonly string[]): string {
  return [boundaryText("BEGIN", name), ...lines, boundaryText("END", name), ""].join("\n");
}
