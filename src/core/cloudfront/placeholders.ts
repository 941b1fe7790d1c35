// Values of custom headers are secrets: the text of a draft shows placeholders, and this knows what they stand for.
import { parseJson } from "../document/json/read.ts";
import { mask } from "../document/masking.ts";
import { memberOf, type Node, stringOf, type Tree } from "../document/tree.ts";
import { applyEdits, type Span, type TextEdit } from "../text.ts";
import { pathOf } from "./comparison.ts";
import { isHeaderName, secretsOf } from "./secrets.ts";

/**
 * Placeholders, and what each stands for. While there is a draft it only grows: a placeholder that comes back, as by
 * undoing, means what it meant.
 */
export type KeptValues = Readonly<Record<string, HeaderValue>>;

/** Behind a placeholder of what was typed and is no value: what is kept for it is the text, as it was typed. */
const unclear = "?";

/** A number is none for CloudFront, which is the rules' to say: it is as secret. */
type HeaderValue = string | number;

/** A text with values in place of its placeholders. */
export interface Resolved {
  readonly text: string;
  /** Placeholders that stand for nothing that is known, or stand where there is no header value, in document order. */
  readonly unresolved: readonly Unresolved[];
}

export interface Unresolved extends Span {
  readonly says: string;
}

/** What puts placeholders in place of the header values of a text, and all that placeholders mean by then. */
export interface Masking {
  readonly edits: readonly TextEdit[];
  readonly values: KeptValues;
}

/**
 * Of what somebody types: placeholders are among it, and what was typed into one, which may be a value or not.
 * A value that was there before in the same place has the same placeholder: typing it again changes nothing.
 * @param id of the distribution, which every placeholder names
 */
export function maskingOf(tree: Tree, id: string, known: KeptValues): Masking {
  return masking(tree, id, known, ({ node, value }) => {
    if (isUntouched(value, id, known) || isHalfTyped(node, tree)) return "none";
    return isLikePlaceholder(value) ? "unclear" : "value";
  });
}

/** One that nobody knows here is another distribution's; with what may be left of this one's id, it was typed into. */
function isUntouched(value: HeaderValue, id: string, known: KeptValues): boolean {
  if (typeof value !== "string") return false;
  const other = distributionIn(value)?.id;
  return value === mask || Object.hasOwn(known, value) || (other !== undefined && isOtherId(other, id));
}

/** Where something is typed into an id, its first or its last characters are left. No id has more than 15. */
function isOtherId(other: string, id: string): boolean {
  const isLeft = other.slice(0, 4) === id.slice(0, 4) || other.slice(-4) === id.slice(-4);
  return !isLeft && /^E[A-Z\d]{1,14}$/.test(other);
}

/** It may go on behind what was read of it: `"one"two"`. Of a text with more faults nothing is sure. */
function isHalfTyped(node: Node, { problems }: Tree): boolean {
  const isNear = ({ start, end }: Span) => start < end && start <= node.end && end >= node.start;
  return problems.length > mostProblems || problems.some(isNear);
}

const mostProblems = 20;

/** Of what CloudFront has or gets: nothing in it is a placeholder, whatever it says. */
export function withPlaceholders(
  text: string,
  id: string,
  known: KeptValues,
): { readonly text: string; readonly values: KeptValues } {
  const { edits, values } = masking(parseJson(text, "jsonc"), id, known, () => "value");
  return { text: applyEdits(text, edits), values };
}

type Meaning = "value" | "unclear" | "none";

function masking(tree: Tree, id: string, known: KeptValues, meaningOf: (placed: Placed) => Meaning): Masking {
  const placeholders = new Placeholders(known);
  const { text } = tree;
  const edits = headerValues(tree).flatMap((placed): TextEdit[] => {
    const meaning = meaningOf(placed);
    if (meaning === "none") return [];
    const { node, value, place } = placed;
    const span = { start: node.start, end: node.end };
    const typed = text.slice(span.start, span.end);
    const label = [...place, id].map(short);
    const placeholder =
      meaning === "unclear" || isRounded(value, typed)
        ? placeholders.of(typed, [...label, unclear].join(separator))
        : placeholders.of(value, label.join(separator));
    return [{ span, text: JSON.stringify(placeholder) }];
  });
  return { edits, values: placeholders.values() };
}

