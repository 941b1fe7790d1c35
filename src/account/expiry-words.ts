import * as l10n from "@vscode/l10n";
import type { AcmCertificate } from "../core/inventory.ts";
import { tell } from "../core/messages/tell.ts";
import type { SaysOf } from "../core/reason.ts";
import { type Duration, type Validity, validityOf } from "../core/x509/validity.ts";

/** Shorter than elsewhere: a row has little room. */
const inRows = {
  "validity:end-unreadable": () => l10n.t("expiry unknown"),
  "validity:expires": ({ left }) => l10n.t("{0} left", left),
  "validity:not-yet": () => l10n.t("not valid yet"),
  "validity:never": () => l10n.t("never valid"),
  "duration:less-than-a-minute": () => l10n.t("<1 min"),
  "duration:minutes": ({ count }) => l10n.t("{0} min", count),
} satisfies Partial<SaysOf<Validity | Duration>>;

/** Shorter still, behind a reason. */
const behindReason = {
  ...inRows,
  "validity:endless": () => l10n.t("never expires"),
  "duration:hours": ({ count }) => l10n.t("{0} h", count),
  "duration:days": ({ count }) => l10n.t("{0} d", count),
  "duration:months": ({ count }) => l10n.t("{0} mo", count),
  "duration:years": ({ count }) => l10n.t("{0} yr", count),
} satisfies Partial<SaysOf<Validity | Duration>>;

/** What of it must be seen. */
const leads = {
  ...behindReason,
  "validity:expired": () => l10n.t("expired"),
  "validity:expires": ({ left }) => left,
  "validity:endless": () => l10n.t("never"),
} satisfies Partial<SaysOf<Validity | Duration>>;

/** As in `12 days left`. */
export function expiryInShort(certificate: AcmCertificate, now: Date): string {
  return tell(validity(certificate, now), inRows);
}

/** As in `10 mo left`, of which `10 mo` must be seen; `undefined` where ACM did not say when: it has issued none. */
export function expiryBehindReason(
  certificate: AcmCertificate,
  now: Date,
): { readonly lead: string; readonly said: string } | undefined {
  if (certificate.notAfter === undefined) return undefined;
  const end = validity(certificate, now);
  return { lead: tell(end, leads), said: tell(end, behindReason) };
}

function validity({ notBefore, notAfter }: AcmCertificate, now: Date): Validity {
  const from = notBefore?.getTime() ?? Number.NEGATIVE_INFINITY;
  return validityOf({ notBefore: { at: from }, notAfter: { at: notAfter?.getTime() } }, now);
}
