import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { domainNameChangesFor } from "../../../src/core/apigateway/intent.ts";
import { originChangesFor } from "../../../src/core/cloudfront/intent.ts";
import { viewerChangesFor } from "../../../src/core/cloudfront/viewer-intent.ts";
import type { Explanation } from "../../../src/core/dialect/assist.ts";
import { spelledAt } from "../../../src/core/dialect/dialect.ts";
import type { Shape } from "../../../src/core/dialect/shape.ts";
import { seen } from "../../../src/core/dialect/view.ts";
import type { Change } from "../../../src/core/document/change.ts";
import { jsonOf } from "../../../src/core/document/plain.ts";
import type { Json, Member, Node, ObjectNode } from "../../../src/core/document/tree.ts";
import { isJsonList, isJsonObject } from "../../../src/core/document/values.ts";
import { listenerChangesFor } from "../../../src/core/elb/intent.ts";
import type { ConfigFacts } from "../../../src/core/facts.ts";
import { renderIn } from "../../../src/core/fixes.ts";
import { kindOf } from "../../../src/core/kinds.ts";
import { explainDomainNameMember } from "../../../src/core/messages/explain/apigateway.ts";
import { explainMember } from "../../../src/core/messages/explain/cloudfront.ts";
import { explainListenerMember } from "../../../src/core/messages/explain/elb.ts";
import { tell } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { catalogue } from "../../../src/core/rules/catalogue.ts";
import type { Problem } from "../../../src/core/rules/rule.ts";
import { applyEdits, type Span } from "../../../src/core/text.ts";
import { fixtures, problemsOf, readFixture } from "../../rules/fixtures.ts";
import { type Places, placesIn, rootsOf, sorted, uncounted } from "./comparing.ts";
import { backwards, mirror, type Translated, translate, vocabularies } from "./mirror.ts";

interface Pair {
  readonly path: string;
  readonly ruleId: string;
  readonly ours: ConfigFacts;
  readonly roots: readonly { readonly node: ObjectNode; readonly shape: Shape }[];
  readonly translated: Translated;
  readonly theirs: ConfigFacts;
}

function pairOf(path: string, ruleId: string): Pair | undefined {
  const ours = readFixture(path);
  if (ours.kind !== "config" || ours.template !== undefined || ours.tree.problems.length > 0) return undefined;
  const roots = ours.subjects.flatMap(rootsOf);
  // A dialect says what an object is: a part of a config is none.
  const isPart = ({ shape, node }: { shape: Shape | undefined; node: Node }): boolean =>
    shape?.name === "DistributionConfig" &&
    ours.subjects.some(
      (one) => one.kind === "distribution" && one.distribution.node === node && !one.distribution.whole,
    );
  if (roots.some(isPart)) return undefined;
  const known = roots.flatMap(({ node, shape }) =>
    node.kind === "object" && shape !== undefined ? [{ node, shape }] : [],
  );
  // One name in the document for each kind of root.
  if (known.length !== 1 || roots.length !== 1) return undefined;
  const translated = translate(known);
  return translated === undefined
    ? undefined
    : { path, ruleId, ours, roots: known, translated, theirs: readIn(translated.text) };
}

function readIn(text: string): ConfigFacts {
  return read({ text, syntax: "json", name: "x.json", dialect: mirror });
}

const mark = "\0";

function theirRoots(facts: ConfigFacts): readonly Node[] {
  return facts.subjects.flatMap(rootsOf).map(({ node }) => node);
}

function theirPlaces({ theirs, translated: { unknown } }: Pick<Pair, "theirs" | "translated">): Places {
  return placesIn(theirRoots(theirs), (key) => (key.startsWith(mark) ? (unknown.get(key.slice(1)) ?? key) : key));
}

const names = new Set(
  vocabularies.flatMap((vocabulary) => [...vocabulary.values()].flatMap(({ members }) => [...members.keys()])),
);
const words = new Set(
  vocabularies.flatMap((vocabulary) =>
    [...vocabulary.values()].flatMap(({ members }) =>
      [...members.values()].flatMap((type) =>
        type.kind === "enum" ? type.values : type.kind === "list" && type.of.kind === "enum" ? type.of.values : [],
      ),
    ),
  ),
);

function turned(text: string): string {
  const back = backwards(text);
  return names.has(back) || words.has(back) ? back : text;
}

