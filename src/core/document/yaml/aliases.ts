import type { Span } from "../../text.ts";
import type { Change, Entry } from "../change.ts";
import { entriesOf } from "../json/layout.ts";
import { isContainer, type Node, type Tree } from "../tree.ts";
import type { Page } from "./layout.ts";

/** `*name`, and where the `&name` stands that it means. */
interface Alias {
  readonly at: number;
  readonly anchor: number;
}

/** More than anybody writes: what a change would tear is not looked for among them. */
const most = 1000;

/** Which changes would part an alias from what it stands for. */
export class Aliases {
  readonly #tree: Tree;
  readonly #page: Page;
  #known: readonly Alias[] | undefined;

  constructor(tree: Tree, page: Page) {
    this.#tree = tree;
    this.#page = page;
  }

  isTorn(change: Change): boolean {
    this.#known ??= this.#find();
    if (this.#known.length === 0) return false;
    if (this.#known.length > most) return true;
    const page = this.#page;
    switch (change.kind) {
      case "set":
        return this.#isLost(change.node);
      case "remove":
        return this.#isLost(this.#whole(change.entry));
      case "lift":
        return this.#isLost(change.whole, change.part);
      case "move":
        return this.#isMoved(change.member) || (page.isFlow(change.to) && this.#hasAnchor(change.member));
      case "enclose":
        return change.members.some(
          ({ member }) => this.#isMoved(member) || (page.isFlow(change.to) && this.#hasAnchor(member)),
        );
      default:
        return false;
    }
  }

  #find(): readonly Alias[] {
    const { text, root } = this.#tree;
    if (root === undefined || !text.includes("&") || !text.includes("*")) return [];
    const aliases = aliasesIn(root);
    if (aliases.length === 0) return [];
    const found: Alias[] = [];
    const anchors = new Map<string, number>();
    let next = 0;
    for (const { index, 1: name = "" } of text.matchAll(/&([^\s,[\]{}]+)/g)) {
      for (let alias = aliases[next]; alias !== undefined && alias.at < index; alias = aliases[++next])
        found.push({ at: alias.at, anchor: anchors.get(alias.name) ?? -1 });
      anchors.set(name, index);
    }
    for (const { at, name } of aliases.slice(next)) found.push({ at, anchor: anchors.get(name) ?? -1 });
    return found;
  }

  #whole(entry: Entry): Span {
    const start = entry.parent === undefined ? entry.start : this.#page.startOf(entry, entry.parent.start);
    return { start, end: this.#page.endOf(entry) };
  }

  /** Whether what goes is meant elsewhere. */
  #isLost(gone: Span, but?: Span): boolean {
    const goes = (at: number): boolean => isIn(at, gone) && !(but !== undefined && isIn(at, but));
    return this.#known?.some(({ at, anchor }) => goes(anchor) && !goes(at)) === true;
  }

  /** An alias stands behind what it means, wherever both go. */
  #isMoved(entry: Entry): boolean {
    const span = this.#whole(entry);
    return this.#known?.some(({ at, anchor }) => isIn(anchor, span) !== isIn(at, span)) === true;
  }

  #hasAnchor(entry: Entry): boolean {
    const span = this.#whole(entry);
    return this.#known?.some(({ anchor }) => isIn(anchor, span)) === true;
  }
}

function isIn(at: number, { start, end }: Span): boolean {
  return start <= at && at < end;
}

/** In document order. */
function aliasesIn(root: Node): readonly { readonly at: number; readonly name: string }[] {
  const found: { readonly at: number; readonly name: string }[] = [];
  const open: Entry[] = [root];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry.kind === "member") {
      if (entry.value !== undefined) open.push(entry.value);
    } else if (isContainer(entry)) for (const inner of entriesOf(entry)) open.push(inner);
    else if (entry.kind === "computed" && entry.call !== undefined) {
      const { name, argument } = entry.call;
      if (name === "*" && argument?.kind === "scalar") found.push({ at: entry.start, name: String(argument.value) });
      else if (argument !== undefined) open.push(argument);
    }
  }
  return found.sort((one, other) => one.at - other.at);
}
