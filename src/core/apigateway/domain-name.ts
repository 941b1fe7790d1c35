import { isTemplated } from "../arn.ts";
import { hasAny, holdsAny, type Setting, type Slip, seekMember, settingOf } from "../dialect/payload.ts";
import {
  type ListNode,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  objectAt,
  type ScalarNode,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import {
  configurationOutputs,
  http,
  httpOutputs,
  isBlockPath,
  meantPath,
  rest,
  restOutputs,
  type Spelling,
  uriPath,
  versionPath,
} from "./vocabulary.ts";

/** A document about custom domain names of API Gateway. */
export interface DomainNames {
  readonly kind: "domain-names";
  readonly node: Node;
  readonly spelling: Spelling;
  readonly domains: readonly DomainName[];
}

/** A custom domain name, or what is said of one: rules ask about it. */
export interface DomainName {
  readonly node: Node;
  readonly spelling: Spelling;
  /** `domain`: all of it. `patch`: operations of an update. `block`: mutual TLS alone. */
  readonly form: "domain" | "patch" | "block";
  /** `output`: it has what only API Gateway says. */
  readonly role: "input" | "output";
  /** The text is well formed: what is not seen is not there. */
  readonly complete: boolean;
  readonly name: string | undefined;
  /** The object that holds the settings of mutual TLS. */
  readonly block: ObjectNode | undefined;
  /** The name of that object, or where mutual TLS is first spoken of. */
  readonly at: Member | undefined;
  readonly slips: readonly Slip[];
  readonly uri: Setting | undefined;
  readonly version: Setting | undefined;
  readonly warnings: Setting | undefined;
  /**
   * `on`: a place is named, however written. `off`: the empty text says so, or nothing does. `unknown`: a template
   * will.
   */
  readonly mtls: "on" | "off" | "unknown";
  readonly endpoints: readonly ScalarNode[];
  readonly policies: readonly Setting[];
  readonly certificates: Certificates;
  readonly statuses: readonly {
    readonly node: ScalarNode;
    readonly status: string;
    readonly message: string | undefined;
  }[];
  /** `DomainNameConfigurations` of the HTTP API. */
  readonly configurations: ListNode | undefined;
  readonly operations: readonly Operation[];
}

export interface Certificates {
  /** Of the Regional endpoint. */
  readonly server: readonly Setting[];
  /** Of an edge-optimized or private endpoint; the HTTP API does not tell them apart. */
  readonly edge: Setting | undefined;
  readonly ownership: readonly Setting[];
}

/** One operation of an update of the REST API. */
export interface Operation {
  readonly node: ObjectNode;
  readonly op: Setting | undefined;
  readonly path: Setting | undefined;
  readonly value: Setting | undefined;
}

/** What a document says about domain names; `undefined` where it is about something else. */
export function findDomainNames(root: Node, soundUpTo: number): DomainNames | undefined {
  const complete = soundUpTo === Number.POSITIVE_INFINITY;
  if (root.kind === "list")
    return isPatch(root) ? gather(root, rest, [readPatch(root, root, undefined, complete)]) : undefined;
  if (root.kind !== "object" || isOthers(root)) return undefined;
  const operations = valueOf(root, "patchOperations");
  if (operations?.kind === "list") {
    const name = stringOf(valueOf(root, "domainName"));
    // The name may be given beside the file.
    return (name === undefined && !isPatch(operations)) ||
      isSkeletonName(name) ||
      memberOf(root, "basePath") !== undefined
      ? undefined
      : gather(root, rest, [readPatch(root, operations, name, complete)]);
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
  if (valueOf(node, "DomainNameConfigurations")?.kind === "list") return http;
  if (isText("domainName")) {
    const telling =
      has("regionalCertificateArn") ||
      has("regionalCertificateName") ||
      valueOf(node, "endpointConfiguration", "types")?.kind === "list";
    return telling || isBlock(rest.block) || isBlock(http.block) ? rest : undefined;
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

/**
 * What may stand in a member of the block's name, where nothing else tells: others have settings of their own by this
 * name.
 */
function isBlockOf(value: Node | undefined): boolean {
  if (value?.kind === "object")
    return (
      value.members.length === 0 ||
      holdsAny(value, [
        [rest.uri, uriName],
        [rest.version, versionName],
        [rest.warnings, warningsName],
      ])
    );
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
function isPatch({ items }: ListNode): boolean {
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

// --- reading

const blockName = /^mutual[-_ ]?tls[-_ ]?(auth|authentication|config|configuration)?s?$/i;
const uriName = /^trust[-_ ]?store[-_ ]?(s3[-_ ]?)?ur[il]$/i;
const versionName = /^trust[-_ ]?store[-_ ]?(object[-_ ]?)?version([-_ ]?id)?$/i;
const warningsName = /^trust[-_ ]?store[-_ ]?warnings?$/i;

interface Found {
  readonly at: Member | undefined;
  readonly block: ObjectNode | undefined;
  readonly slips: readonly Slip[];
  readonly uri: Setting | undefined;
  readonly version: Setting | undefined;
  readonly warnings: Setting | undefined;
}

function findSettings(block: ObjectNode | undefined, spelling: Spelling, at: Member | undefined, slips: Slip[]): Found {
  return {
    at,
    block,
    uri: settingOf(seekMember(block, spelling.uri, uriName, slips)),
    version: settingOf(seekMember(block, spelling.version, versionName, slips)),
    warnings: settingOf(seekMember(block, spelling.warnings, warningsName, slips)),
    slips,
  };
}

function stateOf(uri: Setting | undefined): DomainName["mtls"] {
  if (uri === undefined || uri.text === "") return "off";
  return uri.text === undefined || isTemplated(uri.text) ? "unknown" : "on";
}

const nothing = {
  name: undefined,
  endpoints: [],
  policies: [],
  certificates: { server: [], edge: undefined, ownership: [] },
  statuses: [],
  configurations: undefined,
  operations: [],
} as const;

function readBlock(node: ObjectNode, spelling: Spelling, complete: boolean): DomainName {
  const found = findSettings(node, spelling, undefined, []);
  return { ...nothing, ...found, node, spelling, form: "block", role: "input", complete, mtls: stateOf(found.uri) };
}

function readDomain(node: ObjectNode, spelling: Spelling, complete: boolean): DomainName {
  const slips: Slip[] = [];
  const at = seekMember(node, spelling.block, blockName, slips, (value) =>
    holdsAny(value, [
      [spelling.uri, uriName],
      [spelling.version, versionName],
    ]),
  );
  const found = findSettings(at?.value?.kind === "object" ? at.value : undefined, spelling, at, slips);
  const common = {
    ...found,
    node,
    spelling,
    form: "domain",
    complete,
    name: stringOf(valueOf(node, spelling.domainName)),
    mtls: stateOf(found.uri),
    operations: [],
  } as const;
  return spelling.api === "rest" ? { ...common, ...restSettings(node) } : { ...common, ...httpSettings(node) };
}

function restSettings(
  node: ObjectNode,
): Pick<DomainName, "role" | "endpoints" | "policies" | "certificates" | "statuses" | "configurations"> {
  const types = valueOf(node, "endpointConfiguration", "types");
  const setting = (key: string) => settingOf(memberOf(node, key));
  return {
    role: hasAny(node, restOutputs) ? "output" : "input",
    endpoints:
      types?.kind === "list"
        ? types.items.filter((item) => item.kind === "scalar")
        : types?.kind === "scalar"
          ? [types]
          : [],
    policies: some(setting(rest.securityPolicy)),
    certificates: {
      server: some(setting("regionalCertificateArn") ?? setting("regionalCertificateName")),
      edge: setting("certificateArn") ?? setting("certificateName"),
      ownership: some(setting(rest.ownershipCertificate)),
    },
    statuses: statusIn(node, "domainNameStatus", "domainNameStatusMessage"),
    configurations: undefined,
  };
}

function httpSettings(
  node: ObjectNode,
): Pick<DomainName, "role" | "endpoints" | "policies" | "certificates" | "statuses" | "configurations"> {
  const configurations = valueOf(node, "DomainNameConfigurations");
  const items = configurations?.kind === "list" ? configurations.items.filter((item) => item.kind === "object") : [];
  const settings = (key: string) => items.flatMap((item) => some(settingOf(memberOf(item, key))));
  return {
    role: hasAny(node, httpOutputs) || items.some((item) => hasAny(item, configurationOutputs)) ? "output" : "input",
    endpoints: settings("EndpointType").flatMap(({ node: type }) => (type.kind === "scalar" ? [type] : [])),
    policies: settings(http.securityPolicy),
    certificates: {
      server: settings("CertificateArn"),
      edge: undefined,
      ownership: settings(http.ownershipCertificate),
    },
    statuses: items.flatMap((item) => statusIn(item, "DomainNameStatus", "DomainNameStatusMessage")),
    configurations: configurations?.kind === "list" ? configurations : undefined,
  };
}

function some(setting: Setting | undefined): Setting[] {
  return setting === undefined ? [] : [setting];
}

function statusIn(node: ObjectNode, key: string, messageKey: string): DomainName["statuses"] {
  const status = valueOf(node, key);
  return status?.kind === "scalar" && typeof status.value === "string"
    ? [{ node: status, status: status.value, message: stringOf(valueOf(node, messageKey)) }]
    : [];
}

function readPatch(node: Node, list: ListNode, name: string | undefined, complete: boolean): DomainName {
  const operations = list.items.flatMap((item): Operation[] => {
    if (item.kind !== "object") return [];
    const setting = (key: string) => settingOf(memberOf(item, key));
    return [{ node: item, op: setting("op"), path: setting("path"), value: setting("value") }];
  });
  const values = new Map<string, Setting[]>();
  for (const { op, path, value } of operations) {
    // A path or operation that is a slip puts there what it means to: the slip is another finding.
    const meant = path?.text === undefined ? undefined : meantPath(path.text);
    if (meant === undefined || value === undefined || !/^(add|replace)$/i.test(op?.text ?? "")) continue;
    const there = values.get(meant) ?? [];
    values.set(meant, there);
    there.push({ ...value, member: undefined });
  }
  /** What operations put at a path. */
  const put = (path: string): readonly Setting[] => values.get(path) ?? [];
  const uri = put(uriPath).at(-1);
  return {
    ...nothing,
    node,
    spelling: rest,
    form: "patch",
    role: "input",
    complete,
    name,
    block: undefined,
    at: undefined,
    slips: [],
    uri,
    version: put(versionPath).at(-1),
    warnings: undefined,
    mtls: stateOf(uri),
    endpoints: put("/endpointConfiguration/types").flatMap(({ node: type }) => (type.kind === "scalar" ? [type] : [])),
    policies: put("/securityPolicy"),
    certificates: {
      server: put("/regionalCertificateArn"),
      edge: put("/certificateArn").at(-1),
      ownership: put("/ownershipVerificationCertificateArn"),
    },
    operations,
  };
}
