import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tooDeepIn } from "../../../src/core/truststore/depth.ts";
import { certificatesOf } from "../../../src/core/x509/bundle/bundle.ts";
import type { Certificate } from "../../../src/core/x509/model.ts";
import type { Verdict } from "../../../src/core/x509/path/verdicts.ts";
import { bundleOf, issuedPem, many, rootPem } from "./stores.ts";

describe("a chain that is too long", () => {
  test("is looked for in signatures only where there are issuers enough for one", () => {
    let asked = 0;
    const signatures = {
      of: (): Verdict | undefined => {
        asked++;
        return undefined;
      },
    };
    const repeated = (index: number) => issuedPem(`CN=${index % 99}`, "CN=R");
    const root = rootPem({ subject: "CN=R", issuer: "CN=R" });
    assert.deepEqual(tooDeepIn(bundleOf(root, many(100, repeated)), 4, signatures), []);
    assert.equal(asked, 0);
    const others = many(4, (index) => issuedPem(`CN=A${index}`, "CN=R") + issuedPem(`CN=B${index}`, `CN=A${index}`));
    assert.deepEqual(tooDeepIn(bundleOf(root, others, many(100, repeated)), 4, signatures), []);
    assert.ok(asked > 100, `${asked} were asked for`);
  });

  test("is found where all of it has one name, and each looks as if it had issued itself", () => {
    const bundle = bundleOf(many(6, () => rootPem({ subject: "CN=R", issuer: "CN=R" })));
    const chain = certificatesOf(bundle).map(({ certificate }) => certificate);
    const signatures = {
      of: (issuer: Certificate, subject: Certificate): Verdict =>
        chain.indexOf(issuer) === Math.max(0, chain.indexOf(subject) - 1) ? "valid" : "invalid",
    };
    const deep = tooDeepIn(bundle, 4, signatures).map(({ certificate }) => chain.indexOf(certificate));
    assert.deepEqual(deep, [4]);
  });
});
