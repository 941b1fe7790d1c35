import {
  type ComputedNode,
  type Container,
  type ListNode,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  type ScalarNode,
  stringOf,
} from "../document/tree.ts";
import type { Span } from "../text.ts";
import {
  api,
  type Dialect,
  isNest,
  meaningOf,
  type Names,
  nameIn,
  namesIn,
  onlyItem,
  type Root,
  type SpelledMember,
  spelledAt,
} from "./dialect.ts";
import type { Meanings, Meant, Site, TextPart } from "./meaning.ts";
import { type MemberType, type Shape, shapeFor, type Vocabulary } from "./shape.ts";

/** Where a part of a view comes from. */
export interface Seen {
  readonly dialect: Dialect;
  readonly vocabulary: Vocabulary;
  /** What the document has there; `undefined` for what the API has, and the dialect does not. */
  readonly raw: Node | undefined;
  /** How it is spelled; `undefined` where it is not known what it is. */
  readonly spelled: SpelledMember | undefined;
  /** Of an object whose members are known. */
  readonly shape?: Shape | undefined;
  /** Of an object: that of the document in which its members are written, and the way from its shape to this one. */
  readonly anchor?: Anchor;
  /** Of a list whose name is repeated for each item: where, and which. */
  readonly repeated?: { readonly in: ObjectNode; readonly name: string };
  /** In a document of many resources: which one it belongs to. */
  readonly site?: Site | undefined;
  /** Of what is computed: what it is put together from, as far as that is known. */
  readonly parts?: readonly TextPart[];
}

/** A member that is written as another dialect writes it: it is seen as what it means, and has to be changed. */
export interface ForeignMember {
  /** The part of the view that has it. */
  readonly object: ObjectNode;
  readonly member: Member;
  /**
   * `renamed`: by its name there. `absent`: the dialect of the document has none. `counted`: with `Quantity` and
   * `Items` around what is a plain list here.
   */
  readonly kind: "renamed" | "absent" | "counted";
  /** The name that it has here. */
  readonly called: string;
  /** Of what is counted: where it is, the list in it, and whether nothing else is beside that. */
  readonly items?: { readonly whole: Node; readonly list: Node; readonly isAlone: boolean };
}

interface Anchor {
  readonly raw: ObjectNode;
  readonly shape: Shape | undefined;
  readonly path: readonly string[];
}

/** The member of the document that an item of a list is. */
const rawItems = new WeakMap<Node, Member>();
const views = new WeakMap<Node, Node>();
const viewedMembers = new WeakMap<Member, Member>();
const nests = new WeakMap<Node, { readonly object: ObjectNode; readonly names: Names }>();
const secrets = new WeakSet<Node>();
const foreign = new WeakMap<Node, readonly ForeignMember[]>();
const lostWords = new WeakMap<Node, readonly ScalarNode[]>();

/** What is written as another dialect does it, of a whole view. */
export function foreignIn(view: Node): readonly ForeignMember[] {
  return foreign.get(view) ?? [];
}

/** `undefined` for a place that is no part of a view. */
export function seen(node: Node | Span): Seen | undefined {
  return Placed.seenAt(node);
}

/** The member of the document behind a member, or an item, of a view; a member of a document is itself. */
export function rawEntry(entry: Node | Member): Member | undefined {
  if (entry.kind !== "member") return rawItems.get(entry);
  return entry instanceof ViewMember ? entry.raw : entry;
}

/** A member of a document as its dialect means it. */
export function viewed(member: Member): Member {
  return viewedMembers.get(member) ?? member;
}

/** A part of a document as its dialect means it. */
export function viewedNode(node: Node): Node {
  return views.get(node) ?? node;
}

/** An object that only the dialect has: the one whose members are in it, and their names. */
export function nestOf(node: Node): { readonly object: ObjectNode; readonly names: Names } | undefined {
  return nests.get(node);
}

/** Whether a value of a document is one that its vocabulary calls a secret. */
export function isSecretIn(node: Node): boolean {
  return secrets.has(node);
}

export function dialectOf(node: Node): Dialect {
  return seen(node)?.dialect ?? api;
}

/** Which resource of a document it belongs to. */
export function siteOf(node: Node): Site | undefined {
  return seen(node)?.site;
}

/**
 * Whether a member that an object has in its document is decided when that is used: it has several values, or a value
 * or none, of which this view shows one.
 */
