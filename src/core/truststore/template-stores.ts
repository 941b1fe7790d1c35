import { placesIn, rootAt } from "../cloudformation/find.ts";
import type { Meanings } from "../dialect/meaning.ts";
import { type Node, stringOf } from "../document/tree.ts";
import { partAt, type Reading, readingsOf } from "../template/meanings.ts";
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

/**
 * The objects in S3 that a template names as trust stores, each with the service that reads it. What is filled in when
 * it is deployed is left out of a key.
 */
export function storesInTemplate(template: Template): readonly NamedStore[] {
  const found = new Map<string, NamedStore>();
  const add = (target: Target, text: string | undefined): void => {
    const key = knownEnd(text);
    if (key !== undefined) found.set(`${target} ${key}`, { target, key });
  };
  for (const resource of template.resources.values()) {
    const path = bundleKeys.get(resource.type);
    if (path === undefined) continue;
    const targets = targetsOf(template, resource);
    for (const { meanings } of likelyReadings(template, resource))
      for (const target of targets) add(target, textAt(resource.node, path, meanings));
  }
  for (const place of placesIn(template))
    for (const { meanings } of likelyReadings(template, place.resource)) {
      const uri = textAt(rootAt(place, meanings), ["MutualTlsAuthentication", "TruststoreUri"], meanings);
      add("apigateway", /^s3:\/\/[^/]+\/(.+)$/.exec(uri ?? "")?.[1]);
    }
  return [...found.values()];
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

/** Where parameters have defaults, those by which they have them. */
function likelyReadings(template: Template, resource: TemplateResource): readonly Reading[] {
  const readings = readingsOf(template, resource);
  const assumed = readings.filter(({ isAssumed }) => isAssumed);
  return assumed.length > 0 ? assumed : readings;
}

function textAt(node: Node | undefined, path: readonly string[], meanings: Meanings): string | undefined {
  const part = partAt(node, path, meanings);
  const meant = part === undefined ? undefined : meanings.of(part);
  switch (meant?.kind) {
    case "value":
      return String(meant.value);
    case "unknown":
      if (meant.parts.length === 0) return undefined;
      return meant.parts.map((text) => (typeof text === "string" ? text : unknown)).join("");
    case undefined:
      return stringOf(part);
    default:
      return undefined;
  }
}

/** A trust store of load balancers does not say of which kind: the listeners that use it do. */
function targetsOf(template: Template, store: TemplateResource): readonly Target[] {
  if (store.type === "AWS::CloudFront::TrustStore") return ["cloudfront"];
  const found = new Set<Target>();
  for (const listener of template.resources.values()) {
    if (listener.type !== "AWS::ElasticLoadBalancingV2::Listener") continue;
    for (const { meanings } of readingsOf(template, listener))
      if (names(listener, store, meanings))
        found.add(textAt(listener.node, ["Properties", "Protocol"], meanings) === "TLS" ? "nlb" : "alb");
  }
  return found.size === 0 ? ["alb"] : [...found];
}

function names(listener: TemplateResource, store: TemplateResource, meanings: Meanings): boolean {
  const node = partAt(listener.node, ["Properties", "MutualAuthentication", "TrustStoreArn"], meanings);
  const meant = node === undefined ? undefined : meanings.of(node);
  return meant?.kind === "unknown" && meant.parts.some((part) => typeof part === "object" && part.id === store.id);
}
