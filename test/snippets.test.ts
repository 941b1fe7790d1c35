// Snippets are data of VS Code's: what they become, their placeholders as they stand, is held against our own rules.

import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type ConfigFacts, subjectsOf } from "../src/core/facts.ts";
import { messageOf } from "../src/core/messages/tell.ts";
import { read } from "../src/core/read.ts";
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
const paths = [...new Set(contributed.map(({ path }) => path))];

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
      paths.flatMap((path) => [`json ${path}`, `jsonc ${path}`]).sort(),
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
