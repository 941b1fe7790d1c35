import type { CertificateOffers, Completion } from "../dialect/assist.ts";
import {
  type NamePlace,
  offeredNames,
  offeredValues,
  offerOf,
  placeAt,
  type ValuePlace,
} from "../dialect/completion.ts";
import { isNest } from "../dialect/dialect.ts";
import { type MemberType, shape } from "../dialect/shape.ts";
import { type Json, type Syntax, stringOf, type Tree, valueOf } from "../document/tree.ts";
import type { Reason } from "../reason.ts";
import { type ReferenceReason, referenceOffers, type Takes } from "../template/references.ts";
import { isInsteadOfCachePolicy } from "./cache-policy.ts";
import type { Distribution } from "./distribution.ts";
import { certificatesOf } from "./intent.ts";
import {
  cachePolicyMeaning,
  type ManagedPolicy,
  managedCachePolicies,
  managedRequestPolicies,
  type PolicyReason,
  policiesWithoutCertificates,
  requestPolicyMeaning,
} from "./managed-policies.ts";
import { shapeOfDistribution } from "./part.ts";
import { cachingDisabled, type ViewerMode, viewerModes } from "./viewer-mtls.ts";
import { shapes } from "./vocabulary.ts";

/** What is said beside an offer that is no name or value. */
export type OfferReason =
  | { readonly code: "offer:required"; readonly args: { readonly type: string | TypeReason } }
  | { readonly code: "offer:in-this-config" | "offer:only-with-passthrough" | "offer:origin-group" }
  | PolicyReason
  | ReferenceReason
  | { readonly code: `viewer-mode:${ViewerMode}` }
  | TypeReason;

/** What a value must be. */
interface TypeReason {
  readonly code: `offer:${"string" | "number" | "boolean" | "list" | "object"}`;
}

const namedAlready: CertificateOffers = (named) =>
  named.map((arn) => ({ arn, label: arn, detail: { code: "offer:in-this-config" }, documentation: [] }));

/** What may stand at an offset, best first. */
export function completionsAt(
  distribution: Distribution,
  tree: Tree,
  offset: number,
  certificates = namedAlready,
): Completion[] {
  const start = shapeOfDistribution(distribution);
  const place = start === undefined ? undefined : placeAt(tree, offset, distribution.node, shape(start), shapes);
  if (place === undefined) return [];
  if (place.at === "value") return values(place, distribution, certificates, tree.syntax);
  const there = new Set([...place.there].map((name) => meantBy(place, name)));
  return offeredNames(place, (type, isRequired) =>
    isRequired ? { code: "offer:required", args: { type: typeName(type) } } : typeName(type),
  ).filter(({ label }) => !isRefused(meantBy(place, label), there, distribution));
}

/** The API's name for one of the dialect's. */
function meantBy({ names }: NamePlace, name: string): string | undefined {
  const entry = names.get(name);
  return entry === undefined || isNest(entry) ? undefined : entry.canonical.at(-1);
}

const originTypes = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"];

/** What CloudFront does not accept beside what is there. */
function isRefused(key: string | undefined, there: ReadonlySet<string | undefined>, config: Distribution): boolean {
  if (key === undefined) return false;
  if (originTypes.includes(key)) return originTypes.some((type) => there.has(type));
  if (isInsteadOfCachePolicy(key)) return there.has("CachePolicyId");
  return key === "TrustStoreConfig" && config.viewerMtls?.says === "passthrough";
}

/** What viewer mTLS excludes: HTTP/3, and plain HTTP. */
const withoutViewerMtls: ReadonlySet<Json> = new Set(["http3", "http2and3", "allow-all"]);

/** What a template gives such a value: CloudFormation has no resource that imports a certificate. */
const taken: ReadonlyMap<string, Takes> = new Map([
  ["ClientCertificateArn", { likely: /cert/i }],
  ["TrustStoreId", { type: "AWS::CloudFront::TrustStore", attribute: "Id", likely: /store/i }],
]);

