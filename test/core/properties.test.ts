// What must hold of every text.

import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type ParseError, parse } from "jsonc-parser";
import { type OriginIntent, originChangesFor, originUnfitFor } from "../../src/core/cloudfront/intent.ts";
import { editJson, parseJson } from "../../src/core/document/json/read.ts";
import type { Json, Syntax } from "../../src/core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../src/core/facts.ts";
import { fixAll, safeFixes } from "../../src/core/fixes.ts";
import { messageOf } from "../../src/core/messages/tell.ts";
import { reread } from "../../src/core/read.ts";
import type { Fix, Problem } from "../../src/core/rules/rule.ts";
import { hasTellingWord } from "../../src/core/telling.ts";
import { applyEdits, type TextEdit } from "../../src/core/text.ts";
import { holds } from "../randomly.ts";
import { context, onFault, problemsOf, readText, render } from "./checking.ts";
import {
  certificate,
  counted,
  customConfig,
  customOrigin,
  distributionConfig,
  mtls,
  otherCertificate,
  s3Origin,
} from "./configs.ts";
import { commentsOf, type Layout, layouts } from "./document/layouts.ts";

// --- documents

type Members = { [key: string]: Json };

/** Ways to write origin mTLS wrong, or right. Each gives an origin. */
const originsWithMtls: readonly ((id: string) => Members)[] = [
  (id) => customOrigin(id),
  (id) => customOrigin(id, customConfig(mtls)),
  (id) => customOrigin(id, customConfig({ OriginMtls: { Enabled: true, CertificateArn: certificate } })),
  (id) => customOrigin(id, customConfig({ OriginMtls: { CertificateArn: certificate, Enabled: "true" } })),
  (id) => customOrigin(id, customConfig({ OriginMtls: { Enabled: false, CertificateArn: certificate } })),
  (id) => customOrigin(id, customConfig({ originMtlsConfig: { clientCertificateArn: otherCertificate } })),
  (id) => customOrigin(id, customConfig({ OriginMtlsConfig: { CertificateArn: certificate, Arn: certificate } })),
  (id) =>
    customOrigin(
      id,
      customConfig({
        OriginMtlsConfig: { Enabled: true, CertificateArn: certificate, ClientCertificateArn: certificate },
      }),
    ),
  (id) => customOrigin(id, customConfig({ OriginMtlsConfig: certificate })),
  (id) => customOrigin(id, customConfig({ OriginMtlsConfig: { ClientCertificateArn: ` ${certificate}` } })),
  (id) => customOrigin(id, customConfig({ OriginMtls: { CertificateArn: certificate }, ...mtls })),
  (id) => customOrigin(id, { ...mtls, ...customConfig({ OriginProtocolPolicy: "match-viewer" }) }),
  (id) =>
    customOrigin(
      id,
      customConfig({ OriginProtocolPolicy: "http-only", OriginMtls: { Enabled: true, CertificateArn: certificate } }),
    ),
  (id) => customOrigin(id, customConfig({ OriginSslProtocols: counted(["SSLv3", "TLSv1", "TLSv1.2"]), ...mtls })),
  (id) =>
    customOrigin(
      id,
      customConfig({ OriginSslProtocols: counted(["TLSv1.1"]), OriginMTLS: { Certificate: certificate } }),
    ),
  (id) => customOrigin(id, customConfig(), mtls),
  (id) => ({ ...mtls, ...customOrigin(id) }),
  (id) => customOrigin(id, {}, { OriginMtls: { Enabled: true, CertificateArn: certificate } }),
  (id) => customOrigin(id, customConfig(mtls), mtls),
  (id) => customOrigin(id, customConfig({ OriginProtocolPolicy: "match-viewer" }), { OriginMtls: { Enabled: false } }),
  (id) => ({ ...customOrigin(id, customConfig(mtls)), DomainName: "abcdef1234.execute-api.us-east-1.amazonaws.com" }),
  (id) => ({
    ...customOrigin(id, customConfig({ OriginMtls: {} })),
    DomainName: "b.s3-website-us-east-1.amazonaws.com",
  }),
  (id) => s3Origin(id),
  (id) => s3Origin(id, { OriginMtls: { Enabled: true, CertificateArn: certificate } }),
  (id) => ({ Id: id, DomainName: "internal.example.com", VpcOriginConfig: { VpcOriginId: "vo_1", ...mtls } }),
  (id) =>
    customOrigin(
      id,
      customConfig({ OriginMtlsConfig: { ClientCertificateArn: certificate.replace("us-east-1", "eu-west-1") } }),
    ),
  (id) => customOrigin(id, customConfig({ OriginMtlsConfig: {} })),
];

