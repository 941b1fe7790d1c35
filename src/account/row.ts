import type { CertificateGroup } from "./judged.ts";
import type { List } from "./listing.ts";
import type { Resource } from "./resource.ts";

/** A row below which others may stand. */
export type Branch =
  | Exclude<Resource, { readonly kind: "behavior" }>
  | { readonly kind: "group"; readonly region: string; readonly group: CertificateGroup };

/** A row: a resource, what leads to one, or what stands in the place of some. */
export type Row =
  | Resource
  | Branch
  | {
      readonly kind: "client-certificate";
      readonly distribution: string;
      readonly origin: string;
      readonly arn: string;
    }
  | { readonly kind: "viewer-certificate"; readonly distribution: string; readonly arn: string }
  /** Without an origin: the distribution whose viewers see the certificate. */
  | { readonly kind: "user"; readonly arn: string; readonly distribution: string; readonly origin: string | undefined }
  | { readonly kind: "other-user"; readonly arn: string; readonly user: string }
  | { readonly kind: "placeholder"; readonly in: Branch }
  /** Of a list; without one, of the session. */
  | { readonly kind: "failure"; readonly in: List | undefined }
  | { readonly kind: "more"; readonly in: List | (Branch & { readonly kind: "group" }) };

/** What tells a row from all others. */
export function keyOf(row: Row): string {
  switch (row.kind) {
    case "certificates":
      return `certificates ${row.region}`;
    case "distributions":
      return "distributions";
    case "group":
      return `group ${row.region} ${row.group}`;
    case "certificate":
      return `certificate ${row.arn}`;
    case "distribution":
      return `distribution ${row.id}`;
    case "origin":
      return `origin ${row.distribution} ${row.origin}`;
    case "behavior":
      return `behavior ${row.distribution} ${row.index} ${row.origin}`;
    case "client-certificate":
      return `client ${row.distribution} ${row.origin}`;
    case "viewer-certificate":
      return `viewer ${row.distribution}`;
    case "user":
      return `user ${row.arn} ${row.distribution} ${row.origin ?? ""}`;
    case "other-user":
      return `other ${row.arn} ${row.user}`;
    case "placeholder":
    case "more":
      return `${row.kind} in ${keyOf(row.in)}`;
    case "failure":
      return row.in === undefined ? "failure" : `failure in ${keyOf(row.in)}`;
  }
}
