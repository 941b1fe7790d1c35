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
      readonly code: `path:${"authority-key" | "authority-serial" | "authority-name" | "namesake" | "spelling" | "issuer-signature"}`;
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
