import { addTo } from "../../grouped.ts";
import { type Bundle, once } from "../bundle/bundle.ts";
import { issuerNamesIn, selection } from "../bundle/selection.ts";
import { type Candidates, isSelfSigned } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { indexOf, issuerCandidates, judged } from "./chain.ts";
import type { SignatureVerdicts } from "./verdicts.ts";

/** A certificate that others of the same bundle may have issued. */
export interface Issued {
  readonly certificate: Certificate;
  readonly candidates: Candidates;
}

const known = new WeakMap<Bundle, ReadonlyMap<Certificate, Issued>>();

/** Each once, in order; those that signed themselves, and those whose issuer is not there, are not among them. */
export function issuedIn(bundle: Bundle): ReadonlyMap<Certificate, Issued> {
  return once(known, bundle, () => {
    const index = indexOf(bundle);
    const issued = new Map<Certificate, Issued>();
    for (const certificate of index.certificates) {
      if (isSelfSigned(certificate)) continue;
      const candidates = issuerCandidates(certificate, index);
      if (candidates.named.length + candidates.possible.length + candidates.otherwise.length > 0)
        issued.set(certificate, { certificate, candidates });
    }
    return issued;
  });
}

/**
 * Those that can have issued it, by all that is known: of those that the authority key identifier names, or else of
 * all of the right name, whose signature it is, where that was verified; else authorities, where there are any.
 */
export function likelyIssuers(
  { certificate, candidates }: Issued,
  verdicts: SignatureVerdicts | undefined,
): readonly Certificate[] {
  const { named, possible } = candidates;
  const verdictOn = (issuer: Certificate) => verdicts?.of(issuer, certificate);
  const valid = judged(candidates, verdictOn).filter((issuer) => verdictOn(issuer) === "valid");
  if (valid.length > 0) return valid;
  const open = (named.length > 0 ? named : possible).filter((issuer) => verdictOn(issuer) !== "invalid");
  const authorities = open.filter(isCertificateAuthority);
  return authorities.length > 0 ? authorities : open;
}

const noAuthorities = selection(
  ({ content }) => content.kind === "certificate" && content.certificate.basicConstraints?.value?.ca !== true,
);

const none: ReadonlyMap<Certificate, readonly Certificate[]> = new Map();

/** With what each issued. */
export function issuersThatAreNoCa(
  bundle: Bundle,
  verdicts: SignatureVerdicts | undefined,
): ReadonlyMap<Certificate, readonly Certificate[]> {
  if (noAuthorities(bundle).length === 0) return none;
  const index = indexOf(bundle);
  const isOneNamed = issuerNamesIn(bundle).some((name) =>
    index.ofSubject(name).some((certificate) => !isCertificateAuthority(certificate)),
  );
  if (!isOneNamed) return none;
  const issuedBy = new Map<Certificate, Certificate[]>();
  for (const issued of issuedIn(bundle).values()) {
    const [issuer, another] = likelyIssuers(issued, verdicts);
    // With two candidates, it is not known which one it was.
    if (
      issuer === undefined ||
      another !== undefined ||
      isCertificateAuthority(issuer) ||
      issuer.basicConstraints?.fault !== undefined
    )
      continue;
    addTo(issuedBy, issuer, issued.certificate);
  }
  return issuedBy;
}
