import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  isUnclear,
  type KeptValues,
  maskingOf,
  typedFor,
  withPlaceholders,
  withValues,
  withValuesOf,
} from "../../../src/core/cloudfront/placeholders.ts";
import { parseJson } from "../../../src/core/document/json/read.ts";
import type { Json } from "../../../src/core/document/tree.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { check } from "../../../src/core/rules/check.ts";
import { applyEdits } from "../../../src/core/text.ts";

interface Header {
  readonly HeaderName: string;
  readonly HeaderValue: Json;
}
const header = (HeaderName: string, HeaderValue: Json): Header => ({ HeaderName, HeaderValue });
const origin = (Id: string, ...Items: readonly Header[]) => ({
  Id,
  DomainName: `${Id}.example.com`,
  CustomHeaders: { Quantity: Items.length, Items },
});
const config = (...Items: readonly ReturnType<typeof origin>[]): string =>
  `${JSON.stringify({ Comment: "", Origins: { Quantity: Items.length, Items } }, undefined, 4)}\n`;

const id = "E1HEADERS";
const live = config(
  origin("orders", header("X-Secret", "one"), header("X-Other", "two")),
  origin("catalog", header("X-Secret", "three")),
);

/** As saving does it. */
function saved(text: string, known: KeptValues): { readonly text: string; readonly values: KeptValues } {
  const { edits, values } = maskingOf(parseJson(text, "jsonc"), id, known);
  return { text: applyEdits(text, edits), values };
}

test("a placeholder says which header of which origin of which distribution, and nothing else changes", () => {
  const { text, values } = withPlaceholders(live, id, {});
  assert.deepEqual(values, {
    "•••••• X-Secret · orders · E1HEADERS": "one",
    "•••••• X-Other · orders · E1HEADERS": "two",
    "•••••• X-Secret · catalog · E1HEADERS": "three",
  });
  assert.deepEqual(withValues(text, values), { text: live, unresolved: [] });
  assert.equal(
    Object.entries(values).reduce((all, [one, value]) => all.replace(one, String(value)), text),
    live,
  );
});

test("what is typed has a placeholder of its own, and what is typed again the one it had", () => {
  const base = withPlaceholders(live, id, {});
  const typed = base.text.replace('"•••••• X-Secret · orders · E1HEADERS"', '"new \\"value\\""');
  const first = saved(typed, base.values);
  assert.match(first.text, /"•••••• X-Secret · orders · E1HEADERS · 2"/);
  assert.equal(withValues(first.text, first.values).text, live.replace('"one"', '"new \\"value\\""'));
  assert.equal(withValues(base.text, first.values).text, live, "what undoing brings back means what it meant");
  assert.deepEqual(saved(typed, first.values), first);
  assert.deepEqual(saved(base.text.replace('"•••••• X-Secret · orders · E1HEADERS"', '"one"'), first.values), {
    text: base.text,
    values: first.values,
  });
  assert.deepEqual(saved(first.text, first.values), first, "saving again changes nothing");
});

describe("a placeholder goes with its value", () => {
  const { text, values } = withPlaceholders(live, id, {});
  for (const [what, from, to] of [
    ["where its header is renamed", '"HeaderName": "X-Secret"', '"HeaderName": "X-Renamed"'],
    ["where its origin is renamed", '"Id": "orders"', '"Id": "sales"'],
    ["into another origin", '"•••••• X-Secret · catalog · E1HEADERS"', '"•••••• X-Other · orders · E1HEADERS"'],
  ] as const) {
    test(what, () => {
      const moved = text.replace(from, to);
      const expected = Object.entries(values).reduce((all, [one, value]) => all.replaceAll(one, String(value)), moved);
      assert.deepEqual(withValues(moved, values), { text: expected, unresolved: [] });
      assert.deepEqual(saved(moved, values), { text: moved, values });
    });
  }
});

