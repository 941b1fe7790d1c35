import type { Certificate } from "./certificate.ts";
import { indexCertificates, isSelfSigned, mayHaveIssued, type SignaturePair, type Verdict } from "./chain.ts";
import { hex } from "./der.ts";
import { nameConstraintsOf, namesToCheck } from "./name-constraints.ts";
import {
  asAnchor,
  authorityFindings,
  clientFaults,
  clientInStore,
  type Judging,
  nameFault,
  type PathFault,
  partialChain,
  pathLengthFault,
  policyFaultOfAnchor,
  policyFaultText,
} from "./path-faults.ts";
import { policyFault } from "./policies.ts";

// From a client's certificate up to a trust anchor. Whoever is above is asked with those below him at hand, so that
// nearly everything RFC 5280 asks of a path is decided as it grows; policies alone need the whole of it.

export interface PathQuestion {
  readonly client: Certificate;
  /** What the client sends along, in any order. */
  readonly presented: readonly Certificate[];
  /** Each is a trust anchor. */
  readonly store: readonly Certificate[];
}

export interface PathOptions extends Judging {
  /** Whether a policy is required from the beginning (RFC 5280's initial-explicit-policy). */
  readonly isPolicyRequired?: boolean;
  readonly bounds?: Partial<Bounds>;
}

/** What a search may cost; where it ends at one of these, it says so. */
export interface Bounds {
  readonly signatures: number;
  /** How many times a certificate is put on top of a path. */
  readonly paths: number;
  /** Certificates on one path. */
  readonly length: number;
  /** Names that are looked up in name constraints. */
  readonly names: number;
}

/** A store of a thousand CAs of one name is searched whole; a second or so of work, in slices. */
export const bounds: Bounds = { signatures: 2000, paths: 20_000, length: 32, names: 200_000 };

/** Where a path was found, what is looked at of what others could take instead. */
const mostBesides = 100;
const mostSignaturesBesides = 8;

/** What is looked at to tell where it fails, where it fails. */
const mostAttempts = 1000;

export interface CandidatePath {
  /** The client's first. */
  readonly certificates: readonly Certificate[];
  /** Whether the last is a trust anchor. */
  readonly isAnchored: boolean;
  readonly faults: readonly PathFault[];
  /** All trust anchors, whichever of them the path leads to. */
  readonly anchors: ReadonlySet<Certificate>;
  /** Where the chain of trust anchors above the last one ends below a root: none of them issued this one. */
  readonly openEnd: Certificate | undefined;
}

/** Why a path ends where it does, below any trust anchor. */
export type PathEnd =
  /** Nobody has the issuer's name. */
  | { readonly why: "no-issuer" }
  /** It issued itself. */
  | { readonly why: "not-in-store" }
  /** The candidate did not sign it; or what it signed with cannot be verified here. */
  | { readonly why: "signature" | "unsupported"; readonly candidate: Certificate };

export interface PathSearch {
  /** The path that is closest to holding, where none holds; all its signatures do. */
  readonly attempt: CandidatePath | undefined;
  /** Of an attempt that reaches no trust anchor. */
  readonly end: PathEnd | undefined;
  /** The bound that the search came to. */
  readonly bound: keyof Bounds | undefined;
  /** Signatures that could be neither verified nor dismissed. */
  readonly unsupported: readonly SignaturePair[];
  /**
   * Issuers that are valid, and whose signature is, and from where no path leads on that has nothing against it:
   * whoever takes them, and does not come back, finds none.
   */
  readonly lost: readonly SignaturePair[];
  readonly work: { readonly signatures: number; readonly paths: number };
}

/**
 * Asks for signatures one by one, is told the verdicts, and tells `isEnough` of every path that RFC 5280 does not
 * refuse (but for the client's own faults), likeliest first, until that says that it is enough. Where it yields
 * `undefined`, nothing is asked: whoever drives it may let others have their turn.
 */
export type Search<Result> = Generator<SignaturePair | undefined, Result, Verdict | undefined>;

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

// --- the walk

interface Walk {
  readonly options: PathOptions;
  readonly bounds: Bounds;
  readonly anchors: ReadonlySet<Certificate>;
  readonly index: ReturnType<typeof indexCertificates>;
  /** What is against the client's certificate itself. */
  readonly client: readonly PathFault[];
  readonly path: Certificate[];
  /** What is against those on the path, besides the client's. */
  readonly faults: PathFault[];
  /**
   * A name with its key: no path needs the same one twice, since whoever it signed for below could have been signed for
   * above.
   */
  readonly entities: Set<string>;
  readonly presented: ReadonlySet<Certificate>;
  readonly candidates: Map<Certificate, readonly Certificate[]>;
  readonly keys: Map<string, number>;
  readonly keyOf: Map<Certificate, number>;
  /** By subject, and by the issuer's key: who has the same key has the same verdict. */
  readonly verdicts: Map<Certificate, Map<number, Verdict>>;
  readonly findings: Map<Certificate, ReturnType<typeof authorityFindings>>;
  readonly openEnds: Map<Certificate, Certificate | undefined>;
  readonly breaches: Map<Certificate, Map<Certificate, Omit<PathFault, "index"> | undefined>>;
  readonly unsupported: SignaturePair[];
  readonly lost: SignaturePair[];
  /** Of roots with nothing against them. */
  readonly anchorEntities: Set<string>;
  /** Of those in the store that are not outdated. */
  readonly currentEntities: Set<string>;
  signatures: number;
  paths: number;
  /** How many times an issuer was looked for among the trust anchors alone. */
  steps: number;
  names: number;
  bound: keyof Bounds | undefined;
  /** Paths to an anchor with nothing against them, besides what is against the client. */
  clean: number;
  /** Once there is enough: where to stop looking at what others could take instead. */
  enough: Pick<Bounds, "paths" | "signatures"> | undefined;
  isDone: boolean;
}

