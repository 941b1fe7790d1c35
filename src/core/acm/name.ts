import { parseArn } from "../arn.ts";
import type { AcmCertificate } from "../inventory.ts";
import { type Called, showable } from "../x509/naming.ts";

/** What people call a certificate: its domain, else its subject, else its id. */
export function certificateInAcm({ arn, domainName, details }: AcmCertificate): Called {
  return showable(domainName || details?.subject || certificateId(arn), 200);
}

/** What tells its ARN from others of the account. */
export function certificateId(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^certificate\//, "");
}
