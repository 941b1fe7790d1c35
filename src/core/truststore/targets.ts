/**
 * What a trust store is for: CloudFront viewer mTLS, an API Gateway custom domain, an Application or a Network Load
 * Balancer.
 */
export type Target = "cloudfront" | "apigateway" | "alb" | "nlb";

/**
 * What one service takes as a trust store, as its documentation says (read 2026-11). `undefined`: it says nothing of
 * it, so what the service takes is unknown.
 */
export interface Profile {
  readonly target: Target;
  /** The service, as AWS writes it. */
  readonly name: string;
  /** The same where there is little room. */
  readonly shortName: string;
  readonly certificates: Limit | undefined;
  /** Of the object with all certificates, in bytes. */
  readonly objectBytes: Limit | undefined;
  /** Of one certificate, in bytes; whether of DER or of PEM is documented nowhere. */
  readonly certificateBytes: Limit | undefined;
  /** Of the subjects of all certificates together, in bytes; how they are written for that is documented nowhere. */
  readonly subjectBytes: Limit | undefined;
  /**
   * Certificates in the path of a client: its own, and those above it up to a CA of the store. Where the whole chain
   * must be in the store, its CAs: the page counts what is there.
   */
  readonly chainDepth: Limit | undefined;
  readonly keys: Keys | undefined;
  /** As signature-algorithm.ts names them. */
  readonly hashes: ReadonlySet<string> | undefined;
  /** Whether the page says “or stronger” of these hashes: then only weaker ones are known not to be taken. */
  readonly isStrongerHashTaken: boolean;
  /** Whether the page says that signatures with RSASSA-PSS are taken; API Gateway's says nothing of it. */
  readonly isPssDocumented: boolean;
  /** Whether certificates must be X.509 version 3. */
  readonly isVersion3Only: boolean | undefined;
  /**
   * Whether lines between certificates must be comments that begin with `#` and have no `-` in them, and none may be
   * blank.
   */
  readonly isTextRestricted: boolean;
  /**
   * Whether the issuer of the client's certificate, and all CAs above it up to the root, must be in the store, even if
   * the client sends them.
   */
  readonly isChainInStore: boolean;
  /** Whether the page says that any certificate of the store ends the path of a client, be it a root or not. */
  readonly isAnyAnchor: boolean;
  /** What becomes of a store with something in it that the service does not take. */
  readonly outcome: "refused" | "warned" | undefined;
}

export interface Limit {
  readonly most: number;
  /** Above this it is uncertain: the page gives a round number that can be read in two ways. */
  readonly surely?: number;
  /** What an older copy of the page says: it may hold still where the new one does not yet. */
  readonly formerly?: number;
  /** By Service Quotas: then what is above it may be taken in this account. */
  readonly isAdjustable: boolean;
  /** A key of core/rules/sources.ts. */
  readonly source:
    | "quotas"
    | "trustStores"
    | "apiGatewayQuotas"
    | "apiGatewayMtls"
    | "albQuotas"
    | "albMtls"
    | "nlbMtls";
}

export interface Keys {
  /** In bits. `sizes`: these alone; else any from `least` to `most`. */
  readonly rsa: { readonly least: number; readonly most: number | undefined; readonly sizes?: ReadonlySet<number> };
  /** OIDs of named curves. */
  readonly curves: ReadonlySet<string>;
  /** Curves on which the pages of one service do not agree. */
  readonly disputedCurves: ReadonlySet<string>;
}

const p256 = "1.2.840.10045.3.1.7";
const p384 = "1.3.132.0.34";
const p521 = "1.3.132.0.35";
const kilobyte = 1024;
const sha2: ReadonlySet<string> = new Set(["SHA-256", "SHA-384", "SHA-512"]);

const limit = (most: number, isAdjustable: boolean, source: Limit["source"]): Limit => ({ most, isAdjustable, source });

