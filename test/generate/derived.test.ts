import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { projectFolder } from "../launcher/places.ts";
import { idsInCatalogue, renderCatalogue } from "./catalogue.ts";
import { derive } from "./derived.ts";
import { fixMarks } from "./readme.ts";
import { type DeclaredRule, declarationIn, rulesFolder } from "./rules.ts";
import { folders, ruleLists } from "./subjects.ts";

test("what is derived from the rules is as they say", async () => {
  const derived = await derive();
  assert.equal(derived.length, 6);
  assert.deepEqual(
    derived.filter(({ before, after }) => before !== after).map(({ path }) => path),
    [],
    "These are stale: run `npm run generate`",
  );
});

test("every folder of rules says what a new one begins with", () => {
  const there = new Set(globSync("*/*.ts", { cwd: rulesFolder }).map(dirname));
  assert.deepEqual(Object.keys(folders).sort(), [...there].sort());
  for (const { subject, document } of Object.values(folders)) {
    assert.ok(
      ruleLists.some((list) => list.subject === subject),
      subject,
    );
    assert.ok(existsSync(join(projectFolder, "test/rules", document)), document);
  }
});

describe("the catalogue", () => {
  const rule = (id: string, subject: string, name = "one"): DeclaredRule => ({
    card: { id, severity: "info", requires: "", source: { title: "", url: "" } },
    name,
    subject,
  });
  const before = `import {
  a as originA,
} from "./origin/a.ts";
import { viewerB } from "./viewer/b.ts";
import { c as originC } from "./origin/c.ts";
import { gone } from "./origin/gone.ts";

export const originRules: readonly Rule<Origin>[] = [originC, gone, originA, viewerB];
`;
  const ids = ["origin/a", "origin/b", "origin/c", "viewer/a", "viewer/b"];

  test("keeps the order that it has; a new rule comes after the last of its folder", () => {
    const rendered = renderCatalogue(
      ids.map((id) => rule(id, "Origin")),
      before,
    );
    assert.deepEqual(idsInCatalogue(rendered), ["origin/c", "origin/a", "origin/b", "viewer/b", "viewer/a"]);
  });

  test("is in alphabetical order where there is none yet, and the same when it is rendered again", () => {
    const rules = ids.map((id) => rule(id, "Origin"));
    const rendered = renderCatalogue(rules, "");
    assert.deepEqual(idsInCatalogue(rendered), ids);
    assert.equal(renderCatalogue(rules, rendered), rendered);
  });

  test("has a rule in the list of the type that the rule names, and nowhere else", () => {
    const rendered = renderCatalogue([rule("origin/a", "Origin"), rule("origin/b", "Distribution")], before);
    assert.match(rendered, /^export const originRules: readonly Rule<Origin>\[\] = \[originA\];$/m);
    assert.match(rendered, /^export const distributionRules: readonly Rule<Distribution>\[\] = \[originB\];$/m);
    assert.match(rendered, /^import \{ one as originA \} from "\.\/origin\/a\.ts";$/m);
  });

  test("has the rules about the certificate that an origin names in a list of their own besides", () => {
    const rules = [rule("origin/client-certificate-x", "Origin"), rule("origin/mtls", "Origin", "originMtls")];
    const rendered = renderCatalogue(rules, "");
    assert.match(rendered, /originRules: [^=]*= \[originClientCertificateX, originMtls\]/);
    assert.match(rendered, /namedCertificateRules: [^=]*= \[originClientCertificateX\]/);
    assert.match(rendered, /^import \{ originMtls \} from/m);
  });

  test("takes no rule about something else", () => {
    assert.throws(() => renderCatalogue([rule("origin/a", "Orchard")], ""), /origin\/a, a Rule<Orchard>: .*Origin/);
  });
});

test("the subject of a rule is read from its declaration", () => {
  assert.deepEqual(declarationIn("type A = 1;\nexport const a: Rule<Origin> = {"), { name: "a", subject: "Origin" });
  assert.deepEqual(declarationIn('export const b: Rule<Piece, "x"> = {'), { name: "b", subject: "Piece" });
  assert.equal(declarationIn("const a: Rule<Origin> = {"), undefined);
});

test("the README marks a rule by the fixes that the goldens show, whosever documents they are", () => {
  const golden =
    "1:1-1:2 error a/b\n  it says\n  see 1:1-1:2: fix: not\n  fix: Do it\n1:1-1:2 info a/c\n  offer: Do it\n";
  const marks = fixMarks([golden, "2:1-2:2 error a/b\n  offer: Perhaps\n3:1-3:2 warning a/d\n  fix it\n"]);
  assert.deepEqual(Object.fromEntries(marks), { "a/b": "✎ ✐", "a/c": "✐" });
});
