import { word } from "./bytes.ts";

/** What a server asks a client for. */
export interface CertificateRequest {
  /** The names of the CAs whose certificates it takes; DER. None: it does not say. */
  readonly authorities: readonly Uint8Array[];
  /**
   * Whether it takes signatures of a P-256 key, and of an RSA key. A client with another key presents nothing, so that
   * it is refused for that, and not for its certificate.
   */
  readonly takesEcdsa: boolean;
  readonly takesRsa: boolean;
}

/** The extensions signature_algorithms and certificate_authorities: RFC 8446, sections 4.2.3 and 4.2.4. */
const extension = { signatureAlgorithms: 13, authorities: 47 } as const;

/** Types of certificates: RFC 5246, section 7.4.4; RFC 8422, section 5.5. */
const certificateType = { rsa: 1, ecdsa: 64 } as const;

/** Signature schemes: RFC 8446, section 4.2.3. Up to TLS 1.2 a scheme of ECDSA has no curve, only a hash. */
const schemes = {
  ecdsa: [0x0403, 0x0503, 0x0603],
  rsa: [0x0401, 0x0501, 0x0601],
  rsaPss: [0x0804, 0x0805, 0x0806],
} as const;
const ecdsaOfP256 = [0x0403];

const tls12 = 0x0303;
const tls13 = 0x0304;

/** Reads the message CertificateRequest. What is cut off is left out. */
export function readCertificateRequest(body: Uint8Array, version: number): CertificateRequest {
  return version === tls13 ? readExtensions(body) : readFields(body, version);
}

function readExtensions(body: Uint8Array): CertificateRequest {
  let authorities: readonly Uint8Array[] = [];
  let takesEcdsa = false;
  let takesRsa = false;
  const start = 1 + (body[0] ?? 0);
  const end = Math.min(body.length, start + 2 + word(body, start));
  for (let at = start + 2; at + 4 <= end; at += 4 + word(body, at + 2)) {
    const content = body.subarray(at + 4, Math.min(end, at + 4 + word(body, at + 2)));
    if (word(body, at) === extension.authorities) authorities = readNames(content, 0);
    if (word(body, at) === extension.signatureAlgorithms) {
      takesEcdsa = hasOneOf(content, ecdsaOfP256);
      takesRsa = hasOneOf(content, schemes.rsaPss);
    }
  }
  return { authorities, takesEcdsa, takesRsa };
}

/** RFC 5246, section 7.4.4; before TLS 1.2 without the list of signatures: RFC 4346, section 7.4.4. */
function readFields(body: Uint8Array, version: number): CertificateRequest {
  const types = body.subarray(1, 1 + (body[0] ?? 0));
  const behindTypes = 1 + types.length;
  const signatures = version >= tls12 ? 2 + word(body, behindTypes) : 0;
  const list = body.subarray(behindTypes, behindTypes + signatures);
  const takes = (type: number, ...wanted: readonly number[]): boolean =>
    types.includes(type) && (signatures === 0 || hasOneOf(list, wanted));
  return {
    authorities: readNames(body, behindTypes + signatures),
    takesEcdsa: takes(certificateType.ecdsa, ...schemes.ecdsa),
    takesRsa: takes(certificateType.rsa, ...schemes.rsa, ...schemes.rsaPss),
  };
}

/** Of a list with its length before it. */
function hasOneOf(list: Uint8Array, wanted: readonly number[]): boolean {
  for (let at = 2; at + 2 <= list.length; at += 2) if (wanted.includes(word(list, at))) return true;
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
