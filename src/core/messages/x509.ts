import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { KeyReason } from "../x509/key-naming.ts";
import type { NamingReason } from "../x509/naming.ts";
import type { Usages } from "../x509/usages.ts";
import type { Duration, Validity } from "../x509/validity.ts";

/** What is called otherwise than by a name of its own. */
export const namings = {
  "x509:cut": ({ text, left }) => l10n.t("{0}… ({1} more characters)", text, left),
  "x509:cut-bytes": ({ text, left }) => l10n.t("{0}… ({1} more bytes)", text, left),
  "x509:nameless": ({ serial }) => l10n.t("Certificate {0}", serial),
  "x509:email": () => l10n.t("Email"),
  "x509:ip-address": () => l10n.t("IP address"),
  "x509:directory-name": () => l10n.t("Directory name"),
  "x509:registered-id": () => l10n.t("Registered ID"),
  "x509:other-name": ({ type }) => l10n.t("Other name, {0}", type),
  "x509:x400-address": () => l10n.t("X.400 address"),
  "x509:edi-party-name": () => l10n.t("EDI party name"),
  "x509:key-on-curve-of-its-own": ({ key }) => l10n.t("{0} with explicit curve parameters", key),
  "x509:key-with-exponent": ({ key, exponent }) => l10n.t("{0}, exponent {1}", key, exponent),
  "x509:signature-pss": ({ hash, maskGeneration, maskHash, saltLength }) =>
    l10n.t("RSASSA-PSS with {0} ({1} with {2}, {3}-byte salt)", hash, maskGeneration, maskHash, saltLength),
  "x509:signature": ({ key, hash }) => l10n.t("{0} with {1}", key, hash),
  "x509:no-usages": () => l10n.t("empty"),
} satisfies SaysOf<NamingReason | KeyReason | Exclude<Usages, readonly unknown[]>>;

/** Where a time stands in a validity: for lists, badges and rows. */
export const validities = {
  "validity:end-unreadable": () => l10n.t("end of validity cannot be read"),
  "validity:expired": ({ ago }) => l10n.t("expired {0} ago", ago),
  "validity:start-unreadable": () => l10n.t("beginning of validity cannot be read"),
  "validity:never": () => l10n.t("never valid (ends before it begins)"),
  "validity:not-yet": ({ starts, left }) => l10n.t("not valid yet (begins in {1}, on {0})", starts, left),
  "validity:endless": () => l10n.t("does not expire"),
  "validity:expires": ({ left }) => l10n.t("expires in {0}", left),
  "duration:less-than-a-minute": () => l10n.t("less than a minute"),
  "duration:minutes": ({ count }) => (count === 1 ? l10n.t("1 minute") : l10n.t("{0} minutes", count)),
  "duration:hours": ({ count }) => (count === 1 ? l10n.t("1 hour") : l10n.t("{0} hours", count)),
  "duration:days": ({ count }) => (count === 1 ? l10n.t("1 day") : l10n.t("{0} days", count)),
  "duration:months": ({ count }) => l10n.t("{0} months", count),
  "duration:years": ({ count }) => l10n.t("{0} years", count),
} satisfies SaysOf<Validity | Duration>;
