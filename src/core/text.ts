/** A range of a text in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the characters of `span` by `text`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Zero-based, in UTF-16 code units, as editors count. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Edits in document order; two insertions at one place keep the order in which they were given. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted(inOrder);
}

/** For a stable sort. */
export function inOrder({ span: a }: TextEdit, { span: b }: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}

/** @throws when two edits overlap: that is a bug of the caller, and guessing would lose text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  for (const part of editedParts(text, sortEdits(edits))) result += part;
  return result;
}

/** What `applyEdits` puts together, one after the other. */
export function* editedParts(text: string, inOrder: Iterable<TextEdit>): Generator<string, void, void> {
  let done = 0;
  for (const { span, text: replacement } of inOrder) {
    if (span.start < done) throw new Error(`Edits overlap at offset ${span.start}`);
    yield text.slice(done, span.start);
    yield replacement;
    done = span.end;
  }
  yield text.slice(done);
}

/**
 * What edits changed, as spans of the text that they make, in its order. Where characters only went, the span is empty;
 * where whole lines went, it stands at the end of the line above.
 */
export function changedSpans(before: string, edits: readonly TextEdit[]): Span[] {
  let shift = 0;
  return sortEdits(edits).flatMap(({ span, text }): Span[] => {
    const at = span.start + shift;
    shift += text.length - (span.end - span.start);
    const old = before.slice(span.start, span.end);
    if (old === text) return [];
    const ends = sharedEnds(old, text);
    const start = at + ends.start;
    const end = at + text.length - ends.end;
    // No whole line is left of what goes: nothing of the line below changed.
    const isLinesOnly = start === end && old.slice(ends.start, old.length - ends.end).endsWith("\n");
    const beforeStart = span.start + ends.start;
    const isAtLineStart = before.charAt(beforeStart - 1) === "\n";
    return [isLinesOnly && isAtLineStart ? { start: start - 1, end: start - 1 } : { start, end }];
  });
}

/** Zero-based lines of a text; both are within. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** The lines in which spans lie, in order; spans on lines beside each other are one block. */
export function linesOf(text: string, spans: readonly Span[]): Lines[] {
  const index = new LineIndex(text);
  const blocks: Lines[] = [];
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const first = index.at(start).line;
    // The line that begins where the span ends is not within.
    const last = Math.max(first, index.at(end > start ? end - 1 : end).line);
    const before = blocks.at(-1);
    if (before !== undefined && first <= before.last + 1)
      blocks[blocks.length - 1] = { first: before.first, last: Math.max(before.last, last) };
    else blocks.push({ first, last });
  }
  return blocks;
}

/** True where both could not be applied to one text: they share a character, or insert inside the other. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** What stands behind the last `/`: the name of a file, of a key, of the member that a path leads to. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Where the run of these characters begins that stands before `end`. A pattern such as `/=+$/` would be tried from each
 * of them on.
 */
export function startOfRun(text: string, characters: string, end = text.length): number {
  let start = end;
  while (start > 0 && characters.includes(text.charAt(start - 1))) start--;
  return start;
}

export function contains(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}

/** Answers what lies within a place, where many places are asked about many spans. */
export class SpanIndex {
  readonly #inOrder: readonly Span[];

  constructor(spans: readonly Span[]) {
    this.#inOrder = spans.toSorted((one, other) => one.start - other.start);
  }

  hasWithin({ start, end }: Span): boolean {
    const spans = this.#inOrder;
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    for (let at = spans[low]; at !== undefined && at.start <= end; at = spans[++low]) if (at.end <= end) return true;
    return false;
  }
}

/** Translates offsets to lines; built once per text, each look-up is logarithmic. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;
  #built: number;

  /** @param upTo in characters: how far it is built at once (`build`) */
  constructor(text: string, upTo = text.length) {
    this.#text = text;
    this.#built = 0;
    this.build(upTo);
  }

  /** Of a long text, some more. @returns whether there is more */
  build(characters: number): boolean {
    const text = this.#text;
    const end = Math.min(text.length, this.#built + characters);
    for (let at = this.#built; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) this.#starts.push(at + 1);
    }
    this.#built = end;
    return end < text.length;
  }

  at(offset: number): LineAndColumn {
    const wanted = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: wanted - (this.#starts[low] ?? 0) };
  }
}

/**
 * The candidate a word is a slip for: the same but for case, or within `most` single-character slips
 * (one left out, one too many, another one, two swapped). `undefined` where none, or two, come as near.
 */
export function nearest(word: string, candidates: Iterable<string>, most = 2): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = most + 1;
  let ambiguous = false;
  for (const candidate of candidates) {
    if (candidate.length === word.length && candidate.toLowerCase() === lower) return candidate;
    // A short word is all slips away from another short word.
    const limit = Math.min(most, Math.floor(candidate.length / 4));
    const distance = slips(word, candidate, limit);
    if (distance > limit) continue;
    if (distance === bestDistance) ambiguous = true;
    else if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      ambiguous = false;
    }
  }
  return ambiguous ? undefined : best;
}

/** Longer words are no typing errors, and comparing them takes time. */
const longestWord = 256;

/** Optimal string alignment distance; anything above `limit` where it exceeds that. */
function slips(word: string, candidate: string, limit: number): number {
  if (Math.abs(word.length - candidate.length) > limit || word.length > longestWord) return limit + 1;
  // No slip is in what both begin and end with.
  const { start, end } = sharedEnds(word, candidate);
  const [a, b] = [word.slice(start, word.length - end), candidate.slice(start, candidate.length - end)];
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** How many characters two texts begin with alike, and how many of the rest they end with alike. */
export function sharedEnds(one: string, other: string): { readonly start: number; readonly end: number } {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one.charCodeAt(start) === other.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end))
    end++;
  return { start, end };
}
