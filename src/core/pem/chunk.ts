import type { Steps } from "../steps.ts";
import type { Span, TextEdit } from "../text.ts";
import type { Block, BlockKind, Chunk, Damage, Marker } from "./block.ts";
import { holdsPlaceholder, readBody } from "./body.ts";
import {
  type Boundary,
  behindEscapes,
  boundaryAt,
  boundaryText,
  isDecoded,
  isSlipFor,
  kindOf,
  mayBeBoundary,
  valuesOf,
} from "./boundary.ts";
import { type Closing, nextBoundary } from "./closing.ts";
import {
  behindMark,
  isAtEnd,
  isBlank,
  isLineEnd,
  lineEndBehind,
  nextLine,
  previousLine,
  skipBlanks,
  trimmed,
} from "./lines.ts";
import { maySpacesBePlus } from "./lost.ts";
import { bodyAbove, bodyBelow, isTooLong } from "./open-body.ts";
import { privateKeyIn } from "./private-key.ts";
import type { Reading } from "./reading.ts";

/**
 * The chunk that starts at an offset. It depends on nothing before it, and on what follows only as far as the first
 * boundary behind it.
 */
export function* readChunk(reading: Reading, start: number): Steps<Chunk> {
  const { text } = reading;
  let markers: Marker[] | undefined;
  for (let at = start, next = at; at < text.length; at = next) {
    next = nextLine(text, at);
    if (reading.isDue(next - at)) yield;
    const first = text.charCodeAt(skipBlanks(text, behindMark(text, at)));
    if (first === 35 || first === 59 || first === 47) {
      const marker = markerAt(text, at);
      if (marker !== undefined) (markers ??= []).push({ target: marker.target, at: relative(marker.at, start) });
    } else if (mayBeBoundary(first)) {
      const boundary = boundaryAt(text, at);
      const found =
        boundary === undefined
          ? undefined
          : boundary.word === "BEGIN"
            ? yield* readBlock(reading, boundary)
            : readLoneEnd(text, start, at, boundary);
      if (found !== undefined) {
        reading.pass(found.next - start);
        if (reading.isDue(found.next - next)) yield;
        return {
          text: text.slice(start, found.next),
          markers: markers ?? noMarkers,
          block: blockRelativeTo(start, found),
        };
      }
    }
  }
  return { text: text.slice(start), markers: markers ?? noMarkers, block: undefined };
}

/** Most blocks have none: one list for all of these. */
const noMarkers: readonly Marker[] = [];
const noDamage: readonly Damage[] = [];

/** A block, as it stands in the text. */
interface Found {
  readonly label: string;
  readonly kind: BlockKind;
  readonly begin: Span | undefined;
  readonly body: Span;
  readonly end: Span | undefined;
  readonly damage: readonly Damage[];
  readonly placeholder: boolean;
  readonly bytes: Uint8Array | undefined;
  /** Where the next chunk starts. */
  readonly next: number;
}

function blockRelativeTo(start: number, { label, kind, begin, body, end, damage, placeholder, bytes }: Found): Block {
  const mislabelledKey = bytes && privateKeyIn(bytes);
  const first = begin?.start ?? Math.min(body.start, end?.start ?? body.start);
  const last = end?.end ?? Math.max(body.end, begin?.end ?? body.end);
  return {
    label,
    kind: mislabelledKey === undefined ? kind : "private-key",
    ...(mislabelledKey !== undefined && { mislabelledKey }),
    span: { start: first - start, end: last - start },
    begin: begin && relative(begin, start),
    body: relative(body, start),
    end: end && relative(end, start),
    damage:
      damage.length === 0
        ? noDamage
        : damage.map((one) => damageRelativeTo(start, one)).sort((a, b) => a.at.start - b.at.start),
    placeholder,
    bytes: mislabelledKey === undefined ? bytes : undefined,
  };
}

function relative({ start, end }: Span, base: number): Span {
  return { start: start - base, end: end - base };
}

function damageRelativeTo(base: number, { at, repair, ...damage }: Damage): Damage {
  const edits = repair?.map(({ span, text }): TextEdit => ({ span: relative(span, base), text }));
  return { ...damage, at: relative(at, base), ...(edits !== undefined && { repair: edits }) };
}

