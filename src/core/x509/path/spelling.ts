import { type Bundle, certificatesOf } from "../bundle/bundle.ts";
import { identityOf } from "../identity.ts";
import type { Attribute, Certificate, Name } from "../model.ts";
import { certificateCalled } from "../naming.ts";
import { derBytesOf, elementAt } from "../read/der.ts";
import { hex } from "../read/hex.ts";
import { latin1 } from "../read/names.ts";
import { teletexString } from "../read/tags.ts";
import { indexOf, mostCandidates } from "./chain.ts";
import type { PathFact } from "./facts.ts";
import { noVerdicts, type SignatureVerdicts } from "./verdicts.ts";

// Names that are equal by RFC 5280 section 7.1, and written otherwise: not all programs find the issuer by them.

export function isSpelledAlike(certificate: Certificate, issuer: Certificate): boolean {
  const [own, others] = [certificate.issuer.slice, issuer.subject.slice];
  const length = own.end - own.start;
  if (length !== others.end - others.start) return false;
  for (let at = 0; at < length; at++)
    if (certificate.der[own.start + at] !== issuer.der[others.start + at]) return false;
  return true;
}

/** Of a certificate that does not spell its issuer's name as the issuer does. */
export function spellingFact(certificate: Certificate, issuer: Certificate): PathFact {
  return {
    code:
      canonical(certificate.issuer, certificate.der) === canonical(issuer.subject, issuer.der)
        ? "path:spelling"
        : "path:spelling-beyond-ascii",
    args: { title: certificateCalled(certificate), issuer: certificateCalled(issuer) },
  };
}

/** As OpenSSL compares names (`asn1_string_canon`): the case of ASCII letters and the number of spaces do not count. */
function canonical({ rdns }: Name, der: Uint8Array): string {
  return JSON.stringify(
    rdns.map((rdn) =>
      rdn
        .map((attribute) => {
          const text = textFor(attribute, der)
            .replaceAll(/[\t-\r ]+/g, " ")
            .replaceAll(/^ | $/g, "");
          return `${attribute.oid}=${text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())}`;
        })
        .toSorted(),
    ),
  );
}

/** TeletexString is Latin-1 to OpenSSL, whatever is in it; what is no text counts as it stands. */
function textFor({ value, slice: { start, end } }: Attribute, der: Uint8Array): string {
  if (value === undefined) return hex(der, start, end);
  if (der[start] !== teletexString) return value;
  const { content, contentEnd } = elementAt(derBytesOf(der), start, end, "");
  return latin1(der, content, contentEnd);
}

/** A certificate with the signature of one whose name it spells in another way. */
export interface Respelled {
  readonly certificate: Certificate;
  readonly index: number;
  readonly issuer: Certificate;
}

/** Among which certificates of its issuer's name there is none that spells it otherwise. */
const settled = new WeakMap<Certificate, readonly Certificate[]>();

/** Where one that spells it alike signed it too, there is none. Of copies the first. */
export function respelledIn(bundle: Bundle, verdicts: SignatureVerdicts): readonly Respelled[] {
  if (verdicts === noVerdicts) return [];
  const all = indexOf(bundle);
  return certificatesOf(bundle).flatMap(({ certificate, index }) => {
    const peers = all.ofSubject(identityOf(certificate).issuer);
    if (peers.length === 0 || settled.get(certificate) === peers) return [];
    const looked = peers.slice(0, mostCandidates);
    if (looked.every((peer) => isSpelledAlike(certificate, peer))) {
      settled.set(certificate, peers);
      return [];
    }
    const self = all.same(certificate);
    if (self !== certificate) return [];
    // What a certificate calls itself nobody looks up.
    const signers = looked.filter((peer) => verdicts.of(peer, certificate) === "valid");
    const [issuer] = signers;
    const isFound = issuer === undefined || signers.some((peer) => peer === self || isSpelledAlike(certificate, peer));
    return isFound ? [] : [{ certificate, index, issuer }];
  });
}
