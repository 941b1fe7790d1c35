import { isSelfSigned } from "../identity.ts";
import type { Certificate } from "../model.ts";
import { nameCalled } from "../naming.ts";
import { chainAbove } from "./above.ts";
import type { PathFault } from "./facts.ts";
import { type Judged, judge } from "./judge.ts";
import {
  asAnchor,
  clientInStore,
  identifiersOfItself,
  partialChain,
  policyFaultOfAnchor,
  policyFaultOn,
} from "./path-faults.ts";
import { policyFault } from "./policies.ts";
import type {
  Above,
  CandidatePath,
  OpenEnd,
  PathEnd,
  PathOptions,
  PathQuestion,
  PathSearch,
  Search,
} from "./search.ts";
import {
  atOnce,
  candidatesFor,
  entityOf,
  isOutdated,
  keyOf,
  newWalk,
  standingOf,
  trustedOf,
  verdictOn,
  type Walk,
} from "./walk.ts";

/** Where a path was found, what is looked at of what others could take instead. */
const mostBesides = 100;
const mostSignaturesBesides = 8;

/** What is looked at to tell where it fails, where it fails. */
const mostAttempts = 1000;

export function* searchPaths(
  question: PathQuestion,
  options: PathOptions,
  isEnough: (path: CandidatePath) => boolean,
): Search<PathSearch> {
  const walk = yield* newWalk(question, options);
  let isFound = false;
  yield* walkUp(walk, { isLenient: false, most: walk.bounds.paths }, (path) => {
    isFound = true;
    return isEnough(path);
  });
  const { bound, paths, unsupported, lost } = walk;
  if (isFound)
    return {
      attempt: undefined,
      end: undefined,
      bound,
      unsupported,
      lost,
      work: { signatures: walk.signatures, paths },
    };
  let best: CandidatePath | undefined;
  walk.paths = 0;
  yield* walkUp(walk, { isLenient: true, most: Math.min(mostAttempts, walk.bounds.paths) }, (path) => {
    if (best === undefined || isCloser(path, best)) best = path;
    return best.isAnchored && refusals(best) - refusals({ faults: walk.client }) <= 1;
  });
  const top = best?.certificates.at(-1);
  const end = best === undefined || best.isAnchored || top === undefined ? undefined : yield* endOf(walk, top);
  return {
    attempt: best,
    end,
    bound,
    unsupported,
    lost: [],
    work: { signatures: walk.signatures, paths: paths + walk.paths },
  };
}

function refusals({ faults }: Pick<CandidatePath, "faults">): number {
  return faults.filter(({ weight }) => weight === "refused").length;
}

/** One that reaches an anchor, then one with less against it, then a longer one. */
function isCloser(path: CandidatePath, than: CandidatePath): boolean {
  if (path.isAnchored !== than.isAnchored) return path.isAnchored;
  const fewer = refusals(than) - refusals(path);
  if (path.isAnchored) return fewer > 0;
  return (
    path.certificates.length > than.certificates.length ||
    (path.certificates.length === than.certificates.length && fewer > 0)
  );
}

interface Way {
  /** Goes on past what RFC 5280 refuses, to see where it leads. */
  readonly isLenient: boolean;
  readonly most: number;
}

function* walkUp(walk: Walk, way: Way, visit: (path: CandidatePath) => boolean): Search<void> {
  walk.isDone = false;
  const [client] = walk.path;
  if (client === undefined) return;
  if (way.isLenient) tell(walk, way, undefined, visit);
  if (walk.anchors.has(client)) {
    const verdict = isSelfSigned(client) ? yield* verdictOn(walk, client, client) : "invalid";
    const openEnd = verdict === "invalid" ? yield* openEndOf(walk, client) : undefined;
    tell(walk, way, { faults: [clientInStore(client, verdict === "valid")], openEnd, above: undefined }, visit);
  }
  yield* climb(walk, way, new Set(), visit);
}

