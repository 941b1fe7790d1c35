import type { AddressFacts, End, ProbeFacts } from "./facts.ts";
import type { EndReason, Remark } from "./reason.ts";
import { isUnfitLetIn, isWithoutRoute, judgeProbe, tryOf } from "./verdict.ts";
import { isEnforced } from "./verdicts.ts";

/** What is worth knowing of a probe besides its verdict, the most pressing first. Each is said once. */
export function remarksOf(facts: ProbeFacts): readonly Remark[] {
  const { plan, addresses, left } = facts;
  const remarks: Remark[] = [];
  const refused = refusalOfGiven(addresses);
  if (refused !== undefined) remarks.push({ code: "probe:given-refused", args: { how: refused } });
  const rounds = addresses.flatMap((address) => address.rounds);
  // Where anybody gets in, these do too.
  if (isEnforced(judgeProbe(facts).verdict) !== false) {
    if (rounds.some((round) => isUnfitLetIn(round, "expired"))) remarks.push({ code: "probe:expired-let-in" });
    if (rounds.some((round) => isUnfitLetIn(round, "server-auth"))) remarks.push({ code: "probe:server-auth-let-in" });
  }
  const { role, name } = plan;
  for (const { server } of addresses) {
    if (server?.trust === "none")
      addOnce(remarks, { code: "probe:not-public", args: { role, error: server.trustError ?? "" } });
    if (server?.isForName === false) addOnce(remarks, { code: "probe:other-name", args: { role, name } });
  }
  const issuer = isIssuerAdvertised(facts);
  if (issuer !== undefined) remarks.push({ code: issuer ? "probe:issuer-advertised" : "probe:issuer-missing" });
  if (new Set(addresses.flatMap(({ server }) => server?.key ?? [])).size > 1)
    remarks.push({ code: "probe:different-keys" });
  if (addresses.some((address) => !isWithoutRoute(address)))
    for (const address of addresses.filter(isWithoutRoute))
      remarks.push({ code: "probe:no-route", args: { address: address.address } });
  if (left > 0) remarks.push({ code: "probe:more-addresses", args: { left } });
  return remarks;
}

/** What was not tried for want of something that the user may have. */
export function untried({ addresses }: ProbeFacts): readonly Remark[] {
  const rounds = addresses.flatMap((address) => address.rounds);
  if (!rounds.some(({ tries }) => tries.some(({ asked }) => asked === "yes"))) return [];
  return [
    ...(rounds.some((round) => tryOf(round, "given") !== undefined)
      ? []
      : ([{ code: "probe:without-certificate" }] as const)),
    ...(rounds.some((round) => tryOf(round, "expired") !== undefined)
      ? []
      : ([{ code: "probe:without-issuer" }] as const)),
  ];
}

/** Where the probe stands. */
export function standpoint({ plan: { role } }: ProbeFacts): Remark {
  return { code: "probe:elsewhere", args: { role } };
}

function addOnce(remarks: Remark[], remark: Remark): void {
  if (!remarks.some(({ code }) => code === remark.code)) remarks.push(remark);
}

/** Whether a CA that the server names issued the user's certificate; undefined: one of both is not known. */
export function isIssuerAdvertised({ issuers, addresses }: ProbeFacts): boolean | undefined {
  const names = addresses.flatMap(({ authorities }) => authorities ?? []);
  if (issuers === undefined || names.length === 0) return undefined;
  return issuers.some((issuer) => names.some((name) => isSame(name, issuer)));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** A server that asked, and did not take the certificate that it is to take. */
function refusalOfGiven(addresses: readonly AddressFacts[]): EndReason | undefined {
  for (const { rounds } of addresses)
    for (const round of rounds) {
      const given = tryOf(round, "given");
      if (given?.asked !== "yes") continue;
      const { end } = given;
      if (end.kind === "alert" || end.kind === "closed" || (end.kind === "answer" && end.says !== undefined))
        return endReason(end);
    }
  return undefined;
}

/** How a try ended. */
export function endReason(end: End): EndReason {
  switch (end.kind) {
    case "answer":
      return {
        code:
          end.says === undefined
            ? "probe:end-answer"
            : end.says === "no-certificate"
              ? "probe:end-no-certificate"
              : "probe:end-certificate-error",
        args: { status: end.status },
      };
    case "alert":
      return { code: "probe:end-alert", args: { alert: end.alert } };
    case "closed":
      return { code: end.isReset ? "probe:end-reset" : "probe:end-closed", args: { phase: end.phase } };
    case "silent":
      return { code: "probe:end-silent", args: { phase: end.phase } };
    case "endless":
      return { code: "probe:end-endless", args: { phase: end.phase } };
    case "unreachable":
      return { code: "probe:end-unreachable", args: { code: end.code } };
    case "gave-up":
      return { code: "probe:end-gave-up", args: { code: end.code } };
    default:
      return { code: `probe:end-${end.kind}` };
  }
}
