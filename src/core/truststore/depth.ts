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
  // CAs of one name may have issued each other: then names tell nothing.
  if (repeatedIn(bundle).length > 0) return tooDeepByCertificates(bundle, most, signatures);
  const names = issuerNamesIn(bundle);
  // A chain of so many and one has so many issuers.
  return names.length < most ? [] : tooDeepByNames(bundle, most, names);
}

function tooDeepByCertificates(
  bundle: Bundle,
  most: number,
  signatures: SignatureVerdicts,
): readonly PlacedCertificate[] {
  const index = indexOf(bundle);
  if (index.certificates.length <= most) return [];
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
  let level = new Set(top);
  for (let step = 0; step < steps && level.size > 0; step++) {
    const next = new Set([...level].flatMap((one) => (below.get(one) ?? []).filter((under) => !seen.has(under))));
    for (const one of next) seen.add(one);
    level = next;
  }
  return level;
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
