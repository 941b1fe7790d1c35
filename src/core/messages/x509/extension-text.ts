import * as l10n from "@vscode/l10n";
import type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extended,
  Extension,
  KeyUsage,
  Parsed,
} from "../../x509/model.ts";
import { attempt, Cursor, derBytesOf } from "../../x509/read/der.ts";
import { extensionFault } from "../../x509/read/extension-grammar.ts";
import { oidWords } from "../../x509/read/oids.ts";
import { seriesText } from "../format.ts";
import { tell } from "../tell.ts";
import { generalNameText, shown } from "./describe.ts";
import { nothingField, outlineField } from "./extension-outline.ts";
import { readers } from "./extension-readers.ts";
import { bytesField, fieldsOf, nameField, wordsAndOid, yesOrNo } from "./extension-values.ts";
import type { Field } from "./field.ts";

/** What an extension says, in words. */
export interface ExtensionText {
  /** `Basic Constraints`; the OID where it has no name. */
  readonly name: string;
  readonly fields: readonly Field[];
  /**
   * Why it cannot be read; then the fields give its bytes, as far as they are DER. Or what in them the standard does
   * not allow.
   */
  readonly fault: string | undefined;
}

/** What has extensions, and the bytes they are in. */
export type Holder = Extended & { readonly der: Uint8Array };

export function extensionText(holder: Holder, extension: Extension): ExtensionText {
  const { der } = holder;
  const name = oidWords(extension.oid) ?? extension.oid;
  const read = alreadyRead(holder, extension) ?? readNow(der, extension);
  if (read === undefined) return { name, fields: [outlineField(der, extension.value)], fault: undefined };
  if (read.value !== undefined)
    return { name, fields: read.value.length === 0 ? [nothingField()] : read.value, fault: undefined };
  const { reason } = read.fault;
  const fields = readable.has(reason.code) ? fieldsOfContent(der, extension)?.value : undefined;
  return { name, fields: fields ?? [outlineField(der, extension.value)], fault: shown(tell(reason)) };
}

/** What the standard does not allow, and what can be read nonetheless. */
const readable: ReadonlySet<string> = new Set(["der:subtree-distance", "der:repeated-policy"]);

function readNow(der: Uint8Array, extension: Extension): Parsed<readonly Field[]> {
  if (!readers.has(extension.oid)) return undefined;
  const fault = extensionFault(derBytesOf(der), extension);
  return fault === undefined ? fieldsOfContent(der, extension) : { fault };
}

function fieldsOfContent(der: Uint8Array, { oid, value }: Extension): Parsed<readonly Field[]> {
  const reader = readers.get(oid);
  if (reader === undefined) return undefined;
  return attempt(() => {
    const content = new Cursor(derBytesOf(der), value.start, value.end, `extension ${oid}`);
    const fields = reader(content);
    content.end();
    return fields;
  });
}

// --- those that are read with the certificate: of each kind its first

function alreadyRead(holder: Holder, extension: Extension): Parsed<readonly Field[]> {
  const { der } = holder;
  if (holder.extensions.find(({ oid }) => oid === extension.oid) !== extension) return undefined;
  const say = <T>(parsed: Parsed<T>, fields: (value: T) => readonly Field[]): Parsed<readonly Field[]> =>
    parsed?.value === undefined ? parsed?.fault && { fault: parsed.fault } : { value: fields(parsed.value) };
  switch (extension.oid) {
    case "2.5.29.14":
      return say(holder.subjectKeyIdentifier, (identifier) => [bytesField(l10n.t("Key identifier"), identifier)]);
    case "2.5.29.15":
      return say(holder.keyUsage, keyUsageFields);
    case "2.5.29.17":
      return say(holder.subjectAltName, (names) => fieldsOf(names, (name) => nameField(name, der)));
    case "2.5.29.19":
      return say(holder.basicConstraints, basicConstraintsFields);
    case "2.5.29.35":
      return say(holder.authorityKeyIdentifier, (authority) => authorityFields(authority, der));
    case "2.5.29.37":
      return say(holder.extendedKeyUsage, (oids) =>
        fieldsOf(oids, (oid) => ({ name: l10n.t("Purpose"), value: wordsAndOid(oid) })),
      );
    default:
      return undefined;
  }
}

function basicConstraintsFields({ ca, pathLength }: BasicConstraints): readonly Field[] {
  const authority = { name: l10n.t("Certificate authority"), value: yesOrNo(ca) };
  return pathLength === undefined
    ? [authority]
    : [authority, { name: l10n.t("Path length"), value: String(pathLength) }];
}

function keyUsageFields(usages: readonly KeyUsage[]): readonly Field[] {
  return [{ name: l10n.t("Usages"), value: usages.length === 0 ? l10n.t("none") : seriesText(usages) }];
}

function authorityFields({ keyIdentifier, issuer, serial }: AuthorityKeyIdentifier, der: Uint8Array): readonly Field[] {
  return [
    ...(keyIdentifier === undefined ? [] : [bytesField(l10n.t("Key identifier"), keyIdentifier)]),
    ...fieldsOf(issuer ?? [], (name) => ({ name: l10n.t("Issuer"), value: generalNameText(name, der).value })),
    ...(serial === undefined ? [] : [bytesField(l10n.t("Serial number"), serial)]),
  ];
}
