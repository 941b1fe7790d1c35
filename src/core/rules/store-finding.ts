import type { SharedReason } from "../reason.ts";
import type { UnmetInStore } from "../truststore/file-fitness.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { aboutPiece } from "../x509/bundle/places.ts";
import type { Finding, Severity } from "./rule.ts";
import { sources } from "./sources.ts";

/** With the page of the service that decides: what one does not take, the page of another does not say. */
export function storeFinding(
  bundle: Bundle,
  { index = 0, severity, reason, source }: UnmetInStore,
): Finding<SharedReason> & { readonly severity: Severity } {
  return {
    ...aboutPiece(bundle, index),
    severity,
    reason,
    ...(source === undefined ? {} : { source: sources[source] }),
  };
}
