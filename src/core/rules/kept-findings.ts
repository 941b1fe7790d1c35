import type { Change } from "../document/change.ts";
import { keptOfObjects } from "../document/kept.ts";
import type { ObjectNode } from "../document/tree.ts";
import type { Span } from "../text.ts";
import type { Context, Finding } from "./rule.ts";

/**
 * What was found in objects of a document, each as long as nothing within it was read again, and as long as what else
 * was looked at is the same.
 */
export interface KeptFindings<Around, Found extends Finding> {
  of(object: ObjectNode, around: Around): readonly Found[] | undefined;
  keep(object: ObjectNode, around: Around, found: readonly Found[]): void;
}

const none: readonly never[] = [];

/** @param isSame whether all that was looked at outside of the object is the same */
export function keepFindings<Around, Found extends Finding>(
  isSame: (before: Around, now: Around) => boolean,
): KeptFindings<Around, Found> {
  const kept = keptOfObjects<{
    readonly around: Around;
    readonly start: number;
    readonly found: readonly Found[];
  }>();
  return {
    of: (object, around) => {
      const known = kept.of(object);
      if (known === undefined || !isSame(known.around, around)) return undefined;
      const by = object.start - known.start;
      return by === 0 || known.found.length === 0 ? known.found : known.found.map((one) => movedBy(one, by));
    },
    keep: (object, around, found) => {
      // Mostly there is nothing, which need not be kept for each.
      if (found.length === 0) kept.keep(object, { around, start: object.start, found: none });
      else if (found.every((one) => movesWith(one, object))) kept.keep(object, { around, start: object.start, found });
    },
  };
}

/**
 * Looks into an object only where that was not done before.
 * @param besides all that is looked at outside of the object
 */
export function findingsKept<Subject extends { readonly node: ObjectNode }, Found extends Finding>(
  look: (subject: Subject) => Iterable<Found>,
  besides: (subject: Subject) => unknown = () => undefined,
): (subject: Subject) => readonly Found[] {
  const kept = keepFindings<unknown, Found>((before, now) => before === now);
  return (subject) => {
    const around = besides(subject);
    const known = kept.of(subject.node, around);
    if (known !== undefined) return known;
    const found = [...look(subject)];
    kept.keep(subject.node, around, found);
    return found;
  };
}

/** A part of the tree moves by itself, wherever it stands; numbers stay as they are. */
function isPlain(place: Span): boolean {
  return !("parent" in place);
}

/** Whether all places move as the object does. Fixes name parts of the tree. */
function movesWith({ at, related = [] }: Finding, object: Span): boolean {
  const moves = (place: Span): boolean => !isPlain(place) || (object.start <= place.start && place.end <= object.end);
  return moves(at) && related.every((one) => moves(one.at));
}

/** The same at its new place: numbers move, parts of the tree have moved by themselves. */
export function movedBy<Found extends Finding>(found: Found, by: number): Found {
  if (by === 0) return found;
  const move = (place: Span): Span => (isPlain(place) ? { start: place.start + by, end: place.end + by } : place);
  const { at, related, fixes } = found;
  return {
    ...found,
    at: move(at),
    ...(related === undefined ? {} : { related: related.map((one) => ({ ...one, at: move(one.at) })) }),
    ...(fixes === undefined
      ? {}
      : { fixes: fixes.map((fix) => ({ ...fix, changes: fix.changes.map((one) => moved(one, move)) })) }),
  };
}

/** Only characters have a place of their own. */
function moved(change: Change, move: (place: Span) => Span): Change {
  return change.kind === "rewrite" ? { ...change, edit: { ...change.edit, span: move(change.edit.span) } } : change;
}

type Comparisons = { readonly [Key in keyof Required<Context>]: (a: Context[Key], b: Context[Key]) => boolean };

const comparisons: Comparisons = {
  now: (a, b) => a.getTime() === b.getTime(),
  settings: Object.is,
  purpose: Object.is,
  targets: (a = [], b = []) => isSameList(a, b),
  fingerprint: Object.is,
  signatures: Object.is,
  inventory: Object.is,
  isUpdate: Object.is,
  servedMembers: Object.is,
};

const everything = Object.keys(comparisons) as readonly (keyof Context)[];

/** @param parts what of it counts */
export function isSameContext(a: Context, b: Context, parts: readonly (keyof Context)[] = everything): boolean {
  const isSameIn = <Key extends keyof Context>(key: Key): boolean => comparisons[key](a[key], b[key]);
  return a === b || parts.every(isSameIn);
}

export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
