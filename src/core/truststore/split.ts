import type { Block } from "../pem/block.ts";
import { writePem } from "../pem/blocks.ts";
import { opensshKey } from "../pem/boundary.ts";
import { mayBeCertificate, mayBeKey } from "../pem/hidden.ts";
import type { Span } from "../text.ts";
import { type Bundle, certificatesOf, contentsInside } from "../x509/bundle/bundle.ts";
import { hiddenPieces } from "../x509/bundle/hidden.ts";
import { holdsJoined, joinedBehind } from "../x509/bundle/joined.ts";
import { certificateUnder } from "../x509/bundle/mislabelled.ts";
import { isSelfSigned } from "../x509/identity.ts";
import { type Certificate, isCertificateAuthority, isUnreadable } from "../x509/model.ts";
import { indexCertificates, indexOf, issuanceOf } from "../x509/path/chain.ts";
import { chainOf } from "../x509/path/chains.ts";
import { hasUnknown } from "../x509/path/file-chain.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { readCertificate } from "../x509/read/certificate.ts";
import { isPkcs7 } from "../x509/read/pkcs7.ts";

/**
 * A certificate, its chain and its key as ImportCertificate of ACM takes them: each by itself, with nothing around it.
 */
export interface SplitForAcm {
  readonly leaf: string;
  /** From the issuer of the leaf up, as far as it is there; empty where there is none. */
  readonly chain: string;
  readonly key: SplitKey | undefined;
  /** The piece of the leaf, and those of the chain. */
  readonly leafIndex: number;
  readonly chainIndexes: readonly number[];
  /** Pieces of certificates that are not of the chain, and copies. */
  readonly leftOut: readonly number[];
  /** Those among them that are no copies of what is taken, each once. */
  readonly others: readonly Certificate[];
  /** The last of the chain, where its issuer is not in the file although others are that do not go with it. */
  readonly open: Certificate | undefined;
}

export interface SplitKey {
  readonly index: number;
  /** In the bundle's text. */
  readonly span: Span;
  /** As it stands there but for the ends of its lines: it is not decoded. */
  readonly text: string;
  /** ACM takes none that are. */
  readonly isEncrypted: boolean;
}

export interface SplitFault {
  readonly fault: SplitReason;
}

/** Why a file cannot be split. */
export type SplitReason =
  | {
      readonly code: `split:${"unreadable-block" | "pkcs7" | "joined" | "no-certificate" | "damaged-key" | "openssh-key" | "edwards-key"}`;
      readonly args?: never;
    }
  | { readonly code: "split:key-label"; readonly args: { readonly label: string } }
  | { readonly code: "split:other-label"; readonly args: { readonly label: string } }
  | { readonly code: "split:hidden-block"; readonly args: { readonly label: string } }
  | {
      readonly code: `split:${"authorities-alone" | "several-certificates" | "several-keys"}`;
      readonly args: { readonly count: number };
    };

/** How PKCS#8 begins that names one of the curves of RFC 8410: no more of the key is looked at. */
const edwardsKey = /-\nM[A-Za-z0-9+/]{2}CAQ[AE]wBQYDK2V[u-x]/;

/**
 * Which of two CAs of one name issued, at a time that is valid for one of them, or by signatures where those are
 * verified.
 */
export interface SplitBy {
  readonly now?: Date;
  readonly signatures?: SignatureVerdicts | undefined;
}

/** PKCS#8, PKCS#1 and SEC 1: the keys that certificates of ACM have are RSA or EC. */
const acmKey = /^(?:ENCRYPTED |RSA |EC )?PRIVATE KEY$/;

export function splitForAcm(bundle: Bundle, { now, signatures = noVerdicts }: SplitBy = {}): SplitForAcm | SplitFault {
  const hidden = hiddenPieces(bundle).find((one) => mayBeCertificate(one.hidden) || mayBeKey(one.hidden))?.hidden;
  if (hidden !== undefined) return { fault: { code: "split:hidden-block", args: { label: hidden.label } } };
  const other = bundle.pieces.find((piece) => certificateUnder(piece) !== undefined);
  if (other !== undefined) return { fault: { code: "split:other-label", args: { label: other.block.label } } };
  if (bundle.pieces.some((piece) => piece.block.bytes !== undefined && isPkcs7(piece.block.bytes)))
    return { fault: { code: "split:pkcs7" } };
  if (holdsJoined(bundle)) return { fault: { code: "split:joined" } };
  if (hasUnknown(bundle)) return { fault: { code: "split:unreadable-block" } };
  const all = certificatesOf(bundle);
  const index = indexOf(bundle);
  const [first, ...others] = index.certificates;
  if (first === undefined) return { fault: { code: "split:no-certificate" } };
  const leaves =
    others.length === 0 ? [first] : index.certificates.filter((certificate) => !isCertificateAuthority(certificate));
  const [leaf, another] = leaves;
  if (leaf === undefined)
    return { fault: { code: "split:authorities-alone", args: { count: index.certificates.length } } };
  if (another !== undefined) return { fault: { code: "split:several-certificates", args: { count: leaves.length } } };
  const keys = bundle.pieces.flatMap(({ block }, place) =>
    block.kind === "private-key" && !block.placeholder ? [place] : [],
  );
  if (keys.length > 1) return { fault: { code: "split:several-keys", args: { count: keys.length } } };
  const [key] = keys;
  const keyBlock = key === undefined ? undefined : bundle.pieces[key]?.block;
  if (
    keyBlock !== undefined &&
    (keyBlock.begin === undefined || keyBlock.end === undefined || keyBlock.damage.length > 0)
  )
    return { fault: { code: "split:damaged-key" } };
  if (keyBlock?.label === opensshKey) return { fault: { code: "split:openssh-key" } };
  if (keyBlock !== undefined && !acmKey.test(keyBlock.label))
    return { fault: { code: "split:key-label", args: { label: keyBlock.label } } };
  const ownKey = key === undefined ? undefined : keyAt(bundle, key);
  if (ownKey !== undefined && edwardsKey.test(ownKey.text)) return { fault: { code: "split:edwards-key" } };

  const links = chainOf(leaf, (certificate) =>
    issuanceOf(certificate, index, signatures, now?.getTime() ?? Number.NaN),
  );
  const chain = links.slice(1).map(({ certificate }) => certificate);
  const places = new Map(all.toReversed().map((piece) => [piece.certificate, piece.index]));
  const placesOf = (certificates: readonly Certificate[]) =>
    certificates.flatMap((certificate) => places.get(certificate) ?? []);
  const [leafIndex = 0] = placesOf([leaf]);
  const chainIndexes = placesOf(chain);
  const used = new Set([leafIndex, ...chainIndexes]);
  const taken = new Set([leaf, ...chain]);
  const apart = index.certificates.filter((certificate) => !taken.has(certificate));
  const last = chain.at(-1) ?? leaf;
  return {
    leaf: pemOf(leaf),
    chain: chain.map(pemOf).join(""),
    key: ownKey,
    leafIndex,
    chainIndexes,
    leftOut: all.flatMap((piece) => (used.has(piece.index) ? [] : [piece.index])),
    others: apart,
    open: apart.length > 0 && !isSelfSigned(last) ? last : undefined,
  };
}

