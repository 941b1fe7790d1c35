import type { Called } from "../x509/naming.ts";
import { distinguishedName } from "../x509/naming.ts";
import { readCertificate } from "../x509/read/certificate.ts";
import type { AddressFacts, Credential, End, ProbeFacts, ProbePlan, Round, ServerCertificate, Try } from "./facts.ts";
import type { VerdictReason } from "./reason.ts";
import { type Verdict, worst } from "./verdicts.ts";

export interface Judgement {
  readonly verdict: Verdict;
  readonly why: VerdictReason;
}

export interface AddressJudgement extends Judgement {
  readonly address: string;
}

export interface ProbeReport extends Judgement {
  readonly addresses: readonly AddressJudgement[];
}

/**
 * What the tries show. It takes a refusal after being asked to call something enforced: a completed handshake says
 * nothing, because in TLS 1.3 the server judges after it, and nginx refuses by HTTP alone; and data say nothing without
 * a try that was let in to compare with. Where the tries leave it open, that is what is said.
 */
export function judgeProbe(facts: ProbeFacts): ProbeReport {
  const { plan, lookup } = facts;
  if (lookup === "ECANCELED") return { verdict: "cannot-tell", why: { code: "probe:canceled" }, addresses: [] };
  if (lookup !== undefined)
    return {
      verdict: "unreachable",
      why: { code: "probe:not-found", args: { host: plan.host, code: lookup } },
      addresses: [],
    };
  const addresses = facts.addresses.map((address) => ({
    address: address.address,
    ...judgeAddress(address, plan),
  }));
  return { ...judgeAll(facts, addresses), addresses };
}

function judgeAll(facts: ProbeFacts, addresses: readonly AddressJudgement[]): Judgement {
  const near = addresses.filter((_, index) => !isWithoutRoute(facts.addresses[index]));
  const counted = near.length === 0 ? addresses : near;
  const found = worst(counted);
  if (found === undefined) return { verdict: "cannot-tell", why: { code: "probe:not-seen" } };
  if (found.verdict === "unreachable" && counted.some(({ verdict }) => verdict !== "unreachable"))
    return { verdict: "cannot-tell", why: { code: "probe:some-unreachable" } };
  return { verdict: found.verdict, why: found.why };
}

/** No address family of this computer leads there: that says nothing about the server. */
export function isWithoutRoute(address: AddressFacts | undefined): boolean {
  const end = address?.rounds[0]?.tries[0]?.end;
  return (
    end?.kind === "unreachable" &&
    (end.code === "ENETUNREACH" || end.code === "EADDRNOTAVAIL" || end.code === "EAFNOSUPPORT")
  );
}

function judgeAddress({ rounds, server, isLost }: AddressFacts, plan: ProbePlan): Judgement {
  if (server?.trust === "installed")
    return { verdict: "cannot-tell", why: { code: "probe:in-between", args: { issuer: issuerOf(server) } } };
  const spoken = rounds.filter(isSpoken);
  if (spoken.length === 0) return unreachable(rounds);
  const judged = [
    ...spoken.map((round) => judgeRound(round, plan)),
    ...rounds.filter((round) => !isSpoken(round) && !isVersionRefused(round, isLost === true)).map(unseenRound),
  ];
  const late = judged.find(({ verdict }) => verdict === "asks-late");
  // With TLS 1.3 such a server has no way to ask. Where it does not let in either, it is the same server.
  const isOpen = spoken.some((round) => tryOf(round, "none")?.asked === "no" && isSuccess(tryOf(round, "none")?.end));
  if (late !== undefined && !isOpen) return late;
  return worst(judged) ?? { verdict: "cannot-tell", why: { code: "probe:not-seen" } };
}

function issuerOf({ chain }: ServerCertificate): Called {
  const certificate = readCertificate(chain[0] ?? new Uint8Array());
  return "fault" in certificate ? "?" : distinguishedName(certificate.issuer, certificate.der);
}

/** A version was agreed on: there is something to see. */
export function isSpoken({ tries }: Round): boolean {
  return tries.some(({ asked, protocol }) => asked !== "unseen" || protocol !== undefined);
}

/**
 * Whether a server that speaks other versions told that it does not speak these. Some, such as older ones of Windows,
 * just close the connection: that counts as long as they are still there. Whatever else ended it, by a limit or by us,
 * says nothing of how it treats clients that come with these versions.
 */
