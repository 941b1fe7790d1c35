import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cloudFormation } from "../../../src/core/cloudformation/dialect.ts";
import { shapes } from "../../../src/core/cloudfront/vocabulary.ts";
import { placeAt } from "../../../src/core/dialect/completion.ts";
import { shape } from "../../../src/core/dialect/shape.ts";
import { viewOf } from "../../../src/core/dialect/view.ts";
import "../../../src/core/document/yaml/support.ts";
import { parseYaml } from "../../../src/core/document/yaml/read.ts";

/** What may be written at `^`: the first names, or whose value of which type, and what is typed already. */
function at(marked: string): readonly string[] | undefined {
  const offset = marked.indexOf("^");
  const tree = parseYaml(marked.replace("^", ""));
  const config = shapes.get("DistributionConfig");
  assert.ok(tree.root?.kind === "object" && config !== undefined);
  const view = viewOf({ node: tree.root, shape: config }, cloudFormation);
  const place = placeAt(tree, offset, view, shape(config.name), shapes);
  if (place === undefined) return undefined;
  const typed = tree.text.slice(place.typed.start, place.typed.end);
  if (place.at === "value") return ["value", place.called, place.type.kind, typed];
  return ["name", ...[...place.names.keys()].filter((name) => !place.there.has(name)).slice(0, 2), typed];
}

const origin = "Enabled: true\nOrigins:\n  - Id: a\n    DomainName: b\n";

describe("in YAML, the names of an object that has none yet are those that its name says:", () => {
  for (const [name, marked, expected] of [
    ["in an object", `${origin}    ^\n`, ["name", "OriginPath", "OriginCustomHeaders", ""]],
    ["below a name", `${origin}    CustomOriginConfig:\n      ^\n`, ["name", "HTTPPort", "HTTPSPort", ""]],
    ["begun below a name", `${origin}    CustomOriginConfig:\n      HT^\n`, ["name", "HTTPPort", "HTTPSPort", "HT"]],
    [
      "begun above another",
      `${origin}    CustomOriginConfig:\n      HT^\n      HTTPSPort: 1\n`,
      ["name", "HTTPPort", "OriginProtocolPolicy", "HT"],
    ],
    ["of a new item", `${origin}  - ^\n`, ["name", "Id", "DomainName", ""]],
    ["begun in a new item", `${origin}  - Do^\n`, ["name", "Id", "DomainName", "Do"]],
    ["of a first item", "Origins:\n  - ^\n", ["name", "Id", "DomainName", ""]],
    ["not of a list without its sign", "Enabled: true\nOrigins:\n  ^\n", undefined],
    [
      "but values elsewhere",
      `${origin}    CustomOriginConfig:\n      OriginProtocolPolicy: ^\n`,
      ["value", "OriginProtocolPolicy", "enum", ""],
    ],
    [
      "and on a line of their own",
      `${origin}    CustomOriginConfig:\n      OriginProtocolPolicy:\n        ^\n`,
      ["value", "OriginProtocolPolicy", "enum", ""],
    ],
    [
      "and as items",
      `${origin}    CustomOriginConfig:\n      OriginSSLProtocols:\n        - ^\n`,
      ["value", "OriginSSLProtocols", "enum", ""],
    ],
    [
      "and in flow style",
      `${origin}    CustomOriginConfig: {OriginSSLProtocols: [TLSv1.2, ^]}\n`,
      ["value", "OriginSSLProtocols", "enum", ""],
    ],
  ] as const)
    test(name, () => {
      assert.deepEqual(at(marked), expected);
    });
});
