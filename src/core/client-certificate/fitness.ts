import * as l10n from "@vscode/l10n";
import { mayHaveIssued } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { isInside } from "../x509/path/chain.ts";
import { mgf1 } from "../x509/read/pss.ts";
import { acceptedHashes, signatureScheme } from "../x509/read/signature-algorithm.ts";
import { certificateTitle, keyText, listed, purposes, signatureText, validityInWords } from "../x509/words/describe.ts";
import { ocspUrls } from "../x509/words/extension-text.ts";

export type Requirement =
  | "version"
  | "key"
  | "signature"
  | "key-family"
  | "client-auth"
  | "validity"
  | "issuer"
  | "ocsp-url"
  | "chain-length"
  | "chain-order"
  | "size"
  | "chain-size";

/** One requirement, and whether this certificate meets it. */
export interface Reason {
  readonly requirement: Requirement;
  readonly holds: boolean;
  /** With the value that decides. */
  readonly message: string;
  /** Which certificate of the chain it is about. */
  readonly index: number;
  /** The page that says so: of CloudFront on client certificates, or of ACM on importing them. */
  readonly source: "clientCertificate" | "importCertificate";
}

export interface Fitness {
  readonly fit: boolean;
  /** Those on an empty issuer and on OCSP are there only where they are not met. */
  readonly reasons: readonly Reason[];
}

const clientAuth = "1.3.6.1.5.5.7.3.2";
const prime256v1 = "1.2.840.10045.3.1.7";
/** Leaf and root included. */
export const longestClientChain = 3;
/** In bytes of PEM: the largest `Certificate` that ImportCertificate takes. */
const largestCertificate = 32_768;
/** In bytes of PEM, without the leaf. */
const largestChain = 64 * 1024;
/** In characters. */
const longestOcspUrl = 1000;

/**
 * Would CloudFront take this as an origin client certificate? What its guide requires, and what ACM requires of the
 * import that it needs to get there.
 * @param chain in the order of the file. The leaf is the first that is no CA, or the first.
 */
export function originClientFitness(chain: readonly Certificate[], now: Date): Fitness {
  const place = Math.max(
    0,
    chain.findIndex((certificate) => !isCertificateAuthority(certificate)),
  );
  const leaf = chain[place];
  if (leaf === undefined) return { fit: false, reasons: [] };
  const about =
    (index: number, source: Reason["source"]) =>
    (requirement: Requirement, holds: boolean, message: string): Reason => ({
      requirement,
      holds,
      message,
      index,
      source,
    });
  const cloudfront = about(place, "clientCertificate");
  const acm = about(place, "importCertificate");
  const order = orderFault(chain, place);
  const [size, chainSize] = [
    pemLength(leaf),
    chain.reduce((sum, certificate) => sum + pemLength(certificate), 0) - pemLength(leaf),
  ];
  const reasons = [
    cloudfront(
      "version",
      leaf.version === 3,
      leaf.version === 3
        ? l10n.t("It is an X.509 version 3 certificate")
        : l10n.t("It is an X.509 version {0} certificate; CloudFront takes version 3", leaf.version),
    ),
    keyReason(leaf, cloudfront),
    signatureReason(leaf, cloudfront),
    familyReason(leaf, acm),
    purposeReason(leaf, cloudfront),
    validityReason(leaf, now, acm),
    ...(leaf.issuer.isEmpty
      ? [acm("issuer", false, l10n.t("Its issuer is empty; ACM takes no certificate without an issuer"))]
      : []),
    ...ocspUrls(leaf)
      .filter(({ length }) => length > longestOcspUrl)
      .map(({ length }) =>
        acm(
          "ocsp-url",
          false,
          l10n.t("The URL of its OCSP responder has {0} characters; ACM takes {1}", length, longestOcspUrl),
        ),
      ),
    about(Math.min(longestClientChain, chain.length - 1), "clientCertificate")(
      "chain-length",
      chain.length <= longestClientChain,
      lengthMessage(chain.length),
    ),
    order === undefined
      ? acm("chain-order", true, l10n.t("The chain is in order"))
      : about(order.index, "importCertificate")("chain-order", false, order.message),
    acm(
      "size",
      size <= largestCertificate,
      size <= largestCertificate
        ? l10n.t("Its PEM has {0} bytes", size)
        : l10n.t("Its PEM has {0} bytes; ACM takes {1}", size, largestCertificate),
    ),
    ...(chain.length === 1 ? [] : [cloudfront("chain-size", chainSize <= largestChain, chainSizeMessage(chainSize))]),
  ];
  return { fit: reasons.every(({ holds }) => holds), reasons };
}

type Judge = (requirement: Requirement, holds: boolean, message: string) => Reason;

