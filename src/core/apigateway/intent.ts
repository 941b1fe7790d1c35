import { dialectOf, isDecidedLater, siteOf } from "../dialect/view.ts";
import type { Change } from "../document/change.ts";
import { memberOf } from "../document/tree.ts";
import { withoutAccessMode } from "./access-mode.ts";
import type { DomainName } from "./domain-name.ts";
import { isEnhancedPolicy, meantPath, mtlsSecurityPolicy, uriPath, versionPath } from "./vocabulary.ts";

/** The trust store that a user wants a domain name to have. */
export interface Truststore {
  readonly uri: string;
  readonly version: string | undefined;
}

/** Why mutual TLS cannot be enabled on a domain name. The words for it are the host's. */
export type DomainNameUnfit = "edge" | "private" | "misspelled" | "conditional";

/** `undefined`: it can. */
export function domainNameUnfitFor({
  node,
  spelling,
  endpoints,
  slips,
  misplaced,
  at,
  block,
}: DomainName): DomainNameUnfit | undefined {
  const types = endpoints.map(({ value }) => value);
  if (types.includes("PRIVATE")) return "private";
  if (types.includes("EDGE")) return "edge";
  if (node.kind === "object" && isDecidedLater(node, spelling.block)) return "conditional";
  // Its quick fix comes first, or the same would stand there twice.
  return slips.length > 0 ||
    misplaced.some(({ home }) => home === "block" || home === "domain") ||
    (at !== undefined && at.value !== block && at.value?.kind !== "scalar")
    ? "misspelled"
    : undefined;
}

/** The security policy that mutual TLS does not go with. */
export function becomesTls12({ policies }: DomainName): boolean {
  return policies.some(({ text }) => isRefused(text));
}

function isRefused(policy: string | undefined): boolean {
  return policy === "TLS_1_0" || (policy !== undefined && isEnhancedPolicy(policy));
}

/** The endpoint access mode goes: mutual TLS excludes the security policies that have one. */
export function losesAccessMode(domain: DomainName): boolean {
  return withoutAccessMode(domain).length > 0;
}

/**
 * Whether operations put another place and leave the version that the domain name has: what that is they do not say.
 */
export function leavesVersion({ form, operations }: DomainName, { version }: Truststore): boolean {
  return (
    form === "patch" &&
    version === undefined &&
    !operations.some(({ op, path }) => op?.text === "remove" && path?.text === versionPath)
  );
}

/** The changes that enable mutual TLS with this trust store on a fit domain name; none where it is so already. */
export function domainNameChangesFor(domain: DomainName, truststore: Truststore): Change[] {
  if (domainNameUnfitFor(domain) !== undefined) return [];
  const policies = domain.policies.flatMap(({ node, text }): Change[] =>
    isRefused(text) ? [{ kind: "set", node, value: mtlsSecurityPolicy }] : [],
  );
  return [
    ...policies,
    ...withoutAccessMode(domain),
    ...(domain.form === "patch" ? operationsFor(domain, truststore) : membersFor(domain, truststore)),
  ];
}

function membersFor({ node, block, at, spelling, uri, version }: DomainName, wanted: Truststore): Change[] {
  const whole = {
    [spelling.uri]: wanted.uri,
    ...(wanted.version === undefined ? {} : { [spelling.version]: wanted.version }),
  };
  if (block === undefined) {
    // A null in the block's place is no block, but its name is taken.
    const taken = at?.value ?? memberOf(node, spelling.block)?.value;
    if (taken !== undefined) return [{ kind: "set", node: taken, value: whole }];
    return node.kind === "object" ? [{ kind: "add", to: node, key: spelling.block, value: whole }] : [];
  }
  const changes: Change[] = [];
  const uriNode = uri?.node ?? memberOf(block, spelling.uri)?.value;
  const versionMember = memberOf(block, spelling.version);
  if (uriNode === undefined) changes.push({ kind: "add", to: block, key: spelling.uri, value: wanted.uri });
  else if (uri?.text !== wanted.uri) changes.push({ kind: "set", node: uriNode, value: wanted.uri });
  if (wanted.version === undefined) {
    // It was the version of another object, or the user wants none.
    if (versionMember !== undefined) changes.push({ kind: "remove", entry: versionMember });
  } else if (versionMember?.value === undefined)
    changes.push({ kind: "add", to: block, key: spelling.version, value: wanted.version });
  else if (version?.text !== wanted.version)
    changes.push({ kind: "set", node: versionMember.value, value: wanted.version });
  return changes;
}

