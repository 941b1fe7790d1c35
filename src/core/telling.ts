/** Every document we know how to read holds one of these member names; all of those of origins hold this word. */
const word = "Origin";
const telling = new Set([
  "Origins",
  "TargetOriginId",
  "CustomOriginConfig",
  "S3OriginConfig",
  "VpcOriginConfig",
  "OriginProtocolPolicy",
  "OriginMtlsConfig",
  "OriginMtls",
]);
const tellingOfViewers = ['"ViewerMtlsConfig"', '"TrustStoreConfig"'];

/** Every input or output of another service that we know how to read holds one of these. */
const tellingParts = [
  "utualTlsAuthentication",
  "egionalCertificate",
  "endpointConfiguration",
  "DomainNameConfigurations",
  "patchOperations",
  "ruststoreUri",
  "ListenerArn",
  "LoadBalancerArn",
  "MutualAuthentication",
  "TrustStoreA",
  "IgnoreClientCertificateExpiry",
  "AdvertiseTrustStoreCaNames",
  "ClientCertificateIdentityFilters",
];

/**
 * In UTF-16 code units. What one of these services takes or gives is short, or a list in which every item has such a
 * word.
 */
const tellingBeginning = 200_000;

/**
 * Whether a text can be ours at all: a string search, so that a large file of another kind costs
 * next to nothing. It loads nothing, and is the only part of core the editor loads at start-up.
 */
export function hasTellingWord(text: string): boolean {
  const beginning = text.slice(0, tellingBeginning);
  if (tellingParts.some((part) => beginning.includes(part))) return true;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    let start = at;
    while (isLetter(text.charCodeAt(start - 1)) && at - start < 20) start--;
    let end = at + word.length;
    while (isLetter(text.charCodeAt(end)) && end - at < 30) end++;
    if (telling.has(text.slice(start, end))) return true;
  }
  return tellingOfViewers.some((name) => beginning.includes(name));
}

/** The types of resources that we know, as far as they tell. */
const resourceType = /AWS::(CloudFront::(Dist|Trust)|Elastic\w+V2::(Listen|Trust)|ApiG\w+::Domain|Serverless::\w*Api)/;

/** Whether a text can be a template with a resource of ours: a string search, as above. */
export function holdsResource(text: string): boolean {
  return text.includes("AWS::") && resourceType.test(text);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** A hyphen, or what typography and word processors put in its place. */
export function isDash(code: number): boolean {
  return code === 45 || (code >= 0xad && (code === 0xad || (code >= 0x2010 && code <= 0x2015) || code === 0x2212));
}

/** Every label that we know has one of these; any other counts only where the boundary is written to the letter. */
const knownLabel = /CERT|KEY|PKCS|CMS|CRL/i;
const exactBoundaries = ["-----BEGIN ", "-----END "];
const longestBoundary = 120;

/** Whether a text can hold a PEM block at all, be it a damaged one: a string search, as above. */
export function holdsPem(text: string): boolean {
  if (exactBoundaries.some((exact) => text.includes(exact))) return true;
  for (const boundary of ["BEGIN", "Begin", "begin", "END", "End", "end"]) {
    for (let at = text.indexOf(boundary); at >= 0; at = text.indexOf(boundary, at + boundary.length)) {
      if (isNearBoundary(text, at, at + boundary.length)) return true;
    }
  }
  return false;
}

/** Whether a word stands between dashes, with a label that may be known behind it. */
function isNearBoundary(text: string, start: number, end: number): boolean {
  let dashes = 0;
  for (let at = start - 1; at >= start - 20; at--) {
    const code = text.charCodeAt(at);
    if (isDash(code)) dashes += code === 45 ? 1 : 2;
    else if (code !== 32 && code !== 9 && !(code > 127)) break;
  }
  // Capitals may have lost the dashes of one side.
  if (dashes < 5 && text.charCodeAt(start + 1) > 96) return false;
  let to = end;
  for (
    let code = text.charCodeAt(to);
    to - end < longestBoundary && code !== 10 && code !== 13;
    code = text.charCodeAt(++to)
  ) {
    if (isDash(code)) dashes += code === 45 ? 1 : 2;
    else if (to >= text.length) break;
  }
  return dashes >= 4 && knownLabel.test(text.slice(end, to));
}

/** How a SEQUENCE of more than 127 bytes begins in base64, and how it goes on where another is the first in it. */
const derBeginning = "MI";
const inDer = /^(?:[I-L][\w+/-]{2}[DTjz]C[BC]|[E-H][\w+/-]M[HI]|[E-L][\w+/-]{0,4}[%\\ ])/;

/**
 * Whether a text can hold a certificate as base64 without boundaries: a string search, as above. Its first characters
 * may be written as a URL or a string writes them.
 */
export function holdsDer(text: string): boolean {
  for (let at = text.indexOf(derBeginning); at >= 0; at = text.indexOf(derBeginning, at + 2)) {
    const code = text.charCodeAt(at + 2);
    if (code >= 69 && code <= 76 && inDer.test(text.slice(at + 2, at + 8))) return true;
  }
  return false;
}