/** Mistakes elsewhere in a config. */
const mistakes: readonly ((config: Members) => Members)[] = [
  (config) => ({ ...config, Aliases: { Quantity: 3, Items: ["a.example.com"] } }),
  (config) => ({ ...config, PriceClas: "PriceClass_All" }),
  (config) => ({ ...config, HttpVersion: "HTTP2" }),
  (config) => ({ ...config, IsIPV6Enabled: "true" }),
  (config) => ({ ...config, Colour: { anything: [1, null] } }),
  (config) => ({
    ...config,
    DefaultCacheBehavior: { TargetOriginId: "origin-1x", ViewerProtocolPolicy: "https-only" },
  }),
  (config) => ({
    ...config,
    CacheBehaviors: {
      Quantity: 0,
      Items: [{ PathPattern: "/a", TargetOriginId: "origin-1", ViewerProtocolPolicy: "https-olny" }],
    },
  }),
  (config) => ({ ...config, ...mtls }),
  (config) => ({ ...config, OriginMtls: { Enabled: true, CertificateArn: certificate } }),
  (config) => ({ ETag: "E2EXAMPLE", DistributionConfig: config }),
  (config) => ({ DistributionConfig: config }),
];

const origins = fc
  .array(fc.constantFrom(...originsWithMtls), { minLength: 1, maxLength: 4 })
  .map((makers) => makers.map((make, index) => make(`origin-${index + 1}`)));

const wholeConfig: fc.Arbitrary<Members> = fc
  .tuple(origins, fc.subarray([...mistakes]))
  .map(([items, wrong]) => wrong.reduce<Members>((config, mistake) => mistake(config), distributionConfig(items)));

const fragment: fc.Arbitrary<Json> = fc.oneof(
  origins.map((items) => ({ Origins: { Items: items } })),
  origins.map((items) => items[0] ?? {}),
  origins.map((items) => items[0]?.["CustomOriginConfig"] ?? {}),
);

const documents: fc.Arbitrary<{ readonly text: string; readonly layout: Layout }> = fc
  .tuple(
    fc.oneof({ arbitrary: wholeConfig, weight: 4 }, { arbitrary: fragment, weight: 1 }),
    fc.constantFrom(...layouts),
  )
  .map(([value, layout]) => ({ text: layout.write(value), layout }));

// --- what is asked of them

function examine(text: string, syntax: Syntax): void {
  const facts = readText(text, { syntax });
  problemsOf(facts);
  if (configOf(facts) !== undefined) assert.ok(hasTellingWord(text), "recognised without a telling word");
  fixAll(facts, context, onFault);
}

function assertValid(text: string, syntax: Syntax): void {
  if (syntax === "json") {
    assert.doesNotThrow(() => JSON.parse(text), text);
    return;
  }
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
}

/** How often each rule finds something, by severity. */
function tally(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of problems)
    counts.set(`${severity} ${rule.id}`, (counts.get(`${severity} ${rule.id}`) ?? 0) + 1);
  return counts;
}

function assertNoneAdded(before: readonly Problem[], after: readonly Problem[], what: string): void {
  const allowed = tally(before);
  for (const [kind, count] of tally(after)) assert.ok(count <= (allowed.get(kind) ?? 0), `${what}\nadds: ${kind}`);
}

