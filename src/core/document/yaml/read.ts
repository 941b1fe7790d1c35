import { finish, type Steps } from "../../steps.ts";
import { applyEdits, type Span, type TextEdit } from "../../text.ts";
import { ReadMember, shift } from "../placed.ts";
import type { Node, ObjectNode, SyntaxProblem, Tree } from "../tree.ts";
import { cut, type Piece, type Section } from "./cut.ts";
import { parsePart } from "./nodes.ts";

/** Reads YAML, complete or half typed. Never throws. */
export function parseYaml(text: string): Tree {
  return finish(parseYamlInSteps(text));
}

export function* parseYamlInSteps(text: string): Steps<Tree> {
  yield;
  const pieces = cut(text);
  if (pieces === undefined) return new ReadTree(text, undefined, parsePart(text, 0));
  const root = objectIn(undefined);
  const parts = yield* new PieceReader(text).read(pieces, root);
  gather(root, parts);
  return new ReadTree(text, parts, { root, problems: problemsOf(parts) });
}

/**
 * The tree after one edit, at a cost that follows the edit: only the pieces whose lines it changes are read again.
 * Takes over the old tree: its nodes move to their new places.
 */
export function editYaml(tree: Tree, edit: TextEdit): Tree {
  const text = applyEdits(tree.text, [edit]);
  const old = tree instanceof ReadTree ? tree.parts : undefined;
  const pieces = old === undefined ? undefined : cut(text);
  if (old === undefined || pieces === undefined || tree.root?.kind !== "object") return parseYaml(text);
  const parts = new PieceEditor(text, edit).edit(old, pieces, tree.root);
  return new ReadTree(text, parts, { root: tree.root, problems: problemsOf(parts) });
}

/** A piece as it was read. */
interface ReadPiece {
  start: number;
  end: number;
  readonly members: ReadMember[];
  /** Counted from the start of the piece. */
  readonly problems: readonly SyntaxProblem[];
  readonly section: ReadSection | undefined;
}

interface ReadSection {
  readonly object: ObjectNode;
  pieces: readonly ReadPiece[];
}

class ReadTree implements Tree {
  readonly syntax = "yaml";
  readonly isCut = true;
  readonly text: string;
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** `undefined` for a text that is not cut. */
  readonly parts: readonly ReadPiece[] | undefined;

  constructor(
    text: string,
    parts: readonly ReadPiece[] | undefined,
    { root, problems }: Pick<Tree, "root" | "problems">,
  ) {
    this.text = text;
    this.root = root;
    this.problems = problems;
    this.parts = parts;
  }
}

class PieceReader {
  readonly #text: string;
  readonly #names = new Map<string, string>();

  constructor(text: string) {
    this.#text = text;
  }

  *read(pieces: readonly Piece[], parent: ObjectNode): Steps<ReadPiece[]> {
    const read: ReadPiece[] = [];
    for (const piece of pieces) {
      read.push(yield* this.#piece(piece, parent));
    }
    return read;
  }

  *#piece(piece: Piece, parent: ObjectNode): Steps<ReadPiece> {
    if (piece.section !== undefined) return yield* this.#section(piece, piece.section, parent);
    yield;
    return this.#single(piece, parent);
  }

  *#section({ start, end }: Piece, { key, pieces }: Section, parent: ObjectNode): Steps<ReadPiece> {
    const member = new ReadMember(nameAt(this.#text, key), key.start, key.end, parent);
    const object = objectIn(parent);
    const parts = yield* this.read(pieces, object);
    gather(object, parts);
    member.value = object;
    member.end = object.end;
    return { start, end, members: [member], problems: [], section: { object, pieces: parts } };
  }

  #single({ start, end }: Piece, parent: ObjectNode): ReadPiece {
    const { root, problems } = parsePart(this.#text.slice(start, end), start, this.#names);
    const members = membersOf(root, parent);
    const isKeyed = root?.kind === "object";
    const found =
      isKeyed || problems.length > 0
        ? problems
        : [{ start: root?.start ?? start, end: root?.end ?? end, code: "MISSING_CHAR" }];
    return {
      start,
      end,
      members,
      // An end that is missing is found missing behind the text.
      problems: found.map((problem) => ({
        start: Math.min(problem.start, end) - start,
        end: Math.min(problem.end, end) - start,
        code: problem.code,
      })),
      section: undefined,
    };
  }
}

/** What was read of a piece; a name that is being typed has no colon yet. */
function membersOf(root: Node | undefined, parent: ObjectNode): ReadMember[] {
  if (root?.kind === "object") {
    for (const member of root.members as ReadMember[]) {
      member.parent = parent;
      adopt(member.value, parent);
    }
    return root.members as ReadMember[];
  }
  if (root?.kind !== "scalar" || root.value === undefined) return [];
  return [new ReadMember(root.plain ?? String(root.value), root.start, root.end, parent)];
}

function adopt(node: Node | undefined, parent: ObjectNode): void {
  if (node === undefined) return;
  node.parent = parent;
  if (node.kind === "computed") adopt(node.call?.argument, parent);
}

function objectIn(parent: ObjectNode | undefined): ObjectNode {
  return { kind: "object", members: [], kept: undefined, parent, start: 0, end: 0 };
}

function gather(object: ObjectNode, pieces: readonly ReadPiece[]): void {
  object.members = pieces.flatMap(({ members }) => members);
  object.start = object.members[0]?.start ?? pieces[0]?.start ?? 0;
  object.end = object.members.at(-1)?.end ?? object.start;
}

function problemsOf(pieces: readonly ReadPiece[]): SyntaxProblem[] {
  return pieces.flatMap(({ start: from, problems, section }) =>
    section === undefined
      ? problems.map(({ start, end, code }) => ({ start: from + start, end: from + end, code }))
      : problemsOf(section.pieces),
  );
}

class PieceEditor {
  readonly #text: string;
  readonly #edit: TextEdit;
  readonly #delta: number;
  readonly #reader: PieceReader;

