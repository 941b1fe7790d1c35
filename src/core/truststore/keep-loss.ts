import { addTo, grouped } from "../grouped.ts";
import { type Bundle, certificatesOf, contentsInside, type Piece } from "../x509/bundle/bundle.ts";
import { mayBeDamagedCertificate, mislabelledIn } from "../x509/bundle/mislabelled.ts";
import { isSameKey, isSelfSigned, mayHaveIssued } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";

/** What goes with the blocks that go, and what that means for those who rely on it. */
export interface Loss {
  /** Certificates; those in a container too. */
  readonly certificates: number;
  readonly keys: number;
  /** Blocks that hold neither. */
  readonly others: number;
  /** CAs of which no certificate with the same name and key stays. */
  readonly authorities: readonly Certificate[];
  /** Whether the path of a client below one of them may lead through another CA that stays. */
  readonly hasOtherPaths: boolean;
}

/** @param result the bundle as it is left */
export function lossOf(dropped: readonly { readonly piece: Piece }[], result: Bundle): Loss {
  const staying = certificatesOf(result).map(({ certificate }) => certificate);
  const byName = grouped(staying, ({ subject }) => subject.key);
  const byIssuer = grouped(
    staying.filter((one) => !isSelfSigned(one)),
    ({ issuer }) => issuer.key,
  );
  const count = { certificates: 0, keys: 0, others: 0 };
  const authorities: Certificate[] = [];
  const told = new Map<string, Certificate[]>();
  let hasOtherPaths = false;
  for (const { piece } of dropped) {
    const { block, content } = piece;
    const held = content.kind === "certificate" ? 1 : contentsInside(piece).length;
    if (block.kind === "private-key" || block.mislabelledKey !== undefined) count.keys++;
    else if (held === 0) count.others++;
    count.certificates += held;
    if (content.kind !== "certificate") continue;
    const { certificate } = content;
    const name = certificate.subject.key;
    const isSame = (one: Certificate) => isSameKey(one, certificate);
    if (byName.get(name)?.some(isSame) || told.get(name)?.some(isSame)) continue;
    const hasIssued = byIssuer.get(name)?.some((one) => mayHaveIssued(certificate, one)) ?? false;
    if (!hasIssued && !isCertificateAuthority(certificate)) continue;
    authorities.push(certificate);
    addTo(told, name, certificate);
    hasOtherPaths ||= hasIssued || (!isSelfSigned(certificate) && byName.has(certificate.issuer.key));
  }
  return { ...count, authorities, hasOtherPaths };
}

/** Whether a block that a service does not take as it is holds a certificate, or may hold one that cannot be read. */
export function mayHoldCertificate(piece: Piece): boolean {
  const { block, content } = piece;
  if (content.kind === "certificate" || contentsInside(piece).length > 0) return true;
  const found = mislabelledIn(piece);
  if (found !== undefined) return found === "certificate";
  if (mayBeDamagedCertificate(piece)) return true;
  const isForCertificates = ["certificate", "trusted-certificate", "pkcs7"].includes(block.kind);
  return isForCertificates && (block.bytes === undefined || content.kind === "unreadable" || block.damage.length > 0);
}
