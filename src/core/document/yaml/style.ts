import { entriesOf } from "../json/layout.ts";
import { type Container, isContainer, type Node, type Tree } from "../tree.ts";
import type { Page } from "./layout.ts";
import { canBePlain, type Quote } from "./scalar.ts";

/** How a file is written, for what is new in it. */
export interface Style {
  readonly eol: string;
  /** How much deeper the members of an object stand than its name. */
  readonly step: number;
  /** How much deeper the dashes of a list stand than its name. */
  readonly dashes: number;
  /** How values, and how names, are quoted. */
  readonly quote: Quote;
  readonly nameQuote: Quote;
  /** The quotes of what has to have some. */
  readonly needed: Quote | undefined;
  /** What stands inside of braces that are on one line. */
  readonly blank: string;
  /** Between entries on one line. */
  readonly comma: string;
  /** Between a name and a value on one line. */
  readonly colon: string;
  /** `Ref:` rather than `!Ref`. */
  readonly longCalls: boolean;
  /** Whether a text of several lines may stand below a `|`. */
  readonly literals: boolean;
}

/** What the whole file shows, and what is beside a place. Each is found out once. */
export class Styles {
  readonly #tree: Tree;
  readonly #page: Page;
  #file: Style | undefined;
  readonly #known = new Map<Container, Style>();

  constructor(tree: Tree, page: Page) {
    this.#tree = tree;
    this.#page = page;
  }

  /** For what is written into a container, or in place of something in it. */
  at(container: Container | undefined): Style {
    this.#file ??= this.#ofFile();
    if (container === undefined) return this.#file;
    const known = this.#known.get(container) ?? this.#beside(container, this.#file);
    this.#known.set(container, known);
    return known;
  }

