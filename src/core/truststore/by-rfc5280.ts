import { allOf } from "../reason.ts";
import { signatureCalled } from "../x509/key-naming.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled, nameCalled } from "../x509/naming.ts";
import type { PathFault } from "../x509/path/path-faults.ts";
import type { Bounds, PathEnd } from "../x509/path/search.ts";
import type { AcceptanceReason, Objection } from "./objection.ts";
import { profiles, type Target } from "./targets.ts";

// What RFC 5280 says of a path, and what it leaves to implementations.

/** `undefined`: nothing against it. */
export function objectionOf(
  { kind, index, fact, weight }: PathFault,
  target: Target | undefined,
): Objection | undefined {
  if (weight === "refused") return { kind, index, reason: fact, weight: "refuses" };
  if (weight === "told" && target === undefined) return undefined;
  // "You can also provide self-signed certificates" (rest-api-mutual-tls).
  if (weight === "told" && target === "apigateway" && kind === "client-in-store") return undefined;
  return { kind, index, reason: allOf(fact, leftOpen(weight === "silent", target)), weight: "undocumented" };
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
