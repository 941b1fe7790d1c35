import type { ProbeFacts, ProbePlan } from "./facts.ts";
import { isEnforced, type Verdict, worst } from "./verdicts.ts";

/** What a probe showed, as long as it holds. Nothing of it is secret: no header, no key, no certificate of a client. */
export interface Proof {
  readonly role: ProbePlan["role"];
  readonly host: string;
  readonly port: number;
  readonly name: string;
  /** One that decides it: of those that leave it open nothing is kept. */
  readonly verdict: Verdict;
  /** When the probe began, in milliseconds since 1970. */
  readonly at: number;
  /** Those that were tried. */
  readonly addresses: readonly string[];
  /** SHA-256 of the public keys of the servers there. */
  readonly keys: readonly string[];
  /** What of the configuration it was made for: `settingsOf`. */
  readonly settings: string;
  /** The origin of a live distribution that it was made for. */
  readonly live?: LiveSubject;
}

/** An origin of a distribution in AWS, or, without one, its viewers. */
export interface LiveSubject {
  readonly distribution: string;
  readonly origin?: string;
  /** The ETag of the configuration. */
  readonly version: string;
}

/** A client certificate that CloudFront presents, and how it connects, as far as a proof depends on it. */
export interface ProvedSettings {
  readonly plan: ProbePlan;
  /** `undefined`: mTLS is off. */
  readonly clientCertificate: string | undefined;
  readonly live?: LiveSubject | undefined;
}

/** The version of a configuration, as far as a probe of this server depends on it. */
export function settingsOf({ plan, clientCertificate }: ProvedSettings): string {
  const { addresses, versions } = plan;
  return JSON.stringify({ addresses, versions: [...versions].sort(), certificate: clientCertificate ?? null });
}

/** What a proof is kept by: where it was connected to, and under which name. */
export function proofKey({ role, host, port, name }: Pick<Proof, "role" | "host" | "port" | "name">): string {
  return JSON.stringify([role, host.toLowerCase(), port, name.toLowerCase()]);
}

/** `undefined`: the probe decided nothing, or did not see all of the server. */
export function proofOf(facts: ProbeFacts, verdict: Verdict, settings: ProvedSettings): Proof | undefined {
  if (isEnforced(verdict) === undefined) return undefined;
  // Where an address was left out, nobody knows what the server there does.
  if (isEnforced(verdict) === true && facts.left > 0) return undefined;
  const { role, host, port, name } = facts.plan;
  return {
    role,
    host,
    port,
    name,
    verdict,
    at: facts.at.getTime(),
    addresses: facts.addresses.map(({ address }) => address).sort(),
    keys: [...new Set(facts.addresses.flatMap(({ server }) => server?.key ?? []))].sort(),
    settings: settingsOf(settings),
    ...(settings.live === undefined ? {} : { live: settings.live }),
  };
}

const day = 86_400_000;

/** What a proof is held against. */
export interface Today {
  /** In milliseconds since 1970. */
  readonly now: number;
  /** How long one holds. */
  readonly days: number;
  /** Those that the host has now, where that is known. */
  readonly addresses?: readonly string[];
}

/** Whether a proof still holds for a server as it is configured. */
export function isProved(proof: Proof, settings: ProvedSettings, today: Today): boolean {
  if (proofKey(proof) !== proofKey(settings.plan) || proof.settings !== settingsOf(settings)) return false;
  return isFresh(proof, today);
}

/** Whether one still holds for what is in AWS: the same version of the same configuration. */
export function isProvedLive(proof: Proof, { distribution, origin, version }: LiveSubject, today: Today): boolean {
  const { live } = proof;
  return (
    live?.distribution === distribution && live.origin === origin && live.version === version && isFresh(proof, today)
  );
}

function isFresh(proof: Proof, { now, days, addresses }: Today): boolean {
  if (now < proof.at || now - proof.at >= days * day) return false;
  // A load balancer tells some of its addresses at a time: one that was tried is no change. Those of a family that was
  // not to be tried do not count.
  const comparable = addresses?.filter((address) => proof.addresses.some((one) => isIpv6(one) === isIpv6(address)));
  return comparable?.every((address) => proof.addresses.includes(address)) !== false;
}

function isIpv6(address: string): boolean {
  return address.includes(":");
}

/** Of several proofs of one thing, such as the names that CloudFront says to an origin, the one that counts. */
export function worstProof(proofs: readonly Proof[]): Proof | undefined {
  return worst(proofs);
}

/** Whether a later probe saw another server than the proof is of: then it holds no more, whatever that one decided. */
export function isOfOtherServer(proof: Proof, facts: ProbeFacts): boolean {
  const keys = facts.addresses.flatMap(({ server }) => server?.key ?? []);
  return keys.some((key) => !proof.keys.includes(key));
}

/** Whether a server asks in the handshake, as CloudFront needs it. */
export function asksForCertificate(verdict: Verdict): boolean {
  return verdict === "enforced-tls" || verdict === "enforced-http" || verdict === "asks-only";
}

const verdicts: readonly string[] = ["enforced-tls", "enforced-http", "asks-only", "asks-late", "does-not-ask"];
const roles: readonly string[] = ["origin", "endpoint", "side-door"];

/** A proof out of what was written; undefined: it is none. */
export function readProof(value: unknown): Proof | undefined {
  return isProof(value) ? value : undefined;
}

function isProof(value: unknown): value is Proof {
  if (typeof value !== "object" || value === null) return false;
  const one: Partial<Record<keyof Proof, unknown>> = value;
  return (
    typeof one.role === "string" &&
    roles.includes(one.role) &&
    typeof one.host === "string" &&
    typeof one.port === "number" &&
    typeof one.name === "string" &&
    typeof one.verdict === "string" &&
    verdicts.includes(one.verdict) &&
    typeof one.at === "number" &&
    areTexts(one.addresses) &&
    areTexts(one.keys) &&
    typeof one.settings === "string" &&
    (one.live === undefined || isLiveSubject(one.live))
  );
}

function isLiveSubject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { distribution, origin, version }: Partial<Record<keyof LiveSubject, unknown>> = value;
  return (
    typeof distribution === "string" &&
    typeof version === "string" &&
    (origin === undefined || typeof origin === "string")
  );
}

function areTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
