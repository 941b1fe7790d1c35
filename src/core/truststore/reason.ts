import type { KeyCalled } from "../x509/key-naming.ts";
import type { Called } from "../x509/naming.ts";
import type { Usages } from "../x509/usages.ts";
import type { Duration } from "../x509/validity.ts";

/** What is the matter with a trust store; no service is named in it. */
export type StoreFound =
  | { readonly code: `store:${FoundOfFile}`; readonly args?: never }
  | { readonly code: "store:foreign-block" | "store:hidden-block"; readonly args: { readonly label: string } }
  | { readonly code: "store:count"; readonly args: { readonly count: number } }
  | { readonly code: "store:count-with-copies"; readonly args: { readonly count: number; readonly different: number } }
  | { readonly code: "store:size"; readonly args: { readonly bytes: number } }
  | {
      readonly code: "store:size-unclear";
      readonly args: { readonly bytes: number; readonly surely: number; readonly most: number };
    }
  | { readonly code: "store:certificate-size"; readonly args: { readonly title: Called; readonly bytes: number } }
  | {
      readonly code: "store:certificate-size-unclear";
      readonly args: { readonly title: Called; readonly pem: number; readonly der: number };
    }
  | { readonly code: "store:subject-length"; readonly args: { readonly bytes: number } }
  | {
      readonly code: "store:key" | "store:key-disputed" | "store:key-undocumented";
      readonly args: { readonly title: Called; readonly key: KeyCalled };
    }
  | { readonly code: "store:signature"; readonly args: { readonly title: Called; readonly signature: KeyCalled } }
  | {
      readonly code: "store:other-purposes" | "store:any-purpose";
      readonly args: { readonly title: Called; readonly purposes: Usages };
    }
  | { readonly code: "store:version"; readonly args: { readonly title: Called; readonly version: number } }
  | {
      readonly code: "store:undocumented" | "store:undocumented-quota";
      readonly args: { readonly service: string; readonly other: string };
    }
  | { readonly code: `store:${FoundOfCertificate}`; readonly args: { readonly title: Called } }
  | { readonly code: `store:${FoundOfGap}`; readonly args: { readonly title: Called; readonly issuer: Called } }
  | {
      readonly code: "store:path-length";
      readonly args: { readonly title: Called; readonly authority: Called; readonly length: number };
    }
  | {
      readonly code: "store:name-constraints";
      readonly args: { readonly title: Called; readonly authority: Called };
    }
  | { readonly code: "store:chain-length"; readonly args: { readonly title: Called; readonly number: number } }
  | { readonly code: "store:public-root"; readonly args: { readonly title: Called; readonly listedOn: string } }
  | {
      readonly code: `store:${"expired" | "expired-authority" | "expired-with-successor"}`;
      readonly args: { readonly title: Called; readonly until: Date; readonly ago: Duration };
    }
  | {
      readonly code: "store:not-yet-valid";
      readonly args: { readonly title: Called; readonly from: Date; readonly wait: Duration };
    };

type FoundOfFile =
  | "no-certificate"
  | "revocation-lists"
  | "filled-in-later"
  | "damaged-block"
  | "utf16"
  | "byte-order-mark"
  | "lone-returns"
  | "bytes-behind"
  | "negative-serial"
  | "private-key"
  | "blank-line"
  | "comment-with-hyphen"
  | "other-text";

type FoundOfCertificate =
  | "never-valid"
  | "circle"
  | "circle-unneeded"
  | "off-curve"
  | "client"
  | "self-signed-client"
  | "key-usage"
  | "own-signature"
  | "issuer-not-ca";

/** `unneeded`: no page requires what is missing. */
type FoundOfGap =
  | "issuer-missing"
  | "issuer-missing-unneeded"
  | "issuer-of-other-key"
  | "issuer-of-other-key-unneeded"
  | "issuer-signature"
  | "authority-key";

/** What services say of it, where they say something of their own: the names of all who say the same are in it. */
export type StoreLimit =
  | {
      readonly code: `store:${Quota}`;
      readonly args: Services & { readonly most: number; readonly isAdjustable: boolean };
    }
  | {
      readonly code: "store:most-bytes-formerly";
      readonly args: Services & { readonly most: number; readonly formerly: number };
    }
  | { readonly code: "store:longest-chain"; readonly args: Services & { readonly most: number } }
  | { readonly code: "store:keys"; readonly args: Services & { readonly keys: readonly KeyRange[] } }
  | { readonly code: `store:${Refusal}`; readonly args: Services };

type Services = { readonly services: readonly string[] };

type Quota = "most-certificates" | "most-bytes" | "most-bytes-of-a-certificate" | "longest-subjects";

type Refusal =
  | "one-megabyte"
  | "hashes"
  | "hashes-or-stronger"
  | "version-3"
  | "no-blank-lines"
  | "no-hyphens"
  | "no-text"
  | "not-by-all"
  | "rejects-below-expired"
  | "rejects-below-expired-unless-ignored";

/** Keys of one kind: `ECDSA P-256`, or RSA of a range of sizes in bits. */
export type KeyRange =
  | string
  | { readonly code: "store:rsa-from"; readonly args: { readonly least: number } }
  | { readonly code: "store:rsa-between"; readonly args: { readonly least: number; readonly most: number } };

/** Of what the reasons of several services have in common, those for which it holds. */
export interface StoreUse {
  readonly code: "store:applies";
  readonly args: { readonly services: readonly string[] };
}

/** Why a block goes where only what a service takes is kept. */
export type StoreDrop =
  | { readonly code: "store:key-in-store"; readonly args?: never }
  | { readonly code: "store:copy" | "store:no-authority"; readonly args: { readonly title: Called } };
