import * as l10n from "@vscode/l10n";
import type { Chunk } from "../pem/blocks.ts";
import { type Bundle, certificatesOf, once, type Piece, type PlacedCertificate } from "../x509/bundle.ts";
import { type Certificate, isCertificateAuthority, type PublicKey } from "../x509/certificate.ts";
import {
  indexOf,
  isInside,
  isSelfSigned,
  issuanceOf,
  mostCandidates,
  noVerdicts,
  type SignatureVerdicts,
} from "../x509/chain.ts";
import {
  certificateTitle,
  dateText,
  keyText,
  listed,
  nameTitle,
  signatureText,
  validityInWords,
} from "../x509/describe.ts";
import {
  certificateSelection,
  countCertificates,
  issuerNamesIn,
  isWithoutCopies,
  selection,
} from "../x509/selection.ts";
import { signatureScheme } from "../x509/signature-algorithm.ts";
import { type Fingerprint, publicRootsIn } from "./public-root.ts";
import { publicRootsTaken } from "./public-roots.ts";
import { openIn, tooDeepIn } from "./structure.ts";
import { type Limit, type Profile, profiles, type Target } from "./targets.ts";
import { type RefusedKind, refusedTextIn } from "./text.ts";

/** What a trust store must be or have for a service to take it, or for clients to get in by it. */
export type StoreRequirement =
  | "certificates"
  | "readable"
  | "foreign-block"
  | "private-key"
  | "count"
  | "size"
  | "certificate-size"
  | "subject-length"
  | "key"
  | "signature"
  | "version"
  | "text"
  | "authority"
  | "root"
  | "chain-length"
  | "public-root"
  | "expired"
  | "not-yet-valid"
  | "key-usage"
  | "issuer-signature";

export interface StoreReason {
  readonly requirement: StoreRequirement;
  readonly holds: boolean;
  /** With the value that decides, the limit, and the service; without a stop at its end. */
  readonly message: string;
  /** What a finding of it would have. */
  readonly severity: "error" | "warning" | "info";
  /** The piece it is about; `undefined`: the whole file, or the text below the last block. */
  readonly index: number | undefined;
  /** A key of core/rules/sources.ts. */
  readonly source: Limit["source"];
  /**
   * What the service says, where it says it with a value of its own, and what the bundle has: two services' reasons are
   * told as one.
   */
  readonly takes: string | undefined;
  readonly finds: string;
}

/**
 * `refused`: the service does not take it. `warned`: it takes it, and not all of it does what it is there for.
 * `unknown`: something in it cannot be read, or there is no certificate in it.
 */
export type StoreVerdict = "passes" | "warned" | "refused" | "unknown";

export interface BundleFitness {
  readonly verdict: StoreVerdict;
  /** First what is not met, then what is; both in the order of `StoreRequirement`. */
  readonly reasons: readonly StoreReason[];
}

/** What is known from outside the text. */
export interface Outside {
  /** Without it nobody can tell public roots from others. */
  readonly fingerprint?: Fingerprint | undefined;
  /** How the file says its text; UTF-8 where nobody knows. */
  readonly encoding?: "utf8" | "utf8bom" | "utf16le" | "utf16be" | "other" | "unknown" | undefined;
}

/** Would this service take the bundle as a trust store, and does it do there what it is for? */
export function bundleFitness(
  bundle: Bundle,
  target: Target,
  now: Date,
  signatures: SignatureVerdicts = noVerdicts,
  outside: Outside = {},
): BundleFitness {
  const found = requirements.flatMap((requirement) => storeReasons(bundle, target, requirement, now, outside));
  const unmet = [...found, ...brokenReasons(bundle, profiles[target], now, signatures)];
  return { verdict: verdictOf(unmet), reasons: [...unmet, ...metReasons(bundle, profiles[target], outside)] };
}

function verdictOf(unmet: readonly StoreReason[]): StoreVerdict {
  if (unmet.some(({ severity }) => severity === "error")) return "refused";
  if (unmet.some(({ requirement }) => requirement === "readable" || requirement === "certificates")) return "unknown";
  return unmet.some(({ severity }) => severity === "warning") ? "warned" : "passes";
}

