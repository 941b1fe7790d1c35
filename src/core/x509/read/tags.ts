export const boolean = 0x01;

export const integer = 0x02;

export const bitString = 0x03;

export const octetString = 0x04;

export const nullValue = 0x05;

export const objectIdentifier = 0x06;

export const utf8String = 0x0c;

export const numericString = 0x12;

export const printableString = 0x13;

export const teletexString = 0x14;

export const ia5String = 0x16;

export const utcTime = 0x17;

export const generalizedTime = 0x18;

export const visibleString = 0x1a;

export const universalString = 0x1c;

export const bmpString = 0x1e;

export const sequence = 0x30;

export const set = 0x31;

/** Of an implicit or explicit tag that holds elements; of one that holds a primitive value, see `primitive`. */
export const constructed = (number: number): number => 0xa0 | number;

export const primitive = (number: number): number => 0x80 | number;

const names: Readonly<Record<number, string>> = {
  0x0a: "ENUMERATED",
  [boolean]: "BOOLEAN",
  [integer]: "INTEGER",
  [bitString]: "BIT STRING",
  [octetString]: "OCTET STRING",
  [nullValue]: "NULL",
  [objectIdentifier]: "OBJECT IDENTIFIER",
  [utf8String]: "UTF8String",
  [numericString]: "NumericString",
  [printableString]: "PrintableString",
  [teletexString]: "TeletexString",
  [ia5String]: "IA5String",
  [utcTime]: "UTCTime",
  [generalizedTime]: "GeneralizedTime",
  [visibleString]: "VisibleString",
  [universalString]: "UniversalString",
  [bmpString]: "BMPString",
  [sequence]: "SEQUENCE",
  [set]: "SET",
};

/** In ASN.1's own words. */
export function tagName(tag: number): string {
  if ((tag & 0xc0) === 0x80) return (tag & 0x20) === 0 ? `[${tag & 0x1f}] IMPLICIT` : `[${tag & 0x1f}]`;
  return names[tag] ?? names[tag & ~0x20] ?? `0x${tag.toString(16).padStart(2, "0")}`;
}
