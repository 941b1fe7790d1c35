import { constants, createHash, createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { once } from "../../core/x509/bundle/bundle.ts";
import type { Certificate, PublicKey } from "../../core/x509/model.ts";
import { isOpenPair, type SignaturePair, type SignatureVerdicts, type Verdict } from "../../core/x509/path/verdicts.ts";
import { mgf1, rsassaPss } from "../../core/x509/read/pss.ts";
import { isSameAlgorithm, type SignatureScheme, signatureScheme } from "../../core/x509/read/signature-algorithm.ts";

/** Upper-case hex without separators. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").toUpperCase();
}

const digestNames = new Map<string, string>();

/** As OpenSSL calls it. */
function digestName(hash: string): string {
  const known = digestNames.get(hash);
  if (known !== undefined) return known;
  const name = hash.toLowerCase().replace("sha-", "sha").replace("/", "-");
  digestNames.set(hash, name);
  return name;
}

/** OpenSSL's own limit (`OPENSSL_RSA_MAX_MODULUS_BITS`); time grows with the square of it. */
const mostRsaBits = 16_384;
/**
 * OpenSSL's limit for large keys (`OPENSSL_RSA_MAX_PUBEXP_BITS`), here for all: a long exponent makes verifying as slow
 * as signing.
 */
const mostExponentDigits = 20;
/** DSA of FIPS 186-4 ends there. */
const mostDsaBits = 3072;

function isWithinReach({ kind, bits, curve, exponent }: PublicKey): boolean {
  switch (kind) {
    case "rsa":
    case "rsa-pss":
      return (
        bits !== undefined && bits <= mostRsaBits && exponent !== undefined && exponent.length <= mostExponentDigits
      );
    case "dsa":
      return bits !== undefined && bits <= mostDsaBits;
    case "ec":
      // A curve that the certificate spells out may be of any size.
      return curve !== undefined;
    default:
      return true;
  }
}

/** What a process tells of itself. */
export interface Runtime {
  readonly versions: object;
  readonly features: object;
}

/** Whether `node:crypto` is BoringSSL, as in VS Code on the desktop; it can do less than OpenSSL. */
export function isBoringSsl({ versions, features }: Runtime): boolean {
  // Older Electrons do not tell the feature.
  return "electron" in versions || ("openssl_is_boringssl" in features && features.openssl_is_boringssl === true);
}

/** Verifies signatures with `node:crypto`, each pair once for as long as both certificates live. */
export class SignatureChecker implements SignatureVerdicts {
  readonly #isBoringSsl: boolean;
  readonly #keys = new WeakMap<Certificate, Key>();
  /** By issuer: there are fewer of those. */
  readonly #verdicts = new WeakMap<Certificate, WeakMap<Certificate, Verdict>>();

  constructor(runtime: Runtime = process) {
    this.#isBoringSsl = isBoringSsl(runtime);
  }

  of(issuer: Certificate, subject: Certificate): Verdict | undefined {
    return this.#verdicts.get(issuer)?.get(subject);
  }

  check(issuer: Certificate, subject: Certificate): Verdict {
    const known = this.of(issuer, subject);
    if (known !== undefined) return known;
    const verdict = this.#verify(issuer, subject);
    once(this.#verdicts, issuer, () => new WeakMap<Certificate, Verdict>()).set(subject, verdict);
    return verdict;
  }

  /**
   * Verifies pairs in order, and yields to other work after each slice.
   * @returns whether it came to the end; it stops early where `signal` is aborted.
   */
  async verifyInSlices(
    pairs: readonly SignaturePair[],
    { slice = 8, signal, progress }: Slices = {},
  ): Promise<boolean> {
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
        if (pair === undefined || !isOpenPair(pair, this)) continue;
        this.check(pair.issuer, pair.subject);
        const after = performance.now();
        longest = Math.max(longest * 0.9, after - now);
        now = after;
      } while (done < pairs.length && now - start + longest <= slice);
      progress?.(done, pairs.length);
    }
    return true;
  }

  #verify(issuer: Certificate, subject: Certificate): Verdict {
    const { der, signature, signatureAlgorithm: algorithm } = subject;
    // As OpenSSL: the algorithm must be said twice the same, and a signature is whole bytes.
    if (der[signature.start - 1] !== 0 || !isSameAlgorithm(der, algorithm, subject.outerSignatureAlgorithm))
      return "invalid";
    const scheme = signatureScheme(algorithm, der);
    if (scheme === undefined) return "unsupported";
    const { kind, oid, key } = once(this.#keys, issuer, readKey);
    // Of these a key says which parameters it has by the signature's own identifier.
    const isOtherSize = (kind === "ml-dsa" || kind === "slh-dsa") && oid !== algorithm.oid;
    if (!scheme.keys.includes(kind) || isOtherSize) return "invalid";
    if (key === undefined) return "unsupported";
    try {
      return algorithm.oid === rsassaPss
        ? verifyPss(key, subject, scheme, this.#isBoringSsl)
        : verifyPlain(key, subject, scheme);
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

interface Key {
  readonly kind: PublicKey["kind"];
  readonly oid: string;
  /** `undefined`: it cannot be read here, or verifying with it would take too long. */
  readonly key: KeyObject | undefined;
}

function readKey({ der, publicKey }: Certificate): Key {
  const { kind, algorithm, spki } = publicKey;
  return {
    kind,
    oid: algorithm.oid,
    key: isWithinReach(publicKey) ? parseKey(der.subarray(spki.start, spki.end)) : undefined,
  };
}

function parseKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

function verifyPlain(key: KeyObject, { der, tbs, signature }: Certificate, { hash }: SignatureScheme): Verdict {
  return verdictOf(
    verify(
      hash === undefined ? null : digestName(hash),
      der.subarray(tbs.start, tbs.end),
      key,
      der.subarray(signature.start, signature.end),
    ),
  );
}

function verifyPss(
  key: KeyObject,
  { der, tbs, signature }: Certificate,
  { hash, pss }: SignatureScheme,
  isBoringSsl: boolean,
): Verdict {
  if (pss === undefined || hash === undefined || pss.maskGeneration !== mgf1) return "unsupported";
  if (pss.trailerField !== 1) return "invalid";
  // `verify` takes one hash for both. BoringSSL reads no certificate with two, and says that it does not verify.
  if (pss.maskHash !== pss.hash) return isBoringSsl ? "unsupported" : verdictOf(new X509Certificate(der).verify(key));
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  return verdictOf(
    verify(digestName(hash), der.subarray(tbs.start, tbs.end), options, der.subarray(signature.start, signature.end)),
  );
}

function verdictOf(verified: boolean): Verdict {
  return verified ? "valid" : "invalid";
}
