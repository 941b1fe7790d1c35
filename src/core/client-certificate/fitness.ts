import { identityOf } from "../x509/identity.ts";
import { keyCalled, signatureCalled } from "../x509/key-naming.ts";
import { type Certificate, isCertificateAuthority } from "../x509/model.ts";
import { certificateCalled, purposes, showable } from "../x509/naming.ts";
import { isInside } from "../x509/path/chain.ts";
import { ocspUrls } from "../x509/read/authority-access.ts";
import { mgf1 } from "../x509/read/pss.ts";
import { acceptedHashes, signatureScheme } from "../x509/read/signature-algorithm.ts";
import { clientAuth, usagesCalled } from "../x509/usages.ts";
import { validityOf } from "../x509/validity.ts";
import { type ClientReason, validityReason } from "./reason.ts";

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
export interface Judgement {
  readonly requirement: Requirement;
  readonly holds: boolean;
  readonly reason: ClientReason;
  /** Which certificate of the chain it is about. */
  readonly index: number;
  /** The page that says so: of CloudFront on client certificates, or of ACM on importing them. */
  readonly source: "clientCertificate" | "importCertificate";
}

export interface Fitness {
  readonly fit: boolean;
  /** Those on an empty issuer and on OCSP are there only where they are not met. */
  readonly judgements: readonly Judgement[];
}

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
  if (leaf === undefined) return { fit: false, judgements: [] };
  const about =
    (index: number, source: Judgement["source"]) =>
    (requirement: Requirement, holds: boolean, reason: ClientReason): Judgement => ({
      requirement,
      holds,
      reason,
      index,
      source,
    });
  const cloudfront = about(place, "clientCertificate");
  const acm = about(place, "importCertificate");
  const disorder = disorderIn(chain, place);
  const size = pemLength(leaf);
  const chainSize = chain.reduce((sum, certificate) => sum + pemLength(certificate), 0) - size;
  const judgements = [
    judgeVersion(leaf, cloudfront),
    judgeKey(leaf, cloudfront),
    judgeSignature(leaf, cloudfront),
    judgeFamily(leaf, acm),
    judgePurpose(leaf, cloudfront),
    acm("validity", isInside(leaf, now.getTime()), validityReason(validityOf(leaf, now))),
    ...(leaf.issuer.isEmpty ? [acm("issuer", false, { code: "client:no-issuer" })] : []),
    ...ocspUrls(leaf)
      .filter(({ length }) => length > longestOcspUrl)
      .map(({ length }) => acm("ocsp-url", false, { code: "client:ocsp-url", args: { length, most: longestOcspUrl } })),
    judgeLength(chain.length, about(Math.min(longestClientChain, chain.length - 1), "clientCertificate")),
    disorder === undefined
      ? acm("chain-order", true, { code: "client:chain-order-accepted" })
      : about(disorder.index, "importCertificate")("chain-order", false, disorder.reason),
    size <= largestCertificate
      ? acm("size", true, { code: "client:size-accepted", args: { bytes: size } })
      : acm("size", false, { code: "client:size", args: { bytes: size, most: largestCertificate } }),
    ...(chain.length === 1 ? [] : [judgeChainSize(chainSize, cloudfront)]),
  ];
  return { fit: judgements.every(({ holds }) => holds), judgements };
}

type Judge = (requirement: Requirement, holds: boolean, reason: ClientReason) => Judgement;

function judgeVersion({ version }: Certificate, judge: Judge): Judgement {
  return version === 3
    ? judge("version", true, { code: "client:version-accepted" })
    : judge("version", false, { code: "client:version", args: { version } });
}

function judgeKey({ publicKey }: Certificate, judge: Judge): Judgement {
  const { kind, bits, curve } = publicKey;
  const holds = (kind === "rsa" && bits === 2048) || (kind === "ec" && curve?.oid === prime256v1);
  return judge("key", holds, {
    code: holds ? "client:key-accepted" : "client:key",
    args: { key: keyCalled(publicKey) },
  });
}

