import { pascal } from "./apigateway/pascal.ts";
import { hasMore, type Place, placesIn, rootAt, stampsAt } from "./cloudformation/find.ts";
import type { Dialect } from "./dialect/dialect.ts";
import { viewOf } from "./dialect/view.ts";
import { keptOfObjects } from "./document/kept.ts";
import type { Reading } from "./document/reading.ts";
import { hasIntrinsics, isLookalike } from "./document/template.ts";
import { childrenOf, isContainer, type Node, type Tree } from "./document/tree.ts";
import { kindOf, kinds } from "./kinds.ts";
import type { Steps } from "./steps.ts";
import type { Alternative, Subject } from "./subjects.ts";
import { readingsOf } from "./template/meanings.ts";
import { type Template, templateOf } from "./template/template.ts";

/** How deep below the root a subject is looked for where the root is none: `{"staging": {"DistributionConfig": …}}`. */
const deepest = 4;
/** Objects and lists that are asked whether they are one, at most: a larger document is of another kind. */
const mostAsked = 2000;

/** What a document holds. */
export interface Found {
  readonly subjects: readonly Subject[];
  readonly alternatives: readonly Alternative[];
  /** Of a template, its resources. */
  readonly template: Template | undefined;
}

/**
 * The root is one subject, or a part of one; or subjects that can be nothing else stand in it, or beside it. A template
 * has one for each resource that we know. Plans and lists of distributions are other documents.
 */
export function* findSubjects(tree: Tree, served: ReadonlySet<string> | undefined, dialect: Dialect): Steps<Found> {
  const { root } = tree;
  if (root === undefined) return nothing;
  const template = dialect.rootsIn === undefined ? templateOf(root) : undefined;
  if (template !== undefined) return yield* inTemplate(template, tree);
  return { ...nothing, subjects: yield* inDocument(root, tree, served, dialect) };
}

const nothing: Found = { subjects: [], alternatives: [], template: undefined };

function* inDocument(
  root: Node,
  tree: Tree,
  served: ReadonlySet<string> | undefined,
  dialect: Dialect,
): Steps<readonly Subject[]> {
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
  // YAML is read for the sake of templates.
  if (tree.syntax === "yaml" || (root.kind === "object" && isLookalike(root))) return [];
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

/** What was found in a resource, as long as all is the same that it was read by. */
const inResources = keptOfObjects<{ readonly stamps: readonly unknown[]; readonly found: Found }>();

function* inTemplate(template: Template, tree: Tree): Steps<Found> {
  const subjects: Subject[] = [];
  const alternatives: Alternative[] = [];
  for (const place of placesIn(template)) {
    const { node } = place.resource;
    const sound = soundUpToIn(place, tree);
    const stamps = [sound, ...stampsAt(template, place)];
    const before = inResources.of(node);
    const isSame =
      before?.stamps.length === stamps.length && before.stamps.every((one, index) => one === stamps[index]);
    const found = isSame ? before.found : yield* inResource(template, place, sound);
    if (!isSame) {
      inResources.keep(node, { stamps, found });
      yield;
    }
    for (const subject of found.subjects) subjects.push(subject);
    for (const alternative of found.alternatives) alternatives.push(alternative);
  }
  return { subjects, alternatives, template };
}

/** Behind that, nothing tells what stands inside what; where it is read in pieces only within its own resource. */
function soundUpToIn({ resource, end }: Place, { isCut, problems }: Tree): number {
  const first = problems[isCut ? firstFrom(problems, resource.node.start) : 0];
  return first !== undefined && first.start < end ? first.start : Number.POSITIVE_INFINITY;
}

/** Found by halving: there may be many. */
function firstFrom(problems: Tree["problems"], start: number): number {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((problems[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* inResource(template: Template, place: Place, soundUpTo: number): Steps<Found> {
  const { dialect, vocabulary, shape: name } = place.type;
  const shape = vocabulary.get(name);
  // What is not there may be said elsewhere.
  const end = hasMore(template, place) ? place.resource.node.end : Number.POSITIVE_INFINITY;
  const reading: Reading = { soundUpTo: Math.min(soundUpTo, end), served: undefined, isTemplate: () => false };
  const found: Alternative[] = [];
  // Those of the first reading last: it is what the places of the document are then seen as.
  for (const { meanings, isAssumed } of readingsOf(template, place.resource).toReversed()) {
    const node = rootAt(place, meanings);
    if (node === undefined || shape === undefined) continue;
    const subject = yield* recognise(viewOf({ node, shape }, dialect, meanings), reading);
    if (subject !== undefined) found.unshift({ subject, isAssumed });
  }
  const [first, ...alternatives] = found;
  return first === undefined ? nothing : { subjects: [first.subject], alternatives, template };
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
