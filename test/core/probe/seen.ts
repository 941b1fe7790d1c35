import type {
  AddressFacts,
  Asked,
  Credential,
  End,
  ProbeFacts,
  ProbePlan,
  Try,
} from "../../../src/core/probe/facts.ts";

/** Facts as a probe would hand them over, in few words. */

export const plan: ProbePlan = {
  role: "origin",
  host: "origin.example",
  port: 443,
  name: "origin.example",
  addresses: "ipv4",
  versions: ["TLSv1.2"],
  request: { method: "HEAD", path: "/", headers: [] },
};

export const answer = (status: number): End => ({ kind: "answer", status });
export const alert = (number: number): End => ({ kind: "alert", alert: number, phase: "handshake" });
export const closed = (phase: "handshake" | "accept" | "request"): End => ({ kind: "closed", phase, isReset: false });
export const silent = (phase: "connect" | "handshake" | "request"): End => ({ kind: "silent", phase });

export type Ends = Partial<Record<Credential, End>>;

/** A round in which a version was agreed on. */
export function tries(asked: Asked, ends: Ends, version: "TLSv1.2" | "TLSv1.3" = "TLSv1.2"): readonly Try[] {
  return (Object.entries(ends) as [Credential, End][]).map(([credential, end]) => ({
    credential,
    asked,
    end,
    protocol: version,
    cipher: "TLS_AES_128_GCM_SHA256",
  }));
}

export function address(...rounds: readonly (readonly Try[])[]): AddressFacts {
  return {
    address: "192.0.2.1",
    rounds: rounds.map((one, index) => ({ versions: index === 0 ? ["TLSv1.2"] : ["TLSv1.3"], tries: one })),
  };
}

export function facts(...addresses: readonly AddressFacts[]): ProbeFacts {
  return { plan, addresses, left: 0, at: new Date("2026-12-01T00:00:00Z") };
}
