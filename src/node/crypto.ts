import { constants, createHash, createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Certificate, PublicKey } from "../core/x509/certificate.ts";
import type { SignaturePair, SignatureVerdicts, Verdict } from "../core/x509/chain.ts";
import { rsassaPss } from "../core/x509/pss.ts";
import { saysOneAlgorithm, type SignatureScheme, signatureScheme } from "../core/x509/signature-algorithm.ts";

/** Upper-case hex without separators. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}

/** As OpenSSL calls it. */
function digestName(hash: string): string {
  return hash.toLowerCase().replace("sha-", "sha").replace("/", "-");
}

/** OpenSSL's own limit (`OPENSSL_RSA_MAX_MODULUS_BITS`); time grows with the square of it. */
const mostRsaBits = 16_384;
/** OpenSSL's limit for large keys (`OPENSSL_RSA_MAX_PUBEXP_BITS`), here for all: a long exponent makes verifying as slow as signing. */
const mostExponentDigits = 20;
/** DSA of FIPS 186-4 ends there. */
const mostDsaBits = 3072;

function isWithinReach({ kind, bits, curve, exponent }: PublicKey): boolean {
  switch (kind) {
    case "rsa":
    case "rsa-pss":
      return bits !== undefined && bits <= mostRsaBits && exponent !== undefined && exponent.length <= mostExponentDigits;
    case "dsa":
      return bits !== undefined && bits <= mostDsaBits;
    case "ec":
      // A curve that the certificate spells out may be of any size.
      return curve !== undefined;
    default:
      return true;
  }
}

/** Verifies signatures with `node:crypto`, each pair once for as long as both certificates live. */
export class SignatureChecker implements SignatureVerdicts {
  readonly #keys = new WeakMap<Certificate, KeyObject | "unsupported">();
  readonly #verdicts = new WeakMap<Certificate, WeakMap<Certificate, Verdict>>();

  of(issuer: Certificate, subject: Certificate): Verdict | undefined {
    return this.#verdicts.get(subject)?.get(issuer);
  }

  check(issuer: Certificate, subject: Certificate): Verdict {
    const known = this.of(issuer, subject);
    if (known !== undefined) return known;
    const verdict = this.#verify(issuer, subject);
    const verdicts = this.#verdicts.get(subject) ?? new WeakMap<Certificate, Verdict>();
    this.#verdicts.set(subject, verdicts.set(issuer, verdict));
    return verdict;
  }

  /**
   * Verifies pairs in order, and lets everybody else have their turn after each slice.
   * @returns whether it came to the end; it stops early where `signal` is aborted.
   */
  async verifyInSlices(pairs: readonly SignaturePair[], { slice = 8, signal, progress }: Slices = {}): Promise<boolean> {
    let longest = 0;
    let done = 0;
    while (done < pairs.length) {
      await setImmediate();
      if (signal?.aborted === true) return false;
      const start = performance.now();
      let now = start;
      // What one more may take belongs to the slice too.
      do {
        const pair = pairs[done++];
        if (pair === undefined || this.of(pair.issuer, pair.subject) !== undefined) continue;
        this.check(pair.issuer, pair.subject);
        const after = performance.now();
        longest = Math.max(longest * 0.9, after - now);
        now = after;
      } while (done < pairs.length && now - start + longest <= slice);
      progress?.(done, pairs.length);
    }
    return true;
  }

  #keyOf(certificate: Certificate): KeyObject | "unsupported" {
    const known = this.#keys.get(certificate);
    if (known !== undefined) return known;
    const key = parseKey(certificate);
    this.#keys.set(certificate, key);
    return key;
  }

  #verify(issuer: Certificate, subject: Certificate): Verdict {
    const { der, signature, signatureAlgorithm } = subject;
    // As OpenSSL: the algorithm must be said twice the same, and a signature is whole bytes.
    if (!saysOneAlgorithm(subject) || der[signature.start - 1] !== 0) return "invalid";
    const scheme = signatureScheme(signatureAlgorithm, der);
    if (scheme === undefined) return "unsupported";
    const { kind, algorithm } = issuer.publicKey;
    // Of these a key says which parameters it has by the signature's own identifier.
    const isOtherSize = (kind === "ml-dsa" || kind === "slh-dsa") && algorithm.oid !== signatureAlgorithm.oid;
    if (!scheme.keys.includes(kind) || isOtherSize) return "invalid";
    if (!isWithinReach(issuer.publicKey)) return "unsupported";
    const key = this.#keyOf(issuer);
    if (key === "unsupported") return "unsupported";
    try {
      return verifyWith(key, subject, scheme);
    } catch {
      // This build of OpenSSL, or of BoringSSL, has no such algorithm.
      return "unsupported";
    }
  }
}

export interface Slices {
  /** In milliseconds; a single verification that takes longer is not interrupted. */
  readonly slice?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each slice. */
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

function parseKey({ der, publicKey: { spki } }: Certificate): KeyObject | "unsupported" {
  try {
    return createPublicKey({ key: Buffer.from(der.buffer, der.byteOffset + spki.start, spki.end - spki.start), format: "der", type: "spki" });
  } catch {
    return "unsupported";
  }
}

function verifyWith(key: KeyObject, { der, tbs, signature, signatureAlgorithm }: Certificate, { hash, pss }: SignatureScheme): Verdict {
  const signed = der.subarray(tbs.start, tbs.end);
  const bytes = der.subarray(signature.start, signature.end);
  if (signatureAlgorithm.oid !== rsassaPss) return verdictOf(verify(hash === undefined ? null : digestName(hash), signed, key, bytes));
  if (pss === undefined || hash === undefined) return "unsupported";
  if (pss.trailerField !== 1) return "invalid";
  // `verify` takes one hash for both.
  if (pss.maskHash !== pss.hash) return verdictOf(new X509Certificate(der).verify(key));
  return verdictOf(verify(digestName(hash), signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength }, bytes));
}

function verdictOf(verified: boolean): Verdict {
  return verified ? "valid" : "invalid";
}
