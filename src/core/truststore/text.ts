import type { Chunk } from "../pem/blocks.ts";
import { behindMark, isAtEnd, isLineEnd, nextLine, skipBlanks } from "../pem/lines.ts";
import type { Span, TextEdit } from "../text.ts";
import type { Bundle } from "../x509/bundle.ts";
import { selection } from "../x509/selection.ts";

/**
 * What services that restrict the text between certificates do not take: `blank` lines, comments with a hyphen in them
 * (`hyphen`), and what is no comment that begins with `#` (`other`).
 */
export type RefusedKind = "blank" | "hyphen" | "other";

/** The lines of one kind above one block, or below the last. */
export interface RefusedText {
  /** Of the piece below it; `undefined`: there is none. */
  readonly index: number | undefined;
  readonly kind: RefusedKind;
  /** The first line, without its line end; of a blank one, with it. */
  readonly at: Span;
  readonly edits: readonly TextEdit[];
  /** Whether nothing goes that somebody may miss: lines that are no comment and that no program wrote may be what is left of a block. */
  readonly isSafe: boolean;
}

interface Line {
  readonly kind: RefusedKind;
  /** With its line end. Relative to the chunk. */
  readonly span: Span;
  readonly edit: TextEdit;
  readonly isSafe: boolean;
}

/** What OpenSSL and its like write above a block by themselves. */
const written = /^(subject|issuer|friendlyName|localKeyID|Bag Attributes|Key Attributes|notBefore|notAfter|depth|verify|serial)\b/i;
const slashes = /^(\/\/|;)/;

function refusedLines({ text, block, markers }: Chunk): readonly Line[] {
  const end = block === undefined ? text.length : (block.begin ?? block.body).start;
  if (end === 0) return none;
  const lines: Line[] = [];
  for (let at = 0; at < end; at = nextLine(text, at)) {
    const next = nextLine(text, at);
    // What stands before BEGIN on its line is no line of its own.
    if (next > end) break;
    const first = skipBlanks(text, behindMark(text, at));
    const start = behindMark(text, at);
    const span = { start, end: next };
    const gone = { span, text: "" };
    if (isAtEnd(text, first)) lines.push({ kind: "blank", span, edit: gone, isSafe: true });
    else if (text.charCodeAt(first) === 35) {
      if (text.slice(first, next).includes("-")) lines.push({ kind: "hyphen", span, edit: gone, isSafe: true });
    } else {
      const sign = slashes.exec(text.slice(first, first + 2))?.[0];
      // The marker says what the file is for: it becomes a comment that is taken.
      const marked = sign !== undefined && markers.some((marker) => marker.at.start === first && !text.slice(marker.at.start, marker.at.end).includes("-"));
      const edit = marked ? { span: { start: first, end: first + sign.length }, text: "#" } : gone;
      lines.push({ kind: "other", span, edit, isSafe: sign !== undefined || written.test(text.slice(first, first + 40)) });
    }
  }
  return lines.length === 0 ? none : lines;
}

const none: readonly Line[] = [];

const above = selection(({ chunk }) => refusedLines(chunk).length > 0);

/** In the order of the text. Blank lines at either end of it are between nothing. */
export function refusedTextIn(bundle: Bundle): readonly RefusedText[] {
  const { pieces, starts, pem } = bundle;
  const found: RefusedText[] = [];
  const add = (chunk: Chunk, place: number, index: number | undefined): void => {
    const start = starts[place] ?? 0;
    const before = pem.chunks[place - 1]?.text;
    const startsInsideLine = before !== undefined && !isLineEnd(before.charCodeAt(before.length - 1));
    const lines = refusedLines(chunk).filter(({ kind, span }) => (kind !== "blank" || (place > 0 && index !== undefined)) && (!startsInsideLine || span.start > 0));
    for (const kind of kinds) {
      const alike = lines.filter((line) => line.kind === kind);
      const [first] = alike;
      if (first === undefined) continue;
      found.push({
        index,
        kind,
        at: shifted(kind === "blank" ? first.span : withoutLineEnd(chunk.text, first.span), start),
        edits: alike.map(({ edit }) => ({ span: shifted(edit.span, start), text: edit.text })),
        isSafe: alike.every(({ isSafe }) => isSafe),
      });
    }
  };
  for (const { index, piece } of above(bundle)) add(piece.chunk, index, index);
  const last = pem.chunks.at(-1);
  if (last !== undefined && last.block === undefined && pieces.length > 0) add(last, pem.chunks.length - 1, undefined);
  return found;
}

const kinds: readonly RefusedKind[] = ["blank", "hyphen", "other"];

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function withoutLineEnd(text: string, { start, end }: Span): Span {
  let stop = end;
  while (stop > start && isLineEnd(text.charCodeAt(stop - 1))) stop--;
  return { start, end: stop };
}
