import type { Span, TextEdit } from "../text.ts";
import { applyEdits, startOfRun } from "../text.ts";
import { decodeAll } from "./base64.ts";
import type { Damage, Lost } from "./block.ts";
import { isWholeSequence } from "./der-shape.ts";
import { lineEndBehind, nextLine, trimmed } from "./lines.ts";

/** A body that was written down in another way, or lost something on its way here. */
export interface LostIn {
  readonly how: Lost;
  /** The first place that says so. */
  readonly at: Span;
  /** What gives it back, and what the body says then; `undefined`: its DER does not prove it. */
  readonly mended: { readonly edits: readonly TextEdit[]; readonly bytes: Uint8Array } | undefined;
}

/** One way of writing characters down that base64 needs, or line ends. */
interface Writing {
  readonly how: Lost;
  readonly token: RegExp;
  readonly meaning: (found: RegExpExecArray) => string;
  /** What nothing else looks like: then it is said even where something else is missing too. */
  readonly sign: RegExp | undefined;
}

const byCode = (code: string | undefined, base: number): string => String.fromCharCode(parseInt(code ?? "", base));
const entities: Readonly<Record<string, string>> = { plus: "+", sol: "/", equals: "=", nbsp: "", newline: "", tab: "" };

const writings: readonly Writing[] = [
  {
    how: "html",
    token: /&(?:amp;)*(?:#x([0-9a-f]{1,4});|#(\d{1,4});|(plus|sol|equals|nbsp|newline|tab);)|<br\s*\/?>/gi,
    meaning: ([, hex, decimal, name]) =>
      hex === undefined && decimal === undefined
        ? (entities[name?.toLowerCase() ?? ""] ?? "")
        : byCode(hex ?? decimal, hex === undefined ? 10 : 16),
    sign: /&(?:amp;)*(?:#|plus|sol|equals)|<br/i,
  },
  {
    how: "url",
    token: /%(?:25)*([0-9a-f]{2})/gi,
    meaning: ([, hex]) => byCode(hex, 16),
    sign: /%(?:25)*(?:2B|2F|3D|0A|0D)/i,
  },
  {
    how: "quoted-printable",
    token: /=([0-9A-F]{2})|=[ \t]*(?:\r\n?|\n)/g,
    // A soft line break parts a line that was too long: base64 may have it.
    meaning: ([whole, hex]) => (hex === undefined ? whole.replace(/^=[ \t]*/, "") : byCode(hex, 16)),
    sign: /=(?:2B|2F|3D|0A|0D)/,
  },
  {
    how: "string",
    token: /\\{1,8}(?:(?:u00|x)([0-9a-f]{2})|([nrt])|(\/)|(?=[ \t]*(?:[\r\n]|$)))/gi,
    meaning: ([, hex, , slash]) => (hex === undefined ? (slash ?? "") : byCode(hex, 16)),
    sign: /\\/,
  },
  {
    how: "base64url",
    token: /[-_]/g,
    meaning: ([character]) => (character === "-" ? "+" : "/"),
    // Either may have come there otherwise.
    sign: undefined,
  },
  { how: "not-utf8", token: /\ufffd+/g, meaning: () => "", sign: /\ufffd/ },
];

/** Longer bodies are no certificate, and to read one in all ways would take longer than the rest of a file. */
const longestMended = 131_072;

/** @param values how many DER values a block of its kind may consist of */
export function lostIn(text: string, body: Span, values: number): LostIn | undefined {
  if (body.end - body.start > longestMended) return undefined;
  const written = text.slice(body.start, body.end);
  let explained: LostIn | undefined;
  for (const { how, token, meaning, sign } of writings) {
    const edits = [...written.matchAll(token)].map((found): TextEdit => {
      return { span: { start: found.index, end: found.index + found[0].length }, text: meaning(found) };
    });
    const [first] = edits;
    if (first === undefined) continue;
    const said = applyEdits(written, edits);
    if (!isBase64Text(said)) continue;
    const bytes = wholeBytesOf(said, values);
    const at = sign?.exec(written)?.index;
    // Padding at the end of a line is one soft line break at most.
    if (sign !== undefined && at === undefined && edits.length < 2) continue;
    if (bytes !== undefined) return foundAt(body, how, first.span, edits, bytes);
    if (at !== undefined) explained ??= { how, at: shifted(body, { start: at, end: at + 1 }), mended: undefined };
  }
  return lostPlus(written, body, values) ?? explained;
}

/** Whether base64 that can be decoded says less than its DER does: spaces in it may have been `+`. */
export function maySpacesBePlus(text: string, { start, end }: Span, bytes: Uint8Array, values: number): boolean {
  return !isWholeSequence(bytes, values) && text.slice(start, end).trim().includes(" ");
}

/** How long lines are where base64 is broken into some. */
const lineWidths = [64, 76];

/** URL decoding makes a space of each `+`; at the end of a line an editor takes it away. */
function lostPlus(written: string, body: Span, values: number): LostIn | undefined {
  // Nothing but spaces becomes something else.
  if (!written.trim().includes(" ") || /[^A-Za-z0-9+/=\s]/.test(written)) return undefined;
  const lines = [...written.matchAll(/[^\r\n]+/g)]
    .map((found) => ({ start: found.index, text: found[0] }))
    .filter((line) => line.text.trim() !== "");
  const widths = [...new Set([lines[0]?.text.length ?? 0, ...lineWidths])];
  const attempts: readonly (() => readonly TextEdit[])[] = [
    () => lines.flatMap((line) => plusIn(line.text, line.start)),
    () => lines.flatMap(({ start, text }) => plusIn(text.trim(), start + text.length - text.trimStart().length)),
    ...(lines.length === 1 ? widths.map((width) => () => plusInColumns(lines[0], width)) : []),
    ...widths.map((width) => () => lines.flatMap((line, place) => plusAndEnd(line, width, place === lines.length - 1))),
  ];
  for (const attempt of attempts) {
    const edits = attempt();
    const [first] = edits;
    if (first === undefined) continue;
    const said = applyEdits(written, edits);
    const bytes = isRegularText(said) && isBase64Text(said) ? wholeBytesOf(said, values) : undefined;
    if (bytes !== undefined) return foundAt(body, "plus", first.span, edits, bytes);
  }
  return undefined;
}

function plusIn(line: string, start: number): readonly TextEdit[] {
  return [...line.matchAll(/ /g)].map(({ index }) => plusAt(start + index, start + index + 1));
}

function plusAt(start: number, end: number): TextEdit {
  return { span: { start, end }, text: "+" };
}

/** Of lines put side by side, each behind a space. */
function plusInColumns(
  line: { readonly start: number; readonly text: string } | undefined,
  width: number,
): readonly TextEdit[] {
  if (line === undefined) return [];
  const inner = line.text.trim();
  const from = line.start + line.text.length - line.text.trimStart().length;
  return plusIn(inner, from).filter(({ span }) => (span.start - from) % (width + 1) !== width);
}

function plusAndEnd(
  { start, text }: { readonly start: number; readonly text: string },
  width: number,
  isLast: boolean,
): readonly TextEdit[] {
  const kept = text.trimEnd();
  const missing = isLast ? 0 : width - kept.length;
  const end = { start: start + kept.length, end: start + text.length };
  return [...plusIn(kept, start), ...(missing > 0 && missing < 4 ? [{ span: end, text: "+".repeat(missing) }] : [])];
}

function isBase64Text(text: string): boolean {
  return /^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/.test(text);
}

/** Lines of one length, and a last one that is no longer. */
function isRegularText(text: string): boolean {
  const lines = text.split(/[\r\n]+/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  const [first = "", ...others] = lines;
  const last = others.pop() ?? "";
  return last.length <= first.length && others.every(({ length }) => length === first.length);
}

function wholeBytesOf(text: string, values: number): Uint8Array | undefined {
  const count = text.replaceAll(/[\s=]/g, "").length;
  const trimmed = text.trimEnd();
  const padding = trimmed.length - startOfRun(trimmed, "=");
  if ((count + padding) % 4 !== 0) return undefined;
  const bytes = decodeAll(text, 0, text.length);
  return isWholeSequence(bytes, values) ? bytes : undefined;
}

function foundAt(body: Span, how: Lost, at: Span, edits: readonly TextEdit[], bytes: Uint8Array): LostIn {
  return {
    how,
    at: shifted(body, at),
    mended: { edits: edits.map(({ span, text }) => ({ span: shifted(body, span), text })), bytes },
  };
}

function shifted({ start: by }: Span, { start, end }: Span): Span {
  return { start: start + by, end: end + by };
}

/** Padding, and a line of base64 below it. */
const endInside = /=[ \t]*(?:\r\n?|\n)\s*(?=[A-Za-z0-9+/])/g;

/**
 * Several bodies one below the other, each of them whole: what should part them is missing.
 * @param begin of the first
 */
export function joinedIn(text: string, body: Span, begin: Span): Damage | undefined {
  const ends = [...text.slice(body.start, body.end).matchAll(endInside)].map(({ index, 0: { length } }) =>
    shifted(body, { start: index + 1, end: index + length }),
  );
  const [first] = ends;
  const starts = [body.start, ...ends.map(({ end }) => end)];
  const isWhole = (from: number, place: number): boolean => {
    const said = text.slice(from, ends[place]?.start ?? body.end);
    return isBase64Text(said) && wholeBytesOf(said, 1) !== undefined;
  };
  if (first === undefined || !starts.every(isWhole)) return undefined;
  const opening = text.slice(begin.start, begin.end);
  const lineEnd = lineEndBehind(text, begin.end);
  const between = `${lineEnd}${opening.replace("BEGIN", "END")}${lineEnd}${opening}${lineEnd}`;
  const at = trimmed(text, first.end, Math.min(nextLine(text, first.end), body.end));
  const repair = opening.startsWith("-----BEGIN ") ? ends.map((span) => ({ span, text: between })) : undefined;
  return { kind: "joined", at, ...(repair !== undefined && { repair }) };
}
