import type { DomainName, DomainNames } from "../apigateway/domain-name.ts";
import type { Behavior, Distribution, Origin } from "../cloudfront/distribution.ts";
import type { Listener } from "../elb/listener.ts";
import type { BundleFacts, ConfigFacts } from "../facts.ts";
import type { Bundle, Piece } from "../x509/bundle/bundle.ts";
import { grpc } from "./behavior/grpc.ts";
import { lambdaAtEdge } from "./behavior/lambda-at-edge.ts";
import { duplicate } from "./bundle/duplicate.ts";
import { foreignBlock } from "./bundle/foreign-block.ts";
import { issuerMissing } from "./bundle/issuer-missing.ts";
import { issuerNotCa } from "./bundle/issuer-not-ca.ts";
import { order } from "./bundle/order.ts";
import { pathLength } from "./bundle/path-length.ts";
import { privateKey } from "./bundle/private-key.ts";
import { signature as bundleSignature } from "./bundle/signature.ts";
import { expired } from "./certificate/expired.ts";
import { expiresSoon } from "./certificate/expires-soon.ts";
import { fault as certificateFault } from "./certificate/fault.ts";
import { keyUsage } from "./certificate/key-usage.ts";
import { notAccepted } from "./certificate/not-accepted.ts";
import { notYetValid } from "./certificate/not-yet-valid.ts";
import { validity } from "./certificate/validity.ts";
import { version as certificateVersion } from "./certificate/version.ts";
import { weakKey } from "./certificate/weak-key.ts";
import { weakSignature } from "./certificate/weak-signature.ts";
import { chainLength } from "./client-certificate/chain-length.ts";
import { clientAuth } from "./client-certificate/client-auth.ts";
import { format as clientFormat } from "./client-certificate/format.ts";
import { issuer as clientIssuer } from "./client-certificate/issuer.ts";
import { key as clientKey } from "./client-certificate/key.ts";
import { keyFamily } from "./client-certificate/key-family.ts";
import { ocspUrl } from "./client-certificate/ocsp-url.ts";
import { signature as clientSignature } from "./client-certificate/signature.ts";
import { size as clientSize } from "./client-certificate/size.ts";
import { version as clientVersion } from "./client-certificate/version.ts";
import { clientCertificatesPerCall } from "./distribution/client-certificates-per-call.ts";
import { enumValue } from "./distribution/enum-value.ts";
import { memberType } from "./distribution/member-type.ts";
import { originGroupMtls } from "./distribution/origin-group-mtls.ts";
import { originId } from "./distribution/origin-id.ts";
import { quantity } from "./distribution/quantity.ts";
import { range } from "./distribution/range.ts";
import { requiredMember } from "./distribution/required-member.ts";
import { targetOrigin } from "./distribution/target-origin.ts";
import { unknownMember } from "./distribution/unknown-member.ts";
import { endpointType } from "./domain-name/endpoint-type.ts";
import { mtlsOff } from "./domain-name/mtls-off.ts";
import { mtlsSpelling as domainNameSpelling } from "./domain-name/mtls-spelling.ts";
import { oneConfiguration } from "./domain-name/one-configuration.ts";
import { outputMember } from "./domain-name/output-member.ts";
import { ownershipCertificate } from "./domain-name/ownership-certificate.ts";
import { patchOperation } from "./domain-name/patch-operation.ts";
import { securityPolicy } from "./domain-name/security-policy.ts";
import { serverCertificate } from "./domain-name/server-certificate.ts";
import { sideDoor } from "./domain-name/side-door.ts";
import { status as domainNameStatus } from "./domain-name/status.ts";
import { truststoreUri } from "./domain-name/truststore-uri.ts";
import { truststoreVersion } from "./domain-name/truststore-version.ts";
import { truststoreWarning } from "./domain-name/truststore-warning.ts";
import { encoding } from "./file/encoding.ts";
import { wrappedConfig } from "./file/wrapped-config.ts";
import { associationStatus } from "./listener/association-status.ts";
import { expiredClients } from "./listener/expired-clients.ts";
import { memberType as listenerMemberType } from "./listener/member-type.ts";
import { mode as listenerMode } from "./listener/mode.ts";
import { mtlsSpelling as listenerSpelling } from "./listener/mtls-spelling.ts";
import { protocol as listenerProtocol } from "./listener/protocol.ts";
import { trustStore as listenerTrustStore } from "./listener/trust-store.ts";
import { trustStoreArn } from "./listener/trust-store-arn.ts";
import { clientCertificateAbsent } from "./origin/client-certificate-absent.ts";
import { clientCertificateArn } from "./origin/client-certificate-arn.ts";
import { clientCertificateExpired } from "./origin/client-certificate-expired.ts";
import { clientCertificateExpiring } from "./origin/client-certificate-expiring.ts";
import { clientCertificateRegion } from "./origin/client-certificate-region.ts";
import { clientCertificateStatus } from "./origin/client-certificate-status.ts";
import { clientCertificateUnfit } from "./origin/client-certificate-unfit.ts";
import { mtlsHost } from "./origin/mtls-host.ts";
import { mtlsOriginType } from "./origin/mtls-origin-type.ts";
import { mtlsPlace } from "./origin/mtls-place.ts";
import { mtlsSpelling } from "./origin/mtls-spelling.ts";
import { protocolPolicy } from "./origin/protocol-policy.ts";
import { sslProtocols } from "./origin/ssl-protocols.ts";
import { base64 } from "./pem/base64.ts";
import { boundary } from "./pem/boundary.ts";
import { content as pemContent } from "./pem/content.ts";
import { dashes } from "./pem/dashes.ts";
import { pemEncoding } from "./pem/encoding.ts";
import { marker as pemMarker } from "./pem/marker.ts";
import { unread } from "./pem/unread.ts";
import type { CertificatePiece, Rule, RuleCard } from "./rule.ts";
import { certificateSize } from "./trust-store/certificate-size.ts";
import { chainLength as storeChainLength } from "./trust-store/chain-length.ts";
import { count } from "./trust-store/count.ts";
import { crl } from "./trust-store/crl.ts";
import { expired as storeExpired } from "./trust-store/expired.ts";
import { key as storeKey } from "./trust-store/key.ts";
import { leaf } from "./trust-store/leaf.ts";
import { lineEnds } from "./trust-store/line-ends.ts";
import { publicRoot } from "./trust-store/public-root.ts";
import { root } from "./trust-store/root.ts";
import { signature as storeSignature } from "./trust-store/signature.ts";
import { size as storeSize } from "./trust-store/size.ts";
import { subjectConflict } from "./trust-store/subject-conflict.ts";
import { subjectLength } from "./trust-store/subject-length.ts";
import { text as storeText } from "./trust-store/text.ts";
import { version as storeVersion } from "./trust-store/version.ts";
import { connectionFunction } from "./viewer-mtls/connection-function.ts";
import { expiredViewers } from "./viewer-mtls/expired-viewers.ts";
import { httpVersion } from "./viewer-mtls/http-version.ts";
import { mode as viewerMode } from "./viewer-mtls/mode.ts";
import { passthroughCachePolicy } from "./viewer-mtls/passthrough-cache-policy.ts";
import { passthroughHeaders } from "./viewer-mtls/passthrough-headers.ts";
import { passthroughLambdaAtEdge } from "./viewer-mtls/passthrough-lambda-at-edge.ts";
import { passthroughOriginShield } from "./viewer-mtls/passthrough-origin-shield.ts";
import { place as viewerMtlsPlace } from "./viewer-mtls/place.ts";
import { trustStore } from "./viewer-mtls/trust-store.ts";
import { trustStoreId } from "./viewer-mtls/trust-store-id.ts";
import { viewerProtocolPolicy } from "./viewer-mtls/viewer-protocol-policy.ts";

