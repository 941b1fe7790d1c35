import { type Bundle, once } from "../x509/bundle/bundle.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { expiredReasons, notYetValidReasons } from "./in-time.ts";
import { ofCertificates } from "./of-certificates.ts";
import {
  authorityReasons,
  brokenReasons,
  chainReasons,
  keyUsageReasons,
  publicReasons,
  rootReasons,
} from "./of-chains.ts";
import {
  certificatesReasons,
  countReasons,
  foreignReasons,
  keyBlockReasons,
  metReasons,
  readableReasons,
  sizeReasons,
  textReasons,
} from "./of-file.ts";
import type { Judge, Outside, StoreReason, StoreRequirement } from "./reason.ts";
import { profiles, type Target } from "./targets.ts";

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