/** What was said of a bundle, and by what it was judged. */
interface Said {
  readonly now: number;
  readonly encoding: Outside["encoding"];
  readonly hasFingerprint: boolean;
  readonly reasons: Readonly<Record<Target, Map<StoreRequirement, readonly StoreReason[]>>>;
}

const known = new WeakMap<Bundle, Said[]>();

/** What is not met of one requirement. */
export function storeReasons(
  bundle: Bundle,
  target: Target,
  requirement: StoreRequirement,
  now: Date,
  outside: Outside = {},
): readonly StoreReason[] {
  const told = saidOf(bundle, now, outside)[target];
  const reasons = told.get(requirement) ?? judges[requirement](bundle, profiles[target], now, outside);
  told.set(requirement, reasons);
  return reasons;
}

function saidOf(bundle: Bundle, date: Date, { encoding, fingerprint }: Outside): Said["reasons"] {
  const all = once(known, bundle, (): Said[] => []);
  const now = date.getTime();
  const hasFingerprint = fingerprint !== undefined;
  const found = all.find(
    (one) => one.now === now && one.encoding === encoding && one.hasFingerprint === hasFingerprint,
  );
  if (found !== undefined) return found.reasons;
  const reasons = { cloudfront: new Map(), apigateway: new Map(), alb: new Map() };
  all.push({ now, encoding, hasFingerprint, reasons });
  return reasons;
}

type Judge = (bundle: Bundle, profile: Profile, now: Date, outside: Outside) => readonly StoreReason[];

const judges: Readonly<Record<StoreRequirement, Judge>> = {
  certificates: certificatesReasons,
  readable: readableReasons,
  "foreign-block": foreignReasons,
  "private-key": keyBlockReasons,
  count: countReasons,
  size: sizeReasons,
  "certificate-size": ofCertificates("certificate-size"),
  "subject-length": ofCertificates("subject-length"),
  key: ofCertificates("key"),
  signature: ofCertificates("signature"),
  version: ofCertificates("version"),
  text: textReasons,
  authority: authorityReasons,
  root: rootReasons,
  "chain-length": chainReasons,
  "public-root": publicReasons,
  expired: expiredReasons,
  "not-yet-valid": notYetValidReasons,
  "key-usage": keyUsageReasons,
  "issuer-signature": () => [],
};

const requirements: readonly StoreRequirement[] = [
  "certificates",
  "readable",
  "foreign-block",
  "private-key",
  "count",
  "size",
  "certificate-size",
  "subject-length",
  "key",
  "signature",
  "version",
  "text",
  "authority",
  "root",
  "chain-length",
  "public-root",
  "expired",
  "not-yet-valid",
  "key-usage",
];

// --- how a reason is told

type Telling = Pick<StoreReason, "requirement" | "severity" | "index" | "finds"> &
  Partial<Pick<StoreReason, "holds" | "source" | "takes">>;

function reason(profile: Profile, { takes, ...said }: Telling): StoreReason {
  return {
    holds: false,
    source: sourceOf(profile),
    ...said,
    takes,
    message: takes === undefined ? l10n.t("{0}: {1}", profile.name, said.finds) : joined(takes, said.finds),
  };
}

function joined(takes: string, finds: string): string {
  return takes.includes(",") ? l10n.t("{0}; {1}", takes, finds) : l10n.t("{0}, {1}", takes, finds);
}

/** The page with the rules for certificates. */
function sourceOf({ target }: Profile): Limit["source"] {
  return target === "cloudfront" ? "trustStores" : target === "apigateway" ? "apiGatewayMtls" : "albMtls";
}

/** What becomes of a store with something in it that is not taken. */
function gravity({ outcome }: Profile): "error" | "warning" {
  return outcome === "refused" ? "error" : "warning";
}

function adjustable({ isAdjustable }: Limit, takes: string): string {
  return isAdjustable ? l10n.t("{0} (a quota that can be raised)", takes) : takes;
}

// --- of the file as a whole

function certificatesReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (countCertificates(bundle) > 0) return [];
  const isRevocation = profile.target === "alb" && isRevocationFile(bundle);
  return [
    reason(profile, {
      requirement: "certificates",
      severity: "info",
      index: undefined,
      finds: isRevocation
        ? l10n.t("this is a file of certificate revocation lists, which a trust store has beside its certificates")
        : l10n.t("there is no certificate in this file"),
    }),
  ];
}

/** A block of certificates that was not read as such, or one that is damaged: readers differ. */
const doubtful = selection(({ block, content }) => {
  const isMeant = block.kind === "certificate" || block.kind === "trusted-certificate" || block.kind === "pkcs7";
  return isMeant && (content.kind !== "certificate" || block.damage.length > 0);
});

function readableReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return doubtful(bundle).map(({ index, piece: { block } }) =>
    reason(profile, {
      requirement: "readable",
      severity: "warning",
      index,
      finds: block.placeholder
        ? l10n.t("what this block holds is filled in later")
        : l10n.t("this block is damaged, or cannot be read as a certificate"),
    }),
  );
}

const lists = selection(({ block }) => block.kind === "crl");
const others = selection(({ block }) => block.kind !== "crl");

/**
 * Whether there are revocation lists in it and nothing else: what Application Load Balancer takes beside a trust store.
 */
export function isRevocationFile(bundle: Bundle): boolean {
  return lists(bundle).length > 0 && others(bundle).length === 0;
}

const foreign = selection(
  ({ block }) =>
    block.label !== "CERTIFICATE" &&
    block.kind !== "private-key" &&
    !block.placeholder &&
    !block.damage.some(({ kind }) => kind === "label-mismatch"),
);

function foreignReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (profile.target === "alb" && isRevocationFile(bundle)) return [];
  return foreign(bundle).map(({ index, piece: { block } }) =>
    reason(profile, {
      requirement: "foreign-block",
      severity: "error",
      index,
      finds: l10n.t("this block is labelled {0}, and a trust store takes CERTIFICATE blocks alone", block.label),
    }),
  );
}

const keyBlocks = selection(({ block }) => block.kind === "private-key" && !block.placeholder);

function keyBlockReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return keyBlocks(bundle).map(({ index }) =>
    reason(profile, {
      requirement: "private-key",
      severity: "error",
      index,
      finds: l10n.t("there is a private key in this file"),
    }),
  );
}

function countReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const limit = profile.certificates;
  const length = countCertificates(bundle);
  if (length <= limit.most) return [];
  const about = { requirement: "count", index: undefined, source: limit.source, takes: countTaken(profile) } as const;
  // Whether copies count is documented nowhere.
  const different = isWithoutCopies(bundle) ? length : indexOf(bundle).certificates.length;
  if (different <= limit.most)
    return [
      reason(profile, {
        ...about,
        severity: "warning",
        finds: l10n.t("this bundle has {0}, of which {1} are different", length, different),
      }),
    ];
  return [reason(profile, { ...about, severity: "error", finds: l10n.t("this bundle has {0}", length) })];
}

function sizeReasons(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { encoding = "utf8" }: Outside,
): readonly StoreReason[] {
  const limit = profile.objectBytes;
  if (limit === undefined || bundle.pieces.length === 0) return [];
  const bytes = sizeOf(bundle, encoding);
  if (bytes <= (limit.surely ?? limit.most)) return [];
  const about = {
    requirement: "size",
    index: undefined,
    source: limit.source,
    takes: sizeTaken(limit, profile),
  } as const;
  if (bytes > limit.most)
    return [reason(profile, { ...about, severity: "error", finds: l10n.t("this bundle has {0}", bytes) })];
  return [
    reason(profile, {
      ...about,
      takes: l10n.t("{0} takes 1 MB", profile.name),
      severity: "warning",
      finds: l10n.t(
        "this bundle has {0} bytes: whether {1} or {2} are meant is not documented",
        bytes,
        limit.surely ?? limit.most,
        limit.most,
      ),
    }),
  ];
}

function countTaken({ name, certificates: limit }: Profile): string {
  return adjustable(limit, l10n.t("{0} takes {1} certificates", name, limit.most));
}

