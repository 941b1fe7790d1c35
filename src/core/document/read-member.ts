import type { Span } from "../text.ts";
import type { Member, Node, ObjectNode } from "./tree.ts";

/** A class for the sake of large documents: the span of a name is made only when somebody asks for it. */
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

  get keySpan(): Span {
    return { start: this.start, end: this.keyEnd };
  }
}