/** A number of which something is lost when it is read: 1e400, or more digits than it can have. */
function isRounded(value: HeaderValue, typed: string): boolean {
  return typeof value === "number" && JSON.stringify(value) !== typed;
}

/** The text of a draft with the values that its placeholders stand for, wherever those were moved. */
export function withValues(text: string, values: KeptValues): Resolved {
  return resolved(parseJson(text, "jsonc"), (_, placeholder) =>
    Object.hasOwn(values, placeholder) && !isUnclear(placeholder) ? values[placeholder] : undefined,
  );
}

/** What was typed where a placeholder stands that is never sent, as JSON; `undefined`: it is no such placeholder. */
export function typedFor(placeholder: string, values: KeptValues): string | undefined {
  const typed = isUnclear(placeholder) && Object.hasOwn(values, placeholder) ? values[placeholder] : undefined;
  return typeof typed === "string" ? typed : undefined;
}

/** It stands for what was typed and is no value. */
export function isUnclear(placeholder: string): boolean {
  const [last = "", before] = placeholder.split(separator).reverse();
  return placeholder.startsWith(mask) && (last === unclear || (before === unclear && /^\d+$/.test(last)));
}

/**
 * A placeholder or mask in any other text stands for what CloudFront has in the same place, which does not change. One
 * with a number does not: it stood for a value that only a draft had. Nor does one that was typed into.
 */
export function withValuesOf(theirs: Tree, mine: Tree): Resolved {
  const known = new Map([...secretsOf(theirs)].map((node) => [pathOf(node), headerValueOf(node)]));
  return resolved(mine, (node, says) => (isUnchanged(says) ? known.get(pathOf(node)) : undefined));
}

/** Where a text has placeholders or masks: as it stands, it must not be sent. */
export function placeholdersIn(tree: Tree): readonly Span[] {
  return resolved(tree, () => undefined).unresolved;
}

function resolved(tree: Tree, valueOf: (node: Node, placeholder: string) => HeaderValue | undefined): Resolved {
  const secrets = secretsOf(tree);
  const edits: TextEdit[] = [];
  const unresolved: Unresolved[] = [];
  for (const node of scalarsOf(tree)) {
    const says = stringOf(node);
    const isSecret = secrets.has(node);
    if (says === undefined || !(isSecret ? isLikePlaceholder(says) : says.startsWith(mask))) continue;
    // Anywhere else its value would be sent for all to see.
    const value = isSecret ? valueOf(node, says) : undefined;
    const at = { start: node.start, end: node.end };
    if (value === undefined) unresolved.push({ ...at, says });
    else edits.push({ span: at, text: JSON.stringify(value) });
  }
  return { text: applyEdits(tree.text, edits), unresolved: unresolved.sort((one, other) => one.start - other.start) };
}

/** One, or what is left of it; `unclear`: it stands for nothing that can be sent. */
export function placeholderAt(node: Node): "value" | "unclear" | undefined {
  const says = stringOf(node);
  if (says === undefined || !isLikePlaceholder(says)) return undefined;
  return isUnclear(says) ? "unclear" : "value";
}

/** No header has such a character: somebody edited a placeholder, and this is what is left of its mask. */
function isLikePlaceholder(value: HeaderValue): boolean {
  return typeof value === "string" && value.includes(mask.charAt(0));
}

const separator = " · ";

/**
 * As this extension shows a value of CloudFront: masked, or with the distribution that it is of. A number in its place
 * says that another value was there first; anything else, that somebody began to type one.
 */
