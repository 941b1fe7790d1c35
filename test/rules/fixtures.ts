// Every rule has a folder here, of documents that break it (`bad-*`) and documents that do not (`good-*`).
// Beside a bad one stand its findings (`.findings.txt`) and its text after the rule's first fix (`.fixed.json`,
// `.fixed.pem`): the goldens, which `npm run goldens` writes, and nothing else does.
// What a document was like before it was edited, where that counts, stands beside it (`.before.yaml`).
// An `inventory.json` among them is what the account holds while the documents of its folder are checked.
// The PEM files are written by `make-certificates.ts`.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { decode } from "../../src/core/encoding.ts";
import { type Facts, textOf } from "../../src/core/facts.ts";
import { renderIn } from "../../src/core/fixes.ts";
import { fixTitle, messageOf, relatedText } from "../../src/core/messages/tell.ts";
import { type GivenText, read } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import type { Fix, Problem } from "../../src/core/rules/rule.ts";
import { applyEdits, LineIndex, type Span } from "../../src/core/text.ts";
import { indexOf } from "../../src/core/x509/path/chain.ts";
import { signaturePairs } from "../../src/core/x509/path/pairs.ts";
import { SignatureChecker } from "../../src/platform/node/crypto.ts";
import { context, onFault } from "../core/checking.ts";
import { inventoryBeside } from "./inventories.ts";

export const folder = import.meta.dirname;

export interface Fixture {
  readonly path: string;
  readonly ruleId: string;
  readonly bad: boolean;
}

/** All that stands in folders of rules. */
export const files = globSync(join(folder, "*/*/*")).sort();
export const fixtures: readonly Fixture[] = files
  .filter((path) => /^(bad|good)-[\w-]+\.(jsonc?|yaml|pem)$/.test(basename(path)))
  .map((path) => ({
    path,
    ruleId: relative(folder, dirname(path)).split(sep).join("/"),
    bad: basename(path).startsWith("bad-"),
  }));

export function readFixture(path: string): Facts {
  return readAgain(path, decode(readFileSync(path)).text);
}

export function readAgain(path: string, text: string): Facts {
  const { encoding } = decode(readFileSync(path));
  const given = { encoding, syntax: syntaxOf(path), name: basename(path) };
  const before = beforeOf(path);
  const since = existsSync(before) ? read({ ...given, text: decode(readFileSync(before)).text }) : undefined;
  return read({ ...given, text, since });
}

/** What the document was like before. */
export function beforeOf(path: string): string {
  return path.replace(/\.(\w+)$/, ".before.$1");
}

function syntaxOf(path: string): GivenText["syntax"] {
  const extension = extname(path).slice(1);
  return extension === "pem" || extension === "jsonc" || extension === "yaml" ? extension : "json";
}

/** With every signature verified, and with the account of the document's folder. */
export function problemsOf(facts: Facts, path: string): Problem[] {
  const inventory = inventoryBeside(path);
  if (facts.kind === "config")
    return check(facts, { ...context, ...(inventory === undefined ? {} : { inventory }) }, onFault);
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, signatures }, onFault);
}

/**
 * One finding as the golden files tell it: where, how grave, which rule; then message, related places and fixes,
 * indented.
 */
function describeProblem(problem: Problem, lines: LineIndex): string {
  const { at, severity, rule, related = [], fixes = [] } = problem;
  const place = (span: Span) => {
    const [start, end] = [lines.at(span.start), lines.at(span.end)];
    return `${start.line + 1}:${start.column + 1}-${end.line + 1}:${end.column + 1}`;
  };
  return [
    `${place(at)} ${severity} ${rule.id}`,
    `  ${messageOf(problem)}`,
    ...related.map((other) => `  see ${place(other.at)}: ${relatedText(other, problem)}`),
    ...fixes.map((fix) => `  ${fix.safe ? "fix" : "offer"}: ${fixTitle(fix, problem)}`),
  ].join("\n");
}

export function describeProblems(problems: readonly Problem[], text: string): string {
  const lines = new LineIndex(text);
  return problems.map((problem) => `${describeProblem(problem, lines)}\n`).join("");
}

/** What is found in a bad document, and what becomes of it. */
export interface Outcome {
  readonly facts: Facts;
  readonly problems: readonly Problem[];
  /** Whether the document breaks the rule in whose folder it stands. */
  readonly breaks: boolean;
  /** The first fix of that rule's findings, and the text that it leaves. */
  readonly fixed: { readonly fix: Fix; readonly text: string } | undefined;
}

export function outcomeOf({ path, ruleId }: Fixture): Outcome {
  const facts = readFixture(path);
  const problems = problemsOf(facts, path);
  const own = problems.filter(({ rule }) => rule.id === ruleId);
  const fix = own.find(({ fixes }) => fixes?.[0] !== undefined)?.fixes?.[0];
  const fixed = fix === undefined ? undefined : { fix, text: applyEdits(textOf(facts), renderIn(facts, fix.changes)) };
  return { facts, problems, breaks: own.length > 0, fixed };
}

/** The golden files that a bad document should have, by path. */
export function goldensFor(path: string, { facts, problems, fixed }: Outcome): ReadonlyMap<string, string> {
  return new Map([
    [goldenOf(path), describeProblems(problems, textOf(facts))],
    ...(fixed === undefined ? [] : [[fixedOf(path), fixed.text] as const]),
  ]);
}

export function goldenOf(path: string): string {
  return path.replace(/\.(jsonc?|yaml|pem)$/, ".findings.txt");
}

export function fixedOf(path: string): string {
  return path.replace(/\.(jsonc?|yaml|pem)$/, ".fixed.$1");
}
