import * as l10n from "@vscode/l10n";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { listed } from "../x509/words/describe.ts";
import type { Fingerprint } from "./public-root.ts";
import { type Limit, type Profile, profiles, type Target } from "./targets.ts";

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

/** What is known from outside the text. */
export interface Outside {
  /** Without it nobody can tell public roots from others. */
  readonly fingerprint?: Fingerprint | undefined;
  /** How the file says its text; UTF-8 where nobody knows. */
  readonly encoding?: "utf8" | "utf8bom" | "utf16le" | "utf16be" | "other" | "unknown" | undefined;
}

export type Judge = (bundle: Bundle, profile: Profile, now: Date, outside: Outside) => readonly StoreReason[];

type Telling = Pick<StoreReason, "requirement" | "severity" | "index" | "finds"> &
  Partial<Pick<StoreReason, "holds" | "source" | "takes">>;

export function reason(profile: Profile, { takes, ...said }: Telling): StoreReason {
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
export function sourceOf({ target }: Profile): Limit["source"] {
  return target === "cloudfront" ? "trustStores" : target === "apigateway" ? "apiGatewayMtls" : "albMtls";
}

/** What becomes of a store with something in it that is not taken. */
export function gravity({ outcome }: Profile): "error" | "warning" {
  return outcome === "refused" ? "error" : "warning";
}

export function adjustable({ isAdjustable }: Limit, takes: string): string {
  return isAdjustable ? l10n.t("{0} (a quota that can be raised)", takes) : takes;
}

/** Names of services after each other. */
export function serviceNames(targets: readonly Target[]): string {
  return listed(targets.map((target) => profiles[target].name)) ?? "";
}
