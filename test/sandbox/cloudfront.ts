// CloudFront as REST-XML, 2020-05-31. https://docs.aws.amazon.com/cloudfront/latest/APIReference/
// What is kept of a distribution is the very XML that was sent: no member is lost for not being known here.
import * as sdk from "@aws-sdk/client-cloudfront";
import type { Answer, Call } from "./call.ts";
import { type Limit, limits } from "./limits.ts";
import { datesOf } from "./pki.ts";
import { refuse } from "./refusal.ts";
import { checkXml, shapeOf } from "./schema.ts";
import { type Account, change, type Distribution, etagOf, statusOf } from "./state.ts";
import { region } from "./world.ts";
import { child, element, list, type Node, readXml, textOf, topElements, value } from "./xml.ts";

export const namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

const codes = { invalid: "MalformedXML", malformed: "MalformedXML" };

export interface Route {
  readonly operation: string;
  readonly resource: string | undefined;
}

/** Methods and paths of the model; undefined: an operation that is not played here. */
export function routeOf(method: string, path: string): Route | undefined {
  const rest = path.replace(/^\/2020-05-31\//, "");
  if (method === "GET" && rest === "tagging") return { operation: "ListTagsForResource", resource: undefined };
  const [, id, config] = /^distribution(?:\/([^/]+)(\/config)?)?$/.exec(rest) ?? [];
  if (method === "GET" && rest === "distribution") return { operation: "ListDistributions", resource: undefined };
  if (id === undefined) return undefined;
  if (method === "GET")
    return {
      operation: config === undefined ? "GetDistribution" : "GetDistributionConfig",
      resource: decodeURIComponent(id),
    };
  return method === "PUT" && config !== undefined
    ? { operation: "UpdateDistribution", resource: decodeURIComponent(id) }
    : undefined;
}

export const operations: Readonly<Record<string, (call: Call) => Answer>> = {
  ListDistributions: listDistributions,
  GetDistribution: (call) => whole(find(call)),
  GetDistributionConfig: (call) => {
    const distribution = find(call);
    return answer("DistributionConfig", distribution.config, { etag: etagOf(distribution) });
  },
  UpdateDistribution: updateDistribution,
  ListTagsForResource: listTags,
};

function answer(root: string, content: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: 200,
    headers: { "content-type": "text/xml", ...headers },
    body: `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${content}</${root}>`,
  };
}

function accountOf(call: Call): Account {
  const found = call.state.accounts.get(call.principal.account);
  if (found === undefined) throw new Error(`no account ${call.principal.account}`);
  return found;
}

function find(call: Call): Distribution {
  const found = accountOf(call).distributions.get(call.resource ?? "");
  if (found === undefined) refuse("NoSuchDistribution", 404, "The specified distribution does not exist.");
  return found;
}

// --- reading

function listDistributions(call: Call): Answer {
  const all = [...accountOf(call).distributions.values()];
  const [marker, asked] = [call.query.get("Marker") ?? "", call.query.get("MaxItems")];
  const { most, code } = limits.distributionsPerPage;
  if (asked !== null && !/^[1-9]\d{0,8}$/.test(asked)) refuse(code, 400, "The parameter MaxItems is not valid.");
  const size = Math.min(asked === null ? most : Number(asked), most);
  const start = marker === "" ? 0 : all.findIndex(({ id }) => id === marker) + 1;
  if (marker !== "" && start === 0) refuse("InvalidArgument", 400, "The parameter Marker is not valid.");
  const page = all.slice(start, start + size);
  const next = start + size < all.length ? page.at(-1)?.id : undefined;
  return answer(
    "DistributionList",
    [
      value("Marker", marker),
      ...(next === undefined ? [] : [value("NextMarker", next)]),
      value("MaxItems", asked ?? most),
      value("IsTruncated", next !== undefined),
      list("", page.map(summaryOf)).slice("<>".length, -"</>".length),
    ].join(""),
  );
}

const summaries = new WeakMap<
  Distribution,
  { readonly version: number; readonly status: string; readonly xml: string }
>();

