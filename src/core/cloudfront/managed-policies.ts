import { cachingDisabled } from "./viewer-mtls.ts";

/**
 * The managed policies that CloudFront has for everybody, by name and id (CFDG/using-managed-cache-policies,
 * CFDG/using-managed-origin-request-policies). Those that only Amplify Hosting uses are not among them.
 */
export interface ManagedPolicy<Use extends string> {
  readonly name: string;
  readonly id: string;
  readonly use: Use;
}

/** What a policy means for mutual TLS. */
export type PolicyReason =
  | { readonly code: `cache-policy:${CacheUse | "cached" | "uncached"}` }
  | { readonly code: `request-policy:${RequestUse | "host" | "no-host" | "no-certificates"}` };

export interface PolicyMeaning {
  readonly inShort: PolicyReason;
  readonly more: readonly PolicyReason[];
}

/** What a cache policy does: what it caches, or whose content it is made for. */
export type CacheUse = "none" | "day" | "headers" | "headers-and-query" | "amplify" | "media-package";

/** Those that most distributions use come first. */
export const managedCachePolicies: readonly ManagedPolicy<CacheUse>[] = [
  { name: "CachingOptimized", id: "658327ea-f89d-4fab-a63d-7e88639e58f6", use: "day" },
  { name: "CachingDisabled", id: cachingDisabled, use: "none" },
  { name: "UseOriginCacheControlHeaders", id: "83da9c7e-98b4-4e11-a168-04f0df8e2c65", use: "headers" },
  {
    name: "UseOriginCacheControlHeaders-QueryStrings",
    id: "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
    use: "headers-and-query",
  },
  { name: "CachingOptimizedForUncompressedObjects", id: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d", use: "day" },
  { name: "Amplify", id: "2e54312d-136d-493c-8eb9-b001f22f67d2", use: "amplify" },
  { name: "Elemental-MediaPackage", id: "08627262-05a9-4f76-9ded-b50ca2e3a84f", use: "media-package" },
];

/**
 * Which headers an origin request policy lets through, as far as mutual TLS is concerned: the `Host` of the viewer,
 * which decides what the origin's own certificate must be for, or none of those with the viewer's certificate.
 */
export type RequestUse = "all" | "all-but-host" | "host-only" | "few";

export const managedRequestPolicies: readonly ManagedPolicy<RequestUse>[] = [
  { name: "AllViewerExceptHostHeader", id: "b689b0a8-53d0-40ab-baf2-68738e2966ac", use: "all-but-host" },
  { name: "AllViewer", id: "216adef6-5c7f-47e4-b989-5492eafa07d3", use: "all" },
  { name: "AllViewerAndCloudFrontHeaders-2022-06", id: "33f36d7e-f396-46d9-90e0-52428a34d9dc", use: "all" },
  { name: "HostHeaderOnly", id: "bf0718e1-ba1e-49d1-88b1-f726733018ae", use: "host-only" },
  { name: "CORS-CustomOrigin", id: "59781a5b-3903-41f3-afcb-af62929ccde1", use: "few" },
  { name: "CORS-S3Origin", id: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf", use: "few" },
  {
    name: "Elemental-MediaTailor-PersonalizedManifests",
    id: "775133bc-15f2-49f9-abea-afb2e0bf67d2",
    use: "few",
  },
  { name: "UserAgentRefererHeaders", id: "acba4595-bd28-49b8-b9fe-13317c0390fa", use: "few" },
];

/** By id: those that let no header through but a few, none of which is Client-Cert. */
export const policiesWithoutCertificates: ReadonlyMap<string, string> = new Map(
  managedRequestPolicies.flatMap(({ id, name, use }) => (use === "few" || use === "host-only" ? [[id, name]] : [])),
);

export function cachePolicyMeaning({ use }: ManagedPolicy<CacheUse>): PolicyMeaning {
  return {
    inShort: { code: `cache-policy:${use}` },
    more: [{ code: use === "none" ? "cache-policy:uncached" : "cache-policy:cached" }],
  };
}

export function requestPolicyMeaning({ id, use }: ManagedPolicy<RequestUse>): PolicyMeaning {
  return {
    inShort: { code: `request-policy:${use}` },
    more: [
      { code: use === "all" || use === "host-only" ? "request-policy:host" : "request-policy:no-host" },
      ...(policiesWithoutCertificates.has(id) ? [{ code: "request-policy:no-certificates" } as const] : []),
    ],
  };
}
