import type { KeyCalled } from "../x509/key-naming.ts";
import type { Called } from "../x509/naming.ts";
import type { Usages } from "../x509/usages.ts";
import type { Duration, Validity } from "../x509/validity.ts";

/** What CloudFront, and ACM before it, ask of an origin client certificate: met or not, with the value that decides. */
export type ClientReason =
  | ValidityReason
  | { readonly code: `client:${Plain}`; readonly args?: never }
  | { readonly code: "client:version"; readonly args: { readonly version: number } }
  | { readonly code: "client:key-accepted" | "client:key"; readonly args: { readonly key: KeyCalled } }
  | {
      readonly code: "client:signature-accepted" | "client:signature";
      readonly args: { readonly signature: KeyCalled };
    }
  | { readonly code: "client:key-family"; readonly args: { readonly key: KeyCalled; readonly signature: KeyCalled } }
  | { readonly code: "client:other-purposes"; readonly args: { readonly purposes: Usages } }
  | { readonly code: "client:ocsp-url"; readonly args: { readonly length: number; readonly most: number } }
  | { readonly code: "client:chain-length-accepted"; readonly args: { readonly count: number } }
  | { readonly code: "client:chain-length"; readonly args: { readonly count: number; readonly most: number } }
  | {
      readonly code: "client:size-accepted" | "client:chain-size-accepted";
      readonly args: { readonly bytes: number };
    }
  | {
      readonly code: "client:size" | "client:chain-size";
      readonly args: { readonly bytes: number; readonly most: number };
    }
  | {
      readonly code: "client:before-its-certificate" | "client:not-the-issuer";
      readonly args: { readonly title: Called; readonly other: Called };
    }
  /** A renewed CA beside the one it replaced: only their serial numbers tell them apart. */
  | {
      readonly code: "client:two-of-one-name";
      readonly args: { readonly title: Called; readonly serial: Called; readonly other: Called };
    };

type Plain =
  | "version-accepted"
  | "key-family-accepted"
  | "purpose-accepted"
  | "no-purposes"
  | "purposes-unreadable"
  | "no-issuer"
  | "chain-order-accepted";

/** Whether it is valid now. */
export type ValidityReason =
  | { readonly code: "client:expires"; readonly args: { readonly left: Duration } }
  | { readonly code: "client:expired"; readonly args: { readonly ago: Duration } }
  | { readonly code: "client:not-yet-valid"; readonly args: { readonly starts: Date; readonly left: Duration } }
  | {
      readonly code: `client:${"does-not-expire" | "never-valid" | "end-unreadable" | "start-unreadable"}`;
      readonly args?: never;
    };

export function validityReason(validity: Validity): ValidityReason {
  switch (validity.code) {
    case "validity:expires":
      return { code: "client:expires", args: validity.args };
    case "validity:expired":
      return { code: "client:expired", args: validity.args };
    case "validity:not-yet":
      return { code: "client:not-yet-valid", args: validity.args };
    case "validity:endless":
      return { code: "client:does-not-expire" };
    case "validity:never":
      return { code: "client:never-valid" };
    case "validity:end-unreadable":
      return { code: "client:end-unreadable" };
    case "validity:start-unreadable":
      return { code: "client:start-unreadable" };
  }
}
