import { addTo } from "../../grouped.ts";
import { finish, perStep, type Steps } from "../../steps.ts";
import {
  type Bundle,
  certificateChange,
  certificatesOf,
  once,
  type Piece,
  prepareCertificates,
} from "../bundle/bundle.ts";
import { type Candidates, identityOf, isSelfSigned, namedBy } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { secondOf } from "../validity.ts";
import type { SignatureVerdicts, Verdict } from "./verdicts.ts";

// --- which certificates are there

/** A set of certificates, to be asked by name. */
export interface CertificateIndex {
  /** In order, each once: of equal certificates the first. */
  readonly certificates: readonly Certificate[];
  /** The certificate of the set with the same bytes: all questions and verdicts are about that one. */
  same(certificate: Certificate): Certificate;
  /** Of this subject (`Name.key`), in order. */
  ofSubject(key: string): readonly Certificate[];
  /** Of this subject and subject key identifier. */
  ofKey(subject: string, keyIdentifier: string): readonly Certificate[];
}

/** More certificates of one hash that differ are no accident, and are taken for different without a look. */
const mostOfOneHash = 16;

const none: readonly Certificate[] = [];

export function indexCertificates(certificates: Iterable<Certificate>): CertificateIndex {
  return finish(wholeIndex(certificates));
}

function* wholeIndex(certificates: Iterable<Certificate>): Steps<WholeIndex> {
  const index = new WholeIndex();
  yield* index.fill(certificates);
  return index;
}

class WholeIndex implements CertificateIndex {
  readonly certificates: Certificate[] = [];
  /** The first of each hash. */
  readonly #byHash = new Map<number, Certificate>();
  /** Of hashes that are there more than once, all that differ. */
  readonly #repeated = new Map<number, Certificate[]>();
  readonly #bySubject = new Map<string, Certificate[]>();
  #byKey: ReadonlyMap<string, ReadonlyMap<string, readonly Certificate[]>> | undefined;
  #places: ReadonlyMap<Certificate, number> | undefined;

  *fill(certificates: Iterable<Certificate>): Steps<void> {
    let looked = 0;
    for (const certificate of certificates) {
      if (++looked % perStep === 0) yield;
      const { hash, subject } = identityOf(certificate);
      const first = this.#byHash.get(hash);
      if (first === undefined) this.#byHash.set(hash, certificate);
      else {
        const alike = this.#repeated.get(hash) ?? [first];
        this.#repeated.set(hash, alike);
        if (this.same(certificate) !== certificate) continue;
        if (alike.length < mostOfOneHash) alike.push(certificate);
      }
      this.certificates.push(certificate);
      addTo(this.#bySubject, subject, certificate);
    }
  }

  same(certificate: Certificate): Certificate {
    const { hash } = identityOf(certificate);
    const first = this.#byHash.get(hash);
    if (first === undefined || isSame(first, certificate)) return first ?? certificate;
    return this.#repeated.get(hash)?.find((other) => isSame(other, certificate)) ?? certificate;
  }

  ofSubject(key: string): readonly Certificate[] {
    return this.#bySubject.get(key) ?? none;
  }

  ofKey(subject: string, keyIdentifier: string): readonly Certificate[] {
    this.#byKey ??= keyed(this.certificates);
    return this.#byKey.get(subject)?.get(keyIdentifier) ?? none;
  }

  /** Whether the one certificate is all that has its hash. */
  isAlone(certificate: Certificate): boolean {
    return !this.#repeated.has(identityOf(certificate).hash);
  }

  has(hash: number): boolean {
    return this.#byHash.has(hash);
  }

  /** Where a certificate of the index stands in it. */
  placeOf(certificate: Certificate): number {
    this.#places ??= new Map(this.certificates.map((one, place) => [one, place]));
    return this.#places.get(certificate) ?? -1;
  }
}

function keyed(certificates: readonly Certificate[]): ReadonlyMap<string, ReadonlyMap<string, readonly Certificate[]>> {
  const found = new Map<string, Map<string, Certificate[]>>();
  for (const certificate of certificates) {
    const { subject } = identityOf(certificate);
    const keyIdentifier = certificate.subjectKeyIdentifier?.value;
    if (keyIdentifier === undefined) continue;
    const ofSubject = found.get(subject) ?? new Map<string, Certificate[]>();
    found.set(subject, ofSubject);
    addTo(ofSubject, keyIdentifier, certificate);
  }
  return found;
}

/** An index in which a few certificates were replaced by others, none of which is there twice. */
class ChangedIndex implements CertificateIndex {
  readonly certificates: readonly Certificate[];
  readonly #whole: WholeIndex;
  readonly #start: number;
  readonly #removed: ReadonlySet<Certificate>;
  readonly #added: readonly Certificate[];
  readonly #subjects: ReadonlyMap<string, readonly Certificate[]>;