describe("nothing is sent for a placeholder", () => {
  const { text, values } = withPlaceholders(live, id, {});
  const whole = "•••••• X-Secret · orders · E1HEADERS";
  const unclear = `${whole} · ?`;
  const lineAt = (edited: string, offset: number) => edited.slice(0, offset).split("\n").length;
  for (const [what, from, to] of [
    ["that is another distribution's", "E1HEADERS", "E1ANOTHER"],
    ["that is a mask alone", whole, "••••••"],
    ["outside of header values", '"Comment": ""', `"Comment": "${whole}"`],
  ] as const) {
    test(what, () => {
      const edited = text.replace(from, to);
      const { text: after, unresolved } = withValues(edited, values);
      assert.deepEqual(
        unresolved.map(({ start }) => lineAt(edited, start)),
        [lineAt(edited, edited.indexOf(to))],
      );
      assert.ok(after.includes(to));
      const again = saved(edited, values);
      assert.deepEqual([again.text, again.values], [edited, values], "it is not taken for a value that was typed");
    });
  }

  for (const [what, from, to] of [
    ["of which a part was deleted", "•••••• X-Secret", "••• X-Secret"],
    ["with something typed in front of it", "•••••• X-Secret", "Bearer typed •••••• X-Secret"],
    ["with something typed behind it", whole, `${whole}typed`],
    ["with capitals typed behind it", whole, `${whole}AKIA42`],
    ["with capitals typed into it", whole, "•••••• X-Secret · orders · E1HAKIA42EADERS"],
    ["with capitals at its end", whole, "•••••• X-Secret · orders · E1HEAKIA42"],
    ["with capitals at the beginning of its id", whole, "•••••• X-Secret · orders · E42AKIADERS"],
    ["with more capitals than an id has", whole, "•••••• X-Secret · orders · E0AKIAIOSFODNN7EXAMPLE"],
    ["with another word in it", whole, "•••••• X-typed · orders · E1HEADERS"],
    ["with another word at its end", whole, "•••••• X-Secret · orders · typed"],
    ["with a number that was typed", whole, `${whole} · 4711`],
    ["of which hardly anything is left", whole, "typed•"],
    ["called like a member of every object", whole, "constructor ••"],
  ] as const) {
    test(`${what}, and it is masked`, () => {
      const edited = text.replace(from, to);
      assert.notEqual(withValues(edited, values).unresolved.length, 0);
      const typed = /"([^"]+)"/.exec(edited.slice(edited.indexOf(to) - 1))?.[1] ?? assert.fail();
      const once = saved(edited, values);
      assert.equal(once.text, text.replace(whole, unclear));
      assert.equal(typedFor(unclear, once.values), `"${typed}"`, "what was typed is kept");
      const { text: after, unresolved } = withValues(once.text, once.values);
      assert.deepEqual(
        unresolved.map(({ start }) => lineAt(once.text, start)),
        [lineAt(once.text, once.text.indexOf(unclear))],
      );
      assert.ok(after.includes(unclear));
      assert.deepEqual(saved(once.text, once.values), once, "saving again changes nothing");
      assert.deepEqual(withValuesOf(parseJson(live, "json"), parseJson(once.text, "json")).unresolved.length, 1);
      const twice = saved(once.text.replace(unclear, `more ${unclear}`), once.values);
      assert.equal(twice.text, text.replace(whole, `${unclear} · 2`));
      assert.deepEqual([isUnclear(unclear), isUnclear(`${unclear} · 2`), isUnclear(whole)], [true, true, false]);
    });
  }
});

test("a number that JSON cannot carry keeps its digits, and is not sent", () => {
  for (const number of ["1e400", "12345678901234567890", "-0", "1.0", "0.10"]) {
    const typed = live.replace('"one"', number);
    const { text, values } = saved(typed, {});
    assert.ok(!text.includes(number), text);
    const placeholder = "•••••• X-Secret · orders · E1HEADERS · ?";
    assert.equal(typedFor(placeholder, values), number);
    assert.equal(withValues(text, values).unresolved.length, 1);
    assert.equal(text, withPlaceholders(live, id, {}).text.replace("E1HEADERS", "E1HEADERS · ?"));
  }
  const half = live.replace('"one"', "007");
  assert.ok(saved(half, {}).text.includes("007"), "a JSON error stays as it was typed");
});