export function isDecidedLater(object: ObjectNode | undefined, key: string): boolean {
  const from = object === undefined ? undefined : seen(object);
  if (from?.site === undefined || from.anchor === undefined) return false;
  const shown = memberOf(object, key)?.value;
  const name = nameIn(from.dialect, from.shape, key);
  const written = from.anchor.raw.members.find(({ spelled }) => spelled === name)?.value;
  if (written === undefined) return false;
  return written.kind === "computed" || shown === undefined || seen(shown)?.raw !== written;
}

/** A text, or what one that is put together is made of, with `${?}` for each part that is known only later. */
export function writtenText(node: Node | undefined): string | undefined {
  if (node?.kind !== "computed") return stringOf(node);
  return seen(node)
    ?.parts?.map((part) => (typeof part === "string" ? part : "${?}"))
    .join("");
}

/** Whether it is one of a list, in the document or in its view; the list around a branch of a template is none. */
export function isListed(node: Node): boolean {
  if (siteOf(node) !== undefined) return false;
  return [node, seen(node)?.raw].some((one) => one?.parent?.kind === "list");
}

/** A document as the API would write it: the nodes are others, their places are those of the document. */
export function viewOf({ node, shape }: Root, dialect: Dialect, meanings?: Meanings): ObjectNode {
  return new Viewer(dialect, shape, meanings).whole(node);
}

/** Words of a whole view that are written so that they are read as another value than the text that they must be. */
export function lostWordsIn(view: Node): readonly ScalarNode[] {
  return lostWords.get(view) ?? [];
}

/** A part that stands where parts of a document stand, and moves with them. */
class Placed {
  parent: Container | undefined;
  /** In the part itself: a weak map of so many takes longer than to see them. */
  #seen: Seen | undefined = undefined;
  readonly #first: Span;
  #last: Span;

  constructor(raw: Span, parent: Container | undefined) {
    this.#first = raw;
    this.#last = raw;
    this.parent = parent;
  }

  static seenAt(part: object): Seen | undefined {
    return #seen in part ? part.#seen : undefined;
  }

  see(seen: Seen): void {
    this.#seen = seen;
  }

  reachTo(raw: Span): void {
    this.#last = raw;
  }

  get start(): number {
    return this.#first.start;
  }

  get end(): number {
    return this.#last.end;
  }
}

class ViewObject extends Placed implements ObjectNode {
  readonly kind = "object";
  readonly members: ViewMember[] = [];
  kept: unknown[] | undefined = undefined;
}

class ViewList extends Placed implements ListNode {
  readonly kind = "list";
  readonly items: Node[] = [];
}

class ViewScalar extends Placed implements ScalarNode {
  readonly kind = "scalar";
  readonly value: ScalarNode["value"];

  constructor(raw: Span, parent: Container | undefined, value: ScalarNode["value"]) {
    super(raw, parent);
    this.value = value;
  }
}

class ViewComputed extends Placed implements ComputedNode {
  readonly kind = "computed";
}

class ViewMember implements Member {
  readonly kind = "member";
  readonly key: string;
  readonly raw: Member;
  readonly parent: ObjectNode;
  value: Node | undefined = undefined;
  #last: Span;

  constructor(key: string, raw: Member, parent: ObjectNode) {
    this.key = key;
    this.raw = raw;
    this.parent = parent;
    this.#last = raw;
  }

  reachTo(raw: Span): void {
    this.#last = raw;
  }

  get spelled(): string {
    return this.raw.spelled;
  }

  get keySpan(): Span {
    return this.raw.keySpan;
  }

  get start(): number {
    return this.raw.start;
  }

  get end(): number {
    return this.#last.end;
  }
}

/** Values in values that are seen through a dialect; no shape of ours is a tenth as deep. */
const deepest = 100;

/** No name of the API begins so: what the dialect does not know is nothing that the API knows. */
const unknown = "\0";

/** A name that the dialect does not know, as the document writes it. */
export function withoutMark(key: string): string {
  return key.startsWith(unknown) ? key.slice(unknown.length) : key;
}

class Viewer {
  readonly #dialect: Dialect;
  readonly #root: Shape;
  readonly #world: Pick<Seen, "dialect" | "vocabulary" | "site">;
  readonly #meanings: Meanings | undefined;
  readonly #foreign: ForeignMember[] = [];
  readonly #lostWords: ScalarNode[] = [];
  #depth = 0;

  constructor(dialect: Dialect, root: Shape, meanings: Meanings | undefined) {
    this.#dialect = dialect;
    this.#root = root;
    this.#meanings = meanings;
    this.#world = { dialect, vocabulary: root.vocabulary, site: meanings?.site };
  }