function operationsFor(domain: DomainName, { uri, version }: Truststore): Change[] {
  return [
    ...operationFor(domain, uriPath, uri),
    ...(version === undefined ? withoutVersion(domain) : operationFor(domain, versionPath, version)),
  ];
}

/** The last operation at a path decides; it becomes one that puts the value there. */
function operationFor({ node, operations }: DomainName, path: string, wanted: string): Change[] {
  const there = operations.findLast((operation) => meantPath(operation.path?.text ?? "") === path);
  if (there === undefined) {
    const list = node.kind === "list" ? node : memberOf(node, "patchOperations")?.value;
    return list?.kind === "list" ? [{ kind: "append", to: list, value: { op: "replace", path, value: wanted } }] : [];
  }
  const op: Change[] =
    there.op?.text === "add" || there.op?.text === "replace"
      ? []
      : there.op === undefined
        ? [{ kind: "add", to: there.node, key: "op", value: "replace" }]
        : [{ kind: "set", node: there.op.node, value: "replace" }];
  const value = memberOf(there.node, "value");
  if (value?.value === undefined) return [...op, { kind: "add", to: there.node, key: "value", value: wanted }];
  return there.value?.text === wanted ? op : [...op, { kind: "set", node: value.value, value: wanted }];
}

function withoutVersion({ operations }: DomainName): Change[] {
  return operations.flatMap(({ node, path, op }): Change[] =>
    path?.text === versionPath && op?.text !== "remove" ? [{ kind: "remove", entry: node }] : [],
  );
}

// --- to turn it off

/** Why mutual TLS cannot be turned off. The words for it are the host's. */
export type DomainNameOffUnfit = "already-off" | "misspelled" | "conditional";

/** `undefined`: it can. */
export function domainNameOffUnfitFor(domain: DomainName): DomainNameOffUnfit | undefined {
  const unfit = domainNameUnfitFor(domain);
  if (unfit === "misspelled" || unfit === "conditional") return unfit;
  return domainNameOffChanges(domain).length === 0 ? "already-off" : undefined;
}

/**
 * Whether the document may be an update, which does not touch what it leaves out: what turns mutual TLS off there is
 * the empty text (sources.apiGatewayMtls). The inputs of the HTTP API do not say which they are; those of the REST API
 * update by operations.
 */
export function isTurnedOffByEmptyPlace({ node, form, role, spelling }: DomainName): boolean {
  // Whether CloudFormation turns off what a template leaves out, no page says; SAM leaves out an empty place itself.
  if (siteOf(node) !== undefined) return dialectOf(node).overlooks === undefined;
  return form === "block" || (role === "input" && spelling.api === "http");
}

/** The changes that turn mutual TLS off; none where it is off. */
export function domainNameOffChanges(domain: DomainName): Change[] {
  const { form, block, at, uri, version, spelling } = domain;
  if (form === "patch") return [...operationsOff(domain), ...withoutVersion(domain)];
  if (block === undefined) return [];
  if (!isTurnedOffByEmptyPlace(domain)) return at === undefined ? [] : [{ kind: "remove", entry: at }];
  const place = uri?.member?.value ?? memberOf(block, spelling.uri)?.value;
  return [
    ...(place === undefined
      ? [{ kind: "add", to: block, key: spelling.uri, value: "" } as const]
      : uri?.text === ""
        ? []
        : [{ kind: "set", node: place, value: "" } as const]),
    ...(version?.member === undefined ? [] : [{ kind: "remove", entry: version.member } as const]),
  ];
}

function operationsOff(domain: DomainName): Change[] {
  const last = domain.operations.findLast(({ path }) => meantPath(path?.text ?? "") === uriPath);
  return last?.op?.text === "remove" ? [] : operationFor(domain, uriPath, "");
}
