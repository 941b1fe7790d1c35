import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { parseDocument } from "yaml";
import type { Change, Entry } from "../../../../src/core/document/change.ts";
import {
  isContainer,
  type Json,
  type Member,
  type Node,
  type ObjectNode,
  type Tree,
} from "../../../../src/core/document/tree.ts";
import { parseYaml } from "../../../../src/core/document/yaml/read.ts";
import { renderYamlChanges } from "../../../../src/core/document/yaml/write.ts";
import { finish } from "../../../../src/core/steps.ts";
import { applyEdits, type Span } from "../../../../src/core/text.ts";
import { holds } from "../../../randomly.ts";
import { Chance, meaningOf, RandomYaml } from "./random-yaml.ts";
import { wished } from "./wished.ts";

const news: readonly Json[] = [
  "new",
  "on",
  "22:22",
  "",
  "a: b",
  " x",
  "x #y",
  "two\nlines\n",
  "two\n lines",
  "[a]",
  "a, b",
  "arn:aws:acm:us-east-1:1:certificate/x",
  "'q\"",
  "\u0007",
  5,
  true,
  null,
  {},
  [],
  ["a", "off"],
  [["x"], { y: 1 }],
  { in: { er: 1, l: ["m", "n"] }, o: "p" },
  { Ref: "Abc" },
  { x: { Ref: "B" } },
];

interface Parts {
  readonly nodes: Node[];
  readonly entries: Entry[];
  readonly objects: ObjectNode[];
}

/** What can be changed: all but what a function is called with. */
function partsOf(root: Node): Parts {
  const parts: Parts = { nodes: [], entries: [], objects: [] };
  const visit = (node: Node): void => {
    parts.nodes.push(node);
    if (!isContainer(node)) return;
    if (node.kind === "object") parts.objects.push(node);
    for (const entry of node.kind === "object" ? node.members : node.items) {
      parts.entries.push(entry);
      const value = entry.kind === "member" ? entry.value : entry;
      if (value !== undefined) visit(value);
    }
  };
  visit(root);
  return parts;
}

/** Changes that do not speak of what others take away. */
class RandomChanges {
  readonly #chance: Chance;
  readonly #parts: Parts;
  /** No other change is within, or around. */
  readonly #gone: Span[] = [];
  /** What comes here must not go. */
  readonly #targets: Span[] = [];
  readonly #taken = new Set<Entry>();
  readonly #changes: Change[] = [];
  #count = 0;

  constructor(chance: Chance, root: Node) {
    this.#chance = chance;
    this.#parts = partsOf(root);
  }

  draw(count: number): readonly Change[] {
    for (let tries = 0; this.#changes.length < count && tries < 20; tries++) {
      const change = this.#one();
      if (change !== undefined) this.#changes.push(change);
    }
    return this.#changes;
  }

