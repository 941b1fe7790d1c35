import { addTo } from "../grouped.ts";
import { finish, perStep, type Steps } from "../steps.ts";
import {
  type Bundle,
  type CertificateChange,
  certificateChange,
  certificatesOf,
  once,
  type Piece,
  type PlacedCertificate,
} from "../x509/bundle/bundle.ts";
import { issuerNamesIn } from "../x509/bundle/selection.ts";
import { isSameKey, isSelfSigned } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { type CertificateIndex, hasIssuer, indexOf, mostCandidates } from "../x509/path/chain.ts";

/** Certificates of which something is true because of others that have a certain name. */
interface Selection {
  (bundle: Bundle): readonly PlacedCertificate[];
  /** Of a large file, in steps: whoever wants them afterwards does not wait for it. */
  readonly prepare: (bundle: Bundle) => Steps<void>;
}

/**
 * The certificates, in order, that meet a condition which depends on them, on those of their subject (a copy is one),
 * and on those whose subject is the name that they are related by. After an edit it is asked of those that came, and of
 * those whose others came or went.
 */
function dependent(
  relatedName: (certificate: Certificate) => string,
  isMeant: (certificate: Certificate, index: CertificateIndex) => boolean,
): Selection {
  const meant = new WeakMap<readonly Piece[], readonly PlacedCertificate[]>();
  const byName = new WeakMap<readonly Piece[], ReadonlyMap<string, readonly PlacedCertificate[]>>();
  const found = new WeakMap<readonly Piece[], readonly PlacedCertificate[]>();
  const asLookedAt = (bundle: Bundle): Bundle => {
    const { base } = bundle.since;
    return { ...bundle, pieces: base, since: { base, start: 0, removed: 0, added: 0 } };
  };
  const among = function* (whole: Bundle): Steps<readonly PlacedCertificate[]> {
    const index = indexOf(whole);
    const all: PlacedCertificate[] = [];
    for (const [place, one] of certificatesOf(whole).entries()) {
      if (place % perStep === 0) yield;
      if (isMeant(one.certificate, index)) all.push(one);
    }
    return all;
  };
  const select = (bundle: Bundle): readonly PlacedCertificate[] =>
    once(found, bundle.pieces, () => {
      const { base, start, removed, added } = bundle.since;
      const whole = asLookedAt(bundle);
      const before = once(meant, base, () => finish(among(whole)));
      if (removed + added === 0) return before;
      const index = indexOf(bundle);
      const change = certificateChange(bundle);
      const touched = subjectsOf(change);
      const namesOf = (certificate: Certificate): readonly string[] => [
        ...new Set([certificate.subject.key, relatedName(certificate)]),
      ];
      const named = once(byName, base, () => grouped(certificatesOf(whole), namesOf));
      const isThere = ({ index: place }: PlacedCertificate): boolean => place < start || place >= start + removed;
      const kept = before.filter(
        (piece) => isThere(piece) && !namesOf(piece.certificate).some((name) => touched.has(name)),
      );
      const others = new Set([...touched].flatMap((name) => named.get(name) ?? []));
      const again = [...others].filter((piece) => isThere(piece) && isMeant(piece.certificate, index));
      const behind = [...kept, ...again].map((piece) =>
        piece.index < start ? piece : { ...piece, index: piece.index - removed + added },
      );
      return [...behind, ...change.come.filter(({ certificate }) => isMeant(certificate, index))].sort(
        (a, b) => a.index - b.index,
      );
    });
  return Object.assign(select, {
    prepare: function* (bundle: Bundle): Steps<void> {
      const { base } = bundle.since;
      if (!meant.has(base)) meant.set(base, yield* among(asLookedAt(bundle)));
    },
  });
}

function subjectsOf({ before, from, to, come }: CertificateChange): ReadonlySet<string> {
  return new Set([...before.slice(from, to), ...come].map(({ certificate }) => certificate.subject.key));
}

function grouped(
  pieces: readonly PlacedCertificate[],
  namesOf: (certificate: Certificate) => readonly string[],
): ReadonlyMap<string, readonly PlacedCertificate[]> {
  const groups = new Map<string, PlacedCertificate[]>();
  for (const piece of pieces) {
    for (const name of namesOf(piece.certificate)) addTo(groups, name, piece);
  }
  return groups;
}

