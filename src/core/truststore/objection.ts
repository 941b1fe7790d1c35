import type { SharedReason } from "../reason.ts";
import type { KeyCalled } from "../x509/key-naming.ts";
import type { Called } from "../x509/naming.ts";
import type { PathFaultKind } from "../x509/path/facts.ts";

export type ObjectionKind =
  | PathFaultKind
  /** No candidate has the issuer's name. */
  | "no-issuer"
  /** It is self-signed, or the service requires every CA of the path in the bundle, and it is not there. */
  | "not-in-store"
  | "signature"
  /** There is another issuer, from where no path leads on. */
  | "other-issuer"
  /** An algorithm or a key that cannot be verified here. */
  | "unsupported"
  | "bound"
  | "chain-depth"
  | "version"
  | "key"
  | "signature-algorithm"
  /** OCSP is asked for, and the certificate does not say where. */
  | "ocsp-url"
  /** Of a Network Load Balancer's listener. */
  | "identity-filters";

/** What speaks against letting a client in. */
export interface Objection {
  readonly reason: SharedReason;
  /** On the path: 0 is the client's certificate. */
  readonly index: number | undefined;
  /** `expired`, at any index, is what a listener that ignores expiry may let pass. */
  readonly kind: ObjectionKind;
  /** `refuses`: it decides. `undocumented`: it is why this is no bare yes. `gave-up`: it is why there is no answer. */
  readonly weight: "refuses" | "undocumented" | "gave-up";
}

/** What is said of a path beside its own facts. */
export type AcceptanceReason =
  /** What becomes of a path of which a fact was told. */
  | {
      readonly code: `acceptance:${"revocation-not-checked" | "ocsp-off" | "ocsp" | "ocsp-if-asked"}`;
      readonly args?: never;
    }
  | {
      readonly code: "acceptance:no-ocsp-url" | "acceptance:no-ocsp-url-if-asked";
      readonly args: { readonly title: Called };
    }
  | {
      readonly code: "acceptance:no-revocation-check" | "acceptance:revocation-lists";
      readonly args: { readonly service: string };
    }
  | { readonly code: "acceptance:unsettled" | "acceptance:not-by-all"; readonly args?: never }
  | {
      readonly code: "acceptance:unsettled-by-service" | "acceptance:undocumented";
      readonly args: { readonly service: string };
    }
  | {
      readonly code: `acceptance:${"most-signatures" | "most-paths" | "longest-path" | "most-names"}`;
      readonly args: { readonly most: number };
    }
  | {
      readonly code: "acceptance:no-issuer" | "acceptance:issuer-signature";
      readonly args: { readonly title: Called; readonly issuer: Called };
    }
  | {
      readonly code: "acceptance:issuer-of-other-name";
      readonly args: { readonly title: Called; readonly issuer: Called; readonly other: Called };
    }
  | { readonly code: "acceptance:root-not-in-store"; readonly args: { readonly title: Called } }
  | {
      readonly code: "acceptance:unsupported";
      readonly args: { readonly title: Called; readonly signature: KeyCalled; readonly issuer: Called };
    }
  | {
      readonly code: `acceptance:${"other-issuer" | "issuer-not-in-store" | "issuer-key-not-in-store"}`;
      readonly args: { readonly title: Called; readonly issuer: Called; readonly service: string };
    }
  | {
      readonly code: "acceptance:presented-alone" | "acceptance:no-root-in-store";
      readonly args: { readonly title: Called; readonly service: string };
    }
  | {
      readonly code: `acceptance:${"too-long" | "too-long-below-anchor" | "too-long-with-anchor" | "too-long-up-to-root" | "too-many-cas"}`;
      readonly args: { readonly count: number; readonly service: string; readonly most: number };
    }
  | {
      readonly code: "acceptance:length-undocumented";
      readonly args: { readonly count: number; readonly service: string };
    }
  | {
      readonly code: "acceptance:version" | "acceptance:version-undocumented";
      readonly args: { readonly title: Called; readonly version: number; readonly service: string };
    }
  | {
      readonly code: "acceptance:key" | "acceptance:key-undocumented";
      readonly args: { readonly title: Called; readonly key: KeyCalled; readonly service: string };
    }
  | {
      readonly code: "acceptance:signature" | "acceptance:signature-undocumented";
      readonly args: { readonly title: Called; readonly signature: KeyCalled; readonly service: string };
    };
