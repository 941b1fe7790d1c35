import { isTemplated } from "../arn.ts";
import { isFlag } from "../dialect/flag.ts";
import { lostIn } from "../dialect/lost-text.ts";
import {
  hasAny,
  holdsAny,
  isLine,
  type Meaning,
  means,
  type Setting,
  type Slip,
  seekMember,
  settingOf,
} from "../dialect/payload.ts";
import { list, type MemberType, shape } from "../dialect/shape.ts";
import { onlyObject, type TypeFacts, typesIn } from "../dialect/types.ts";
import { isListed, seen, siteOf } from "../dialect/view.ts";
import {
  isCalled,
  isUnfinished,
  type Member,
  memberOf,
  type Node,
  type ObjectNode,
  type ScalarNode,
  stringOf,
  valueOf,
} from "../document/tree.ts";
import { addTo } from "../grouped.ts";
import type { DomainName, Operation } from "./domain-name.ts";
import { configurationsOf, findMisplaced, isWholeRequest, type Misplaced } from "./misplaced.ts";
import {
  accessModePath,
  blockMeant,
  configurationOutputs,
  http,
  httpOutputs,
  meantPath,
  placeMeant,
  rest,
  restOutputs,
  type Spelling,
  shapes,
  uriPath,
  versionMeant,
  versionPath,
  warningsMeant,
} from "./vocabulary.ts";

interface Found {
  readonly at: Member | undefined;
  readonly block: ObjectNode | undefined;
  readonly slips: readonly Slip[];
  readonly uri: Setting | undefined;
  readonly version: Setting | undefined;
  readonly warnings: Setting | undefined;
  readonly flags: readonly Member[];
}

function findSettings(block: ObjectNode | undefined, spelling: Spelling, at: Member | undefined, slips: Slip[]): Found {
  return {
    at,
    block,
    uri: settingOf(seekMember(block, ...placeMeant(spelling), slips)),
    version: settingOf(seekMember(block, ...versionMeant(spelling), slips)),
    warnings: settingOf(seekMember(block, ...warningsMeant(spelling), slips)),
    slips,
    flags: (block?.members ?? []).filter((member) => member.value !== undefined && isFlag(member)),
  };
}

/** @param version of an update that may name it alone: mutual TLS is on already */
function stateOf(uri: Setting | undefined, version?: Setting): DomainName["mtls"] {
  if (uri === undefined) return version === undefined || version.text?.trim() === "" ? "off" : "on";
  if (uri.text === "") return "off";
  // What is put together to a text that begins with something is not the empty one.
  if (typeof seen(uri.node)?.parts?.[0] === "string") return "on";
  return uri.text === undefined || isTemplated(uri.text) ? "unknown" : "on";
}

const nothing = {
  name: undefined,
  endpoints: [],
  policies: [],
  accessModes: [],
  misplaced: [],
  certificates: { server: [], edge: undefined, ownership: [] },
  statuses: [],
  configurations: undefined,
  operations: [],
} as const;

export function readBlock(node: ObjectNode, spelling: Spelling, complete: boolean): DomainName {
  const found = findSettings(node, spelling, undefined, []);
  const types = typesOf(node, shape(spelling.blockShape), { isAnswer: false, isRequest: false });
  return {
    ...nothing,
    ...found,
    node,
    spelling,
    form: "block",
    role: "input",
    complete,
    mtls: stateOf(found.uri),
    types,
  };
}

export function readDomain(node: ObjectNode, spelling: Spelling, complete: boolean): DomainName {
  const slips: Slip[] = [];
  const at = seekMember(node, ...blockMeant(spelling), slips, (value) =>
    holdsAny(value, [placeMeant(spelling), versionMeant(spelling)]),
  );
  const inPlace = findSettings(onlyObject(at?.value), spelling, at, slips);
  const written = spelling.api === "rest" ? restSettings(node) : httpSettings(node, inPlace.block);
  // A resource of a template is no answer, whatever is written in it.
  const others = siteOf(node) === undefined ? written : ({ ...written, role: "input", statuses: [] } as const);
  // An answer may be cut to columns of one's own.
  const isAnswer = others.role === "output" || isListed(node);
  const misplaced = isAnswer ? [] : findMisplaced(node, inPlace.block, spelling);
  const found = withMisplaced(inPlace, misplaced, spelling);
  return {
    ...found,
    node,
    spelling,
    form: "domain",
    complete: complete && !isUnfinished(found.block),
    name: stringOf(valueOf(node, spelling.domainName)),
    // The requests that create and update a domain name of an HTTP API look the same.
    mtls: isLost(at?.value) ? "unknown" : stateOf(found.uri, spelling.api === "http" ? found.version : undefined),
    misplaced,
    operations: [],
    ...others,
    policies: [...others.policies, ...stray(misplaced, spelling.securityPolicy)],
    endpoints: [...others.endpoints, ...stray(misplaced, "EndpointType").flatMap(({ node }) => scalar(node))],
    types: typesOf(node, shape(spelling.shape), {
      isAnswer: isAnswer || isLine(node),
      isRequest: isWholeRequest(node, inPlace.block, spelling),
    }),
  };
}

function isLost(value: Node | undefined): boolean {
  return value !== undefined && lostIn(value, shape("")) !== undefined;
}

