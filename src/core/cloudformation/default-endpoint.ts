import type { Resource, Site } from "../dialect/meaning.ts";
import { type Node, objectAt, valueOf } from "../document/tree.ts";
import { apisOf } from "./find.ts";

/** What makes the deployment with which an API is told to close its default endpoint. */
export type Deployer = "sam" | "template";

/**
 * Who has to deploy an API again, if one behind a domain name of a template may have its default endpoint open;
 * `undefined` where none has. What the template computes is somebody's decision already.
 */
export function defaultEndpointOf(site: Site, api: "rest" | "http"): Deployer | undefined {
  const { resource, resources } = site;
  const shared = sharedBy(resource, api);
  if (!isOfSam(resource)) return deployerOfAll(site, api, shared);
  // The domain name of all APIs: also of those that SAM makes of the events of functions.
  const isOne = resources.get(resource.id)?.node === resource.node;
  const behind = isOne ? [resource] : apisOf(site).filter((one) => isRest(one) === (api === "rest") && isOfSam(one));
  const isOpen = behind.length === 0 ? !isTrue(shared) : behind.some((one) => !isClosed(one, shared));
  return isOpen ? "sam" : undefined;
}

const deployers = new WeakMap<Site["resources"], Map<string, Deployer | undefined>>();

/** The same for all domain names of a template: looked for once. */
function deployerOfAll(site: Site, api: "rest" | "http", shared: Node | undefined): Deployer | undefined {
  const known = deployers.get(site.resources) ?? new Map<string, Deployer | undefined>();
  deployers.set(site.resources, known);
  if (known.has(api)) return known.get(api);
  const all = apisOf(site).filter((one) => isRest(one) === (api === "rest"));
  const open = all.filter((one) => !isClosed(one, shared));
  const found =
    open.length > 0 ? (open.every(isOfSam) ? "sam" : "template") : all.length === 0 ? "template" : undefined;
  known.set(api, found);
  return found;
}

function isRest({ type }: Resource): boolean {
  return type === "AWS::ApiGateway::RestApi" || type === "AWS::Serverless::Api";
}

function isOfSam({ type }: Resource): boolean {
  return type.startsWith("AWS::Serverless::");
}

const key = "DisableExecuteApiEndpoint";

/** SAM guide, Globals: what every API has unless it says otherwise itself. */
function sharedBy({ node }: Resource, api: "rest" | "http"): Node | undefined {
  return valueOf(node.parent?.parent, "Globals", api === "rest" ? "Api" : "HttpApi", key);
}

function isClosed(resource: Resource, shared: Node | undefined): boolean {
  const properties = objectAt(resource.node, "Properties");
  const own = valueOf(properties, key);
  if (own !== undefined) return isTrue(own);
  const definition = valueOf(properties, isOfSam(resource) ? "DefinitionBody" : "Body");
  // API Gateway extensions to OpenAPI.
  const defined = valueOf(definition, "x-amazon-apigateway-endpoint-configuration", "disableExecuteApiEndpoint");
  return isTrue(defined) || (isOfSam(resource) && isTrue(shared));
}

/** Or may be. */
function isTrue(node: Node | undefined): boolean {
  return node !== undefined && !(node.kind === "scalar" && node.value !== true && node.value !== "true");
}
