import type { Change } from "../../src/core/document/change.ts";
import { renderChanges } from "../../src/core/document/json/write.ts";
import type { Syntax, Tree } from "../../src/core/document/tree.ts";
import "../../src/core/document/yaml/support.ts";
import type { Encoding } from "../../src/core/encoding.ts";
import type { ConfigFacts, Facts } from "../../src/core/facts.ts";
import { read } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Context, Problem, Severity } from "../../src/core/rules/rule.ts";
import { finish } from "../../src/core/steps.ts";
import { applyEdits } from "../../src/core/text.ts";
import { sha256 } from "../../src/platform/node/crypto.ts";

export const context: Context = {
  now: new Date("2026-11-21T00:00:00Z"),
  settings: { severities: {}, expiryWarningDays: 30 },
  purpose: "unknown",
  fingerprint: sha256,
};

export function withSeverities(severities: Readonly<Record<string, Severity | "off">>): Context {
  return { ...context, settings: { ...context.settings, severities } };
}

/** A rule that throws is a bug in every test. */
export function onFault(ruleId: string, error: unknown): never {
  throw new Error(`The rule ${ruleId} threw`, { cause: error });
}

export function readText(
  text: string,
  { syntax = "json", encoding = "unknown" }: { readonly syntax?: Syntax; readonly encoding?: Encoding } = {},
): ConfigFacts {
  return read({ text, syntax, encoding, name: syntax === "json" ? "config.json" : "config.jsonc" });
}

export function problemsOf(facts: Facts): Problem[] {
  return check(facts, context, onFault);
}

export function problemsIn(text: string, syntax: Syntax = "json"): Problem[] {
  return problemsOf(readText(text, { syntax }));
}

/** The ids of the rules that find something, in document order. */
export function rulesFiring(text: string, syntax: Syntax = "json"): string[] {
  return problemsIn(text, syntax).map(({ rule }) => rule.id);
}

export function render(tree: Tree, changes: readonly Change[]): string {
  return applyEdits(tree.text, finish(renderChanges(tree, changes)));
}
