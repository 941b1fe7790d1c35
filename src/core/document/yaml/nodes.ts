import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, parseDocument, type Scalar, Schema } from "yaml";
import { ReadMember } from "../placed.ts";
import type { Call, Container, Member, Node, SyntaxProblem } from "../tree.ts";

/** A text, or a part of one that is read alone. */
export interface Part {
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
}

// Unique keys are looked for in quadratic time; a name that is repeated is nobody's matter here.
const options = {
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
  // Made once: a text may be read in thousands of parts.
  schema: new Schema({ schema: "core", resolveKnownTags: true }),
} as const;

/**
 * Reads a text of YAML as a tree, whatever state it is in. What YAML 1.1 takes for no text is none, as CloudFormation
 * reads it. Never throws.
 * @param shift added to every offset, for a text that is a part of a longer one
 * @param names one for all members of that name, in all parts of a text
 */
export function parsePart(text: string, shift: number, names = new Map<string, string>()): Part {
  try {
    const { contents, errors, warnings } = parseDocument(text, options);
    const problems = errors
      .map(({ code, pos }) => ({ start: shift + pos[0], end: shift + pos[1], code }))
      .sort((a, b) => a.start - b.start);
    const tags = warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED").map(({ pos: [start] }) => start);
    const joined = errors.filter(({ code }) => code === "MULTILINE_IMPLICIT_KEY").map(({ pos: [start] }) => start);
    const reader = new NodeReader(text, shift, tags, new Set(joined), names);
    return { root: reader.node(contents, undefined), problems };
  } catch (error) {
    // Nested too deeply to be read.
    if (!(error instanceof RangeError)) throw error;
    return { root: undefined, problems: [{ start: shift, end: shift, code: "too-deep" }] };
  }
}

