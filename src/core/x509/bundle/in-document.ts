import { decodeAll } from "../../pem/base64.ts";
import { writePem } from "../../pem/blocks.ts";
import { isLineEnd, nextLine, skipBlanks } from "../../pem/lines.ts";
import { charactersPerStep } from "../../steps.ts";
import { isUnreadable } from "../model.ts";
import { readCertificate } from "../read/certificate.ts";
import { type Bundle, once, readBundle } from "./bundle.ts";
import { hiddenPieces } from "./hidden.ts";

/** A document of another kind that somebody took for a file of certificates. */
export interface InDocument {
  readonly kind: "jwks" | "json" | "saml" | "xml" | "html";
  /** As PEM, each certificate in it once, in order. */
  readonly certificates: readonly string[];
  /** Whether nothing else in it may be a certificate or a private key. */
  readonly isWhole: boolean;
  /** Behind the comments that it may have above it. */
  readonly start: number;
}

const known = new WeakMap<Bundle, { readonly found: InDocument | undefined }>();

/** In characters: to read a longer one takes long, and nobody has its certificates in mind. */
const longestDocument = 16 * charactersPerStep;

/** @param bundle in which no block is read. What is hidden in it otherwise says more of it. */
export function documentIn(bundle: Bundle): InDocument | undefined {
  return once(known, bundle, () => {
    const { text } = bundle.pem;
    if (text.length > longestDocument) return { found: undefined };
    const start = behindComments(text);
    const found = documentOf(text.slice(start).trim(), start);
    return { found: found?.certificates.length === 0 && hiddenPieces(bundle).length > 0 ? undefined : found };
  }).found;
}

/** Line by line: there may be more of them than one pattern can repeat. */
function behindComments(text: string): number {
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; at = nextLine(text, at)) {
    const first = text.charCodeAt(skipBlanks(text, at));
    if (first !== 35 && !isLineEnd(first)) return at;
  }
  return text.length;
}

function documentOf(text: string, start: number): InDocument | undefined {
  if (/^[[{]/.test(text)) {
    const strings: string[] = [];
    const isSet = stringsOf(text, strings);
    if (isSet === undefined) return undefined;
    const { isWhole, ...found } = certificatesAmong(strings);
    return { kind: isSet ? "jwks" : "json", ...found, isWhole: isWhole && !/"(?:d|p|q|k)"\s*:/.test(text), start };
  }
  if (!text.startsWith("<")) return undefined;
  const head = text.slice(0, longestHead);
  if (/^<(?:!doctype\s+html|html)\b/i.test(head)) return { kind: "html", certificates: [], isWhole: false, start };
  const isSaml = /<(?:[\w-]{1,20}:)?Entit(?:y|ies)Descriptor\b/.test(head);
  const strings = [...text.matchAll(/<(?:[\w-]{1,20}:)?X509Certificate>([^<]*)</g)].map(([, inner = ""]) => inner);
  if (!isSaml && strings.length === 0 && !head.startsWith("<?xml")) return undefined;
  return { kind: isSaml ? "saml" : "xml", ...certificatesAmong(strings), start };
}

const longestHead = 4096;

/** @returns whether it is a set of keys, or one key; `undefined`: it is no JSON */
function stringsOf(text: string, strings: string[]): boolean | undefined {
  try {
    const value: unknown = JSON.parse(text, (_, inner: unknown) => {
      if (typeof inner === "string") strings.push(inner);
      return inner;
    });
    return (
      typeof value === "object" && value !== null && ("kty" in value || ("keys" in value && /"kty"\s*:/.test(text)))
    );
  } catch {
    return undefined;
  }
}

const fewestOfCertificate = 200;

function certificatesAmong(strings: readonly string[]): Pick<InDocument, "certificates" | "isWhole"> {
  const found = new Set<string>();
  let isWhole = true;
  for (const one of strings) {
    if (one.includes("-----BEGIN ")) {
      const { pieces } = readBundle(one);
      for (const { content } of pieces)
        if (content.kind === "certificate") found.add(writePem("CERTIFICATE", content.certificate.der));
        else isWhole = false;
      isWhole &&= pieces.length > 0;
    } else if (one.length >= fewestOfCertificate && /^\s*MI[A-Za-z0-9+/\s]+(?:={1,2}\s*)?$/.test(one)) {
      const read = readCertificate(decodeAll(one, 0, one.length));
      if (isUnreadable(read) || read.trailing > 0) isWhole = false;
      else found.add(writePem("CERTIFICATE", read.der));
    }
  }
  return { certificates: [...found], isWhole };
}