  constructor(whole: WholeIndex, start: number, removed: readonly Certificate[], added: readonly Certificate[]) {
    this.#whole = whole;
    this.#start = start;
    this.#removed = new Set(removed);
    this.#added = added;
    this.certificates = whole.certificates.toSpliced(start, removed.length, ...added);
    const subjects = new Set([...removed, ...added].map((certificate) => identityOf(certificate).subject));
    this.#subjects = new Map([...subjects].map((subject) => [subject, this.#changed(subject)]));
  }

  #changed(subject: string): readonly Certificate[] {
    const kept = this.#whole.ofSubject(subject).filter((certificate) => !this.#removed.has(certificate));
    const before = kept.filter((certificate) => this.#whole.placeOf(certificate) < this.#start);
    return [
      ...before,
      ...this.#added.filter((certificate) => identityOf(certificate).subject === subject),
      ...kept.slice(before.length),
    ];
  }

  same(certificate: Certificate): Certificate {
    const found = this.#added.find(
      (other) => identityOf(other).hash === identityOf(certificate).hash && isSame(other, certificate),
    );
    if (found !== undefined) return found;
    const known = this.#whole.same(certificate);
    return this.#removed.has(known) ? certificate : known;
  }

  ofSubject(key: string): readonly Certificate[] {
    return this.#subjects.get(key) ?? this.#whole.ofSubject(key);
  }

  ofKey(subject: string, keyIdentifier: string): readonly Certificate[] {
    return (
      this.#subjects.get(subject)?.filter((certificate) => certificate.subjectKeyIdentifier?.value === keyIdentifier) ??
      this.#whole.ofKey(subject, keyIdentifier)
    );
  }
}

