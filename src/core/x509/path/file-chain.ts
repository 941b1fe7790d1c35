import type { BlockKind } from "../../pem/block.ts";
import { type Bundle, certificatesOf, contentsInside, type PlacedCertificate } from "../bundle/bundle.ts";
import { hiddenCertificates } from "../bundle/hidden.ts";
import { holdsJoined } from "../bundle/joined.ts";
import { certificateUnder, mayBeDamagedCertificate } from "../bundle/mislabelled.ts";
import { isSelfSigned } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { indexOf } from "./chain.ts";
import { longestChain } from "./chains.ts";
import { issuedIn, likelyIssuers } from "./issuers.ts";
import type { SignatureVerdicts } from "./verdicts.ts";

/** A file that is the chain of one certificate. */
export interface FileChain {
  /** From the leaf up: each certifies one that stands before it. */
  readonly connected: readonly PlacedCertificate[];
  /** In the file's order. */
  readonly unconnected: readonly PlacedCertificate[];
  /** The first that neither issued itself nor has its issuer in the file. `undefined`: the chain is complete. */
  readonly open: PlacedCertificate | undefined;
  /** Whether the connected certificates stand in the file so that each certifies one before it. */
  readonly isOrdered: boolean;
}

/**
 * `undefined`: the file is no chain, or that is uncertain. A chain has one certificate that is no authority and did not
 * sign itself, and it begins with it.
 * @param leafAnywhere the file is known to be a chain, wherever its leaf stands
 */
export function chainOfFile(
  bundle: Bundle,
  verdicts: SignatureVerdicts | undefined,
  { leafAnywhere }: { readonly leafAnywhere: boolean },
): FileChain | undefined {
  if (holdsMore(bundle, longestChain)) return undefined;
  const all = certificatesOf(bundle);
  if (all.length === 0 || all.length !== indexOf(bundle).certificates.length || hasUnknown(bundle)) return undefined;
  const [leaf, another] = all.filter(({ certificate }) => !isCertificateAuthority(certificate));
  if (
    leaf === undefined ||
    another !== undefined ||
    isSelfSigned(leaf.certificate) ||
    (leaf !== all[0] && !leafAnywhere)
  )
    return undefined;

  const issued = issuedIn(bundle);
  const issuersOf = (certificate: Certificate): readonly Certificate[] => {
    const known = issued.get(certificate);
    if (known === undefined) return [];
    const likely = likelyIssuers(known, verdicts);
    if (likely.length > 0) return likely;
    // A signature that does not verify is a fault of its own: the one that was meant is there.
    const { named, possible, otherwise } = known.candidates;
    if (named.length + possible.length > 0) return named.length > 0 ? named : possible.filter(isCertificateAuthority);
    // Key identifiers are a help to find it (RFC 5280 section 4.2.1.1): whose signature it is decides.
    return otherwise.filter(
      (issuer) => isCertificateAuthority(issuer) && verdicts?.of(issuer, certificate) !== "invalid",
    );
  };
  const connected = arranged(leaf, all, issuersOf);
  const unconnected = all.filter((piece) => !connected.includes(piece));
  // Certificates of another chain, or of several.
  if (
    unconnected.filter(
      ({ certificate }) => !unconnected.some((other) => issuersOf(other.certificate).includes(certificate)),
    ).length > 1
  )
    return undefined;
  const open = connected.find(({ certificate }) => !isSelfSigned(certificate) && issuersOf(certificate).length === 0);
  const ordered = connected.toSorted((a, b) => a.index - b.index);
  const isOrdered = ordered.every(({ certificate }, place) =>
    place === 0 ? certificate === leaf.certificate : certifiesOne(certificate, ordered.slice(0, place), issuersOf),
  );
  return { connected, unconnected, open, isOrdered };
}

/** Whether there are more certificates; of many only as many are looked at. */
function holdsMore({ pieces }: Bundle, most: number): boolean {
  let count = 0;
  return pieces.some(({ content }) => content.kind === "certificate" && ++count > most);
}

const certificateKinds: ReadonlySet<BlockKind> = new Set<BlockKind>(["certificate", "trusted-certificate", "pkcs7"]);

/** Certificates that cannot be read, or stand under another label, may be what is missing. */
export function hasUnknown(bundle: Bundle): boolean {
  return (
    bundle.pieces.some(
      (piece) =>
        piece.content.kind !== "certificate" &&
        (certificateKinds.has(piece.block.kind) ||
          certificateUnder(piece) !== undefined ||
          contentsInside(piece).length > 0 ||
          mayBeDamagedCertificate(piece)),
    ) ||
    hiddenCertificates(bundle).length > 0 ||
    holdsJoined(bundle)
  );
}

function certifiesOne(
  certificate: Certificate,
  others: readonly PlacedCertificate[],
  issuersOf: (certificate: Certificate) => readonly Certificate[],
): boolean {
  return others.some((other) => issuersOf(other.certificate).includes(certificate));
}

/** The issuer of the one placed last goes next, roots behind all others; what is as good stays as it stands. */
function arranged(
  leaf: PlacedCertificate,
  all: readonly PlacedCertificate[],
  issuersOf: (certificate: Certificate) => readonly Certificate[],
): readonly PlacedCertificate[] {
  const placed = [leaf];
  for (;;) {
    const last = placed.slice(-1);
    const next = all.filter((piece) => !placed.includes(piece) && certifiesOne(piece.certificate, placed, issuersOf));
    const rank = ({ certificate }: PlacedCertificate) =>
      (certifiesOne(certificate, last, issuersOf) ? 0 : 2) + (isSelfSigned(certificate) ? 1 : 0);
    const [best] = next.toSorted((a, b) => rank(a) - rank(b));
    if (best === undefined) return placed;
    placed.push(best);
  }
}
