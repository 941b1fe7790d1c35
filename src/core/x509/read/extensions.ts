import type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extended,
  Extension,
  Fault,
  GeneralName,
  KeyUsage,
  Parsed,
  Slice,
} from "../model.ts";
import { attempt, Cursor, type DerBytes, elementIn, type Kept, note, oidOf, tooMany, truth } from "./der.ts";
import {
  keptConstraints,
  keptPurposes,
  keptUsages,
  longestKept,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readGeneralNames,
  readKeyUsage,
  readSubjectKeyIdentifier,
} from "./extension-contents.ts";
import { extensionFault } from "./extension-grammar.ts";
import { bitString, boolean, integer, objectIdentifier, octetString, primitive, sequence } from "./tags.ts";

const subjectKeyIdentifier = "2.5.29.14";
const keyUsage = "2.5.29.15";
const subjectAltName = "2.5.29.17";
const basicConstraints = "2.5.29.19";
const nameConstraints = "2.5.29.30";
const authorityKeyIdentifier = "2.5.29.35";
const extendedKeyUsage = "2.5.29.37";

/** Those behind are not read: no certificate has as many, and what shows them must end somewhere. */
export const mostExtensions = 1000;

/**
 * Where the values stand that are read by themselves: the OCTET STRING of the first of its kind; 0 where there is none.
 */
export class ExtensionPlaces {
  /** The SEQUENCE of all. */
  readonly list: number;
  subjectKeyIdentifier = 0;
  keyUsage = 0;
  subjectAltName = 0;
  basicConstraints = 0;
  nameConstraints = 0;
  authorityKeyIdentifier = 0;
  extendedKeyUsage = 0;
  /** Whether one is critical beside key usage and basic constraints, which nearly always are. */
  hasOtherCriticals = false;
  /** Which last octets their OIDs have, a bit for each of 32. */
  kinds = 0;
  /** Whether two may be of the same kind; `false` is certain. */
  mayRepeat = false;
  /** Whether it is certain without reading them that those that are not read by themselves have no fault. */
  areOthersPlain = false;

  constructor(list: number) {
    this.list = list;
  }
}

/** Puts an extension where `DecodedExtensions` looks for it; `value` is where its OCTET STRING begins. */
export function rememberExtension(
  places: ExtensionPlaces,
  bytes: Uint8Array,
  type: number,
  typeEnd: number,
  value: number,
  isCritical: boolean,
): void {
  // Of one kind, the last octets are the same too.
  const kind = 1 << ((bytes[typeEnd - 1] ?? 0) & 31);
  if ((places.kinds & kind) !== 0) places.mayRepeat = true;
  places.kinds |= kind;
  const isOfStandard = isStandard(bytes, type, typeEnd);
  if (isCritical && !(isOfStandard && (bytes[type + 2] === 15 || bytes[type + 2] === 19)))
    places.hasOtherCriticals = true;
  if (!isOfStandard) return;
  switch (bytes[type + 2]) {
    case 14:
      places.subjectKeyIdentifier ||= value;
      break;
    case 15:
      places.keyUsage ||= value;
      break;
    case 17:
      places.subjectAltName ||= value;
      break;
    case 19:
      places.basicConstraints ||= value;
      break;
    case 30:
      places.nameConstraints ||= value;
      break;
    case 35:
      places.authorityKeyIdentifier ||= value;
      break;
    case 37:
      places.extendedKeyUsage ||= value;
  }
}

/** 2.5.29, and the last arc in one octet. */
function isStandard(bytes: Uint8Array, type: number, typeEnd: number): boolean {
  return typeEnd - type === 3 && bytes[type] === 0x55 && bytes[type + 1] === 0x1d;
}

/**
 * Whether it is certain without reading it that nothing is wrong in an extension: it is none of those that are read,
 * or it is of the form that nearly all of its kind have.
 */