function judgeSignature({ signatureAlgorithm, der }: Certificate, judge: Judge): Judgement {
  const scheme = signatureScheme(signatureAlgorithm, der);
  const isKnown =
    scheme?.keys.some((kind) => kind === "rsa" || kind === "ec") === true &&
    (scheme.pss === undefined || scheme.pss.maskGeneration === mgf1);
  const holds = isKnown && acceptedHashes.has(scheme.hash ?? "");
  return judge("signature", holds, {
    code: holds ? "client:signature-accepted" : "client:signature",
    args: { signature: signatureCalled(signatureAlgorithm, der) },
  });
}

function judgeFamily({ publicKey, signatureAlgorithm, der }: Certificate, judge: Judge): Judgement {
  const scheme = signatureScheme(signatureAlgorithm, der);
  return scheme === undefined || scheme.keys.includes(publicKey.kind)
    ? judge("key-family", true, { code: "client:key-family-accepted" })
    : judge("key-family", false, {
        code: "client:key-family",
        args: { key: keyCalled(publicKey), signature: signatureCalled(signatureAlgorithm, der) },
      });
}

function judgePurpose(leaf: Certificate, judge: Judge): Judgement {
  const usage = leaf.extendedKeyUsage;
  if (usage?.value?.includes(clientAuth) === true)
    return judge("client-auth", true, { code: "client:purpose-accepted" });
  if (usage === undefined) return judge("client-auth", false, { code: "client:no-purposes" });
  if (usage.fault !== undefined) return judge("client-auth", false, { code: "client:purposes-unreadable" });
  return judge("client-auth", false, {
    code: "client:other-purposes",
    args: { purposes: usagesCalled(purposes(leaf)) },
  });
}

function judgeLength(count: number, judge: Judge): Judgement {
  return count <= longestClientChain
    ? judge("chain-length", true, { code: "client:chain-length-accepted", args: { count } })
    : judge("chain-length", false, { code: "client:chain-length", args: { count, most: longestClientChain } });
}

function judgeChainSize(bytes: number, judge: Judge): Judgement {
  return bytes <= largestChain
    ? judge("chain-size", true, { code: "client:chain-size-accepted", args: { bytes } })
    : judge("chain-size", false, { code: "client:chain-size", args: { bytes, most: largestChain } });
}

/** The leaf first, and behind each certificate the one that issued it. */
function disorderIn(
  chain: readonly Certificate[],
  place: number,
): { readonly index: number; readonly reason: ClientReason } | undefined {
  const args = (one: Certificate, another: Certificate) => ({
    title: certificateCalled(one),
    other: certificateCalled(another),
  });
  const [leaf, first] = [chain[place], chain[0]];
  if (place > 0 && leaf !== undefined && first !== undefined)
    return { index: place, reason: { code: "client:before-its-certificate", args: args(first, leaf) } };
  const index = chain.findIndex((certificate, at) => {
    const before = chain[at - 1];
    // Whose key signed it is not told by its authority key identifier (RFC 5280 section 4.2.1.1): bundle/authority-key.
    return before !== undefined && identityOf(certificate).subject !== identityOf(before).issuer;
  });
  const [wrong, before] = [chain[index], chain[index - 1]];
  if (wrong === undefined || before === undefined) return undefined;
  if (identityOf(wrong).subject !== identityOf(before).subject)
    return { index, reason: { code: "client:not-the-issuer", args: args(wrong, before) } };
  const [serial, other] = [showable(wrong.serial, longestSerial), showable(before.serial, longestSerial)];
  return {
    index,
    reason: { code: "client:two-of-one-name", args: { title: certificateCalled(wrong), serial, other } },
  };
}

const longestSerial = 80;

/** Of 64 columns and a line feed at each end of line, as `writePem` writes it. */
function pemLength({ der }: Certificate): number {
  const base64 = Math.ceil(der.length / 3) * 4;
  return "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".length + base64 + Math.ceil(base64 / 64);
}