function isVersionRefused({ tries: [first] }: Round, isLost: boolean): boolean {
  const kind = first?.end.kind;
  return kind === "alert" || kind === "gave-up" || (kind === "closed" && !isLost);
}

function unseenRound({ versions, tries }: Round): Judgement {
  return {
    verdict: "cannot-tell",
    why: tries.some(({ end }) => end.kind === "canceled")
      ? { code: "probe:canceled" }
      : { code: "probe:versions-unseen", args: { versions: versions.join(", ") } },
  };
}

function unreachable(rounds: readonly Round[]): Judgement {
  const ends = rounds.flatMap(({ tries }) => tries.map(({ end }) => end));
  const end = ends.find(({ kind }) => kind === "canceled") ?? ends[0];
  if (end?.kind === "canceled") return { verdict: "cannot-tell", why: { code: "probe:canceled" } };
  return { verdict: "unreachable", why: end === undefined ? { code: "probe:not-seen" } : whyUnreachable(end) };
}

function whyUnreachable(end: End): VerdictReason {
  switch (end.kind) {
    case "unreachable":
      return { code: "probe:no-connection", args: { code: end.code } };
    case "silent":
      return { code: "probe:silent", args: { phase: end.phase } };
    case "no-tls":
      return { code: "probe:no-tls" };
    case "alert":
      return end.alert === protocolVersion
        ? { code: "probe:no-version" }
        : { code: "probe:ended-early", args: { alert: end.alert } };
    case "endless":
      return { code: "probe:endless" };
    case "gave-up":
      return { code: "probe:gave-up", args: { code: end.code } };
    default:
      return { code: "probe:closed-early" };
  }
}

const protocolVersion = 70;

// --- one round

/** What a server did with who tried. */
type Outcome =
  | { readonly kind: "let-in" | "refused-tls" | "refused-http" }
  | { readonly kind: "unclear"; readonly why: VerdictReason };

function judgeRound(round: Round, plan: ProbePlan): Judgement {
  const none = tryOf(round, "none");
  if (none === undefined) return { verdict: "cannot-tell", why: { code: "probe:not-seen" } };
  if (round.tries.some(({ end }) => end.kind === "canceled"))
    return { verdict: "cannot-tell", why: { code: "probe:canceled" } };
  if (round.tries.some(({ asked }) => asked === "yes")) {
    // Several servers may stand behind one address. One that does not ask lets everybody in.
    const isMixed = round.tries.some(({ asked, protocol }) => asked === "no" && protocol !== undefined);
    return isMixed ? { verdict: "does-not-ask", why: { code: "probe:asked-at-times" } } : judgeAsking(round, none);
  }
  if (round.tries.some(({ asked }) => asked === "late"))
    return { verdict: "asks-late", why: { code: "probe:asked-late", args: { role: plan.role } } };
  // The end of a handshake that nobody was asked in is the end of something else.
  if (none.protocol === undefined) return { verdict: "unreachable", why: whyUnreachable(none.end) };
  if (none.asked === "unseen") return { verdict: "cannot-tell", why: { code: "probe:unreadable" } };
  return plan.role === "side-door" && none.end.kind === "answer" && isDoorClosed(none.end.status)
    ? { verdict: "cannot-tell", why: { code: "probe:side-door-status", args: { status: none.end.status } } }
    : { verdict: "does-not-ask", why: { code: "probe:not-asked", args: { role: plan.role } } };
}

/** What a disabled endpoint answers, and an API too to who asks for what it does not have. */
function isDoorClosed(status: number): boolean {
  return status === 403 || status === 404;
}

function judgeAsking(round: Round, none: Try): Judgement {
  const given = tryOf(round, "given");
  const stranger = tryOf(round, "stranger");
  const without = outcomeOf(none, given);
  const withOther = stranger === undefined ? without : outcomeOf(stranger, given);
  if (without.kind === "let-in") return { verdict: "asks-only", why: { code: "probe:nobody-needs-one" } };
  if (withOther.kind === "let-in") return { verdict: "asks-only", why: { code: "probe:any-will-do" } };
  if (without.kind === "unclear") return { verdict: "cannot-tell", why: without.why };
  if (withOther.kind === "unclear") return { verdict: "cannot-tell", why: withOther.why };
  // Who says nothing to anybody may be out of order, and not particular.
  if (none.end.kind === "closed" && stranger?.end.kind === "closed") {
    if (given === undefined) return { verdict: "cannot-tell", why: { code: "probe:closed-alone" } };
    if (given.end.kind === "closed") return { verdict: "cannot-tell", why: { code: "probe:closed-for-all" } };
  }
  return without.kind === "refused-tls" && withOther.kind === "refused-tls"
    ? { verdict: "enforced-tls", why: { code: "probe:refused-in-tls" } }
    : { verdict: "enforced-http", why: { code: "probe:refused-by-http" } };
}

