import { certificateInAcm } from "../acm/name.ts";
import type { AcmCertificate } from "../inventory.ts";
import { tell } from "./tell.ts";

/** What people call a certificate in ACM. */
export function certificateName(certificate: AcmCertificate): string {
  return tell(certificateInAcm(certificate));
}
