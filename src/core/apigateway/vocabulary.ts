import type { PayloadType } from "../dialect/payload.ts";
import { nearest } from "../text.ts";

/**
 * How one of the two APIs spells a custom domain name: `apigateway` for REST, `apigatewayv2` for HTTP and WebSocket.
 */
export interface Spelling {
  readonly api: "rest" | "http";
  /** As the AWS CLI calls it. */
  readonly service: "apigateway" | "apigatewayv2";
  readonly domainName: string;
  readonly block: string;
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
  uri: "TruststoreUri",
  version: "TruststoreVersion",
  warnings: "TruststoreWarnings",
  securityPolicy: "SecurityPolicy",
  ownershipCertificate: "OwnershipVerificationCertificateArn",
  longestUri: 2048,
  longestVersion: 64,
};

export const endpointTypes = ["REGIONAL", "EDGE", "PRIVATE"] as const;

/**
 * The policies by their old names; with mutual TLS only the second one. Those called `SecurityPolicy_…` are the
 * enhanced ones.
 */
export const plainSecurityPolicies = ["TLS_1_0", "TLS_1_2"] as const;
export const mtlsSecurityPolicy = "TLS_1_2";

/** What UpdateDomainName supports, by path (API Gateway API reference, patch operations). */
export const patchSupport: ReadonlyMap<string, readonly string[]> = new Map([
  ["/mutualTlsAuthentication/truststoreUri", ["add", "replace", "remove"]],
  ["/mutualTlsAuthentication/truststoreVersion", ["add", "replace", "remove"]],
  ["/ownershipVerificationCertificateArn", ["add", "replace", "remove"]],
  ["/regionalCertificateArn", ["add", "replace", "remove"]],
  ["/regionalCertificateName", ["add", "replace", "remove"]],
  ["/certificateArn", ["add", "replace", "remove"]],
  ["/securityPolicy", ["replace"]],
  ["/routingMode", ["replace"]],
  ["/endpointAccessMode", ["replace"]],
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
  return (
    samePath(path) ??
    nearest(
      written,
      [...patchSupport.keys()].filter((known) => partsOf(known) >= parts),
    )
  );
}

/** The path of all settings of mutual TLS, which the API sets one by one. */
export function isBlockPath(path: string): boolean {
  return slashed(path).replace(/\/+$/, "").toLowerCase() === "/mutualtlsauthentication";
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
/** Of these, adding and removing do not go into one request. */
export const eitherAddOrRemove: readonly string[] = [
  "/regionalCertificateArn",
  "/regionalCertificateName",
  "/certificateArn",
];

const text: PayloadType = { kind: "text" };
const choice = (...values: readonly string[]): PayloadType => ({ kind: "choice", values });
const object = (
  members: Readonly<Record<string, PayloadType>>,
  starts?: { readonly [key: string]: string },
): PayloadType => ({ kind: "object", members, ...(starts === undefined ? {} : { starts }) });
const list = (of: PayloadType): PayloadType => ({ kind: "list", of });

const restBlock = object({ truststoreUri: text, truststoreVersion: text }, { truststoreUri: "" });
const httpBlock = object({ TruststoreUri: text, TruststoreVersion: text }, { TruststoreUri: "" });
const operations = list(
  object({ op: choice("add", "replace", "remove"), path: choice(...patchSupport.keys()), value: text }),
);

/** The inputs, as completion offers them. */
export const inputTypes = {
  rest: {
    block: restBlock,
    operations,
    domain: object({
      domainName: text,
      regionalCertificateArn: text,
      endpointConfiguration: object({
        types: list(choice(...endpointTypes)),
        ipAddressType: choice("ipv4", "dualstack"),
      }),
      securityPolicy: choice(...plainSecurityPolicies),
      mutualTlsAuthentication: restBlock,
      ownershipVerificationCertificateArn: text,
      patchOperations: operations,
    }),
  },
  http: {
    block: httpBlock,
    operations,
    domain: object({
      DomainName: text,
      DomainNameConfigurations: list(
        object({
          CertificateArn: text,
          EndpointType: choice("REGIONAL", "EDGE"),
          SecurityPolicy: choice(...plainSecurityPolicies),
          IpAddressType: choice("ipv4", "dualstack"),
          OwnershipVerificationCertificateArn: text,
        }),
      ),
      MutualTlsAuthentication: httpBlock,
    }),
  },
} as const satisfies Record<Spelling["api"], Record<"block" | "operations" | "domain", PayloadType>>;
