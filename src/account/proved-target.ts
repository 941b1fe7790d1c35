import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { stringOf } from "../core/document/tree.ts";
import { originTarget } from "../core/probe/origin-target.ts";
import type { Proof, ProvedSettings } from "../core/probe/proof.ts";
import { isTarget, type NoTarget, type ProbeTarget, plansFor } from "../core/probe/target.ts";
import type { Proofs } from "./proofs.ts";

/** Where what was proved is looked up. */
export type KnownProofs = Pick<Proofs, "ofAll" | "hasHost">;

/**
 * What was proved of an origin as its config has it, under every name that CloudFront says to it. Costs nothing for a
 * host that nobody verified.
 * @param own the domain name of the distribution itself, where it is known
 */
export function provedOrigin(
  origin: Origin,
  distribution: Pick<Distribution, "node" | "behaviors">,
  proofs: KnownProofs,
  own?: string,
): Proof | undefined {
  const host = stringOf(origin.domainName);
  if (host === undefined || !proofs.hasHost(host)) return undefined;
  return provedTarget(originTarget(origin, distribution, own), proofs);
}

/** What was proved of all the servers of a target; `undefined`: of one of them nothing was. */
export function provedTarget(target: ProbeTarget | NoTarget, proofs: KnownProofs): Proof | undefined {
  if (!isTarget(target) || !target.hosts.every((host) => proofs.hasHost(host))) return undefined;
  const { plans, left } = plansFor(target);
  const { clientCertificate } = target;
  if (plans.length === 0 || left > 0) return undefined;
  return proofs.ofAll(plans.map((plan): ProvedSettings => ({ plan, clientCertificate })));
}
