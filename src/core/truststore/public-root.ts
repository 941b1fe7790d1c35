import type { Bundle } from "../x509/bundle/bundle.ts";
import { certificateSelection } from "../x509/bundle/selection.ts";
import type { Certificate } from "../x509/model.ts";
import { publicRootLines } from "./public-roots.ts";

/** SHA-256 in upper-case hex: core has no hash of its own that is one. */
export type Fingerprint = (der: Uint8Array) => string;

let known: ReadonlyMap<number, readonly string[]> | undefined;

function knownRoots(): ReadonlyMap<number, readonly string[]> {
  if (known !== undefined) return known;
  const roots = new Map<number, readonly string[]>();
  for (const line of publicRootLines.trim().split("\n")) {
    const [hash = "", fingerprint = ""] = line.trim().split(" ");
    const key = Number.parseInt(hash, 16) | 0;
    roots.set(key, [...(roots.get(key) ?? []), fingerprint]);
  }
  known = roots;
  return roots;
}

/** Few others have the hash of one: only those are asked for their fingerprint. */
const likely = certificateSelection(({ hash }) => knownRoots().has(hash | 0));

const judged = new WeakMap<Certificate, boolean>();

/** The roots that browsers trust, the same to the byte: a private root of the same name is none of them. */
export function publicRootsIn(bundle: Bundle, fingerprint: Fingerprint | undefined): ReturnType<typeof likely> {
  // Without fingerprints that is unknown.
  if (fingerprint === undefined) return [];
  return likely(bundle).filter(({ certificate }) => {
    const told =
      judged.get(certificate) ??
      knownRoots()
        .get(certificate.hash | 0)
        ?.includes(fingerprint(certificate.der)) === true;
    judged.set(certificate, told);
    return told;
  });
}
