import { word } from "./bytes.ts";

/** What a server asks a client for. */
export interface CertificateRequest {
  /** The names of the CAs whose certificates it takes; DER. None: it does not say. */
  readonly authorities: readonly Uint8Array[];
  /** Whether it takes signatures of ECDSA keys; a client with such a key alone has nothing to present otherwise. */
  readonly takesEcdsa: boolean;
}

/** The extensions signature_algorithms and certificate_authorities: RFC 8446, sections 4.2.3 and 4.2.4. */
const extension = { signatureAlgorithms: 13, authorities: 47 } as const;

/** The second byte of a signature scheme with ECDSA, and the type of certificate: RFC 5246, section 7.4.4; RFC 8422. */
const ecdsa = 3;
const ecdsaSign = 64;
const tls12 = 0x0303;
const tls13 = 0x0304;

/** Reads the message CertificateRequest. What is cut off is left out. */
export function readCertificateRequest(body: Uint8Array, version: number): CertificateRequest {
  return version === tls13 ? readExtensions(body) : readFields(body, version);
}

function readExtensions(body: Uint8Array): CertificateRequest {
  let authorities: readonly Uint8Array[] = [];
  let takesEcdsa = false;
  const start = 1 + (body[0] ?? 0);
  const end = Math.min(body.length, start + 2 + word(body, start));
  for (let at = start + 2; at + 4 <= end; at += 4 + word(body, at + 2)) {
    const content = body.subarray(at + 4, Math.min(end, at + 4 + word(body, at + 2)));
    if (word(body, at) === extension.authorities) authorities = readNames(content, 0);
    if (word(body, at) === extension.signatureAlgorithms) takesEcdsa = hasEcdsa(content, 2);
  }
  return { authorities, takesEcdsa };
}

/** RFC 5246, section 7.4.4; before TLS 1.2 without the list of signatures: RFC 4346, section 7.4.4. */
function readFields(body: Uint8Array, version: number): CertificateRequest {
  const types = body.subarray(1, 1 + (body[0] ?? 0));
  const behindTypes = 1 + types.length;
  const signatures = version >= tls12 ? 2 + word(body, behindTypes) : 0;
  return { authorities: readNames(body, behindTypes + signatures), takesEcdsa: types.includes(ecdsaSign) };
}

function hasEcdsa(list: Uint8Array, start: number): boolean {
  for (let at = start; at + 2 <= list.length; at += 2) if (list[at + 1] === ecdsa) return true;
  return false;
}

function readNames(bytes: Uint8Array, start: number): Uint8Array[] {
  const end = Math.min(bytes.length, start + 2 + word(bytes, start));
  const names: Uint8Array[] = [];
  let at = start + 2;
  while (at + 2 <= end) {
    const length = word(bytes, at);
    if (length === 0 || at + 2 + length > end) break;
    names.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return names;
}
