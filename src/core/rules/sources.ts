import type { Source } from "./rule.ts";

/** The pages that rules cite. */
const api = (shape: string): Source => ({
  title: `CloudFront API: ${shape}`,
  url: `https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_${shape}.html`,
});
const guide = (title: string, page: string): Source => ({
  title: `CloudFront Developer Guide: ${title}`,
  url: `https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/${page}.html`,
});

const apiGateway = (title: string, page: string): Source => ({
  title: `API Gateway Developer Guide: ${title}`,
  url: `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`,
});
const alb = (title: string, page: string): Source => ({
  title: `User Guide for Application Load Balancers: ${title}`,
  url: `https://docs.aws.amazon.com/elasticloadbalancing/latest/application/${page}.html`,
});
const nlb = (title: string, page: string): Source => ({
  title: `User Guide for Network Load Balancers: ${title}`,
  url: `https://docs.aws.amazon.com/elasticloadbalancing/latest/network/${page}.html`,
});
const acm = (title: string, page: string): Source => ({
  title: `ACM User Guide: ${title}`,
  url: `https://docs.aws.amazon.com/acm/latest/userguide/${page}.html`,
});
const rfc = (number: number, section: string, title: string): Source => ({
  title: `RFC ${number}, section ${section}: ${title}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});
const cloudFormation = (type: string, page: string): Source => ({
  title: `CloudFormation: ${type}`,
  url: `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/${page}.html`,
});
/** Of a public tracker, where it quotes an answer of the service that no page of AWS has. */
const issue = (repository: string, number: number, title: string): Source => ({
  title: `${repository}#${number}: ${title}`,
  url: `https://github.com/${repository}/issues/${number}`,
});