function sizeTaken(limit: Limit, { name }: Profile): string {
  return adjustable(limit, l10n.t("{0} takes {1} bytes", name, limit.most));
}

/** How much of what may be there is there. */
function metReasons(bundle: Bundle, profile: Profile, { encoding = "utf8" }: Outside): readonly StoreReason[] {
  const { certificates, objectBytes: limit } = profile;
  const met: StoreReason[] = [];
  const [count, bytes] = [countCertificates(bundle), sizeOf(bundle, encoding)];
  if (count > 0 && count <= certificates.most)
    met.push(
      reason(profile, {
        requirement: "count",
        holds: true,
        index: undefined,
        severity: "info",
        source: certificates.source,
        takes: countTaken(profile),
        finds: l10n.t("this bundle has {0}", count),
      }),
    );
  // Each character of another encoding has a byte or more: that it is enough, nobody knows.
  if (limit !== undefined && count > 0 && bytes <= (limit.surely ?? limit.most) && encoding !== "other") {
    met.push(
      reason(profile, {
        requirement: "size",
        holds: true,
        index: undefined,
        severity: "info",
        source: limit.source,
        takes: sizeTaken(limit, profile),
        finds: l10n.t("this bundle has {0}", bytes),
      }),
    );
  }
  return met;
}

const encoder = new TextEncoder();
const units = new WeakMap<readonly Piece[], { readonly bytes: number; readonly characters: number }>();

/** In bytes. */
function sizeOf(
  { pieces, pem, since: { base, start, removed, added } }: Bundle,
  encoding: NonNullable<Outside["encoding"]>,
): number {
  const sum = (some: readonly Piece[]) => some.reduce((sizes, { chunk }) => add(sizes, sizeOfChunk(chunk)), nothing);
  const all = once(units, base, sum);
  const [gone, come] = [sum(base.slice(start, start + removed)), sum(pieces.slice(start, start + added))];
  const last = pem.chunks.at(-1);
  const rest = last === undefined || last.block !== undefined ? nothing : sizeOfChunk(last);
  const characters = all.characters - gone.characters + come.characters + rest.characters;
  const bytes = all.bytes - gone.bytes + come.bytes + rest.bytes;
  if (encoding === "utf16le" || encoding === "utf16be") return 2 * characters + 2;
  return encoding === "other" ? characters : encoding === "utf8bom" ? bytes + 3 : bytes;
}

const nothing = { bytes: 0, characters: 0 };

function add(one: typeof nothing, other: typeof nothing): typeof nothing {
  return { bytes: one.bytes + other.bytes, characters: one.characters + other.characters };
}

function sizeOfChunk({ text, block }: Chunk): typeof nothing {
  // A sound block with nothing above it has no other characters than those of one byte.
  if (block?.bytes !== undefined && block.span.start === 0 && block.damage.length === 0)
    return { bytes: text.length, characters: text.length };
  return { bytes: encoder.encode(text).length, characters: text.length };
}

function textReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (!profile.isTextRestricted) return [];
  return refusedTextIn(bundle).map(({ index, kind }) =>
    reason(profile, {
      requirement: "text",
      severity: "error",
      index,
      takes: textTaken(kind, profile),
      finds: textFound[kind](),
    }),
  );
}

function textTaken(kind: RefusedKind, { name }: Profile): string {
  return kind === "blank"
    ? l10n.t("{0} takes no blank lines between certificates", name)
    : kind === "hyphen"
      ? l10n.t("{0} takes no comment with a hyphen in it", name)
      : l10n.t("{0} takes no text beside certificates but comments that begin with #", name);
}

const textFound: Readonly<Record<RefusedKind, () => string>> = {
  blank: () => l10n.t("this line is blank"),
  hyphen: () => l10n.t("this one has one"),
  other: () => l10n.t("this line is none"),
};

// --- of each certificate by itself

interface Unfit {
  readonly requirement: StoreRequirement;
  readonly severity: StoreReason["severity"];
  readonly source: Limit["source"];
  readonly takes: string;
  readonly finds: string;
}

function ofCertificates(requirement: StoreRequirement): Judge {
  return (bundle, profile) => {
    const all = once(unfitIn[profile.target], bundle, () => unfitReasons(bundle, profile));
    return all.length === 0 ? all : all.filter((one) => one.requirement === requirement);
  };
}