/** What YAML 1.1 has for true and false beside these two words. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...["yes", "Yes", "YES", "on", "On", "ON", "y", "Y"].map((word) => [word, true] as const),
  ...["no", "No", "NO", "off", "Off", "OFF", "n", "N"].map((word) => [word, false] as const),
]);

class NodeReader {
  readonly #text: string;
  readonly #shift: number;
  /** Where tags stand that are none of YAML's own, in order. */
  readonly #tags: readonly number[];
  /** Where names begin that stand on more than one line. */
  readonly #joined: ReadonlySet<number>;
  readonly #names: Map<string, string>;

  constructor(
    text: string,
    shift: number,
    tags: readonly number[],
    joined: ReadonlySet<number>,
    names: Map<string, string>,
  ) {
    this.#joined = joined;
    this.#text = text;
    this.#shift = shift;
    this.#tags = tags;
    this.#names = names;
  }

  /** `undefined` where nothing stands. */
  node(given: unknown, parent: Container | undefined): Node | undefined {
    const parsed = given as ParsedNode | null;
    if (parsed === null || parsed === undefined) return undefined;
    if (isAlias(parsed)) {
      const { start, end } = this.#span(parsed.range);
      const argument: Node = { kind: "scalar", value: parsed.source, parent, start, end };
      return { kind: "computed", call: { name: "*", argument }, parent, start, end };
    }
    const tag = parsed.tag;
    if (tag === undefined || !isOwn(tag)) return this.#plain(parsed, parent);
    const inner = isEmpty(parsed) ? undefined : this.#plain(parsed, parent);
    const [from] = parsed.range;
    const at = tag === "!" ? this.#bangBefore(from) : this.#tagBefore(inner === undefined ? from + 1 : from);
    const start = this.#shift + (at ?? from);
    const end = inner?.end ?? Math.max(start + tag.length, this.#shift + parsed.range[1]);
    const call: Call = { name: tag, argument: inner };
    return { kind: "computed", call, parent, start, end };
  }

  #plain(
    parsed: Exclude<ParsedNode, { source: string; resolve: unknown }>,
    parent: Container | undefined,
  ): Node | undefined {
    if (isScalar(parsed)) return this.#scalar(parsed, parent);
    const span = this.#span(parsed.range);
    if (isMap(parsed)) {
      const object = { kind: "object" as const, members: [] as Member[], kept: undefined, parent, ...span };
      for (const pair of parsed.items) object.members.push(...this.#members(pair, object));
      if (parsed.flow !== true) object.end = object.members.at(-1)?.end ?? object.end;
      return object;
    }
    if (!isSeq(parsed)) return undefined;
    const list = { kind: "list" as const, items: [] as Node[], parent, ...span };
    for (const item of parsed.items) {
      const node = this.node(item, list);
      if (node !== undefined) list.items.push(node);
    }
    if (parsed.flow !== true) list.end = Math.max(list.items.at(-1)?.end ?? 0, list.start + 1);
    return list;
  }

  #members({ key, value }: Pair, object: Member["parent"]): ReadMember[] {
    const name = key as ParsedNode | null;
    if (name === null || name.range === null) return [];
    const lines = this.#joined.has(name.range[0]) ? this.#linesOf(name.range[0], name.range[1]) : undefined;
    const members = lines?.map(({ start, text }) => this.#named(withoutQuotes(text), start, text.length, object)) ?? [
      this.#namedBy(name, object),
    ];
    const last = members.at(-1);
    if (last === undefined) return members;
    last.value = this.node(value, object);
    last.end = last.value?.end ?? last.keyEnd;
    return members;
  }

  #namedBy(name: ParsedNode, object: Member["parent"]): ReadMember {
    const { start, end } = this.#span(name.range);
    const text = isScalar(name) && typeof name.value === "string" ? name.value : this.#slice(start, end);
    return this.#named(text, start, end - start, object);
  }

  #named(name: string, start: number, length: number, object: Member["parent"]): ReadMember {
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, name);
    return new ReadMember(known ?? name, start, start + length, object);
  }

  /**
   * The lines of a name that goes over several, which is a fault: those above the last are being typed, and have no
   * colon yet. `undefined` unless they begin below each other.
   */
  #linesOf(from: number, to: number): { readonly start: number; readonly text: string }[] | undefined {
    const column = from - this.#text.lastIndexOf("\n", from) - 1;
    const lines: { start: number; text: string }[] = [];
    for (let at = from; at < to; ) {
      const end = this.#text.indexOf("\n", at);
      const line = this.#text.slice(at, end < 0 ? to : Math.min(end, to));
      const text = line.trim();
      const start = at + line.length - line.trimStart().length;
      if (text !== "" && at !== from && start - at !== column) return undefined;
      if (text !== "") lines.push({ start: this.#shift + start, text });
      at += line.length + 1;
    }
    return lines;
  }

  #scalar(parsed: Scalar.Parsed, parent: Container | undefined): Node | undefined {
    if (isEmpty(parsed)) return undefined;
    const { value, source, type } = parsed;
    const [from, to] = parsed.range;
    const start = this.#shift + from;
    const end = this.#shift + (type?.startsWith("BLOCK_") === true ? this.#withoutLineEnd(to) : to);
    if (type !== "PLAIN")
      return { kind: "scalar", value: this.#isOpen(from, to, type) ? undefined : String(value), parent, start, end };
    const word = words.get(source);
    if (word !== undefined) return { kind: "scalar", value: word, plain: source, parent, start, end };
    if (typeof value === "string") return { kind: "scalar", value, parent, start, end };
    const read = typeof value === "number" || typeof value === "boolean" || value === null ? value : source;
    return { kind: "scalar", value: read, plain: source, parent, start, end };
  }

  /** Whether the quote at its end is missing: what is read then goes on into what stands below. */
  #isOpen(from: number, to: number, type: string | undefined): boolean {
    return type?.startsWith("QUOTE_") === true && (to - from < 2 || this.#text[to - 1] !== this.#text[from]);
  }

  /** The tag without a name, of which no warning tells. */
  #bangBefore(offset: number): number | undefined {
    const at = this.#text.lastIndexOf("!", offset);
    return at < 0 ? undefined : at;
  }

  /** The last one, found by halving: a text may have thousands. */
  #tagBefore(offset: number): number | undefined {
    let low = 0;
    let high = this.#tags.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tags[middle] ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#tags[low - 1];
  }

  #span([start, end]: readonly number[]): { start: number; end: number } {
    return { start: this.#shift + (start ?? 0), end: this.#shift + (end ?? start ?? 0) };
  }

  #slice(start: number, end: number): string {
    return this.#text.slice(start - this.#shift, end - this.#shift);
  }

  #withoutLineEnd(end: number): number {
    let at = end;
    while (at > 0 && /[\r\n]/.test(this.#text[at - 1] ?? "")) at--;
    return at;
  }
}

function withoutQuotes(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** Whether a tag is none of YAML's own, so that somebody else says what becomes of its value. */
function isOwn(tag: string): boolean {
  return !tag.startsWith("tag:yaml.org,2002:") || tag.endsWith(":binary");
}

/** Nothing is written there, and YAML calls it null. */
function isEmpty(parsed: ParsedNode): boolean {
  return isScalar(parsed) && parsed.type === "PLAIN" && parsed.source === "";
}
