import { keptOfObjects } from "../document/kept.ts";
import { jsonOf } from "../document/plain.ts";
import { type Node, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import { intrinsicOf, referenceOf } from "./intrinsics.ts";
import { stampOf, type Template } from "./template.ts";

/** Which conditions hold together, by name. */
export type Truths = ReadonlyMap<string, boolean>;

/** What is compared in conditions, each with a value or without a known one. */
type Values = ReadonlyMap<string, string>;

type Formula =
  | { readonly kind: "constant"; readonly value: boolean }
  /** A parameter, or what else is compared, has this value. */
  | { readonly kind: "is"; readonly variable: string; readonly value: string }
  | { readonly kind: "condition"; readonly name: string }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "and" | "or"; readonly of: readonly Formula[] };

/** The conditions that are asked for, and those that they name. */
type Formulas = ReadonlyMap<string, Formula>;

/** A condition as it is written, with those that it names. */
interface Written {
  readonly formula: Formula;
  readonly named: readonly string[];
  /** How many parts it has. */
  readonly size: number;
}

/** No value that is compared: any other. */
const other = "\0other";
/** More combinations of values are not tried: then it is not known which conditions hold together. */
const mostTried = 256;
/** More of what comes out of them is not judged. */
const mostTruths = 16;
/** Functions within functions; no template has as many. */
const deepest = 50;
/** Parts of conditions that one resource asks for, with all that they name; no template has as many. */
const mostParts = 1000;

/**
 * The combinations of conditions that can be: which of them hold follows from a few values, of parameters mostly, so
 * that two that exclude each other never hold together. That with the defaults of the parameters is the first.
 * `undefined`: there are too many.
 * @param byDefaults only those that can be while every parameter with a default has that
 */
export function truthsOf(
  template: Template,
  names: readonly string[],
  byDefaults = false,
): readonly Truths[] | undefined {
  const { truths, assumed } = known(template, names);
  return byDefaults ? assumed : truths;
}

/** The same as long as the combinations are, whatever else is written in conditions and parameters. */
export function truthStamp(template: Template, names: readonly string[]): string {
  return known(template, names).stamp;
}

interface Known {
  readonly truths: readonly Truths[] | undefined;
  readonly assumed: readonly Truths[] | undefined;
  readonly stamp: string;
}

/** By the names that are asked for: many resources ask for the same. */
type Answers = Map<string, Known>;

const inConditions = keptOfObjects<{ readonly parameters: unknown; readonly answers: Answers }>();
const withoutConditions = new WeakMap<Template, Answers>();

function known(template: Template, names: readonly string[]): Known {
  if (names.length === 0) return unconditional;
  const answers = answersFor(template);
  const key = names.join("\0");
  const there = answers.get(key);
  if (there !== undefined) return there;
  const truths = workOut(template, names, false);
  const assumed = workOut(template, names, true);
  const found = { truths, assumed, stamp: `${stampFor(truths)} ${stampFor(assumed)}` };
  answers.set(key, found);
  return found;
}

function stampFor(truths: readonly Truths[] | undefined): string {
  return truths?.map((one) => [...one.values()].map(Number).join("")).join() ?? "too many";
}

const unconditional: Known = { truths: [new Map()], assumed: [new Map()], stamp: "" };

/** As long as neither conditions nor parameters were read again. */
function answersFor(template: Template): Answers {
  const conditions = objectAt(template.root, "Conditions");
  const parameters = stampOf(valueOf(template.root, "Parameters"));
  const before = conditions === undefined ? undefined : inConditions.of(conditions);
  if (before?.parameters === parameters && before !== undefined) return before.answers;
  const answers: Answers = withoutConditions.get(template) ?? new Map<string, Known>();
  if (conditions === undefined) withoutConditions.set(template, answers);
  else inConditions.keep(conditions, { parameters, answers });
  return answers;
}

