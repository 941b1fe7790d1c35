import { isPlaceholder, isTemplated } from "../arn.ts";
import { unaskingHost } from "../cloudfront/hosts.ts";
import { type Node, stringOf } from "../document/tree.ts";
import type { SharedReason } from "../reason.ts";
import { mistakeInRequest, readServer } from "./entered.ts";
import type { ProbePlan, ProbeRequest, TlsVersion } from "./facts.ts";

/** A server that a configuration names or belongs to, and how it is connected to, as far as that is known. */
export interface ProbeTarget {
  readonly role: "origin" | "endpoint";
  /** None: the configuration does not say it, or a template does later. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** The aliases that are said to each host in place of its own name, where CloudFront forwards what viewers say. */
  readonly names: readonly string[];
  /** Whether its own name is said to it as well. */
  readonly isOwnNameSaid: boolean;
  readonly addresses: ProbePlan["addresses"];
  /** Besides TLS 1.3. */
  readonly versions: readonly TlsVersion[];
  /** Begins with a slash. */
  readonly path: string;
  readonly headers: readonly CustomHeader[];
  /** The ARN of what CloudFront presents; `undefined`: nothing, or it is no origin. */
  readonly clientCertificate: string | undefined;
  /** Of what stands in front of an API: where its default endpoints are, as far as that is known. */
  readonly api?: { readonly region: string | undefined; readonly partition: string | undefined };
  readonly remarks: readonly TargetRemark[];
}

/** A header that CloudFront adds to each request. */
export interface CustomHeader {
  readonly name: string;
  /** May be secret. `undefined`: it is not known. */
  readonly value: string | undefined;
}

/** Why there is nothing to verify. */
export type NoTarget = SharedReason &
  (
    | {
        readonly code:
          | "probe:http-only-origin"
          | "probe:bucket-origin"
          | "probe:vpc-origin"
          | "probe:no-origin"
          | "probe:no-viewer-mtls";
        readonly args?: never;
      }
    | { readonly code: "probe:listener-without-tls"; readonly args: { readonly protocol: string } }
  );

/** What is to be known of a target before it is verified. */
export type TargetRemark = SharedReason &
  (
    | {
        readonly code:
          | "probe:host-forwarded"
          | "probe:no-alias"
          | "probe:unknown-alias"
          | "probe:match-viewer"
          | "probe:unknown-host-policy";
        readonly args?: never;
      }
    | { readonly code: "probe:wildcard-alias"; readonly args: { readonly alias: string } }
    | { readonly code: "probe:wildcard-name"; readonly args: { readonly name: string } }
    | { readonly code: "probe:lets-in-by-mode"; readonly args: { readonly mode: string } }
    | { readonly code: "probe:more-names"; readonly args: { readonly left: number } }
  );

export function isTarget(target: ProbeTarget | NoTarget): target is ProbeTarget {
  return "hosts" in target;
}

/** What a user may choose otherwise. */
export interface Chosen {
  readonly host?: string;
  readonly port?: number;
  /** What is said to the server, in place of all names that are known. */
  readonly name?: string;
  readonly request?: Partial<ProbeRequest>;
}

/** One after the other they take a while: of more names some say as much as all. */
const mostPlans = 8;

/** One for each name that is said to each host, and how many there are besides; none where the host is not known. */
export function plansFor(
  target: ProbeTarget,
  chosen: Chosen = {},
): { readonly plans: readonly ProbePlan[]; readonly left: number } {
  const { role, addresses, versions } = target;
  const hosts = chosen.host === undefined ? target.hosts : [chosen.host];
  const request: ProbeRequest = { method: "HEAD", path: target.path, headers: [], ...chosen.request };
  const all = hosts.flatMap((host) =>
    (chosen.name === undefined ? namesFor(target, host) : [chosen.name]).map(
      (name): ProbePlan => ({ role, host, port: chosen.port ?? target.port, name, addresses, versions, request }),
    ),
  );
  return { plans: all.slice(0, mostPlans), left: Math.max(0, all.length - mostPlans) };
}

function namesFor({ names, isOwnNameSaid }: ProbeTarget, host: string): readonly string[] {
  return isOwnNameSaid || names.length === 0 ? [host, ...names] : names;
}

/** A server that a user names. */
export function enteredTarget(role: ProbeTarget["role"], host: string, port: number): ProbeTarget {
  return {
    ...anyEndpoint,
    role,
    hosts: [host],
    port,
  };
}

/** What clients connect to themselves, where nothing else is known. */
export const anyEndpoint: ProbeTarget = {
  role: "endpoint",
  hosts: [],
  port: 443,
  names: [],
  isOwnNameSaid: true,
  addresses: "dualstack",
  versions: ["TLSv1.2"],
  path: "/",
  headers: [],
  clientCertificate: undefined,
  remarks: [],
};

/** A name that can be looked up, as it is written. What a template or a reader is to fill in is none. */
export function hostIn(text: string | undefined): string | undefined {
  if (text === undefined || isTemplated(text) || isPlaceholder(text)) return undefined;
  const server = readServer(text);
  return "code" in server || (server.host !== text && `${server.host}.` !== text) ? undefined : server.host;
}

/** Aliases of a distribution: those that can be said to a server, and what is to be known of the others. */
export function readAliases(nodes: readonly Node[]): {
  readonly names: readonly string[];
  readonly remarks: readonly TargetRemark[];
} {
  const names = new Set<string>();
  const remarks: TargetRemark[] = [];
  let isUnknown = false;
  for (const node of nodes) {
    const text = stringOf(node);
    const name = hostIn(text);
    if (name !== undefined) names.add(name.toLowerCase());
    else if (text?.startsWith("*.") === true && !isTemplated(text))
      remarks.push({ code: "probe:wildcard-alias", args: { alias: text } });
    else isUnknown = true;
  }
  return { names: [...names], remarks: isUnknown ? [...remarks, { code: "probe:unknown-alias" }] : remarks };
}

/** A path that a request can be made of. */
export function requestPath(path: string): string | undefined {
  return mistakeInRequest({ method: "HEAD", path, headers: [] }) === undefined ? path : undefined;
}

/**
 * The default endpoint of an API: `https://API.execute-api.REGION.amazonaws.com` (API Gateway Developer Guide).
 * @param text its host, or the ID of the API where the region is known
 */
export function sideDoorHost(text: string, { api }: Pick<ProbeTarget, "api">): string | undefined {
  const given = readServer(text);
  if ("code" in given) return undefined;
  if (unaskingHost(given.host) === "execute-api") return given.host;
  if (api?.region === undefined || !/^[a-z0-9]{4,32}$/i.test(given.host)) return undefined;
  const suffix = api.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `${given.host.toLowerCase()}.execute-api.${api.region}.${suffix}`;
}

/** The same request to the default endpoint of an API, which is to be closed where the custom domain asks. */
export function sideDoorPlan(host: string, request: Partial<ProbeRequest> = {}): ProbePlan {
  return {
    role: "side-door",
    host,
    port: 443,
    name: host,
    addresses: "dualstack",
    versions: ["TLSv1.2"],
    request: { method: "HEAD", path: "/", headers: [], ...request },
  };
}
