import type { Span } from "../text.ts";
import type { Container, Member, Node, ObjectNode } from "./tree.ts";

/** A class for the sake of large documents: the span of a name is made only when it is asked for. */
export class ReadMember implements Member {
  readonly kind = "member";
  readonly key: string;
  start: number;
  keyEnd: number;
  end: number;
  value: Node | undefined = undefined;
  parent: ObjectNode;

  constructor(key: string, start: number, keyEnd: number, parent: ObjectNode) {
    this.key = key;
    this.start = start;
    this.keyEnd = keyEnd;
    this.end = keyEnd;
    this.parent = parent;
  }

  get spelled(): string {
    return this.key;
  }

  get keySpan(): Span {
    return new NameSpan(this);
  }
}

/** Moves with its member, as the span of a node does. */
class NameSpan implements Span {
  readonly parent: ReadMember;

  constructor(member: ReadMember) {
    this.parent = member;
  }

  get start(): number {
    return this.parent.start;
  }

  get end(): number {
    return this.parent.keyEnd;
  }
}

/** Moves everything behind `changed` by `delta`, climbing to the root. */
export function shiftBehind(changed: Container, oldEnd: number, delta: number): void {
  if (delta === 0) return;
  for (let container = changed.parent; container !== undefined; container = container.parent) {
    container.end += delta;
    const entries: readonly (Member | Node)[] = container.kind === "object" ? container.members : container.items;
    for (let index = entries.length - 1; index >= 0; index--) {
      const entry = entries[index];
      if (entry === undefined || entry.end < oldEnd) break;
      if (entry.start >= oldEnd) shift(entry, delta);
      else if (entry.kind === "member") (entry as ReadMember).end += delta;
    }
  }
}

export function shift(entry: Member | Node, delta: number): void {
  if (entry.kind === "member") shiftMember(entry as ReadMember, delta);
  else shiftNode(entry, delta);
}

function shiftMember(member: ReadMember, delta: number): void {
  member.start += delta;
  member.keyEnd += delta;
  member.end += delta;
  if (member.value !== undefined) shiftNode(member.value, delta);
}

function shiftNode(node: Node, delta: number): void {
  node.start += delta;
  node.end += delta;
  if (node.kind === "object") for (const member of node.members) shiftMember(member as ReadMember, delta);
  else if (node.kind === "list") for (const item of node.items) shiftNode(item, delta);
  else if (node.kind === "computed" && node.call?.argument !== undefined) shiftNode(node.call.argument, delta);
}