/** Members of a summary that stand in the config; what else there is, the service says of itself. */
const summaryMembers = [
  "Aliases",
  "Origins",
  "OriginGroups",
  "DefaultCacheBehavior",
  "CacheBehaviors",
  "CustomErrorResponses",
  "Comment",
  "PriceClass",
  "Enabled",
  "ViewerCertificate",
  "Restrictions",
  "WebACLId",
  "HttpVersion",
  "IsIPV6Enabled",
];
const lateSummaryMembers = [
  "Staging",
  "ConnectionMode",
  "AnycastIpListId",
  "ViewerMtlsConfig",
  "ConnectionFunctionAssociation",
];

function summaryOf(distribution: Distribution): string {
  const status = statusOf(distribution);
  const known = summaries.get(distribution);
  if (known?.version === distribution.version && known.status === status) return known.xml;
  const config = topElements(distribution.config);
  const members = (names: readonly string[]): string[] => names.flatMap((name) => config.get(name) ?? []);
  const xml = element(
    "DistributionSummary",
    value("Id", distribution.id),
    value("ARN", distribution.arn),
    value("ETag", etagOf(distribution)),
    value("Status", status),
    value("LastModifiedTime", distribution.changed.toISOString()),
    value("DomainName", distribution.domainName),
    ...members(summaryMembers),
    element("AliasICPRecordals"),
    ...members(lateSummaryMembers),
  );
  summaries.set(distribution, { version: distribution.version, status, xml });
  return xml;
}

function wrapped(config: string): string {
  return element("DistributionConfig", config);
}

function whole(distribution: Distribution): Answer {
  return answer(
    "Distribution",
    [
      value("Id", distribution.id),
      value("ARN", distribution.arn),
      value("Status", statusOf(distribution)),
      value("LastModifiedTime", distribution.changed.toISOString()),
      value("InProgressInvalidationBatches", 0),
      value("DomainName", distribution.domainName),
      list("ActiveTrustedSigners", [], value("Enabled", false)),
      list("ActiveTrustedKeyGroups", [], value("Enabled", false)),
      wrapped(distribution.config),
      element("AliasICPRecordals"),
    ].join(""),
    { etag: etagOf(distribution) },
  );
}

function listTags(call: Call): Answer {
  const arn = call.query.get("Resource");
  if (arn === null)
    refuse(
      "InvalidArgument",
      400,
      "1 validation error detected: Value null at 'resource' failed to satisfy constraint: Member must not be null",
    );
  const found = [...accountOf(call).distributions.values()].find((distribution) => distribution.arn === arn);
  if (found === undefined) refuse("NoSuchResource", 404, `The specified resource does not exist: ${arn}`);
  return answer(
    "Tags",
    element("Items", ...[...found.tags].map(([key, tag]) => element("Tag", value("Key", key), value("Value", tag)))),
  );
}

// --- UpdateDistribution

function updateDistribution(call: Call): Answer {
  const distribution = find(call);
  for (const { find: from, replace } of call.sabotage.changeBehind)
    change(distribution, replaced(distribution, from, replace), call.deploySeconds);
  const { sent, xml } = readConfig(call, distribution);
  const expected = call.headers["if-match"]?.toString();
  // What an ETag looks like is nowhere said; what has never been one cannot match.
  if (expected === undefined || !/^[A-Z0-9]{10,20}$/.test(expected))
    refuse("InvalidIfMatchVersion", 400, "The If-Match version is missing or not valid for the resource.");
  if (expected !== etagOf(distribution))
    refuse(
      "PreconditionFailed",
      412,
      "The request failed because it didn't meet the preconditions in one or more request-header fields.",
    );
  check(call, distribution, sent, xml);
  let kept = xml.slice(sent.contentStart, sent.contentEnd);
  for (const member of call.sabotage.dropMembers) kept = without(kept, member);
  for (const { find: from, replace } of call.sabotage.notKept) kept = kept.replaceAll(from, () => replace);
  change(distribution, kept, call.deploySeconds);
  return whole(distribution);
}

/** The config with every `find` replaced; where there is none, whoever asked for it has made a mistake. */
export function replaced({ id, config }: Distribution, find: string, replace: string): string {
  if (!config.includes(find)) throw new Error(`${id} has no ${find}`);
  return config.replaceAll(find, () => replace);
}

