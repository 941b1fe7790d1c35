import * as l10n from "@vscode/l10n";
import type { AcmCertificate } from "../core/inventory.ts";
import { tell } from "../core/messages/tell.ts";
import type { SaysOf } from "../core/reason.ts";
import { type Validity, validityOf } from "../core/x509/validity.ts";

/** Shorter than elsewhere: a row has little room. */
const inRows = {
  "validity:end-unreadable": () => l10n.t("expiry unknown"),
  "validity:expires": ({ left }) => l10n.t("{0} left", left),
  "validity:not-yet": () => l10n.t("not valid yet"),
  "validity:never": () => l10n.t("never valid"),
} satisfies Partial<SaysOf<Validity>>;

/** As in `12 days left`. */
export function expiryInShort({ notBefore, notAfter }: AcmCertificate, now: Date): string {
  const from = notBefore?.getTime() ?? Number.NEGATIVE_INFINITY;
  return tell(validityOf({ notBefore: { at: from }, notAfter: { at: notAfter?.getTime() } }, now), inRows);
}