function values(
  place: ValuePlace,
  distribution: Distribution,
  certificates: CertificateOffers,
  syntax: Syntax,
): Completion[] {
  const { key } = place;
  const offer = (value: Json, detail: string | Reason) => offerOf(place, value, detail);
  if (key === "Mode") return viewerModes.map((mode) => offer(mode, { code: `viewer-mode:${mode}` }));
  // A distribution of tenants has no price class.
  if (key === "PriceClass" && stringOf(valueOf(distribution.node, "ConnectionMode")) === "tenant-only") return [];
  const isExcluded = (value: Json) =>
    (key === "HttpVersion" || key === "ViewerProtocolPolicy") && withoutViewerMtls.has(value);
  const listed = offeredValues(place, (value) => distribution.viewerMtls?.on !== true || !isExcluded(value));
  if (listed.length > 0) return listed;
  const takes = taken.get(key ?? "");
  const references = takes === undefined ? [] : referenceOffers(place, distribution.node, takes, syntax);
  if (key === "ClientCertificateArn")
    return [
      ...references,
      ...certificates(certificatesOf(distribution)).map(({ arn, label, detail, documentation }) => ({
        ...offer(arn, detail),
        label,
        ...(label === arn ? {} : { keywords: label }),
        documentation,
      })),
    ];
  if (key === "CachePolicyId") return cachePolicies(distribution).map((policy) => offerPolicy(place, policy));
  if (key === "OriginRequestPolicyId") return requestPolicies(distribution).map((policy) => offerPolicy(place, policy));
  const originIds = distribution.origins.flatMap(({ id, domainName }) =>
    id === undefined ? [] : offer(id, String(domainName?.value ?? "")),
  );
  if (takes !== undefined) return [...references];
  if (key === "OriginId") return originIds;
  if (key === "TargetOriginId")
    return [
      ...originIds,
      ...distribution.originGroups.flatMap(({ id }) =>
        id === undefined ? [] : offer(id, { code: "offer:origin-group" }),
      ),
    ];
  return [];
}

/** A managed policy by its name, which people know it by, and what it means for mutual TLS. */
export interface PolicyOffer extends Pick<ManagedPolicy<string>, "name" | "id"> {
  readonly detail: OfferReason;
  readonly documentation: readonly OfferReason[];
}

function offerPolicy(place: ValuePlace, { name, id, detail, documentation }: PolicyOffer): Completion {
  return { ...offerOf(place, id, detail), label: name, keywords: name, documentation };
}

/** Those that may stand in a distribution as it is, whatever they replace. */
export function cachePolicies({ viewerMtls }: Distribution): PolicyOffer[] {
  const isPassthrough = viewerMtls?.says === "passthrough";
  return managedCachePolicies
    .filter(({ id }) => !isPassthrough || id === cachingDisabled)
    .map((policy) => {
      const { inShort, more } = cachePolicyMeaning(policy);
      return {
        ...{ name: policy.name, id: policy.id, documentation: more },
        detail: isPassthrough ? { code: "offer:only-with-passthrough" } : inShort,
      };
    });
}

function requestPolicies({ viewerMtls }: Distribution): PolicyOffer[] {
  return managedRequestPolicies
    .filter(({ id }) => viewerMtls?.says !== "passthrough" || !policiesWithoutCertificates.has(id))
    .map((policy) => {
      const { inShort, more } = requestPolicyMeaning(policy);
      return { name: policy.name, id: policy.id, detail: inShort, documentation: more };
    });
}

function typeName(type: MemberType): string | TypeReason {
  switch (type.kind) {
    case "string":
      return { code: "offer:string" };
    case "number":
      return { code: "offer:number" };
    case "boolean":
      return { code: "offer:boolean" };
    case "enum":
      return type.values.join(" | ");
    case "list":
      return { code: "offer:list" };
    case "shape":
      return { code: "offer:object" };
  }
}
