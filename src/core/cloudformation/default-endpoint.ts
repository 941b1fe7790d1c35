import type { Resource, Site } from "../dialect/meaning.ts";
import { type Node, objectAt, valueOf } from "../document/tree.ts";
import { isApi } from "./find.ts";

/** What makes the deployment with which an API is told to close its default endpoint. */
export type Deployer = "sam" | "template";

/**
 * Who has to deploy an API again, if one behind a domain name of a template may have its default endpoint open;
 * `undefined` where none has. What the template computes is somebody's decision already.
 */
export function defaultEndpointOf(site: Site, api: "rest" | "http"): Deployer | undefined {
  const { resource, resources } = site;
  const shared = sharedBy(resource, api);
  const all = [...resources.values()].filter((one) => isApi(one) && isRest(one) === (api === "rest"));
  if (!isOfSam(resource)) {
    const open = all.filter((one) => !isClosed(one, shared));
    if (open.length === 0) return all.length === 0 ? "template" : undefined;
    return open.every(isOfSam) ? "sam" : "template";
  }
  // The domain name of all APIs: also of those that SAM makes of the events of functions.
  const behind = resources.get(resource.id)?.node === resource.node ? [resource] : all.filter(isOfSam);
  const isOpen = behind.length === 0 ? !isTrue(shared) : behind.some((one) => !isClosed(one, shared));
  return isOpen ? "sam" : undefined;
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