function summarize(
  problems: readonly Problem[],
  places: Places,
  unknown: ReadonlyMap<string, string>,
): readonly string[] {
  const said = (value: unknown): string =>
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "string" ? (unknown.get(inner) ?? turned(inner)) : inner,
    );
  return problems.map(({ rule, severity, at, reason, related = [], fixes = [] }) => {
    // What only the API has around something lies where that lies; what it counts, the other does not.
    const where = ({ start, end }: Span): string =>
      [...(places.get(`${start}-${end}`) ?? ["nowhere"])]
        .sort((one, other) => one.length - other.length)[0]
        ?.replace(/\/Quantity$/, "") ?? "";
    return [
      rule.id,
      severity,
      said(reason),
      where(at),
      ...related.map((one) => `${said(one.reason)} ${where(one.at)}`),
      ...fixes.map((fix) => `${said(fix.reason)} ${fix.safe}`),
    ].join("\n  ");
  });
}

/** As CloudFormation or an SDK spells what the API calls otherwise: no slip elsewhere, or another dialect. */
const otherwiseSpelled = /cloudformation|-go-|-powershell-/;

/** One object in place of a list: where the name of a list is repeated, that is how one is written. */
const oneForAList = /domain-name\/member-type\/bad-http-one-configuration/;

const pairs = fixtures
  .filter(({ path }) => !otherwiseSpelled.test(path) && !oneForAList.test(path))
  .flatMap(({ path, ruleId }) => pairOf(path, ruleId) ?? []);

/** What only answers and updates of the API have, or only its own way to write. */
const ofTheApiAlone: ReadonlySet<string> = new Set([
  "file/nested-config",
  "file/wrapped-config",
  "file/beside-config",
  "file/update-members",
  "file/encoding",
  "distribution/quantity",
  "domain-name/patch-operation",
]);

const ofTemplatesAlone: ReadonlySet<string> = new Set([
  "file/foreign-member",
  "file/left-on",
  "file/named-resource",
  "file/unquoted-word",
]);

/** The same of a document in the other dialect, in the names of the API. */
function canonical(facts: ConfigFacts, unknown: ReadonlyMap<string, string>): Json | undefined {
  const named = (value: Json | undefined): Json | undefined => {
    if (isJsonList(value)) return value.map((item) => named(item) ?? null);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key.startsWith(mark) ? (unknown.get(key.slice(1)) ?? key) : key,
        named(inner) ?? null,
      ]),
    );
  };
  return uncounted(named(theirRoots(facts).map((root) => jsonOf(root) ?? null)));
}

describe("in another dialect", () => {
  test("every name and word is another", () => {
    const same = vocabularies.flatMap((vocabulary) =>
      [...vocabulary.values()].flatMap((shape) =>
        [...shape.members.keys()].filter((key) => spelledAt(mirror, shape, [key])?.path.includes(key) === true),
      ),
    );
    assert.deepEqual(same, []);
  });

  test("all rules about configs and payloads are tried", () => {
    const tried = new Set(pairs.map(({ ruleId }) => ruleId));
    const about = /^(behavior|distribution|domain-name|listener|origin|viewer-mtls|file)\//;
    const missing = catalogue
      .map(({ id }) => id)
      .filter((id) => about.test(id) && !tried.has(id) && !ofTheApiAlone.has(id) && !ofTemplatesAlone.has(id));
    assert.deepEqual(missing, []);
    assert.ok(pairs.length > 550, String(pairs.length));
  });

  for (const pair of pairs) {
    const { path, ours, theirs, roots, translated } = pair;
    describe(path.split("/").slice(-3).join("/"), () => {
      const problems = problemsOf(ours, path).filter(
        ({ rule, reason }) => !ofTheApiAlone.has(rule.id) && !JSON.stringify(reason).includes('"key":"Quantity"'),
      );

      test("says the same", () => {
        assert.deepEqual(
          canonical(theirs, translated.unknown),
          uncounted(roots.map(({ node }) => jsonOf(node) ?? null)),
        );
      });

      test("has the same problems", () => {
        const places = placesIn(
          roots.map(({ node }) => node),
          (key) => key,
        );
        const found = summarize(problemsOf(theirs, path), theirPlaces(pair), translated.unknown);
        assert.deepEqual([...found].sort(), [...summarize(problems, places, new Map())].sort(), translated.text);
      });

      if (problems.some(({ fixes }) => fixes !== undefined && fixes.length > 0))
        test("is fixed alike", () => {
          const fixedIn = (facts: ConfigFacts, among: readonly Problem[]): readonly string[] =>
            among.flatMap(({ fixes = [] }) =>
              fixes.map(({ changes }) => applyEdits(facts.tree.text, renderIn(facts, changes))),
            );
          const expected = fixedIn(ours, problems).map((text) => {
            const fixed = read({ text, syntax: ours.tree.syntax, name: ours.name });
            return JSON.stringify(
              sorted(uncounted(fixed.subjects.flatMap(rootsOf).map(({ node }) => jsonOf(node) ?? null))),
            );
          });
          const found = fixedIn(theirs, problemsOf(theirs, path)).map((text) => {
            const fixed = readIn(text);
            assert.deepEqual(fixed.tree.problems, [], text);
            return JSON.stringify(sorted(canonical(fixed, translated.unknown)));
          });
          assert.deepEqual([...found].sort(), [...expected].sort());
        });
    });
  }
});

