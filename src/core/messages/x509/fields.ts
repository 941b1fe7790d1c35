import * as l10n from "@vscode/l10n";
import type { Certificate, Fault, PublicKey, Time } from "../../x509/model.ts";
import { oidText } from "../../x509/naming.ts";
import type { CertificateRequest } from "../../x509/read/request.ts";
import { momentText } from "../format.ts";
import { tell } from "../tell.ts";
import { colons, keyText, shown, signatureText, subjectText } from "./describe.ts";
import type { Field } from "./field.ts";

/** More are counted. */
const mostFaults = 50;

/**
 * What a certificate says, extensions apart.
 * @param fingerprint SHA-256 in hex: core has no hash.
 * @param words how long until, or since, the end of its validity; left out where the text must not change with the day.
 */
export function certificateFields(certificate: Certificate, fingerprint: string, words?: string): readonly Field[] {
  const {
    subject,
    issuer,
    der,
    serial,
    notBefore,
    notAfter,
    publicKey,
    signatureAlgorithm,
    outerSignatureAlgorithm,
    version,
    faults,
    trailing,
  } = certificate;
  const [inner, outer] = [signatureText(signatureAlgorithm, der), signatureText(outerSignatureAlgorithm, der)];
  return [
    { name: l10n.t("Subject"), value: subjectText(subject, der) || l10n.t("empty") },
    { name: l10n.t("Issuer"), value: subjectText(issuer, der) || l10n.t("empty") },
    { name: l10n.t("Serial number"), value: colons(serial), monospace: true },
    { name: l10n.t("Valid from"), value: timeText(notBefore) },
    {
      name: l10n.t("Valid until"),
      value: words === undefined ? timeText(notAfter) : `${timeText(notAfter)} – ${words}`,
    },
    keyField(publicKey),
    { name: l10n.t("Signature algorithm"), value: inner },
    ...(inner === outer ? [] : [{ name: l10n.t("Signature algorithm (outer)"), value: outer }]),
    { name: l10n.t("Version"), value: String(version) },
    { name: l10n.t("SHA-256 fingerprint"), value: colons(fingerprint), monospace: true },
    ...faultFields(faults, trailing),
  ];
}

export function requestFields({
  subject,
  der,
  publicKey,
  signatureAlgorithm,
  attributes,
  faults,
  trailing,
}: CertificateRequest): readonly Field[] {
  return [
    { name: l10n.t("Subject"), value: subjectText(subject, der) || l10n.t("empty") },
    keyField(publicKey),
    { name: l10n.t("Signature algorithm"), value: signatureText(signatureAlgorithm, der) },
    ...attributes.slice(0, mostFaults).map((oid) => ({ name: l10n.t("Attribute"), value: oidText(oid) })),
    ...faultFields(faults, trailing),
  ];
}

function keyField(publicKey: PublicKey): Field {
  return { name: l10n.t("Public key"), value: keyText(publicKey) };
}

function timeText({ text, at }: Time): string {
  return at === undefined ? l10n.t("“{0}” (not a date)", shown(text)) : momentText(new Date(at));
}

function faultFields(faults: readonly Fault[], trailing: number): readonly Field[] {
  const fields = faults.slice(0, mostFaults).map((fault) => ({ name: l10n.t("Damaged"), value: faultText(fault) }));
  if (faults.length > mostFaults)
    fields.push({ name: l10n.t("Damaged"), value: l10n.t("{0} more", faults.length - mostFaults) });
  if (trailing > 0) fields.push({ name: l10n.t("Extra bytes at the end"), value: String(trailing) });
  return fields;
}

/**
 * In which part something is wrong, and what.
 * @param line of the file, counted from one
 */
export function faultText({ part, reason }: Fault, line?: number): string {
  return line === undefined
    ? l10n.t("{0}: {1}", shown(part), shown(tell(reason)))
    : l10n.t("Line {0}, {1}: {2}", line, shown(part), shown(tell(reason)));
}