function workOut(template: Template, names: readonly string[], byDefaults: boolean): readonly Truths[] | undefined {
  const formulas = formulasFor(template, names);
  if (formulas === undefined) return undefined;
  const domains = new Map<string, Set<string>>();
  for (const formula of formulas.values()) gather(formula, domains);
  let count = 1;
  const choices = [...domains].map(([variable, compared]) => {
    const allowed = allowedValues(template, variable);
    const values = allowed === undefined ? [...compared, other] : onlyDistinct(allowed, compared);
    const first = defaultOf(template, variable);
    const ordered = first === undefined ? values : [compared.has(first) ? first : other, ...(byDefaults ? [] : values)];
    const distinct = [...new Set(ordered)].filter((value) => values.includes(value));
    count *= distinct.length;
    return [variable, distinct] as const;
  });
  if (count > mostTried) return undefined;
  const found = new Map<string, Truths>();
  for (const values of combinations(choices)) {
    const known = new Map<string, boolean>();
    const truths = new Map(names.map((name) => [name, holds({ kind: "condition", name }, values, formulas, known)]));
    const key = [...truths.values()].map(Number).join("");
    if (!found.has(key)) found.set(key, truths);
  }
  return chosen([...found.values()]);
}

/** The first, then what shows a condition as it was not seen before, and of the others as many as are judged. */
function chosen(all: readonly Truths[]): readonly Truths[] {
  if (all.length <= mostTruths) return all;
  const shown = new Set<string>();
  const showing = all.filter((truths) => {
    const fresh = [...truths].map(([name, value]) => `${value} ${name}`).filter((one) => !shown.has(one));
    for (const one of fresh) shown.add(one);
    return fresh.length > 0;
  });
  return [...new Set([...showing, ...all])].slice(0, Math.max(mostTruths, showing.length));
}

/** Of values that are allowed, those that are compared, and one that stands for the others. */
function onlyDistinct(allowed: readonly string[], compared: ReadonlySet<string>): readonly string[] {
  const known = allowed.filter((value) => compared.has(value));
  return known.length < allowed.length ? [...known, other] : known;
}

function* combinations(choices: readonly (readonly [string, readonly string[]])[]): Iterable<Values> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield new Map();
    return;
  }
  const [variable, values] = first;
  for (const value of values) for (const others of combinations(rest)) yield new Map([...others, [variable, value]]);
}

/** `undefined`: there are too many. */
function formulasFor(template: Template, names: readonly string[]): Formulas | undefined {
  const conditions = objectAt(template.root, "Conditions");
  const formulas = new Map<string, Formula>();
  const open = [...names];
  let size = 0;
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (formulas.has(name)) continue;
    // One that is not there, or half typed, may hold or not.
    const written = writtenIn(conditions).get(name) ?? { formula: free(`condition ${name}`), named: [], size: 1 };
    formulas.set(name, written.formula);
    size += written.size;
    if (size > mostParts) return undefined;
    for (const one of written.named) open.push(one);
  }
  return formulas;
}

const kept = keptOfObjects<ReadonlyMap<string, Written>>();

/** The last of each name. */
function writtenIn(conditions: ObjectNode | undefined): ReadonlyMap<string, Written> {
  if (conditions === undefined) return new Map();
  const before = kept.of(conditions);
  if (before !== undefined) return before;
  const all = new Map<string, Written>();
  for (const { spelled, value } of conditions.members) {
    if (value === undefined) continue;
    const named: string[] = [];
    const formula = read(value, 0, named);
    all.set(spelled, { formula, named, size: sizeOf(formula) });
  }
  kept.keep(conditions, all);
  return all;
}

function sizeOf(formula: Formula): number {
  switch (formula.kind) {
    case "not":
      return 1 + sizeOf(formula.of);
    case "and":
    case "or":
      return formula.of.reduce((sum, one) => sum + sizeOf(one), 1);
    default:
      return 1;
  }
}

function free(variable: string): Formula {
  return { kind: "is", variable, value: "true" };
}