/** All requirements of certificates by themselves are looked at in one go. */
const unfitIn: Readonly<Record<Target, WeakMap<Bundle, readonly StoreReason[]>>> = {
  cloudfront: new WeakMap(),
  apigateway: new WeakMap(),
  alb: new WeakMap(),
};

function unfitReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return unfitFor[profile.target](bundle).flatMap(({ index, piece, certificate }) =>
    unfitness(certificate, piece, profile).map((unfit) => reason(profile, { ...unfit, index })),
  );
}

/** Asked of every certificate once; what is wrong is put into words only where something is. */
const unfitFor: Readonly<Record<Target, ReturnType<typeof certificateSelection>>> = {
  cloudfront: unfitSelection(profiles.cloudfront),
  apigateway: unfitSelection(profiles.apigateway),
  alb: unfitSelection(profiles.alb),
};

function unfitSelection(profile: Profile): ReturnType<typeof certificateSelection> {
  const select = selection(
    (piece) => piece.content.kind === "certificate" && unfitness(piece.content.certificate, piece, profile).length > 0,
  );
  return (bundle) =>
    select(bundle).flatMap(({ index, piece }) =>
      piece.content.kind === "certificate" ? [{ index, piece, certificate: piece.content.certificate }] : [],
    );
}

const fit: readonly Unfit[] = [];

function unfitness(certificate: Certificate, piece: Piece, profile: Profile): readonly Unfit[] {
  const key = keyFault(certificate, profile);
  // The signature of a key that is not taken is not taken either.
  const signature = key !== undefined && isSelfSigned(certificate) ? undefined : signatureFault(certificate, profile);
  const found = [
    certificateSizeFault(certificate, piece, profile),
    subjectFault(certificate, profile),
    key,
    signature,
    versionFault(certificate, profile),
  ];
  return found.every((one) => one === undefined) ? fit : found.flatMap((one) => one ?? []);
}

/** The least that DER of the length can be in PEM: in one line. */
function certificateSizeFault(
  certificate: Certificate,
  { block: { span } }: Piece,
  profile: Profile,
): Unfit | undefined {
  const limit = profile.certificateBytes;
  const bytes = span.end - span.start;
  if (limit === undefined || bytes <= limit.most) return undefined;
  const der = certificate.der.length;
  const about = {
    requirement: "certificate-size",
    source: limit.source,
    takes: adjustable(limit, l10n.t("{0} takes {1} bytes of a certificate", profile.name, limit.most)),
  } as const;
  if (der > limit.most)
    return { ...about, severity: "error", finds: l10n.t("“{0}” has {1}", certificateTitle(certificate), der) };
  return {
    ...about,
    severity: "warning",
    finds: l10n.t(
      "“{0}” has {1} in PEM and {2} in DER: which of the two counts is not documented",
      certificateTitle(certificate),
      bytes,
      der,
    ),
  };
}

function subjectFault(certificate: Certificate, profile: Profile): Unfit | undefined {
  const limit = profile.subjectLength;
  // A certificate is larger than its subject; every character has a byte, and the DER holds more than characters.
  if (limit === undefined || certificate.der.length <= limit.most) return undefined;
  const { slice } = certificate.subject;
  const bytes = slice.end - slice.start;
  if (bytes <= limit.most) return undefined;
  const characters = certificate.subject.rdns
    .flat()
    .reduce((sum, { value, slice: own }) => sum + (value?.length ?? own.end - own.start), 0);
  const about = {
    requirement: "subject-length",
    source: limit.source,
    takes: adjustable(limit, l10n.t("{0} takes {1} characters of a subject", profile.name, limit.most)),
  } as const;
  if (characters > limit.most)
    return {
      ...about,
      severity: "error",
      finds: l10n.t("that of “{0}” has {1}", certificateTitle(certificate), characters),
    };
  return {
    ...about,
    severity: "warning",
    finds: l10n.t(
      "that of “{0}” has {1} without the names of its parts and {2} bytes with them: what counts is not documented",
      certificateTitle(certificate),
      characters,
      bytes,
    ),
  };
}

