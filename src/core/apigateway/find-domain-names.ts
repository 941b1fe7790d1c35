import { hasAny, holdsAny } from "../dialect/payload.ts";
import { seen, siteOf } from "../dialect/view.ts";
import { memberOf, type Node, type ObjectNode, objectAt, stringOf, valueOf } from "../document/tree.ts";
import type { DomainName, DomainNames } from "./domain-name.ts";
import { hasRequestMember, isRequest } from "./misplaced.ts";
import { readBlock, readDomain, readPatch } from "./read-domain-name.ts";
import {
  http,
  isBlockPath,
  meantPath,
  rest,
  type Spelling,
  settingsMeant,
  uriPath,
  versionPath,
} from "./vocabulary.ts";

/** What a document says about domain names; `undefined` where it is about something else. */
export function findDomainNames(root: Node, soundUpTo: number): DomainNames | undefined {
  const complete = soundUpTo === Number.POSITIVE_INFINITY;
  // A dialect says what an object is.
  if (siteOf(root) !== undefined) {
    const own = [rest, http].find(({ shape }) => seen(root)?.shape?.name === shape);
    return own === undefined || root.kind !== "object"
      ? undefined
      : gather(root, own, [readDomain(root, own, complete)]);
  }
  if (root.kind === "list")
    return isPatch(root.items) ? gather(root, rest, [readPatch(root, root.items, undefined, complete)]) : undefined;
  if (root.kind !== "object" || isOthers(root)) return undefined;
  const operations = valueOf(root, "patchOperations");
  // One operation in place of the list is the only one.
  const items =
    operations?.kind === "list" ? operations.items : operations?.kind === "object" ? [operations] : undefined;
  if (items !== undefined && (operations?.kind === "list" || isPatch(items))) {
    const name = stringOf(valueOf(root, "domainName"));
    // The name may be given beside the file.
    return (name === undefined && !isPatch(items)) || isSkeletonName(name) || memberOf(root, "basePath") !== undefined
      ? undefined
      : gather(root, rest, [readPatch(root, items, name, complete)]);
  }
  const spelling = spellingOf(root);
  if (spelling !== undefined)
    return isSkeleton(root, spelling) ? undefined : gather(root, spelling, [readDomain(root, spelling, complete)]);
  const bare = [rest, http].find((candidate) => isBareBlock(root, candidate));
  if (bare !== undefined) return gather(root, bare, [readBlock(root, bare, complete)]);
  return inList(root, complete);
}

/** The output of `get-domain-names`. */
function inList(root: ObjectNode, complete: boolean): DomainNames | undefined {
  for (const [key, spelling] of [
    ["items", rest],
    ["Items", http],
  ] as const) {
    const items = valueOf(root, key);
    if (items?.kind !== "list") continue;
    const domains = items.items.flatMap((node) =>
      node.kind === "object" &&
      spellingOf(node) === spelling &&
      stringOf(valueOf(node, spelling.domainName)) !== undefined
        ? [readDomain(node, spelling, complete)]
        : [],
    );
    if (domains.length > 0) return gather(root, spelling, domains);
  }
  return undefined;
}

function gather(node: Node, spelling: Spelling, domains: readonly DomainName[]): DomainNames {
  return { kind: "domain-names", node, spelling, domains };
}

/** An OpenAPI document has a domain of its own kind. */
function isOthers(root: ObjectNode): boolean {
  return hasAny(root, ["openapi", "swagger"]);
}

/** How an object about a domain name is spelled, by the members that only such an object has. */
function spellingOf(node: ObjectNode): Spelling | undefined {
  const has = (key: string) => memberOf(node, key) !== undefined;
  const isText = (key: string) => stringOf(valueOf(node, key)) !== undefined;
  const isBlock = (key: string) => isBlockOf(valueOf(node, key));
  const configurations = valueOf(node, "DomainNameConfigurations");
  if (configurations?.kind === "list") return http;
  if (
    configurations?.kind === "object" &&
    isText("DomainName") &&
    hasAny(configurations, ["CertificateArn", "EndpointType", "SecurityPolicy"])
  )
    return http;
  if (isText("domainName")) {
    const telling =
      has("regionalCertificateArn") ||
      has("regionalCertificateName") ||
      valueOf(node, "endpointConfiguration", "types")?.kind === "list";
    return telling || isBlock(rest.block) || isBlock(http.block) || hasPlace(node) ? rest : undefined;
  }
  // In this case, and with these members, CloudFormation and SAM write the domain name of a REST API.
  if (
    hasAny(node, [
      "RegionalCertificateArn",
      "EndpointConfiguration",
      "CertificateArn",
      "SecurityPolicy",
      "OwnershipVerificationCertificateArn",
      "Route53",
      "BasePath",
    ])
  )
    return undefined;
  if (isText("DomainName")) return isBlock(http.block) || isBlock(rest.block) ? http : undefined;
  // The mutual authentication of a listener may be written like this too.
  if (hasAny(node, ["ListenerArn", "LoadBalancerArn"])) return undefined;
  const isObject = (key: string) => objectAt(node, key) !== undefined;
  return isObject(rest.block) && isBlock(rest.block)
    ? rest
    : isObject(http.block) && isBlock(http.block)
      ? http
      : undefined;
}

/** The place of a trust store in what is sent to the REST API, beside the block where it belongs. */
function hasPlace(node: ObjectNode): boolean {
  return (
    stringOf(valueOf(node, rest.uri))?.startsWith("s3://") === true && hasRequestMember(node) && isRequest(node, rest)
  );
}

/**
 * What may stand in a member of the block's name, where nothing else tells: others have settings of their own by this
 * name.
 */
function isBlockOf(value: Node | undefined): boolean {
  if (value?.kind === "object") return value.members.length === 0 || holdsAny(value, settingsMeant(rest));
  return stringOf(value)?.startsWith("s3://") === true;
}

/** `--generate-cli-skeleton` fills every member with a sample; its names are empty. */
function isSkeleton(node: ObjectNode, { domainName }: Spelling): boolean {
  return isSkeletonName(stringOf(valueOf(node, domainName)));
}

function isSkeletonName(name: string | undefined): boolean {
  return name === "";
}

/** What `--mutual-tls-authentication` takes: nothing but its members, and S3 in the place. */
function isBareBlock(root: ObjectNode, { uri, version, warnings }: Spelling): boolean {
  const place = stringOf(valueOf(root, uri));
  if (place === undefined || !root.members.every(({ key }) => key === uri || key === version || key === warnings))
    return false;
  return memberOf(root, version) !== undefined || /s3|amazonaws/i.test(place);
}

/** What `--patch-operations` takes: operations, of which one is about mutual TLS. */
function isPatch(items: readonly Node[]): boolean {
  let isOurs = false;
  for (const item of items) {
    const path = stringOf(valueOf(item, "path"));
    if (path === undefined || memberOf(item, "op") === undefined) return false;
    const meant = meantPath(path);
    if (meant === uriPath || meant === versionPath || (isBlockPath(path) && isBlockOf(valueOf(item, "value"))))
      isOurs = true;
  }
  return isOurs;
}
