import type { Reading } from "../document/reading.ts";
import type { Node, Tree } from "../document/tree.ts";
import type { Steps } from "../steps.ts";
import type { CertificateOffers, Completion } from "./assist.ts";

/** What a service's documents are, for all that works on documents of every service. */
export interface DocumentKind<Subject> {
  /** The subject that a node is or holds; `undefined` where it is something else. */
  recognise(node: Node, reading: Reading): Steps<Subject | undefined>;
  /**
   * Whether what was recognised can be nothing else, so that it counts wherever in a document it stands. The root of a
   * document may be less: a part, or what only its few members tell.
   */
  isUnmistakable(subject: Subject): boolean;
  /** What is not looked into again for others: what stands beside it may be something else. */
  covers(subject: Subject): Node;
  /** All that it speaks of: hovers and completion stay within. */
  nodeOf(subject: Subject): Node;
  /**
   * What may be written at an offset inside it, best first.
   * @param certificates what of the account may be named; left out: only what the document names already
   */
  offers(subject: Subject, tree: Tree, offset: number, certificates?: CertificateOffers): readonly Completion[];
}