/** @param anchor what there is to say of the last as a trust anchor; `undefined`: it is none. */
function tell(
  walk: Walk,
  way: Way,
  anchor: ({ readonly faults: readonly PathFault[] } & Pick<CandidatePath, "openEnd" | "above">) | undefined,
  visit: (path: CandidatePath) => boolean,
): void {
  const faults = [...walk.faults, ...(anchor?.faults ?? [])];
  if (anchor !== undefined) {
    const left = faults.filter(({ weight }) => weight !== "told");
    if (left.length === 0) walk.clean++;
    if (left.every(({ fact }) => fact.code === "path:anchor-not-a-root")) walk.partial++;
  }
  if (
    !visit({
      certificates: [...walk.path],
      isAnchored: anchor !== undefined,
      faults: [...walk.client, ...faults],
      anchors: walk.anchors,
      openEnd: anchor?.openEnd,
      above: anchor?.above,
    })
  )
    return;
  if (way.isLenient) walk.isDone = true;
  else
    walk.enough ??= {
      paths: Math.min(way.most, walk.paths + mostBesides),
      signatures: Math.min(walk.bounds.signatures, walk.signatures + mostSignaturesBesides),
    };
}

/** @returns whether it is no use to come to this top again, whatever is below it. */
function* climb(
  walk: Walk,
  way: Way,
  dead: Set<Certificate>,
  visit: (path: CandidatePath) => boolean,
): Search<boolean> {
  const { path, faults, entities } = walk;
  const top = path.at(-1);
  if (top === undefined) return true;
  let isHopeless = true;
  for (const issuer of yield* candidatesFor(walk, top)) {
    if (walk.isDone) return false;
    if (walk.paths >= (walk.enough?.paths ?? way.most)) {
      if (!way.isLenient && walk.enough === undefined) walk.bound ??= "paths";
      walk.isDone = true;
      return false;
    }
    if (++walk.paths % atOnce === 0) yield undefined;
    const [isDead, isAnchor] = [dead.has(issuer), walk.anchors.has(issuer)];
    if (isDead && !isAnchor) continue;
    const entity = entityOf(walk, issuer);
    if (entities.has(entity)) {
      isHopeless = false;
      continue;
    }
    const verdict = yield* verdictOn(walk, issuer, top);
    if (verdict === undefined) isHopeless = false;
    if (verdict !== "valid") continue;
    const judged = yield* judge(walk, issuer);
    if (judged === undefined) {
      isHopeless = false;
      continue;
    }
    if (judged.ofPath.length > 0 || isAnchor) isHopeless = false;
    const [before, clean, partial] = [faults.length, walk.clean, walk.partial];
    path.push(issuer);
    if (isAnchor) yield* tellAnchored(walk, judged, way, visit);
    faults.push(...judged.all);
    if (way.isLenient && !walk.isDone) tell(walk, way, undefined, visit);
    if (!walk.isDone && !isDead && (way.isLenient || !judged.all.some(({ weight }) => weight === "refused"))) {
      if (path.length >= walk.bounds.length) {
        walk.bound ??= "length";
        isHopeless = false;
      } else {
        entities.add(entity);
        if (yield* climb(walk, way, dead, visit)) dead.add(issuer);
        else isHopeless = false;
        entities.delete(entity);
      }
    }
    path.pop();
    faults.length = before;
    // A program that searches the store first takes a certificate of the same CA there, and one that is not outdated.
    const isOld = judged.all.some((fault) => fault.index === path.length && isOutdated(fault));
    if (way.isLenient || walk.clean > clean || walk.isDone || judged.isMismatch || (isOld && !isAnchor)) continue;
    const { current, sound } = yield* trustedOf(walk, issuer.subject.key);
    if (isAnchor ? isOld && current.has(entity) : sound.has(entity)) continue;
    walk.lost.push({ issuer, subject: top, isPartial: walk.partial > partial });
  }
  return isHopeless;
}