/** What is asked for, of each subject of a document, as the changes that make it true. */
function intended({ subjects }: ConfigFacts): readonly (readonly Change[])[] {
  return subjects.flatMap((subject): readonly (readonly Change[])[] => {
    switch (subject.kind) {
      case "distribution":
        return [
          originChangesFor(subject.distribution.origins, { kind: "enable", certificate: arn }),
          originChangesFor(subject.distribution.origins, { kind: "disable" }),
          viewerChangesFor(subject.distribution, {
            kind: "enable",
            mode: "passthrough",
            trustStore: undefined,
            http: "https-only",
          }),
          viewerChangesFor(subject.distribution, {
            kind: "enable",
            mode: "required",
            trustStore: "ts_1",
            http: "redirect-to-https",
          }),
          viewerChangesFor(subject.distribution, { kind: "disable" }),
        ];
      case "domain-names":
        return subject.domains.map((domain) =>
          domainNameChangesFor(domain, { uri: "s3://bucket/key.pem", version: "v1" }),
        );
      case "listeners":
        return subject.listeners.flatMap((listener) => [
          listenerChangesFor(listener, { mode: "verify", trustStore: storeArn }),
          listenerChangesFor(listener, { mode: "passthrough" }),
        ]);
    }
  });
}

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const storeArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:truststore/clients/0123456789abcdef";

test("what a user asks for becomes true alike", () => {
  let compared = 0;
  for (const { path, ours, theirs, translated } of pairs) {
    const now = (facts: ConfigFacts): readonly string[] =>
      intended(facts).map((changes) => applyEdits(facts.tree.text, renderIn(facts, changes)));
    const expected = now(ours).map((text) =>
      uncounted(
        read({ text, syntax: ours.tree.syntax, name: ours.name })
          .subjects.flatMap(rootsOf)
          .map(({ node }) => jsonOf(node) ?? null),
      ),
    );
    const found = now(theirs).map((text) => canonical(readIn(text), translated.unknown));
    assert.deepEqual(found, expected, `${path}\n${translated.text}`);
    compared += expected.length;
  }
  assert.ok(compared > 1000, String(compared));
});

/** The members and values of a subject that a hover explains, each with what it says. */
function hovers(facts: ConfigFacts, nameOf: (key: string) => string): readonly string[] {
  const told: string[] = [];
  const walk = (node: Node, path: string, explain: (member: Member) => Explanation | undefined): void => {
    if (node.kind === "list") for (const [index, item] of node.items.entries()) walk(item, `${path}/${index}`, explain);
    if (node.kind !== "object") return;
    for (const member of node.members) {
      const here = `${path}/${nameOf(member.key)}`;
      const found = explain(member);
      if (found !== undefined) told.push(JSON.stringify([here, { ...found, title: turned(tell(found.title)) }]));
      if (member.value !== undefined) walk(member.value, here, explain);
    }
  };
  for (const subject of facts.subjects)
    for (const { node } of rootsOf(subject))
      for (const isOfNetwork of [false, true])
        walk(node, "", (member) => {
          if (subject.kind === "distribution") return explainMember(member);
          return subject.kind === "listeners"
            ? explainListenerMember(member, isOfNetwork)
            : explainDomainNameMember(member, subject.spelling);
        });
  return told.sort();
}

test("hovers say the same of the same, under its name there", () => {
  let compared = 0;
  for (const { path, ours, theirs, translated } of pairs) {
    // How people may spell it otherwise, each dialect has its own of.
    const strange = new Set(translated.unknown.values());
    const named = (key: string): string => (strange.has(key) || key.startsWith(mark) ? "?" : key);
    const known = (told: readonly string[]): readonly string[] => told.filter((one) => !one.includes("/?"));
    const expected = known(hovers(ours, named));
    const found = known(hovers(theirs, named));
    assert.deepEqual(found, expected, path);
    compared += expected.length;
    for (const member of theirs.subjects
      .flatMap(rootsOf)
      .flatMap(({ node }) => (node.kind === "object" ? node.members : [])))
      if (explainMember(member) !== undefined) assert.equal(explainMember(member)?.title, member.spelled);
  }
  assert.ok(compared > 2000, String(compared));
});