export const sources = {
  distributionResource: cloudFormation("AWS::CloudFront::Distribution", "aws-resource-cloudfront-distribution"),
  templateListener: cloudFormation(
    "AWS::ElasticLoadBalancingV2::Listener MutualAuthentication",
    "aws-properties-elasticloadbalancingv2-listener-mutualauthentication",
  ),
  originMtlsConfig: api("OriginMtlsConfig"),
  customOriginConfig: api("CustomOriginConfig"),
  distributionConfig: api("DistributionConfig"),
  origin: api("Origin"),
  s3OriginConfig: api("S3OriginConfig"),
  defaultCacheBehavior: api("DefaultCacheBehavior"),
  updateDistribution: api("UpdateDistribution"),
  viewerMtlsConfig: api("ViewerMtlsConfig"),
  trustStoreConfig: api("TrustStoreConfig"),
  connectionFunctions: guide("Associate Connection Functions with distributions", "associate-connection-functions"),
  connectionFunctionAssociation: api("ConnectionFunctionAssociation"),
  viewerMtls: guide("Enable mutual TLS for CloudFront distributions", "enable-mtls-distributions"),
  viewerMtlsModes: guide("Additional validation modes", "mtls-validation-modes"),
  originMtls: guide("Origin mutual TLS", "origin-enable-mtls-distributions"),
  originMtlsAuthentication: guide("Mutual TLS (origin) with CloudFront", "origin-mtls-authentication"),
  clientCertificate: guide(
    "Client certificates for origin mutual TLS",
    "origin-certificate-management-certificate-manager",
  ),
  quotas: guide("Quotas", "cloudfront-limits"),
  multiTenant: guide("Unsupported features for SaaS Manager for Amazon CloudFront", "distribution-config-options"),
  requiredFields: guide(
    "Required API fields for creating and updating distributions",
    "distribution-overview-required-fields",
  ),
  certificateRotation: guide(
    "Requirements for using SSL/TLS certificates with CloudFront",
    "cnames-and-https-requirements",
  ),
  cliUpdateDistribution: {
    title: "AWS CLI: update-distribution",
    url: "https://docs.aws.amazon.com/cli/latest/reference/cloudfront/update-distribution.html",
  },
  trustStores: guide("Trust stores and certificate management", "trust-stores-certificate-management"),
  apiGatewayMtls: apiGateway("How to turn on mutual TLS authentication for your REST APIs", "rest-api-mutual-tls"),
  httpApiMtls: apiGateway("How to turn on mutual TLS authentication for your HTTP APIs", "http-api-mutual-tls"),
  apiGatewayQuotas: apiGateway(
    "Quotas for configuring and running a REST API",
    "api-gateway-execution-service-limits-table",
  ),
  apiGatewaySecurityPolicy: apiGateway(
    "Choose a security policy for your custom domain",
    "apigateway-custom-domain-tls-version",
  ),
  apiGatewaySecurityPolicies: apiGateway("Security policies for REST APIs", "apigateway-security-policies"),
  httpApiSecurityPolicy: apiGateway("Security policy for HTTP APIs", "http-api-ciphers"),
  accessModeWithMtls: issue(
    "hashicorp/terraform-provider-aws",
    47552,
    "updating endpoint_access_mode fails on domains with mutual_tls_authentication",
  ),
  apiGatewayDomainName: {
    title: "API Gateway REST API: CreateDomainName",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html",
  },
  httpApiDomainName: {
    title: "API Gateway V2 API: DomainName",
    url: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname.html",
  },
  restDomainName: {
    title: "API Gateway REST API: DomainName",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html",
  },
  updateRestDomainName: {
    title: "API Gateway REST API: UpdateDomainName",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDomainName.html",
  },
  patchOperations: {
    title: "API Gateway REST API: patch operations",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html",
  },
  oneDomainNameConfiguration: issue(
    "hashicorp/terraform-provider-aws",
    18312,
    "Can't update API Gateway v2 domain name mTLS truststore version: Expected one domain name configuration",
  ),
  disableDefaultEndpoint: apiGateway("Disable the default endpoint for REST APIs", "rest-api-disable-default-endpoint"),
  disableHttpDefaultEndpoint: apiGateway(
    "Disable the default endpoint for HTTP APIs",
    "http-api-disable-default-endpoint",
  ),
  endpointConfiguration: {
    title: "API Gateway REST API: EndpointConfiguration",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/API_EndpointConfiguration.html",
  },
  patchOperation: {
    title: "API Gateway REST API: PatchOperation",
    url: "https://docs.aws.amazon.com/apigateway/latest/api/API_PatchOperation.html",
  },
  mutualAuthentication: {
    title: "Elastic Load Balancing API: MutualAuthenticationAttributes",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_MutualAuthenticationAttributes.html",
  },
  createListener: {
    title: "Elastic Load Balancing API: CreateListener",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
  },
  albMtls: alb("Mutual authentication with TLS", "mutual-authentication"),
  passthroughExpiry: issue(
    "hashicorp/terraform-provider-aws",
    34861,
    "Mutual Authentication mode passthrough does not support ignoring certificate expiry",
  ),
  passthroughTrustStore: issue(
    "app-sre/qontract-reconcile",
    5142,
    "Mutual Authentication mode passthrough does not support trust store",
  ),
  modeSettings: issue(
    "hashicorp/terraform-provider-aws",
    35452,
    "In the AWS API, the valid values for MutualAuthenticationAttributes depends on the value of Mode",
  ),
  albQuotas: alb("Quotas", "load-balancer-limits"),
  nlbMtls: nlb("Authenticate clients using mutual TLS", "mutual-authentication"),
  nlbFilters: nlb("Client certificate identity filters", "client-certificate-filters"),
  identityFilter: {
    title: "Elastic Load Balancing API: ClientCertificateIdentityFilter",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ClientCertificateIdentityFilter.html",
  },
  nlbTrustStores: nlb("Configure mutual TLS", "configure-mutual-authentication"),
  importCertificate: {
    title: "ACM API: ImportCertificate",
    url: "https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html",
  },
  acmStatus: {
    title: "ACM API: CertificateDetail",
    url: "https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html",
  },
  acmReimport: acm("Reimport a certificate", "import-reimport"),
  acmFormat: acm("Certificate and key format for importing", "import-certificate-format"),
  pemBoundaries: rfc(7468, "2", "General Considerations"),
  pemText: rfc(7468, "5.2", "Explanatory Text"),
  pemGrammar: rfc(7468, "3", "ABNF"),
  pemCertificate: rfc(7468, "5.1", "Encoding"),
  certificate: rfc(5280, "4.1", "Basic Certificate Fields"),
  serialNumber: rfc(5280, "4.1.2.2", "Serial Number"),
  certificateVersion: rfc(5280, "4.1.2.1", "Version"),
  subject: rfc(5280, "4.1.2.6", "Subject"),
  extensions: rfc(5280, "4.2", "Certificate Extensions"),
  certificateValidity: rfc(5280, "4.1.2.5", "Validity"),
  keyUsage: rfc(5280, "4.2.1.3", "Key Usage"),
  extendedKeyUsage: rfc(5280, "4.2.1.12", "Extended Key Usage"),
  authorityKeyIdentifier: rfc(5280, "4.2.1.1", "Authority Key Identifier"),
  nameConstraints: rfc(5280, "4.2.1.10", "Name Constraints"),
  basicConstraints: rfc(5280, "4.2.1.9", "Basic Constraints"),
  pathValidation: rfc(5280, "6.1.3", "Basic Certificate Processing"),
  tlsCertificateList: rfc(8446, "4.4.2", "Certificate"),
  keySizes: {
    title: "NIST SP 800-131A Rev. 2: Transitioning the Use of Cryptographic Algorithms and Key Lengths",
    url: "https://csrc.nist.gov/pubs/sp/800/131/a/r2/final",
  },
  keyValidation: {
    title: "NIST SP 800-56A Rev. 3, section 5.6.2.3: Public-Key Validation",
    url: "https://csrc.nist.gov/pubs/sp/800/56/a/r3/final",
  },
  tlsKeys: rfc(9325, "4.5", "Public Key Length"),
  cliFiles: {
    title: "AWS CLI: parameters from a file",
    url: "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html",
  },
} as const satisfies Record<string, Source>;