describe("any text", () => {
  const words = fc.constantFrom(
    "Origins",
    "Items",
    "CustomOriginConfig",
    "OriginMtlsConfig",
    "OriginMtls",
    "Quantity",
    "DefaultCacheBehavior",
    "CallerReference",
    "ETag",
    "DistributionConfig",
    "Id",
    "DomainName",
    "MutualTls",
    "originMtlsConfig",
    "OriginProtocolPolicy",
    "HTTPSPort",
    "S3OriginConfig",
    "TargetOriginId",
  );
  const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<Json>(null, true, 0, "", "o1", certificate, "http-only", "${x}"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(words, tie("value"), { maxKeys: 6 }),
    ),
  })).value;
  const pieces = fc.constantFrom(
    ..."{}[],:\"'\\/\n\r\t */#",
    "//",
    "/*",
    "*/",
    '"Origins"',
    '"Items"',
    '"CustomOriginConfig":{',
    '"OriginMtls":{',
    "\u0000",
    "\ufeff",
    "\ud800",
    "1e999",
    "-",
    "nul",
    "true",
  );

  test("is read, checked and fixed without an exception", () => {
    holds(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom<Syntax>("json", "jsonc"), examine),
      300,
    );
  });
  test("made of pieces of JSON, likewise", () => {
    holds(
      fc.property(
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
        fc.constantFrom<Syntax>("json", "jsonc"),
        examine,
      ),
      500,
    );
  });
  test("made of our names in any order and of any type, likewise", () => {
    holds(
      fc.property(values, fc.constantFrom(...layouts), (value, layout) => examine(layout.write(value), layout.syntax)),
      500,
    );
  });
});

describe("a config", () => {
  test("is read, checked and fixed without an exception when it breaks off anywhere", () => {
    holds(
      fc.property(documents, fc.nat(), ({ text, layout }, at) =>
        examine(text.slice(0, at % (text.length + 1)), layout.syntax),
      ),
      150,
    );
  });

  test("likewise when parts are lost, doubled or replaced", () => {
    const mutation = fc.record({
      start: fc.nat(),
      length: fc.nat({ max: 30 }),
      text: fc.oneof(
        fc.string({ maxLength: 5 }),
        fc.constantFrom("{", "}", '"', ",", "null", "[]", "//", '"OriginMtls":', "\n"),
      ),
    });
    holds(
      fc.property(documents, fc.array(mutation, { minLength: 1, maxLength: 5 }), ({ text, layout }, mutations) => {
        let mutated = text;
        for (const { start, length, text: replacement } of mutations) {
          const at = start % (mutated.length + 1);
          mutated = mutated.slice(0, at) + replacement + mutated.slice(at + length);
        }
        examine(mutated, layout.syntax);
      }),
      200,
    );
  });
});

