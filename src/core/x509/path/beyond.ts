import { addTo } from "../../grouped.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { certificateSelection, issuerNamesIn } from "../bundle/selection.ts";
import { isSelfSigned } from "../identity.ts";
import { type Certificate, isCertificateAuthority } from "../model.ts";
import { indexOf, issuerCandidates } from "./chain.ts";
import { longestChain } from "./chains.ts";
import { issuedIn, likelyIssuers } from "./issuers.ts";
import { nameConstraintsOf } from "./name-constraints.ts";
import { nameFault } from "./path-faults.ts";
import type { SignatureVerdicts } from "./verdicts.ts";

// What a CA of a file keeps those below it from.

/** A CA that may not issue certificates, because of one above it. */
export interface Beyond {
  readonly certificate: Certificate;
  readonly authority: Certificate;
  /** One that it issued nonetheless. */
  readonly issued: Certificate | undefined;
}

const limited = certificateSelection(({ basicConstraints }) => basicConstraints?.value?.pathLength !== undefined);

/** @param isStore its CAs are there to issue certificates that are not: also one that issued none in the file counts */
export function beyondPathLength(
  bundle: Bundle,
  verdicts: SignatureVerdicts | undefined,
  isStore: boolean,
): readonly Beyond[] {
  const authorities = limited(bundle);
  if (authorities.length === 0) return [];
  const index = indexOf(bundle);
  // Below a CA there must be one that issued others.
  if (
    !isStore &&
    !issuerNamesIn(bundle).some((name) => index.ofSubject(name).some((certificate) => !isSelfSigned(certificate)))
  )
    return [];
  const issued = soleIssuers(bundle, verdicts);
  const beyond = new Map<Certificate, Certificate>();
  for (const { certificate: authority } of authorities) {
    const length = authority.basicConstraints?.value?.pathLength;
    if (length !== undefined && issued.has(authority))
      for (const certificate of tooFarBelow(authority, length, issued, isStore)) beyond.set(certificate, authority);
  }
  return [...beyond].map(([certificate, authority]) => ({
    certificate,
    authority,
    issued: issued.get(certificate)?.[0],
  }));
}

const constrained = certificateSelection((certificate) => nameConstraintsOf(certificate)?.value !== undefined);

/** CAs whose own names the constraints of one above them exclude; each once. */
export function outsideNameConstraints(
  bundle: Bundle,
  verdicts: SignatureVerdicts | undefined,
): readonly Pick<Beyond, "certificate" | "authority">[] {
  const authorities = constrained(bundle);
  if (authorities.length === 0) return [];
  const issued = soleIssuers(bundle, verdicts);
  const outside = new Map<Certificate, Certificate>();
  for (const { certificate: authority } of authorities) {
    const seen = new Set([authority]);
    let level: readonly Certificate[] = [authority];
    for (let depth = 0; depth < longestChain && level.length > 0; depth++) {
      level = level.flatMap((above) =>
        (issued.get(above) ?? []).filter((below) => {
          if (seen.has(below)) return false;
          seen.add(below);
          if (!isCertificateAuthority(below)) return false;
          if (nameFault(authority, below, 1)?.weight === "refused" && !outside.has(below))
            outside.set(below, authority);
          return true;
        }),
      );
    }
  }
  return [...outside].map(([certificate, authority]) => ({ certificate, authority }));
}

/** What each issued that has no other issuer in the file: a cross-signed certificate has a way round. */
function soleIssuers(
  bundle: Bundle,
  signatures: SignatureVerdicts | undefined,
): ReadonlyMap<Certificate, readonly Certificate[]> {
  const found = new Map<Certificate, Certificate[]>();
  for (const issued of issuedIn(bundle).values()) {
    const [issuer, another] = likelyIssuers(issued, signatures);
    if (issuer === undefined || another !== undefined) continue;
    addTo(found, issuer, issued.certificate);
  }
  for (const [issuer, certificate] of newKeysOfOneName(bundle, signatures)) addTo(found, issuer, certificate);
  return found;
}

/** CAs that certify another key under their own name look as if they had signed themselves, but for the signature. */
function* newKeysOfOneName(
  bundle: Bundle,
  signatures: SignatureVerdicts | undefined,
): Generator<readonly [issuer: Certificate, certificate: Certificate], void, void> {
  if (signatures === undefined) return;
  const index = indexOf(bundle);
  for (const certificate of index.certificates) {
    if (!isSelfSigned(certificate) || signatures.of(certificate, certificate) !== "invalid") continue;
    const candidates = issuerCandidates(certificate, index);
    const [issuer, another] = likelyIssuers({ certificate, candidates }, signatures);
    if (issuer !== undefined && signatures.of(issuer, certificate) !== "valid") continue;
    if (issuer !== undefined && another === undefined) yield [issuer, certificate];
  }
}

/**
 * The CAs below that are too many, and issued something, or are there to. Those that issued themselves do not count
 * (RFC 5280 section 4.2.1.9).
 */
function tooFarBelow(
  authority: Certificate,
  length: number,
  issued: ReadonlyMap<Certificate, readonly Certificate[]>,
  isStore: boolean,
): readonly Certificate[] {
  const found: Certificate[] = [];
  const seen = new Set([authority]);
  let level = [{ certificate: authority, count: 0 }];
  for (let depth = 0; depth < longestChain && level.length > 0; depth++) {
    level = level.flatMap(({ certificate, count }) =>
      (issued.get(certificate) ?? []).flatMap((below) => {
        if (seen.has(below) || !(issued.has(below) || (isStore && isCertificateAuthority(below)))) return [];
        seen.add(below);
        const next = count + (below.selfIssued ? 0 : 1);
        if (next <= length) return [{ certificate: below, count: next }];
        found.push(below);
        return [];
      }),
    );
  }
  return found;
}
