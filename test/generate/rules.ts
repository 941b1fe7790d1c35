import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule, RuleCard } from "../../src/core/rules/rule.ts";
import { advice } from "../launcher/advice.ts";
import { projectFolder } from "../launcher/places.ts";

export const rulesFolder = join(projectFolder, "src/core/rules");

/** A rule as its own file declares it. */
export interface DeclaredRule {
  readonly card: RuleCard;
  /** The name of the constant. */
  readonly name: string;
  /** The name of the type that the rule is about. */
  readonly subject: string;
}

/** What the files below `core/rules/<subject>/` declare, by id. */
export async function readRules(): Promise<readonly DeclaredRule[]> {
  const files = globSync("*/*.ts", { cwd: rulesFolder }).map((file) => file.split(sep).join("/"));
  const rules = await Promise.all(files.map(readRule));
  return rules.toSorted((one, other) => compare(one.card.id, other.card.id));
}

async function readRule(file: string): Promise<DeclaredRule> {
  const path = join(rulesFolder, file);
  const declared = declarationIn(readFileSync(path, "utf8"));
  const exported: Readonly<Record<string, Rule<never>>> = await import(pathToFileURL(path).href);
  const card = declared === undefined ? undefined : exported[declared.name];
  if (declared === undefined || card === undefined)
    throw advice(`${shown(path)} declares no rule: it must have one \`export const name: Rule<Subject> = { … };\`.`);
  const id = file.replace(/\.ts$/, "");
  if (card.id !== id) throw advice(`${shown(path)} has the id "${card.id}", which must be its path: "${id}".`);
  return { card, ...declared };
}

/** The name of a rule and of its subject's type, as the source says them. */
export function declarationIn(source: string): Pick<DeclaredRule, "name" | "subject"> | undefined {
  const [, name, subject] = /^export const (\w+): Rule<(\w+)[,>]/m.exec(source) ?? [];
  return name === undefined || subject === undefined ? undefined : { name, subject };
}

/** The same on every machine, whatever its language. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `client-certificate-arn` as the name of a constant. */
export function camelCase(words: string): string {
  return words.replace(/[-/](\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A path as messages name it. */
export function shown(path: string): string {
  return relative(projectFolder, path).split(sep).join("/");
}
