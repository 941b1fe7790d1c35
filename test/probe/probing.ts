import * as assert from "node:assert/strict";
import type { Credential, ProbeFacts, ProbePlan, TlsVersion, Try } from "../../src/core/probe/facts.ts";
import { judgeProbe } from "../../src/core/probe/verdict.ts";
import type { Verdict } from "../../src/core/probe/verdicts.ts";
import type { ProbeLimits } from "../../src/platform/node/probe/limits.ts";
import { type ProbeCredentials, probe } from "../../src/platform/node/probe/probe.ts";

/** Long enough for a machine that does much else. */
export const patient: ProbeLimits = { connect: 20_000, handshake: 20_000, answer: 20_000, whole: 60_000 };

export interface Probed {
  readonly port: number;
  readonly host?: string;
  readonly versions?: readonly TlsVersion[];
  readonly request?: Partial<ProbePlan["request"]>;
}

export function planOf({ port, host = "127.0.0.1", versions = ["TLSv1.2"], request }: Probed): ProbePlan {
  return {
    role: "origin",
    host,
    port,
    name: "localhost",
    addresses: "ipv4",
    versions,
    request: { method: "GET", path: "/", headers: [], ...request },
  };
}

export async function probed(
  where: Probed,
  credentials: ProbeCredentials,
  roots: readonly string[],
  limits: ProbeLimits = patient,
): Promise<ProbeFacts> {
  return probe(planOf(where), credentials, { signal: new AbortController().signal, roots, limits });
}

export function verdictOf(facts: ProbeFacts): Verdict {
  return judgeProbe(facts).verdict;
}

/** The first try of a kind that came as far as to see whether it is asked; else the first. */
export function tryOf(facts: ProbeFacts, credential: Credential = "none"): Try {
  const tries = facts.addresses
    .flatMap(({ rounds }) => rounds.flatMap(({ tries }) => tries))
    .filter((one) => one.credential === credential);
  const found = tries.find(({ asked }) => asked !== "unseen") ?? tries[0];
  assert.ok(found !== undefined, `no try with ${credential}`);
  return found;
}

/** One line of all that was seen, for the message of a test that fails. */
export function seenIn(facts: ProbeFacts): string {
  return facts.addresses
    .flatMap(({ rounds }) => rounds)
    .map(({ versions, tries }) => {
      const seen = tries.map(({ credential, asked, end }) => `${credential} ${asked} ${JSON.stringify(end)}`);
      return `${versions.join("+")}: ${seen.join("; ")}`;
    })
    .join("\n");
}