export function isPlainExtension(
  bytes: Uint8Array,
  type: number,
  typeEnd: number,
  content: number,
  end: number,
): boolean {
  if (!isStandard(bytes, type, typeEnd)) return true;
  // All of these are short: of longer ones the second octet is no length.
  const length = bytes[content + 1] ?? 0xff;
  const isWhole = length < 0x80 && content + 2 + length === end;
  const first = bytes[content];
  switch (bytes[type + 2]) {
    case 14:
      return isWhole && first === octetString;
    case 15:
      return isWhole && first === bitString && length > 0 && (bytes[content + 2] ?? 0xff) < 8;
    case 19:
      // `{}`, `{ca}`, `{ca, length}` with a length of one octet.
      if (!isWhole || first !== sequence) return false;
      if (length === 0) return true;
      if (bytes[content + 2] !== boolean || bytes[content + 3] !== 1 || bytes[content + 4] !== 0xff) return false;
      return (
        length === 3 ||
        (length === 6 &&
          bytes[content + 5] === integer &&
          bytes[content + 6] === 1 &&
          (bytes[content + 7] ?? 0xff) < 0x80)
      );
    case 35:
      if (!isWhole || first !== sequence) return false;
      return length === 0 || (bytes[content + 2] === primitive(0) && bytes[content + 3] === length - 2);
    case 17:
    case 37:
      return false;
    default:
      return true;
  }
}

/** Reads over the extensions and refuses what are none; what they say is read one by one when it is asked for. */
export function takeExtensions(cursor: Cursor, part: string): ExtensionPlaces {
  const { source } = cursor;
  const list = cursor.take(sequence, part);
  const places = new ExtensionPlaces(list.start);
  const inner = new Cursor(source, list.content, list.contentEnd, part);
  while (inner.more) {
    const extension = inner.into(sequence, part);
    const type = extension.take(objectIdentifier, part);
    oidOf(source, type, part);
    const flag = extension.optional(boolean, part);
    const isCritical = flag !== undefined && truth(source, flag, part);
    const value = extension.take(octetString, part);
    extension.end();
    rememberExtension(places, source.bytes, type.content, type.contentEnd, value.start, isCritical);
  }
  return places;
}

/** What extensions say, each read when it is first asked for, and each on its own. */
export class DecodedExtensions implements Extended {
  protected readonly source: DerBytes;
  readonly #places: ExtensionPlaces | undefined;
  #extensions: readonly Extension[] | undefined;
  #basicConstraints: Parsed<BasicConstraints> | null = null;
  #keyUsage: Parsed<readonly KeyUsage[]> | null = null;
  #extendedKeyUsage: Parsed<readonly string[]> | null = null;
  #subjectAltName: Parsed<readonly GeneralName[]> | null = null;
  #subjectKeyIdentifier: Parsed<string> | null = null;
  #authorityKeyIdentifier: Parsed<AuthorityKeyIdentifier> | null = null;

  constructor(source: DerBytes, places: ExtensionPlaces | undefined) {
    this.source = source;
    this.#places = places;
  }

  get extensions(): readonly Extension[] {
    this.#extensions ??= this.#places === undefined ? none : extensionsIn(this.source, this.#places.list);
    return this.#extensions;
  }

  get basicConstraints(): Parsed<BasicConstraints> {
    if (this.#basicConstraints === null)
      this.#basicConstraints = this.#parse(
        this.#places?.basicConstraints,
        basicConstraints,
        readBasicConstraints,
        keptConstraints,
      );
    return this.#basicConstraints;
  }

