import { constants } from "node:crypto";
import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import type { TlsVersion } from "../../../core/probe/facts.ts";

/**
 * The ciphers that CloudFront offers origins, in its order, and the curves
 * (CFDG/secure-connections-supported-ciphers-cloudfront-to-origin). What a library does not know any more is left out
 * by itself.
 */
const ciphers = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-AES256-SHA384",
  "ECDHE-ECDSA-AES256-SHA",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES128-SHA256",
  "ECDHE-ECDSA-AES128-SHA",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-SHA384",
  "ECDHE-RSA-AES256-SHA",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-SHA256",
  "ECDHE-RSA-AES128-SHA",
  "AES256-SHA",
  "AES128-SHA",
  "DES-CBC3-SHA",
  "RC4-MD5",
].join(":");

const curves = "prime256v1:secp384r1:X25519";

/** OpenSSL refuses by itself what CloudFront takes, such as TLS 1.0; BoringSSL has no such levels, nor the word. */
const anyStrength = "@SECLEVEL=0";

/** How CloudFront speaks to an origin, but for what its library has no name for. No renegotiation: CFDG/using-https. */
export function contextOf(
  versions: readonly TlsVersion[],
  client: Pick<SecureContextOptions, "cert" | "key">,
  roots: readonly string[],
): SecureContext {
  const options: SecureContextOptions = {
    ...client,
    ca: [...roots],
    ecdhCurve: curves,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    ...range(versions),
  };
  try {
    return createSecureContext({ ...options, ciphers: `${ciphers}:${anyStrength}` });
  } catch {
    return createSecureContext({ ...options, ciphers });
  }
}

const inOrder: readonly TlsVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

function range(versions: readonly TlsVersion[]): Pick<SecureContextOptions, "minVersion" | "maxVersion"> {
  const places = versions.map((version) => inOrder.indexOf(version));
  return {
    minVersion: inOrder[Math.min(...places)] ?? "TLSv1.2",
    maxVersion: inOrder[Math.max(...places)] ?? "TLSv1.2",
  };
}