function without(config: string, name: string): string {
  const text = wrapped(config);
  const root = readXml(text);
  if (typeof root === "string") throw new Error(root);
  let kept = text;
  const visit = (node: Node): void => {
    // From the last to the first, so that places before stay where they are.
    for (const inner of node.children.toReversed()) {
      if (inner.name === name) kept = kept.slice(0, inner.start) + kept.slice(inner.end);
      else visit(inner);
    }
  };
  visit(root);
  return kept.slice("<DistributionConfig>".length, -"</DistributionConfig>".length);
}

function readConfig(call: Call, distribution: Distribution): { readonly sent: Node; readonly xml: string } {
  if (call.body.trim() === "")
    refuse(
      "MissingBody",
      400,
      "This operation requires a body. Ensure that the body is present and the Content-Type header is set.",
    );
  const sent = readXml(call.body);
  if (typeof sent === "string" || sent.name !== "DistributionConfig" || !sent.attributes.includes(`"${namespace}"`))
    refuse(codes.malformed, 400, "The XML document is malformed.");
  const known = knownPairs(distribution.config);
  // Members that the SDK's model does not have are known to the service if it has ever said them of this distribution
  // itself.
  checkXml(call.body, sent, shapeOf(sdk.DistributionConfig$), codes, (parent, name) => known.has(`${parent} ${name}`));
  return { sent, xml: call.body };
}

function knownPairs(config: string): ReadonlySet<string> {
  const root = readXml(wrapped(config));
  const pairs = new Set<string>();
  const visit = (node: Node): void => {
    for (const inner of node.children) {
      pairs.add(`${node.name} ${inner.name}`);
      visit(inner);
    }
  };
  if (typeof root !== "string") visit(root);
  return pairs;
}

function check(call: Call, distribution: Distribution, sent: Node, xml: string): void {
  const before = readXml(wrapped(distribution.config));
  if (typeof before === "string") throw new Error(before);
  const text = (node: Node | undefined): string | undefined => (node === undefined ? undefined : textOf(xml, node));
  const member = (node: Node | undefined, name: string): Node | undefined =>
    node === undefined ? undefined : child(node, name);
  const items = (node: Node | undefined): readonly Node[] => member(node, "Items")?.children ?? [];

  checkQuantities(sent, xml);
  const reference = child(before, "CallerReference");
  if (
    reference !== undefined &&
    text(member(sent, "CallerReference")) !== textOf(wrapped(distribution.config), reference)
  )
    refuse("IllegalUpdate", 400, "The update contains modifications that are not allowed.");

  const origins = items(member(sent, "Origins"));
  const groups = items(member(sent, "OriginGroups"));
  const behaviors = items(member(sent, "CacheBehaviors"));
  const aliases = items(member(sent, "Aliases"));
  atMost(origins.length, limits.originsPerDistribution, "origins");
  atMost(groups.length, limits.originGroupsPerDistribution, "origin groups");
  atMost(behaviors.length, limits.behaviorsPerDistribution, "cache behaviors");
  atMost(aliases.length, limits.aliasesPerDistribution, "CNAMEs");
  atMost((text(member(sent, "Comment")) ?? "").length, limits.commentLength, "characters in Comment");
  if (origins.length === 0) refuse("InvalidArgument", 400, "The parameter Origins must have at least one item.");

  const ids = [...origins, ...groups].map((one) => text(member(one, "Id")) ?? "");
  if (new Set(ids).size < ids.length) refuse("InvalidArgument", 400, "The parameter Origin Id must be unique.");
  const targets = [member(sent, "DefaultCacheBehavior"), ...behaviors].map(
    (behavior) => text(member(behavior, "TargetOriginId")) ?? "",
  );
  const members = groups.flatMap((group) =>
    items(member(group, "Members")).map((one) => text(member(one, "OriginId")) ?? ""),
  );
  if (![...targets, ...members].every((id) => ids.includes(id)))
    refuse("NoSuchOrigin", 404, "One or more of your origins or origin groups do not exist.");
  for (const origin of origins) {
    const kinds = ["S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig"].filter(
      (name) => member(origin, name) !== undefined,
    );
    if (kinds.length !== 1)
      refuse(
        "InvalidArgument",
        400,
        "Each origin must have exactly one of S3OriginConfig, CustomOriginConfig and VpcOriginConfig.",
      );
  }
  const names = new Set(aliases.map((alias) => text(alias) ?? ""));
  for (const another of accountOf(call).distributions.values()) {
    if (another === distribution || names.size === 0) continue;
    if ([...another.config.matchAll(/<CNAME>([^<]*)<\/CNAME>/g)].some(([, name = ""]) => names.has(name)))
      refuse(
        "CNAMEAlreadyExists",
        409,
        "One or more of the CNAMEs you provided are already associated with a different resource.",
      );
  }
  checkClientCertificates(call, distribution, sent, xml);
}

