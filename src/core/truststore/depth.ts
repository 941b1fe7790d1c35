import { addTo } from "../grouped.ts";
import { type Bundle, certificatesOf, type PlacedCertificate } from "../x509/bundle/bundle.ts";
import { issuerNamesIn } from "../x509/bundle/selection.ts";
import { isSelfSigned } from "../x509/identity.ts";
import type { Certificate } from "../x509/model.ts";
import { type CertificateIndex, hasIssuer, indexOf, issuerCandidates, judged } from "../x509/path/chain.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { repeatedIn } from "./structure.ts";

/**
 * The certificates directly behind the longest chain that may be, counted from a root or from one whose issuer is not
 * there; where several ways lead up, by the shortest. A way that there may be is taken for one that there is.
 */
export function tooDeepIn(
  bundle: Bundle,
  most: number,
  signatures: SignatureVerdicts = noVerdicts,
): readonly PlacedCertificate[] {
  const names = issuerNamesIn(bundle);
  const repeated = repeatedIn(bundle);
  // One that looks as if it had issued itself may be another one's of its name.
  const namesakes = repeated.filter(({ certificate }) => isSelfSigned(certificate));
  const mayIssue = new Set([...names, ...namesakes.map(({ certificate }) => certificate.subject.key)]);
  // A chain of so many and one has so many issuers.
  if (!areAsMany(mayIssue, indexOf(bundle), most)) return [];
  // CAs of one name may have issued each other: then names tell nothing.
  return repeated.length > 0 ? tooDeepByCertificates(bundle, most, signatures) : tooDeepByNames(bundle, most, names);
}

/** Whether so many certificates have one of these names. */
function areAsMany(names: Iterable<string>, index: CertificateIndex, count: number): boolean {
  let found = 0;
  for (const name of names) {
    found += index.ofSubject(name).length;
    if (found >= count) return true;
  }
  return false;
}

function tooDeepByCertificates(
  bundle: Bundle,
  most: number,
  signatures: SignatureVerdicts,
): readonly PlacedCertificate[] {
  const index = indexOf(bundle);
  const below = new Map<Certificate, Certificate[]>();
  const top = new Set<Certificate>();
  for (const certificate of index.certificates) {
    const issuers = issuersOf(certificate, index, signatures);
    if (issuers.length === 0) top.add(certificate);
    for (const issuer of issuers) addTo(below, issuer, certificate);
  }
  const last = levelBelow(top, below, most);
  return last.size === 0 ? [] : certificatesOf(bundle).filter(({ certificate }) => last.has(certificate));
}

/** What is so many steps below the top, each by its shortest way. */
function levelBelow<One>(top: ReadonlySet<One>, below: ReadonlyMap<One, readonly One[]>, steps: number): Set<One> {
  const seen = new Set(top);
  let level: readonly One[] = [...top];
  for (let step = 0; step < steps && level.length > 0; step++) {
    const next: One[] = [];
    for (const one of level)
      for (const under of below.get(one) ?? []) {
        if (seen.has(under)) continue;
        seen.add(under);
        next.push(under);
      }
    level = next;
  }
  return new Set(level);
}

/** Who signed it, or may have; none of a root, and where its issuer is not there or there are too many to tell. */
function issuersOf(
  certificate: Certificate,
  index: CertificateIndex,
  signatures: SignatureVerdicts,
): readonly Certificate[] {
  const verdictOn = (issuer: Certificate) => signatures.of(issuer, certificate);
  const own = verdictOn(certificate);
  if (own === "valid" || (isSelfSigned(certificate) && own !== "invalid")) return [];
  const candidates = issuerCandidates(certificate, index);
  if (candidates.omitted > 0) return [];
  const possible = judged(candidates, verdictOn).filter(
    (issuer) =>
      verdictOn(issuer) !== "invalid" && (verdictOn(issuer) === "valid" || !candidates.otherwise.includes(issuer)),
  );
  const valid = possible.filter((issuer) => verdictOn(issuer) === "valid");
  return valid.length > 0 ? valid : possible;
}

/** Where each name is that of one certificate: thousands cost no more than the names of those that issued others. */
function tooDeepByNames(bundle: Bundle, most: number, names: readonly string[]): readonly PlacedCertificate[] {
  const index = indexOf(bundle);
  const below = new Map<string, string[]>();
  const top = new Set<string>();
  const isTop = (certificate: Certificate): boolean => isSelfSigned(certificate) || !hasIssuer(certificate, index);
  for (const name of names) {
    for (const certificate of index.ofSubject(name)) {
      if (isTop(certificate)) top.add(name);
      else addTo(below, certificate.issuer.key, name);
    }
  }
  const last = levelBelow(top, below, most - 1);
  if (last.size === 0) return [];
  return certificatesOf(bundle).filter(
    ({ certificate }) =>
      last.has(certificate.issuer.key) && !isTop(certificate) && index.same(certificate) === certificate,
  );
}