function isSame(one: Certificate, other: Certificate): boolean {
  if (one === other) return true;
  const [a, b] = [one.der, other.der];
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const wholes = new WeakMap<readonly Piece[], WholeIndex>();
const indexes = new WeakMap<readonly Piece[], CertificateIndex>();

export function indexOf(bundle: Bundle): CertificateIndex {
  return once(indexes, bundle.pieces, () => {
    const { before, from, to, come } = certificateChange(bundle);
    const whole = once(wholes, bundle.since.base, () =>
      finish(wholeIndex(before.map(({ certificate }) => certificate))),
    );
    const [gone, added] = [before.slice(from, to), come].map((pieces) => pieces.map(({ certificate }) => certificate));
    if (gone === undefined || added === undefined || gone.length + added.length === 0) return whole;
    if (!isSimple(whole, gone, added))
      return indexCertificates(certificatesOf(bundle).map(({ certificate }) => certificate));
    const last = before.slice(0, from).findLast(({ certificate }) => whole.placeOf(certificate) >= 0);
    return new ChangedIndex(whole, last === undefined ? 0 : whole.placeOf(last.certificate) + 1, gone, added);
  });
}

/** Of a large file, in steps: whoever asks for its index afterwards does not wait for it. */
export function* prepareIndex(bundle: Bundle): Steps<void> {
  yield* prepareCertificates(bundle);
  const { base } = bundle.since;
  if (wholes.has(base)) return;
  const { before } = certificateChange(bundle);
  wholes.set(base, yield* wholeIndex(before.map(({ certificate }) => certificate)));
}

/** Nothing that goes or comes is there twice: of copies another one may become the first. */
function isSimple(whole: WholeIndex, gone: readonly Certificate[], come: readonly Certificate[]): boolean {
  const hashOf = (certificate: Certificate) => identityOf(certificate).hash;
  const [free, coming] = [new Set(gone.map(hashOf)), new Set(come.map(hashOf))];
  return (
    gone.every((certificate) => whole.isAlone(certificate)) &&
    coming.size === come.length &&
    [...coming].every((hash) => free.has(hash) || !whole.has(hash))
  );
}

// --- who may have issued whom

/** Of one name there is no honest reason to have more, and each is a signature to verify. */
export const mostCandidates = 50;

export function issuerCandidates(certificate: Certificate, index: CertificateIndex): Candidates {
  const identity = identityOf(certificate);
  const all = index.ofSubject(identity.issuer);
  if (identity.candidates?.all !== all) identity.candidates = { all, found: candidatesAmong(all, certificate, index) };
  return identity.candidates.found;
}

/** Whether there is a possible issuer, by names and key identifiers, or too many to tell. */
export function hasIssuer(certificate: Certificate, index: CertificateIndex): boolean {
  const all = index.ofSubject(identityOf(certificate).issuer);
  if (all.length === 0 || all.length > mostCandidates) return all.length > 0;
  const self = index.same(certificate);
  return all.some((candidate) => candidate !== self && namedBy(certificate, candidate) !== "otherwise");
}

function candidatesAmong(all: readonly Certificate[], certificate: Certificate, index: CertificateIndex): Candidates {
  let looked = all;
  if (all.length > mostCandidates) {
    const { issuer } = identityOf(certificate);
    const authorityKey = certificate.authorityKeyIdentifier?.value?.keyIdentifier;
    const ofKey = authorityKey === undefined ? [] : index.ofKey(issuer, authorityKey).slice(0, mostCandidates);
    looked = [...new Set([...ofKey, ...all.slice(0, mostCandidates)])].slice(0, mostCandidates);
  }
  const self = index.same(certificate);
  const found: Record<"named" | "possible" | "otherwise", Certificate[]> = { named: [], possible: [], otherwise: [] };
  for (const candidate of looked) {
    if (candidate !== self) found[namedBy(certificate, candidate)].push(candidate);
  }
  return { ...found, omitted: all.length - looked.length };
}

export interface Signers {
  /** Those it names, or else all of the right name; none for what looks like a root. */
  readonly first: readonly Certificate[];
  /** Who may have signed it where none of these, and not itself, did: identifiers are a help, no proof. */
  readonly behind: readonly Certificate[];
}

const noSigners: Signers = { first: [], behind: [] };

/** Whose signature on it is verified, besides itself. */
export function signersOf(subject: Certificate, index: CertificateIndex): Signers {
  const isRoot = isSelfSigned(subject);
  if (isRoot && index.ofSubject(identityOf(subject).subject).length < 2) return noSigners;
  const { named, possible, otherwise } = issuerCandidates(subject, index);
  // Where nothing names its key, an older one of its name may have signed what looks like a root.
  if (isRoot) return { first: [], behind: [...named, ...possible, ...otherwise] };
  const others = [...possible, ...otherwise];
  return named.length > 0 ? { first: named, behind: others } : { first: others, behind: [] };
}

/** Those whose signature decides. */
export function judged(
  { named, possible, otherwise }: Candidates,
  verdictOn: (issuer: Certificate) => Verdict | undefined,
): readonly Certificate[] {
  return named.length > 0 && named.some((issuer) => verdictOn(issuer) !== "invalid")
    ? named
    : [...named, ...possible, ...otherwise];
}

// --- who issued whom

export interface Issuance {
  /**
   * `self`: signed with its own key, or so it says. `valid`: verified. `broken`: the signature verifies with none of
   * those who can have made it. `unchecked`: not known yet, or never. `missing`: its issuer is not in the set.
   */
  readonly state: "self" | "valid" | "broken" | "unsupported" | "unchecked" | "missing";
  /** The likeliest; the certificate itself where the state is `self`, and where it says so and it is not. */
  readonly issuer: Certificate | undefined;
}

/**
 * @param now what is valid at this time is likelier, where nothing else tells two issuers apart. In milliseconds since
 * 1970.
 */
export function issuanceOf(
  certificate: Certificate,
  index: CertificateIndex,
  verdicts: SignatureVerdicts,
  now: number,
): Issuance {
  const subject = index.same(certificate);
  const { subject: name, issuer: issuerName } = identityOf(subject);
  if (name === issuerName) {
    const own = verdicts.of(subject, subject);
    if (own === "valid" || (isSelfSigned(subject) && own !== "invalid")) return { state: "self", issuer: subject };
    if (isSelfSigned(subject)) {
      const { behind } = signersOf(subject, index);
      const signer = behind.find((one) => verdicts.of(one, subject) === "valid");
      if (signer !== undefined) return { state: "valid", issuer: signer };
      const isOpen = behind.some((one) => verdicts.of(one, subject) === undefined);
      return { state: isOpen ? "unchecked" : "broken", issuer: subject };
    }
  }
  if (index.ofSubject(issuerName).length === 0) return missing;
  const candidates = issuerCandidates(subject, index);
  const verdictOn = (candidate: Certificate) => verdicts.of(candidate, subject);
  const issuer = likeliest(judged(candidates, verdictOn), (candidate) => [
    verdictRank(verdictOn(candidate)),
    candidates.otherwise.includes(candidate) ? 1 : 0,
    isCertificateAuthority(candidate) ? 0 : 1,
    isSelfSigned(candidate) ? 0 : index.ofSubject(identityOf(candidate).issuer).length > 0 ? 1 : 2,
    isInside(candidate, now) ? 0 : 1,
  ]);
  if (issuer === undefined) return missing;
  const verdict = verdictOn(issuer);
  if (verdict !== "invalid") return { state: verdict ?? "unchecked", issuer };
  // Of one name there may be a CA's older key, or a certificate that is no CA at all: then the issuer is not here.
  const isFault =
    candidates.named.length > 0 ||
    (candidates.omitted === 0 && candidates.possible.some((candidate) => isCertificateAuthority(candidate)));
  return isFault ? { state: "broken", issuer } : missing;
}

const missing: Issuance = { state: "missing", issuer: undefined };

function verdictRank(verdict: Verdict | undefined): number {
  return verdict === "valid" ? 0 : verdict === "invalid" ? 2 : 1;
}

export function isInside({ notBefore, notAfter }: Certificate, now: number): boolean {
  return notBefore.at !== undefined && notAfter.at !== undefined && notBefore.at <= now && secondOf(now) <= notAfter.at;
}

/** The first of the lowest ranks, compared from left to right. */
function likeliest(
  candidates: readonly Certificate[],
  ranksOf: (candidate: Certificate) => readonly number[],
): Certificate | undefined {
  const [first, ...others] = candidates;
  if (first === undefined || others.length === 0) return first;
  let best = { candidate: first, ranks: ranksOf(first) };
  for (const candidate of others) {
    const ranks = ranksOf(candidate);
    const difference = ranks.map((rank, place) => rank - (best.ranks[place] ?? 0)).find((step) => step !== 0) ?? 0;
    if (difference < 0) best = { candidate, ranks };
  }
  return best.candidate;
}