/** What is offered in every object, and at every value, in the names of the API. */
function offered(facts: ConfigFacts, nameOf: (key: string) => string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const subject of facts.subjects) {
    const at = (offset: number): readonly string[] =>
      kindOf(subject)
        .offers(subject, facts.tree, offset)
        .map(({ label }) => (label === backwards("deeper") ? "OriginMtlsConfig" : turned(label)))
        .filter((label) => !countedAlone.has(label))
        .sort();
    const walk = (node: Node, path: string): void => {
      if (node.kind === "scalar") found.set(path, at(node.start));
      if (node.kind === "list") for (const [index, item] of node.items.entries()) walk(item, `${path}/${index}`);
      if (node.kind !== "object") return;
      const isWritten = seen(node)?.raw !== undefined || seen(node) === undefined;
      // The list of the API around the items is an object of its own; so is what the other dialect writes beside it.
      if (isWritten && !node.members.some(({ key }) => key === "Items" || key === "CachedMethods"))
        found.set(`${path} {`, at(node.start + 1));
      for (const { key, value } of node.members) if (value !== undefined) walk(value, `${path}/${nameOf(key)}`);
    };
    for (const { node } of rootsOf(subject)) walk(node, "");
  }
  return found;
}

const countedAlone = new Set(["Quantity", "CachedMethods"]);

test("completion offers the same, spelled as it is there", () => {
  let compared = 0;
  for (const { path, ours, theirs, translated } of pairs) {
    const expected = offered(ours, (key) => key);
    const found = offered(theirs, (key) =>
      key.startsWith(mark) ? (translated.unknown.get(key.slice(1)) ?? key) : key,
    );
    for (const [place, labels] of found) {
      const same = expected.get(place);
      if (same === undefined) continue;
      // Names that are repeated are offered again.
      const again = labels.filter((label) => same.includes(label) || !repeatable.has(label));
      assert.deepEqual(again, same, `${path} ${place}`);
      compared += 1;
    }
  }
  assert.ok(compared > 5000, String(compared));
});

const repeatable = new Set(["Origins", "CustomHeaders", "DomainNameConfigurations", "OriginGroups"]);

test("what is nested without end is read in another dialect too", () => {
  const depth = 500;
  const deep = `${'{ "x": ['.repeat(depth)}${"] }".repeat(depth)}`;
  const facts = readIn(`{ ${JSON.stringify(backwards("CustomOriginConfig"))}: { "strange": ${deep} } }`);
  assert.deepEqual(facts.tree.problems, []);
  assert.deepEqual(problemsOf(facts, "x.json"), []);
});

describe("what is filled in later", () => {
  for (const pair of pairs.filter(({ path }) => path.includes("/bad-"))) {
    const { path, ours, roots } = pair;
    // A finding about a value, where that is all that is known there.
    const values = problemsOf(ours, path).flatMap(({ at, rule }) => {
      const value = roots.flatMap(({ node }) => valuesAt(node, at))[0];
      return value === undefined || ofTheApiAlone.has(rule.id) ? [] : [{ value, rule: rule.id }];
    });
    if (values.length === 0) continue;
    test(`is no finding: ${path.split("/").slice(-3).join("/")}`, () => {
      for (const { value, rule } of values) {
        const translated = translate(roots, value);
        if (translated === undefined) continue;
        const theirs = readIn(translated.text);
        const place = translated.text.lastIndexOf("{", translated.text.indexOf('"detupmoc"'));
        const there = problemsOf(theirs, path).filter(({ at }) => at.start === place);
        assert.deepEqual(
          there.map((problem) => problem.rule.id),
          [],
          `${rule}\n${translated.text}`,
        );
      }
    });
  }
});

function valuesAt(node: Node, { start, end }: Span): readonly Node[] {
  if (node.start === start && node.end === end) return [node];
  if (node.kind === "list") return node.items.flatMap((item) => valuesAt(item, { start, end }));
  return node.kind === "object"
    ? node.members.flatMap(({ value }) => (value === undefined ? [] : valuesAt(value, { start, end })))
    : [];
}
