import { charactersPerStep, finish, type Steps } from "../steps.ts";
import type { Span, TextEdit } from "../text.ts";
import { base64At } from "./base64-form.ts";
import type { Chunk } from "./block.ts";
import { kindOf } from "./boundary.ts";
import { bareAt, beforeOnLine, type Form, type How, isComment, mentionAt, urlAt } from "./hidden-forms.ts";
import { nearNextLine } from "./lines.ts";
import { remainsAt } from "./remains.ts";

/** A block in the text above another, or below the last, that no reader of PEM sees. All offsets are the chunk's. */
export interface HiddenBlock {
  readonly label: string;
  /** BEGIN, or the first line of what says it. */
  readonly at: Span;
  /** All lines that it stands on. */
  readonly lines: Span;
  readonly how: How;
  /** What stands before it on its line. */
  readonly prefix: string;
  /** What stands in the place of its line ends. */
  readonly separator?: string;
  /** What makes a block of it; `undefined`: that would be a guess. */
  readonly mending: Mending | undefined;
}

export interface Mending {
  readonly edit: TextEdit;
  /**
   * What becomes of the text around it: it goes, or what stands before it becomes a comment. `opening`, `closing`: tags
   * that go.
   */
  readonly around: "goes" | "comment" | { readonly opening: string; readonly closing: string };
}

const none: readonly HiddenBlock[] = [];
/** Where a block may begin. What `-----BEGIN` becomes in Base64 depends on its place. */
const anchors =
  /-----BEGIN |MII|MC4CAQAwBQYDK2Vw|MHcCAQEE|MI[GH].(?:AgE|M..GCSqGSIb3DQEF)|(?:-|%(?:25){0,8}2[Dd]){5}BEGIN(?:%(?:25){0,8}20|\+)|LS0tLS1CRUdJTi|LS0tQkVHSU4|LS0tLUJFR0lO|^[ \t]{0,200}[A-Za-z0-9+/]{60}/gm;
/** What is found of them has no more characters. */
const longestAnchor = 512;
const known = new WeakMap<Chunk, readonly HiddenBlock[]>();

/** The text of a chunk that is no block. */
export function aboveBlock({ text, block }: Chunk): Span {
  return { start: 0, end: block === undefined ? text.length : (block.begin ?? block.body).start };
}

/** What is hidden in the text above the block of a chunk. Kept with the chunk, where there is anything to look at. */
export function hiddenInChunk(chunk: Chunk): readonly HiddenBlock[] {
  return aboveBlock(chunk).end === 0 ? none : finish(hiddenInChunkInSteps(chunk));
}

/** Of a text that is longer than this, in UTF-16 code units, it is always kept. */
export const longText = 10_000;

/** The same, where the text is long. */
export function* hiddenInChunkInSteps(chunk: Chunk): Steps<readonly HiddenBlock[]> {
  const { end } = aboveBlock(chunk);
  const found = known.get(chunk);
  if (found !== undefined) return found;
  const text = chunk.text.slice(0, end);
  const hidden = yield* hiddenInSteps(text);
  // Thousands of blocks may have some text above them: to look again is cheaper than to remember each.
  if (hidden.length > 0 || chunk.block === undefined || end > longText) known.set(chunk, hidden);
  return hidden;
}

/** @param text in which no block is read */
export function hiddenIn(text: string): readonly HiddenBlock[] {
  return finish(hiddenInSteps(text));
}

function* hiddenInSteps(text: string): Steps<readonly HiddenBlock[]> {
  const forms = yield* formsIn(text);
  let floor = 0;
  return forms.map((form, place) => {
    const next = forms[place + 1]?.core.start ?? text.length;
    const { label, at, core, how, before, separator } = form;
    // What stands between two on one line goes with the first.
    const start = core.start - beforeOnLine(text, core.start, floor).length;
    const end = nearNextLine(text, core.end, next - core.end);
    floor = end;
    return {
      label,
      at,
      lines: { start, end },
      how,
      prefix: shortened(before),
      ...(separator !== undefined && { separator }),
      mending: mendingOf(form, text, { start, end }),
    };
  });
}

/** Places to look at: it takes long to see that nothing is at one, and longer where all of a long text is. */
const placesPerStep = 16;

