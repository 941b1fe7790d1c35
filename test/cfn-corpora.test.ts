// Real templates that nobody here wrote, beside the project and no part of it: that the resources found in them are
// those of a scan that shares nothing with the product, and that every error and warning is justified.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { siteOf } from "../src/core/dialect/view.ts";
import { decode } from "../src/core/encoding.ts";
import type { ConfigFacts } from "../src/core/facts.ts";
import { kindOf } from "../src/core/kinds.ts";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import { LineIndex } from "../src/core/text.ts";
import { context, onFault } from "./core/checking.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

interface File {
  readonly name: string;
  readonly text: string;
  readonly facts: ConfigFacts;
}

function readAll(): readonly File[] {
  return globSync(join(folder, "cfn/*"))
    .sort()
    .map((path) => {
      const { text, encoding } = decode(readFileSync(path));
      const name = basename(path);
      const syntax = text.trimStart().startsWith("{") ? "json" : "yaml";
      return { name, text, facts: read({ text, syntax, name, encoding }) };
    });
}

// --- the other scan

type Plain = { readonly [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isPlain(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), value);
}

/** Where each type has the object that we know. */
const held: ReadonlyMap<string, readonly string[]> = new Map([
  ["AWS::CloudFront::Distribution", ["DistributionConfig"]],
  ["AWS::ElasticLoadBalancingV2::Listener", []],
  ["AWS::ApiGateway::DomainName", []],
  ["AWS::ApiGatewayV2::DomainName", []],
  ["AWS::Serverless::Api", ["Domain"]],
  ["AWS::Serverless::HttpApi", ["Domain"]],
]);

/** Each resource of a type that we know, as `type id`. */
function scan(text: string): readonly string[] {
  const root = text.trimStart().startsWith("{") ? JSON.parse(text) : plainYaml(text);
  const template = at(root, "Resources") === undefined && isPlain(at(root, "provider")) ? at(root, "resources") : root;
  const resources = at(template, "Resources");
  const found = Object.entries(isPlain(resources) ? resources : {}).flatMap(([id, resource]) => {
    const type = String(at(resource, "Type"));
    const path = held.get(type);
    return path !== undefined && isPlain(at(resource, "Properties", ...path)) ? [`${type} ${id}`] : [];
  });
  const shared = ["Api", "HttpApi"].flatMap((name) =>
    isPlain(at(template, "Globals", name, "Domain")) ? [`AWS::Serverless::${name} ${name}`] : [],
  );
  return [...found, ...shared].sort();
}

/** The first document, with what its tags call as it is written. */
function plainYaml(text: string): unknown {
  const [first] = parseAllDocuments(text, { logLevel: "silent", uniqueKeys: false });
  return first === undefined || Array.isArray(first) || "empty" in first ? undefined : first.toJS();
}

function resourcesIn({ subjects }: ConfigFacts): readonly string[] {
  return subjects
    .flatMap((subject) => {
      const resource = siteOf(kindOf(subject).nodeOf(subject))?.resource;
      return resource === undefined ? [] : [`${resource.type} ${resource.id}`];
    })
    .sort();
}

test("real templates: what is found in them is what another scan finds", { skip }, (t) => {
  const files = readAll();
  assert.ok(files.length > 70, String(files.length));
  const table = new Map<string, { files: number; theirs: number; ours: number }>();
  for (const { name, text, facts } of files) {
    const theirs = scan(text);
    const ours = resourcesIn(facts);
    assert.deepEqual(ours, theirs, name);
    assert.equal(facts.subjects.length, ours.length, name);
    for (const type of held.keys()) {
      const of = (all: readonly string[]): number => all.filter((one) => one.startsWith(`${type} `)).length;
      if (of(theirs) === 0) continue;
      const row = table.get(type) ?? { files: 0, theirs: 0, ours: 0 };
      table.set(type, { files: row.files + 1, theirs: row.theirs + of(theirs), ours: row.ours + of(ours) });
    }
  }
  for (const [type, { files: count, theirs, ours }] of table)
    t.diagnostic(`${type}: ${count} files, ${theirs} by the scan, ${ours} found`);
  assert.deepEqual([...table.keys()].sort(), [...held.keys()].sort());
});

// --- what is found in them

