// A problem as it leaves the program: in words, with lines and columns.
import { createHash } from "node:crypto";
import type { Masked } from "../core/document/masking.ts";
import { type ConfigFacts, type Facts, textOf } from "../core/facts.ts";
import { renderIn } from "../core/fixes.ts";
import { fixTitle, messageOf, relatedText } from "../core/messages/tell.ts";
import type { Block } from "../core/pem/block.ts";
import { type Fix as CoreFix, type Problem, sourceOf } from "../core/rules/rule.ts";
import { masked, secretsIn } from "../core/secrets.ts";
import { LineIndex, type Span } from "../core/text.ts";
import type { Excerpt, Finding, Fix, Range } from "./api.ts";

export interface Telling {
  /** What suppressions call the file. */
  readonly path: string;
  /** There are only bytes: nothing in them has a line. */
  readonly isBinary: boolean;
  /** Whether anything may be changed in it. */
  readonly isFixable: boolean;
  /** Whether the edits of fixes are wanted. */
  readonly withEdits: boolean;
}

/** In document order, as `problems` are. */
export function findingsOf(facts: Facts, problems: readonly Problem[], telling: Telling): Finding[] {
  if (problems.length === 0) return [];
  const text = textOf(facts);
  const lines = new LineIndex(text);
  const rangeOf = (span: Span): Range => ({ start: positionAt(span.start, lines), end: positionAt(span.end, lines) });
  const shown = telling.isBinary ? undefined : shownIn(facts);
  const secrets = facts.kind === "config" ? secretTexts(facts) : [];
  const keys = keySpansIn(facts).map(({ start, end }) => text.slice(start, end));
  const editsOf = new Map<CoreFix, Fix["edits"]>();
  const toldFix = (fix: CoreFix, problem: Problem): Fix => {
    const { safe } = fix;
    const title = fixTitle(fix, problem);
    if (!telling.withEdits) return { title, safe, edits: undefined };
    const isAffordable = text.length * editsOf.size <= mostRendered;
    const edits = editsOf.get(fix) ?? (isAffordable ? editsIn(facts, fix, rangeOf, { secrets, keys }) : undefined);
    // Several findings can share one.
    editsOf.set(fix, edits);
    return { title, safe, edits };
  };
  const known = new Map<string, number>();
  return problems.map((problem) => {
    const { rule, severity, at, related = [], fixes = [] } = problem;
    return {
      rule: rule.id,
      severity,
      message: messageOf(problem),
      source: sourceOf(problem),
      range: telling.isBinary ? undefined : rangeOf(at),
      related: related.map((other) => ({
        message: relatedText(other, problem),
        range: telling.isBinary ? undefined : rangeOf(other.at),
      })),
      fixes: telling.isFixable ? fixes.map((fix) => toldFix(fix, problem)) : [],
      fingerprint: fingerprintOf(problem, text, telling.path, known),
      excerpt: shown?.(at),
    };
  });
}

function positionAt(offset: number, lines: LineIndex): Range["start"] {
  const { line, column } = lines.at(offset);
  return { line: line + 1, column: column + 1 };
}

