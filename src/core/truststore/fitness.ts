import { finish, perStep, type Steps, sortedInSteps } from "../steps.ts";
import { type Bundle, once } from "../x509/bundle/bundle.ts";
import { noVerdicts, type SignatureVerdicts } from "../x509/path/verdicts.ts";
import { judgeExpired, judgeNotYetValid } from "./in-time.ts";
import {
  type Judge,
  judgement,
  type Outside,
  placeOfJudgement,
  type StoreJudgement,
  type StoreRequirement,
} from "./judgement.ts";
import { ofCertificates } from "./of-certificates.ts";
import {
  isOpenEnd,
  judgeAuthority,
  judgeChains,
  judgeCircles,
  judgeKeyUsage,
  judgePoints,
  judgePublicRoots,
  judgePurposes,
  judgeRoots,
  judgeRootsInSteps,
} from "./of-chains.ts";
import { judgeContents, judgeDamage, judgeValidity } from "./of-contents.ts";
import {
  judgeCertificates,
  judgeCount,
  judgeForeignBlocks,
  judgePrivateKeys,
  judgeReadable,
  judgeReadableInSteps,
  judgeSize,
  judgeSubjects,
  judgeText,
  metIn,
} from "./of-file.ts";
import { judgePaths } from "./of-paths.ts";
import { judgeForReaders } from "./of-readers.ts";
import { prepareStore } from "./prepare.ts";
import { type Profile, perTarget, profiles, type Target } from "./targets.ts";

/**
 * `refused`: the service does not take it. `warned`: it takes it, and not all of it does what it is there for.
 * `unknown`: something in it cannot be read, there is no certificate in it, or no page of this service decides.
 */
export type StoreVerdict = "passes" | "warned" | "refused" | "unknown";

export interface BundleFitness {
  readonly verdict: StoreVerdict;
  /** First what is not met, then what is; both in the order of `StoreRequirement`. */
  readonly judgements: readonly StoreJudgement[];
}

/** Would this service take the bundle as a trust store, and does it do there what it is for? */
export function bundleFitness(
  bundle: Bundle,
  target: Target,
  now: Date,
  signatures: SignatureVerdicts = noVerdicts,
  outside: Outside = {},
): BundleFitness {
  return finish(bundleFitnessInSteps(bundle, target, now, signatures, outside));
}

/** The same, of a large file. */
export function* bundleFitnessInSteps(
  bundle: Bundle,
  target: Target,
  now: Date,
  signatures: SignatureVerdicts,
  outside: Outside,
): Steps<BundleFitness> {
  yield* prepareStore(bundle, [target]);
  const around: Outside = { ...outside, signatures };
  const judgements: StoreJudgement[] = [];
  let looked = 0;
  for (const requirement of requirements) {
    yield;
    for (const one of yield* judgeStoreInSteps(bundle, target, requirement, now, around)) {
      if (++looked % perStep === 0) yield;
      if (requirement !== "root" || isOpenEnd(bundle, one.index, signatures)) judgements.push(one);
    }
  }
  for (const one of judgePaths(bundle, profiles[target], now, signatures)) judgements.push(one);
  yield;
  judgements.push(...(yield* judgeDocumented(bundle, target, now, outside)));
  const verdict = yield* verdictOf(judgements);
  judgements.push(...metIn(bundle, profiles[target], outside));
  return { verdict, judgements };
}

/**
 * Trust stores of both kinds of load balancers are one resource: what the pages on the one kind refuse is undecided for
 * the other, of which they say nothing.
 */
function* judgeDocumented(
  bundle: Bundle,
  target: Target,
  now: Date,
  outside: Outside,
): Steps<readonly StoreJudgement[]> {
  if (profiles[target].outcome !== undefined) return [];
  const { alb } = profiles;
  const { verdict, judgements } = yield* bundleFitnessInSteps(bundle, alb.target, now, noVerdicts, outside);
  const isRefused = verdict === "refused";
  if (!isRefused && !judgements.some(({ holds, requirement }) => !holds && quotas.has(requirement))) return [];
  return [
    judgement(profiles[target], {
      requirement: "documented",
      severity: "info",
      index: undefined,
      found: {
        code: isRefused ? "store:undocumented" : "store:undocumented-quota",
        args: { service: profiles[target].name, other: alb.name },
      },
    }),
  ];
}

const quotas: ReadonlySet<StoreRequirement> = new Set(["count", "certificate-size", "subject-length"]);

function* verdictOf(unmet: readonly StoreJudgement[]): Steps<StoreVerdict> {
  let verdict: StoreVerdict = "passes";
  for (const [place, { severity, requirement }] of unmet.entries()) {
    if (place % perStep === perStep - 1) yield;
    if (severity === "error") return "refused";
    if (undecided.has(requirement)) verdict = "unknown";
    else if (severity === "warning" && verdict === "passes") verdict = "warned";
  }
  return verdict;
}