/** The issuer is on top of the path, and is a trust anchor; what is against it is not among the path's faults yet. */
function* tellAnchored(walk: Walk, { all }: Judged, way: Way, visit: (path: CandidatePath) => boolean): Search<void> {
  const { path, options } = walk;
  const anchor = path.at(-1);
  if (anchor === undefined) return;
  const index = path.length - 1;
  const faults = all.map(asAnchor);
  const standing = yield* standingOf(walk, anchor);
  let [openEnd, above]: readonly [OpenEnd?, Above?] = [];
  if (standing === "root") faults.push(...identifiersOfItself(anchor, index));
  else {
    // One that may be a damaged root has nothing above it.
    if (standing === "issued" || !isSelfSigned(anchor)) openEnd = yield* openEndOf(walk, anchor);
    above = yield* chainAbove(walk);
    const isIssued = above !== undefined && above.certificates.length > 0;
    faults.push({ ...partialChain(anchor, standing === "other-key" && !isIssued), index });
  }
  const below = path.slice(0, -1);
  const policy = policyFault(below, options.isPolicyRequired);
  const strict = policy === undefined ? policyFault(below, options.isPolicyRequired, anchor) : undefined;
  const [failing, failingStrictly] = [policy && path[policy.index], strict && path[strict.index]];
  if (policy !== undefined && failing !== undefined) faults.push(policyFaultOn(policy, failing));
  if (strict !== undefined && failingStrictly !== undefined)
    faults.push(policyFaultOfAnchor(strict, failingStrictly, anchor));
  if (way.isLenient || policy === undefined) tell(walk, way, { faults, openEnd, above }, visit);
}

/**
 * `undefined`: a chain of trust anchors leads up to a root, or that is uncertain. Validity and constraints do not
 * matter here.
 */
function* openEndOf(walk: Walk, anchor: Certificate): Search<OpenEnd | undefined> {
  if (walk.openEnds.has(anchor)) return walk.openEnds.get(anchor);
  const reached = new Set([anchor]);
  let last: Certificate | undefined;
  // What is added on the way is looked at as well.
  for (const certificate of reached) {
    let isIssued = false;
    for (const issuer of yield* candidatesFor(walk, certificate)) {
      if (!walk.anchors.has(issuer)) continue;
      const verdict = ++walk.steps > walk.bounds.paths ? undefined : yield* verdictOn(walk, issuer, certificate);
      if (verdict === "invalid") continue;
      if (verdict !== "valid" || (yield* standingOf(walk, issuer)) === "root") {
        walk.openEnds.set(anchor, undefined);
        return undefined;
      }
      isIssued = true;
      reached.add(issuer);
    }
    if (!isIssued) last = certificate;
  }
  const openEnd: OpenEnd = { certificate: last ?? anchor, isInCircle: last === undefined };
  walk.openEnds.set(anchor, openEnd);
  return openEnd;
}

/** Every candidate above was tried. */
function* endOf(walk: Walk, top: Certificate): Search<PathEnd> {
  const candidates = (yield* candidatesFor(walk, top)).filter(
    (candidate) => !walk.entities.has(entityOf(walk, candidate)) && entityOf(walk, candidate) !== entityOf(walk, top),
  );
  const verdictOf = (candidate: Certificate) => walk.verdicts.get(top)?.get(keyOf(walk, candidate));
  const unsupported = candidates.find((candidate) => verdictOf(candidate) === "unsupported");
  if (unsupported !== undefined) return { why: "unsupported", candidate: unsupported };
  if (isSelfSigned(top)) return { why: "not-in-store" };
  const invalid = candidates.find((candidate) => verdictOf(candidate) === "invalid");
  if (invalid !== undefined) return { why: "signature", candidate: invalid };
  const shown = nameCalled(top.issuer, top.der);
  const namesake = walk.index.certificates.find(
    (other) => other !== top && other.subject.key !== top.issuer.key && nameCalled(other.subject, other.der) === shown,
  );
  return namesake === undefined ? { why: "no-issuer" } : { why: "name", candidate: namesake };
}
