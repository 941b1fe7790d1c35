import type { Certificate } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import type { CandidatePath } from "../x509/path/search.ts";
import { ocspUrls } from "../x509/read/authority-access.ts";
import type { AcceptanceReason, Objection } from "./objection.ts";
import { profiles, type Target } from "./targets.ts";

// Whether a certificate was revoked is not in the files (RFC 5280 section 6.1.3 (a) (3)): what each service does about
// it is said with every answer that is no refusal.

/** "Any certificate in your trust store", root or intermediate, ends the chain that OCSP is asked for. */
export function belowAnchor({ certificates, anchors }: CandidatePath): readonly Certificate[] {
  const end = certificates.findIndex((certificate) => anchors.has(certificate));
  return end < 0 ? certificates : certificates.slice(0, end);
}

/** CloudFront rejects it where the trust store asks for OCSP. */
function withoutUrl(below: readonly Certificate[]): Certificate | undefined {
  return below.find((certificate) => ocspUrls(certificate).length === 0);
}

/** @param isAsked whether the trust store checks OCSP; `undefined`: that is not known */
export function ocspObjection(
  target: Target | undefined,
  path: CandidatePath,
  isAsked: boolean | undefined,
): Objection | undefined {
  if (target !== "cloudfront" || isAsked !== true) return undefined;
  const missing = withoutUrl(belowAnchor(path));
  return (
    missing && {
      kind: "ocsp-url",
      index: path.certificates.indexOf(missing),
      weight: "refuses",
      reason: { code: "acceptance:no-ocsp-url", args: { title: certificateCalled(missing) } },
    }
  );
}

/** What was not looked at. */
export function revocationNotes(
  target: Target | undefined,
  below: readonly Certificate[],
  isAsked: boolean | undefined,
): readonly AcceptanceReason[] {
  const notChecked: AcceptanceReason = { code: "acceptance:revocation-not-checked" };
  switch (target) {
    case undefined:
      return [notChecked];
    case "apigateway":
      return [notChecked, { code: "acceptance:no-revocation-check", args: { service: profiles[target].name } }];
    case "alb":
    case "nlb":
      return [notChecked, { code: "acceptance:revocation-lists", args: { service: profiles[target].name } }];
    case "cloudfront": {
      if (isAsked === false) return [notChecked, { code: "acceptance:ocsp-off" }];
      const missing = withoutUrl(below);
      if (missing !== undefined)
        return [notChecked, { code: "acceptance:no-ocsp-url-if-asked", args: { title: certificateCalled(missing) } }];
      if (below.length === 0) return [notChecked];
      return [notChecked, { code: isAsked === true ? "acceptance:ocsp" : "acceptance:ocsp-if-asked" }];
    }
  }
}
