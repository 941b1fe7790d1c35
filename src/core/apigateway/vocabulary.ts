import type { Meaning } from "../dialect/payload.ts";
import { list, oneOf, readVocabulary, shape, text, type Vocabulary } from "../dialect/shape.ts";
import { nearest, startOfRun } from "../text.ts";

/**
 * How one of the two APIs spells a custom domain name: `apigateway` for REST, `apigatewayv2` for HTTP and WebSocket.
 */
export interface Spelling {
  readonly api: "rest" | "http";
  /** As the AWS CLI calls it. */
  readonly service: "apigateway" | "apigatewayv2";
  readonly domainName: string;
  readonly block: string;
  /** The shapes of the domain name, and of that block. */
  readonly shape: string;
  readonly blockShape: string;
  readonly uri: string;
  readonly version: string;
  readonly warnings: string;
  readonly securityPolicy: string;
  readonly ownershipCertificate: string;
  /** In UTF-16 code units; the model of the REST API has no limits. */
  readonly longestUri: number | undefined;
  readonly longestVersion: number | undefined;
}

export const rest: Spelling = {
  api: "rest",
  service: "apigateway",
  domainName: "domainName",
  block: "mutualTlsAuthentication",
  shape: "RestDomainName",
  blockShape: "RestMutualTlsAuthentication",
  uri: "truststoreUri",
  version: "truststoreVersion",
  warnings: "truststoreWarnings",
  securityPolicy: "securityPolicy",
  ownershipCertificate: "ownershipVerificationCertificateArn",
  longestUri: undefined,
  longestVersion: undefined,
};

export const http: Spelling = {
  api: "http",
  service: "apigatewayv2",
  domainName: "DomainName",
  block: "MutualTlsAuthentication",
  shape: "HttpDomainName",
  blockShape: "HttpMutualTlsAuthentication",
  uri: "TruststoreUri",
  version: "TruststoreVersion",
  warnings: "TruststoreWarnings",
  securityPolicy: "SecurityPolicy",
  ownershipCertificate: "OwnershipVerificationCertificateArn",
  longestUri: 2048,
  longestVersion: 64,
};

/** How the block and its members may be written otherwise. */
export function blockMeant({ block }: Spelling): Meaning {
  return [block, /^mutual[-_ ]?tls[-_ ]?(auth|authentication|config|configuration)?s?$/i];
}
export function placeMeant({ uri }: Spelling): Meaning {
  return [uri, /^trust[-_ ]?store[-_ ]?(s3[-_ ]?)?ur[il]$/i];
}
export function versionMeant({ version }: Spelling): Meaning {
  return [version, /^trust[-_ ]?store[-_ ]?(object[-_ ]?)?version([-_ ]?id)?$/i];
}
export function warningsMeant({ warnings }: Spelling): Meaning {
  return [warnings, /^trust[-_ ]?store[-_ ]?warnings?$/i];
}
export function settingsMeant(spelling: Spelling): readonly Meaning[] {
  return [placeMeant(spelling), versionMeant(spelling), warningsMeant(spelling)];
}

export const endpointTypes = ["REGIONAL", "EDGE", "PRIVATE"] as const;

/**
 * The policies by their old names; with mutual TLS only the second one. Those called `SecurityPolicy_…` are the
 * enhanced ones.
 */
export const plainSecurityPolicies = ["TLS_1_0", "TLS_1_2"] as const;
export const mtlsSecurityPolicy = "TLS_1_2";
export const accessModes = ["BASIC", "STRICT"] as const;

/** Only with one of these a domain name has an endpoint access mode, and must have one. */
export function isEnhancedPolicy(policy: string): boolean {
  return policy.startsWith("SecurityPolicy_");
}

/** What UpdateDomainName supports, by path (API Gateway API reference, patch operations). */
export const patchSupport: ReadonlyMap<string, readonly string[]> = new Map([
  ["/mutualTlsAuthentication/truststoreUri", ["add", "replace", "remove"]],
  ["/mutualTlsAuthentication/truststoreVersion", ["add", "replace", "remove"]],
  ["/ownershipVerificationCertificateArn", ["add", "replace", "remove"]],
  ["/regionalCertificateArn", ["add", "replace", "remove"]],
  ["/regionalCertificateName", ["add", "replace", "remove"]],
  ["/certificateArn", ["add", "replace", "remove"]],
  ["/certificateName", ["add", "replace", "remove"]],
  ["/securityPolicy", ["replace"]],
  ["/routingMode", ["replace"]],
  ["/endpointAccessMode", ["replace"]],
  ["/policy", ["replace"]],
  ["/managementPolicy", ["replace"]],
  ["/endpointConfiguration/ipAddressType", ["replace"]],
  ["/endpointConfiguration/types", ["add", "remove"]],
]);

/** The path that is the same but for case, slashes before it and dots between its parts: no guess is in it. */
export function samePath(path: string): string | undefined {
  const small = slashed(path).toLowerCase();
  for (const known of patchSupport.keys()) if (known.toLowerCase() === small) return known;
  return undefined;
}