function* readBlock(reading: Reading, begin: Boundary): Steps<Found | undefined> {
  const { text } = reading;
  const lineEnd = lineEndBehind(text, begin.span.end);
  const bodyStart = begin.rest === "body" ? begin.span.end : nextLine(text, begin.span.end);
  const sound = readSoundBody(reading, begin, bodyStart, lineEnd);
  if (sound !== undefined) return sound;

  const closing = yield* nextBoundary(reading, bodyStart, begin.label);
  if (closing?.boundary.word !== "END")
    return readOpenBlock(text, begin, { start: bodyStart, end: closing?.bodyEnd ?? text.length }, lineEnd, closing);
  const end = closing.boundary;
  const body = { start: bodyStart, end: closing.bodyEnd };
  const kind = begin.label === end.label ? kindOf(begin.label) : kindOfBoth(begin.label, end.label);
  const read =
    isDecoded(kind) && !isTooLong(body)
      ? readBody(text, body, begin.span, valuesOf(kind), reading.decode(body.start, body.end))
      : unread(begin, kind, holdsPlaceholder(text, body));
  const damage = [
    ...damageOf(text, begin, lineEnd),
    ...read.damage,
    ...damageOf(text, end, lineEnd),
    ...mismatch(begin, end),
  ];
  if (closing.isGlued)
    damage.push(glued(end.span, { start: trimmed(text, bodyStart, end.span.start).end, end: end.span.start }, lineEnd));
  return {
    label: begin.label,
    kind,
    begin: begin.span,
    body,
    end: end.span,
    damage,
    placeholder: read.placeholder,
    bytes: read.bytes,
    next: behind(text, end),
  };
}

/** What nearly every block is: base64 without a fault as far as the next hyphen, and there the END it needs. */
function readSoundBody(reading: Reading, begin: Boundary, bodyStart: number, lineEnd: string): Found | undefined {
  const { text } = reading;
  const { label } = begin;
  const kind = kindOf(label);
  if (!isDecoded(kind)) return undefined;
  const start = reading.hyphenFrom(bodyStart);
  const closing = boundaryText("END", label);
  // Of revoked certificates there may be as many as one likes.
  if (start < 0 || (kind !== "crl" && isTooLong({ start: bodyStart, end: start }))) return undefined;
  if (!text.startsWith(closing, start) || !isLineEnd(text.charCodeAt(start - 1))) return undefined;
  const end = start + closing.length;
  const rest = skipBlanks(text, end);
  if (!isAtEnd(text, rest)) return undefined;
  const bytes = reading.decode(bodyStart, start);
  if (bytes === undefined || maySpacesBePlus(text, { start: bodyStart, end: start }, bytes, valuesOf(kind)))
    return undefined;
  const damage = damageOf(text, begin, lineEnd);
  return {
    label,
    kind,
    begin: begin.span,
    body: { start: bodyStart, end: start },
    end: { start, end },
    damage,
    placeholder: false,
    bytes,
    next: nextLine(text, rest),
  };
}

/** A BEGIN without END; of an unknown label it is but a line of text. */
function readOpenBlock(
  text: string,
  begin: Boundary,
  most: Span,
  lineEnd: string,
  next: Closing | undefined,
): Found | undefined {
  const { label, span } = begin;
  const kind = kindOf(label);
  if (kind === "other") return undefined;
  // The same BEGIN twice: nothing goes with the first.
  if (next?.boundary.label === label && begin.fault === undefined && isBlankFrom(text, most.start, most.end))
    return {
      ...emptyAt(span.end),
      label,
      kind,
      begin: span,
      end: undefined,
      damage: [{ kind: "doubled", at: span, repair: [{ span: { start: span.start, end: most.end }, text: "" }] }],
      next: most.end,
    };
  const open = bodyBelow(text, begin, most, next);
  const { body, bytes, placeholder } = open;
  const isRunOn = next?.isGlued === true && trimmed(text, most.start, next.bodyEnd).end === body.end;
  const closing = lineEnd + boundaryText("END", label);
  const missing: Damage = isRunOn
    ? {
        kind: "run-on",
        at: trimmed(text, previousLine(text, next.bodyEnd, most.start), body.end),
        ...(bytes && {
          repair: [{ span: { start: body.end, end: next.boundary.span.start }, text: closing + lineEnd }],
        }),
      }
    : {
        kind: "no-end",
        at: span,
        ...(bytes && { repair: [{ span: { start: body.end, end: body.end }, text: closing }] }),
      };
  return {
    label,
    kind,
    begin: span,
    body,
    end: undefined,
    damage: [
      ...damageOf(text, begin, lineEnd),
      ...(placeholder ? [] : [missing]),
      ...(open.isTooLong ? unread(begin, kind, placeholder).damage : []),
    ],
    placeholder,
    bytes,
    next: isRunOn ? next.boundary.span.start : nextLine(text, body.end),
  };
}

/** Whether there is nothing but blanks and line ends. */
function isBlankFrom(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === "";
}

/** Of a block without a body. */
function emptyAt(at: number): Pick<Found, "body" | "placeholder" | "bytes"> {
  return { body: { start: at, end: at }, placeholder: false, bytes: undefined };
}

