// Written by `npm run generate` from the files of the rules. Only the order within a list is kept as it is here:
// findings at the same place are shown in it.

import type { DomainName, DomainNames } from "../apigateway/domain-name.ts";
import type { Behavior, Distribution, Origin } from "../cloudfront/distribution.ts";
import type { Listener } from "../elb/listener.ts";
import type { BundleFacts, ConfigFacts } from "../facts.ts";
import type { Bundle, Piece } from "../x509/bundle/bundle.ts";
import { cachePolicy as behaviorCachePolicy } from "./behavior/cache-policy.ts";
import { grpc as behaviorGrpc } from "./behavior/grpc.ts";
import { lambdaAtEdge as behaviorLambdaAtEdge } from "./behavior/lambda-at-edge.ts";
import { authorityKey as bundleAuthorityKey } from "./bundle/authority-key.ts";
import { duplicate as bundleDuplicate } from "./bundle/duplicate.ts";
import { foreignBlock as bundleForeignBlock } from "./bundle/foreign-block.ts";
import { issuerMissing as bundleIssuerMissing } from "./bundle/issuer-missing.ts";
import { issuerName as bundleIssuerName } from "./bundle/issuer-name.ts";
import { issuerNotCa as bundleIssuerNotCa } from "./bundle/issuer-not-ca.ts";
import { noCertificate as bundleNoCertificate } from "./bundle/no-certificate.ts";
import { order as bundleOrder } from "./bundle/order.ts";
import { pathLength as bundlePathLength } from "./bundle/path-length.ts";
import { privateKey as bundlePrivateKey } from "./bundle/private-key.ts";
import { signature as bundleSignature } from "./bundle/signature.ts";
import { expired as certificateExpired } from "./certificate/expired.ts";
import { expiresSoon as certificateExpiresSoon } from "./certificate/expires-soon.ts";
import { fault as certificateFault } from "./certificate/fault.ts";
import { keyUsage as certificateKeyUsage } from "./certificate/key-usage.ts";
import { notAccepted as certificateNotAccepted } from "./certificate/not-accepted.ts";
import { notYetValid as certificateNotYetValid } from "./certificate/not-yet-valid.ts";
import { offCurve as certificateOffCurve } from "./certificate/off-curve.ts";
import { pathLength as certificatePathLength } from "./certificate/path-length.ts";
import { serialNumber as certificateSerialNumber } from "./certificate/serial-number.ts";
import { validity as certificateValidity } from "./certificate/validity.ts";
import { version as certificateVersion } from "./certificate/version.ts";
import { weakKey as certificateWeakKey } from "./certificate/weak-key.ts";
import { weakSignature as certificateWeakSignature } from "./certificate/weak-signature.ts";
import { chainLength as clientCertificateChainLength } from "./client-certificate/chain-length.ts";
import { clientAuth as clientCertificateClientAuth } from "./client-certificate/client-auth.ts";
import { format as clientCertificateFormat } from "./client-certificate/format.ts";
import { issuer as clientCertificateIssuer } from "./client-certificate/issuer.ts";
import { key as clientCertificateKey } from "./client-certificate/key.ts";
import { keyFamily as clientCertificateKeyFamily } from "./client-certificate/key-family.ts";
import { ocspUrl as clientCertificateOcspUrl } from "./client-certificate/ocsp-url.ts";
import { signature as clientCertificateSignature } from "./client-certificate/signature.ts";
import { size as clientCertificateSize } from "./client-certificate/size.ts";
import { version as clientCertificateVersion } from "./client-certificate/version.ts";
import { clientCertificatesPerCall as distributionClientCertificatesPerCall } from "./distribution/client-certificates-per-call.ts";
import { connectionMode as distributionConnectionMode } from "./distribution/connection-mode.ts";
import { enumValue as distributionEnumValue } from "./distribution/enum-value.ts";
import { fragment as distributionFragment } from "./distribution/fragment.ts";
import { memberType as distributionMemberType } from "./distribution/member-type.ts";
import { originGroupMtls as distributionOriginGroupMtls } from "./distribution/origin-group-mtls.ts";
import { originId as distributionOriginId } from "./distribution/origin-id.ts";
import { quantity as distributionQuantity } from "./distribution/quantity.ts";
import { range as distributionRange } from "./distribution/range.ts";
import { requiredMember as distributionRequiredMember } from "./distribution/required-member.ts";
import { targetOrigin as distributionTargetOrigin } from "./distribution/target-origin.ts";
import { unknownMember as distributionUnknownMember } from "./distribution/unknown-member.ts";
import { endpointAccessMode as domainNameEndpointAccessMode } from "./domain-name/endpoint-access-mode.ts";
import { endpointType as domainNameEndpointType } from "./domain-name/endpoint-type.ts";
import { flag as domainNameFlag } from "./domain-name/flag.ts";
import { memberType as domainNameMemberType } from "./domain-name/member-type.ts";
import { mtlsOff as domainNameMtlsOff } from "./domain-name/mtls-off.ts";
import { mtlsPlace as domainNameMtlsPlace } from "./domain-name/mtls-place.ts";
import { mtlsSpelling as domainNameMtlsSpelling } from "./domain-name/mtls-spelling.ts";
import { oneConfiguration as domainNameOneConfiguration } from "./domain-name/one-configuration.ts";
import { outputMember as domainNameOutputMember } from "./domain-name/output-member.ts";
import { ownershipCertificate as domainNameOwnershipCertificate } from "./domain-name/ownership-certificate.ts";
import { patchOperation as domainNamePatchOperation } from "./domain-name/patch-operation.ts";
import { securityPolicy as domainNameSecurityPolicy } from "./domain-name/security-policy.ts";
import { serverCertificate as domainNameServerCertificate } from "./domain-name/server-certificate.ts";
import { sideDoor as domainNameSideDoor } from "./domain-name/side-door.ts";
import { status as domainNameStatus } from "./domain-name/status.ts";
import { truststoreUri as domainNameTruststoreUri } from "./domain-name/truststore-uri.ts";
import { truststoreVersion as domainNameTruststoreVersion } from "./domain-name/truststore-version.ts";
import { truststoreWarning as domainNameTruststoreWarning } from "./domain-name/truststore-warning.ts";
import { besideConfig as fileBesideConfig } from "./file/beside-config.ts";
import { encoding as fileEncoding } from "./file/encoding.ts";
import { foreignMember as fileForeignMember } from "./file/foreign-member.ts";
import { leftOn as fileLeftOn } from "./file/left-on.ts";
import { namedResource as fileNamedResource } from "./file/named-resource.ts";
import { nestedConfig as fileNestedConfig } from "./file/nested-config.ts";
import { unquotedWord as fileUnquotedWord } from "./file/unquoted-word.ts";
import { updateMembers as fileUpdateMembers } from "./file/update-members.ts";
import { wrappedConfig as fileWrappedConfig } from "./file/wrapped-config.ts";
import { associationStatus as listenerAssociationStatus } from "./listener/association-status.ts";
import { expiredClients as listenerExpiredClients } from "./listener/expired-clients.ts";
import { flag as listenerFlag } from "./listener/flag.ts";
import { identityFilter as listenerIdentityFilter } from "./listener/identity-filter.ts";
import { identityFiltersUse as listenerIdentityFiltersUse } from "./listener/identity-filters-use.ts";
import { memberType as listenerMemberType } from "./listener/member-type.ts";
import { mode as listenerMode } from "./listener/mode.ts";
import { mtlsPlace as listenerMtlsPlace } from "./listener/mtls-place.ts";
import { mtlsSpelling as listenerMtlsSpelling } from "./listener/mtls-spelling.ts";
import { protocol as listenerProtocol } from "./listener/protocol.ts";
import { trustStore as listenerTrustStore } from "./listener/trust-store.ts";
import { trustStoreArn as listenerTrustStoreArn } from "./listener/trust-store-arn.ts";
import { clientCertificateAbsent as originClientCertificateAbsent } from "./origin/client-certificate-absent.ts";
import { clientCertificateArn as originClientCertificateArn } from "./origin/client-certificate-arn.ts";
import { clientCertificateExpired as originClientCertificateExpired } from "./origin/client-certificate-expired.ts";
import { clientCertificateExpiring as originClientCertificateExpiring } from "./origin/client-certificate-expiring.ts";
import { clientCertificateRegion as originClientCertificateRegion } from "./origin/client-certificate-region.ts";
import { clientCertificateStatus as originClientCertificateStatus } from "./origin/client-certificate-status.ts";
import { clientCertificateUnfit as originClientCertificateUnfit } from "./origin/client-certificate-unfit.ts";
import { mtlsHost as originMtlsHost } from "./origin/mtls-host.ts";
import { mtlsOriginType as originMtlsOriginType } from "./origin/mtls-origin-type.ts";
import { mtlsPlace as originMtlsPlace } from "./origin/mtls-place.ts";
import { mtlsSpelling as originMtlsSpelling } from "./origin/mtls-spelling.ts";
import { protocolPolicy as originProtocolPolicy } from "./origin/protocol-policy.ts";
import { sslProtocols as originSslProtocols } from "./origin/ssl-protocols.ts";
import { websiteEndpoint as originWebsiteEndpoint } from "./origin/website-endpoint.ts";
import { base64 as pemBase64 } from "./pem/base64.ts";
import { boundary as pemBoundary } from "./pem/boundary.ts";
import { content as pemContent } from "./pem/content.ts";
import { dashes as pemDashes } from "./pem/dashes.ts";
import { pemEncoding } from "./pem/encoding.ts";
import { marker as pemMarker } from "./pem/marker.ts";
import { unread as pemUnread } from "./pem/unread.ts";
import type { CertificatePiece, Rule, RuleCard } from "./rule.ts";
import { certificateSize as trustStoreCertificateSize } from "./trust-store/certificate-size.ts";
import { chainLength as trustStoreChainLength } from "./trust-store/chain-length.ts";
import { count as trustStoreCount } from "./trust-store/count.ts";
import { crl as trustStoreCrl } from "./trust-store/crl.ts";
import { disputedContent as trustStoreDisputedContent } from "./trust-store/disputed-content.ts";
import { expired as trustStoreExpired } from "./trust-store/expired.ts";
import { extendedKeyUsage as trustStoreExtendedKeyUsage } from "./trust-store/extended-key-usage.ts";
import { key as trustStoreKey } from "./trust-store/key.ts";
import { leaf as trustStoreLeaf } from "./trust-store/leaf.ts";
import { lineEnds as trustStoreLineEnds } from "./trust-store/line-ends.ts";
import { nameConstraints as trustStoreNameConstraints } from "./trust-store/name-constraints.ts";
import { namesake as trustStoreNamesake } from "./trust-store/namesake.ts";
import { publicRoot as trustStorePublicRoot } from "./trust-store/public-root.ts";
import { root as trustStoreRoot } from "./trust-store/root.ts";
import { signature as trustStoreSignature } from "./trust-store/signature.ts";
import { size as trustStoreSize } from "./trust-store/size.ts";
import { subjectConflict as trustStoreSubjectConflict } from "./trust-store/subject-conflict.ts";
import { subjectLength as trustStoreSubjectLength } from "./trust-store/subject-length.ts";
import { text as trustStoreText } from "./trust-store/text.ts";
import { version as trustStoreVersion } from "./trust-store/version.ts";
import { connectionFunction as viewerMtlsConnectionFunction } from "./viewer-mtls/connection-function.ts";
import { expiredViewers as viewerMtlsExpiredViewers } from "./viewer-mtls/expired-viewers.ts";
import { flag as viewerMtlsFlag } from "./viewer-mtls/flag.ts";
import { httpVersion as viewerMtlsHttpVersion } from "./viewer-mtls/http-version.ts";
import { mode as viewerMtlsMode } from "./viewer-mtls/mode.ts";
import { passthroughCachePolicy as viewerMtlsPassthroughCachePolicy } from "./viewer-mtls/passthrough-cache-policy.ts";
import { passthroughHeaders as viewerMtlsPassthroughHeaders } from "./viewer-mtls/passthrough-headers.ts";
import { passthroughLambdaAtEdge as viewerMtlsPassthroughLambdaAtEdge } from "./viewer-mtls/passthrough-lambda-at-edge.ts";
import { passthroughOriginShield as viewerMtlsPassthroughOriginShield } from "./viewer-mtls/passthrough-origin-shield.ts";
import { place as viewerMtlsPlace } from "./viewer-mtls/place.ts";
import { trustStore as viewerMtlsTrustStore } from "./viewer-mtls/trust-store.ts";
import { trustStoreId as viewerMtlsTrustStoreId } from "./viewer-mtls/trust-store-id.ts";
import { viewerProtocolPolicy as viewerMtlsViewerProtocolPolicy } from "./viewer-mtls/viewer-protocol-policy.ts";

