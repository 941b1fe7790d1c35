import { identifierMismatch } from "../identity.ts";
import type { Certificate } from "../model.ts";
import type { PathFault } from "./facts.ts";
import { linkFaults } from "./links.ts";
import { nameConstraintsOf, namesToCheck } from "./name-constraints.ts";
import { nameFault, pathLengthFault } from "./path-faults.ts";
import type { Search } from "./search.ts";
import { findingsOn, type Walk } from "./walk.ts";

export interface Judged {
  readonly all: readonly PathFault[];
  /** Of these, what is so only with those below. */
  readonly ofPath: readonly PathFault[];
  /** Whether programs that heed key identifiers do not take it for the issuer of the one below. */
  readonly isMismatch: boolean;
}

/** What is against a CA on top of the path; `undefined` where there are too many names to look at. */
export function* judge(walk: Walk, ca: Certificate): Search<Judged | undefined> {
  const { path } = walk;
  const findings = findingsOn(walk, ca);
  const ofPath: PathFault[] = [];
  const length = pathLengthFault(ca, path);
  if (length !== undefined) ofPath.push(length);
  if (nameConstraintsOf(ca)?.value !== undefined) {
    for (const [index, certificate] of path.entries()) {
      const breach = breachBetween(walk, ca, certificate, index);
      if (breach === "bound") return undefined;
      if (breach !== undefined) ofPath.push(breach);
    }
  }
  const isBroken = ofPath.some(({ kind }) => kind === "name-constraints");
  const own = findings
    .filter(({ kind, weight }) => !(isBroken && kind === "name-constraints" && weight === "told"))
    .map((finding) => ({ ...finding, index: path.length }));
  const below = path.at(-1);
  const ofLink = below === undefined ? [] : yield* linkFaults(walk, below, ca, path.length - 1);
  const isMismatch = below !== undefined && identifierMismatch(below, ca) !== undefined;
  return { all: [...ofLink, ...own, ...ofPath], ofPath, isMismatch };
}

function breachBetween(
  walk: Walk,
  ca: Certificate,
  certificate: Certificate,
  index: number,
): PathFault | "bound" | undefined {
  const ofCa = walk.breaches.get(ca) ?? new Map<Certificate, Omit<PathFault, "index"> | undefined>();
  walk.breaches.set(ca, ofCa);
  if (!ofCa.has(certificate)) {
    walk.names += namesToCheck(certificate);
    if (walk.names > walk.bounds.names) {
      walk.bound ??= "names";
      return "bound";
    }
    ofCa.set(certificate, nameFault(ca, certificate, index));
  }
  const breach = ofCa.get(certificate);
  return breach && { ...breach, index };
}
