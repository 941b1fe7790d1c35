import * as l10n from "@vscode/l10n";
import type { Algorithm, Certificate, Fault } from "./certificate.ts";

/** What is damaged in a certificate that was read, its dates aside: those that are none are found by their own rule. */
export function faultsOf(certificate: Certificate): readonly Fault[] {
  const { faults } = certificate;
  const damaged = faults.length === 0 ? faults : faults.filter(({ part }) => !isUnreadableDate(certificate, part));
  return isSameAlgorithm(certificate) ? damaged : [...damaged, algorithmFault(certificate)];
}

function isUnreadableDate({ notBefore, notAfter }: Certificate, part: string): boolean {
  if (part === "tbsCertificate.validity.notBefore") return notBefore.at === undefined;
  return part === "tbsCertificate.validity.notAfter" && notAfter.at === undefined;
}

/** To the byte, parameters included. */
function isSameAlgorithm({ der, signatureAlgorithm: inner, outerSignatureAlgorithm: outer }: Certificate): boolean {
  return inner.oid === outer.oid && isSameElement(der, inner, outer);
}

function isSameElement(der: Uint8Array, { parameters: one }: Algorithm, { parameters: other }: Algorithm): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.end - one.start !== other.end - other.start) return false;
  for (let at = 0; at < one.end - one.start; at++) if (der[one.start + at] !== der[other.start + at]) return false;
  return true;
}

/** The outer identifier stands right behind what is signed. */
function algorithmFault({ tbs, signature }: Certificate): Fault {
  return { part: "signatureAlgorithm", at: { start: tbs.end, end: signature.start }, message: l10n.t("It differs from the one that is signed with the certificate") };
}
