import { shapes as ofDomainNames } from "../apigateway/vocabulary.ts";
import { shapes as ofDistributions } from "../cloudfront/vocabulary.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { Vocabulary } from "../dialect/shape.ts";
import { shapes as ofListeners } from "../elb/vocabulary.ts";
import { cloudFormation, samHttp, samRest } from "./dialect.ts";

/** How a type of resources holds what the API takes. */
export interface ResourceType {
  readonly dialect: Dialect;
  readonly vocabulary: Vocabulary;
  /** The shape of what is there. */
  readonly shape: string;
  /** From the resource. */
  readonly path: readonly string[];
}

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  [
    "AWS::CloudFront::Distribution",
    {
      dialect: cloudFormation,
      vocabulary: ofDistributions,
      shape: "DistributionConfig",
      path: ["Properties", "DistributionConfig"],
    },
  ],
  [
    "AWS::ElasticLoadBalancingV2::Listener",
    { dialect: cloudFormation, vocabulary: ofListeners, shape: "Listener", path: ["Properties"] },
  ],
  [
    "AWS::ApiGateway::DomainName",
    { dialect: cloudFormation, vocabulary: ofDomainNames, shape: "RestDomainName", path: ["Properties"] },
  ],
  [
    "AWS::ApiGatewayV2::DomainName",
    { dialect: cloudFormation, vocabulary: ofDomainNames, shape: "HttpDomainName", path: ["Properties"] },
  ],
  [
    "AWS::Serverless::Api",
    { dialect: samRest, vocabulary: ofDomainNames, shape: "RestDomainName", path: ["Properties", "Domain"] },
  ],
  [
    "AWS::Serverless::HttpApi",
    { dialect: samHttp, vocabulary: ofDomainNames, shape: "HttpDomainName", path: ["Properties", "Domain"] },
  ],
]);
