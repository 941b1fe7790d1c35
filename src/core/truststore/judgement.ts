import { allOf, type SharedReason } from "../reason.ts";
import type { Span } from "../text.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { headIn } from "../x509/bundle/places.ts";
import type { PathFact } from "../x509/path/facts.ts";
import type { SignatureVerdicts } from "../x509/path/verdicts.ts";
import type { Fingerprint } from "./public-root.ts";
import type { StoreFound, StoreLimit } from "./reason.ts";
import { type Limit, type Profile, profiles, type Target } from "./targets.ts";

/** What a trust store must be or have for a service to take it, or for clients to get in by it. */
export type StoreRequirement =
  | "certificates"
  | "readable"
  /** All that read PEM and certificates find it, as far as is known. */
  | "readers"
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
  /** CAs that lead up to each other have no root. */
  | "circle"
  | "chain-length"
  | "public-root"
  | "expired"
  | "not-yet-valid"
  /** It has two dates, in order. */
  | "validity"
  | "damage"
  /** All programs take what a CA says of itself. */
  | "content"
  | "key-usage"
  | "client-purpose"
  | "key-point"
  | "issuer-signature"
  | "authority-key"
  | "issuer-not-ca"
  | "path-length"
  | "name-constraints"
  /** Written as in the certificate of the issuer. */
  | "issuer-name"
  /** What is documented of another service that takes the same resource, and not of this one. */
  | "documented";

/** Whether a requirement is met, for one service. */
export interface StoreJudgement {
  readonly requirement: StoreRequirement;
  readonly holds: boolean;
  /** What a finding of it would have. */
  readonly severity: "error" | "warning" | "info";
  /** The piece it is about; `undefined`: the whole file, or the text below the last block. */
  readonly index: number | undefined;
  /** In the text, where that is not the line that stands for the piece. */
  readonly at?: Span | undefined;
  /** A key of core/rules/sources.ts. */
  readonly source: Limit["source"];
  /** The same for all services that find it. */
  readonly found: StoreFound | PathFact;
  /** With the name of this service. */
  readonly limit: StoreLimit | undefined;
}

/** What is known from outside the text. */
export interface Outside {
  /** Without it public roots cannot be told from others. */
  readonly fingerprint?: Fingerprint | undefined;
  /** How the file says its text; UTF-8 where that is unknown. */
  readonly encoding?: "utf8" | "utf8bom" | "utf16le" | "utf16be" | "other" | "unknown" | undefined;
  /** Of CAs of one name they tell who issued whom. */
  readonly signatures?: SignatureVerdicts | undefined;
}

export type Judge = (bundle: Bundle, profile: Profile, now: Date, outside: Outside) => readonly StoreJudgement[];

type Telling = Pick<StoreJudgement, "requirement" | "severity" | "index" | "found"> &
  Partial<Pick<StoreJudgement, "holds" | "at" | "source" | "limit">>;

export function judgement(profile: Profile, said: Telling): StoreJudgement {
  return { holds: false, source: sourceOf(profile), limit: undefined, ...said };
}

/** What is the matter, then what the service says of it. */
export function storeReason({ found, limit }: Pick<StoreJudgement, "found" | "limit">): SharedReason {
  return limit === undefined ? found : allOf(found, limit);
}

/** Where it is in the text; `undefined`: it is about the whole file. */
export function placeOfJudgement(bundle: Bundle, { index, at }: StoreJudgement): Span | undefined {
  return at ?? (index === undefined ? undefined : headIn(bundle, index));
}

/** The page with the rules for certificates. */
export function sourceOf({ target }: Profile): Limit["source"] {
  return pages[target];
}

const pages: Readonly<Record<Target, Limit["source"]>> = {
  cloudfront: "trustStores",
  apigateway: "apiGatewayMtls",
  alb: "albMtls",
  nlb: "nlbMtls",
};

/** What becomes of a store with something in it that is not taken. */
export function gravity({ outcome }: Profile): "error" | "warning" {
  return outcome === "refused" ? "error" : "warning";
}

export function serviceNames(targets: readonly Target[]): readonly string[] {
  return targets.map((target) => profiles[target].name);
}
