// What a plan and its page are made of, with nothing of AWS behind it.
import assert from "node:assert/strict";
import { Caller } from "../../../src/account/live/caller.ts";
import type { Target } from "../../../src/account/live/target.ts";
import { distributionTarget } from "../../../src/account/live/targets/distribution/target.ts";
import type { Connection } from "../../../src/aws/connection.ts";
import type { WireConfig } from "../../../src/core/cloudfront/wire.ts";
import { isFailure } from "../../../src/core/failure.ts";
import type { LiveDistribution } from "../../../src/core/inventory.ts";

const identity = {
  account: "111122223333",
  arn: "arn:aws:iam::111122223333:user/me",
  partition: "aws",
  region: "eu-central-1",
  endpoint: undefined,
};

export async function callerOf(profile: string | undefined): Promise<Caller> {
  const connection: Connection = { profile, identity };
  const caller = await Caller.of({
    state: { kind: "connected", connection },
    signal: new AbortController().signal,
    connect: async () => connection,
    reconnect: async () => connection,
    lost: () => {},
  });
  assert.ok(!isFailure(caller));
  return caller;
}

const unused = () => assert.fail("Nothing is asked of AWS for a page");

/** @param known what the account tells of it */
export function distributionCalled(
  id: string,
  known: Partial<LiveDistribution> | undefined,
  caller: Caller,
): Target<WireConfig> {
  const distributions = new Map(known === undefined ? [] : [[id, known as LiveDistribution]]);
  return distributionTarget(id, caller, {
    session: {
      state: { kind: "none" },
      signal: caller.signal,
      connect: unused,
      reconnect: unused,
      lost: unused,
    } as never,
    account: {
      current: () => ({ distributions }) as never,
      refreshDistribution: unused,
      details: unused,
      refreshCertificate: unused,
    },
    calls: unused,
    context: () => ({
      now: new Date(),
      settings: { expiryWarningDays: 45, severities: {} },
      purpose: "unknown",
      fingerprint: () => "",
    }),
    onRuleFault: (rule, error) => assert.fail(`${rule} ${String(error)}`),
    ownerTags: () => ({}),
    proofs: { ofAll: () => undefined, hasHost: () => true },
    log: { info: () => {}, fault: (where, error) => assert.fail(`${where} ${String(error)}`) },
  });
}
