import { identityOf, isSelfSigned, mayHaveIssued } from "../identity.ts";
import type { Certificate } from "../model.ts";
import { hex } from "../read/hex.ts";
import { indexCertificates, isInside } from "./chain.ts";
import type { PathFault } from "./facts.ts";
import { authorityFindings, clientFaults } from "./path-faults.ts";
import {
  type Bounds,
  bounds,
  type LostPair,
  type OpenEnd,
  type PathOptions,
  type PathQuestion,
  type Search,
} from "./search.ts";
import type { SignaturePair, Verdict } from "./verdicts.ts";

export interface Walk {
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
   * A name with its key: no path needs the same one twice, since what it signed at the lower place it could have signed
   * at the upper one.
   */
  readonly entities: Set<string>;
  readonly presented: ReadonlySet<Certificate>;
  readonly candidates: Map<Certificate, readonly Certificate[]>;
  readonly keys: Map<string, number>;
  readonly keyOf: Map<Certificate, number>;
  /** By subject, and by the issuer's key: who has the same key has the same verdict. */
  readonly verdicts: Map<Certificate, Map<number, Verdict>>;
  readonly findings: Map<Certificate, ReturnType<typeof authorityFindings>>;
  readonly openEnds: Map<Certificate, OpenEnd | undefined>;
  /** By certificate, and by what counts of its issuer: whether there is another of that name (links.ts). */
  readonly namesakes: Map<Certificate, Map<number, boolean>>;
  readonly breaches: Map<Certificate, Map<Certificate, Omit<PathFault, "index"> | undefined>>;
  readonly unsupported: SignaturePair[];
  readonly lost: LostPair[];
  /** By name, of those that were asked for. */
  readonly trusted: Map<string, TrustedEntities>;
  signatures: number;
  paths: number;
  /** How many times an issuer was looked for among the trust anchors alone. */
  steps: number;
  names: number;
  bound: keyof Bounds | undefined;
  /** Paths to an anchor with nothing against them, besides what is against the client. */
  clean: number;
  /** Those that have no more against them than that the anchor is no root, and those that have nothing. */
  partial: number;
  /** Once there is enough: where to stop looking at what others could take instead. */
  enough: Pick<Bounds, "paths" | "signatures"> | undefined;
  isDone: boolean;
}

/** Of the trust anchors of one name. */
export interface TrustedEntities {
  /** Of those that are not outdated. */
  readonly current: ReadonlySet<string>;
  /** Of roots with nothing against them. */
  readonly sound: ReadonlySet<string>;
}

/** Between two pauses of what is quickly done, one by one. */
export const atOnce = 16;

export function* newWalk({ client, presented, store }: PathQuestion, options: PathOptions): Search<Walk> {
  let count = 0;
  // What the index asks of each is read here, a few at a time.
  for (const certificate of [...presented, ...store]) {
    identityOf(certificate);
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
    namesakes: new Map(),
    breaches: new Map(),
    unsupported: [],
    lost: [],
    trusted: new Map(),
    clean: 0,
    partial: 0,
    enough: undefined,
    signatures: 0,
    paths: 0,
    steps: 0,
    names: 0,
    bound: undefined,
    isDone: false,
  };
  walk.entities.add(entityOf(walk, first));
  return walk;
}

export function findingsOn(walk: Walk, ca: Certificate): ReturnType<typeof authorityFindings> {
  const findings = walk.findings.get(ca) ?? authorityFindings(ca, walk.options);
  walk.findings.set(ca, findings);
  return findings;
}

/** A store may have hundreds of CAs: only those of a name that paths come to are looked at. */
export function* trustedOf(walk: Walk, name: string): Search<TrustedEntities> {
  const known = walk.trusted.get(name);
  if (known !== undefined) return known;
  const [current, sound] = [new Set<string>(), new Set<string>()];
  let count = 0;
  for (const anchor of walk.index.ofSubject(name)) {
    if (++count % atOnce === 0) yield undefined;
    if (!walk.anchors.has(anchor)) continue;
    const findings = findingsOn(walk, anchor);
    if (!findings.some(isOutdated)) current.add(entityOf(walk, anchor));
    if (anchor.selfIssued && findings.every(({ weight }) => weight === "told")) sound.add(entityOf(walk, anchor));
  }
  const trusted = { current, sound };
  walk.trusted.set(name, trusted);
  return trusted;
}

export function keyOf(walk: Walk, certificate: Certificate): number {
  const known = walk.keyOf.get(certificate);
  if (known !== undefined) return known;
  const { start, end } = certificate.publicKey.spki;
  const octets = hex(certificate.der, start, end);
  const key = walk.keys.get(octets) ?? walk.keys.size;
  walk.keys.set(octets, key);
  walk.keyOf.set(certificate, key);
  return key;
}

export function entityOf(walk: Walk, certificate: Certificate): string {
  return `${keyOf(walk, certificate)} ${certificate.subject.key}`;
}

/**
 * Those that have the issuer's name, likeliest first: whom the authority key identifier names, who is valid, what the
 * client presents.
 */
export function* candidatesFor(walk: Walk, certificate: Certificate): Search<readonly Certificate[]> {
  const known = walk.candidates.get(certificate);
  if (known !== undefined) return known;
  const { at } = walk.options;
  const authorityKey = certificate.authorityKeyIdentifier?.value?.keyIdentifier;
  const rankOf = (candidate: Certificate): number => {
    const key = candidate.subjectKeyIdentifier?.value;
    const named =
      authorityKey !== undefined && key === authorityKey ? 0 : mayHaveIssued(candidate, certificate) ? 1 : 2;
    return (
      named * 8 +
      (isInside(candidate, at) ? 0 : 4) +
      (walk.presented.has(candidate) ? 0 : 1) +
      (isSelfSigned(candidate) ? 0 : 2)
    );
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
export function* verdictOn(walk: Walk, issuer: Certificate, subject: Certificate): Search<Verdict | undefined> {
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

/**
 * `root`: it issued itself. `other-key`: it has its issuer's name, and the signature of another key: of the CA's older
 * one, or it is damaged. What cannot be verified is taken for what it says.
 */
export function* standingOf(walk: Walk, certificate: Certificate): Search<"root" | "other-key" | "issued"> {
  if (!certificate.selfIssued) return "issued";
  return (yield* verdictOn(walk, certificate, certificate)) === "invalid" ? "other-key" : "root";
}

export function isOutdated({ kind }: Pick<PathFault, "kind">): boolean {
  return kind === "expired" || kind === "not-yet-valid";
}
