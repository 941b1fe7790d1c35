import { finish, type Steps } from "../../steps.ts";
import type { TextEdit } from "../../text.ts";
import { EditedText } from "../edited-text.ts";
import { type ReadMember, shiftBehind } from "../placed.ts";
import { type Container, containersAt, type Node, type Syntax, type SyntaxProblem, type Tree } from "../tree.ts";
import { parsePart } from "./nodes.ts";
import { recover } from "./recover.ts";

/**
 * Reads JSON, complete or half typed. Comments and trailing commas are tolerated in either syntax:
 * the editor's own JSON support reports them where they do not belong.
 * A template that has faults is read in pieces.
 * Never throws; what is nested too deeply to read is reported as one problem and has no root.
 */
export function parseJson(text: string, syntax: Syntax): Tree {
  return finish(parseJsonInSteps(text, syntax));
}

export function* parseJsonInSteps(text: string, syntax: Syntax): Steps<Tree> {
  const whole = yield* parsePart(text, { shift: 0 });
  const isSound = whole.problems.length === 0 || whole.root === undefined;
  const pieces = isSound ? undefined : yield* recover(text);
  return new ReadTree(syntax, EditedText.of(text), pieces ?? whole, pieces !== undefined);
}

class ReadTree implements Tree {
  readonly syntax: Syntax;
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly isCut: boolean;
  readonly #text: EditedText;

  constructor(syntax: Syntax, text: EditedText, { root, problems }: Pick<Tree, "root" | "problems">, isCut: boolean) {
    this.syntax = syntax;
    this.root = root;
    this.problems = problems;
    this.isCut = isCut;
    this.#text = text;
  }

  get text(): string {
    return this.#text.whole();
  }

  static textOf(tree: Tree): EditedText {
    return tree instanceof ReadTree ? tree.#text : EditedText.of(tree.text);
  }
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
  return new ReadTree(tree.syntax, text, tree, false);
}

function replaceContainer(old: Container, text: EditedText, delta: number): boolean {
  const part = text.slice(old.start, old.end + delta);
  const { root: fresh, problems } = finish(parsePart(part, { shift: old.start }));
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
