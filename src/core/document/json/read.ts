import { finish, type Steps } from "../../steps.ts";
import type { TextEdit } from "../../text.ts";
import { EditedText } from "../edited-text.ts";
import { ReadMember, shiftBehind } from "../placed.ts";
import {
  type Container,
  containersAt,
  type Node,
  type ScalarNode,
  type Syntax,
  type SyntaxProblem,
  type Tree,
} from "../tree.ts";
import { parseInSteps } from "./parse.ts";

/**
 * Reads JSON, complete or half typed. Comments and trailing commas are tolerated in either syntax:
 * the editor's own JSON support reports them where they do not belong.
 * Never throws; what is nested too deeply to read is reported as one problem and has no root.
 */
export function parseJson(text: string, syntax: Syntax): Tree {
  return finish(parseJsonInSteps(text, syntax));
}

export function* parseJsonInSteps(text: string, syntax: Syntax): Steps<Tree> {
  const { root, problems } = yield* parsePart(text, 0);
  return new ReadTree(syntax, EditedText.of(text), root, problems);
}

class ReadTree implements Tree {
  readonly syntax: Syntax;
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly #text: EditedText;

  constructor(syntax: Syntax, text: EditedText, root: Node | undefined, problems: readonly SyntaxProblem[]) {
    this.syntax = syntax;
    this.root = root;
    this.problems = problems;
    this.#text = text;
  }

  get text(): string {
    return this.#text.whole();
  }

  static textOf(tree: Tree): EditedText {
    return tree instanceof ReadTree ? tree.#text : EditedText.of(tree.text);
  }
}

/** Faults within a string or number: what it says so far means nothing yet. */
const unfinishedBy: ReadonlySet<string> = new Set([
  "UnexpectedEndOfString",
  "UnexpectedEndOfNumber",
  "InvalidUnicode",
  "InvalidEscapeCharacter",
]);

/** More faults are not told apart: the first is what counts. */
const mostProblems = 1_000;

/** @param shift added to every offset, for a text that is a part of a longer one */
function* parsePart(text: string, shift: number): Steps<Pick<Tree, "root" | "problems">> {
  const problems: SyntaxProblem[] = [];
  const { root, given } = yield* build(text, shift, problems);
  return given === undefined
    ? { root, problems }
    : { root: undefined, problems: [{ start: shift, end: shift, code: given }] };
}

/** @returns `given`: why it was given up */
function* build(
  text: string,
  shift: number,
  problems: SyntaxProblem[],
): Steps<{ readonly root: Node | undefined; readonly given: string | undefined }> {
  let root: Node | undefined;
  let container: Container | undefined;
  let member: ReadMember | undefined;
  const members: (ReadMember | undefined)[] = [];
  /**
   * Of all that is open, the innermost last, and where those of each begin: a list that grows by itself keeps room for
   * more than most have.
   */
  const entries: (ReadMember | Node)[] = [];
  const begins: number[] = [];
  /** Where the last unfinished string or number begins; its fault is told before it is. */
  let unfinished = -1;

  const names = new Map<string, string>();
  /** One for all members of that name. */
  const named = (name: string): string => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };

  const attach = (node: Node): void => {
    if (container === undefined) root ??= node;
    else if (container.kind === "list") entries.push(node);
    else if (member !== undefined && member.value === undefined) member.value = node;
  };
  const open = (node: Container): void => {
    attach(node);
    members.push(member);
    begins.push(entries.length);
    member = undefined;
    container = node;
  };
  const close = (offset: number, length: number): void => {
    if (container === undefined) return;
    // What nothing closes ends as if by a sign right behind the text: a cursor there stands inside.
    container.end = shift + offset + Math.max(length, 1);
    const own = entries.splice(begins.pop() ?? 0);
    if (container.kind === "object") container.members = own as ReadMember[];
    else container.items = own as Node[];
    container = container.parent;
    member = members.pop();
    if (member !== undefined) member.end = member.value?.end ?? member.end;
  };

  // A byte order mark is no part of JSON, yet a text may begin with one: read it as a blank.
  const given = yield* parseInSteps(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, {
    onObjectBegin: (offset) => {
      open({
        kind: "object",
        members: [],
        kept: undefined,
        parent: container,
        start: shift + offset,
        end: shift + offset + 1,
      });
    },
    onObjectEnd: close,
    onArrayBegin: (offset) => {
      open({ kind: "list", items: [], parent: container, start: shift + offset, end: shift + offset + 1 });
    },
    onArrayEnd: close,
    onObjectProperty: (key, offset, length) => {
      member = undefined;
      if (container?.kind !== "object" || offset === unfinished) return;
      const start = shift + offset;
      member = new ReadMember(named(key), start, start + length, container);
      entries.push(member);
    },
    onLiteralValue: (value, offset, length) => {
      const node: ScalarNode = {
        kind: "scalar",
        value: offset === unfinished ? undefined : value,
        parent: container,
        start: shift + offset,
        end: shift + offset + length,
      };
      attach(node);
      if (member !== undefined && container?.kind === "object" && member.value === node) member.end = node.end;
    },
    onError: (code, offset, length) => {
      if (unfinishedBy.has(code)) unfinished = offset;
      if (problems.length < mostProblems) problems.push({ start: shift + offset, end: shift + offset + length, code });
    },
  });
  return { root, given };
}

/**
 * The tree after one edit, at a cost that follows the edit: only the innermost object or list around
 * it is read again. Takes the old tree over: its nodes move to their new places.
 *
 * That is right because reading starts afresh inside a container: where the new text of the container
 * reads without a fault and ends where it should, what follows reads as it did before.
 */
export function editJson(tree: Tree, edit: TextEdit): Tree {
  const { start, end } = edit.span;
  const text = ReadTree.textOf(tree).after(edit);
  const path = tree.problems.length > 0 ? [] : containersAt(tree.root, start);
  const place = path.findLastIndex((node) => end < node.end);
  const old = path[place];
  if (old === undefined || !replaceContainer(old, text, edit.text.length - (end - start)))
    return parseJson(text.whole(), tree.syntax);
  for (const container of path.slice(0, place + 1)) if (container.kind === "object") container.kept = undefined;
  return new ReadTree(tree.syntax, text, tree.root, tree.problems);
}

function replaceContainer(old: Container, text: EditedText, delta: number): boolean {
  const part = text.slice(old.start, old.end + delta);
  const { root: fresh, problems } = finish(parsePart(part, old.start));
  if (problems.length > 0 || fresh?.kind !== old.kind || fresh.end !== old.start + part.length) return false;
  const oldEnd = old.end;
  fill(old, fresh);
  shiftBehind(old, oldEnd, delta);
  return true;
}

/** The container keeps its identity, so that what holds it, or is above it, need not change. */
function fill(old: Container, fresh: Container): void {
  old.end = fresh.end;
  if (old.kind === "object" && fresh.kind === "object") {
    old.members = fresh.members;
    for (const member of old.members) {
      (member as ReadMember).parent = old;
      if (member.value !== undefined) member.value.parent = old;
    }
  } else if (old.kind === "list" && fresh.kind === "list") {
    old.items = fresh.items;
    for (const item of old.items) item.parent = old;
  }
}