/**
 * The path that was meant, which may be a guess; `undefined`: one that is none of these. A path with more parts than
 * another means a part of that: `/endpointConfiguration/types/0` is not all types.
 */
export function meantPath(path: string): string | undefined {
  const written = slashed(path);
  const parts = partsOf(written);
  // The setting is named, and the block not, or in another word.
  const setting = /^\/(?:m(?:utual[-_ ]?)?tls[a-z]*\/)?truststore(uri|version)$/i.exec(written)?.[1]?.toLowerCase();
  return (
    samePath(path) ??
    (setting === undefined ? undefined : setting === "uri" ? uriPath : versionPath) ??
    nearest(
      written,
      [...patchSupport.keys()].filter((known) => partsOf(known) >= parts),
    )
  );
}

/** The path of all settings of mutual TLS, which the API sets one by one. */
export function isBlockPath(path: string): boolean {
  const written = slashed(path);
  return written.slice(0, startOfRun(written, "/")).toLowerCase() === "/mutualtlsauthentication";
}

/** What UpdateRestApi sets, of an API and not of a domain name. */
export function isApiPath(path: string): boolean {
  return slashed(path).toLowerCase() === "/disableexecuteapiendpoint";
}

function slashed(path: string): string {
  return `/${path.trim().replace(/^\/+/, "").replaceAll(".", "/")}`;
}

function partsOf(path: string): number {
  let parts = 0;
  for (const part of path.split("/")) if (part !== "") parts += 1;
  return parts;
}

export const uriPath = "/mutualTlsAuthentication/truststoreUri";
export const versionPath = "/mutualTlsAuthentication/truststoreVersion";
export const policyPath = "/securityPolicy";
export const accessModePath = "/endpointAccessMode";
/** Only private custom domain names have these. */
export const privatePaths: readonly string[] = ["/policy", "/managementPolicy"];
const publicPaths = [...patchSupport.keys()].filter((path) => !privatePaths.includes(path));
/** Of these, adding and removing do not go into one request. */
export const eitherAddOrRemove: readonly string[] = [
  "/regionalCertificateArn",
  "/regionalCertificateName",
  "/certificateArn",
  "/endpointConfiguration/types",
];

/** Members that only answers have. */
export const restOutputs = [
  "domainNameArn",
  "domainNameId",
  "regionalDomainName",
  "regionalHostedZoneId",
  "distributionDomainName",
  "distributionHostedZoneId",
  "domainNameStatus",
  "domainNameStatusMessage",
  "certificateUploadDate",
  "managementPolicy",
];
export const httpOutputs = ["DomainNameArn", "ApiMappingSelectionExpression"];
export const configurationOutputs = [
  "ApiGatewayDomainName",
  "HostedZoneId",
  "DomainNameStatus",
  "CertificateUploadDate",
];

/** The inputs; those of the HTTP API have names of their own. */
export const shapes: Vocabulary = readVocabulary(
  {
    RestDomainName: {
      domainName: text,
      regionalCertificateArn: text,
      endpointConfiguration: shape("EndpointConfiguration"),
      securityPolicy: oneOf(...plainSecurityPolicies),
      endpointAccessMode: oneOf(...accessModes),
      mutualTlsAuthentication: shape("RestMutualTlsAuthentication"),
      ownershipVerificationCertificateArn: text,
      patchOperations: list(shape("PatchOperation")),
    },
    EndpointConfiguration: { types: list(oneOf(...endpointTypes)), ipAddressType: oneOf("ipv4", "dualstack") },
    RestMutualTlsAuthentication: { truststoreUri: text, truststoreVersion: text },
    PatchOperation: { op: oneOf("add", "replace", "remove"), path: oneOf(...publicPaths), value: text },
    HttpDomainName: {
      DomainName: text,
      DomainNameConfigurations: list(shape("DomainNameConfiguration")),
      MutualTlsAuthentication: shape("HttpMutualTlsAuthentication"),
    },
    DomainNameConfiguration: {
      CertificateArn: text,
      EndpointType: oneOf("REGIONAL", "EDGE"),
      // For HTTP and WebSocket APIs no other is supported.
      SecurityPolicy: oneOf(mtlsSecurityPolicy),
      IpAddressType: oneOf("ipv4", "dualstack"),
      OwnershipVerificationCertificateArn: text,
    },
    HttpMutualTlsAuthentication: { TruststoreUri: text, TruststoreVersion: text },
  },
  {
    RestDomainName: {
      others: {
        regionalCertificateName: text,
        certificateArn: text,
        certificateName: text,
        ...Object.fromEntries(restOutputs.map((key) => [key, text])),
      },
    },
    RestMutualTlsAuthentication: { starts: { truststoreUri: "" }, others: { truststoreWarnings: list(text) } },
    HttpDomainName: { others: Object.fromEntries(httpOutputs.map((key) => [key, text])) },
    DomainNameConfiguration: {
      others: {
        DomainNameStatusMessage: text,
        ...Object.fromEntries(configurationOutputs.map((key) => [key, text])),
      },
    },
    HttpMutualTlsAuthentication: { starts: { TruststoreUri: "" }, others: { TruststoreWarnings: list(text) } },
  },
);
