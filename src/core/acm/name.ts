import { parseArn } from "../arn.ts";
import type { AcmCertificate } from "../inventory.ts";
import { shown } from "../x509/words/describe.ts";

/** What people call a certificate: its domain, else its subject, else its id. */
export function certificateName({ arn, domainName, details }: AcmCertificate): string {
  return shown(domainName || details?.subject || certificateId(arn), 200);
}

/** What tells its ARN from others of the account. */
export function certificateId(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^certificate\//, "");
}