test("no rule finds anything in a placeholder", () => {
  const whole = (text: string) =>
    JSON.stringify({ ...(JSON.parse(text) as object), CallerReference: "x", DefaultCacheBehavior: {}, Enabled: true });
  const found = (text: string) =>
    check(
      read({ text, syntax: "json", name: "x.json" }),
      { now: new Date(0), settings: { severities: {}, expiryWarningDays: 30 }, purpose: "unknown" },
      (rule) => assert.fail(rule),
    ).map((problem) => `${problem.rule.id}: ${messageOf(problem)}`);
  const plain = whole(live);
  assert.notEqual(found(plain).length, 0);
  assert.deepEqual(found(withPlaceholders(plain, id, {}).text), found(plain));
});

test("a value of CloudFront's that looks like a placeholder is one value of many", () => {
  const odd = config(origin("orders", header("X-Secret", "•••••• X-Secret · orders · E1HEADERS")));
  const { text, values } = withPlaceholders(odd, id, {});
  assert.deepEqual(withValues(text, values), { text: odd, unresolved: [] });
});

test("values of any kind are masked: numbers, in maps, in lists, half typed", () => {
  for (const [typed, secret] of [
    [config(origin("orders", header("X-Secret", 123456))), "123456"],
    ['{ "Origins": { "Items": [{ "Id": "o", "CustomHeaders": { "X-Secret": "abcdef" } }] } }', "abcdef"],
    ['{ "Origins": { "Items": [{ "Id": "o", "CustomHeaders": { "Items": [["abcdef"]] } }] } }', "abcdef"],
    ['{ "Origins": { "Items": [{ "CustomHeaders": { "Items": [{ "HeaderName": "X", "HeaderValue": "abcdef"', "abcdef"],
    ['{ "HeaderValue": "abcdef" /* typed */, }', "abcdef"],
  ] as const) {
    const { text, values } = saved(typed, {});
    assert.ok(!text.includes(secret), text);
    assert.deepEqual(Object.values(values).map(String), [secret]);
  }
});

test("what is half typed stays, since nobody knows where it ends", () => {
  for (const typed of ['"abc"def"', '"abcdef', '"ab\\qcd"'])
    assert.equal(saved(`{ "HeaderName": "X", "HeaderValue": ${typed} }`, {}).text.includes(typed), true, typed);
});

test("a file's placeholder is what CloudFront has in the same place, and else is none", () => {
  const { text } = withPlaceholders(live, "E1ANOTHER", {});
  const theirs = parseJson(live, "json");
  const filled = (mine: string) => withValuesOf(theirs, parseJson(mine, "jsonc"));
  assert.deepEqual(filled(text), { text: live, unresolved: [] });
  assert.deepEqual(filled(text.replaceAll(/•••••• [^"]+/g, "••••••")), { text: live, unresolved: [] });
  for (const other of [
    text.replace('"Id": "orders"', '"Id": "sales"'),
    text.replace("X-Other · orders · E1ANOTHER", "X-Other · orders · E1ANOTHER · 2"),
    // What somebody typed is another value, also where something of the placeholder is left.
    ...[
      "••••••typed",
      "•••••• typed",
      "•••••• X-Other · typed",
      "•••••• X-Other · orders · E1ANOTHERtyped",
      "typed•",
    ].map((typed) => text.replace("•••••• X-Other · orders · E1ANOTHER", typed)),
    text.replace("•••••• X-Other · orders · E1ANOTHER", "•••••• (different value)"),
  ])
    assert.notDeepEqual(filled(other).unresolved, []);
});

test("many values in one place take no longer than many in many", () => {
  const many = config(origin("orders", ...Array.from({ length: 20_000 }, (_, index) => header("X", `value ${index}`))));
  const { text, values } = withPlaceholders(many, id, {});
  assert.equal(Object.keys(values).length, 20_000);
  assert.equal(withValues(text, values).text, many);
});