/** The CAs that others issued who are not in the bundle. Of copies the first. */
export const openIn: Selection = dependent(
  ({ issuer }) => issuer.key,
  (certificate, index) => {
    if (
      !isCertificateAuthority(certificate) ||
      certificate.issuer.isEmpty ||
      isSelfSigned(certificate) ||
      index.same(certificate) !== certificate
    )
      return false;
    return !hasIssuer(certificate, index);
  },
);

/**
 * Of CAs that issued each other and lead up to no root, and to none whose issuer is not there, the first; by names.
 */
export function circlesIn(bundle: Bundle): readonly PlacedCertificate[] {
  return once(circles, bundle.pieces, () => {
    const names = issuerNamesIn(bundle);
    if (names.length === 0) return [];
    const index = indexOf(bundle);
    const isEnd = (certificate: Certificate) => isSelfSigned(certificate) || !hasIssuer(certificate, index);
    const below = new Map<string, string[]>();
    const grounded = new Set<string>();
    for (const name of names) {
      for (const certificate of index.ofSubject(name)) {
        if (isEnd(certificate)) grounded.add(name);
        else addTo(below, certificate.issuer.key, name);
      }
    }
    // What is added on the way is looked at as well.
    for (const name of grounded) for (const next of below.get(name) ?? []) grounded.add(next);
    const isThere = (name: string) => index.ofSubject(name).length > 0;
    if (names.every((name) => grounded.has(name) || !isThere(name))) return [];
    return certificatesOf(bundle).filter(({ certificate }) => {
      if (!isCertificateAuthority(certificate) || isEnd(certificate) || grounded.has(certificate.issuer.key))
        return false;
      // The rest of its circle is told with it.
      const above = new Set([certificate.subject.key]);
      for (const name of above)
        for (const other of index.ofSubject(name)) if (isThere(other.issuer.key)) above.add(other.issuer.key);
      for (const name of above) grounded.add(name);
      return true;
    });
  });
}

const circles = new WeakMap<readonly Piece[], readonly PlacedCertificate[]>();

/** Whether the certificates of one subject are from several issuers: asked of each of them, told once. */
const mixed = new WeakMap<readonly Certificate[], boolean>();

function isMixed(alike: readonly Certificate[]): boolean {
  return (
    alike.length > 1 && once(mixed, alike, ([first]) => alike.some(({ issuer }) => issuer.key !== first?.issuer.key))
  );
}

/** Certificates whose subject one before them has from another issuer. */
export const conflictingIn: Selection = dependent(
  ({ subject }) => subject.key,
  (certificate, index) => {
    if (certificate.subject.isEmpty) return false;
    const alike = index.ofSubject(certificate.subject.key);
    const [first] = alike;
    return (
      isMixed(alike) &&
      first !== undefined &&
      first.issuer.key !== certificate.issuer.key &&
      index.same(certificate) === certificate
    );
  },
);

/** Whether a certificate that names no key could be from either of two CAs of one name. */
export function isOtherOfName(one: Certificate, other: Certificate): boolean {
  return (
    isCertificateAuthority(other) &&
    other.publicKey.kind === one.publicKey.kind &&
    other.keyUsage?.value?.includes("keyCertSign") !== false &&
    !isSameKey(one, other)
  );
}

/** Whether the certificates of one subject have several keys: asked of each of them, told once. */
const ofSeveralKeys = new WeakMap<readonly Certificate[], boolean>();

/** CAs of whose name there is another, with another key. */
export const namesakesIn: Selection = dependent(
  ({ subject }) => subject.key,
  (certificate, index) => {
    const alike = index.ofSubject(certificate.subject.key);
    return (
      alike.length > 1 &&
      once(ofSeveralKeys, alike, ([first, ...others]) => others.some((other) => !first || !isSameKey(first, other))) &&
      isCertificateAuthority(certificate) &&
      certificate.keyUsage?.value?.includes("keyCertSign") !== false &&
      index.same(certificate) === certificate &&
      alike.slice(0, mostCandidates).some((other) => isOtherOfName(certificate, other))
    );
  },
);

/** Certificates of which another one has the subject. */
export const repeatedIn: Selection = dependent(
  ({ subject }) => subject.key,
  ({ subject }, index) => index.ofSubject(subject.key).length > 1,
);