export const profiles: Readonly<Record<Target, Profile>> = {
  cloudfront: {
    target: "cloudfront",
    name: "CloudFront",
    shortName: "CloudFront",
    certificates: limit(25, false, "quotas"),
    objectBytes: { ...limit(kilobyte * kilobyte, false, "quotas"), formerly: 64 * kilobyte },
    certificateBytes: limit(16 * kilobyte, true, "quotas"),
    subjectBytes: undefined,
    chainDepth: limit(4, false, "quotas"),
    keys: {
      rsa: { least: 2048, most: 4096, sizes: new Set([2048, 3072, 4096]) },
      curves: new Set([p256, p384]),
      disputedCurves: new Set(),
    },
    hashes: sha2,
    isStrongerHashTaken: false,
    isPssDocumented: true,
    isVersion3Only: true,
    isTextRestricted: true,
    isChainInStore: false,
    isAnyAnchor: true,
    outcome: "refused",
  },
  apigateway: {
    target: "apigateway",
    name: "API Gateway",
    shortName: "API Gateway",
    certificates: limit(1000, false, "apiGatewayQuotas"),
    // “1 MB”.
    objectBytes: { ...limit(kilobyte * kilobyte, false, "apiGatewayQuotas"), surely: 1_000_000 },
    certificateBytes: undefined,
    subjectBytes: undefined,
    chainDepth: limit(4, false, "apiGatewayMtls"),
    // The page on REST APIs names two curves, the one on HTTP APIs says "or stronger".
    keys: { rsa: { least: 2048, most: undefined }, curves: new Set([p256, p384]), disputedCurves: new Set([p521]) },
    hashes: sha2,
    isStrongerHashTaken: true,
    isPssDocumented: false,
    isVersion3Only: false,
    isTextRestricted: false,
    isChainInStore: true,
    isAnyAnchor: false,
    outcome: "warned",
  },
  alb: {
    target: "alb",
    name: "Application Load Balancer",
    shortName: "ALB",
    certificates: limit(25, true, "albQuotas"),
    objectBytes: undefined,
    certificateBytes: limit(16 * kilobyte, false, "albQuotas"),
    subjectBytes: limit(10_000, true, "albQuotas"),
    chainDepth: limit(4, false, "albQuotas"),
    keys: { rsa: { least: 2048, most: 8192 }, curves: new Set([p256, p384, p521]), disputedCurves: new Set() },
    hashes: sha2,
    isStrongerHashTaken: false,
    isPssDocumented: true,
    isVersion3Only: true,
    isTextRestricted: true,
    isChainInStore: false,
    isAnyAnchor: false,
    outcome: "refused",
  },
  // The pages on Network Load Balancers say that a client's certificate must chain to a CA of the trust store, and
  // nothing of what a trust store may hold.
  nlb: {
    target: "nlb",
    name: "Network Load Balancer",
    shortName: "NLB",
    certificates: undefined,
    objectBytes: undefined,
    certificateBytes: undefined,
    subjectBytes: undefined,
    chainDepth: undefined,
    keys: undefined,
    hashes: undefined,
    isStrongerHashTaken: false,
    isPssDocumented: false,
    isVersion3Only: undefined,
    isTextRestricted: false,
    isChainInStore: false,
    isAnyAnchor: false,
    outcome: undefined,
  },
};

export const targets: readonly Target[] = ["cloudfront", "apigateway", "alb", "nlb"];

/** Those whose pages say what a trust store may hold. */
export const documentedTargets: readonly Target[] = targets.filter((target) => profiles[target].outcome !== undefined);

export function perTarget<Value>(make: (target: Target) => Value): Readonly<Record<Target, Value>> {
  return { cloudfront: make("cloudfront"), apigateway: make("apigateway"), alb: make("alb"), nlb: make("nlb") };
}

export function isTarget(word: string): word is Target {
  return Object.hasOwn(profiles, word);
}