/** An END without BEGIN. */
function readLoneEnd(text: string, start: number, lineStart: number, end: Boundary): Found | undefined {
  const { label, span } = end;
  const kind = kindOf(label);
  if (kind === "other") return undefined;
  const next = behind(text, end);
  if (end.fault === undefined && end.rest === "nothing" && isBlankFrom(text, start, lineStart))
    return {
      ...emptyAt(lineStart),
      label,
      kind,
      begin: undefined,
      end: span,
      damage: [{ kind: "doubled", at: span, repair: [{ span: { start: lineStart, end: next }, text: "" }] }],
      next,
    };
  const { body, bytes, placeholder, most } = bodyAbove(text, end, start, lineStart);
  // A BEGIN that something stands before on its line is of another language's text, and so is this END.
  let bodyLine = most;
  while (bodyLine > start && isBlank(text.charCodeAt(bodyLine - 1))) bodyLine--;
  if (
    text
      .slice(Math.max(previousLine(text, bodyLine, start), bodyLine - longestMention), bodyLine)
      .includes("-----BEGIN ")
  )
    return undefined;
  const lineEnd = lineEndBehind(text, body.start);
  const repair = bytes && [
    { span: { start: body.start, end: body.start }, text: boundaryText("BEGIN", label) + lineEnd },
  ];
  const damage: readonly Damage[] = placeholder ? [] : [{ kind: "no-begin", at: span, ...(repair && { repair }) }];
  return {
    label,
    kind,
    begin: undefined,
    body,
    end: span,
    damage: [...damage, ...damageOf(text, end, lineEnd)],
    placeholder,
    bytes,
    next,
  };
}

/** Where another text says BEGIN, it does so at the end of a line. */
const longestMention = 120;

/** Where the labels differ. What may be a private key is taken for one. */
function kindOfBoth(begin: string, end: string): BlockKind {
  const [one, other] = [kindOf(begin), kindOf(end)];
  if (one === "private-key" || other === "private-key") return "private-key";
  return one === "other" ? other : one;
}

/** What is known of a body that was not read: of some kinds none is, of others such as are too long. */
function unread({ span }: Boundary, kind: BlockKind, placeholder: boolean) {
  const isMeant = isDecoded(kind) && !placeholder;
  const damage: readonly Damage[] = isMeant ? [{ kind: "too-long", at: span }] : noDamage;
  return { damage, placeholder, bytes: undefined };
}

/** What is wrong about a boundary and its line. */
function damageOf(text: string, boundary: Boundary, lineEnd: string): readonly Damage[] {
  const { word, label, span, fault, rest } = boundary;
  if (fault === undefined && (rest === "nothing" || rest === "quote")) return noDamage;
  const damage: Damage[] = [];
  if (fault !== undefined)
    damage.push({ kind: "dashes", at: fault.at, repair: [{ span: fault.replaced, text: boundaryText(word, label) }] });
  if (rest === "block" || rest === "body")
    damage.push(glued(span, { start: span.end, end: skipBlanks(text, span.end) }, lineEnd));
  if (rest === "text") damage.push({ kind: "glued", at: span });
  if (rest === "escape") {
    const end = behindEscapes(text, span.end);
    const gap = { span: { start: span.end, end }, text: isAtEnd(text, end) ? "" : lineEnd };
    damage.push({ kind: "glued", how: "string", at: span, repair: [gap] });
  }
  return damage;
}

/** @param gap the blanks, or nothing, where its line has to end */
function glued(at: Span, gap: Span, lineEnd: string): Damage {
  return { kind: "glued", at, repair: [{ span: gap, text: lineEnd }] };
}

function mismatch(begin: Boundary, end: Boundary): Damage[] {
  if (begin.label === end.label) return [];
  // One repair of a boundary at a time.
  if (begin.fault === undefined && isSlipFor(begin.label, end.label))
    return [
      {
        kind: "label-mismatch",
        at: begin.span,
        repair: [{ span: begin.span, text: boundaryText("BEGIN", end.label) }],
      },
    ];
  if (end.fault === undefined && isSlipFor(end.label, begin.label))
    return [
      { kind: "label-mismatch", at: end.span, repair: [{ span: end.span, text: boundaryText("END", begin.label) }] },
    ];
  return [{ kind: "label-mismatch", at: end.span }];
}

/** Behind the line of an END; where something else follows on that line, behind the END, or at a BEGIN. */
function behind(text: string, { span, rest }: Boundary): number {
  if (rest === "block") return skipBlanks(text, span.end);
  if (rest === "escape") {
    const end = behindEscapes(text, span.end);
    return isAtEnd(text, end) ? nextLine(text, end) : end;
  }
  return rest === "nothing" ? nextLine(text, span.end) : span.end;
}

const markerPattern =
  /[ \t\ufeff]*((?:#|\/\/|;)[ \t]*mtls[ \t]*:[ \t]*target[ \t]*=[ \t]*([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*))[ \t]*(?=[\r\n]|$)/iy;

function markerAt(text: string, at: number): Marker | undefined {
  markerPattern.lastIndex = at;
  const [whole = "", said = "", target] = markerPattern.exec(text) ?? [];
  if (target === undefined) return undefined;
  const start = at + whole.indexOf(said);
  return { target, at: { start, end: start + said.length } };
}
