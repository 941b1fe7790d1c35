import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { nearest } from "../../src/core/text.ts";
import { advice } from "../launcher/advice.ts";
import { type Fixture, files, fixtures, goldensFor, outcomeOf } from "../rules/fixtures.ts";
import { shown } from "./rules.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** The documents of the rules that were asked for. */
export function chosen(args: readonly string[]): readonly Fixture[] {
  const [rule, another] = args;
  if (rule === undefined || another !== undefined)
    throw advice("Say which: npm run goldens -- RULE. RULE is an id (origin/mtls-host), a folder (origin), or --all.");
  const found = fixtures.filter(
    ({ ruleId }) => rule === "--all" || ruleId === rule || ruleId.startsWith(`${rule.replace(/\/$/, "")}/`),
  );
  if (found.length > 0) return found;
  const meant = nearest(rule, new Set(fixtures.flatMap(({ ruleId }) => [ruleId, dirname(ruleId)])), 4);
  throw advice(
    `No rule and no folder of rules called ${rule} has documents below test/rules.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
  );
}

/** Writes the goldens of these documents where they differ, and removes those that nothing asks for any more. */
export function writeGoldens(documents: readonly Fixture[]): { readonly told: string; readonly unbroken: number } {
  const goldens = goldensIn(documents);
  const bad = documents.filter((document) => document.bad);
  const unbroken: string[] = [];
  for (const document of bad) {
    const outcome = outcomeOf(document);
    if (outcome.breaks) for (const [path, text] of goldensFor(document.path, outcome)) goldens.set(path, text);
    else
      unbroken.push(
        `${document.ruleId} finds nothing in ${shown(document.path)}: make the document break the rule, and the rule find it.`,
      );
  }
  const diffs = [...goldens].flatMap(([path, after]) => {
    const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
    if (before === after) return [];
    if (after === undefined) rmSync(path);
    else writeFileSync(path, after);
    return unifiedDiff(shown(path), before, after);
  });
  const count = `Goldens of ${bad.length} bad documents: ${diffs.length} files changed.`;
  return { told: [...diffs, [count, ...unbroken].join("\n")].join(""), unbroken: unbroken.length };
}

/** The goldens that stand beside these documents, none of which is known to be needed yet. */
function goldensIn(documents: readonly Fixture[]): Map<string, string | undefined> {
  const folders = new Set(documents.map(({ path }) => dirname(path)));
  return new Map(
    files
      .filter((path) => folders.has(dirname(path)) && /^bad-[\w-]+\.(findings\.txt|fixed\.\w+)$/.test(basename(path)))
      .map((path) => [path, undefined]),
  );
}
