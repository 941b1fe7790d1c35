import type { DomainName } from "../apigateway/domain-name.ts";
import { parseArn } from "../arn.ts";
import type { Distribution } from "../cloudfront/distribution.ts";
import { itemsIn } from "../dialect/shape.ts";
import { numberOf, stringOf, valueOf } from "../document/tree.ts";
import type { Listener } from "../elb/listener.ts";
import { anyEndpoint, hostIn, type NoTarget, type ProbeTarget, readAliases, type TargetRemark } from "./target.ts";

/**
 * What viewers of a distribution with viewer mTLS connect to.
 * @param own the domain name of the distribution itself
 */
export function viewersTarget({ node, viewerMtls }: Distribution, own?: string): ProbeTarget | NoTarget {
  if (viewerMtls?.on !== true) return { code: "probe:no-viewer-mtls" };
  const { names, remarks } = readAliases(itemsIn(valueOf(node, "Aliases")));
  const mode = viewerMtls.says;
  return {
    ...anyEndpoint,
    hosts: names.length === 0 && own !== undefined ? [own] : names,
    remarks: [...(mode === undefined || mode === "required" ? [] : letsInBy(mode)), ...remarks],
  };
}

function letsInBy(mode: string): readonly TargetRemark[] {
  return [{ code: "probe:lets-in-by-mode", args: { mode } }];
}

/** What clients of a custom domain name of API Gateway connect to. */
export function domainNameTarget({ name, certificates }: DomainName): ProbeTarget {
  const host = hostIn(name);
  const place = certificates.server.map(({ text }) => parseArn(text ?? "")).find((arn) => arn !== undefined);
  return {
    ...anyEndpoint,
    hosts: host === undefined ? [] : [host],
    api: { region: wordIn(place?.region), partition: wordIn(place?.partition) },
    remarks: name?.startsWith("*.") === true ? [{ code: "probe:wildcard-name", args: { name } }] : [],
  };
}

/** What a template fills in is no region. */
function wordIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z]+(-[a-z0-9]+)*$/.test(text) ? text : undefined;
}

/** What clients of a load balancer connect to at one of its listeners. Its name the listener does not say. */
export function listenerTarget({ protocol, port, knownMode }: Listener): ProbeTarget | NoTarget {
  const said = protocol?.text?.toUpperCase();
  if (said === "HTTP" || said === "UDP") return { code: "probe:listener-without-tls", args: { protocol: said } };
  const number = numberOf(port) ?? Number(stringOf(port) ?? Number.NaN);
  return {
    ...anyEndpoint,
    port: Number.isInteger(number) && number > 0 && number < 65_536 ? number : 443,
    remarks: knownMode === "passthrough" || knownMode === "off" ? letsInBy(knownMode) : [],
  };
}
