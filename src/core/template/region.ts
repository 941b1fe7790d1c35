import { parseArn } from "../arn.ts";
import { type Node, stringOf, valueOf } from "../document/tree.ts";
import type { Template } from "./template.ts";

/** Where resources name one that must be in the Region of their stack. */
const besides: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    "AWS::ElasticLoadBalancingV2::Listener",
    [["LoadBalancerArn"], ["Certificates", "CertificateArn"], ["MutualAuthentication", "TrustStoreArn"]],
  ],
  ["AWS::ElasticLoadBalancingV2::ListenerRule", [["ListenerArn"]]],
  ["AWS::ApiGateway::DomainName", [["RegionalCertificateArn"]]],
  ["AWS::ApiGatewayV2::DomainName", [["DomainNameConfigurations", "CertificateArn"]]],
]);

/** The Region in which a template can be deployed alone, by the ARNs in it; `undefined`: it does not show. */
export function evidentRegion({ resources }: Template): string | undefined {
  const found = new Set<string>();
  for (const { type, node } of resources.values())
    for (const path of besides.get(type) ?? [])
      for (const arn of textsAt(valueOf(node, "Properties"), path)) {
        const region = parseArn(arn)?.region ?? "";
        if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) found.add(region);
      }
  const [region, another] = found;
  return another === undefined ? region : undefined;
}

/** Also in each item of a list on the way. */
function textsAt(node: Node | undefined, [key, ...path]: readonly string[]): readonly string[] {
  if (node?.kind === "list")
    return node.items.flatMap((item) => textsAt(item, key === undefined ? [] : [key, ...path]));
  if (key !== undefined) return textsAt(valueOf(node, key), path);
  const text = stringOf(node);
  return text === undefined ? [] : [text];
}
