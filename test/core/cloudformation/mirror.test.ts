// Every fixture of the rules that can be a resource, as a template: the same is found at the same places, and a fix
// makes of it what it makes of the document of the API.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cloudFormation } from "../../../src/core/cloudformation/dialect.ts";
import { spelledAt } from "../../../src/core/dialect/dialect.ts";
import { isLine } from "../../../src/core/dialect/payload.ts";
import { type MemberType, type Shape, shapeFor } from "../../../src/core/dialect/shape.ts";
import { isListed } from "../../../src/core/dialect/view.ts";
import { jsonOf } from "../../../src/core/document/plain.ts";
import type { Json, Node, ObjectNode } from "../../../src/core/document/tree.ts";
import { isJsonList, isJsonObject } from "../../../src/core/document/values.ts";
import type { ConfigFacts } from "../../../src/core/facts.ts";
import { renderIn } from "../../../src/core/fixes.ts";
import { messageOf } from "../../../src/core/messages/tell.ts";
import { read } from "../../../src/core/read.ts";
import { catalogue } from "../../../src/core/rules/catalogue.ts";
import type { Problem } from "../../../src/core/rules/rule.ts";
import { applyEdits, type Span } from "../../../src/core/text.ts";
import { fixtures, problemsOf, readFixture } from "../../rules/fixtures.ts";
import { type Places, placesIn, rootsOf, sorted } from "../dialect/comparing.ts";
import { type Translated, translate, vocabularies } from "../dialect/mirror.ts";
import { isInResource, placeOf, toJson, toYaml } from "./translated.ts";

const syntaxes = [
  { syntax: "yaml", target: toYaml },
  { syntax: "json", target: toJson },
] as const;

interface Pair {
  readonly path: string;
  readonly name: string;
  readonly ruleId: string;
  readonly ours: ConfigFacts;
  readonly roots: readonly { readonly node: ObjectNode; readonly shape: Shape }[];
  readonly syntax: "yaml" | "json";
  readonly translated: Translated;
  readonly theirs: ConfigFacts;
}

function pairsOf({ path, ruleId }: { readonly path: string; readonly ruleId: string }): readonly Pair[] {
  const ours = readFixture(path);
  if (ours.kind !== "config" || ours.template !== undefined || ours.tree.problems.length > 0) return [];
  const found = ours.subjects.flatMap(rootsOf);
  const roots = found.flatMap(({ node, shape }) =>
    node.kind === "object" && shape !== undefined && isInResource(shape) ? [{ node, shape }] : [],
  );
  if (roots.length === 0 || roots.length !== found.length) return [];
  return syntaxes.flatMap(({ syntax, target }) => {
    const translated = translate(roots, undefined, target);
    if (translated === undefined) return [];
    const name = `${path.split("/").slice(-3).join("/")}, ${syntax}`;
    return [{ path, name, ruleId, ours, roots, syntax, translated, theirs: readIn(translated.text, syntax) }];
  });
}

function readIn(text: string, syntax: "yaml" | "json"): ConfigFacts {
  return read({ text, syntax, name: `x.${syntax}` });
}

const about = /^(origin|viewer-mtls|behavior|distribution|listener|domain-name)\//;
/** As CloudFormation spells it already: no slip in a template. */
const otherwiseSpelled = /cloudformation|bad-list-of-templates/;
const pairs = fixtures
  .filter(({ path, ruleId }) => about.test(ruleId) && !otherwiseSpelled.test(path))
  .flatMap(pairsOf);

// --- what is found

/** A finding, without the case of names: the dialects differ in it. */
interface Told {
  readonly rule: string;
  readonly text: string;
  /** Where it is, by the names of the API. */
  readonly place: string;
  readonly problem: Problem;
}

function bare(text: string): string {
  return text.replace(/[-_]/g, "").toLowerCase();
}