/** What no edit may hold: values, and texts that keys stand in. */
interface Hidden {
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

/** A program that wants to make a larger change asks `--fix`. */
const mostChanges = 100;
/** In UTF-16 code units: to write one edit takes as long as its text is, and a large one can have thousands. */
const mostRendered = 100_000_000;
/** In UTF-16 code units, of all that an edit writes. */
const longestEdits = 10_000;

/** @returns `undefined` also where an edit holds what is not to be shown */
function editsIn(
  facts: Facts,
  { changes }: CoreFix,
  rangeOf: (span: Span) => Range,
  { secrets, keys }: Hidden,
): Fix["edits"] {
  if (changes.length > mostChanges) return undefined;
  const edits = renderIn(facts, changes);
  if (edits.reduce((sum, { text }) => sum + text.length, 0) > longestEdits) return undefined;
  if (edits.some(({ text }) => mayHoldKey.test(text) || secrets.some((secret) => text.includes(secret))))
    return undefined;
  if (keys.length > 0 && edits.some(({ text }) => holdsPartOf(text, keys))) return undefined;
  return edits
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map(({ span, text }) => ({ range: rangeOf(span), text }));
}

/** Of what is marked, in UTF-16 code units: the rest tells it no better from others. */
const longestMarked = 1_000;

/** By what is found, in what text: neither by its line nor by the time of the day. */
function fingerprintOf(problem: Problem, text: string, path: string, known: Map<string, number>): string {
  const { rule, at, origin = "", certificate = "", reason } = problem;
  const marked = text.slice(at.start, Math.min(at.end, at.start + longestMarked)).replaceAll(/\s+/g, " ");
  const mark = JSON.stringify([rule.id, path, origin, certificate, reason.code, marked]);
  const count = known.get(mark) ?? 0;
  known.set(mark, count + 1);
  return createHash("sha256").update(`${mark}${count}`).digest("hex").slice(0, 32);
}

// --- secrets: a report stands in logs that many can read

const mayHoldKey = /PRIVATE\s*KEY/i;
/** What a key is written in; shorter runs are words. */
const base64 = /[\w+/=-]{16,}/g;
const dots = (run: string) => (/^-{5}|-{5}$/.test(run) ? run : "•".repeat(run.length));

/** The text without values of headers, client secrets and keys: for showing, at the places that `moved` tells. */
function maskedIn(facts: Facts): Masked {
  // Keys first, in as many characters as they have.
  if (facts.kind === "config") {
    const { text, moved } = masked(facts.tree);
    return { text: withoutKeys(text, labelledKeys(text)), moved };
  }
  const { text } = facts.bundle.pem;
  const keys = keySpansIn(facts);
  const isHarmless = !mayHoldKey.test(text) && keys.length === 0;
  return { text: isHarmless ? text : withoutKeys(text, keys).replaceAll(base64, dots), moved: (span) => span };
}

/** Where bodies of keys are, in order; whatever has the form of a boundary around them counts, in any text. */
function keySpansIn(facts: Facts): readonly Span[] {
  const spans = labelledKeys(textOf(facts));
  if (facts.kind === "config") return spans;
  const { bundle } = facts;
  const blocks = bundle.pem.chunks.flatMap(({ block }, place) => {
    const start = bundle.pem.starts[place] ?? 0;
    return block !== undefined && isKey(block)
      ? [{ start: start + block.body.start, end: start + block.body.end }]
      : [];
  });
  return blocks.length === 0 ? spans : [...spans, ...blocks].sort((a, b) => a.start - b.start);
}

function isKey({ kind, mislabelledKey }: Block): boolean {
  return kind === "private-key" || mislabelledKey !== undefined;
}

/** A boundary of any label, however many dashes it lost, or one of a key, which may have lost them all. */
const boundary = /-[ \t]{0,9}(?:BEGIN|END)[\w ]{0,60}|(?:BEGIN|END)[\w \t]{0,40}PRIVATE\s{0,9}KEY[\w ]{0,20}/gi;

/** From each boundary with a key's label to the next one, or back to the one before where it is an end. */
function labelledKeys(text: string): readonly Span[] {
  if (!mayHoldKey.test(text)) return [];
  const spans: Span[] = [];
  let from = 0;
  let isBegun = false;
  for (const { 0: found, index } of text.matchAll(boundary)) {
    const isOfKey = mayHoldKey.test(found);
    const isBegin = /BEGIN/i.test(found);
    if (isBegun || (isOfKey && !isBegin)) spans.push({ start: from, end: index });
    from = index + found.length;
    isBegun = isOfKey && isBegin;
  }
  return isBegun ? [...spans, { start: from, end: text.length }] : spans;
}

/** As long as it was, and with the same lines. */
function withoutKeys(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    parts.push(text.slice(done, from), text.slice(from, end).replaceAll(/[\w+/=]/g, "•"));
    done = end;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
}

/** In UTF-16 code units: more of keys is not looked through. */
const longestKeys = 100_000;

/** Whether a text has anything of a key, in lines of whatever length. */
function holdsPartOf(text: string, keys: readonly string[]): boolean {
  if (keys.reduce((sum, key) => sum + key.length, 0) > longestKeys) return true;
  const all = keys.map((key) => key.replaceAll(/[^\w+/=]/g, "")).join(" ");
  return (text.match(/[\w+/=]{8,}/g) ?? []).some((run) => all.includes(run.slice(0, 8)));
}

/** What a difference shows of a text. */
export function maskedText(facts: Facts): string {
  return maskedIn(facts).text;
}

/** As the document writes them, without quotes. */
function secretTexts({ tree }: ConfigFacts): readonly string[] {
  return [...secretsIn(tree)].flatMap(({ start, end }) => {
    const text = tree.text.slice(start, end).replace(/^["']|["']$/g, "");
    return text.length < 4 ? [] : [text];
  });
}

// --- the line that is marked

function shownIn(facts: Facts): (at: Span) => Excerpt {
  const { text, moved } = maskedIn(facts);
  const lines = new LineIndex(text);
  return (at) => excerptOf(text, moved(at), lines);
}

/** In UTF-16 code units, of a line and of what stands before the mark in it. */
const longestExcerpt = 160;
const mostBefore = 60;

/** The line in which the mark begins, as far as it fits. */
export function excerptOf(text: string, { start, end }: Span, lines: LineIndex): Excerpt {
  const lineStart = start - lines.at(start).column;
  const breakAt = /[\r\n]/.exec(text.slice(start, start + longestExcerpt))?.index;
  const restEnd = Math.min(text.length, start + (breakAt ?? longestExcerpt));
  const isWhole = restEnd - lineStart <= longestExcerpt;
  const from = isWhole ? lineStart : Math.max(lineStart, start - mostBefore);
  const to = Math.min(restEnd, from + longestExcerpt);
  return {
    text: text.slice(from, to),
    from: start - from,
    to: Math.max(start - from, Math.min(end, to) - from),
    cutBefore: from > lineStart,
    cutAfter: to < text.length && text[to] !== "\n" && text[to] !== "\r",
  };
}