const notTheUri = "API Gateway takes s3://bucket-name/key-name (REST and HTTP API guides, mutual TLS)";
const notRegional = "mutual TLS is for Regional domain names (REST API guide)";

/** Every error and warning: file, line, rule, and why it is right. */
const justified: readonly (readonly [file: RegExp, line: number, finding: string, because: string])[] = [
  [/input__api_with_basic_custom_domain_http\.yaml$/, 17, "error domain-name/truststore-uri", notTheUri],
  [/input__api_with_basic_custom_domain_intrinsics\.yaml$/, 63, "warning domain-name/truststore-uri", "by the default"],
  [
    /input__api_with_basic_custom_domain_intrinsics_http\.yaml$/,
    63,
    "warning domain-name/truststore-uri",
    "by the default",
  ],
  [
    /input__error_api_mtls_configuration_invalid_field\.yaml$/,
    14,
    "warning domain-name/truststore-version",
    "the URI is called otherwise, which SAM refuses",
  ],
  [
    /input__error_httpapi_mtls_configuration_invalid_field\.yaml$/,
    11,
    "error domain-name/truststore-uri",
    "the URI is called otherwise, which SAM refuses",
  ],
  [
    /input__error_httpapi_mtls_configuration_invalid_type\.yaml$/,
    12,
    "error domain-name/truststore-uri",
    "a list in the place of the object, which SAM refuses",
  ],
  [/output__(aws-cn__)?api_with_basic_custom_domain\.json$/, 15, "error domain-name/server-certificate", notRegional],
  [/output__(aws-cn__)?api_with_basic_custom_domain\.json$/, 19, "error domain-name/endpoint-type", notRegional],
  [/output__(aws-cn__)?api_with_basic_custom_domain\.json$/, 23, "error domain-name/truststore-uri", notTheUri],
  [/output__aws-cn__api_with_basic_custom_domain_http\.json$/, 24, "error domain-name/truststore-uri", notTheUri],
  [
    /output__(aws-cn__)?api_with_basic_custom_domain_intrinsics\.json$/,
    41,
    "error domain-name/truststore-uri",
    notTheUri,
  ],
  [/output__api_with_basic_custom_domain_intrinsics_http\.json$/, 43, "error domain-name/truststore-uri", notTheUri],
  [
    /apigw-mutualtls-lambda__template\.yaml$/,
    62,
    "warning domain-name/server-certificate",
    "the default of the parameter asks for an ARN, and is none",
  ],
];

test("real templates: every error and warning is justified, and but for one is not cfn-lint's", { skip }, (t) => {
  const linted = lintedLines();
  const unused = new Set(justified);
  const counts = new Map<string, number>();
  const both: string[] = [];
  for (const { name, text, facts } of readAll()) {
    const lines = new LineIndex(text);
    for (const { at, severity, rule } of check(facts, context, onFault)) {
      counts.set(`${severity} ${rule.id}`, (counts.get(`${severity} ${rule.id}`) ?? 0) + 1);
      if (severity === "info") continue;
      const line = lines.at(at.start).line + 1;
      const found = `${severity} ${rule.id}`;
      const reason = justified.find(([file, where, what]) => file.test(name) && where === line && what === found);
      assert.ok(reason !== undefined, `${name}:${line} ${found}`);
      unused.delete(reason);
      if (linted.has(`${name}:${line}`)) both.push(`${name}:${line} ${found}`);
    }
  }
  for (const [kind, count] of [...counts].sort()) t.diagnostic(`${count} × ${kind}`);
  assert.deepEqual([...unused], []);
  // Of the certificate that mutual TLS needs: that it is no ARN where the parameter is left at its default.
  assert.deepEqual(both, [
    "aws-samples+serverless-patterns__apigw-mutualtls-lambda__template.yaml:62 warning domain-name/server-certificate",
  ]);
});

/** Where cfn-lint has something to say of a resource that we know. */
function lintedLines(): ReadonlySet<string> {
  const rows = readFileSync(join(folder, "truth/cfn.cfnlint.jsonl"), "utf8").trim().split("\n");
  return new Set(
    rows.flatMap((row) => {
      const {
        file,
        matches,
      }: { readonly file: string; readonly matches?: readonly { readonly line: number }[] | null } = JSON.parse(row);
      return (matches ?? []).map(({ line }) => `${basename(file)}:${line}`);
    }),
  );
}
