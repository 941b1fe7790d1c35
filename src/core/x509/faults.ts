import type { Certificate, Fault } from "./model.ts";
import { isSameAlgorithm } from "./read/signature-algorithm.ts";

/** What is damaged in a certificate that was read, its dates aside: those that are none are found by their own rule. */
export function faultsOf(certificate: Certificate): readonly Fault[] {
  const { faults } = certificate;
  if (certificate.isFaultless) return faults;
  const damaged = faults.length === 0 ? faults : faults.filter(({ part }) => !isUnreadableDate(certificate, part));
  return isSameAlgorithm(certificate.der, certificate.signatureAlgorithm, certificate.outerSignatureAlgorithm)
    ? damaged
    : [...damaged, algorithmFault(certificate)];
}

function isUnreadableDate({ notBefore, notAfter }: Certificate, part: string): boolean {
  if (part === "tbsCertificate.validity.notBefore") return notBefore.at === undefined;
  return part === "tbsCertificate.validity.notAfter" && notAfter.at === undefined;
}

/** The outer identifier stands right behind what is signed. */
function algorithmFault({ tbs, signature }: Certificate): Fault {
  return {
    part: "signatureAlgorithm",
    at: { start: tbs.end, end: signature.start },
    reason: { code: "der:another-algorithm" },
  };
}