/** What stands in the wrong place, once it is in its own. */
function stray(misplaced: readonly Misplaced[], key: string): readonly Setting[] {
  const members = misplaced.flatMap(({ members, twice }) => (twice ? [] : members));
  return members.filter((member) => member.key === key).flatMap((member) => some(settingOf(member)));
}

function scalar(node: Node): readonly ScalarNode[] {
  return node.kind === "scalar" ? [node] : [];
}

/** Of an answer, only what is lost: others may write its values in their own way. */
function typesOf(
  node: Node,
  type: MemberType,
  { isAnswer, isRequest }: { readonly isAnswer: boolean; readonly isRequest: boolean },
): TypeFacts {
  const { mistyped, nulls } = typesIn(node, type, shapes);
  return {
    mistyped: isAnswer ? mistyped.filter(({ lost }) => lost !== undefined) : mistyped,
    // What somebody chose of an answer is null where the answer did not have it.
    nulls: isAnswer || !isRequest ? [] : nulls,
  };
}

/** What stands in the wrong place is judged too: once it is in its place, nothing new should come up. */
function withMisplaced(inPlace: Found, misplaced: readonly Misplaced[], spelling: Spelling): Found {
  const meant = (members: readonly Member[], meaning: Meaning): Setting | undefined =>
    settingOf(members.find((member) => means(member, meaning)));
  let { uri, version } = inPlace;
  for (const { home, members, twice } of misplaced) {
    if (twice) continue;
    const value = members[0].value;
    const settings = home === "block" ? members : home === "domain" && value?.kind === "object" ? value.members : [];
    uri ??= meant(settings, placeMeant(spelling));
    version ??= meant(settings, versionMeant(spelling));
  }
  return { ...inPlace, uri, version };
}

function restSettings(
  node: ObjectNode,
): Pick<
  DomainName,
  "role" | "endpoints" | "policies" | "accessModes" | "certificates" | "statuses" | "configurations"
> {
  const configuration = valueOf(node, "endpointConfiguration");
  const types = configuration?.kind === "list" ? configuration : valueOf(configuration, "types");
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
    accessModes: some(setting("endpointAccessMode")),
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
  block: ObjectNode | undefined,
): Pick<
  DomainName,
  "role" | "endpoints" | "policies" | "accessModes" | "certificates" | "statuses" | "configurations"
> {
  const configurations = configurationsOf(node);
  const items = configurations?.items.filter((item) => item.kind === "object") ?? [];
  const settings = (key: string) => items.flatMap((item) => some(settingOf(memberOf(item, key))));
  return {
    role: hasAny(node, httpOutputs) || items.some((item) => hasAny(item, configurationOutputs)) ? "output" : "input",
    endpoints: settings("EndpointType").flatMap(({ node: type }) => (type.kind === "scalar" ? [type] : [])),
    policies: settings(http.securityPolicy),
    // No object of the HTTP API has it, in whatever spelling.
    accessModes: [node, block, ...items].flatMap((object) =>
      (object?.members ?? [])
        .filter((member) => isCalled(member, /^endpoint[-_ ]?access[-_ ]?mode$/i))
        .flatMap((member) => some(settingOf(member))),
    ),
    certificates: {
      server: settings("CertificateArn"),
      edge: undefined,
      ownership: settings(http.ownershipCertificate),
    },
    statuses: items.flatMap((item) => statusIn(item, "DomainNameStatus", "DomainNameStatusMessage")),
    configurations,
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

export function readPatch(node: Node, items: readonly Node[], name: string | undefined, complete: boolean): DomainName {
  const operations = items.flatMap((item): Operation[] => {
    if (item.kind !== "object") return [];
    const setting = (key: string) => settingOf(memberOf(item, key));
    return [{ node: item, op: setting("op"), path: setting("path"), value: setting("value") }];
  });
  const values = new Map<string, Setting[]>();
  for (const { op, path, value } of operations) {
    // A path or operation that is a slip puts there what it means to: the slip is another finding.
    const meant = path?.text === undefined ? undefined : meantPath(path.text);
    if (meant === undefined || value === undefined || !/^(add|replace)$/i.test(op?.text ?? "")) continue;
    addTo(values, meant, { ...value, member: undefined });
  }
  /** What operations put at a path. */
  const put = (path: string): readonly Setting[] => values.get(path) ?? [];
  const uri = put(uriPath).at(-1);
  const version = put(versionPath).at(-1);
  const removesUri = operations.some(({ op, path }) => op?.text === "remove" && path?.text === uriPath);
  // Whoever changes the version, or takes it away, has a trust store.
  const setsVersion = operations.some(({ path }) => path?.text !== undefined && meantPath(path.text) === versionPath);
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
    flags: [],
    misplaced: [],
    uri,
    version,
    warnings: undefined,
    mtls: uri === undefined && !removesUri && setsVersion ? "on" : stateOf(uri),
    endpoints: put("/endpointConfiguration/types").flatMap(({ node: type }) => (type.kind === "scalar" ? [type] : [])),
    policies: put("/securityPolicy"),
    accessModes: put(accessModePath),
    certificates: {
      server: put("/regionalCertificateArn"),
      edge: put("/certificateArn").at(-1),
      ownership: put("/ownershipVerificationCertificateArn"),
    },
    operations,
    types: typesOf(node, node.kind === "list" ? list(shape("PatchOperation")) : shape(rest.shape), {
      isAnswer: false,
      isRequest: true,
    }),
  };
}
