import type { FaultReason } from "../fault.ts";
import type { Called } from "../naming.ts";
import type { Usages } from "../usages.ts";

/** What stands against a certificate in its place on a path. */
export type PathFact =
  | { readonly code: `path:${OfCertificate}`; readonly args: { readonly title: Called } }
  | { readonly code: "path:expired"; readonly args: { readonly title: Called; readonly until: Date } }
  | { readonly code: "path:expires-now"; readonly args: { readonly title: Called; readonly until: Date } }
  | { readonly code: "path:not-yet-valid"; readonly args: { readonly title: Called; readonly from: Date } }
  | {
      readonly code: `path:${"authority-key" | "authority-serial" | "authority-name" | "namesake" | "spelling" | "spelling-beyond-ascii" | "issuer-signature"}`;
      readonly args: { readonly title: Called; readonly issuer: Called };
    }
  | {
      readonly code: "path:critical-extension" | "path:unknown-critical-extension";
      readonly args: { readonly title: Called; readonly extension: Called };
    }
  | {
      readonly code: "path:damaged";
      readonly args: { readonly title: Called; readonly part: Called; readonly fault: FaultReason };
    }
  | {
      readonly code: "path:purpose" | "path:issuer-purpose";
      readonly args: { readonly title: Called; readonly purposes: Usages; readonly wanted: string };
    }
  | {
      readonly code: "path:no-digital-signature" | "path:no-cert-sign";
      readonly args: { readonly title: Called; readonly usages: Usages };
    }
  | { readonly code: "path:version"; readonly args: { readonly title: Called; readonly version: number } }
  | { readonly code: "path:odd-name-constraints"; readonly args: { readonly title: Called; readonly name: Called } }
  | { readonly code: "path:empty-subject"; readonly args: { readonly serial: Called } }
  | {
      readonly code: "path:path-length";
      readonly args: { readonly title: Called; readonly most: number; readonly count: number };
    }
  | {
      readonly code: "path:alternative-names-unreadable";
      readonly args: { readonly title: Called; readonly ca: Called };
    }
  | {
      readonly code: `path:name-${"not-permitted" | "excluded" | "unclear" | "of-unknown-kind"}`;
      readonly args: { readonly name: NameOfKind; readonly title: Called; readonly ca: Called };
    }
  | {
      readonly code: "path:no-policy-left-by-anchor";
      readonly args: { readonly anchor: Called; readonly title: Called };
    };

type OfCertificate =
  | "validity-unreadable"
  | "repeated-extension"
  | "policies-unreadable"
  | "constrains-policies"
  | "unknown-policy-qualifier"
  | "critical-policies"
  | "empty-issuer"
  | "purpose-unreadable"
  | "key-usage-unreadable"
  | "no-basic-constraints"
  | "basic-constraints-unreadable"
  | "not-a-ca"
  | "name-constraints-unreadable"
  | "name-constraints-kept"
  | "maps-any-policy"
  | "no-policy-left"
  | "anchor-not-a-root"
  | "anchor-of-other-key"
  | "netscape-server"
  | "self-signed-in-store"
  | "client-in-store";

/** As in `DNS example.com`. */
export type NameOfKind = {
  readonly code: "path:name";
  readonly args: { readonly kind: Called; readonly name: Called };
};

export type PathFaultKind =
  | "expired"
  | "not-yet-valid"
  | "unreadable"
  | "not-a-ca"
  | "key-usage"
  | "path-length"
  | "name-constraints"
  | "policies"
  | "critical-extension"
  | "repeated-extension"
  | "purpose"
  | "issuer-purpose"
  | "empty-name"
  | "partial-chain"
  | "client-in-store"
  /** The authority key identifier is not the issuer's, though the signature is. */
  | "authority-key"
  /** Another certificate has the issuer's name, and nothing but the signature tells that it is not the issuer. */
  | "namesake"
  /** The issuer's name is equal, and not byte by byte. */
  | "spelling";

export interface PathFault {
  readonly kind: PathFaultKind;
  /** On the path: 0 is the client's certificate. */
  readonly index: number;
  readonly fact: PathFact;
  /**
   * `refused`: RFC 5280 refuses. `silent`: RFC 5280 does not say, or does not allow it and is not followed. `open`: RFC
   * 5280 accepts, and not all programs do. `told`: RFC 5280 accepts, and a service that does not document it may do
   * either.
   */
  readonly weight: "refused" | "silent" | "open" | "told";
  /** RFC 5280 would refuse it below the trust anchor. */
  readonly isOfAnchor?: boolean;
}

/** The same for every place. */
export type Finding = Omit<PathFault, "index">;
