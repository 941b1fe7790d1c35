import { parseArn } from "../arn.ts";
import type { AcmCertificate } from "../inventory.ts";
import { type Called, showable } from "../x509/naming.ts";
import { shown } from "../x509/words/describe.ts";

/** What people call a certificate: its domain, else its subject, else its id. */
export function certificateInAcm(certificate: AcmCertificate): Called {
  return showable(longName(certificate), 200);
}

export function certificateName(certificate: AcmCertificate): string {
  return shown(longName(certificate), 200);
}

function longName({ arn, domainName, details }: AcmCertificate): string {
  return domainName || details?.subject || certificateId(arn);
}

/** What tells its ARN from others of the account. */
export function certificateId(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^certificate\//, "");
}
