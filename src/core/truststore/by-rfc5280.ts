import { allOf } from "../reason.ts";
import { signatureCalled } from "../x509/key-naming.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled, distinguishedName, nameCalled } from "../x509/naming.ts";
import type { PathFault, PathFaultKind } from "../x509/path/facts.ts";
import type { Above, Bounds, PathEnd } from "../x509/path/search.ts";
import type { AcceptanceReason, Objection } from "./objection.ts";
import { profiles, type Target } from "./targets.ts";

// What RFC 5280 says of a path, and what it leaves to implementations.

/** `undefined`: nothing against it. */
export function objectionOf(
  { kind, index, fact, weight, isOfAnchor = false }: PathFault,
  target: Target | undefined,
): Objection | undefined {
  if (weight === "refused" || (isOfAnchor && target !== undefined && breaksChain(fact, kind, target)))
    return { kind, index, reason: fact, weight: "refuses" };
  if (weight === "told" && target === undefined) return undefined;
  // "You can also provide self-signed certificates" (rest-api-mutual-tls).
  if (weight === "told" && target === "apigateway" && kind === "client-in-store") return undefined;
  return { kind, index, reason: allOf(fact, leftOpen(weight === "silent", target)), weight: "undocumented" };
}

/**
 * Where the whole chain of trust must be in the store, up to the root, it must be one: what says so of itself that it
 * issued nothing, or no longer, is no part of it.
 */
function breaksChain({ code }: PathFault["fact"], kind: PathFaultKind, target: Target): boolean {
  return (
    profiles[target].isChainInStore &&
    (outdated.has(kind) || kind === "path-length" || kind === "name-constraints" || breaking.has(code))
  );
}

const outdated: ReadonlySet<PathFaultKind> = new Set(["expired", "not-yet-valid"]);
const breaking: ReadonlySet<string> = new Set(["path:not-a-ca", "path:no-cert-sign", "path:issuer-signature"]);

/** What is against the chain from a trust anchor that is no root up to one: a program that goes on there refuses. */
export function aboveObjections(
  { faults, isCertain }: Above,
  target: Target | undefined,
  index: number,
): readonly Objection[] {
  return faults.map(({ kind, fact, weight, isOfAnchor }): Objection => {
    const refuses =
      isCertain &&
      target !== undefined &&
      (weight === "refused" || isOfAnchor === true) &&
      breaksChain(fact, kind, target);
    return refuses
      ? { kind, index, reason: fact, weight: "refuses" }
      : { kind, index, reason: allOf(fact, leftOpen(weight === "silent", target)), weight: "undocumented" };
  });
}

function leftOpen(isUnsettled: boolean, target: Target | undefined): AcceptanceReason {
  if (target === undefined) return { code: isUnsettled ? "acceptance:unsettled" : "acceptance:not-by-all" };
  return {
    code: isUnsettled ? "acceptance:unsettled-by-service" : "acceptance:undocumented",
    args: { service: profiles[target].name },
  };
}

/** Why no path leads on from here. */
export function endObjection(end: PathEnd, top: Certificate, index: number): Objection {
  const because = (kind: Objection["kind"], reason: AcceptanceReason): Objection => ({
    kind,
    index,
    weight: "refuses",
    reason,
  });
  const title = certificateCalled(top);
  switch (end.why) {
    case "no-issuer":
      return because(end.why, {
        code: "acceptance:no-issuer",
        args: { title, issuer: nameCalled(top.issuer, top.der) },
      });
    case "name":
      return because("no-issuer", {
        code: "acceptance:issuer-of-other-name",
        args: {
          title,
          issuer: distinguishedName(top.issuer, top.der),
          other: distinguishedName(end.candidate.subject, end.candidate.der),
        },
      });
    case "not-in-store":
      return because(end.why, { code: "acceptance:root-not-in-store", args: { title } });
    case "signature":
      return because(end.why, {
        code: "acceptance:issuer-signature",
        args: { title, issuer: certificateCalled(end.candidate) },
      });
    case "unsupported":
      return unsupportedObjection(top, end.candidate, index);
  }
}

export function unsupportedObjection(subject: Certificate, issuer: Certificate, index: number): Objection {
  const reason: AcceptanceReason = {
    code: "acceptance:unsupported",
    args: {
      title: certificateCalled(subject),
      signature: signatureCalled(subject.signatureAlgorithm, subject.der),
      issuer: certificateCalled(issuer),
    },
  };
  return { kind: "unsupported", index: index < 0 ? undefined : index, weight: "gave-up", reason };
}

const boundCodes = {
  signatures: "acceptance:most-signatures",
  paths: "acceptance:most-paths",
  length: "acceptance:longest-path",
  names: "acceptance:most-names",
} as const satisfies Readonly<Record<keyof Bounds, AcceptanceReason["code"]>>;

/** What was not looked at, since there is an end to looking. */
export function boundObjection(bound: keyof Bounds, most: Bounds, weight: Objection["weight"]): Objection {
  const reason: AcceptanceReason = { code: boundCodes[bound], args: { most: most[bound] } };
  return { kind: "bound", index: undefined, weight, reason };
}
