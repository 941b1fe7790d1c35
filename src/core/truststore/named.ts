import type { Target } from "./targets.ts";

/** A place in S3 that a document names as the trust store of a service. */
export interface NamedStore {
  readonly target: Target;
  /** Without the bucket. */
  readonly key: string;
}

/** Whether a document can name one at all: a string search. */
export function mayNameStores(text: string): boolean {
  return text.includes("ruststoreUri") || text.includes("CaCertificatesBundle");
}

/** More are not looked at in one document. */
const most = 1_000;

/**
 * By the members that name one: `truststoreUri` of API Gateway (v1, v2 and as a patch operation), the bundle's location
 * of CloudFront's CreateTrustStore, and the bucket and key of the load balancers'. Strings with escapes in them are
 * left out.
 */
export function namedStores(text: string): readonly NamedStore[] {
  const found: NamedStore[] = [];
  const look = (pattern: RegExp, target: Target) => {
    for (const [, key] of text.matchAll(pattern)) {
      if (found.length >= most) return;
      if (key !== undefined && key !== "" && !key.includes("\\")) found.push({ target, key });
    }
  };
  look(/"[Tt]ruststoreUri"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"/g, "apigateway");
  look(
    /"path"\s{0,20}:\s{0,20}"\/mutualTlsAuthentication\/truststoreUri"\s{0,20},\s{0,20}"value"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"/g,
    "apigateway",
  );
  look(
    /"value"\s{0,20}:\s{0,20}"s3:\/\/[^"/\n]{1,255}\/([^"\n]{1,1024})"\s{0,20},\s{0,20}"path"\s{0,20}:\s{0,20}"\/mutualTlsAuthentication\/truststoreUri"/g,
    "apigateway",
  );
  look(
    /"CaCertificatesBundleS3Location"\s{0,20}:\s{0,20}\{[^{}]{0,2000}?"Key"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/g,
    "cloudfront",
  );
  look(/"CaCertificatesBundleS3Key"\s{0,20}:\s{0,20}"([^"\n]{1,1024})"/g, "alb");
  return found;
}

/** How many names at the end of a path and of a key are the same; 0: the file has another name. */
export function sharedNames(path: string, key: string): number {
  const [ofPath, ofKey] = [path, key].map((text) => text.split("/").reverse());
  if (ofPath === undefined || ofKey === undefined) return 0;
  const differs = ofKey.findIndex((name, index) => name !== ofPath[index]);
  return differs < 0 ? ofKey.length : differs;
}
