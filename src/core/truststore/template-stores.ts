import type { Meanings } from "../dialect/meaning.ts";
import { type Node, stringOf, valueOf } from "../document/tree.ts";
import { readingsOf } from "../template/meanings.ts";
import type { Template, TemplateResource } from "../template/template.ts";
import type { NamedStore } from "./named.ts";
import type { Target } from "./targets.ts";

/** Where resources say which object in S3 a trust store is made from. */
const bundleKeys: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "AWS::CloudFront::TrustStore",
    ["Properties", "CaCertificatesBundleSource", "CaCertificatesBundleS3Location", "Key"],
  ],
  ["AWS::ElasticLoadBalancingV2::TrustStore", ["Properties", "CaCertificatesBundleS3Key"]],
]);
const uris: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ["AWS::ApiGateway::DomainName", ["Properties"]] as const,
    ["AWS::ApiGatewayV2::DomainName", ["Properties"]] as const,
    ["AWS::Serverless::Api", ["Properties", "Domain"]] as const,
    ["AWS::Serverless::HttpApi", ["Properties", "Domain"]] as const,
  ].map(([type, path]) => [type, [...path, "MutualTlsAuthentication", "TruststoreUri"]]),
);

/**
 * The objects in S3 that a template names as trust stores, each with the service that reads it. What is filled in when
 * it is deployed is left out of a key.
 */
export function storesInTemplate(template: Template): readonly NamedStore[] {
  return [...template.resources.values()].flatMap((resource): readonly NamedStore[] => {
    const ofBundle = bundleKeys.get(resource.type);
    if (ofBundle !== undefined) {
      const key = knownEnd(textAt(template, resource, ofBundle));
      return key === undefined ? [] : targetsOf(template, resource).map((target) => ({ target, key }));
    }
    const ofUri = uris.get(resource.type);
    const uri = ofUri === undefined ? undefined : textAt(template, resource, ofUri);
    const key = knownEnd(uri === undefined ? undefined : /^s3:\/\/[^/]+\/(.+)$/.exec(uri)?.[1]);
    return key === undefined ? [] : [{ target: "apigateway", key }];
  });
}

/** What stands for a part that is not known. */
const unknown = "\0";

/** Names of the path that are known to its end. */
function knownEnd(key: string | undefined): string | undefined {
  const from = key === undefined ? -1 : key.lastIndexOf(unknown);
  if (key === undefined || from < 0) return key;
  const slash = key.indexOf("/", from);
  return slash < 0 || slash === key.length - 1 ? undefined : key.slice(slash + 1);
}

/** As it is by the defaults of the parameters. */
function textAt(template: Template, resource: TemplateResource, path: readonly string[]): string | undefined {
  const readings = readingsOf(template, resource);
  const reading = readings.find(({ isAssumed }) => isAssumed) ?? readings[0];
  return reading === undefined ? undefined : textIn(valueOf(resource.node, ...path), reading.meanings);
}

function textIn(node: Node | undefined, meanings: Meanings): string | undefined {
  const meant = node === undefined ? undefined : meanings.of(node);
  switch (meant?.kind) {
    case "part":
      return textIn(meant.node, meanings);
    case "value":
      return String(meant.value);
    case "unknown":
      if (meant.parts.length === 0) return undefined;
      return meant.parts.map((part) => (typeof part === "string" ? part : unknown)).join("");
    case "absent":
      return undefined;
    default:
      return stringOf(node);
  }
}

/** A trust store of load balancers does not say of which kind: the listeners that use it do. */
function targetsOf(template: Template, store: TemplateResource): readonly Target[] {
  if (store.type === "AWS::CloudFront::TrustStore") return ["cloudfront"];
  const found = new Set<Target>();
  for (const listener of template.resources.values()) {
    if (listener.type !== "AWS::ElasticLoadBalancingV2::Listener" || !names(template, listener, store)) continue;
    found.add(stringOf(valueOf(listener.node, "Properties", "Protocol")) === "TLS" ? "nlb" : "alb");
  }
  return found.size === 0 ? ["alb"] : [...found];
}

function names(template: Template, listener: TemplateResource, store: TemplateResource): boolean {
  const node = valueOf(listener.node, "Properties", "MutualAuthentication", "TrustStoreArn");
  const [reading] = readingsOf(template, listener);
  const meant = node === undefined ? undefined : reading?.meanings.of(node);
  return meant?.kind === "unknown" && meant.parts.some((part) => typeof part === "object" && part.id === store.id);
}