  whole(raw: ObjectNode): ViewObject {
    const view = this.object(raw, this.#root, undefined, undefined);
    foreign.set(view, this.#foreign);
    lostWords.set(view, this.#lostWords);
    return view;
  }

  object(
    raw: ObjectNode,
    shape: Shape | undefined,
    parent: Container | undefined,
    spelled: SpelledMember | undefined,
  ): ViewObject {
    const view = new ViewObject(raw, parent);
    view.see({ ...this.#world, raw, spelled, shape, anchor: { raw, shape, path: [] } });
    views.set(raw, view);
    const names = shape === undefined ? undefined : namesIn(this.#dialect, shape);
    for (const member of raw.members) this.#place(view, member, names);
    return view;
  }

  #place(view: ViewObject, raw: Member, names: Names | undefined): void {
    if (raw.value !== undefined && this.#meant(raw.value).meant?.kind === "absent") return;
    const shape = seen(view)?.shape;
    const entry = names?.get(raw.spelled) ?? (shape === undefined ? undefined : this.#foreignEntry(view, raw, shape));
    if (entry === undefined) this.#addUnknown(view, raw);
    else if (!isNest(entry)) this.#add(view, raw, entry);
    else if (raw.value?.kind === "object") {
      nests.set(raw.value, { object: view, names: entry.names });
      for (const member of raw.value.members) this.#place(view, member, entry.names);
    } else this.#addUnknown(view, raw);
  }

  /** The member that a name of another dialect is here. */
  #foreignEntry(object: ViewObject, member: Member, shape: Shape): SpelledMember | undefined {
    // A name still being typed is no mistake yet.
    if (this.#dialect.deployedBy === undefined || member.value === undefined) return undefined;
    const entry = this.#sameEntry(member.spelled, shape);
    if (entry !== undefined) {
      this.#foreign.push({ object, member, kind: "renamed", called: entry.path.join(".") });
      return entry;
    }
    const key = sameName(member.spelled, shape.members.keys());
    const meant = key === undefined ? undefined : spelledAt(this.#dialect, shape, [key]);
    if (meant !== undefined) this.#foreign.push({ object, member, kind: "renamed", called: meant.path.join(".") });
    // In another spelling it may be a property of the template's own.
    else if (key === member.spelled) this.#foreign.push({ object, member, kind: "absent", called: "" });
    return meant;
  }

  #sameEntry(name: string, shape: Shape): SpelledMember | undefined {
    const names = namesIn(this.#dialect, shape);
    const entry = names.get(sameName(name, names.keys()) ?? "");
    return isNest(entry) ? undefined : entry;
  }

  #addUnknown(view: ViewObject, raw: Member): void {
    const meant = meaningOf(this.#dialect, this.#root, raw.spelled);
    const key = meant?.canonical.at(-1);
    const isElsewhere = key !== undefined && seen(view)?.shape?.members.has(key) !== true;
    const member = this.#member(view, isElsewhere ? key : unknown + raw.spelled, raw);
    if (raw.value !== undefined) member.value = this.#value(raw.value, isElsewhere ? meant : undefined, view);
  }

  #member(view: ViewObject, key: string, raw: Member): ViewMember {
    const member = new ViewMember(key, raw, view);
    viewedMembers.set(raw, member);
    view.members.push(member);
    return member;
  }

  #add(view: ViewObject, raw: Member, spelled: SpelledMember): void {
    let object = view;
    const steps = spelled.canonical.slice(0, -1);
    for (const [index, step] of steps.entries()) {
      if (step === onlyItem) continue;
      object = steps[index + 1] === onlyItem ? this.#onlyOf(object, step, raw) : this.#missing(object, step, raw);
    }
    const key = spelled.canonical.at(-1) ?? "";
    const counted = shapeFor(spelled.type, spelled.home);
    const items = counted?.members.get("Items");
    const written = raw.value === undefined ? undefined : this.#meant(raw.value);
    const isForeign =
      spelled.list === "plain" && written?.node.kind === "object" && this.#isCounted(view, raw, written.node);
    // One value is one of a list whose name is repeated.
    const isOne = spelled.list === "repeated" && written?.meant?.kind === "value";
    if (spelled.list === undefined || (written?.meant !== undefined && !isOne) || isForeign) {
      const member = this.#member(object, key, raw);
      if (raw.value !== undefined) member.value = this.#value(raw.value, spelled, object);
      return;
    }
    const isCounted = items?.kind === "list";
    const holder = isCounted ? this.#missing(object, key, raw) : object;
    const listKey = isCounted ? "Items" : key;
    if (spelled.list === "repeated") this.#addRepeated(holder, listKey, raw, spelled);
    else {
      const member = this.#member(holder, listKey, raw);
      if (raw.value !== undefined)
        member.value = this.#value(raw.value, { ...spelled, type: isCounted ? items : spelled.type }, holder);
    }
  }

  /** A plain list that is written as the API does: it is seen so, and has to be changed. */
  #isCounted(object: ViewObject, member: Member, written: ObjectNode): boolean {
    if (this.#dialect.deployedBy === undefined) return false;
    const list = memberOf(written, "Items")?.value;
    if (list === undefined) return false;
    const isAlone = written.members.every(({ spelled }) => spelled === "Items" || spelled === "Quantity");
    this.#foreign.push({
      object,
      member,
      kind: "counted",
      called: member.spelled,
      items: { whole: written, list, isAlone },
    });
    return true;
  }

  #addRepeated(holder: ViewObject, key: string, raw: Member, spelled: SpelledMember): void {
    const there = holder.members.find((member) => member.key === key);
    const member = there ?? this.#member(holder, key, raw);
    let list = member.value;
    if (!(list instanceof ViewList)) {
      const fresh = new ViewList(raw, holder);
      const repeated = { in: raw.parent, name: raw.spelled };
      fresh.see({ ...this.#world, raw: undefined, spelled, repeated });
      list = fresh;
      member.value = list;
    }
    viewedMembers.set(raw, member);
    member.reachTo(raw);
    if (list instanceof ViewList) {
      list.reachTo(raw);
      const of = itemType(spelled);
      const item = raw.value === undefined ? undefined : this.#value(raw.value, { ...spelled, ...of }, list);
      if (item === undefined) return;
      list.items.push(item);
      rawItems.set(item, raw);
    }
  }

  /** An object that the API has and the dialect does not, around what it writes elsewhere. */
  #missing(view: ViewObject, key: string, raw: Member): ViewObject {
    const there = view.members.find((member) => member.key === key);
    if (there?.value instanceof ViewObject) {
      there.reachTo(raw);
      there.value.reachTo(raw);
      return there.value;
    }
    const outer = seen(view);
    const type = outer?.shape?.members.get(key);
    const shape = outer?.shape === undefined ? undefined : shapeFor(type, outer.shape);
    const member = new ViewMember(key, raw, view);
    const object = new ViewObject(raw, view);
    member.value = object;
    view.members.push(member);
    if (outer?.anchor !== undefined) {
      const anchor = { ...outer.anchor, path: [...outer.anchor.path, key] };
      object.see({ ...this.#world, raw: undefined, spelled: undefined, shape, anchor });
    }
    return object;
  }

  /** The only item of a list that the API has and the dialect does not: its members stand where the list would. */
  #onlyOf(view: ViewObject, key: string, raw: Member): ViewObject {
    const there = view.members.find((member) => member.key === key);
    const [only] = there?.value instanceof ViewList ? there.value.items : [];
    if (there?.value instanceof ViewList && only instanceof ViewObject) {
      for (const part of [there, there.value, only]) part.reachTo(raw);
      return only;
    }
    const outer = seen(view);
    const type = outer?.shape?.members.get(key);
    const member = new ViewMember(key, raw, view);
    const list = new ViewList(raw, view);
    const object = new ViewObject(raw, list);
    member.value = list;
    list.items.push(object);
    view.members.push(member);
    list.see({ ...this.#world, raw: undefined, spelled: undefined });
    if (outer?.anchor !== undefined && outer.shape !== undefined && type?.kind === "list") {
      const anchor = { ...outer.anchor, path: [...outer.anchor.path, key, onlyItem] };
      const shape = shapeFor(type.of, outer.shape);
      object.see({ ...this.#world, raw: undefined, spelled: undefined, shape, anchor });
    }
    return object;
  }

  /** The part that is read in the place of another, and what it stands for where that is not what is written there. */
  #meant(raw: Node): { readonly node: Node; readonly meant: Exclude<Meant, { kind: "part" }> | undefined } {
    let node = raw;
    // Branches in branches.
    for (let hops = 0; hops < deepest; hops++) {
      const meant = this.#meanings?.of(node) ?? this.#computed(node);
      if (meant?.kind !== "part") return { node, meant };
      node = meant.node;
    }
    return { node, meant: nothingKnown };
  }

  #computed(raw: Node): Meant | undefined {
    return raw.kind === "computed" || this.#dialect.isComputed?.(raw) === true ? nothingKnown : undefined;
  }

  #value(raw: Node, spelled: SpelledMember | undefined, parent: Container): Node {
    const { node, meant } = this.#meant(raw);
    if (meant?.kind === "value") {
      const view = new ViewScalar(node, parent, this.#word(meant.value, undefined, spelled));
      view.see({ ...this.#world, raw: meant.from, spelled });
      views.set(node, view);
      return view;
    }
    // What lies deeper than anything of ours is looked at by nothing.
    if (meant !== undefined || this.#depth >= deepest) {
      const view = this.#note(new ViewComputed(node, parent), node, spelled);
      if (meant?.kind === "unknown" && meant.parts.length > 0)
        view.see({ ...this.#world, raw: node, spelled, parts: meant.parts });
      return view;
    }
    this.#depth += 1;
    const view = this.#known(node, spelled, parent);
    this.#depth -= 1;
    return view;
  }

  /** In YAML 1.1, whether a word without quotes is `true` or `false` where a text is asked for. */
  #isLost({ value, plain }: ScalarNode, spelled: SpelledMember | undefined): boolean {
    const { convertsValues, judged } = this.#dialect;
    if (convertsValues !== true || typeof value !== "boolean" || plain === undefined) return false;
    const isText = spelled?.type.kind === "string" || spelled?.type.kind === "enum";
    return isText && judged?.has(spelled.home.name) === true && plain.toLowerCase() !== String(value);
  }

  #word(
    value: ScalarNode["value"],
    plain: string | undefined,
    spelled: SpelledMember | undefined,
  ): ScalarNode["value"] {
    const read = this.#dialect.convertsValues === true ? converted(value, plain, spelled?.type) : value;
    return meantWord(read, spelled);
  }

  #known(raw: Node, spelled: SpelledMember | undefined, parent: Container): Node {
    if (raw.kind === "object") {
      const shape = spelled === undefined ? undefined : shapeFor(spelled.type, spelled.home);
      return this.object(raw, shape, parent, spelled);
    }
    if (raw.kind === "list") {
      const list = this.#note(new ViewList(raw, parent), raw, spelled);
      const of = spelled === undefined ? undefined : { ...spelled, ...itemType(spelled) };
      for (const item of raw.items)
        if (this.#meant(item).meant?.kind !== "absent") list.items.push(this.#value(item, of, list));
      return list;
    }
    if (spelled?.type.kind === "string" && spelled.type.secret === true) secrets.add(raw);
    const value = raw.kind === "scalar" ? this.#word(raw.value, raw.plain, spelled) : undefined;
    if (raw.kind === "scalar" && this.#isLost(raw, spelled)) this.#lostWords.push(raw);
    return this.#note(new ViewScalar(raw, parent, value), raw, spelled);
  }

  #note<View extends Node & Placed>(view: View, raw: Node, spelled: SpelledMember | undefined): View {
    view.see({ ...this.#world, raw, spelled });
    views.set(raw, view);
    return view;
  }
}

const nothingKnown = { kind: "unknown", parts: [] } as const;

/** The same name in the case and with the signs between its words that another dialect has. */
function sameName(name: string, among: Iterable<string>): string | undefined {
  const bare = bareName(name);
  for (const one of among) if (bareName(one) === bare) return one;
  return undefined;
}

function bareName(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

/** What is made of a value that is another than the one that is asked for. */
function converted(
  value: ScalarNode["value"],
  plain: string | undefined,
  type: MemberType | undefined,
): ScalarNode["value"] {
  if (value === null || value === undefined) return value;
  switch (type?.kind) {
    case "number":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
    case "boolean":
      return typeof value === "string" && /^(true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
    case "string":
    case "enum":
      return typeof value === "string" ? value : (plain ?? String(value));
    default:
      return value;
  }
}

function itemType({ type, home }: SpelledMember): Pick<SpelledMember, "type" | "home"> {
  const counted = shapeFor(type, home);
  const items = counted?.members.get("Items");
  if (type.kind === "list") return { type: type.of, home };
  return counted !== undefined && items?.kind === "list" ? { type: items.of, home: counted } : { type, home };
}

/** The API's word for a value. */
function meantWord(value: ScalarNode["value"], spelled: SpelledMember | undefined): ScalarNode["value"] {
  if (typeof value !== "string" || spelled?.values === undefined) return value;
  for (const [word, written] of spelled.values) if (written === value) return word;
  return value;
}
