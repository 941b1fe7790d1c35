import { pascal } from "./apigateway/pascal.ts";
import type { Dialect } from "./dialect/dialect.ts";
import { viewOf } from "./dialect/view.ts";
import type { Reading } from "./document/reading.ts";
import { hasIntrinsics, isLookalike } from "./document/template.ts";
import { isContainer, type Node, type Tree } from "./document/tree.ts";
import { kindOf, kinds } from "./kinds.ts";
import type { Steps } from "./steps.ts";
import type { Subject } from "./subjects.ts";

/** How deep below the root a subject is looked for where the root is none: `{"staging": {"DistributionConfig": …}}`. */
const deepest = 4;
/** Objects and lists that are asked whether they are one, at most: a larger document is of another kind. */
const mostAsked = 2000;

/**
 * What a document holds: the root is one subject, or a part of one; or subjects that can be nothing else stand in it,
 * or beside it. Templates, plans and lists of distributions are other documents.
 */
export function* findSubjects(
  tree: Tree,
  served: ReadonlySet<string> | undefined,
  dialect: Dialect,
): Steps<readonly Subject[]> {
  const { root } = tree;
  if (root === undefined) return [];
  const written = dialect.rootsIn === undefined && pascal.rootsIn?.(root).length === 1 ? pascal : dialect;
  if (written.rootsIn !== undefined) {
    const reading: Reading = { soundUpTo: soundUpTo(tree), served, isTemplate: () => false };
    const subjects: Subject[] = [];
    for (const found of written.rootsIn(root)) {
      const subject = yield* recognise(viewOf(found, written), reading);
      if (subject !== undefined) subjects.push(subject);
    }
    return subjects;
  }
  if (root.kind === "object" && isLookalike(root)) return [];
  let isTemplate: boolean | undefined;
  const reading: Reading = {
    soundUpTo: soundUpTo(tree),
    served,
    isTemplate: () => (isTemplate ??= hasIntrinsics(tree)),
  };
  const whole = yield* recognise(root, reading);
  const covered = whole === undefined ? undefined : kindOf(whole).covers(whole);
  const found = whole === undefined ? [] : [whole];
  if (covered !== root) yield* findBelow(root, covered, reading, found);
  return found;
}

function soundUpTo({ problems }: Tree): number {
  return problems[0]?.start ?? Number.POSITIVE_INFINITY;
}

function* recognise(node: Node, reading: Reading): Steps<Subject | undefined> {
  if (!isContainer(node)) return undefined;
  for (const kind of Object.values(kinds)) {
    const subject: Subject | undefined = yield* kind.recognise(node, reading);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

/** Adds what stands below a node, in document order. */
function* findBelow(root: Node, covered: Node | undefined, reading: Reading, found: Subject[]): Steps<void> {
  let asked = 0;
  const look = function* (node: Node, depth: number): Steps<void> {
    for (const child of childrenOf(node)) {
      if (child === covered || !isContainer(child) || asked++ >= mostAsked) continue;
      if (child.kind === "object" && isLookalike(child)) continue;
      // What the covered one stands in is its wrapper, which was asked already.
      const isAround = covered !== undefined && child.start <= covered.start && covered.end <= child.end;
      const subject = isAround ? undefined : yield* recognise(child, reading);
      if (subject !== undefined && kindOf(subject).isUnmistakable(subject)) found.push(subject);
      else if (depth < deepest) yield* look(child, depth + 1);
    }
  };
  yield* look(root, 1);
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === "list") return node.items;
  return node.kind === "object" ? node.members.flatMap(({ value }) => value ?? []) : [];
}
