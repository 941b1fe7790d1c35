import * as l10n from "@vscode/l10n";
import type { AuthorityKeyIdentifier, BasicConstraints, Extended, Extension, Fault, GeneralName, KeyUsage, Parsed, Slice } from "./certificate.ts";
import {
  attempt,
  bitsOf,
  bitString,
  boolean,
  checkInteger,
  constructed,
  Cursor,
  Damaged,
  hex,
  integer,
  note,
  objectIdentifier,
  octetString,
  oidOf,
  primitive,
  sequence,
  signedHex,
  smallInteger,
  tooMany,
  truth,
  type Element,
  type Source,
} from "./der.ts";
import { generalNamesOf } from "./general-names.ts";

const subjectKeyIdentifier = "2.5.29.14";
const keyUsage = "2.5.29.15";
const subjectAltName = "2.5.29.17";
const basicConstraints = "2.5.29.19";
const authorityKeyIdentifier = "2.5.29.35";
const extendedKeyUsage = "2.5.29.37";

/** Those behind are not read: no certificate has as many, and what shows them must end somewhere. */
export const mostExtensions = 1000;

/** Reads over the extensions and refuses what are none; they are read one by one when they are asked for. */
export function takeExtensions(cursor: Cursor, part: string): Element {
  const list = cursor.take(sequence, part);
  const inner = new Cursor(cursor.source, list.content, list.contentEnd, part);
  while (inner.more) readExtension(inner.into(sequence, part));
  return list;
}

function readExtension(cursor: Cursor): { readonly oid: string; readonly critical: boolean; readonly value: Element } {
  const { source, part } = cursor;
  const oid = oidOf(source, cursor.take(objectIdentifier, part), part);
  const flag = cursor.optional(boolean, part);
  const critical = flag !== undefined && truth(source, flag, part);
  const value = cursor.take(octetString, part);
  cursor.end();
  return { oid, critical, value };
}

/** What extensions say, each read when it is first asked for, and each on its own. */
export abstract class DecodedExtensions implements Extended {
  protected readonly source: Source;
  #extensions: readonly Extension[] | undefined;
  #basicConstraints: Parsed<BasicConstraints> | null = null;
  #keyUsage: Parsed<readonly KeyUsage[]> | null = null;
  #extendedKeyUsage: Parsed<readonly string[]> | null = null;
  #subjectAltName: Parsed<readonly GeneralName[]> | null = null;
  #subjectKeyIdentifier: Parsed<string> | null = null;
  #authorityKeyIdentifier: Parsed<AuthorityKeyIdentifier> | null = null;

  constructor(source: Source) {
    this.source = source;
  }

  /** The SEQUENCE of them. */
  protected abstract readonly extensionList: Slice | undefined;

  get extensions(): readonly Extension[] {
    this.#extensions ??= this.extensionList === undefined ? [] : extensionsIn(this.source, this.extensionList);
    return this.#extensions;
  }

