import { type Behavior, type Distribution, httpsPortOf, type Origin } from "../cloudfront/distribution.ts";
import { isBucketHost } from "../cloudfront/hosts.ts";
import { managedCachePolicies, managedRequestPolicies } from "../cloudfront/managed-policies.ts";
import { arnOf } from "../cloudfront/origin-mtls.ts";
import { placeholderAt } from "../cloudfront/placeholders.ts";
import { itemsIn } from "../dialect/shape.ts";
import { type Node, stringOf, valueOf } from "../document/tree.ts";
import type { ProbePlan, TlsVersion } from "./facts.ts";
import {
  type CustomHeader,
  hostIn,
  type NoTarget,
  type ProbeTarget,
  readAliases,
  requestPath,
  type TargetRemark,
} from "./target.ts";

/**
 * How CloudFront connects to an origin, as far as the config says it.
 * @param own the domain name of the distribution itself, which viewers say where it has no alias
 */
export function originTarget(
  origin: Origin,
  { node, behaviors }: Pick<Distribution, "node" | "behaviors">,
  own?: string,
): ProbeTarget | NoTarget {
  const { custom, domainName } = origin;
  const unfit = whyNoTarget(origin);
  if (unfit !== undefined) return unfit;
  const host = hostIn(stringOf(domainName));
  const port = httpsPortOf(origin);
  const said = namesSaidTo(origin, behaviors, itemsIn(valueOf(node, "Aliases")), own);
  return {
    role: "origin",
    hosts: host === undefined ? [] : [host],
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 443,
    names: said.names,
    isOwnNameSaid: said.isOwnNameSaid,
    addresses: addressesOf(valueOf(custom, "IpAddressType")),
    versions: versionsIn(itemsIn(valueOf(custom, "OriginSslProtocols"))),
    path: pathOf(stringOf(valueOf(origin.node, "OriginPath"))),
    headers: headersIn(itemsIn(valueOf(origin.node, "CustomHeaders"))),
    clientCertificate:
      origin.mtls === "on" ? origin.blocks.map(arnOf).find((arn) => arn !== undefined && arn !== "") : undefined,
    remarks: [
      ...(protocolOf(origin) === "match-viewer" ? [{ code: "probe:match-viewer" } as const] : []),
      ...said.remarks,
    ],
  };
}

/** Why there is nothing to verify at an origin; undefined: there is. */
export function whyNoTarget(origin: Pick<Origin, "custom" | "domainName" | "kind">): NoTarget | undefined {
  const { domainName, kind } = origin;
  if (kind === "vpc") return { code: "probe:vpc-origin" };
  if (kind === "s3" || (kind === "unknown" && isBucketHost(stringOf(domainName) ?? "")))
    return { code: "probe:bucket-origin" };
  return protocolOf(origin) === "http-only" ? { code: "probe:http-only-origin" } : undefined;
}

function protocolOf({ custom }: Pick<Origin, "custom">): string | undefined {
  return stringOf(valueOf(custom, "OriginProtocolPolicy"));
}

function addressesOf(type: Node | undefined): ProbePlan["addresses"] {
  const word = stringOf(type)?.toLowerCase();
  return word === "ipv6" || word === "dualstack" ? word : "ipv4";
}

const known: readonly TlsVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2"];

function versionsIn(nodes: readonly Node[]): readonly TlsVersion[] {
  const words = nodes.map((node) => stringOf(node));
  const versions = known.filter((version) => words.includes(version));
  return versions.length === 0 ? ["TLSv1.2"] : versions;
}

/** What CloudFront asks for where a viewer asks for `/`. */
function pathOf(originPath: string | undefined): string {
  const path = originPath ?? "";
  const begun = path.startsWith("/") ? path : `/${path}`;
  return requestPath(begun.endsWith("/") ? begun : `${begun}/`) ?? "/";
}

function headersIn(nodes: readonly Node[]): readonly CustomHeader[] {
  return nodes.flatMap((node): CustomHeader[] => {
    const name = stringOf(valueOf(node, "HeaderName"));
    const value = valueOf(node, "HeaderValue");
    if (name === undefined || name === "") return [];
    // What stands for a value is not the value.
    const isHidden = value === undefined || placeholderAt(value) !== undefined;
    return [{ name, value: isHidden ? undefined : stringOf(value) }];
  });
}

// --- what is said in Host

type Forwarded = "yes" | "no" | "unknown";

/** Which names reach an origin: its own, and those of viewers where a behavior forwards their `Host`. */
function namesSaidTo(
  origin: Origin,
  behaviors: readonly Behavior[],
  aliases: readonly Node[],
  own: string | undefined,
): Pick<ProbeTarget, "names" | "isOwnNameSaid" | "remarks"> {
  const forwarded = behaviors
    .filter(({ origins }) => origins.some((one) => one === origin))
    .map(({ node }) => hostForwarded(node));
  const remarks: TargetRemark[] = forwarded.includes("unknown") ? [{ code: "probe:unknown-host-policy" }] : [];
  if (!forwarded.includes("yes")) return { names: [], isOwnNameSaid: true, remarks };
  const read = readAliases(aliases);
  const names = read.names.length === 0 && own !== undefined ? [own] : read.names;
  return {
    names,
    isOwnNameSaid: names.length === 0 || forwarded.some((one) => one !== "yes"),
    remarks: [{ code: names.length === 0 ? "probe:no-alias" : "probe:host-forwarded" }, ...remarks, ...read.remarks],
  };
}

const forwardingUses = new Set(["all", "host-only"]);
/** Their cache keys have Host in them, and what is in the key is sent (CFDG/using-managed-cache-policies). */
const keyedByHost = new Set(["headers", "headers-and-query", "amplify"]);

/** CFDG/controlling-origin-requests: headers of the cache key are sent, and those of the origin request policy. */
function hostForwarded(behavior: Node): Forwarded {
  const answers = [
    ofPolicy(valueOf(behavior, "OriginRequestPolicyId"), (id) => {
      const policy = managedRequestPolicies.find((one) => one.id === id);
      return policy === undefined ? undefined : forwardingUses.has(policy.use);
    }),
    ofPolicy(valueOf(behavior, "CachePolicyId"), (id) => {
      const policy = managedCachePolicies.find((one) => one.id === id);
      return policy === undefined ? undefined : keyedByHost.has(policy.use);
    }),
    ofLegacy(valueOf(behavior, "ForwardedValues")),
  ];
  if (answers.includes("yes")) return "yes";
  return answers.includes("unknown") ? "unknown" : "no";
}

function ofPolicy(node: Node | undefined, forwards: (id: string) => boolean | undefined): Forwarded {
  if (node === undefined) return "no";
  const id = stringOf(node);
  if (id === "") return "no";
  const isForwarded = id === undefined ? undefined : forwards(id.toLowerCase());
  if (isForwarded === undefined) return "unknown";
  return isForwarded ? "yes" : "no";
}

function ofLegacy(values: Node | undefined): Forwarded {
  if (values === undefined) return "no";
  const headers = valueOf(values, "Headers");
  if (values.kind === "computed" || headers?.kind === "computed") return "unknown";
  const items = itemsIn(headers);
  if (items.some((item) => /^(\*|host)$/i.test(stringOf(item) ?? ""))) return "yes";
  return items.some(({ kind }) => kind === "computed") ? "unknown" : "no";
}