function told(problems: readonly Problem[], places: Places): readonly Told[] {
  return problems.map((problem) => {
    const { rule, severity, at, reason, related = [], fixes = [] } = problem;
    // What only the API has around something lies where that lies.
    const where = ({ start, end }: Span): string => {
      const [shortest = ""] = [...(places.get(`${start}-${end}`) ?? ["nowhere"])].sort((a, b) => a.length - b.length);
      return bare(shortest.replace(/\/Quantity$/, ""));
    };
    // Who refuses it, and when it takes effect, differs.
    const said = (value: unknown): string =>
      bare(JSON.stringify(value).replace(/refused:(api|cloudformation)-|-in-template|"service":"[^"]*",/g, ""));
    const lines = [
      `${severity} ${said(reason)} ${where(at)}`,
      ...related.map((one) => `${said(one.reason)} ${where(one.at)}`),
      ...fixes.map((fix) => `${said(fix.reason)} ${fix.safe}`),
    ];
    return { rule: rule.id, text: `${rule.id}: ${lines.join("\n  ")}`, place: where(at), problem };
  });
}

function toldOfOurs({ ours, roots, path }: Pair): readonly Told[] {
  const held = (place: string): string =>
    place.replace(/^\d+/, (index) => {
      const shape = roots[Number(index)]?.shape;
      return index + (shape === undefined ? "" : placeOf(shape));
    });
  const nodes = roots.map(({ node }) => node);
  const places = [...placesIn(nodes, (key) => key)].map(([at, all]) => [at, all.map(held)] as const);
  return told(problemsOf(ours, path), new Map(places));
}

const mark = "\0";

function nameIn(key: string, { unknown }: Translated): string {
  return key.startsWith(mark) ? (unknown.get(key.slice(1)) ?? key.slice(1)) : key;
}

function rootsIn(facts: ConfigFacts): readonly Node[] {
  return facts.subjects.flatMap(rootsOf).map(({ node }) => node);
}

function toldOfTheirs({ theirs, translated, path }: Pair): readonly Told[] {
  return told(
    problemsOf(theirs, path),
    placesIn(rootsIn(theirs), (key) => nameIn(key, translated)),
  );
}

// --- what differs, and why

/** Why a finding that only one of the two has is right. */
interface Exception {
  readonly name: string;
  readonly because: string;
  /** What only the document of the API has. */
  readonly api?: Test;
  /** What only the template has. */
  readonly template?: Test;
}

type Test = (told: Told, pair: Pair) => boolean;

const named = (...rules: readonly string[]): Test => {
  const all = new Set(rules);
  return ({ rule }) => all.has(rule);
};
const coded =
  (rules: RegExp, codes: RegExp): Test =>
  ({ rule, problem }) =>
    rules.test(rule) && codes.test(problem.reason.code);
const both =
  (one: Test, other: Test): Test =>
  (told, pair) =>
    one(told, pair) && other(told, pair);
const within =
  (pattern: RegExp): Test =>
  (_, { path }) =>
    pattern.test(path);

const ofTypes = /^(distribution|domain-name|listener)\/member-type$/;
const ofVocabulary =
  /^(distribution\/(enum-value|member-type|range|required-member|unknown-member)|(domain-name|listener)\/member-type)$/;

const exceptions: readonly Exception[] = [
  {
    name: "of the API alone",
    because: "a template has no calls, no counts, and no parts of configurations",
    api: named("distribution/fragment", "distribution/quantity", "file/update-members", "file/wrapped-config"),
  },
  {
    name: "left to validators",
    because: "what has nothing to do with mutual TLS is held against CloudFormation's own schema by others",
    api: both(coded(ofVocabulary, /./), (told, pair) => !isJudged(told, pair)),
  },
  {
    name: "cache policy",
    because: "that a behavior must have one is for validators too",
    api: named("behavior/cache-policy"),
  },
  {
    name: "one of several",
    because: "what is said once of several nulls or cut objects counts only those that are judged",
    api: coded(ofTypes, /^(nulls-and-blanks|nulls|cuts)$/),
    template: coded(ofTypes, /^(null|cut)$/),
  },
  {
    name: "null",
    because: "a template must not have it anywhere, and nobody says that it is what an answer has",
    template: coded(ofTypes, /^nulls?$/),
  },
  {
    name: "only by case",
    because: "templates have a spelling of their own: it is right there, or file/foreign-member says so",
    api: both(coded(/\/(mtls-spelling|unknown-member)$/, /./), ({ problem }) => isOnlyCase(problem)),
    template: both(coded(/^file\/foreign-member$/, /^renamed$/), ({ place }, pair) =>
      toldOfOurs(pair).some((one) => one.place === place && isOnlyCase(one.problem)),
    ),
  },
  {
    name: "no answers",
    because: "what only an answer may have is refused in a template, and what its reader relies on is not there",
    api: both(coded(/^(domain-name|listener)\//, /./), (_, { ours }) => isAnswer(ours)),
    template: both(coded(/^(domain-name|listener)\//, /./), (_, { ours }) => isAnswer(ours)),
  },
  {
    name: "all of it",
    because:
      "a part of a configuration, or an update, says less: the rest may be elsewhere. A resource is all there is",
    api: both(coded(/^listener\/trust-store$/, /^missing$/), (_, { ours }) => isPart(ours)),
    template: both(
      named(
        "distribution/origin-id",
        "listener/trust-store",
        "viewer-mtls/passthrough-cache-policy",
        "viewer-mtls/passthrough-headers",
        "viewer-mtls/trust-store",
      ),
      (_, { ours }) => isPart(ours),
    ),
  },
  {
    name: "converted",
    because: "CloudFormation makes a text of a number, and a boolean of its word: what is wrong is the text",
    api: coded(/./, /^(type|text|text-not-boolean|boolean|no-string)$/),
    template: within(/\/bad-(number|boolean|types|advertise-(true|false))\.json$/),
  },
  {
    name: "two kinds of origin",
    because: "that there are two is said of the required members, which validators look after",
    template: coded(/^origin\/mtls-origin-type$/, /^beside-s3$/),
  },
  {
    name: "block alone",
    because: "there is something around it to point at",
    api: both(named("domain-name/side-door"), within(/\/bad-block-alone/)),
    template: both(named("domain-name/side-door"), within(/\/bad-block-alone/)),
  },
  {
    name: "each resource",
    because: "what is said once of a list is said of each resource",
    template: both(named("domain-name/side-door"), within(/\/bad-many/)),
  },
  {
    name: "no names of certificates",
    because: "CloudFormation has the ARN alone",
    api: both(named("domain-name/server-certificate"), within(/\/bad-edge-name/)),
  },
];

/** Whether it is said of a name that only its case, or signs between its words, are wrong. */
function isOnlyCase({ reason }: Problem): boolean {
  const { key, member, right, meant } = (reason.args ?? {}) as Readonly<Record<string, unknown>>;
  return bare(String(key ?? member)) === bare(String(right ?? meant));
}

/** Whether a document is, or may be by what it has, an answer of a service. */
function isAnswer({ subjects }: ConfigFacts): boolean {
  return subjects.some((subject) => {
    if (subject.kind === "distribution") return false;
    const items = subject.kind === "listeners" ? subject.listeners : subject.domains;
    return items.some(({ role, node }) => role === "output" || isListed(node) || isLine(node));
  });
}

/** Whether a document is a part of a configuration, or an update of something. */
function isPart({ subjects }: ConfigFacts): boolean {
  return subjects.some((subject) =>
    subject.kind === "distribution"
      ? !subject.distribution.whole
      : subject.kind === "listeners" && subject.listeners.some(({ role }) => role === "input"),
  );
}

/** Whether CloudFormation's dialect judges the object in which something is found. */
function isJudged({ problem: { at } }: Told, { roots }: Pair): boolean {
  const homes = new Map<string, Shape>();
  for (const { node, shape } of roots) note(node, shape, homes);
  const home = homes.get(`${at.start}-${at.end}`);
  return home === undefined || cloudFormation.judged?.has(home.name) === true;
}

/** The shape that each name, value and object belongs to. */
function note(node: ObjectNode, shape: Shape, homes: Map<string, Shape>): void {
  homes.set(`${node.start}-${node.start + 1}`, shape);
  for (const { key, keySpan, value } of node.members) {
    homes.set(`${keySpan.start}-${keySpan.end}`, shape);
    if (value !== undefined) noteValue(value, shape.members.get(key), shape, homes);
  }
}

function noteValue(value: Node, type: MemberType | undefined, home: Shape, homes: Map<string, Shape>): void {
  const inner = shapeFor(type, home);
  // What stands in the place of an object that is judged is judged too.
  const isAsked = inner !== undefined && cloudFormation.judged?.has(inner.name) === true;
  homes.set(`${value.start}-${value.end}`, isAsked ? inner : home);
  if (value.kind === "object" && inner !== undefined) note(value, inner, homes);
  if (value.kind === "list" && type?.kind === "list")
    for (const item of value.items) noteValue(item, type.of, home, homes);
}

// --- what it says

/** What the API alone has. */
const leftOut: ReadonlySet<string> = new Set([
  "Quantity",
  ...vocabularies.flatMap((vocabulary) =>
    [...vocabulary.values()]
      .filter(({ name }) => name === "DistributionConfig" || name === "RestDomainName")
      .flatMap((shape) =>
        [...shape.members.keys()].filter((key) => spelledAt(cloudFormation, shape, [key]) === undefined),
      ),
  ),
]);

/** Without what the API alone has, in names without case, and as texts. */
function plain(value: Json, nameOf: (key: string) => string): Json {
  if (isJsonList(value)) return value.map((item) => plain(item, nameOf));
  if (!isJsonObject(value))
    return typeof value === "string" && /^\d+$/.test(value) ? String(Number(value)) : String(value);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [nameOf(key), inner] as const)
      .filter(([key]) => !leftOut.has(key))
      .map(([key, inner]) => [bare(key), plain(inner, nameOf)]),
  );
}

function sayingOf(facts: ConfigFacts, shapes: readonly Shape[], nameOf: (key: string) => string): string {
  const roots = rootsIn(facts).map((root, index) => {
    const value = plain(jsonOf(root) ?? null, nameOf);
    const shape = shapes[index];
    return shape === undefined ? value : partAt(value, placeOf(shape).split("/").slice(1));
  });
  return JSON.stringify(sorted(roots), undefined, 1);
}

function partAt(value: Json, [step, ...others]: readonly string[]): Json {
  if (step === undefined) return value;
  const inner = isJsonList(value) ? value[Number(step)] : isJsonObject(value) ? value[bare(step)] : undefined;
  return partAt(inner ?? null, others);
}

const sayingOfOurs = (facts: ConfigFacts): string => sayingOf(facts, [], (key) => key);
const sayingOfTheirs = (facts: ConfigFacts, { roots, translated }: Pair): string =>
  sayingOf(
    facts,
    roots.map(({ shape }) => shape),
    (key) => nameIn(key, translated),
  );

/** What each fix of a finding leaves. */
function fixedIn(facts: ConfigFacts, { fixes = [] }: Problem): readonly ConfigFacts[] {
  return fixes.map(({ changes }) => {
    const { text, syntax } = facts.tree;
    return read({ text: applyEdits(text, renderIn(facts, changes)), syntax, name: facts.name });
  });
}

/** Names that CloudFormation has none of, or another in their place. */
const ofTheApi =
  /\b(truststore(Uri|Version)|mutualTlsAuthentication|regionalCertificateArn|endpointConfiguration|securityPolicy|OriginSslProtocols)\b/;

describe("as a template", () => {
  test("all rules about configurations and payloads are tried", () => {
    const tried = new Set(pairs.map(({ ruleId }) => ruleId));
    const missing = catalogue.map(({ id }) => id).filter((id) => about.test(id) && !tried.has(id));
    assert.deepEqual(missing, ["domain-name/patch-operation"]);
    assert.ok(pairs.length > 1800, String(pairs.length));
  });

  test("every exception is one", () => {
    const unused = exceptions.flatMap(({ name, api, template }) =>
      [api, template].flatMap((test, index) => {
        if (test === undefined) return [];
        const isUsed = pairs.some((pair) =>
          differences(pair)[index === 0 ? "api" : "template"].some((one) => test(one, pair)),
        );
        return isUsed ? [] : [`${name} ${index}`];
      }),
    );
    assert.deepEqual(unused, []);
  });

  for (const pair of pairs) {
    const { name, ours, theirs, translated } = pair;
    describe(name, () => {
      test("says the same", () => {
        assert.deepEqual(theirs.tree.problems, [], translated.text);
        assert.equal(sayingOfTheirs(theirs, pair), sayingOfOurs(ours), translated.text);
      });

      test("has the same problems", () => {
        const { api, template } = differences(pair);
        const unexplained = [
          ...api
            .filter((one) => !exceptions.some((exception) => exception.api?.(one, pair)))
            .map(({ text }) => `- ${text}`),
          ...template
            .filter((one) => !exceptions.some((exception) => exception.template?.(one, pair)))
            .map(({ text }) => `+ ${text}`),
        ];
        assert.deepEqual(unexplained, [], translated.text);
      });

      test("is spoken of by its own names", () => {
        const said = problemsOf(theirs, pair.path).map(messageOf);
        // What stands in the text itself may be cited.
        const foreign = said.filter(
          (text) => ofTheApi.test(text) && !translated.text.includes(ofTheApi.exec(text)?.[0] ?? ""),
        );
        assert.deepEqual(foreign, []);
      });

      const same = toldOfOurs(pair).flatMap((one) => {
        const other = toldOfTheirs(pair).find(({ text }) => text === one.text);
        return other === undefined || one.problem.fixes === undefined ? [] : [{ one, other }];
      });
      if (same.length > 0)
        test("is fixed alike", () => {
          for (const { one, other } of same) {
            const fixed = fixedIn(theirs, other.problem);
            const expected = fixedIn(ours, one.problem);
            assert.equal(fixed.length, expected.length, one.text);
            for (const [index, facts] of fixed.entries()) {
              const own = expected[index];
              // What is left of a part may be nothing that is known by itself.
              if (own === undefined || own.subjects.length === 0) continue;
              assert.equal(sayingOfTheirs(facts, pair), sayingOfOurs(own), `${one.text}\n${facts.tree.text}`);
            }
            for (const { tree } of fixed) assert.deepEqual(tree.problems, [], tree.text);
          }
        });
    });
  }
});

/** What is found in one of the two alone. */
function differences(pair: Pair): { readonly api: readonly Told[]; readonly template: readonly Told[] } {
  const [api, template] = [toldOfOurs(pair), toldOfTheirs(pair)];
  const only = (all: readonly Told[], others: readonly Told[]) => {
    const known = new Set(others.map(({ text }) => text));
    return all.filter(({ text }) => !known.has(text));
  };
  return { api: only(api, template), template: only(template, api) };
}