function isUnchanged(says: string): boolean {
  return says === mask || distributionIn(says)?.isFirst === true;
}

/** The distribution that a whole placeholder names, and whether it is the first of its place. */
function distributionIn(says: string): { readonly id: string; readonly isFirst: boolean } | undefined {
  if (!says.startsWith(`${mask} `)) return undefined;
  const [last = "", ...before] = says.split(separator).reverse();
  const isFirst = !/^\d+$/.test(last);
  const [id, ...place] = isFirst ? [last, ...before] : before;
  return id !== undefined && place.length > 0 && /^[A-Z\d]+$/.test(id) ? { id, isFirst } : undefined;
}

class Placeholders {
  readonly #values: Map<string, HeaderValue>;
  /** By label: how many there are, and which value has which. */
  readonly #labels = new Map<string, { count: number; readonly known: Map<HeaderValue, string> }>();

  constructor(values: KeptValues) {
    this.#values = new Map(Object.entries(values));
  }

  /** No words are in it: what is kept is the same in every language. */
  of(value: HeaderValue, label: string): string {
    const here = this.#labels.get(label) ?? { count: 0, known: new Map<HeaderValue, string>() };
    this.#labels.set(label, here);
    for (;;) {
      const known = here.known.get(value);
      if (known !== undefined) return known;
      here.count += 1;
      const placeholder = `${mask} ${label}${here.count === 1 ? "" : `${separator}${here.count}`}`;
      const kept = this.#values.get(placeholder) ?? value;
      this.#values.set(placeholder, kept);
      here.known.set(kept, placeholder);
    }
  }

  values(): KeptValues {
    return Object.fromEntries(this.#values);
  }
}

// --- where they stand

interface Placed {
  readonly node: Node;
  readonly value: HeaderValue;
  /** The name of the header, and the id of the origin, as far as they are there. */
  readonly place: readonly string[];
}

/** In document order. */
function headerValues(tree: Tree): Placed[] {
  interface Open {
    readonly node: Node;
    readonly name: string | undefined;
    /** What stands for the name where there is none. */
    readonly key: string | undefined;
    readonly origin: string | undefined;
  }
  const secrets = secretsOf(tree);
  const found: Placed[] = [];
  const open: Open[] =
    tree.root === undefined ? [] : [{ node: tree.root, name: undefined, key: undefined, origin: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, name, key, origin } = next;
    if (node.kind === "list") for (const item of node.items) open.push({ ...next, node: item });
    else if (node.kind === "object") {
      const own = textOf(node.members.find((member) => isHeaderName(member.key))?.value) ?? name;
      const id = textOf(memberOf(node, "Id")?.value) ?? origin;
      for (const { key, value } of node.members)
        if (value !== undefined) open.push({ node: value, name: own, key, origin: id });
    } else {
      const value = headerValueOf(node);
      if (value !== undefined && secrets.has(node))
        found.push({ node, value, place: [name ?? key, origin].flatMap((part) => part ?? []) });
    }
  }
  return found.sort((one, other) => one.node.start - other.node.start);
}

function* scalarsOf({ root }: Tree): Generator<Node> {
  const open = root === undefined ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "list") for (const item of node.items) open.push(item);
    else if (node.kind === "object") {
      for (const { value } of node.members) if (value !== undefined) open.push(value);
    } else yield node;
  }
}

function headerValueOf(node: Node): HeaderValue | undefined {
  return node.kind === "scalar" && (typeof node.value === "string" || typeof node.value === "number")
    ? node.value
    : undefined;
}

function textOf(node: Node | undefined): string | undefined {
  const text = stringOf(node);
  return text === "" ? undefined : text;
}

const longestPart = 64;

function short(text: string): string {
  const plain = text.slice(0, 2 * longestPart).replaceAll(/[\p{C}\p{Z}]+/gu, " ");
  return plain.length <= longestPart ? plain : `${plain.slice(0, longestPart - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
