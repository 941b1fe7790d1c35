import type { Bundle } from "../bundle/bundle.ts";
import { certificateSelection } from "../bundle/selection.ts";
import { identifierMismatch, identityOf, namedBy } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { type CertificateIndex, indexOf, mostCandidates } from "./chain.ts";
import { noVerdicts, type SignatureVerdicts } from "./verdicts.ts";

/** A certificate with the signature of one that its authority key identifier does not name. */
export interface Mismatch {
  readonly certificate: Certificate;
  readonly index: number;
  readonly issuer: Certificate;
  readonly what: "key" | "serial" | "name";
  /** One that it names, and that did not sign it. */
  readonly named: Certificate | undefined;
}

const withIdentifier = certificateSelection(
  ({ authorityKeyIdentifier }) => authorityKeyIdentifier?.value !== undefined,
);

/** Among which certificates of its issuer's name one was found that it names, and that signed it. */
const settled = new WeakMap<Certificate, readonly Certificate[]>();

/** Where one that it names signed it too, there is none. Of copies the first. */
export function mismatchesIn(bundle: Bundle, verdicts: SignatureVerdicts): readonly Mismatch[] {
  if (verdicts === noVerdicts) return [];
  const all = indexOf(bundle);
  return withIdentifier(bundle).flatMap(({ certificate, index }) => {
    const peers = all.ofSubject(identityOf(certificate).issuer);
    if (peers.length === 0 || settled.get(certificate) === peers || all.same(certificate) !== certificate) return [];
    const signers = signersAmong(peers, certificate, verdicts);
    const [issuer] = signers;
    if (issuer === undefined) return [];
    const what = identifierMismatch(certificate, issuer);
    if (what !== undefined && signers.every((signer) => identifierMismatch(certificate, signer) !== undefined))
      return [{ certificate, index, issuer, what, named: namedAmong(peers, certificate, verdicts) }];
    settled.set(certificate, peers);
    return [];
  });
}

function namedAmong(
  peers: readonly Certificate[],
  certificate: Certificate,
  verdicts: SignatureVerdicts,
): Certificate | undefined {
  return peers.find(
    (peer) =>
      peer !== certificate &&
      verdicts.of(peer, certificate) === "invalid" &&
      namedBy(certificate, peer) === "named" &&
      isCertificateAuthority(peer),
  );
}

function signersAmong(
  peers: readonly Certificate[],
  certificate: Certificate,
  verdicts: SignatureVerdicts,
): readonly Certificate[] {
  return peers.slice(0, mostCandidates).filter((peer) => verdicts.of(peer, certificate) === "valid");
}

/**
 * Whether somebody of its issuer's name in the bundle signed it, or may have, whatever its authority key identifier
 * names.
 */
export function maySomeoneHaveSigned(
  certificate: Certificate,
  index: CertificateIndex,
  verdicts: SignatureVerdicts,
): boolean {
  const self = index.same(certificate);
  return index.ofSubject(identityOf(certificate).issuer).some((peer) => {
    const verdict = verdicts.of(peer, self);
    return verdict === "valid" || (verdict !== "invalid" && peer !== self);
  });
}
