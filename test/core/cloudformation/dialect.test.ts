import assert from "node:assert/strict";
import { test } from "node:test";
import { cloudFormation } from "../../../src/core/cloudformation/dialect.ts";
import { cloudFormationSpelling, shapes } from "../../../src/core/cloudfront/vocabulary.ts";
import { nameIn } from "../../../src/core/dialect/dialect.ts";

test("What the JSON of the API takes for CloudFormation's spelling is how a template spells it", () => {
  const spelled = new Set<string>();
  for (const shape of shapes.values())
    for (const key of shape.members.keys()) {
      const name = nameIn(cloudFormation, shape, key);
      if (name !== key) spelled.add(`${name} ${key}`);
    }
  assert.deepEqual([...spelled].sort(), [...cloudFormationSpelling].map((pair) => pair.join(" ")).sort());
});