  get basicConstraints(): Parsed<BasicConstraints> {
    if (this.#basicConstraints === null) this.#basicConstraints = this.#parse(basicConstraints, readBasicConstraints);
    return this.#basicConstraints;
  }

  get keyUsage(): Parsed<readonly KeyUsage[]> {
    if (this.#keyUsage === null) this.#keyUsage = this.#parse(keyUsage, readKeyUsage);
    return this.#keyUsage;
  }

  get extendedKeyUsage(): Parsed<readonly string[]> {
    if (this.#extendedKeyUsage === null) this.#extendedKeyUsage = this.#parse(extendedKeyUsage, readExtendedKeyUsage);
    return this.#extendedKeyUsage;
  }

  get subjectAltName(): Parsed<readonly GeneralName[]> {
    if (this.#subjectAltName === null) this.#subjectAltName = this.#parse(subjectAltName, readGeneralNames);
    return this.#subjectAltName;
  }

  get subjectKeyIdentifier(): Parsed<string> {
    if (this.#subjectKeyIdentifier === null) this.#subjectKeyIdentifier = this.#parse(subjectKeyIdentifier, readSubjectKeyIdentifier);
    return this.#subjectKeyIdentifier;
  }

  get authorityKeyIdentifier(): Parsed<AuthorityKeyIdentifier> {
    if (this.#authorityKeyIdentifier === null) this.#authorityKeyIdentifier = this.#parse(authorityKeyIdentifier, readAuthorityKeyIdentifier);
    return this.#authorityKeyIdentifier;
  }

  protected extensionFaults(): Fault[] {
    const faults: Fault[] = [];
    for (const parsed of [this.basicConstraints, this.keyUsage, this.extendedKeyUsage, this.subjectAltName, this.subjectKeyIdentifier, this.authorityKeyIdentifier]) {
      if (parsed?.fault !== undefined) faults.push(parsed.fault);
    }
    if (this.extensions.length === mostExtensions && this.extensionList !== undefined) {
      faults.push({ part: "tbsCertificate.extensions", at: this.extensionList, message: l10n.t("No more than {0} extensions are read", mostExtensions) });
    }
    const seen = new Set<string>();
    for (const { oid, value } of this.extensions) {
      if (seen.has(oid)) faults.push({ part: partOf(oid), at: value, message: l10n.t("There is more than one extension {0}; the first is read", oid) });
      seen.add(oid);
    }
    return faults;
  }

  #parse<T>(oid: string, read: (cursor: Cursor) => T): Parsed<T> {
    for (const extension of this.extensions) if (extension.oid === oid) return this.#parseAt(extension.value, partOf(oid), read);
    return undefined;
  }

  #parseAt<T>({ start, end }: Slice, part: string, read: (cursor: Cursor) => T): Parsed<T> {
    return attempt(() => {
      const cursor = new Cursor(this.source, start, end, part);
      const value = read(cursor);
      // OpenSSL reads over what is behind.
      if (cursor.more) note(this.source, part, { start: cursor.at, end: cursor.limit }, tooMany(cursor));
      return value;
    });
  }
}

function partOf(oid: string): string {
  return `extension ${oid}`;
}

function extensionsIn(source: Source, list: Slice): Extension[] {
  const found: Extension[] = [];
  const cursor = new Cursor(source, list.start, list.end, "").into(sequence, "");
  while (cursor.more && found.length < mostExtensions) {
    const { oid, critical, value } = readExtension(cursor.into(sequence, ""));
    found.push({ oid, critical, value: { start: value.content, end: value.contentEnd } });
  }
  return found;
}

// --- contents

function readBasicConstraints(cursor: Cursor): BasicConstraints {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const flag = inner.optional(boolean, part);
  const ca = flag !== undefined && truth(source, flag, part);
  const length = inner.optional(integer, part);
  inner.end();
  if (length === undefined) return { ca, pathLength: undefined };
  checkInteger(source, length, part);
  const pathLength = smallInteger(source, length);
  if (pathLength === undefined) throw new Damaged(part, length, l10n.t("No path is as long as this number says"));
  if (pathLength < 0) note(source, part, length, l10n.t("No path is as short as this number says"));
  return { ca, pathLength };
}

const usages: readonly KeyUsage[] = ["digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly"];

function readKeyUsage(cursor: Cursor): KeyUsage[] {
  const { source, part } = cursor;
  const { start, end, unused } = bitsOf(source, cursor.take(bitString, part), part);
  const count = (end - start) * 8 - unused;
  return usages.filter((_, bit) => bit < count && ((source.bytes[start + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readExtendedKeyUsage(cursor: Cursor): string[] {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const purposes: string[] = [];
  while (inner.more) purposes.push(oidOf(source, inner.take(objectIdentifier, part), part));
  return purposes;
}

function readGeneralNames(cursor: Cursor): GeneralName[] {
  return generalNamesOf(cursor.into(sequence, cursor.part));
}

function readSubjectKeyIdentifier(cursor: Cursor): string {
  const { content, contentEnd } = cursor.take(octetString, cursor.part);
  return hex(cursor.source.bytes, content, contentEnd);
}

function readAuthorityKeyIdentifier(cursor: Cursor): AuthorityKeyIdentifier {
  const { source, part } = cursor;
  const inner = cursor.into(sequence, part);
  const key = inner.optional(primitive(0), part);
  const issuer = inner.sees(constructed(1)) ? generalNamesOf(inner.into(constructed(1), part)) : undefined;
  const serial = inner.optional(primitive(2), part);
  inner.end();
  if (serial !== undefined) checkInteger(source, serial, part);
  return {
    keyIdentifier: key && hex(source.bytes, key.content, key.contentEnd),
    issuer,
    serial: serial && signedHex(source.bytes, serial.content, serial.contentEnd),
  };
}