function keyReason({ publicKey }: Certificate, judge: Judge): Reason {
  const { kind, bits, curve } = publicKey;
  const holds = (kind === "rsa" && bits === 2048) || (kind === "ec" && curve?.oid === prime256v1);
  const key = keyText(publicKey);
  return judge(
    "key",
    holds,
    holds ? l10n.t("The key is {0}", key) : l10n.t("The key is {0}; CloudFront takes RSA 2048 or ECDSA P-256", key),
  );
}

function signatureReason({ signatureAlgorithm, der }: Certificate, judge: Judge): Reason {
  const scheme = signatureScheme(signatureAlgorithm, der);
  const isKnown =
    scheme?.keys.some((kind) => kind === "rsa" || kind === "ec") === true &&
    (scheme.pss === undefined || scheme.pss.maskGeneration === mgf1);
  const holds = isKnown && acceptedHashes.has(scheme.hash ?? "");
  const text = signatureText(signatureAlgorithm, der);
  return judge(
    "signature",
    holds,
    holds
      ? l10n.t("Its signature is {0}", text)
      : l10n.t(
          "Its signature is {0}; CloudFront takes RSA, ECDSA or RSASSA-PSS with SHA-256, SHA-384 or SHA-512",
          text,
        ),
  );
}

function familyReason({ publicKey, signatureAlgorithm, der }: Certificate, judge: Judge): Reason {
  const scheme = signatureScheme(signatureAlgorithm, der);
  const holds = scheme === undefined || scheme.keys.includes(publicKey.kind);
  return judge(
    "key-family",
    holds,
    holds
      ? l10n.t("Its key and the key of its issuer are of one family")
      : l10n.t(
          "Its key is {0}, but its issuer signed with {1}; ACM takes it only where both keys are of one family",
          keyText(publicKey),
          signatureText(signatureAlgorithm, der),
        ),
  );
}

function purposeReason(leaf: Certificate, judge: Judge): Reason {
  const usage = leaf.extendedKeyUsage;
  if (usage?.value?.includes(clientAuth) === true)
    return judge("client-auth", true, l10n.t("Its extended key usage has clientAuth"));
  if (usage === undefined)
    return judge(
      "client-auth",
      false,
      l10n.t("It has no extended key usage; CloudFront wants clientAuth ({0}) in it", clientAuth),
    );
  if (usage.fault !== undefined)
    return judge(
      "client-auth",
      false,
      l10n.t("Its extended key usage cannot be read; CloudFront wants clientAuth ({0}) in it", clientAuth),
    );
  return judge(
    "client-auth",
    false,
    l10n.t(
      "Its extended key usage is {0}; CloudFront wants clientAuth ({1}) in it",
      listed(purposes(leaf)) ?? l10n.t("empty"),
      clientAuth,
    ),
  );
}

function validityReason(leaf: Certificate, now: Date, judge: Judge): Reason {
  const words = validityInWords(leaf, now);
  const holds = isInside(leaf, now.getTime());
  return judge(
    "validity",
    holds,
    holds ? l10n.t("It is valid now: {0}", words) : l10n.t("It is not valid now: {0}", words),
  );
}

function lengthMessage(count: number): string {
  if (count === 1) return l10n.t("The chain has one certificate");
  return count <= longestClientChain
    ? l10n.t("The chain has {0} certificates", count)
    : l10n.t("The chain has {0} certificates; CloudFront takes {1}, leaf and root included", count, longestClientChain);
}

function chainSizeMessage(bytes: number): string {
  return bytes <= largestChain
    ? l10n.t("The PEM of its chain has {0} bytes", bytes)
    : l10n.t("The PEM of its chain has {0} bytes; CloudFront takes {1}", bytes, largestChain);
}

/** The leaf first, and behind each certificate the one that issued it. */
function orderFault(
  chain: readonly Certificate[],
  place: number,
): { readonly index: number; readonly message: string } | undefined {
  const [leaf, first] = [chain[place], chain[0]];
  if (place > 0 && leaf !== undefined && first !== undefined) {
    return {
      index: place,
      message: l10n.t(
        "“{0}” stands before “{1}”; the certificate comes first, then its issuer, then the issuer of that",
        certificateTitle(first),
        certificateTitle(leaf),
      ),
    };
  }
  const index = chain.findIndex((certificate, at) => {
    const before = chain[at - 1];
    return before !== undefined && !mayHaveIssued(certificate, before);
  });
  const [wrong, before] = [chain[index], chain[index - 1]];
  if (wrong === undefined || before === undefined) return undefined;
  return {
    index,
    message: l10n.t(
      "“{0}” stands behind “{1}”, which it did not issue; behind each certificate belongs its issuer",
      certificateTitle(wrong),
      certificateTitle(before),
    ),
  };
}

/** Of 64 columns and a line feed at each end of line, as `writePem` writes it. */
function pemLength({ der }: Certificate): number {
  const base64 = Math.ceil(der.length / 3) * 4;
  return "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".length + base64 + Math.ceil(base64 / 64);
}