/** Between two pauses of what is quickly done, one by one. */
const atOnce = 16;

function* newWalk({ client, presented, store }: PathQuestion, options: PathOptions): Search<Walk> {
  let count = 0;
  // What the index asks of each is read here, a few at a time.
  for (const certificate of [...presented, ...store]) {
    isSelfSigned(certificate);
    if (++count % atOnce === 0) yield undefined;
  }
  const index = indexCertificates(new Set([client, ...presented, ...store]));
  const first = index.same(client);
  const walk: Walk = {
    options,
    bounds: { ...bounds, ...options.bounds },
    anchors: new Set(store.map((certificate) => index.same(certificate))),
    presented: new Set(presented.map((certificate) => index.same(certificate))),
    index,
    client: clientFaults(first, options),
    path: [first],
    faults: [],
    entities: new Set(),
    candidates: new Map(),
    keys: new Map(),
    keyOf: new Map(),
    verdicts: new Map(),
    findings: new Map(),
    openEnds: new Map(),
    breaches: new Map(),
    unsupported: [],
    lost: [],
    anchorEntities: new Set(),
    currentEntities: new Set(),
    clean: 0,
    enough: undefined,
    signatures: 0,
    paths: 0,
    steps: 0,
    names: 0,
    bound: undefined,
    isDone: false,
  };
  walk.entities.add(entityOf(walk, first));
  for (const anchor of walk.anchors) {
    const findings = authorityFindings(anchor, options);
    walk.findings.set(anchor, findings);
    if (!findings.some(isOutdated)) walk.currentEntities.add(entityOf(walk, anchor));
    if (anchor.selfIssued && findings.every(({ weight }) => weight === "told"))
      walk.anchorEntities.add(entityOf(walk, anchor));
    if (++count % atOnce === 0) yield undefined;
  }
  return walk;
}

function keyOf(walk: Walk, certificate: Certificate): number {
  const known = walk.keyOf.get(certificate);
  if (known !== undefined) return known;
  const { start, end } = certificate.publicKey.spki;
  const octets = hex(certificate.der, start, end);
  const key = walk.keys.get(octets) ?? walk.keys.size;
  walk.keys.set(octets, key);
  walk.keyOf.set(certificate, key);
  return key;
}

function entityOf(walk: Walk, certificate: Certificate): string {
  return `${keyOf(walk, certificate)} ${certificate.subject.key}`;
}

/**
 * Those that have the issuer's name, likeliest first: whom the authority key identifier names, who is valid, what the
 * client presents.
 */
function* candidatesFor(walk: Walk, certificate: Certificate): Search<readonly Certificate[]> {
  const known = walk.candidates.get(certificate);
  if (known !== undefined) return known;
  const { at } = walk.options;
  const authorityKey = certificate.authorityKeyIdentifier?.value?.keyIdentifier;
  const rankOf = (candidate: Certificate): number => {
    const key = candidate.subjectKeyIdentifier?.value;
    const named =
      authorityKey !== undefined && key === authorityKey ? 0 : mayHaveIssued(candidate, certificate) ? 1 : 2;
    const isValid = (candidate.notBefore.at ?? Infinity) <= at && at <= (candidate.notAfter.at ?? -Infinity);
    return named * 8 + (isValid ? 0 : 4) + (walk.presented.has(candidate) ? 0 : 1) + (isSelfSigned(candidate) ? 0 : 2);
  };
  const ranked: { readonly candidate: Certificate; readonly rank: number }[] = [];
  for (const candidate of walk.index.ofSubject(certificate.issuer.key)) {
    if (candidate !== certificate) ranked.push({ candidate, rank: rankOf(candidate) });
    if (ranked.length % atOnce === 0) yield undefined;
  }
  const candidates = ranked.sort((a, b) => a.rank - b.rank).map(({ candidate }) => candidate);
  walk.candidates.set(certificate, candidates);
  return candidates;
}

