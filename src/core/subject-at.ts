import type { Facts } from "./facts.ts";
import { kindOf } from "./kinds.ts";
import type { Subject } from "./subjects.ts";
import { contains } from "./text.ts";

/** The subject that a place of a document belongs to. */
export function subjectAt(facts: Facts, offset: number): Subject | undefined {
  if (facts.kind !== "config") return undefined;
  return facts.subjects.find((subject) => contains(kindOf(subject).nodeOf(subject), offset));
}
