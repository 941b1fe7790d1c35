import type { Bundle } from "../core/x509/bundle/bundle.ts";
import { indexOf } from "../core/x509/path/chain.ts";
import { signaturePairs } from "../core/x509/path/pairs.ts";
import { SignatureChecker } from "../platform/node/crypto.ts";

/** All that can be known of the signatures in a bundle, or what was known when `signal` was aborted. */
export async function verified(bundle: Bundle, signal?: AbortSignal): Promise<SignatureChecker> {
  const checker = new SignatureChecker();
  await checker.verifyInSlices(signaturePairs(indexOf(bundle)).pairs, { signal });
  return checker;
}