describe("reading again after edits", () => {
  const edits = fc.array(
    fc.record({
      start: fc.nat(),
      length: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
      text: fc.oneof(
        fc.constantFrom(
          "",
          "x",
          " ",
          "\n",
          '"',
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          '"a": 1,',
          '"a": {"b": [1, 2]},',
          "1",
          "// c\n",
          "/* c */",
          "\ufeff",
        ),
        fc.string({ maxLength: 3 }),
      ),
    }),
    { minLength: 1, maxLength: 12 },
  );

  function place(
    text: string,
    edit: { readonly start: number; readonly length: number; readonly text: string },
  ): TextEdit {
    const start = edit.start % (text.length + 1);
    return { span: { start, end: Math.min(text.length, start + edit.length) }, text: edit.text };
  }

  test("gives the tree that reading from scratch gives: nodes, places and parents", () => {
    holds(
      fc.property(documents, edits, ({ text, layout }, list) => {
        let tree = parseJson(text, layout.syntax);
        for (const each of list) {
          const edit = place(tree.text, each);
          const expected = applyEdits(tree.text, [edit]);
          tree = editJson(tree, edit);
          assert.equal(tree.text, expected);
          assert.deepEqual(tree, parseJson(expected, layout.syntax));
        }
      }),
      400,
    );
  });

  test("edit by edit, typed and taken back, finds what reading from scratch finds", () => {
    holds(
      fc.property(documents, edits, ({ text, layout }, list) => {
        let facts = readText(text, { syntax: layout.syntax });
        const undo: TextEdit[] = [];
        const change = (edit: TextEdit): void => {
          const removed = facts.tree.text.slice(edit.span.start, edit.span.end);
          undo.unshift({ span: { start: edit.span.start, end: edit.span.start + edit.text.length }, text: removed });
          facts = reread(facts, [edit]);
        };
        for (const each of list) change(place(facts.tree.text, each));
        assert.deepEqual(told(facts), told(readText(facts.tree.text, { syntax: layout.syntax })));
        for (const edit of undo.slice()) facts = reread(facts, [edit]);
        assert.equal(facts.tree.text, text);
        assert.deepEqual(told(facts), told(readText(text, { syntax: layout.syntax })));
      }),
      100,
    );
  });

  function told(facts: ConfigFacts): unknown {
    return problemsOf(facts).map((one) => [one.at.start, one.at.end, one.rule.id, one.severity, messageOf(one)]);
  }
});

describe("a fix", () => {
  function applied(
    text: string,
    syntax: Syntax,
    choose: (problems: readonly Problem[]) => Fix | undefined,
  ):
    | { readonly before: ConfigFacts; readonly problems: readonly Problem[]; readonly fix: Fix; readonly after: string }
    | undefined {
    const before = readText(text, { syntax });
    const problems = problemsOf(before);
    const fix = choose(problems);
    return fix === undefined ? undefined : { before, problems, fix, after: render(before.tree, fix.changes) };
  }

  test("leaves valid JSON, silences its findings and adds no other", () => {
    const seen = new Set<string>();
    holds(
      fc.property(documents, fc.nat(), ({ text, layout }, pick) => {
        const done = applied(text, layout.syntax, (problems) => {
          const all = problems.flatMap(({ fixes = [] }) => fixes);
          return all[pick % Math.max(1, all.length)];
        });
        if (done === undefined) return;
        const { problems, fix, after } = done;
        assertValid(after, layout.syntax);
        const served = problems.filter(({ fixes }) => fixes?.includes(fix));
        for (const { rule } of served) seen.add(rule.id);
        const found = problemsOf(readText(after, { syntax: layout.syntax }));
        assertNoneAdded(
          problems.filter((problem) => !served.includes(problem)),
          found,
          `${JSON.stringify(fix.reason)}\n${text}\n${after}`,
        );
      }),
      500,
    );
    // Proof that fixes of many rules were tried, not the same one again and again.
    assert.ok(seen.size >= 12, [...seen].join(", "));
  });

  test("that only adds, renames or moves loses no comment", () => {
    holds(
      fc.property(documents, fc.nat(), ({ text, layout }, pick) => {
        const done = applied(text, layout.syntax, (problems) => {
          const all = problems
            .flatMap(({ fixes = [] }) => fixes)
            .filter(({ changes }) =>
              changes.every(({ kind }) => kind === "rename" || kind === "move" || kind === "add"),
            );
          return all[pick % Math.max(1, all.length)];
        });
        if (done !== undefined) assert.deepEqual(commentsOf(done.after).sort(), commentsOf(text).sort(), done.after);
      }),
      200,
    );
  });
});