function* formsIn(text: string): Steps<readonly Form[]> {
  const forms: Form[] = [];
  let floor = 0;
  let from = 0;
  let looked = 0;
  for (let due = charactersPerStep; ; looked++) {
    if (looked === placesPerStep || from >= due) {
      yield;
      looked = 0;
      due = from + charactersPerStep;
    }
    const found = yield* anchorFrom(text, from);
    if (found === null) break;
    const [anchor] = found;
    const read = readers.find(([start]) => start.test(anchor))?.[1] ?? base64At;
    const form = read(text, found.index, floor);
    if ("skip" in form) from = Math.max(form.skip, found.index + 1);
    else {
      forms.push(form);
      floor = form.core.end;
      from = Math.max(floor, found.index + 1);
    }
  }
  return forms;
}

/** The next place, looked for in one part of the text after the other. */
function* anchorFrom(text: string, from: number): Steps<RegExpExecArray | null> {
  for (let at = from; ; at += charactersPerStep, yield) {
    const end = at + charactersPerStep;
    const part = text.slice(0, end + longestAnchor);
    // Others use it between two steps.
    anchors.lastIndex = at;
    const found = anchors.exec(part);
    if (part.length === text.length || (found !== null && found.index < end)) return found;
  }
}

const readers = [
  [/[A-Za-z0-9+/]{60}/, remainsAt],
  [/^M/, bareAt],
  [/ $/, mentionAt],
  [/^[-%]/, urlAt],
] as const;

const longestPrefix = 40;

function shortened(before: string): string {
  const prefix = before.trim();
  return prefix.length <= longestPrefix ? prefix : `…${prefix.slice(-longestPrefix)}`;
}

/** What writes a block down in another language, and says nothing itself. */
const marks = /^(?:\\{1,4}[rn]|%(?:25)*(?:0[ad]|20)|\^M|[\s"'`,;+>|$]|&#1[03];|<br ?\/?>)*$/i;
/** Bullets and numbers of a list or of lines. */
const counts = /^\s*(?:[^\w\s"'`(){}[\]<>=:$\\]{1,3}|\d{1,6}[.):|]?)\s*$/;
const opening = /^\s*<([\w:.-]{1,40})>\s*$/;
/** What is written in another language is not taken apart. */
const ofLanguage = /["'`(){}[\]<>=\\]/;
const longestLabel = 120;

function mendingOf(
  { core, text: block, isPrefixed, before, behind, separator }: Form,
  text: string,
  lines: Span,
): Mending | undefined {
  if (block === undefined) return undefined;
  // What parts the lines may stand around the block too.
  const isMarks = (said: string): boolean =>
    marks.test(separator === undefined ? said : said.replaceAll(separator.trim() || separator, ""));
  const lead = text.slice(lines.start, core.start);
  const rest = text.slice(core.end, lines.end);
  const edit = (text: string): TextEdit => ({ span: lines, text });
  const tag = opening.exec(lead)?.[1];
  const closing = `</${tag ?? ""}>`;
  if (tag !== undefined && rest.trim() === closing)
    return { edit: edit(block), around: { opening: `<${tag}>`, closing } };
  if (!isMarks(rest)) return undefined;
  if (behind !== undefined) {
    const said = `${lead.trim()} ${behind}`.trim().replace(/^#\s*/, "");
    return startsLine(text, lines.start) && !ofLanguage.test(said)
      ? { edit: edit(`# ${said}\n${block}`), around: "comment" }
      : undefined;
  }
  if (isPrefixed && lead === before) return { edit: edit(block), around: "goes" };
  if (isMarks(lead) || counts.test(lead)) return { edit: edit(block), around: "goes" };
  const said = lead.trim();
  if (said.length > longestLabel || lines.start + lead.length !== core.start || !startsLine(text, lines.start))
    return undefined;
  if (isComment(lead)) return { edit: edit(`${lead.trimEnd()}\n${block}`), around: "comment" };
  return ofLanguage.test(said) ? undefined : { edit: edit(`# ${said}\n${block}`), around: "comment" };
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === 10 || text.charCodeAt(at - 1) === 13;
}

/** Whether it may be a certificate, or hold some: what is missed where it is not read. */
export function mayBeCertificate({ label, how }: HiddenBlock): boolean {
  const kind = kindOf(label);
  return how === "remains" || kind === "certificate" || kind === "trusted-certificate" || kind === "pkcs7";
}

export function mayBeKey({ label }: HiddenBlock): boolean {
  return kindOf(label) === "private-key";
}

/** Whether nobody knows what it said. */
export function isDamaged({ how }: HiddenBlock): boolean {
  return how === "damaged" || how === "bare-damaged" || how === "remains";
}
