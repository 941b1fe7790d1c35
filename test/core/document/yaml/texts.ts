// Texts of YAML for properties, and what is compared of their trees.
import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Container, Member, Node, Tree } from "../../../../src/core/document/tree.ts";
import type { TextEdit } from "../../../../src/core/text.ts";

const keys = ["Resources", "Parameters", "Outputs", "Description", '"Conditions"', "'Mappings'", "A", "Type", "b c"];
const values = [
  ...[
    "x",
    "AWS::S3::Bucket",
    "1",
    "off",
    "~",
    "'q: z'",
    '"d: #e"',
    "[a, 'b', {c: d}]",
    "{a: b, Resources: {}}",
    "a #b",
  ],
  ...[
    "!Ref A",
    "!If [A, !Ref B, {a: b}]",
    "!Sub 'x'",
    "!GetAtt",
    "&n x",
    "*n",
    "!!str 5",
    "&n",
    "!Tag",
    "?",
    "http://a",
  ],
];
const opened = ["|", ">-", "|+", "|2", "{", "[", '"', "'", "!Sub |", "- ", "# c", "  # c", "&n # c", '"x', "'x", "[a,"];
const loose = [
  ...[
    "text",
    "# comment",
    "",
    " ",
    "\t",
    "]",
    "}",
    "],",
    "]: a",
    "}}",
    '"',
    "'",
    "x'",
    'y": z',
    "?",
    "? a",
    ": b",
    "-",
  ],
  ...[
    "- a",
    "- a: b",
    "- - c",
    "- !Ref D",
    "&n",
    "!T",
    "!T a: b",
    "*n : x",
    "%YAML 1.2",
    "---",
    "...",
    "--- a",
    "|",
    ">",
  ],
  ...[
    "a: b: c",
    "{a: b}: c",
    "[",
    "{",
    '"k": v',
    "'k': v",
    '"k',
    "\ufeffk: v",
    "a\r",
    "\tk: v",
    "@a",
    "`",
    "-a: b",
    ",a",
  ],
];

const line = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...keys).map((key) => `${key}:`) },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...values)).map(([key, value]) => `${key}: ${value}`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...keys), fc.constantFrom(...opened)).map(([key, value]) => `${key}: ${value}`),
  },
  { weight: 2, arbitrary: fc.constantFrom(...loose) },
);
const indented = fc.tuple(fc.constantFrom("", "", "  ", "  ", "  ", "    ", "    ", "      ", " ", "\t", "  \t"), line);
const ends = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");

