import type { Steps } from "../../steps.ts";
import { ReadMember } from "../placed.ts";
import type { Container, Node, ScalarNode, SyntaxProblem, Tree } from "../tree.ts";
import { parseInSteps } from "./parse.ts";

/** Faults within a string or number: what it says so far means nothing yet. */
const unfinishedBy: ReadonlySet<string> = new Set([
  "UnexpectedEndOfString",
  "UnexpectedEndOfNumber",
  "InvalidUnicode",
  "InvalidEscapeCharacter",
]);

/** More faults are not told apart: the first is what counts. */
export const mostProblems = 1_000;

/** Of a text that is a part of a longer one. */
interface Part {
  /** Added to every offset. */
  readonly shift: number;
  /** Nothing ends behind it. */
  readonly farthest?: number;
  /** One text for each name, for whoever reads many parts. */
  readonly names?: Map<string, string>;
}

export function* parsePart(text: string, part: Part): Steps<Pick<Tree, "root" | "problems">> {
  const problems: SyntaxProblem[] = [];
  const { root, given } = yield* build(text, part, problems);
  const { shift } = part;
  return given === undefined
    ? { root, problems }
    : { root: undefined, problems: [{ start: shift, end: shift, code: given }] };
}

/** @returns `given`: why it was given up */
function* build(
  text: string,
  { shift, farthest = Number.POSITIVE_INFINITY, names = new Map<string, string>() }: Part,
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
    container.end = Math.min(shift + offset + Math.max(length, 1), farthest);
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