function keyFault(certificate: Certificate, profile: Profile): Unfit | undefined {
  const state = keyState(certificate.publicKey, profile);
  if (state === "taken") return undefined;
  const finds =
    state === "disputed"
      ? l10n.t(
          "the key of “{0}” is {1}, on which its pages do not agree",
          certificateTitle(certificate),
          keyText(certificate.publicKey),
        )
      : l10n.t("the key of “{0}” is {1}", certificateTitle(certificate), keyText(certificate.publicKey));
  return {
    requirement: "key",
    severity: state === "disputed" ? "info" : gravity(profile),
    source: sourceOf(profile),
    takes: l10n.t("{0} takes keys of {1}", profile.name, keysText(profile)),
    finds,
  };
}

function keyState(
  { kind, bits, curve, fault }: PublicKey,
  { keys: { rsa, curves, disputedCurves } }: Profile,
): "taken" | "refused" | "disputed" {
  // Of a damaged one nobody can tell what it is.
  if (fault !== undefined) return "taken";
  if (kind === "rsa" || kind === "rsa-pss") {
    if (bits === undefined) return "taken";
    return (rsa.sizes === undefined ? bits >= rsa.least && bits <= (rsa.most ?? bits) : rsa.sizes.has(bits))
      ? "taken"
      : "refused";
  }
  if (kind !== "ec") return "refused";
  if (curve === undefined) return bits === undefined ? "taken" : "refused";
  return curves.has(curve.oid) ? "taken" : disputedCurves.has(curve.oid) ? "disputed" : "refused";
}

const curveNames: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
]);

function keysText({ keys: { rsa, curves } }: Profile): string {
  const sizes =
    rsa.sizes !== undefined
      ? [...rsa.sizes].map((size) => `RSA ${size}`)
      : [
          rsa.most === undefined
            ? l10n.t("RSA from {0} bits", rsa.least)
            : l10n.t("RSA from {0} to {1} bits", rsa.least, rsa.most),
        ];
  return [...sizes, ...[...curves].map((curve) => `ECDSA ${curveNames.get(curve) ?? curve}`)].join(", ");
}

const weakerHashes: ReadonlySet<string> = new Set(["MD2", "MD4", "MD5", "SHA-1", "SHA-224", "SHA-512/224", "SHA3-224"]);

function signatureFault(certificate: Certificate, profile: Profile): Unfit | undefined {
  const { signatureAlgorithm, der } = certificate;
  const scheme = signatureScheme(signatureAlgorithm, der);
  const isKind = scheme?.keys.some((kind) => kind === "rsa" || kind === "ec") === true;
  // Unreadable parameters are a fault of their own.
  if (
    isKind &&
    (scheme.hash === undefined ||
      profile.hashes.has(scheme.hash) ||
      (profile.isStrongerHashTaken && !weakerHashes.has(scheme.hash)))
  )
    return undefined;
  const takes = profile.isStrongerHashTaken
    ? l10n.t("{0} takes signatures of RSA or ECDSA with SHA-256 or stronger", profile.name)
    : l10n.t("{0} takes signatures of RSA or ECDSA with SHA-256, SHA-384 or SHA-512", profile.name);
  const finds = l10n.t(
    "the signature of “{0}” is {1}",
    certificateTitle(certificate),
    signatureText(signatureAlgorithm, der),
  );
  // Nobody asks what a root signed itself with to trust it, and the pages say nothing of roots.
  const own = gravity(profile) === "error" ? "warning" : "info";
  return {
    requirement: "signature",
    severity: isSelfSigned(certificate) ? own : gravity(profile),
    source: sourceOf(profile),
    takes,
    finds,
  };
}

function versionFault(certificate: Certificate, profile: Profile): Unfit | undefined {
  if (!profile.isVersion3Only || certificate.version === 3) return undefined;
  return {
    requirement: "version",
    severity: gravity(profile),
    source: sourceOf(profile),
    takes: l10n.t("{0} takes X.509 version 3", profile.name),
    finds: l10n.t("“{0}” is of version {1}", certificateTitle(certificate), certificate.version),
  };
}

