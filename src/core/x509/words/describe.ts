import * as l10n from "@vscode/l10n";
import { type KeyCalled, keyCalled, signatureCalled } from "../key-naming.ts";
import type { Algorithm, Certificate, GeneralName, Name, PublicKey, Time } from "../model.ts";
import {
  type Called,
  certificateCalled,
  distinguishedName,
  generalNameCalled,
  nameCalled,
  oidText as namedOid,
  purposes as namedPurposes,
  showable,
} from "../naming.ts";
import { type Duration, type Validity, validityOf } from "../validity.ts";

// Names in words, for files that hand over words: who hands over reasons takes what stands in ../naming.ts,
// ../key-naming.ts and ../validity.ts as it is.

function told(called: Called | KeyCalled): string {
  if (typeof called === "string") return called;
  switch (called.code) {
    case "x509:cut":
      return l10n.t("{0}… ({1} more characters)", called.args.text, called.args.left);
    case "x509:cut-bytes":
      return l10n.t("{0}… ({1} more bytes)", called.args.text, called.args.left);
    case "x509:nameless":
      return l10n.t("Certificate {0}", told(called.args.serial));
    case "x509:email":
      return l10n.t("Email");
    case "x509:ip-address":
      return l10n.t("IP address");
    case "x509:directory-name":
      return l10n.t("Directory name");
    case "x509:registered-id":
      return l10n.t("Registered ID");
    case "x509:other-name":
      return l10n.t("Other name, {0}", called.args.type);
    case "x509:x400-address":
      return l10n.t("X.400 address");
    case "x509:edi-party-name":
      return l10n.t("EDI party name");
    case "x509:key-on-curve-of-its-own":
      return l10n.t("{0} on a curve that it spells out", called.args.key);
    case "x509:key-with-exponent":
      return l10n.t("{0}, exponent {1}", called.args.key, told(called.args.exponent));
    case "x509:signature-pss": {
      const { hash, maskGeneration, maskHash, saltLength } = called.args;
      return l10n.t(
        "RSASSA-PSS with {0} ({1} with {2}, salt of {3} bytes)",
        hash,
        maskGeneration,
        maskHash,
        saltLength,
      );
    }
    case "x509:signature":
      return l10n.t("{0} with {1}", called.args.key, called.args.hash);
  }
}

export function shown(text: string, most?: number): string {
  return told(showable(text, most));
}

export function oidText(oid: string): string {
  return namedOid(oid);
}

export function purposes(certificate: Pick<Certificate, "extendedKeyUsage">): readonly string[] | undefined {
  return namedPurposes(certificate);
}

export function subjectText(name: Name, der: Uint8Array): string {
  return told(distinguishedName(name, der));
}

export function nameTitle(name: Name, der: Uint8Array): string {
  return told(nameCalled(name, der));
}

export function certificateTitle(certificate: Certificate): string {
  return told(certificateCalled(certificate));
}

export function generalNameText(name: GeneralName, der: Uint8Array): { readonly kind: string; readonly value: string } {
  const { kind, value } = generalNameCalled(name, der);
  return { kind: told(kind), value: told(value) };
}

export function keyText(key: Pick<PublicKey, "kind" | "algorithm" | "bits" | "curve" | "exponent">): string {
  return told(keyCalled(key));
}

export function signatureText(algorithm: Algorithm, der: Uint8Array): string {
  return told(signatureCalled(algorithm, der));
}

/** `2026-11-21 09:30:00 UTC` */
export function dateText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** As a clause: `expired 3 days ago`. */
export function validityInWords(
  validity: { readonly [end in "notBefore" | "notAfter"]: Pick<Time, "at"> },
  now: Date,
): string {
  return clauseOf(validityOf(validity, now));
}

function clauseOf(validity: Validity): string {
  switch (validity.code) {
    case "validity:end-unreadable":
      return l10n.t("its end of validity cannot be read");
    case "validity:expired":
      return l10n.t("expired {0} ago", durationText(validity.args.ago));
    case "validity:start-unreadable":
      return l10n.t("its beginning of validity cannot be read");
    case "validity:never":
      return l10n.t("never valid: its validity ends before it begins");
    case "validity:not-yet":
      return l10n.t(
        "not valid yet: begins on {0}, in {1}",
        dateText(validity.args.starts.getTime()),
        durationText(validity.args.left),
      );
    case "validity:endless":
      return l10n.t("does not expire");
    case "validity:expires":
      return l10n.t("expires in {0}", durationText(validity.args.left));
  }
}

export function durationText(duration: Duration): string {
  if (duration.code === "duration:less-than-a-minute") return l10n.t("less than a minute");
  const { count } = duration.args;
  switch (duration.code) {
    case "duration:minutes":
      return count === 1 ? l10n.t("1 minute") : l10n.t("{0} minutes", count);
    case "duration:hours":
      return count === 1 ? l10n.t("1 hour") : l10n.t("{0} hours", count);
    case "duration:days":
      return count === 1 ? l10n.t("1 day") : l10n.t("{0} days", count);
    case "duration:months":
      return l10n.t("{0} months", count);
    case "duration:years":
      return l10n.t("{0} years", count);
  }
}

const mostListed = 20;

/** Names after each other; those beyond the twentieth are counted. */
export function listed(items: readonly string[] | undefined): string | undefined {
  if (items === undefined || items.length === 0) return undefined;
  const all = items
    .slice(0, mostListed)
    .map((item) => shown(item))
    .join(", ");
  return items.length > mostListed ? l10n.t("{0} and {1} more", all, items.length - mostListed) : all;
}
