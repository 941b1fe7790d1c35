import type { Distribution, Origin } from "../core/cloudfront/distribution.ts";
import { originTarget } from "../core/probe/origin-target.ts";
import type { Proof, ProvedSettings } from "../core/probe/proof.ts";
import { isTarget, plansFor } from "../core/probe/target.ts";
import type { Proofs } from "./proofs.ts";

/**
 * What was proved of an origin as its config has it, under every name that CloudFront says to it.
 * @param own the domain name of the distribution itself, where it is known
 */
export function provedOrigin(
  origin: Origin,
  distribution: Pick<Distribution, "node" | "behaviors">,
  proofs: Pick<Proofs, "ofAll">,
  own?: string,
): Proof | undefined {
  const target = originTarget(origin, distribution, own);
  if (!isTarget(target)) return undefined;
  const { plans, left } = plansFor(target);
  const { clientCertificate } = target;
  if (plans.length === 0 || left > 0) return undefined;
  return proofs.ofAll(plans.map((plan): ProvedSettings => ({ plan, clientCertificate })));
}