// --- of certificates among others

/** Whether it is no CA, where it says so or says nothing: what cannot be read says neither. */
export function isLeaf(certificate: Certificate): boolean {
  return !isCertificateAuthority(certificate) && certificate.basicConstraints?.fault === undefined;
}

const leaves = certificateSelection(isLeaf);

function authorityReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const found = leaves(bundle);
  if (found.length === 0) return [];
  // One that issued others is no leaf, but a CA that does not say so: bundle/issuer-not-ca.
  const issuers = new Set(issuerNamesIn(bundle));
  return found.flatMap(({ index, certificate }) => {
    if (issuers.has(certificate.subject.key)) return [];
    const title = certificateTitle(certificate);
    if (!isSelfSigned(certificate))
      return [
        reason(profile, {
          requirement: "authority",
          severity: "warning",
          index,
          finds: l10n.t(
            "“{0}” is no CA: a trust store holds the CAs that issued the certificates of clients, not those themselves",
            title,
          ),
        }),
      ];
    // API Gateway says that it takes certificates that signed themselves.
    return profile.target === "apigateway"
      ? []
      : [
          reason(profile, {
            requirement: "authority",
            severity: "info",
            index,
            finds: l10n.t(
              "“{0}” signed itself and is no CA: whether a client gets in with it is not documented",
              title,
            ),
          }),
        ];
  });
}

function rootReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  // What cannot be read may be what is missing.
  if (doubtful(bundle).length > 0) return [];
  const open = openIn(bundle);
  if (open.length === 0) return [];
  const certificates = indexOf(bundle);
  return open.map(({ index, certificate }) => {
    const names = [nameTitle(certificate.issuer, certificate.der), certificateTitle(certificate)] as const;
    const isOther = certificates.ofSubject(certificate.issuer.key).some((one) => one !== certificate);
    const gap = isOther
      ? l10n.t("“{0}”, which issued “{1}”, is in this bundle with another key alone", ...names)
      : l10n.t("“{0}”, which issued “{1}”, is not in this bundle", ...names);
    if (profile.target === "apigateway")
      return reason(profile, {
        requirement: "root",
        severity: "warning",
        index,
        finds: l10n.t("{0}: the chain must be there up to its root", gap),
      });
    return reason(profile, {
      requirement: "root",
      severity: "info",
      index,
      finds: l10n.t("{0}: whether a chain may end before its root is not documented", gap),
    });
  });
}

function chainReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const { most, source } = profile.chainDepth;
  return tooDeepIn(bundle, most).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "chain-length",
      severity: "warning",
      index,
      source,
      takes: l10n.t("{0} takes chains of {1} certificates", profile.name, most),
      finds: l10n.t("“{0}” is number {1}, counted from its root", certificateTitle(certificate), most + 1),
    }),
  );
}

function publicReasons(bundle: Bundle, profile: Profile, _now: Date, { fingerprint }: Outside): readonly StoreReason[] {
  return publicRootsIn(bundle, fingerprint).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "public-root",
      severity: "warning",
      index,
      finds: l10n.t(
        "“{0}” is a root that browsers trust, by the list of {1}: whoever gets a certificate below it gets in, strangers too",
        certificateTitle(certificate),
        publicRootsTaken.on,
      ),
    }),
  );
}

// --- in time

/** The same question for every certificate, asked again only where the time is another. */
function atTime(
  isMeant: (certificate: Certificate, now: number) => boolean,
): (bundle: Bundle, now: Date) => ReturnType<ReturnType<typeof certificateSelection>> {
  let last: { readonly now: number; readonly select: ReturnType<typeof certificateSelection> } | undefined;
  return (bundle, date) => {
    const now = date.getTime();
    if (last?.now !== now) last = { now, select: certificateSelection((certificate) => isMeant(certificate, now)) };
    return last.select(bundle);
  };
}

const past = atTime(
  ({ notBefore, notAfter }, now) =>
    notAfter.at !== undefined && notAfter.at < now && (notBefore.at === undefined || notBefore.at <= notAfter.at),
);
const future = atTime(
  ({ notBefore, notAfter }, now) =>
    notBefore.at !== undefined && notBefore.at > now && notAfter.at !== undefined && notAfter.at >= notBefore.at,
);

