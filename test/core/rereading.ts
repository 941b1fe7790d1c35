import * as assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { ConfigFacts } from "../../src/core/facts.ts";
import { reread } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Context, Problem } from "../../src/core/rules/rule.ts";
import { applyEdits, type TextEdit } from "../../src/core/text.ts";
import { holds } from "../randomly.ts";
import { context, onFault } from "./checking.ts";

/** One word becomes another. */
export type Word = readonly [from: string, to: string];

type Read = (text: string) => ConfigFacts;

type Step =
  | { readonly kind: "word"; readonly word: Word; readonly place: number }
  | { readonly kind: "typed"; readonly start: number; readonly length: number; readonly text: string }
  | { readonly kind: "back" }
  | { readonly kind: "context"; readonly context: Context };

const stepsOf = (words: readonly Word[], contexts: readonly Context[]): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant("word" as const), word: fc.constantFrom(...words), place: fc.nat() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("typed" as const),
        start: fc.nat(),
        length: fc.constantFrom(0, 0, 1),
        text: fc.constantFrom("x", " ", "1", "", "\n", "/* c */", '"'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("back" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("context" as const), context: fc.constantFrom(...contexts) }),
    },
  );

function placesOf(word: string, text: string): readonly number[] {
  const parts = text.split(word);
  let at = -word.length;
  return parts.slice(0, -1).map((part) => {
    at += word.length + part.length;
    return at;
  });
}

/** The edit that a step is; none where the text does not hold the word. */
function editOf(step: Step, text: string, undo: TextEdit[]): TextEdit | undefined {
  switch (step.kind) {
    case "word": {
      const [from, to] = step.word;
      const places = placesOf(from, text);
      const start = places[step.place % Math.max(1, places.length)];
      return start === undefined ? undefined : { span: { start, end: start + from.length }, text: to };
    }
    case "typed": {
      const start = step.start % (text.length + 1);
      return { span: { start, end: Math.min(text.length, start + step.length) }, text: step.text };
    }
    case "back":
      return undo.pop();
    default:
      return undefined;
  }
}

/** All that there is to it: also where it points, and what its fixes would change. */
function told(problems: readonly Problem[]): unknown {
  return problems.map(({ rule, severity, at, reason, origin, related = [], fixes = [], source }) => ({
    rule: rule.id,
    severity,
    at: [at.start, at.end],
    reason,
    origin,
    source,
    related: related.map(({ at, reason }) => [at.start, at.end, reason]),
    fixes: fixes.map(({ reason, safe, changes }) => [reason, safe, changes.map(plain)]),
  }));
}

/** What a change names, by its place. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("parent" in value && "start" in value) return value.start;
  return Object.entries(value).map(([key, inner]) => [key, plain(inner)]);
}

/** Each word in each of its places, and back: what is judged by it stands elsewhere, and is not read again. */
export function holdsAfterEachWord(text: string, words: readonly Word[], fresh: Read): void {
  const before = told(check(fresh(text), context, onFault));
  let facts = fresh(text);
  let changed = 0;
  for (const [from, to] of words) {
    for (const start of placesOf(from, text)) {
      assert.deepEqual(told(check(facts, context, onFault)), before);
      facts = reread(facts, [{ span: { start, end: start + from.length }, text: to }]);
      const expected = fresh(text.slice(0, start) + to + text.slice(start + from.length));
      const found = told(check(facts, context, onFault));
      assert.deepEqual(found, told(check(expected, context, onFault)), `${from} at ${start} becomes ${to}`);
      if (!isDeepStrictEqual(found, before)) changed++;
      facts = reread(facts, [{ span: { start, end: start + to.length }, text: from }]);
    }
  }
  assert.ok(changed > 10, `${changed} edits changed what is found`);
}

interface Random {
  readonly words: readonly Word[];
  readonly contexts: readonly Context[];
  /** Different ways to read the same text. */
  readonly reads: readonly Read[];
}

export function holdsAfterEdits(whole: string, { words, contexts, reads }: Random): void {
  let [found, sound] = [0, 0];
  const steps = fc.array(stepsOf(words, contexts), { minLength: 1, maxLength: 12 });
  holds(
    fc.property(steps, fc.constantFrom(...reads), (list, fresh) => {
      let text = whole;
      let facts = fresh(text);
      let given = context;
      check(facts, given, onFault);
      const undo: TextEdit[] = [];
      for (const step of list) {
        if (step.kind === "context") given = step.context;
        const edit = editOf(step, text, undo);
        if (edit !== undefined) {
          const { start, end } = edit.span;
          if (step.kind !== "back")
            undo.push({ span: { start, end: start + edit.text.length }, text: text.slice(start, end) });
          text = applyEdits(text, [edit]);
          facts = reread(facts, [edit]);
        }
        const problems = check(facts, given, onFault);
        found += problems.length;
        if (facts.tree.problems.length === 0) sound++;
        assert.deepEqual(told(problems), told(check(fresh(text), given, onFault)));
      }
      assert.equal(facts.tree.text, text);
    }),
    60,
  );
  // Proof that there was something to find, and that texts were not all broken.
  assert.ok(found > 500 && sound > 100, `${found} findings, ${sound} sound texts`);
}