  get keyUsage(): Parsed<readonly KeyUsage[]> {
    if (this.#keyUsage === null)
      this.#keyUsage = this.#parse(this.#places?.keyUsage, keyUsage, readKeyUsage, keptUsages);
    return this.#keyUsage;
  }

  get extendedKeyUsage(): Parsed<readonly string[]> {
    if (this.#extendedKeyUsage === null)
      this.#extendedKeyUsage = this.#parse(
        this.#places?.extendedKeyUsage,
        extendedKeyUsage,
        readExtendedKeyUsage,
        keptPurposes,
      );
    return this.#extendedKeyUsage;
  }

  get subjectAltName(): Parsed<readonly GeneralName[]> {
    if (this.#subjectAltName === null)
      this.#subjectAltName = this.#parse(this.#places?.subjectAltName, subjectAltName, readGeneralNames);
    return this.#subjectAltName;
  }

  get subjectKeyIdentifier(): Parsed<string> {
    if (this.#subjectKeyIdentifier === null)
      this.#subjectKeyIdentifier = this.#parse(
        this.#places?.subjectKeyIdentifier,
        subjectKeyIdentifier,
        readSubjectKeyIdentifier,
      );
    return this.#subjectKeyIdentifier;
  }

  get authorityKeyIdentifier(): Parsed<AuthorityKeyIdentifier> {
    if (this.#authorityKeyIdentifier === null)
      this.#authorityKeyIdentifier = this.#parse(
        this.#places?.authorityKeyIdentifier,
        authorityKeyIdentifier,
        readAuthorityKeyIdentifier,
      );
    return this.#authorityKeyIdentifier;
  }

  get hasOtherCriticals(): boolean {
    return this.#places?.hasOtherCriticals === true;
  }

  get nameConstraints(): Extension | undefined {
    // Few have them, and the list of all is long.
    return this.#places === undefined || this.#places.nameConstraints === 0
      ? undefined
      : this.extensions.find(({ oid }) => oid === nameConstraints);
  }

  /** Adds what is wrong in the extensions. */
  protected findExtensionFaults(faults: Fault[]): void {
    const places = this.#places;
    if (places === undefined) return;
    for (const parsed of [
      this.basicConstraints,
      this.keyUsage,
      this.extendedKeyUsage,
      this.#checkedAltName(),
      this.subjectKeyIdentifier,
      this.authorityKeyIdentifier,
    ]) {
      if (parsed?.fault !== undefined) faults.push(parsed.fault);
    }
    for (const extension of places.areOthersPlain ? none : this.extensions) {
      const fault = extensionFault(this.source, extension);
      if (fault !== undefined) faults.push(fault);
    }
    if (!places.mayRepeat) return;
    if (this.extensions.length === mostExtensions) {
      faults.push({
        part: "extensions",
        at: sliceAt(this.source, places.list),
        reason: { code: "der:many-extensions", args: { most: mostExtensions } },
      });
    }
    const seen = new Set<string>();
    for (const { oid, value } of this.extensions) {
      if (seen.has(oid))
        faults.push({
          part: partOf(oid),
          at: value,
          reason: { code: "der:repeated-extension", args: { oid } },
        });
      seen.add(oid);
    }
  }

  /** A hundred names take much memory: without a fault they are parsed again when they are needed. */
  #checkedAltName(): Parsed<readonly GeneralName[]> {
    const parsed = this.subjectAltName;
    if (parsed?.fault === undefined) this.#subjectAltName = null;
    return parsed;
  }

  /** @param kept of an extension of which nearly all are one of a few */
  #parse<T>(place: number | undefined, oid: string, read: (cursor: Cursor) => T, kept?: Kept<Parsed<T>>): Parsed<T> {
    if (place === undefined || place === 0) return undefined;
    const { source } = this;
    const { content, contentEnd } = elementIn(source, place);
    const known = kept?.find(source.bytes, content, contentEnd);
    if (known !== undefined) return known;
    const { notes } = source;
    const cursor = new Cursor(source, content, contentEnd, partOf(oid));
    const parsed = attempt(() => {
      const value = read(cursor);
      // OpenSSL reads over what is behind.
      if (cursor.more) note(source, cursor.part, { start: cursor.at, end: cursor.limit }, tooMany(cursor));
      return value;
    });
    // What is wrong is told with its place, which is another in each certificate; and was told before, where it is not
    // told again.
    if (
      kept !== undefined &&
      parsed.fault === undefined &&
      notes.length === 0 &&
      source.notes === notes &&
      contentEnd - content <= longestKept
    )
      kept.keep(source.bytes, content, contentEnd, parsed);
    return parsed;
  }
}

const none: readonly Extension[] = [];

function sliceAt(source: DerBytes, at: number): Slice {
  const { start, end } = elementIn(source, at);
  return { start, end };
}

function partOf(oid: string): string {
  return `extension ${oid}`;
}

function extensionsIn(source: DerBytes, at: number): Extension[] {
  const found: Extension[] = [];
  const list = elementIn(source, at);
  const cursor = new Cursor(source, list.content, list.contentEnd, "");
  while (cursor.more && found.length < mostExtensions) {
    const extension = cursor.into(sequence, "");
    const oid = oidOf(source, extension.take(objectIdentifier, ""), "");
    const flag = extension.optional(boolean, "");
    const { content, contentEnd } = extension.take(octetString, "");
    found.push({
      oid,
      critical: flag !== undefined && truth(source, flag, ""),
      value: { start: content, end: contentEnd },
    });
  }
  return found;
}