/** @param named gets the conditions that it names */
function read(node: Node, depth: number, named: string[]): Formula {
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined || depth > deepest) return free(textOf(node));
  const { name, argument } = intrinsic;
  const items = argument?.kind === "list" ? argument.items : [];
  switch (name) {
    case "Condition": {
      const condition = stringOf(argument);
      if (condition === undefined) return free(textOf(node));
      named.push(condition);
      return { kind: "condition", name: condition };
    }
    case "Fn::Not": {
      const [only] = items;
      return only === undefined ? free(textOf(node)) : { kind: "not", of: read(only, depth + 1, named) };
    }
    case "Fn::And":
    case "Fn::Or":
      return { kind: name === "Fn::And" ? "and" : "or", of: items.map((item) => read(item, depth + 1, named)) };
    case "Fn::Equals":
      return equals(items) ?? free(textOf(node));
    default:
      return free(textOf(node));
  }
}

function equals([one, another]: readonly Node[]): Formula | undefined {
  if (one === undefined || another === undefined) return undefined;
  const [a, b] = [wordOf(one), wordOf(another)];
  if (a !== undefined && b !== undefined) return { kind: "constant", value: a === b };
  if (a === undefined && b === undefined) return undefined;
  return { kind: "is", variable: variableOf(a === undefined ? one : another), value: a ?? b ?? "" };
}

/** As CloudFormation compares it: everything is a text. */
function wordOf(node: Node): string | undefined {
  return node.kind === "scalar" && node.value !== undefined ? (node.plain ?? String(node.value)) : undefined;
}

const ofParameter = "parameter ";

function variableOf(node: Node): string {
  const intrinsic = intrinsicOf(node);
  const reference = intrinsic === undefined ? undefined : referenceOf(intrinsic);
  return reference === undefined || reference.attribute !== undefined ? textOf(node) : ofParameter + reference.id;
}

function parameterOf(template: Template, variable: string): Node | undefined {
  return variable.startsWith(ofParameter)
    ? valueOf(objectAt(template.root, "Parameters"), variable.slice(ofParameter.length))
    : undefined;
}

function allowedValues(template: Template, variable: string): readonly string[] | undefined {
  const allowed = valueOf(parameterOf(template, variable), "AllowedValues");
  const words = allowed?.kind === "list" ? allowed.items.map(wordOf) : [];
  return words.length === 0 ? undefined : words.flatMap((word) => word ?? []);
}

function defaultOf(template: Template, variable: string): string | undefined {
  const value = valueOf(parameterOf(template, variable), "Default");
  return value === undefined ? undefined : wordOf(value);
}

/** What tells one computed value from another: what is called, with what. */
function textOf(node: Node): string {
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined)
    return node.kind === "list" ? `[${node.items.map(textOf).join()}]` : (JSON.stringify(jsonOf(node)) ?? "");
  return `${intrinsic.name}(${intrinsic.argument === undefined ? "" : textOf(intrinsic.argument)})`;
}

function gather(formula: Formula, domains: Map<string, Set<string>>): void {
  if (formula.kind === "is") {
    const known = domains.get(formula.variable) ?? new Set();
    domains.set(formula.variable, known.add(formula.value));
  } else if (formula.kind === "not") gather(formula.of, domains);
  else if (formula.kind === "and" || formula.kind === "or") for (const one of formula.of) gather(one, domains);
}

/** @param known the conditions that were asked already */
function holds(formula: Formula, values: Values, formulas: Formulas, known: Map<string, boolean>): boolean {
  switch (formula.kind) {
    case "constant":
      return formula.value;
    case "is":
      return values.get(formula.variable) === formula.value;
    case "condition": {
      const { name } = formula;
      const before = known.get(name);
      if (before !== undefined) return before;
      // Until it is known: a condition that names itself is none.
      known.set(name, false);
      const own = formulas.get(name);
      const value = own !== undefined && holds(own, values, formulas, known);
      known.set(name, value);
      return value;
    }
    case "not":
      return !holds(formula.of, values, formulas, known);
    case "and":
      return formula.of.every((one) => holds(one, values, formulas, known));
    case "or":
      return formula.of.some((one) => holds(one, values, formulas, known));
  }
}