/** What is not met, the gravest first, in the order of the text. */
export function* unmetInSteps(bundle: Bundle, { judgements }: BundleFitness): Steps<readonly StoreJudgement[]> {
  const unmet: StoreJudgement[] = [];
  for (const [place, one] of judgements.entries()) {
    if (place % perStep === perStep - 1) yield;
    if (!one.holds) unmet.push(one);
  }
  const startOf = (one: StoreJudgement) => placeOfJudgement(bundle, one)?.start ?? -1;
  return yield* sortedInSteps(unmet, (a, b) => rank(a) - rank(b) || startOf(a) - startOf(b));
}

/** What of it stands between a bundle and the verdict `passes`. */
export function* inTheWayInSteps(bundle: Bundle, fitness: BundleFitness): Steps<readonly StoreJudgement[]> {
  return (yield* unmetInSteps(bundle, fitness)).filter((one) => rank(one) < 2);
}

function rank({ severity, requirement }: StoreJudgement): number {
  return severity === "error" ? 0 : severity === "warning" || undecided.has(requirement) ? 1 : 2;
}

/** What was said of a bundle, and by what it was judged. */
interface Said {
  readonly now: number;
  readonly encoding: Outside["encoding"];
  readonly hasFingerprint: boolean;
  readonly judged: Readonly<Record<Target, Map<StoreRequirement, readonly StoreJudgement[]>>>;
}

const undecided: ReadonlySet<StoreRequirement> = new Set(["readable", "readers", "certificates", "documented"]);

const known = new WeakMap<Bundle, Said[]>();

/** What is asked anew each time: more signatures may be known by then. */
const bySignatures: ReadonlySet<StoreRequirement> = new Set(["chain-length"]);

/** What is not met of one requirement. */
export function judgeStore(
  bundle: Bundle,
  target: Target,
  requirement: StoreRequirement,
  now: Date,
  outside: Outside = {},
): readonly StoreJudgement[] {
  if (bySignatures.has(requirement)) return judges[requirement](bundle, profiles[target], now, outside);
  const told = saidOf(bundle, now, outside)[target];
  const judged = told.get(requirement) ?? judges[requirement](bundle, profiles[target], now, outside);
  told.set(requirement, judged);
  return judged;
}

/** What may be of every block of a large file. */
const judgesInSteps: {
  readonly [Requirement in StoreRequirement]?: (bundle: Bundle, profile: Profile) => Steps<readonly StoreJudgement[]>;
} = { readable: judgeReadableInSteps, root: judgeRootsInSteps };

/** The same, in steps: whoever asks for it afterwards does not wait for it. */
export function* judgeStoreInSteps(
  bundle: Bundle,
  target: Target,
  requirement: StoreRequirement,
  now: Date,
  outside: Outside,
): Steps<readonly StoreJudgement[]> {
  const inSteps = judgesInSteps[requirement];
  const told = saidOf(bundle, now, outside)[target];
  if (inSteps !== undefined && !told.has(requirement)) told.set(requirement, yield* inSteps(bundle, profiles[target]));
  return judgeStore(bundle, target, requirement, now, outside);
}

function saidOf(bundle: Bundle, date: Date, { encoding, fingerprint }: Outside): Said["judged"] {
  const all = once(known, bundle, (): Said[] => []);
  const now = date.getTime();
  const hasFingerprint = fingerprint !== undefined;
  const found = all.find(
    (one) => one.now === now && one.encoding === encoding && one.hasFingerprint === hasFingerprint,
  );
  if (found !== undefined) return found.judged;
  const judged = perTarget(() => new Map<StoreRequirement, readonly StoreJudgement[]>());
  all.push({ now, encoding, hasFingerprint, judged });
  return judged;
}

const judges: Readonly<Record<StoreRequirement, Judge>> = {
  certificates: judgeCertificates,
  readable: judgeReadable,
  readers: judgeForReaders,
  "foreign-block": judgeForeignBlocks,
  "private-key": judgePrivateKeys,
  count: judgeCount,
  size: judgeSize,
  "certificate-size": ofCertificates("certificate-size"),
  "subject-length": judgeSubjects,
  key: ofCertificates("key"),
  signature: ofCertificates("signature"),
  version: ofCertificates("version"),
  text: judgeText,
  authority: judgeAuthority,
  root: judgeRoots,
  circle: judgeCircles,
  "chain-length": judgeChains,
  "public-root": judgePublicRoots,
  expired: judgeExpired,
  "not-yet-valid": judgeNotYetValid,
  validity: judgeValidity,
  damage: judgeDamage,
  content: judgeContents,
  "key-usage": judgeKeyUsage,
  "client-purpose": judgePurposes,
  "key-point": judgePoints,
  // Signatures decide: judgePaths.
  "issuer-signature": () => [],
  "authority-key": () => [],
  "issuer-not-ca": () => [],
  "path-length": () => [],
  "name-constraints": () => [],
  "issuer-name": () => [],
  documented: () => [],
};

const requirements: readonly StoreRequirement[] = [
  "certificates",
  "readable",
  "readers",
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
  "circle",
  "chain-length",
  "public-root",
  "expired",
  "not-yet-valid",
  "validity",
  "damage",
  "content",
  "key-usage",
  "client-purpose",
  "key-point",
];
