// Bundles and certificates that nobody here wrote, beside the project and no part of it, each judged as a trust store
// for each service.
import * as assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import { tell } from "../src/core/messages/tell.ts";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import { bundleFitness, type StoreVerdict } from "../src/core/truststore/fitness.ts";
import { storeReason } from "../src/core/truststore/judgement.ts";
import { keepOnlyTaken } from "../src/core/truststore/keep.ts";
import { mergeBundles, splitForAcm } from "../src/core/truststore/split.ts";
import { profiles, type Target, targets } from "../src/core/truststore/targets.ts";
import { bundleOfDer, certificatesOf, readBundle } from "../src/core/x509/bundle/bundle.ts";
import { sha256 } from "../src/platform/node/crypto.ts";
import { context, onFault } from "./core/checking.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

interface Store {
  readonly path: string;
  readonly text: string;
}

function storesIn(pattern: string): readonly Store[] {
  return globSync(pattern, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => {
      const bytes = readFileSync(path);
      const { text } = decode(bytes);
      const bundle = text.includes("-----BEGIN") ? readBundle(text) : bundleOfDer(bytes);
      return certificatesOf(bundle).length === 0 ? [] : [{ path, text: bundle.pem.text }];
    });
}

const outside = { fingerprint: sha256 };

/** Findings by rule and severity, most first. */
function findingsOf(stores: readonly Store[], concerned: readonly Target[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path, text } of stores) {
    for (const { rule, severity } of check(
      read({ text, syntax: "pem", name: basename(path) }),
      { ...context, purpose: "trust-store", targets: concerned },
      onFault,
    )) {
      const key = `${severity} ${rule.id}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

describe("trust stores that nobody here wrote", () => {
  const bundles = skip === false ? storesIn("bundles/*") : [];
  const single = skip === false ? storesIn("certs/**/*") : [];

  test("are judged without an exception, for each service", { skip }, (t) => {
    assert.ok(bundles.length >= 3 && single.length > 1000, `${bundles.length} bundles, ${single.length} others`);
    for (const concerned of [[], ...targets.map((target) => [target])]) {
      const name = concerned[0] === undefined ? "for nobody in particular" : `for ${profiles[concerned[0]].name}`;
      for (const [what, stores] of [
        ["bundles", bundles],
        ["certificates", single],
      ] as const) {
        const counts = findingsOf(stores, concerned);
        t.diagnostic(
          `${stores.length} ${what} ${name}: ${[...counts]
            .filter(([key]) => key.includes("trust-store/"))
            .map(([key, count]) => `${count} × ${key}`)
            .join(", ")}`,
        );
      }
    }
  });

  test("have a verdict for each service, and what is kept of them is taken as far as single blocks go", {
    skip,
  }, (t) => {
    for (const [turn, target] of targets.entries()) {
      const verdicts = new Map<StoreVerdict, number>();
      for (const [place, { text, path }] of [...bundles, ...single].entries()) {
        const bundle = readBundle(text);
        const { verdict, judgements } = bundleFitness(bundle, target, context.now, undefined, outside);
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
        assert.ok(
          judgements
            .map((judgement) => tell(storeReason(judgement)))
            .every((message) => message !== "" && !/undefined|NaN|(?<!\\u)\{\d\}/.test(message)),
          path,
        );
        if (place >= bundles.length && place % targets.length !== turn) continue;
        const kept = keepOnlyTaken(bundle, target);
        assert.deepEqual(keepOnlyTaken(readBundle(kept.text), target).dropped, [], path);
        const changes = kept.dropped.length + kept.lines + kept.relabelled.length + kept.commented;
        if (changes === 0) assert.equal(kept.text, text, path);
      }
      t.diagnostic(
        `${profiles[target].name}: ${[...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(", ")}`,
      );
    }
  });

  test("of the roots that browsers trust most are known, whatever else is in the bundle", { skip }, (t) => {
    for (const { path, text } of bundles) {
      const bundle = readBundle(text);
      const known = bundleFitness(bundle, "apigateway", context.now, undefined, outside).judgements.filter(
        ({ requirement }) => requirement === "public-root",
      ).length;
      const all = certificatesOf(bundle).length;
      t.diagnostic(`${basename(path)}: ${known} of ${all} are roots that browsers trust today`);
      // Amazon's own public roots are among those of its databases.
      if (basename(path).startsWith("aws-rds")) assert.equal(known, 5);
      else assert.ok(known > all / 2, `${known} of ${all}`);
    }
  });

  test("can be split and merged, or it is said why not", { skip }, (t) => {
    let split = 0;
    for (const { text, path } of single) {
      const found = splitForAcm(readBundle(text));
      if ("fault" in found) assert.match(tell(found.fault), /\.$/, path);
      else split++;
    }
    const named = [...bundles, ...single].map(({ path, text }) => ({ name: basename(path), bundle: readBundle(text) }));
    const merged = mergeBundles(named);
    assert.equal(certificatesOf(readBundle(merged.text)).length, merged.certificates);
    assert.deepEqual(mergeBundles([{ name: "merged", bundle: readBundle(merged.text) }]).duplicates, []);
    t.diagnostic(
      `${split} of ${single.length} split; of ${named.length} merged ${merged.certificates} certificates, ${merged.duplicates.length} copies, ${merged.leftOut.length} blocks left out`,
    );
  });
});
