import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { globTrouble, longestGlob } from "../../../src/core/truststore/purpose-glob.ts";

describe("a glob of mtls.purposes", () => {
  const path = "deploy/certs/ca-prod.pem";

  test("is tried as people write them", () => {
    for (const glob of [
      "**/*.pem",
      "deploy/certs/**/ca-*-*.pem",
      "{a,b}/**/c?[0-9]/**/*.{pem,crt}",
      "**/@(a|b)/!(c).pem",
      "a/**/b/**/c/**/*.pem",
      String.raw`a\*b\*c\*d\*e\*f.pem`,
      "x".repeat(longestGlob),
    ])
      assert.equal(globTrouble(glob, path), undefined, glob);
  });

  test("is not tried where its wildcards could be tried for minutes", () => {
    for (const glob of ["*a*a*a*b", "**/*a*b/**/*c*d", "+(*a|b)*c*d", "**/a/**/a/**/a/**/*b", String.raw`\\*a*b*c*`])
      assert.equal(globTrouble(glob, path), "too-many-wildcards", glob);
    assert.equal(globTrouble("x".repeat(longestGlob + 1), path), "too-long");
  });

  test("may have fewer wildcards for a very long path", () => {
    const long = "a/".repeat(1_000);
    assert.equal(globTrouble("**/*.pem", long), undefined);
    assert.equal(globTrouble("**/a/**/b.*", long), "too-many-wildcards");
  });
});
