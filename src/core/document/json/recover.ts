import { perStep, type Steps } from "../../steps.ts";
import { ReadMember } from "../placed.ts";
import type { ObjectNode, SyntaxProblem, Tree } from "../tree.ts";
import { type Block, cut, type Piece } from "./cut.ts";
import { commaAfter, nextSign } from "./layout.ts";
import { mostProblems, parsePart } from "./nodes.ts";

/** Of a name that is not over, so many characters are looked at: one that AWS takes has no more than 255. */
const longestName = 256;

/**
 * Reads a template that has faults in pieces, so that what is half typed nests nothing of what stands behind its piece.
 * @returns `undefined` where it cannot be cut, or has no faults when it is
 */
export function* recover(text: string): Steps<Pick<Tree, "root" | "problems"> | undefined> {
  const block = yield* cut(text);
  if (block === undefined) return undefined;
  const { object, problems } = yield* new PieceReader(text).read(block, undefined);
  return problems.length === 0 ? undefined : { root: object, problems: problems.slice(0, mostProblems) };
}

interface ReadBlock {
  readonly object: ObjectNode;
  readonly problems: readonly SyntaxProblem[];
}

interface ReadPiece extends Piece {
  readonly members: readonly ReadMember[];
  readonly problems: readonly SyntaxProblem[];
  /** Behind what is read of it, where that is without faults: a comma has to follow. */
  readonly behind: number | undefined;
}

class PieceReader {
  readonly #text: string;
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  *read({ start, pieces, close, end }: Block, parent: ObjectNode | undefined): Steps<ReadBlock> {
    const object: ObjectNode = {
      kind: "object",
      members: [],
      kept: undefined,
      parent,
      start,
      end: this.#farthest(end),
    };
    if (close !== undefined) object.end = close + 1;
    const read: ReadPiece[] = [];
    for (const piece of pieces) {
      read.push(yield* piece.section === undefined ? this.#single(piece, object) : this.#section(piece, object));
    }
    const problems: SyntaxProblem[] = [...this.#strayUpTo(pieces[0]?.first ?? end, start + 1)];
    let before: ReadPiece | undefined;
    for (const piece of yield* this.#joined(read, object)) {
      for (const member of piece.members) object.members.push(member);
      const [first] = piece.members;
      if (before !== undefined && first !== undefined && !this.#hasComma(before))
        problems.push({ start: piece.first, end: first.keyEnd, code: "CommaExpected" });
      for (const problem of piece.problems) problems.push(problem);
      before = piece;
    }
    if (close === undefined) problems.push({ start: end, end, code: "CloseBraceExpected" });
    return { object, problems };
  }

  *#single(piece: Piece, parent: ObjectNode): Steps<ReadPiece> {
    if (++this.#count % perStep === 0) yield;
    const { first, end } = piece;
    const farthest = this.#farthest(end);
    // The line end: its last line may be a comment.
    const { root, problems: found } = yield* parsePart(`{${this.#text.slice(first, end)}\n}`, {
      shift: first - 1,
      farthest,
      names: this.#names,
    });
    const members = root?.kind === "object" ? (root.members as ReadMember[]) : [];
    for (const member of members) {
      member.parent = parent;
      if (member.value !== undefined) member.value.parent = parent;
    }
    // A name that is being typed is a member too: what is wrong with it is not said of the member before it.
    if (members[0]?.start !== first) members.unshift(this.#halfTyped(piece, parent));
    const problems = found.map(({ start, end: stop, code }) => ({
      start: Math.max(first, Math.min(start, end)),
      end: Math.max(first, Math.min(stop, end)),
      code,
    }));
    return { ...piece, members, problems, behind: problems.length > 0 ? undefined : members.at(-1)?.end };
  }

  #halfTyped({ first, end }: Piece, parent: ObjectNode): ReadMember {
    const line = this.#text.slice(first, Math.min(end, first + longestName));
    const [all, name = ""] = /^[^\w\r\n]?([^":,\r\n]*)/.exec(line) ?? [line];
    const key = name.trimEnd();
    return new ReadMember(key, first, first + all.length - name.length + key.length, parent);
  }

  *#section(piece: Piece, parent: ObjectNode): Steps<ReadPiece> {
    const { section, end } = piece;
    if (section === undefined) return yield* this.#single(piece, parent);
    const { key, close } = section;
    const member = new ReadMember(this.#text.slice(key.start + 1, key.end - 1), key.start, key.end, parent);
    const { object, problems } = yield* this.read(section, parent);
    member.value = object;
    member.end = object.end;
    if (close === undefined) return { ...piece, members: [member], problems, behind: undefined };
    const behind = close + 1;
    const stray = this.#strayUpTo(end, (commaAfter(this.#text, behind) ?? close) + 1);
    return { ...piece, members: [member], problems: [...problems, ...stray], behind };
  }

  /** What stands where nothing may but blanks and comments. */
  #strayUpTo(end: number, from: number): SyntaxProblem[] {
    const start = nextSign(this.#text, from);
    return start < end ? [{ start, end: start + 1, code: "PropertyNameExpected" }] : [];
  }

  /** Where the layout is not what it seems, what one piece leaves open a later one closes: together they are one. */
  *#joined(pieces: readonly ReadPiece[], parent: ObjectNode): Steps<readonly ReadPiece[]> {
    const joined: ReadPiece[] = [];
    /** Those that leave something open, since the last that closed anything, by their places in `joined`. */
    let open: number[] = [];
    for (const piece of pieces) {
      joined.push(piece);
      if (piece.section !== undefined) {
        open = [];
      } else if (open.length > 0 && has(piece, "EndOfFileExpected")) {
        // Each piece is tried twice at most.
        for (const from of new Set([open[0] ?? 0, open.at(-1) ?? 0])) {
          const first = joined[from];
          const one = first === undefined ? undefined : yield* this.#single({ ...first, end: piece.end }, parent);
          if (one === undefined || one.problems.length > 0) continue;
          joined.splice(from, joined.length, one);
          break;
        }
        open = [];
      } else if (has(piece, "CloseBraceExpected") || has(piece, "CloseBracketExpected")) open.push(joined.length - 1);
    }
    return joined;
  }

  #hasComma({ behind, end }: ReadPiece): boolean {
    const at = behind === undefined ? undefined : commaAfter(this.#text, behind);
    return behind === undefined || (at !== undefined && at < end);
  }

  /** As where a text is read as a whole: what nothing closes ends behind it, and a cursor there stands inside. */
  #farthest(end: number): number {
    return end === this.#text.length ? end + 1 : end;
  }
}

function has({ problems }: ReadPiece, code: string): boolean {
  return problems.some((problem) => problem.code === code);
}