/** About the certificate that an origin names, be it in the document already or not. */
export const namedCertificateRules: readonly Rule<Origin>[] = [
  clientCertificateArn,
  clientCertificateRegion,
  clientCertificateAbsent,
  clientCertificateStatus,
  clientCertificateExpired,
  clientCertificateUnfit,
  clientCertificateExpiring,
];
export const originRules: readonly Rule<Origin>[] = [
  mtlsSpelling,
  mtlsOriginType,
  mtlsHost,
  ...namedCertificateRules,
  protocolPolicy,
  sslProtocols,
  passthroughOriginShield,
];
export const behaviorRules: readonly Rule<Behavior>[] = [
  grpc,
  lambdaAtEdge,
  viewerProtocolPolicy,
  passthroughCachePolicy,
  passthroughLambdaAtEdge,
  passthroughHeaders,
];
export const distributionRules: readonly Rule<Distribution>[] = [
  mtlsPlace,
  clientCertificatesPerCall,
  originGroupMtls,
  viewerMtlsPlace,
  viewerMode,
  trustStore,
  trustStoreId,
  httpVersion,
  connectionFunction,
  expiredViewers,
  requiredMember,
  quantity,
  unknownMember,
  memberType,
  enumValue,
  range,
  targetOrigin,
  originId,
];
export const fileRules: readonly Rule<ConfigFacts>[] = [wrappedConfig, encoding];
/** About a custom domain name of API Gateway. */
export const domainNameRules: readonly Rule<DomainName>[] = [
  domainNameSpelling,
  truststoreUri,
  truststoreVersion,
  endpointType,
  securityPolicy,
  serverCertificate,
  ownershipCertificate,
  oneConfiguration,
  patchOperation,
  mtlsOff,
  outputMember,
  truststoreWarning,
  domainNameStatus,
];
/** About all that a document holds. */
export const domainNamesRules: readonly Rule<DomainNames>[] = [sideDoor];
/** About a listener of a load balancer. */
export const listenerRules: readonly Rule<Listener>[] = [
  listenerSpelling,
  listenerMode,
  listenerTrustStore,
  trustStoreArn,
  listenerMemberType,
  associationStatus,
  listenerProtocol,
  expiredClients,
];
/** About a file of PEM blocks, whatever is in them. */
export const pemFileRules: readonly Rule<BundleFacts>[] = [pemEncoding, unread, pemMarker, storeSize];
/** About one block, whatever else is in the file: what they find is kept until the block changes. */
export const pieceRules: readonly Rule<Piece>[] = [boundary, dashes, base64, pemContent];
/** About one certificate, likewise. */
export const certificateRules: readonly Rule<CertificatePiece>[] = [
  validity,
  expired,
  notYetValid,
  expiresSoon,
  weakKey,
  weakSignature,
  notAccepted,
  certificateVersion,
  certificateFault,
  clientFormat,
];
/** About blocks beside each other. */
export const bundleRules: readonly Rule<Bundle>[] = [
  keyUsage,
  privateKey,
  foreignBlock,
  duplicate,
  bundleSignature,
  issuerNotCa,
  pathLength,
  order,
  issuerMissing,
  clientVersion,
  clientKey,
  clientSignature,
  keyFamily,
  clientAuth,
  clientIssuer,
  ocspUrl,
  chainLength,
  clientSize,
  count,
  crl,
  storeText,
  lineEnds,
  certificateSize,
  subjectLength,
  storeKey,
  storeSignature,
  storeVersion,
  leaf,
  root,
  storeChainLength,
  subjectConflict,
  publicRoot,
  storeExpired,
];

export const catalogue: readonly RuleCard[] = [
  ...fileRules,
  ...originRules,
  ...behaviorRules,
  ...distributionRules,
  ...domainNameRules,
  ...domainNamesRules,
  ...listenerRules,
  ...pemFileRules,
  ...pieceRules,
  ...certificateRules,
  ...bundleRules,
];