function atMost(count: number, { most, code }: Limit, what: string): void {
  if (count > most) refuse(code, 400, `Your request contains more ${what} than are allowed per distribution.`);
}

function checkQuantities(node: Node, xml: string): void {
  const quantity = child(node, "Quantity");
  if (quantity !== undefined && quantity.children.length === 0) {
    const count = child(node, "Items")?.children.length ?? 0;
    if (Number(textOf(xml, quantity)) !== count)
      refuse("InconsistentQuantities", 400, "The value of Quantity and the size of Items don't match.");
  }
  for (const inner of node.children) checkQuantities(inner, xml);
}

// --- client certificates. CloudFront Developer Guide, origin-certificate-management-certificate-manager; the codes are
// not documented.

/** By origin. */
function clientCertificates(root: Node, xml: string): ReadonlyMap<string, string> {
  const origins = child(root, "Origins");
  const found = (origins === undefined ? [] : (child(origins, "Items")?.children ?? [])).flatMap(
    (origin): [string, string][] => {
      const [id, custom] = [child(origin, "Id"), child(origin, "CustomOriginConfig")];
      const mtls = custom === undefined ? undefined : child(custom, "OriginMtlsConfig");
      const arn = mtls === undefined ? undefined : child(mtls, "ClientCertificateArn");
      return id === undefined || arn === undefined ? [] : [[textOf(xml, id), textOf(xml, arn)]];
    },
  );
  return new Map(found);
}

function checkClientCertificates(call: Call, distribution: Distribution, sent: Node, xml: string): void {
  const text = wrapped(distribution.config);
  const root = readXml(text);
  const before = typeof root === "string" ? new Map<string, string>() : clientCertificates(root, text);
  const changed = new Set(
    [...clientCertificates(sent, xml)].filter(([origin, arn]) => before.get(origin) !== arn).map(([, arn]) => arn),
  );
  if (changed.size === 0) return;
  const { refusedCertificate } = call.sabotage;
  const say = (message: string): never =>
    refuse(
      refusedCertificate?.code ?? "InvalidArgument",
      refusedCertificate?.status ?? 400,
      refusedCertificate?.message ?? message,
    );
  if (refusedCertificate !== undefined) say("The specified origin client certificate cannot be used.");
  const { most, code } = limits.clientCertificatesPerCall;
  if (changed.size > most)
    refuse(
      code,
      400,
      `Your request adds or changes ${changed.size} origin client certificates; at most ${most} are allowed per request.`,
    );
  for (const arn of changed) {
    const reason = whyNot(call, arn);
    if (reason !== undefined) say(`The specified origin client certificate ${arn} ${reason}.`);
  }
}

function whyNot(call: Call, arn: string): string | undefined {
  const [, , service, where, owner = ""] = arn.split(":");
  if (service !== "acm") return "is not an ACM certificate";
  if (where !== region) return `must be in ${region}`;
  const certificate = call.state.accounts.get(owner)?.certificates.get(arn);
  if (certificate === undefined || owner !== call.principal.account) return "does not exist";
  if (certificate.status !== "ISSUED") return `is ${certificate.status}`;
  const { notAfter } = datesOf(certificate, call.state.started);
  if (notAfter === undefined || notAfter.getTime() <= Date.now()) return "has expired";
  if (certificate.type !== "IMPORTED") return "was not imported";
  if (!certificate.purposes.includes("client")) return "does not have the client authentication extended key usage";
  if (certificate.key !== "RSA_2048" && certificate.key !== "EC_prime256v1") return "has a key that is not supported";
  return certificate.chain === "deep" ? "has a chain that is too long" : undefined;
}