  #isFree(span: Span): boolean {
    return !this.#gone.some(({ start, end }) => start < span.end && span.start < end);
  }

  #isTarget(span: Span): boolean {
    return this.#targets.some(({ start, end }) => span.start <= start && end <= span.end);
  }

  #isInside(span: Span): boolean {
    return this.#gone.some(({ start, end }) => start <= span.start && span.end <= end);
  }

  #take(entry: Entry): boolean {
    const value = entry.kind === "member" ? entry.value : entry;
    if (this.#taken.has(entry) || (value !== undefined && this.#taken.has(value)) || this.#isInside(entry))
      return false;
    this.#taken.add(entry);
    if (value !== undefined) this.#taken.add(value);
    return true;
  }

  #one(): Change | undefined {
    const chance = this.#chance;
    const { nodes, entries, objects } = this.#parts;
    const node = chance.of(nodes);
    const key = `N${this.#count++}`;
    const value = chance.of(news);
    switch (chance.below(10)) {
      case 0: {
        if (!this.#isFree(node) || this.#isTarget(node) || !this.#take(node)) return undefined;
        this.#gone.push(node);
        return { kind: "set", node, value };
      }
      case 1:
      case 2: {
        if (!isContainer(node) || this.#isInside(node)) return undefined;
        return node.kind === "object" ? { kind: "add", to: node, key, value } : { kind: "append", to: node, value };
      }
      case 3:
      case 4: {
        const entry = chance.of(entries);
        if (entry === undefined || !this.#isFree(entry) || this.#isTarget(entry) || !this.#take(entry))
          return undefined;
        this.#gone.push(entry);
        return { kind: "remove", entry };
      }
      case 5: {
        const member = chance.of(entries);
        if (member?.kind !== "member" || !this.#take(member)) return undefined;
        return { kind: "rename", member, key };
      }
      case 6: {
        const member = chance.of(entries);
        const to = chance.of(objects);
        if (
          member?.kind !== "member" ||
          to === undefined ||
          !this.#isFree(member) ||
          this.#isInside(to) ||
          isWithin(to, member)
        )
          return undefined;
        if (this.#isTarget(member) || !this.#take(member)) return undefined;
        this.#gone.push(member);
        this.#targets.push(to);
        return chance.one(2) ? { kind: "move", member, to } : { kind: "move", member, to, key };
      }
      case 7: {
        const to = chance.of(objects);
        const members =
          to?.members.filter(
            (member) => this.#isFree(member) && !this.#isTarget(member) && chance.one(2) && this.#take(member),
          ) ?? [];
        if (to === undefined || this.#isInside(to) || members.length === 0) return undefined;
        this.#gone.push(...members);
        this.#targets.push(to);
        return {
          kind: "enclose",
          to,
          key,
          members: members.map((member) => (chance.one(2) ? { member } : { member, key: `${key}${member.key}` })),
        };
      }
      case 8: {
        if (!this.#take(node)) return undefined;
        if (chance.one(2)) return { kind: "enlist", node };
        return { kind: "wrap", node, key, before: chance.one(2) ? {} : { Quantity: 1, T: value } };
      }
      default: {
        const part = chance.of(nodes);
        const wholes = nodes.filter(
          (each) => each !== part && each.start <= part.start && part.end <= each.end && isContainer(each),
        );
        const whole = chance.of(wholes);
        if (
          whole === undefined ||
          // Nobody has a document that is one text.
          (whole === nodes[0] && !isContainer(part)) ||
          !this.#isFree(whole) ||
          this.#isTarget(whole) ||
          !this.#take(whole) ||
          !this.#take(part)
        )
          return undefined;
        this.#gone.push(whole);
        return { kind: "lift", part, whole };
      }
    }
  }
}

function isWithin(to: ObjectNode, member: Member): boolean {
  return member.start <= to.start && to.end <= member.end;
}

function write(tree: Tree, changes: readonly Change[]): string {
  return applyEdits(tree.text, finish(renderYamlChanges(tree, changes)));
}

/** Whole lines of what goes or becomes something else. */
function goneWith(text: string, changes: readonly Change[]): Span[] {
  return changes.flatMap((change) => {
    const span = change.kind === "set" ? change.node : change.kind === "remove" ? change.entry : undefined;
    if (span === undefined) return [];
    const newline = text.indexOf("\n", span.end);
    // An item begins with its dash.
    const isItem = change.kind === "remove" && change.entry.kind !== "member";
    const start = isItem ? text.lastIndexOf("-", span.start - 1) : span.start;
    return [{ start, end: newline < 0 ? text.length : newline }];
  });
}

function told(before: string, changes: readonly Change[], after: string): string {
  const kinds = changes.map((change) =>
    JSON.stringify(change, (name, value) => {
      if (name === "parent" || name === "kept") return undefined;
      if (typeof value?.start === "number") return `<${before.slice(value.start, value.end)}>`;
      return value;
    }),
  );
  return `${before}\n===== ${kinds.join("\n")}\n=====\n${after}\n=====`;
}

const documents = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 40 }), fc.integer());

function checked(seed: number, size: number, wish: number, count: number): void {
  const text = new RandomYaml(new Chance(seed), size).write();
  const tree = parseYaml(text);
  assert.deepEqual(tree.problems, [], text);
  const { root } = tree;
  if (root === undefined) return;
  const before = meaningOf(text, "1.2");
  const changes = new RandomChanges(new Chance(wish), root).draw(count);
  const expected = wished(root, before, changes);
  const after = write(tree, changes);
  const shown = told(text, changes, after);
  let meant: unknown;
  let meantOlder: unknown;
  try {
    [meant, meantOlder] = [meaningOf(after, "1.2"), meaningOf(after, "1.1")];
  } catch (error) {
    assert.fail(`${shown}\n${error}`);
  }
  assert.equal(JSON.stringify(meant), JSON.stringify(expected), shown);
  assert.deepEqual(meantOlder, meant, shown);
  const gone = goneWith(text, changes);
  for (const { index, 0: comment } of text.matchAll(/#c\d+;/g)) {
    if (!gone.some(({ start, end }) => start <= index && index < end))
      assert.ok(after.includes(comment), `${comment}\n${shown}`);
  }
  if (text.includes("\r\n")) assert.doesNotMatch(after, /[^\r]\n/, shown);
  else assert.doesNotMatch(after, /\r/, shown);
}

test("A change of YAML says what it means, in YAML 1.1 and 1.2, and loses no comment", () => {
  holds(
    fc.property(documents, ([seed, size, wish]) => checked(seed, size, wish, 1)),
    800,
  );
});

test("What is set is not set again, and nothing else changes with it", () => {
  holds(
    fc.property(documents, fc.constantFrom(...news), ([seed, size, wish], value) => {
      const text = new RandomYaml(new Chance(seed), size).write();
      const tree = parseYaml(text);
      if (tree.root === undefined) return;
      const nodes = partsOf(tree.root).nodes;
      const index = new Chance(wish).below(nodes.length);
      const node = nodes[index];
      if (node === undefined) return;
      const edits = finish(renderYamlChanges(tree, [{ kind: "set", node, value }]));
      // From the name that the value is behind, to the end of the line.
      const from = node.parent === undefined ? 0 : text.lastIndexOf(":", node.start);
      const lineEnd = text.indexOf("\n", node.end);
      for (const { span } of edits) {
        assert.ok(node.parent?.kind !== "object" || span.start > from, told(text, [], applyEdits(text, edits)));
        assert.ok(lineEnd < 0 || span.end <= lineEnd, told(text, [], applyEdits(text, edits)));
      }
      const after = parseYaml(applyEdits(text, edits));
      const again = after.root === undefined ? undefined : partsOf(after.root).nodes[index];
      assert.ok(again !== undefined);
      assert.deepEqual(finish(renderYamlChanges(after, [{ kind: "set", node: again, value }])), [], after.text);
    }),
    400,
  );
});

test("Several changes of YAML say what they mean together", () => {
  holds(
    fc.property(documents, fc.integer({ min: 2, max: 5 }), ([seed, size, wish], count) =>
      checked(seed, size, wish, count),
    ),
    800,
  );
});

test("What aliases stand for is still there, before them", () => {
  holds(
    fc.property(documents, fc.integer({ min: 1, max: 3 }), ([seed, size, wish], count) => {
      const text = new RandomYaml(new Chance(seed), size, true).write();
      const tree = parseYaml(text);
      assert.deepEqual(tree.problems, [], text);
      if (tree.root === undefined) return;
      const changes = new RandomChanges(new Chance(wish), tree.root).draw(count);
      const after = write(tree, changes);
      const { errors } = parseDocument(after, { uniqueKeys: false, logLevel: "silent" });
      assert.deepEqual(errors, [], told(text, changes, after));
    }),
    400,
  );
});
