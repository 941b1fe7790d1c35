import type { Distribution, OriginGroup, Surroundings } from "../cloudfront/distribution.ts";
import { keptOfObjects } from "../document/kept.ts";
import type { ObjectNode } from "../document/tree.ts";
import { perStep, type Steps } from "../steps.ts";
import { behaviorRules, originRules } from "./catalogue.ts";
import { isSameContext, isSameList, type KeptFindings, keepFindings } from "./kept-findings.ts";
import type { Context, Problem, Rule } from "./rule.ts";
import { active, apply, type Judging, withinBounds } from "./run.ts";

/** All that origins and behaviors are judged by besides what they hold. */
interface Around {
  readonly context: Context;
  readonly surroundings: Omit<Surroundings, "viewerMtls" | "members">;
  /** Without the place, which findings only point at. */
  readonly viewerMtls: readonly unknown[];
  readonly partitions: readonly unknown[];
}

/** What one of them is judged by: `also` is another object where it reaches beyond itself, and that changed. */
interface JudgedBy {
  readonly around: Around;
  readonly also: object | undefined;
}

type Kept = KeptFindings<JudgedBy, Problem>;

const isSame = (before: JudgedBy, now: JudgedBy): boolean => before.around === now.around && before.also === now.also;
const inOrigins: Kept = keepFindings(isSame);
const inBehaviors: Kept = keepFindings(isSame);

/** Adds what is found in each origin and behavior. After an edit only those are looked at that it concerns. */
export function* judgeParts(
  distribution: Distribution,
  { context, onFault, most }: Judging,
  problems: Problem[],
): Steps<void> {
  const around = aroundOf(distribution, context);
  const judge = function* <Part extends { readonly node: ObjectNode }>(
    rules: readonly Rule<Part>[],
    parts: readonly Part[],
    kept: Kept,
    alsoFor: (part: Part) => object | undefined,
  ): Steps<void> {
    const all: (readonly Problem[])[] = [];
    const anew: { readonly part: Part; readonly by: JudgedBy; readonly found: Problem[]; isSound: boolean }[] = [];
    for (const part of parts) {
      if (all.length % perStep === perStep - 1) yield;
      const by: JudgedBy = { around, also: alsoFor(part) };
      const known = kept.of(part.node, by);
      if (known !== undefined) {
        all.push(known);
        continue;
      }
      const found: Problem[] = [];
      anew.push({ part, by, found, isSound: true });
      all.push(found);
    }
    // Rule by rule: to go through all rules in each part takes longer.
    for (const rule of active(rules, context)) {
      let count = 0;
      let looked = 0;
      for (const one of anew) {
        if (++looked % perStep === 0) yield;
        const before = one.found.length;
        // No more of it is reported.
        if (count >= most || !apply(rule, one.part, context, onFault, one.found)) one.isSound = false;
        count += one.found.length - before;
      }
    }
    for (const { part, by, found, isSound } of anew) if (isSound) kept.keep(part.node, by, found);
    for (const problem of withinBounds(all.flat(), most)) problems.push(problem);
  };
  yield* judge(originRules, distribution.origins, inOrigins, ({ blocks }) => blocks);
  yield* judge(behaviorRules, distribution.behaviors, inBehaviors, ({ origins: [origin], group }) =>
    group === undefined ? origin?.blocks : versionOf(group),
  );
}

/** What the parts of a config were judged by last; edits of these parts do not change it. */
const arounds = new WeakMap<ObjectNode, Around>();

/** The same object as long as all in it is the same. */
function aroundOf(distribution: Distribution, context: Context): Around {
  const { dialect, whole, complete, soundUpTo, served, viewerMtls, members } = distribution;
  const now: Around = {
    context,
    surroundings: { dialect, whole, complete, soundUpTo, served },
    viewerMtls: [viewerMtls?.member, viewerMtls?.object, viewerMtls?.says, viewerMtls?.on],
    partitions: [...members.partitions].flatMap(([partition, { node, count }]) => [partition, node, count]),
  };
  const known = arounds.get(distribution.node);
  if (known !== undefined && isSameAround(known, now)) return known;
  arounds.set(distribution.node, now);
  return now;
}

function isSameAround(a: Around, b: Around): boolean {
  return (
    isSameContext(a.context, b.context) &&
    isSameList(Object.values(a.surroundings), Object.values(b.surroundings)) &&
    isSameList(a.viewerMtls, b.viewerMtls) &&
    isSameList(a.partitions, b.partitions)
  );
}

/** Worked out once, however many behaviors share a group. */
const versions = new WeakMap<OriginGroup, object>();
const lastVersions = keptOfObjects<readonly unknown[]>();

/** The same object as long as nothing in a group or its origins changes. */
function versionOf(group: OriginGroup): object {
  const known = versions.get(group);
  if (known !== undefined) return known;
  const now = group.members.map(({ origin }) => origin?.blocks);
  const last = lastVersions.of(group.node);
  const version = last !== undefined && isSameList(last, now) ? last : now;
  lastVersions.keep(group.node, version);
  versions.set(group, version);
  return version;
}
