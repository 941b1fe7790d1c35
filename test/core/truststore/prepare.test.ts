import * as assert from "node:assert/strict";
import { test } from "node:test";
import { prepareStore } from "../../../src/core/truststore/prepare.ts";
import { prepareText } from "../../../src/core/truststore/text.ts";
import { editBundle } from "../../../src/core/x509/bundle/bundle.ts";
import { bundleOf, issuedPem, many, rootPem } from "./stores.ts";

test("a large store is asked for nothing again after an edit but for what came", () => {
  const bundle = bundleOf(
    rootPem({ subject: "CN=R", issuer: "CN=R" }),
    many(1500, (index) => issuedPem(`CN=${index}`, "CN=R")),
  );
  assert.ok([...prepareStore(bundle, ["alb"])].length > 10);
  const at = bundle.starts[700] ?? 0;
  const edited = editBundle(bundle, [{ span: { start: at, end: at }, text: "# a comment\n" }]);
  assert.deepEqual([...prepareStore(edited, ["alb"])], []);
});

test("text in which nobody looked for hidden blocks before is looked through in steps", () => {
  const stepsFor = (size: number) => [...prepareText(bundleOf("MIIabc ".repeat(size / 7), rootPem({})))].length;
  const [less, more] = [stepsFor(200_000), stepsFor(800_000)];
  assert.ok(less > 1 && more > 3.5 * less, `${less} becomes ${more}`);
});