/** `undefined`: there may be no more of them. */
function* verdictOn(walk: Walk, issuer: Certificate, subject: Certificate): Search<Verdict | undefined> {
  const key = keyOf(walk, issuer);
  const ofSubject = walk.verdicts.get(subject) ?? new Map<number, Verdict>();
  walk.verdicts.set(subject, ofSubject);
  const known = ofSubject.get(key);
  if (known !== undefined) {
    yield undefined;
    return known;
  }
  if (walk.signatures >= (walk.enough ?? walk.bounds).signatures) {
    if (walk.enough === undefined) walk.bound ??= "signatures";
    return undefined;
  }
  walk.signatures++;
  const verdict = (yield { issuer, subject }) ?? "unsupported";
  ofSubject.set(key, verdict);
  if (verdict === "unsupported") walk.unsupported.push({ issuer, subject });
  return verdict;
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
    tell(walk, way, { faults: [clientInStore(client, verdict === "valid")], openEnd }, visit);
  }
  yield* climb(walk, way, new Set(), visit);
}

/** @param anchor what there is to say of the last as a trust anchor; `undefined`: it is none. */
function tell(
  walk: Walk,
  way: Way,
  anchor: { readonly faults: readonly PathFault[]; readonly openEnd: Certificate | undefined } | undefined,
  visit: (path: CandidatePath) => boolean,
): void {
  const faults = [...walk.faults, ...(anchor?.faults ?? [])];
  if (anchor !== undefined && !faults.some(({ weight }) => weight !== "told")) walk.clean++;
  if (
    !visit({
      certificates: [...walk.path],
      isAnchored: anchor !== undefined,
      faults: [...walk.client, ...faults],
      anchors: walk.anchors,
      openEnd: anchor?.openEnd,
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
    const judged = judge(walk, issuer);
    if (judged === undefined) {
      isHopeless = false;
      continue;
    }
    if (judged.ofPath.length > 0 || isAnchor) isHopeless = false;
    const [before, clean] = [faults.length, walk.clean];
    path.push(issuer);
    if (isAnchor)
      tellAnchored(walk, judged, way, issuer.selfIssued ? undefined : yield* openEndOf(walk, issuer), visit);
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
    // Whoever looks in the store first takes what is there of the same CA, and of that what is not outdated.
    const isOld = judged.all.some((fault) => fault.index === path.length && isOutdated(fault));
    const isPassedBy = isAnchor ? isOld && walk.currentEntities.has(entity) : isOld || walk.anchorEntities.has(entity);
    if (!way.isLenient && walk.clean === clean && !walk.isDone && !isPassedBy) walk.lost.push({ issuer, subject: top });
  }
  return isHopeless;
}

function isOutdated({ kind }: Pick<PathFault, "kind">): boolean {
  return kind === "expired" || kind === "not-yet-valid";
}

interface Judged {
  readonly all: readonly PathFault[];
  /** Of these, what is so only with those below. */
  readonly ofPath: readonly PathFault[];
}

/** What is against a CA on top of the path; `undefined` where there are too many names to look at. */
function judge(walk: Walk, ca: Certificate): Judged | undefined {
  const { path, options } = walk;
  const findings = walk.findings.get(ca) ?? authorityFindings(ca, options);
  walk.findings.set(ca, findings);
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
  return { all: [...own, ...ofPath], ofPath };
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

/** The issuer is on top of the path, and is a trust anchor; what is against it is not among the path's faults yet. */
function tellAnchored(
  walk: Walk,
  { all }: Judged,
  way: Way,
  openEnd: Certificate | undefined,
  visit: (path: CandidatePath) => boolean,
): void {
  const { path, options } = walk;
  const anchor = path.at(-1);
  if (anchor === undefined) return;
  const faults = all.map(asAnchor);
  if (!anchor.selfIssued) faults.push({ ...partialChain(anchor), index: path.length - 1 });
  const below = path.slice(0, -1);
  const policy = policyFault(below, options.isPolicyRequired);
  const strict = policy === undefined ? policyFault(below, options.isPolicyRequired, anchor) : undefined;
  const [failing, failingStrictly] = [policy && path[policy.index], strict && path[strict.index]];
  if (policy !== undefined && failing !== undefined) faults.push(policyFaultText(policy, failing));
  if (strict !== undefined && failingStrictly !== undefined)
    faults.push(policyFaultOfAnchor(strict, failingStrictly, anchor));
  if (way.isLenient || policy === undefined) tell(walk, way, { faults, openEnd }, visit);
}

/**
 * `undefined`: a chain of trust anchors leads up to a root, or nobody can tell. Validity and constraints do not matter
 * here.
 */
function* openEndOf(walk: Walk, anchor: Certificate): Search<Certificate | undefined> {
  if (walk.openEnds.has(anchor)) return walk.openEnds.get(anchor);
  const reached = new Set([anchor]);
  let openEnd: Certificate | undefined;
  // What is added on the way is looked at as well.
  for (const certificate of reached) {
    let isIssued = false;
    for (const issuer of yield* candidatesFor(walk, certificate)) {
      if (!walk.anchors.has(issuer)) continue;
      const verdict = ++walk.steps > walk.bounds.paths ? undefined : yield* verdictOn(walk, issuer, certificate);
      if (verdict === "invalid") continue;
      if (verdict !== "valid" || issuer.selfIssued) {
        walk.openEnds.set(anchor, undefined);
        return undefined;
      }
      isIssued = true;
      reached.add(issuer);
    }
    if (!isIssued) openEnd = certificate;
  }
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
  return invalid === undefined ? { why: "no-issuer" } : { why: "signature", candidate: invalid };
}