function expiredReasons(bundle: Bundle, profile: Profile, now: Date): readonly StoreReason[] {
  const found = past(bundle, now);
  if (found.length === 0) return [];
  const index = indexOf(bundle);
  return found.map(({ index: place, certificate }) => {
    const until = certificate.notAfter.at ?? 0;
    const said = [certificateTitle(certificate), dateText(until), validityInWords(certificate, now)] as const;
    const about = { requirement: "expired", index: place } as const;
    if (hasSuccessor(certificate, index.ofSubject(certificate.subject.key), now)) {
      return reason(profile, {
        ...about,
        severity: "info",
        finds: l10n.t(
          "“{0}” was valid until {1}, it {2}; another certificate of the same key in this bundle is valid",
          ...said,
        ),
      });
    }
    if (!isCertificateAuthority(certificate))
      return reason(profile, {
        ...about,
        severity: "warning",
        finds: l10n.t("“{0}” was valid until {1}: it {2}", ...said),
      });
    // CloudFront and Application Load Balancer can be told to ignore it.
    const finds =
      profile.target === "apigateway"
        ? l10n.t("“{0}” was valid until {1}, it {2}: clients below it are kept out, and nobody is told", ...said)
        : l10n.t(
            "“{0}” was valid until {1}, it {2}: clients below it are kept out unless expiry is ignored, and nobody is told",
            ...said,
          );
    return reason(profile, { ...about, severity: "warning", finds });
  });
}

/** Whether another certificate of its subject and its key is valid: then clients get in by that one. */
function hasSuccessor(certificate: Certificate, alike: readonly Certificate[], now: Date): boolean {
  return alike
    .slice(0, mostCandidates)
    .some((other) => other !== certificate && isInside(other, now.getTime()) && isSameKey(certificate, other));
}

function isSameKey(one: Certificate, other: Certificate): boolean {
  const [a, b] = [one.publicKey.spki, other.publicKey.spki];
  if (a.end - a.start !== b.end - b.start) return false;
  for (let at = 0; at < a.end - a.start; at++) if (one.der[a.start + at] !== other.der[b.start + at]) return false;
  return true;
}

function notYetValidReasons(bundle: Bundle, profile: Profile, now: Date): readonly StoreReason[] {
  return future(bundle, now).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "not-yet-valid",
      severity: "warning",
      index,
      finds: l10n.t("“{0}” is {1}", certificateTitle(certificate), validityInWords(certificate, now)),
    }),
  );
}

const lacking = certificateSelection(
  ({ keyUsage, basicConstraints }) =>
    basicConstraints?.value?.ca === true && keyUsage?.value?.includes("keyCertSign") === false,
);

function keyUsageReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return lacking(bundle).map(({ index, certificate }) =>
    reason(profile, {
      requirement: "key-usage",
      severity: "warning",
      index,
      finds: l10n.t(
        "the key usage of “{0}” does not allow keyCertSign: what it issued is not valid",
        certificateTitle(certificate),
      ),
    }),
  );
}

function brokenReasons(
  bundle: Bundle,
  profile: Profile,
  now: Date,
  signatures: SignatureVerdicts,
): readonly StoreReason[] {
  if (signatures === noVerdicts) return [];
  const index = indexOf(bundle);
  return certificatesOf(bundle).flatMap(({ index: place, certificate }: PlacedCertificate) => {
    const { state, issuer } = issuanceOf(certificate, index, signatures, now.getTime());
    if (state !== "broken" || issuer === undefined || index.same(certificate) !== certificate) return [];
    return [
      reason(profile, {
        requirement: "issuer-signature",
        severity: "warning",
        index: place,
        finds: l10n.t(
          "the signature of “{0}” does not verify with the key of “{1}”, which it names as its issuer",
          certificateTitle(certificate),
          certificateTitle(issuer),
        ),
      }),
    ];
  });
}

/** Names of services after each other. */
export function serviceNames(targets: readonly Target[]): string {
  return listed(targets.map((target) => profiles[target].name)) ?? "";
}
