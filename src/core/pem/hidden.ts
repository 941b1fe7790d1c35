import { applyEdits, type Span, type TextEdit } from "../text.ts";
import { readPem } from "./blocks.ts";
import { kindOf } from "./boundary.ts";
import { type EmbeddedPem, pemAt } from "./embedded.ts";
import { nextLine } from "./lines.ts";

/** A block that no reader of PEM sees, in a text in which none sees any. */
export interface HiddenBlock {
  readonly label: string;
  /** BEGIN. */
  readonly at: Span;
  /**
   * `escapes`: its line ends are written as in a string. `quotes`: it stands in quotation marks. `prefix`: something
   * stands before every line.
   */
  readonly how: "escapes" | "quotes" | "prefix" | "other";
  /** What stands before every line. */
  readonly prefix: string;
  /** What makes a block of it, and of all others there are; `undefined`: something else stands around them. */
  readonly edits: readonly TextEdit[] | undefined;
}

/** Of mentions of BEGIN: a text about PEM has some. */
const mostLookedAt = 8;
/** Of blocks that are mended at once. */
const mostMended = 100;
const begin = /-----BEGIN ([A-Z0-9 #]{1,40})-----/g;
/** What is shorter is an example. */
const fewestBytes = 64;
const longestPrefix = 20;
const comment = /^\s*(?:#|\/\/|;|--|%)/;
/** What writes a block down in another language, and says nothing itself. */
const around = /^(?:\\{1,4}[rn]|[\s"'`,;+>|])*$/;

interface Mention extends EmbeddedPem {
  readonly label: string;
  readonly at: Span;
}

/** @param text in which no block is read */
export function hiddenBlockIn(text: string): HiddenBlock | undefined {
  for (const mention of mentionsIn(text, mostLookedAt)) {
    const before = text.slice(
      Math.max(lineStartOf(text, mention.at.start), mention.at.start - longestPrefix),
      mention.at.start,
    );
    // A block in a comment is not meant to be read.
    if (!isSound(mention.text, 1) || comment.test(before)) continue;
    const { label, at, span } = mention;
    const written = text.slice(span.start, span.end);
    const how = /\\[rn]/.test(written)
      ? "escapes"
      : /["'`]/.test(before)
        ? "quotes"
        : before.trim() === ""
          ? "other"
          : "prefix";
    return { label, at, how, prefix: before.trim(), edits: editsOf(text) };
  }
  return undefined;
}

function mentionsIn(text: string, most: number): readonly Mention[] {
  const mentions: Mention[] = [];
  begin.lastIndex = 0;
  for (let count = 0; count < most; count++) {
    const found = begin.exec(text);
    if (found === null) break;
    const [whole, label = ""] = found;
    // The body of a private key is never read.
    const embedded = isDecodable(label) ? pemAt(text, found.index) : undefined;
    if (embedded?.span.start === found.index)
      mentions.push({ ...embedded, label, at: { start: found.index, end: found.index + whole.length } });
  }
  return mentions;
}

function isDecodable(label: string): boolean {
  const kind = kindOf(label);
  return kind !== "other" && kind !== "private-key";
}

function isSound(text: string, count: number): boolean {
  const { chunks } = readPem(text);
  const blocks = chunks.flatMap(({ block }) => block ?? []);
  return (
    blocks.length === count &&
    blocks.every(({ bytes, damage }) => bytes !== undefined && bytes.length >= fewestBytes && damage.length === 0)
  );
}

/** Each block in lines of its own, with what stands around it on its lines gone. */
function editsOf(text: string): readonly TextEdit[] | undefined {
  const mentions = mentionsIn(text, mostMended);
  if (mentions.length !== text.split("-----BEGIN ", mostMended + 2).length - 1) return undefined;
  const edits: TextEdit[] = [];
  for (const [place, { span, text: block }] of mentions.entries()) {
    const start = Math.max(lineStartOf(text, span.start), mentions[place - 1]?.span.end ?? 0);
    const next = mentions[place + 1]?.span.start ?? text.length;
    const end = Math.min(nextLine(text, span.end), next);
    // What stands between two on one line goes with the first.
    const from = edits.at(-1)?.span.end ?? 0;
    if (!around.test(text.slice(start, span.start)) || !around.test(text.slice(span.end, end))) return undefined;
    edits.push({ span: { start: Math.max(start, from), end }, text: block });
  }
  return isSound(applyEdits(text, edits), mentions.length) ? edits : undefined;
}

function lineStartOf(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}
