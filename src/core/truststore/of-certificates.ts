import { type Bundle, once, type Piece } from "../x509/bundle/bundle.ts";
import { selection, ofCertificates as withCertificates } from "../x509/bundle/selection.ts";
import { isSelfSigned } from "../x509/identity.ts";
import { keyCalled, signatureCalled } from "../x509/key-naming.ts";
import type { Certificate, PublicKey } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { signatureScheme } from "../x509/read/signature-algorithm.ts";
import { gravity, type Judge, judgement, type StoreJudgement, type StoreRequirement, sourceOf } from "./judgement.ts";
import type { KeyRange, StoreFound, StoreLimit } from "./reason.ts";
import { type Keys, type Limit, type Profile, perTarget, profiles } from "./targets.ts";

interface Flaw {
  readonly requirement: StoreRequirement;
  readonly severity: StoreJudgement["severity"];
  readonly source: Limit["source"];
  readonly found: StoreFound;
  readonly limit: StoreLimit;
}

export function ofCertificates(requirement: StoreRequirement): Judge {
  return (bundle, profile) => {
    const all = once(unfitIn[profile.target], bundle, () => judgeAll(bundle, profile));
    return all.length === 0 ? all : all.filter((one) => one.requirement === requirement);
  };
}

/** All requirements of certificates by themselves are looked at in one go. */
const unfitIn = perTarget(() => new WeakMap<Bundle, readonly StoreJudgement[]>());

function judgeAll(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return unfitSelections[profile.target](bundle).flatMap(({ index, piece, certificate }) =>
    unfitness(certificate, piece, profile).map((unfit) => judgement(profile, { ...unfit, index })),
  );
}

/** Asked of every certificate once. */
export const unfitSelections = perTarget((target) => {
  const profile = profiles[target];
  return withCertificates(
    selection(
      (piece) =>
        piece.content.kind === "certificate" && unfitness(piece.content.certificate, piece, profile).length > 0,
    ),
  );
});

const fit: readonly Flaw[] = [];

function unfitness(certificate: Certificate, piece: Piece, profile: Profile): readonly Flaw[] {
  const key = keyFault(certificate, profile);
  // The signature of a key that is not taken is not taken either.
  const signature = key !== undefined && isSelfSigned(certificate) ? undefined : signatureFault(certificate, profile);
  const found = [certificateSizeFault(certificate, piece, profile), key, signature, versionFault(certificate, profile)];
  return found.every((one) => one === undefined) ? fit : found.flatMap((one) => one ?? []);
}

/** The least that DER of the length can be in PEM: in one line. */
function certificateSizeFault(
  certificate: Certificate,
  { block: { span } }: Piece,
  { certificateBytes: limit, name }: Profile,
): Flaw | undefined {
  const bytes = span.end - span.start;
  if (limit === undefined || bytes <= limit.most) return undefined;
  const { most, isAdjustable, source } = limit;
  const [title, der] = [certificateCalled(certificate), certificate.der.length];
  const about = {
    requirement: "certificate-size",
    source,
    limit: { code: "store:most-bytes-of-a-certificate", args: { services: [name], most, isAdjustable } },
  } as const;
  return der > most
    ? {
        ...about,
        severity: isAdjustable ? "warning" : "error",
        found: { code: "store:certificate-size", args: { title, bytes: der } },
      }
    : {
        ...about,
        severity: "warning",
        found: { code: "store:certificate-size-unclear", args: { title, pem: bytes, der } },
      };
}

function keyFault(certificate: Certificate, profile: Profile): Flaw | undefined {
  const { keys } = profile;
  const state = keys === undefined ? "taken" : keyState(certificate.publicKey, keys);
  if (keys === undefined || state === "taken") return undefined;
  return {
    requirement: "key",
    severity: state === "refused" ? gravity(profile) : "info",
    source: sourceOf(profile),
    found: {
      code: keyFound[state],
      args: { title: certificateCalled(certificate), key: keyCalled(certificate.publicKey) },
    },
    limit: { code: "store:keys", args: { services: [profile.name], keys: keysOf(keys) } },
  };
}

const keyFound = {
  refused: "store:key",
  disputed: "store:key-disputed",
  undocumented: "store:key-undocumented",
} as const;

function keyState(
  { kind, bits, curve, fault }: PublicKey,
  { rsa, curves, disputedCurves }: Keys,
): "taken" | "refused" | "disputed" | "undocumented" {
  // The kind of a damaged key is unknown, so it is not judged.
  if (fault !== undefined) return "taken";
  if (kind === "rsa" || kind === "rsa-pss") {
    if (bits === undefined) return "taken";
    const isOfSize = rsa.sizes === undefined ? bits >= rsa.least && bits <= (rsa.most ?? bits) : rsa.sizes.has(bits);
    if (!isOfSize) return "refused";
    // The pages say RSA, and of RSASSA-PSS that signatures may be made with it.
    return kind === "rsa" ? "taken" : "undocumented";
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

function keysOf({ rsa, curves }: Keys): readonly KeyRange[] {
  const { least, most, sizes } = rsa;
  const range: KeyRange =
    most === undefined
      ? { code: "store:rsa-from", args: { least } }
      : { code: "store:rsa-between", args: { least, most } };
  return [
    ...(sizes === undefined ? [range] : [...sizes].map((size) => `RSA ${size}`)),
    ...[...curves].map((curve) => `ECDSA ${curveNames.get(curve) ?? curve}`),
  ];
}

const weakerHashes: ReadonlySet<string> = new Set(["MD2", "MD4", "MD5", "SHA-1", "SHA-224", "SHA-512/224", "SHA3-224"]);

function signatureFault(certificate: Certificate, profile: Profile): Flaw | undefined {
  const { signatureAlgorithm, der } = certificate;
  if (profile.hashes === undefined) return undefined;
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
  // A root is trusted whatever its own signature is, and the pages say nothing about roots.
  const own = gravity(profile) === "error" ? "warning" : "info";
  return {
    requirement: "signature",
    severity: isSelfSigned(certificate) ? own : gravity(profile),
    source: sourceOf(profile),
    found: {
      code: "store:signature",
      args: { title: certificateCalled(certificate), signature: signatureCalled(signatureAlgorithm, der) },
    },
    limit: {
      code: profile.isStrongerHashTaken ? "store:hashes-or-stronger" : "store:hashes",
      args: { services: [profile.name] },
    },
  };
}

function versionFault(certificate: Certificate, profile: Profile): Flaw | undefined {
  const { version } = certificate;
  if (profile.isVersion3Only !== true || version === 3) return undefined;
  return {
    requirement: "version",
    severity: gravity(profile),
    source: sourceOf(profile),
    found: { code: "store:version", args: { title: certificateCalled(certificate), version } },
    limit: { code: "store:version-3", args: { services: [profile.name] } },
  };
}
