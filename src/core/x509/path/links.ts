import { identifierMismatch } from "../identity.ts";
import type { Certificate } from "../model.ts";
import { certificateCalled, nameCalled } from "../naming.ts";
import { signatureScheme } from "../read/signature-algorithm.ts";
import { isInside } from "./chain.ts";
import type { PathFault } from "./facts.ts";
import type { Search } from "./search.ts";
import { isSpelledAlike, spellingFact } from "./spelling.ts";
import { atOnce, candidatesFor, keyOf, type Walk } from "./walk.ts";

// What stands between a certificate and the CA whose signature it has. RFC 5280 accepts all of it; programs that find
// an issuer by other marks than the signature do not.

/** @param index of the certificate on the path */
export function* linkFaults(
  walk: Walk,
  certificate: Certificate,
  issuer: Certificate,
  index: number,
): Search<readonly PathFault[]> {
  const args = { title: certificateCalled(certificate), issuer: certificateCalled(issuer) };
  const faults: PathFault[] = [];
  const mismatch = identifierMismatch(certificate, issuer);
  if (mismatch !== undefined)
    faults.push({ kind: "authority-key", weight: "open", index, fact: { code: `path:authority-${mismatch}`, args } });
  if (!isSpelledAlike(certificate, issuer))
    faults.push({ kind: "spelling", weight: "open", index, fact: spellingFact(certificate, issuer) });
  if (mismatch === undefined && (yield* hasNamesake(walk, certificate, issuer)))
    faults.push({
      kind: "namesake",
      weight: "open",
      index,
      fact: {
        code: "path:namesake",
        args: { ...args, issuer: nameCalled(certificate.issuer, certificate.der) },
      },
    });
  return faults;
}

/** By all that OpenSSL looks at before it tries a signature (`x509_check_issued_int`), there is another issuer. */
function* hasNamesake(walk: Walk, certificate: Certificate, issuer: Certificate): Search<boolean> {
  const known = walk.namesakes.get(certificate) ?? new Map<number, boolean>();
  walk.namesakes.set(certificate, known);
  const { at } = walk.options;
  const [key, isAnchor, isValid] = [keyOf(walk, issuer), walk.anchors.has(issuer), isInside(issuer, at)];
  const place = key * 4 + (isAnchor ? 2 : 0) + (isValid ? 1 : 0);
  const found = known.get(place);
  if (found !== undefined) return found;
  const kinds = signatureScheme(certificate.signatureAlgorithm, certificate.der)?.keys ?? [];
  let count = 0;
  let is = false;
  for (const other of yield* candidatesFor(walk, certificate)) {
    if (++count % atOnce === 0) yield undefined;
    if (
      keyOf(walk, other) === key ||
      identifierMismatch(certificate, other) !== undefined ||
      !kinds.includes(other.publicKey.kind) ||
      other.keyUsage?.value?.includes("keyCertSign") === false ||
      // Who looks in the store first does not come to what the client sends.
      (isAnchor && !walk.anchors.has(other)) ||
      (isValid && !isInside(other, at))
    )
      continue;
    is = true;
    break;
  }
  known.set(place, is);
  return is;
}
