import { finish, perStep, type Steps } from "../steps.ts";
import type { Attribute, Certificate, GeneralName, Name } from "./model.ts";
import { hex } from "./read/hex.ts";
import { oidName, oidWords } from "./read/oids.ts";

/** What something is called: its name, or, where that is not all there is to say, what words are made of. */
export type Called = string | NamingReason;

/** What stands for a name, or for the rest of one. */
export type NamingReason =
  | { readonly code: "x509:cut" | "x509:cut-bytes"; readonly args: { readonly text: string; readonly left: number } }
  | { readonly code: "x509:nameless"; readonly args: { readonly serial: Called } }
  | { readonly code: "x509:other-name"; readonly args: { readonly type: string } }
  | { readonly code: `x509:${NameKind}` };

type NameKind = "email" | "ip-address" | "directory-name" | "registered-id" | "x400-address" | "edi-party-name";

// --- text of others

/** More of one value is of no use; what is left out is counted. In UTF-16 code units. */
const longestText = 2000;

/**
 * Controls, what turns the direction of text, what is invisible, halves of pairs, and what is no character at all: they
 * would make a name look like another.
 */
export const deceptive = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb\ufffe\uffff]/gu;

/** A text out of a certificate as it can be shown: nothing in it acts, and it ends somewhere. */
export function showable(text: string, most = longestText): Called {
  const left = text.length - most;
  const escaped = text
    .slice(0, most)
    .replaceAll(deceptive, (character) => `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`);
  return left > 0 ? { code: "x509:cut", args: { text: escaped, left } } : escaped;
}

/** `0A:1B:…`, of bytes or of hex without separators. */
export function colonsOf(hexadecimal: string, most = longestText): Called {
  const left = hexadecimal.length - most;
  const pairs = hexadecimal.slice(0, most).replaceAll(/[\dA-F]{2}(?=[\dA-F])/g, "$&:");
  return left > 0 ? { code: "x509:cut-bytes", args: { text: pairs, left: left / 2 } } : pairs;
}

/** An OID and what it is called: `clientAuth (1.3.6.1.5.5.7.3.2)`. */
export function oidText(oid: string): string {
  const name = oidName(oid);
  return name === undefined ? oid : `${name} (${oid})`;
}

/** The purposes as specifications spell them; `undefined` where the certificate does not say any. */
export function purposes({ extendedKeyUsage }: Pick<Certificate, "extendedKeyUsage">): readonly string[] | undefined {
  return extendedKeyUsage?.value?.map((oid) => oidName(oid) ?? oid);
}

// --- names

/** RFC 4514, most specific first, as `openssl -nameopt RFC2253` orders it; letters of other scripts as they are. */
export function distinguishedName(name: Name, der: Uint8Array): Called {
  return showable(
    name.rdns
      .toReversed()
      .map((rdn) =>
        rdn
          .toReversed()
          .map((attribute) => attributeText(attribute, der))
          .join("+"),
      )
      .join(","),
  );
}

function attributeText({ oid, value, slice }: Attribute, der: Uint8Array): string {
  const bytes = () => `#${hex(der, slice.start, Math.min(slice.end, slice.start + longestText))}`;
  return `${oidName(oid) ?? oid}=${value === undefined ? bytes() : escapedValue(value)}`;
}

/** RFC 4514 section 2.4. */
function escapedValue(value: string): string {
  return value
    .slice(0, longestText + 1)
    .replaceAll(/[,+"\\<>;]/g, "\\$&")
    .replace(/ $/, "\\ ")
    .replace(/^[ #]/, "\\$&");
}

const commonNameOid = "2.5.4.3";

/** The most specific one. */
export function commonName(name: Name): string | undefined {
  return valueOf(name, commonNameOid);
}

function valueOf(name: Name, oid: string): string | undefined {
  return name.rdns
    .flat()
    .findLast((attribute) => attribute.oid === oid && attribute.value !== undefined && attribute.value.trim() !== "")
    ?.value;
}

/** What people call a name: its common name, else its organization and unit, else all of it; empty where it is. */
export function nameCalled(name: Name, der: Uint8Array): Called {
  const organization = ["2.5.4.10", "2.5.4.11"].flatMap((oid) => valueOf(name, oid) ?? []).join(" – ");
  return showable(commonName(name) ?? organization, 200) || distinguishedName(name, der);
}

/** The same, and all of it where one among others is called so and has another name. */
export function nameCalledAmong(name: Name, der: Uint8Array, others: Certificates): Called {
  const called = nameCalled(name, der);
  const names = namesCalled(others).get(called);
  return names === undefined || (names.size === 1 && names.has(name.key)) ? called : distinguishedName(name, der);
}

type Certificates = readonly Certificate[] | ReadonlySet<Certificate>;

/** The names of certificates by what they are called: asked for each whose issuer is not there, of all that are. */
const calledSo = new WeakMap<Certificates, ReadonlyMap<Called, ReadonlySet<string>>>();

function namesCalled(certificates: Certificates): ReadonlyMap<Called, ReadonlySet<string>> {
  return finish(namesInSteps(certificates));
}

/** Of many, in steps: whoever asks for one among them afterwards does not wait for it. */
export function* namesInSteps(certificates: Certificates): Steps<ReadonlyMap<Called, ReadonlySet<string>>> {
  const known = calledSo.get(certificates);
  if (known !== undefined) return known;
  const names = new Map<Called, Set<string>>();
  let looked = 0;
  for (const { subject, der } of certificates) {
    if (++looked % perStep === 0) yield;
    const called = nameCalled(subject, der);
    const keys = names.get(called);
    if (keys === undefined) names.set(called, new Set([subject.key]));
    else keys.add(subject.key);
  }
  calledSo.set(certificates, names);
  return names;
}

/** What people call a certificate: its subject, else its first alternative name, else its serial number. */
export function certificateCalled({ subject, subjectAltName, serial, der }: Certificate): Called {
  if (!subject.isEmpty) return nameCalled(subject, der);
  const [first] = subjectAltName?.value ?? [];
  return first === undefined
    ? { code: "x509:nameless", args: { serial: showable(serial, 80) } }
    : generalNameCalled(first, der).value;
}

/** The kind of a name, and the name. */
export function generalNameCalled(
  name: GeneralName,
  der: Uint8Array,
): { readonly kind: Called; readonly value: Called } {
  const bytesIn = ({ start, end }: GeneralName["slice"]) =>
    colonsOf(hex(der, start, Math.min(end, start + longestText)));
  switch (name.kind) {
    case "email":
      return { kind: { code: "x509:email" }, value: showable(name.value) };
    case "dns":
      return { kind: "DNS", value: showable(name.value) };
    case "uri":
      return { kind: "URI", value: showable(name.value) };
    case "ip":
      return { kind: { code: "x509:ip-address" }, value: name.value ?? bytesIn(name.slice) };
    case "directory":
      return { kind: { code: "x509:directory-name" }, value: distinguishedName(name.value, der) };
    case "registered-id":
      return { kind: { code: "x509:registered-id" }, value: oidText(name.value) };
    case "other":
      return {
        kind: { code: "x509:other-name", args: { type: oidWords(name.oid) ?? name.oid } },
        value: name.value === undefined ? bytesIn(name.content) : showable(name.value),
      };
    case "x400":
      return { kind: { code: "x509:x400-address" }, value: bytesIn(name.slice) };
    case "edi-party":
      return { kind: { code: "x509:edi-party-name" }, value: bytesIn(name.slice) };
  }
}