/** How a server that asked took what it got, in the light of what it did with the user's certificate. */
function outcomeOf({ end }: Try, given: Try | undefined): Outcome {
  switch (end.kind) {
    case "alert":
      return isAboutCertificates(end.alert) || isLetIn(given)
        ? { kind: "refused-tls" }
        : { kind: "unclear", why: { code: "probe:unclear-alert", args: { alert: end.alert } } };
    case "closed":
      if (end.phase !== "request") return { kind: "refused-tls" };
      return isLetIn(given)
        ? { kind: "refused-http" }
        : { kind: "unclear", why: { code: "probe:closed-after-request" } };
    case "answer":
      return end.says === undefined ? outcomeOfStatus(end.status, given) : { kind: "refused-http" };
    case "silent":
      return { kind: "unclear", why: { code: "probe:silent", args: { phase: end.phase } } };
    case "endless":
      return { kind: "unclear", why: { code: "probe:endless" } };
    case "no-http":
      return { kind: "unclear", why: { code: "probe:no-http" } };
    case "gave-up":
      return { kind: "unclear", why: { code: "probe:gave-up", args: { code: end.code } } };
    default:
      return { kind: "unclear", why: { code: "probe:not-seen" } };
  }
}

function outcomeOfStatus(status: number, given: Try | undefined): Outcome {
  if (isSuccess({ kind: "answer", status })) return { kind: "let-in" };
  if (given?.end.kind !== "answer") return { kind: "unclear", why: { code: "probe:status-alone", args: { status } } };
  const other = given.end.status;
  if (isOfLoad(status) || isOfLoad(other)) return { kind: "unclear", why: { code: "probe:too-many" } };
  if (status >= 500 || other >= 500)
    return { kind: "unclear", why: { code: "probe:server-error", args: { status: Math.max(status, other) } } };
  if (status === other)
    return isRefusal(status) || status === methodNotAllowed
      ? { kind: "unclear", why: { code: "probe:same-refusal", args: { status } } }
      : { kind: "let-in" };
  // Another page than the one that the right certificate leads to is a refusal, as long as that one is none.
  if (other < 400 || (isRefusal(status) && !isRefusal(other))) return { kind: "refused-http" };
  return { kind: "unclear", why: { code: "probe:statuses", args: { status, given: other } } };
}

/** Says no to what is asked for, whoever asks; the client may not have been looked at yet. */
const methodNotAllowed = 405;

/** Too many requests: the one certificate gets it and the other not, by chance. */
function isOfLoad(status: number): boolean {
  return status === 429;
}

/** Statuses that say no to the client rather than to what it asks for; 495 and 496 are nginx's own words for 400. */
export function isRefusal(status: number): boolean {
  return [400, 401, 403, 407, 421, 429, 495, 496].includes(status);
}

function isSuccess(end: End | undefined): boolean {
  return end?.kind === "answer" && end.status >= 200 && end.status < 300;
}

function isLetIn(given: Try | undefined): boolean {
  return given?.end.kind === "answer" && !isRefusal(given.end.status) && given.end.status < 500;
}

/**
 * The alerts with which a server that asked refuses what it got, or that it got nothing (RFC 8446, section 6.2; Java
 * and others send handshake_failure, and access_denied for a policy).
 */
function isAboutCertificates(alert: number): boolean {
  return [40, 41, 42, 43, 44, 45, 46, 48, 49, 51, 116].includes(alert);
}

export function tryOf({ tries }: Round, credential: Credential): Try | undefined {
  return tries.find((one) => one.credential === credential);
}

/** Whether a certificate that has to be refused got in, as far as the user's own tells. */
export function isUnfitLetIn(round: Round, credential: "expired" | "server-auth"): boolean {
  const unfit = tryOf(round, credential);
  const asked = round.tries.some((one) => one.asked === "yes");
  return unfit !== undefined && asked && outcomeOf(unfit, tryOf(round, "given")).kind === "let-in";
}
