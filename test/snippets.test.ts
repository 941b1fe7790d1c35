// Snippets are data of VS Code's: what they become, their placeholders as they stand, is held against our own rules.

import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type ConfigFacts, subjectsOf } from "../src/core/facts.ts";
import { messageOf } from "../src/core/messages/tell.ts";
import { read } from "../src/core/read.ts";
import "../src/core/document/yaml/support.ts";
import { check } from "../src/core/rules/check.ts";

const project = join(import.meta.dirname, "..");

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

interface Contribution {
  readonly language: string;
  readonly path: string;
}

const contributed: readonly Contribution[] = JSON.parse(readFileSync(join(project, "package.json"), "utf8")).contributes
  .snippets;
/** Those of the JSON of the APIs; templates have their own. */
const paths = [...new Set(contributed.map(({ path }) => path))].filter((path) => !path.includes("cloudformation"));
const templatePath = "./snippets/cloudformation.json";

function snippetsIn(path: string): [string, Snippet][] {
  return Object.entries(JSON.parse(readFileSync(join(project, path), "utf8")) as Record<string, Snippet>);
}

/** As it stands while nothing is typed yet: what only stands for something is no problem either. */
function inserted({ body }: Snippet): string {
  return body
    .join("\n")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1");
}

/** The document that it belongs in, and where. */
function documentOf(text: string): string {
  if (text.startsWith("{")) return text;
  return text.startsWith('"Viewer')
    ? `{ ${text} }`
    : `{ "CustomOriginConfig": { "HTTPSPort": 443, "OriginProtocolPolicy": "https-only", ${text} } }`;
}

/** What is known of each by its prefix: what it turns on, and what there is to know about that. */
const expected: Readonly<Record<string, readonly [state: string, rules: readonly string[]]>> = {
  "mtls-origin": ["origin on", ["distribution/fragment"]],
  "mtls-viewer": ["viewers optional", ["distribution/fragment"]],
  "mtls-viewer-passthrough": ["viewers passthrough", ["distribution/fragment"]],
  "mtls-custom-origin": ["origin on", ["distribution/fragment"]],
  "mtls-distribution": ["origin on", []],
  "mtls-domain-name-rest": ["domain name on", ["domain-name/side-door"]],
  "mtls-domain-name-rest-update": ["domain name on", ["domain-name/side-door"]],
  "mtls-domain-name-http": ["domain name on", ["domain-name/side-door"]],
  "mtls-listener-verify": ["listener verify", []],
  "mtls-listener-passthrough": ["listener passthrough", []],
  "mtls-listener-network": ["listener verify", []],
};

function stateOf(facts: ConfigFacts): string | undefined {
  const [distribution] = subjectsOf(facts, "distribution").map((config) => config.distribution);
  const [domain] = subjectsOf(facts, "domain-names").flatMap(({ domains }) => domains);
  const [listener] = subjectsOf(facts, "listeners").flatMap(({ listeners }) => listeners);
  if (distribution?.viewerMtls !== undefined) return `viewers ${distribution.viewerMtls.says}`;
  if (distribution !== undefined) return `origin ${distribution.origins[0]?.mtls}`;
  if (domain !== undefined) return `domain name ${domain.mtls}`;
  return listener === undefined ? undefined : `listener ${listener.knownMode}`;
}

describe("snippets", () => {
  test("are there in every language of configs, each by a prefix of its own", () => {
    assert.deepEqual(
      contributed.map(({ language, path }) => `${language} ${path}`).sort(),
      [...paths.flatMap((path) => [`json ${path}`, `jsonc ${path}`]), `yaml ${templatePath}`].sort(),
    );
    const prefixes = paths.flatMap(snippetsIn).flatMap(([, { prefix }]) => prefix);
    assert.deepEqual([...prefixes].sort(), Object.keys(expected).sort());
  });

  for (const [name, snippet] of paths.flatMap(snippetsIn))
    test(`become what the rules accept: ${name}`, () => {
      const facts = read({ text: documentOf(inserted(snippet)), syntax: "json", name });
      const [state, rules] = expected[snippet.prefix[0] ?? ""] ?? [];
      assert.equal(stateOf(facts), state);
      const context = {
        now: new Date(0),
        settings: { severities: {}, expiryWarningDays: 30 },
        purpose: "unknown",
      } as const;
      const problems = check(facts, context, (id) => assert.fail(id));
      assert.deepEqual(
        problems.map(({ rule }) => rule.id),
        rules,
        problems.map(messageOf).join("\n"),
      );
      assert.ok(problems.every(({ severity }) => severity === "info"));
    });
});

/** Where in a template each belongs: above it, what is around it, and how deep it stands. */
const around: Readonly<Record<string, readonly [before: string, depth: number, state: string | undefined]>> = {
  "mtls-origin": [
    "Resources:\n  Site:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Origins:\n          - Id: a\n            DomainName: a.example\n            CustomOriginConfig:\n              OriginProtocolPolicy: https-only\n",
    14,
    "origin on",
  ],
  "mtls-parameter": ["AWSTemplateFormatVersion: 2010-09-09\nParameters:\n", 2, undefined],
  "mtls-viewer": [
    "Resources:\n  Site:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n",
    8,
    "viewers optional",
  ],
  "mtls-trust-store": ["Resources:\n", 2, undefined],
  "mtls-trust-store-load-balancer": ["Resources:\n", 2, undefined],
  ...Object.fromEntries(
    ["verify", "passthrough", "off"].map((mode) => [
      `mtls-listener-${mode}`,
      [
        "Resources:\n  Listener:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n      Protocol: HTTPS\n",
        6,
        `listener ${mode}`,
      ] as const,
    ]),
  ),
  "mtls-domain-name": [
    "Resources:\n  Domain:\n    Type: AWS::ApiGateway::DomainName\n    Properties:\n      DomainName: a.example\n",
    6,
    "domain name on",
  ],
};

describe("snippets of templates", () => {
  test("have a prefix of their own each", () => {
    assert.deepEqual(
      snippetsIn(templatePath)
        .flatMap(([, { prefix }]) => prefix)
        .sort(),
      Object.keys(around).sort(),
    );
  });

  for (const [name, snippet] of snippetsIn(templatePath))
    test(`become what the rules accept: ${name}`, () => {
      const [before, depth, state] = around[snippet.prefix[0] ?? ""] ?? ["", 0, ""];
      const lines = inserted(snippet).replaceAll("\t", "  ").split("\n");
      const text = before + lines.map((line) => `${" ".repeat(depth)}${line}\n`).join("");
      const facts = read({ text, syntax: "yaml", name });
      assert.deepEqual(facts.tree.problems, []);
      assert.equal(stateOf(facts), state);
      const context = {
        now: new Date(0),
        settings: { expiryWarningDays: 30, severities: {} },
        purpose: "unknown",
      } as const;
      const problems = check(facts, context, (rule, error) => assert.fail(`${rule}: ${error}`));
      assert.deepEqual(
        problems.filter(({ severity }) => severity !== "info").map((problem) => messageOf(problem)),
        [],
      );
    });
});