/** Lines of any kind, few of which are without faults together. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "\ufeff", "---\n", "# c\n--- # d\n", "%YAML 1.1\n---\n"),
    fc.oneof(fc.array(indented, { maxLength: 12 }), fc.array(indented, { minLength: 2, maxLength: 5 })),
    ends,
    fc.boolean(),
  )
  .map(
    ([head, lines, end, isEnded]) =>
      head + lines.map((parts) => parts.join("")).join(end) + (isEnded && lines.length > 0 ? end : ""),
  );

const name = fc.constantFrom("A", "Bc", '"D"', "'e f'", "Type", "Fn::If", "x/y", "-g", "é😀");
const comment = fc.constantFrom("", "", "", "# c: d", "  # 'e", "      # f", " ", "\t# g");
const block = (indent: string, depth: number): fc.Arbitrary<readonly string[]> =>
  fc
    .array(fc.tuple(name, fc.nat(depth > 0 ? 9 : 5), fc.constantFrom("  ", "    ", " "), comment), {
      minLength: 1,
      maxLength: 3,
    })
    .chain((members) =>
      fc
        .tuple(...members.map(([key, kind, deeper, said]) => member(indent, key, kind, deeper, said, depth)))
        .map((all) => all.flat()),
    );

function member(
  indent: string,
  key: string,
  kind: number,
  deeper: string,
  said: string,
  depth: number,
): fc.Arbitrary<readonly string[]> {
  const inner = indent + deeper;
  const lines = (...some: string[]) => fc.constant([`${indent}${key}: ${some[0] ?? ""}`, ...some.slice(1)]);
  switch (kind) {
    case 0:
      return lines("|", `${inner}a: b`, said.trim() === "" ? "" : `${inner}${said}`, `${inner}- c`, said);
    case 1:
      return lines(">+", `${inner}text`, "", "");
    case 2:
      return lines('"a', `${inner}b: c`, "", `${inner}- d" # e`);
    case 3:
      return lines("{ a: b,", `${inner}c: [d, 'e`, `${inner}f'`, `${inner}]}`, said);
    case 4:
      return lines("plain", `${inner}text 'that`, `${inner}# goes on`);
    case 5:
      return fc.constantFrom(...values).chain((value) => lines(value, said));
    case 6:
      return block(`${indent}  `, depth - 1).map((items) => [
        `${indent}${key}:${said === "" ? "" : " # x"}`,
        ...items.map((item, index) => (index === 0 ? `${indent}- ${item.trimStart()}` : item)),
      ]);
    case 7:
      return fc.constant([`${indent}${key}:`, said, `${indent}- a`, `${indent}- b: c`, `${indent}  d: e`]);
    default:
      return block(inner, depth - 1).map((below) => [`${indent}${key}:`, said, ...below]);
  }
}

/** Mostly without faults. */
export const templateText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "\ufeff", "---\n", "# c\n", "\n\n--- # c\n"),
    fc.array(
      fc.tuple(
        fc.constantFrom("Resources", "Parameters", '"Outputs"', "Transform"),
        fc.constantFrom("", " # c", "\n# c", "\n"),
        fc.constantFrom("  ", "    ", " ").chain((indent) => block(indent, 2)),
        comment,
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom("\n", "\r\n"),
    fc.constantFrom("", "\n", "\n\n"),
  )
  .map(
    ([head, sections, end, last]) =>
      head +
      sections
        .flatMap(([key, said, lines, below]) => [`${key}:${said}`, ...lines, below])
        .join("\n")
        .replaceAll("\n", end) +
      last,
  );

/** One more line in it, anywhere. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(templateText, fc.nat({ max: 40 }), indented)
  .map(([text, at, [indent, added]]) => {
    const lines = text.split("\n");
    return lines.toSpliced(at % (lines.length + 1), 0, indent + added).join("\n");
  });

export interface AnyEdit {
  /** Of the text, as it is: counted from the start of a line. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: string;
}

const snippets = fc.oneof(
  fc.constantFrom(
    "a",
    " ",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    ":",
    ": ",
    "'",
    '"',
    "#",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    "-",
    "- ",
  ),
  fc.constantFrom(
    "&",
    "!",
    "*",
    "\t",
    "\r",
    "\r\n",
    "Resources:\n",
    "  New:\n    a: b\n",
    "Outputs:",
    "---\n",
    "%",
    "\0",
    "?",
  ),
  indented.map((parts) => `\n${parts.join("")}`),
  indented.map((parts) => `${parts.join("")}\n`),
);

export const anyEdit: fc.Arbitrary<AnyEdit> = fc.record({
  line: fc.nat(),
  column: fc.oneof(fc.constantFrom(0, 0, 2), fc.nat({ max: 20 })),
  length: fc.oneof(fc.constantFrom(0, 0, 0, 1), fc.nat({ max: 60 })),
  text: fc.oneof(fc.constant(""), snippets),
});

export function editOf(text: string, { line, column, length, text: inserted }: AnyEdit): TextEdit {
  const lines = text.split("\n");
  const before = lines.slice(0, line % lines.length).reduce((sum, { length: each }) => sum + each + 1, 0);
  const start = Math.min(before + column, text.length);
  return { span: { start, end: Math.min(start + length, text.length) }, text: inserted };
}

/** What is read at which place, with parents looked at: two trees are the same where this is. */
export function flat(tree: Pick<Tree, "root" | "problems">): unknown {
  return [node(tree.root, undefined), tree.problems];
}

/** The same of a node, wherever it has moved. */
export function flatNode(given: Node, from: number): unknown {
  return node(given, given.parent, from);
}

function node(given: Node | undefined, parent: Container | undefined, from = 0): unknown {
  if (given === undefined) return undefined;
  assert.equal(given.parent, parent);
  const [start, end] = [given.start - from, given.end - from];
  const { kind } = given;
  switch (kind) {
    case "object":
      return [kind, start, end, given.members.map((each) => memberIn(each, given, from))];
    case "list":
      return [kind, start, end, given.items.map((item) => node(item, given, from))];
    case "scalar":
      return [kind, start, end, given.value, given.plain];
    case "computed":
      return [kind, start, end, given.call?.name, node(given.call?.argument, parent, from)];
  }
}

function memberIn({ key, start, end, keySpan, value, parent }: Member, object: Container, from: number): unknown {
  assert.equal(parent, object);
  return [key, start - from, end - from, keySpan.start - from, keySpan.end - from, node(value, object, from)];
}