/** The bytes alone: what OpenSSL trusts a certificate for stands behind them, and is nothing to ACM. */
function pemOf({ der }: Certificate): string {
  return writePem("CERTIFICATE", der);
}

function keyAt({ pieces, starts }: Bundle, index: number): SplitKey | undefined {
  const piece = pieces[index];
  if (piece === undefined) return undefined;
  const { chunk, block } = piece;
  const start = starts[index] ?? 0;
  const lines = chunk.text
    .slice(block.span.start, block.span.end)
    .split(/\r\n?|\n/)
    .map((line) => line.trim());
  const text = `${lines.join("\n")}\n`;
  return {
    index,
    span: { start: start + block.span.start, end: start + block.span.end },
    text,
    isEncrypted: block.label.startsWith("ENCRYPTED") || /^Proc-Type:.*ENCRYPTED/im.test(text.slice(0, 400)),
  };
}

/** A part of a file that is split. */
export type PartName = "certificate" | "chain" | "key";

/** What the file of a part is called, by the name of the file that it comes from. */
export function partName(file: string, part: PartName): string {
  return `${file.replace(/\.[^.]+$/, "")}.${part}.pem`;
}

// --- several files as one

export interface NamedBundle {
  readonly name: string;
  readonly bundle: Bundle;
}

/** A block, by the file it stands in. */
export interface BlockOf {
  readonly name: string;
  readonly index: number;
}

export interface Merged {
  /** Certificates alone, each once, in the order in which they were given. */
  readonly text: string;
  readonly certificates: number;
  readonly duplicates: readonly BlockOf[];
  /** What was not taken over: private keys among them, whatever the file is for. */
  readonly leftOut: readonly (BlockOf & { readonly label: string })[];
  /** Blocks that are not read, because they do not stand on lines of their own. */
  readonly hidden: readonly { readonly name: string; readonly label: string }[];
}

/** What the block is; of a key that is labelled as something else, what it should say. */
function labelOf({ label, mislabelledKey }: Block): string {
  return mislabelledKey === undefined ? label : (mislabelledKey.label ?? "PRIVATE KEY");
}

export function mergeBundles(bundles: readonly NamedBundle[]): Merged {
  const hidden = bundles.flatMap(({ name, bundle }) =>
    hiddenPieces(bundle).map(({ hidden: { label } }) => ({ name, label })),
  );
  const given: (BlockOf & { readonly certificate: Certificate })[] = [];
  const leftOut: (BlockOf & { readonly label: string })[] = [];
  for (const { name, bundle } of bundles) {
    for (const [index, piece] of bundle.pieces.entries()) {
      const { content, block } = piece;
      if (content.kind === "certificate") {
        for (const certificate of [content.certificate, ...joinedBehind(piece)])
          given.push({ name, index, certificate });
        continue;
      }
      const under = certificateUnder(piece);
      const read = under && readCertificate(under);
      if (read !== undefined && !isUnreadable(read)) {
        given.push({ name, index, certificate: read });
        continue;
      }
      const inside = contentsInside(piece);
      for (const one of inside)
        if (one.kind === "certificate") given.push({ name, index, certificate: one.certificate });
      if (inside.length === 0 || inside.some((one) => one.kind !== "certificate"))
        leftOut.push({ name, index, label: labelOf(block) });
    }
  }
  const all = indexCertificates(given.map(({ certificate }) => certificate));
  const firsts = new Set(all.certificates);
  const duplicates: BlockOf[] = [];
  const taken = new Set<Certificate>();
  for (const { name, index, certificate } of given) {
    if (firsts.has(certificate) && !taken.has(certificate)) taken.add(certificate);
    else duplicates.push({ name, index });
  }
  return {
    text: all.certificates.map(pemOf).join(""),
    certificates: all.certificates.length,
    duplicates,
    leftOut,
    hidden,
  };
}
