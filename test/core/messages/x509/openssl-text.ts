// Certificates in the words of `openssl x509 -text -nameopt RFC2253,-esc_msb`, so that what we read can be compared
// with what it printed.
import type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  GeneralName,
  KeyUsage,
  Name,
  Slice,
} from "../../../../src/core/x509/model.ts";
import { oidName, oidWords } from "../../../../src/core/x509/read/oids.ts";

/** Names that OpenSSL 3.0 does not know print as numbers. */
const unknownToOpenssl =
  /^(1\.3\.6\.1\.4\.1\.311\.21\.(1|2|7|10)|1\.3\.6\.1\.4\.1\.311\.20\.2|2\.16\.840\.1\.101\.3\.4\.3\.(1[7-9]|[23]\d)|2\.16\.840\.1\.101\.3\.4\.4\..*)$/;

export function wordsOf(oid: string): string {
  return unknownToOpenssl.test(oid) ? oid : (oidWords(oid) ?? oid);
}

export function hexOf(bytes: Uint8Array, { start, end }: Slice): string {
  return Buffer.from(bytes.subarray(start, end)).toString("hex").toUpperCase();
}

export function colons(hex: string): string {
  return hex.replaceAll(/..(?=.)/g, "$&:");
}

/** As OpenSSL shows bytes that it cannot read; the truth has no blanks around it. */
export function dump(bytes: Uint8Array, { start, end }: Slice): string {
  return Buffer.from(bytes.subarray(start, end))
    .toString("latin1")
    .replaceAll(/[^ -~\r\n]/g, ".")
    .trim();
}

export function dateText(at: number | undefined): string {
  if (at === undefined) return "Bad time value";
  return `${new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z")
    .replace(/^[+-]?0*(\d+)-/, "$1-")}`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[,+"\\<>;]/g, "\\$&")
    .replaceAll(
      /[\0-\x1f\x7f]/g,
      (character) => `\\${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .replace(/^[ #]/, "\\$&")
    .replace(/(.) $/s, "$1\\ ");
}

export function nameText(name: Name, der: Uint8Array): string {
  return name.rdns
    .toReversed()
    .map((rdn) =>
      rdn
        .toReversed()
        .map(({ oid, value, slice }) => {
          const known = oidName(oid);
          return known === undefined || value === undefined
            ? `${known ?? oid}=#${hexOf(der, slice)}`
            : `${known}=${escaped(value)}`;
        })
        .join("+"),
    )
    .join(",");
}

/** `X509_NAME_oneline` into 256 characters: what does not fit is not said. */
function oneLine(name: Name, der: Uint8Array): string {
  let text = "";
  for (const { oid, slice } of name.rdns.flat()) {
    const value = Buffer.from(der.subarray(contentOf(der, slice), slice.end))
      .toString("latin1")
      .replaceAll(/[/+]/g, "\\$&")
      .replaceAll(
        /[^ -~]/g,
        (character) => `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
      );
    const next = `${text}/${oidName(oid) ?? oid}=${value}`;
    if (next.length > 255) break;
    text = next;
  }
  return text;
}

function contentOf(der: Uint8Array, { start }: Slice): number {
  const length = der[start + 1] ?? 0;
  return start + 2 + (length < 0x80 ? 0 : length & 0x7f);
}

const otherNames: Readonly<Record<string, string>> = {
  "1.3.6.1.4.1.311.20.2.3": "UPN",
  "1.3.6.1.5.5.7.8.5": "XmppAddr",
  "1.3.6.1.5.5.7.8.7": "SRVName",
  "1.3.6.1.5.5.7.8.8": "NAIRealm",
  "1.3.6.1.5.5.7.8.9": "SmtpUTF8Mailbox",
  "1.3.6.1.5.5.7.8.1": "id-on-personalData",
};

export function generalNameText(name: GeneralName, der: Uint8Array): string {
  switch (name.kind) {
    case "dns":
      return `DNS:${ia5Text(name.value, der, name.slice)}`;
    case "email":
      return `email:${ia5Text(name.value, der, name.slice)}`;
    case "uri":
      return `URI:${ia5Text(name.value, der, name.slice)}`;
    case "ip":
      return `IP Address:${addressText(der, name.slice) ?? invalidLength(name.slice.end - contentOf(der, name.slice))}`;
    case "registered-id":
      return `Registered ID:${wordsOf(name.value)}`;
    case "directory":
      return `DirName:${oneLine(name.value, der)}`;
    case "other":
      return `othername: ${otherNames[name.oid] ?? name.oid}::${name.value ?? "<unsupported>"}`;
    case "x400":
      return "X400Name:<unsupported>";
    case "edi-party":
      return "EdiPartyName:<unsupported>";
  }
}

/** The truth was read as UTF-8; where that fails, ours is Latin-1. */
function ia5Text(value: string, der: Uint8Array, slice: Slice): string {
  const content = Buffer.from(der.subarray(contentOf(der, slice), slice.end));
  return content.toString("latin1") === value ? content.toString("utf8") : value;
}

function addressText(der: Uint8Array, slice: Slice): string | undefined {
  const octets = [...der.subarray(contentOf(der, slice), slice.end)];
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return undefined;
  return Array.from({ length: 8 }, (_, index) =>
    ((octets[index * 2] ?? 0) * 256 + (octets[index * 2 + 1] ?? 0)).toString(16).toUpperCase(),
  ).join(":");
}

export function generalNamesText(names: readonly GeneralName[], der: Uint8Array): string {
  return names.length === 0 ? "<EMPTY>" : names.map((name) => generalNameText(name, der)).join(", ");
}

export function basicConstraintsText({ ca, pathLength }: BasicConstraints): string {
  return `CA:${ca ? "TRUE" : "FALSE"}${pathLength === undefined ? "" : `, pathlen:${pathLength}`}`;
}

const usageWords: Readonly<Record<KeyUsage, string>> = {
  digitalSignature: "Digital Signature",
  nonRepudiation: "Non Repudiation",
  keyEncipherment: "Key Encipherment",
  dataEncipherment: "Data Encipherment",
  keyAgreement: "Key Agreement",
  keyCertSign: "Certificate Sign",
  cRLSign: "CRL Sign",
  encipherOnly: "Encipher Only",
  decipherOnly: "Decipher Only",
};

export function keyUsageText(usages: readonly KeyUsage[]): string {
  return usages.map((usage) => usageWords[usage]).join(", ");
}

export function authorityText({ keyIdentifier, issuer, serial }: AuthorityKeyIdentifier, der: Uint8Array): string {
  const parts = [
    keyIdentifier !== undefined &&
      `${issuer === undefined && serial === undefined ? "" : "keyid:"}${colons(keyIdentifier)}`,
    ...(issuer ?? []).map((name) => generalNameText(name, der)),
    serial !== undefined && `serial:${colons(serial)}`,
  ];
  return parts.filter((part) => part !== false).join(" ");
}

export function versionText({ version }: Certificate): number | string {
  return version >= 1 && version <= 3 ? version : `Unknown (${version - 1})`;
}

function invalidLength(length: number): string {
  return `<invalid length=${length}>`;
}
