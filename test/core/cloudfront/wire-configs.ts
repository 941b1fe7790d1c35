// Configs as the service may send them, made from the vocabulary and decorated with what it does not know. Written with
// a writer of its own, so that a mistake in the product's reader or writer is not made here as well.
import fc from "fast-check";
import { shapeOf } from "../../../src/core/cloudfront/vocabulary.ts";
import type { MemberType } from "../../../src/core/dialect/shape.ts";
import type { Json } from "../../../src/core/document/tree.ts";

export type Members = { readonly [key: string]: Json };

export const isMembers = (json: Json | undefined): json is Members =>
  typeof json === "object" && json !== null && !Array.isArray(json);

/** Numbers that look random and are the same every time. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

// --- JSON

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9/*.-]{1,12}$/) },
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    " ",
    "\n",
    "日本語の\nコメント",
    "a & b < c > d \"e\" 'f'",
    "\r\n",
    "]]>",
    "<!-- no comment -->",
    "&amp;",
    "\u0000\u001b",
    "😀",
    "true",
    "80",
    "__proto__",
  ),
);

const unknownNames = ["NewFlag", "newThing", "X-Y", "z", "Origin", "Id", "__proto__", "constructor", "追加"];

/** What the service may add to its API one day. Unknown scalars are texts. */
export const anythingUnknown: fc.Arbitrary<Json> = fc.letrec<{
  value: Json;
  members: Members;
  counted: Members;
  list: Json[];
}>((tie) => ({
  value: fc.oneof({ depthSize: "small", maxDepth: 3 }, anyText, tie("members"), tie("counted"), tie("list")),
  members: fc.dictionary(fc.constantFrom(...unknownNames.slice(0, 5)), tie("value"), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
  counted: fc
    .array(tie("value"), { maxLength: 3 })
    .map((items): Members => ({ Quantity: items.length, ...(items.length === 0 ? {} : { Items: items }) })),
  list: fc.array(tie("value"), { minLength: 2, maxLength: 3 }),
})).value;

/** What configs are made of: all that may come, or what every client understands alike. */
export interface Making {
  readonly text: fc.Arbitrary<string>;
  readonly unknown: boolean;
}

export const everything: Making = { text: anyText, unknown: true };
export const understood: Making = { text: fc.stringMatching(/^[a-z0-9/*.-][a-z0-9/&<>"'*.-]{0,11}$/), unknown: false };

export function anyOf(type: MemberType, making = everything): fc.Arbitrary<Json> {
  switch (type.kind) {
    case "string":
      return making.text;
    case "number":
      return fc.integer({ min: -1, max: 100_000 });
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...type.values);
    case "list":
      return fc
        .array(
          fc.constant(type.of).chain((of) => anyOf(of, making)),
          { maxLength: 4 },
        )
        .map(withIdentities);
    case "shape":
      return anyShape(type.shape, making);
  }
}

/** Ids are there and differ, most of the time, as the service sees to it. */
function withIdentities(items: readonly Json[]): Json[] {
  return items.map((item, index) =>
    isMembers(item) && typeof item["Id"] === "string" && item["Id"].length < 4 ? { ...item, Id: `id-${index}` } : item,
  );
}

const counts = (items: Json | undefined) => (Array.isArray(items) ? items.length : 0);

export function anyShape(name: string, making = everything): fc.Arbitrary<Members> {
  const { members, required } = shapeOf(name);
  const identity = ["Id", "PathPattern", "HeaderName"].find((key) => members.has(key));
  const own = fc.subarray([...members.keys()], { maxLength: Math.min(6, members.size) }).chain((keys) => {
    const wanted = [
      ...new Set([
        ...(identity === undefined ? [] : [identity]),
        ...(members.has("Items") ? ["Quantity"] : []),
        ...(name === "DistributionConfig" ? ["Origins", "CacheBehaviors", ...required] : []),
        ...keys,
      ]),
    ];
    const inOrder = [...members.keys()].filter((key) => wanted.includes(key));
    return fc.record(
      Object.fromEntries(
        inOrder.map((key) => [
          key,
          fc.constant(members.get(key)).chain((type) => (type === undefined ? fc.constant(null) : anyOf(type, making))),
        ]),
      ),
      { noNullPrototype: true },
    );
  });
  const unknown = !making.unknown
    ? fc.constant(undefined)
    : fc.option(fc.tuple(fc.constantFrom(...unknownNames.filter((key) => !members.has(key))), anythingUnknown), {
        nil: undefined,
        freq: 4,
      });
  return fc.tuple(own, unknown, fc.boolean()).map(([known, added, first]) => {
    const counted: Members = members.has("Items") ? { ...known, Quantity: counts(known["Items"]) } : known;
    if (added === undefined) return counted;
    const entries = Object.entries(counted);
    return Object.fromEntries(first ? [added, ...entries] : [...entries, added]);
  });
}

export const anyConfig = anyShape("DistributionConfig");
export const understoodConfig = anyShape("DistributionConfig", understood);

// --- XML

export interface Style {
  readonly seed: number;
  /** `undefined`: all on one line, as the service sends it. */
  readonly indent: string | undefined;
  readonly eol: string;
  /** With comments, attributes, several spellings of a character. */
  readonly decorated: boolean;
}

export const anyStyle: fc.Arbitrary<Style> = fc.record({
  seed: fc.nat(),
  indent: fc.constantFrom(undefined, "  ", "\t"),
  eol: fc.constantFrom("\n", "\r\n"),
  decorated: fc.boolean(),
});

export function toXml(
  json: Json,
  style: Style,
  name = "DistributionConfig",
  type: MemberType = { kind: "shape", shape: "DistributionConfig" },
): string {
  const random = chance(style.seed);
  const maybe = (once: number): boolean => style.decorated && random(once) === 0;
  const spell = (text: string): string =>
    text.replaceAll(/[<>&\r\0-\x08\x0B-\x1F\x7F-\x9F\uFFFE\uFFFF]|[a-z]/g, (character) => {
      const code = character.charCodeAt(0);
      if (/[a-z]/.test(character)) return maybe(20) ? `&#x${code.toString(16)};` : character;
      const named = { "<": "&lt;", ">": "&gt;", "&": "&amp;" }[character];
      return named !== undefined && random(2) === 0 ? named : `&#${code};`;
    });
  const remark = (): string =>
    maybe(6) ? (["<!-- a remark -->", "<!-- 日本語\n  の注釈 <b> & -->", "<?target data?>"][random(3)] ?? "") : "";
  const tag = (tagName: string): string =>
    `${tagName}${maybe(6) ? ['  new="1"', " x:y='&lt;&#65;' z = \"2\" "][random(2)] : ""}`;

  const element = (
    elementName: string,
    value: Json,
    of: MemberType | undefined,
    outer: string,
    lonely: boolean,
  ): string => {
    const opening = tag(elementName);
    const close = `</${elementName}>`;
    const children = childrenOf(value, of, lonely);
    if (children === undefined) {
      const text = String(value);
      if (text === "" && random(2) === 0) return `<${opening}/>`;
      const cdata = maybe(8) && text !== "" && !text.includes("]]>") && !/[\r\0-\x08\x0B-\x1F\uFFFE\uFFFF]/.test(text);
      if (cdata) return `<${opening}><![CDATA[${text}]]>${close}`;
      const parts = maybe(10) ? [...text] : undefined;
      const middle = parts === undefined ? 0 : random(parts.length + 1);
      const spelled = parts === undefined ? [text] : [parts.slice(0, middle).join(""), parts.slice(middle).join("")];
      return `<${opening}>${spelled.map(spell).join("<!-- within -->")}${close}`;
    }
    if (children.length === 0) return random(2) === 0 ? `<${opening}/>` : `<${opening}>${close}`;
    const inner = style.indent === undefined ? "" : outer + style.indent;
    const content = children.map(
      ([key, item, itemType, isLonely]) =>
        `${inner}${remark()}${inner}${element(key, item, itemType, inner, isLonely)}${maybe(9) ? " <!-- beside it -->" : ""}`,
    );
    return `<${opening}>${content.join("")}${outer}${close}`;
  };

  type Child = readonly [key: string, value: Json, type: MemberType | undefined, lonely: boolean];
  /** `undefined` for a scalar. @param lonely items must not stand without an element around them */
  const childrenOf = (value: Json, of: MemberType | undefined, lonely: boolean): readonly Child[] | undefined => {
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      const key = of?.kind === "list" ? of.item : lonely ? "member" : "Thing";
      return items.map((item): Child => [key, item, of?.kind === "list" ? of.of : undefined, true]);
    }
    if (!isMembers(value)) return undefined;
    const shape = of?.kind === "shape" ? shapeOf(of.shape) : undefined;
    return Object.entries(value).flatMap(([key, member]): Child[] => {
      const memberType = shape?.members.get(key);
      // Some lists of the protocol stand without an element around them.
      if (
        Array.isArray(member) &&
        memberType === undefined &&
        shape !== undefined &&
        member.length > 1 &&
        random(3) === 0
      )
        return (member as readonly Json[]).map((item): Child => [key, item, undefined, true]);
      return [[key, member, memberType, shape === undefined]];
    });
  };

  const line = style.indent === undefined ? "" : style.eol;
  const root = element(name, json, type, line, false);
  return `<?xml version="1.0"?>\n${style.decorated ? "<!-- before -->\n" : ""}${root}${style.decorated ? "\n<!-- behind -->\n" : ""}`;
}
