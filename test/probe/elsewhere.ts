// A program for another runtime than Node: reads from its standard input where to connect and with what, probes each,
// and prints what it saw as one line of JSON for each.
import * as assert from "node:assert";
import { readFileSync } from "node:fs";
import type { End, ProbePlan } from "../../src/core/probe/facts.ts";
import { judgeProbe } from "../../src/core/probe/verdict.ts";
import { isBoringSsl } from "../../src/platform/node/crypto.ts";
import { type ProbeCredentials, probe } from "../../src/platform/node/probe/probe.ts";
import { patient, seenIn, tryOf } from "./probing.ts";

export interface Order {
  readonly roots: readonly string[];
  readonly probes: readonly { readonly plan: ProbePlan; readonly credentials: ProbeCredentials }[];
}

/** What came of one of the probes. */
export interface Told {
  readonly verdict: string;
  /** Of the try without a certificate. */
  readonly end: End;
  readonly seen: string;
}

assert.ok(isBoringSsl(process), "this is not BoringSSL");
const { roots, probes }: Order = JSON.parse(readFileSync(0, "utf8"));
const told = await Promise.all(
  probes.map(async ({ plan, credentials }): Promise<Told> => {
    const facts = await probe(plan, credentials, { signal: new AbortController().signal, roots, limits: patient });
    return { verdict: judgeProbe(facts).verdict, end: tryOf(facts).end, seen: seenIn(facts) };
  }),
);
console.log(JSON.stringify(told));
