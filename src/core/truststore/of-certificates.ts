import * as l10n from "@vscode/l10n";
import { type Bundle, once, type Piece } from "../x509/bundle/bundle.ts";
import { type certificateSelection, selection } from "../x509/bundle/selection.ts";
import { isSelfSigned } from "../x509/identity.ts";
import type { Certificate, PublicKey } from "../x509/model.ts";
import { signatureScheme } from "../x509/read/signature-algorithm.ts";
import { certificateTitle, keyText, signatureText } from "../x509/words/describe.ts";
import {
  adjustable,
  gravity,
  type Judge,
  reason,
  type StoreReason,
  type StoreRequirement,
  sourceOf,
} from "./reason.ts";
import { type Limit, type Profile, profiles, type Target } from "./targets.ts";

interface Unfit {
  readonly requirement: StoreRequirement;
  readonly severity: StoreReason["severity"];
  readonly source: Limit["source"];
  readonly takes: string;
  readonly finds: string;
}

export function ofCertificates(requirement: StoreRequirement): Judge {
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