describe("all safe fixes", () => {
  test("come to an end, leave valid JSON and no safe fix, add nothing, and change nothing the second time", () => {
    let count = 0;
    holds(
      fc.property(documents, ({ text, layout }) => {
        const facts = readText(text, { syntax: layout.syntax });
        const before = problemsOf(facts);
        const fixed = fixAll(facts, context, onFault);
        count += fixed.applied;
        assert.equal(facts.tree.text, text);
        assertValid(fixed.text, layout.syntax);
        const again = readText(fixed.text, { syntax: layout.syntax });
        const left = problemsOf(again);
        assert.deepEqual(
          safeFixes(left).map(({ reason }) => reason),
          [],
          fixed.text,
        );
        assertNoneAdded(before, left, `${text}\n${fixed.text}`);
        assert.deepEqual(fixAll(again, context, onFault), { text: fixed.text, applied: 0 });
        if (safeFixes(before).length === 0) assert.equal(fixed.text, text);
      }),
      250,
    );
    assert.ok(count > 100, `${count} fixes`);
  });
});

describe("an intent", () => {
  function carryOut(text: string, syntax: Syntax, intent: OriginIntent, pick: number): string {
    const facts = readText(text, { syntax });
    const fit = (configOf(facts)?.distribution.origins ?? []).filter(
      (origin, index) => ((pick >> index) & 1) === 0 && originUnfitFor(origin, intent.kind) === undefined,
    );
    return render(facts.tree, originChangesFor(fit, intent));
  }

  const intents = fc.constantFrom<OriginIntent>(
    { kind: "enable", certificate },
    { kind: "enable", certificate: otherCertificate },
    { kind: "disable" },
    { kind: "change-certificate", certificate: otherCertificate },
  );

  test("carried out twice changes nothing the second time, and never breaks the document", () => {
    let changed = 0;
    holds(
      fc.property(documents, intents, fc.nat({ max: 15 }), ({ text, layout }, intent, pick) => {
        const once = carryOut(text, layout.syntax, intent, pick);
        if (once !== text) changed++;
        assertValid(once, layout.syntax);
        assert.equal(carryOut(once, layout.syntax, intent, pick), once);
      }),
      250,
    );
    assert.ok(changed > 50, `${changed} changed`);
  });

  test("to enable has its way on every fit origin, and adds no error", () => {
    holds(
      fc.property(documents, ({ text, layout }) => {
        const before = readText(text, { syntax: layout.syntax });
        const fit = (configOf(before)?.distribution.origins ?? []).map(
          (origin) => originUnfitFor(origin, "enable") === undefined,
        );
        const errors = problemsOf(before).filter(({ severity }) => severity === "error");
        const after = readText(carryOut(text, layout.syntax, { kind: "enable", certificate }, 0), {
          syntax: layout.syntax,
        });
        configOf(after)?.distribution.origins.forEach((origin, index) => {
          if (fit[index] === true) assert.equal(origin.mtls, "on");
        });
        assertNoneAdded(
          errors,
          problemsOf(after).filter(({ severity }) => severity === "error"),
          after.tree.text,
        );
      }),
      150,
    );
  });

  test("to enable, then to disable gives the text back but for the protocol policy, and loses no comment", () => {
    const without: fc.Arbitrary<Json> = fc
      .array(fc.constantFrom("https-only", "match-viewer", "http-only"), { minLength: 1, maxLength: 3 })
      .map((policies) =>
        distributionConfig(
          policies.map((policy, index) => customOrigin(`o${index}`, customConfig({ OriginProtocolPolicy: policy }))),
          { Aliases: counted([]) },
        ),
      );
    holds(
      fc.property(without, fc.constantFrom(...layouts), (value, layout) => {
        const text = layout.write(value);
        const enabled = carryOut(text, layout.syntax, { kind: "enable", certificate }, 0);
        assert.notEqual(enabled, text);
        const disabled = carryOut(enabled, layout.syntax, { kind: "disable" }, 0);
        assert.deepEqual(commentsOf(enabled), commentsOf(text));
        assert.equal(disabled, text.replaceAll(/"(match-viewer|http-only)"/g, '"https-only"'));
      }),
      150,
    );
  });
});
