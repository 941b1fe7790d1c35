import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { headOf } from "../../x509/bundle/places.ts";
import { mostSerialOctets, serialOddity } from "../../x509/serial-number.ts";
import type { CertificatePiece, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  negative: () =>
    l10n.t(
      "The serial number of this certificate is negative. Some programs, including those written in Go, reject the certificate. Issue it again with a positive serial number.",
    ),
  zero: () =>
    l10n.t(
      "The serial number of this certificate is zero. RFC 5280 requires a positive number that no other certificate of the CA has. Issue it again with a positive serial number.",
    ),
  long: ({ most }: { most: number }) =>
    l10n.t(
      "The serial number of this certificate has more than {0} bytes. Programs are not required to accept it. Issue it again with a shorter serial number.",
      most,
    ),
} satisfies Says;

export const serialNumber: Rule<CertificatePiece, typeof says> = {
  id: "certificate/serial-number",
  severity: "warning",
  requires: l10n.t("The serial number of a certificate must be positive and have at most 20 bytes."),
  source: sources.serialNumber,
  says,
  // A plain number is certain where nothing else is in doubt.
  concerns: ({ content: { certificate } }) => !certificate.isFaultless && serialOddity(certificate) !== undefined,
  *check({ block, content: { certificate } }) {
    const [at, oddity] = [headOf(block), serialOddity(certificate)];
    if (oddity === "long") yield { at, reason: { code: oddity, args: { most: mostSerialOctets } } };
    else if (oddity === "zero") yield { at, reason: { code: oddity } };
    else if (oddity === "negative") yield { at, reason: { code: oddity } };
  },
};