  #ofFile(): Style {
    const seen = new Seen(this.#page);
    const all = [this.#tree.root];
    for (let node = all.pop(); node !== undefined; node = all.pop()) {
      seen.look(node);
      if (node.kind === "computed") all.push(...(node.call?.argument === undefined ? [] : [node.call.argument]));
      else if (isContainer(node)) for (const entry of entriesOf(node)) addNode(entry, all);
    }
    const { text, eol } = this.#page;
    return {
      eol,
      step: seen.step?.size ?? 2,
      dashes: seen.dashes ?? Math.min(2, seen.step?.size ?? 2),
      quote: seen.values.most ?? "plain",
      nameQuote: seen.names.most ?? "plain",
      needed: seen.needed.most,
      blank: seen.blank ?? " ",
      comma: seen.comma ?? ", ",
      colon: seen.colon ?? ": ",
      longCalls:
        !/[\s[{,]!(?:Ref|Sub|GetAtt|If|Join|Select|Split|FindInMap|ImportValue)\s/.test(text) &&
        /(?:^|[\s{,-])["']?(?:Ref|Fn::[A-Z][A-Za-z0-9]{1,20})["']?:\s/.test(text),
      literals: true,
    };
  }

  /** Its own entries say how quotes and lists are written; what they do not, the file does. */
  #beside(container: Container, file: Style): Style {
    const seen = new Seen(this.#page);
    seen.look(container);
    for (const entry of entriesOf(container)) {
      const node = entry.kind === "member" ? entry.value : entry;
      if (node?.kind === "scalar") seen.look(node);
    }
    return {
      ...file,
      dashes: seen.dashes ?? file.dashes,
      quote: seen.values.most ?? file.quote,
      nameQuote: seen.names.most ?? file.nameQuote,
      needed: seen.needed.most ?? file.needed,
      blank: seen.blank ?? file.blank,
      comma: seen.comma ?? file.comma,
      colon: seen.colon ?? file.colon,
    };
  }
}

function addNode(
  entry: Node | { readonly kind: "member"; readonly value: Node | undefined },
  to: (Node | undefined)[],
): void {
  const node = entry.kind === "member" ? entry.value : entry;
  if (node !== undefined) to.push(node);
}

/** What was found, node by node. */
class Seen {
  readonly #page: Page;
  readonly values = new Count<Quote>();
  readonly names = new Count<Quote>();
  readonly needed = new Count<Quote>();
  readonly #dashes = new Count<number>();
  /** The first one in the text. */
  step: { readonly at: number; readonly size: number } | undefined;
  #brackets: Container | undefined;
  #several: Container | undefined;
  #named: { readonly at: number; readonly colon: string } | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  look(node: Node): void {
    const page = this.#page;
    if (node.kind === "scalar") {
      const isInFlow = page.isInFlow(node);
      if (typeof node.value === "string" && node.plain === undefined)
        this.#quote(this.values, node.start, node.value, isInFlow);
    } else if (isContainer(node)) {
      if (page.isFlow(node)) this.#lookFlow(node);
      if (node.kind === "object") this.#lookMembers(node);
    }
  }

  get dashes(): number | undefined {
    return this.#dashes.most;
  }

  get blank(): string | undefined {
    const at = this.#brackets?.start;
    return at === undefined ? undefined : this.#page.text[at + 1] === " " ? " " : "";
  }

  get comma(): string | undefined {
    if (this.#several === undefined) return undefined;
    const [first, second] = entriesOf(this.#several);
    const between = this.#page.text.slice(first?.end, second?.start);
    return between.includes(",") && !/\s/.test(between) ? "," : ", ";
  }

  get colon(): string | undefined {
    return this.#named?.colon;
  }

  #lookMembers(node: Node & { readonly kind: "object" }): void {
    const page = this.#page;
    for (const { keySpan, spelled, value } of node.members) {
      this.#quote(this.names, keySpan.start, spelled, page.isFlow(node));
      if (value === undefined || !isContainer(value) || page.isFlow(value)) continue;
      const [outer, inner] = [page.column(keySpan.start), page.column(value.start)];
      if (!page.startsLine(value.start)) continue;
      if (value.kind === "list" && inner >= outer) this.#dashes.add(inner - outer);
      if (value.kind === "object" && inner > outer && (this.step === undefined || value.start < this.step.at))
        this.step = { at: value.start, size: inner - outer };
    }
  }

  #lookFlow(node: Container): void {
    const page = this.#page;
    const entries = entriesOf(node);
    const [first] = entries;
    if (first === undefined || !page.hasBrackets(node)) return;
    const isOnOneLine = !page.text.slice(node.start, first.start).includes("\n");
    if (node.kind === "object" && isOnOneLine) this.#brackets = earlier(this.#brackets, node);
    if (entries.length > 1) this.#several = earlier(this.#several, node);
    if (first.kind !== "member" || first.value === undefined) return;
    const at = node.start;
    if (this.#named !== undefined && this.#named.at < at) return;
    const isTight = page.text.slice(first.keySpan.end, first.value.start) === ":";
    this.#named = { at, colon: isTight ? ":" : ": " };
  }

  /** Quotes that have to be there do not say that others like them. */
  #quote(count: Count<Quote>, at: number, text: string, isInFlow: boolean): void {
    const first = this.#page.text[at];
    if (first === "|" || first === ">") return;
    const quote = first === '"' ? "double" : first === "'" ? "single" : "plain";
    if (quote !== "plain") this.needed.add(quote);
    if (quote === "plain" || canBePlain(text, isInFlow)) count.add(quote);
  }
}

function earlier(known: Container | undefined, node: Container): Container {
  return known !== undefined && known.start < node.start ? known : node;
}

/** How often each was there. */
class Count<Key> {
  readonly #counts = new Map<Key, number>();

  add(key: Key): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** The one that was there more often than any other; the first of them where there are several. */
  get most(): Key | undefined {
    let most: Key | undefined;
    for (const [key, count] of this.#counts) {
      if (most === undefined || count > (this.#counts.get(most) ?? 0)) most = key;
    }
    return most;
  }
}