  constructor(text: string, edit: TextEdit) {
    this.#text = text;
    this.#edit = edit;
    this.#delta = edit.text.length - (edit.span.end - edit.span.start);
    this.#reader = new PieceReader(text);
  }

  edit(old: readonly ReadPiece[], pieces: readonly Piece[], object: ObjectNode): ReadPiece[] {
    const before: ReadPiece[] = [];
    const behind: ReadPiece[] = [];
    const left = (): number => Math.min(old.length, pieces.length) - before.length - behind.length;
    const take = (find: (was: ReadPiece, is: Piece) => ReadPiece | undefined): void => {
      for (let found: ReadPiece | undefined; left() > 0; before.push(found)) {
        const [was, is] = [old[before.length], pieces[before.length]];
        found = was === undefined || is === undefined ? undefined : find(was, is);
        if (found === undefined) break;
      }
      for (let found: ReadPiece | undefined; left() > 0; behind.push(found)) {
        const [was, is] = [old.at(-1 - behind.length), pieces.at(-1 - behind.length)];
        found = was === undefined || is === undefined ? undefined : find(was, is);
        if (found === undefined) break;
      }
    };
    take((was, is) => this.#unchanged(was, is));
    take((was, is) => this.#sameSection(was, is));
    const fresh = pieces.slice(before.length, pieces.length - behind.length);
    const parts = [...before, ...finish(this.#reader.read(fresh, object)), ...behind.reverse()];
    object.kept = undefined;
    gather(object, parts);
    return parts;
  }

  /** Where its text is as it was it stays, and moves. */
  #unchanged(was: ReadPiece, is: Piece): ReadPiece | undefined {
    const { start, end } = this.#edit.span;
    const isBefore = was.end <= start && was.start === is.start && was.end === is.end;
    if (isBefore) return was;
    const delta = this.#delta;
    if (was.start < end || was.start + delta !== is.start || was.end + delta !== is.end) return undefined;
    move(was, delta);
    return was;
  }

  /** Its object stays, and what is below it where that is unchanged. */
  #sameSection(was: ReadPiece, is: Piece): ReadPiece | undefined {
    const [member] = was.members;
    if (was.section === undefined || is.section === undefined || member === undefined) return undefined;
    const { key, pieces } = is.section;
    if (nameAt(this.#text, key) !== member.key || key.end - key.start !== member.keyEnd - member.start)
      return undefined;
    const { object } = was.section;
    was.section.pieces = this.edit(was.section.pieces, pieces, object);
    [was.start, was.end] = [is.start, is.end];
    [member.start, member.keyEnd, member.end] = [key.start, key.end, object.end];
    return was;
  }
}

function move(piece: ReadPiece, delta: number): void {
  if (delta === 0) return;
  movePiece(piece, delta);
  for (const member of piece.members) shift(member, delta);
}

function movePiece(piece: ReadPiece, delta: number): void {
  piece.start += delta;
  piece.end += delta;
  for (const inner of piece.section?.pieces ?? []) movePiece(inner, delta);
}

function nameAt(text: string, { start, end }: Span): string {
  const quotes = /^["']/.test(text.charAt(start)) ? 1 : 0;
  return text.slice(start + quotes, end - quotes);
}
