/** Hosts that AWS runs under a name of its own, which cannot be made to ask for a client certificate. */
export type UnaskingHost = "s3-website" | "execute-api" | "lambda-url";

/**
 * By name. `d-….execute-api` is the target of an API's custom domain, which may well ask.
 * Sources: S3 User Guide, website endpoints (HTTP only); API Gateway Developer Guide, mutual TLS (custom domain
 * names only); Lambda Developer Guide, function URLs.
 */
export function unaskingHost(domainName: string): UnaskingHost | undefined {
  // Nearly all are none of these, and there may be many.
  if (!/aws/i.test(domainName)) return undefined;
  const host = domainName.toLowerCase().replace(/\.$/, "");
  if (/\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(host)) return "s3-website";
  if (/^(?!d-)[^.]+\.execute-api\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/.test(host)) return "execute-api";
  if (/\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(host)) return "lambda-url";
  return undefined;
}

/** The host of an S3 bucket itself, not of its website (S3 User Guide, virtual hosting of buckets). */
export function isBucketHost(domainName: string): boolean {
  const host = domainName.toLowerCase().replace(/\.$/, "");
  return /.\.s3((-fips)?(\.dualstack)?[.-](?!website)[a-z]{2,4}(-[a-z]+)+-\d+)?\.amazonaws\.com(\.cn)?$/.test(host);
}