export const fileRules: readonly Rule<ConfigFacts>[] = [
  fileWrappedConfig,
  fileEncoding,
  fileBesideConfig,
  fileUpdateMembers,
  fileNestedConfig,
  fileForeignMember,
  fileUnquotedWord,
  fileNamedResource,
  fileLeftOn,
];
export const originRules: readonly Rule<Origin>[] = [
  originMtlsSpelling,
  originMtlsOriginType,
  originMtlsHost,
  originClientCertificateArn,
  originClientCertificateRegion,
  originClientCertificateAbsent,
  originClientCertificateStatus,
  originClientCertificateExpired,
  originClientCertificateUnfit,
  originClientCertificateExpiring,
  originProtocolPolicy,
  originSslProtocols,
  originWebsiteEndpoint,
  viewerMtlsPassthroughOriginShield,
];
/** Of these, those about the certificate that an origin names, be it in the document already or not. */
export const namedCertificateRules: readonly Rule<Origin>[] = [
  originClientCertificateArn,
  originClientCertificateRegion,
  originClientCertificateAbsent,
  originClientCertificateStatus,
  originClientCertificateExpired,
  originClientCertificateUnfit,
  originClientCertificateExpiring,
];
export const behaviorRules: readonly Rule<Behavior>[] = [
  behaviorGrpc,
  behaviorLambdaAtEdge,
  behaviorCachePolicy,
  viewerMtlsViewerProtocolPolicy,
  viewerMtlsPassthroughCachePolicy,
  viewerMtlsPassthroughLambdaAtEdge,
  viewerMtlsPassthroughHeaders,
];
export const distributionRules: readonly Rule<Distribution>[] = [
  originMtlsPlace,
  distributionClientCertificatesPerCall,
  distributionOriginGroupMtls,
  viewerMtlsPlace,
  viewerMtlsMode,
  viewerMtlsTrustStore,
  viewerMtlsTrustStoreId,
  viewerMtlsHttpVersion,
  viewerMtlsConnectionFunction,
  viewerMtlsExpiredViewers,
  viewerMtlsFlag,
  distributionRequiredMember,
  distributionQuantity,
  distributionUnknownMember,
  distributionMemberType,
  distributionEnumValue,
  distributionRange,
  distributionTargetOrigin,
  distributionOriginId,
  distributionConnectionMode,
  distributionFragment,
];
/** About a custom domain name of API Gateway. */
export const domainNameRules: readonly Rule<DomainName>[] = [
  domainNameMtlsSpelling,
  domainNameTruststoreUri,
  domainNameTruststoreVersion,
  domainNameEndpointType,
  domainNameSecurityPolicy,
  domainNameServerCertificate,
  domainNameOwnershipCertificate,
  domainNameOneConfiguration,
  domainNamePatchOperation,
  domainNameMtlsOff,
  domainNameOutputMember,
  domainNameTruststoreWarning,
  domainNameStatus,
  domainNameMtlsPlace,
  domainNameEndpointAccessMode,
  domainNameFlag,
  domainNameMemberType,
];
/** About all the domain names that a document holds. */
export const domainNamesRules: readonly Rule<DomainNames>[] = [domainNameSideDoor];
/** About a listener of a load balancer. */
export const listenerRules: readonly Rule<Listener>[] = [
  listenerMtlsSpelling,
  listenerMode,
  listenerTrustStore,
  listenerTrustStoreArn,
  listenerMemberType,
  listenerAssociationStatus,
  listenerProtocol,
  listenerExpiredClients,
  listenerIdentityFilter,
  listenerIdentityFiltersUse,
  listenerMtlsPlace,
  listenerFlag,
];
/** About a file of PEM blocks, whatever is in them. */
export const pemFileRules: readonly Rule<BundleFacts>[] = [
  pemEncoding,
  pemUnread,
  pemMarker,
  trustStoreSize,
  bundleNoCertificate,
];
/** About one block, whatever else is in the file: what they find is kept until the block changes. */
export const pieceRules: readonly Rule<Piece>[] = [pemBoundary, pemDashes, pemBase64, pemContent];
/** About one certificate, likewise. */
export const certificateRules: readonly Rule<CertificatePiece>[] = [
  certificateValidity,
  certificateExpired,
  certificateNotYetValid,
  certificateExpiresSoon,
  certificateWeakKey,
  certificateWeakSignature,
  certificateNotAccepted,
  certificateVersion,
  certificateFault,
  certificateSerialNumber,
  certificatePathLength,
  clientCertificateFormat,
];
/** About blocks beside each other. */
export const bundleRules: readonly Rule<Bundle>[] = [
  certificateKeyUsage,
  certificateOffCurve,
  bundlePrivateKey,
  bundleForeignBlock,
  bundleDuplicate,
  bundleSignature,
  bundleIssuerNotCa,
  bundlePathLength,
  bundleOrder,
  bundleIssuerMissing,
  bundleAuthorityKey,
  bundleIssuerName,
  clientCertificateVersion,
  clientCertificateKey,
  clientCertificateSignature,
  clientCertificateKeyFamily,
  clientCertificateClientAuth,
  clientCertificateIssuer,
  clientCertificateOcspUrl,
  clientCertificateChainLength,
  clientCertificateSize,
  trustStoreCount,
  trustStoreCrl,
  trustStoreText,
  trustStoreLineEnds,
  trustStoreCertificateSize,
  trustStoreSubjectLength,
  trustStoreKey,
  trustStoreSignature,
  trustStoreVersion,
  trustStoreLeaf,
  trustStoreRoot,
  trustStoreChainLength,
  trustStoreSubjectConflict,
  trustStorePublicRoot,
  trustStoreExpired,
  trustStoreExtendedKeyUsage,
  trustStoreNameConstraints,
  trustStoreNamesake,
  trustStoreDisputedContent,
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
