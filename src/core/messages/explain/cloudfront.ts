import * as l10n from "@vscode/l10n";
import { describeArn, parseArn } from "../../arn.ts";
import { isViewerMtlsAlone, meantMode, type ViewerMode } from "../../cloudfront/viewer-mtls.ts";
import { clientCertificateRegion, mostClientCertificatesPerCall } from "../../cloudfront/vocabulary.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { type Member, type Node, type ObjectNode, stringOf } from "../../document/tree.ts";
import { arnTitles } from "../arn.ts";
import { tell } from "../tell.ts";

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";

function api(shape: string): Explanation["link"] {
  return {
    title: l10n.t("CloudFront API: {0}", shape),
    url: `https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_${shape}.html`,
  };
}

/**
 * Of the members that decide about mTLS with origins or viewers; `undefined` for all others. Sources: the linked pages.
 */
export function explainMember(member: Member): Explanation | undefined {
  const found = explainOfOrigins(member) ?? explainOfViewers(member);
  return found === undefined ? undefined : { ...found, title: member.spelled };
}

function explainOfOrigins({ key }: Member): Explanation | undefined {
  switch (key) {
    case "OriginMtlsConfig":
      return {
        title: "OriginMtlsConfig",
        text: [
          l10n.t(
            "Origin mTLS: CloudFront presents a client certificate to this origin. The origin can then distinguish this distribution from all other clients.",
          ),
          l10n.t(
            "CloudFront presents the certificate only when the origin requests one. The origin must require and check a client certificate. Otherwise, it is not protected.",
          ),
          l10n.t(
            "Supported for custom origins only, inside CustomOriginConfig. Not supported with VPC origins, gRPC, WebSocket, or Lambda@Edge on origin-request or origin-response. To turn off origin mTLS, remove OriginMtlsConfig.",
          ),
          originMtlsPlans(),
        ],
        facts: [],
        link: {
          title: l10n.t("CloudFront Developer Guide: origin mutual TLS"),
          url: `${guide}/origin-enable-mtls-distributions.html`,
        },
      };
    case "ClientCertificateArn":
      return {
        title: "ClientCertificateArn",
        text: [
          l10n.t(
            "The certificate in ACM that CloudFront presents. Import it into ACM from AWS Private CA or another private CA. ACM neither issues nor renews it.",
          ),
          l10n.t(
            "Import the renewed certificate to the same ARN at least 24 hours before the old one expires. If less time is left, import it as a new certificate and use its ARN.",
          ),
        ],
        facts: [
          [l10n.t("Region"), clientCertificateRegion.get("aws") ?? ""],
          [l10n.t("Key"), "RSA 2048, ECDSA P-256"],
          [l10n.t("Extended key usage"), "clientAuth (1.3.6.1.5.5.7.3.2)"],
          [l10n.t("Chain"), l10n.t("up to 3 certificates, including leaf and root")],
          [
            l10n.t("Per request"),
            l10n.t("up to {0} distinct certificates added or changed", mostClientCertificatesPerCall),
          ],
        ],
        link: {
          title: l10n.t("CloudFront Developer Guide: client certificates"),
          url: `${guide}/origin-certificate-management-certificate-manager.html`,
        },
      };
    case "OriginProtocolPolicy":
      return {
        title: "OriginProtocolPolicy",
        text: [
          l10n.t(
            "The protocol that CloudFront uses to connect to the origin: http-only (no TLS, and no mTLS), match-viewer (HTTP for viewers that use HTTP), or https-only.",
          ),
          l10n.t(
            "With origin mTLS, use https-only. The origin must respond to HTTPS on HTTPSPort with a certificate from a public CA.",
          ),
        ],
        facts: [],
        link: api("CustomOriginConfig"),
      };
    case "OriginSslProtocols":
      return {
        title: "OriginSslProtocols",
        text: [
          l10n.t(
            "The protocols that CloudFront can use with the origin: SSLv3, TLSv1, TLSv1.1, and TLSv1.2. With mTLS, use only TLSv1.2.",
          ),
        ],
        facts: [],
        link: api("OriginSslProtocols"),
      };
    case "CustomOriginConfig":
      return {
        title: "CustomOriginConfig",
        text: [
          l10n.t(
            "An origin that CloudFront reaches by its host name, such as a load balancer, an API, or any other server. To turn on origin mTLS, add OriginMtlsConfig here.",
          ),
        ],
        facts: [],
        link: api("CustomOriginConfig"),
      };
    default:
      return undefined;
  }
}

/** CFDG/flat-rate-pricing-plan. */
export function originMtlsPlans(): string {
  return l10n.t(
    "Origin mTLS is available with pay-as-you-go pricing and with the Business and Premium plans. It is not available with the Free and Pro plans.",
  );
}

/** CFDG/flat-rate-pricing-plan. */
export function viewerMtlsPlans(): string {
  return l10n.t(
    "Viewer mTLS is available with pay-as-you-go pricing and with the Premium plan. It is not available with the Free, Pro, and Business plans.",
  );
}

function explainOfViewers({ key, parent, value }: Member): Explanation | undefined {
  switch (key) {
    case "ViewerMtlsConfig":
      return {
        title: "ViewerMtlsConfig",
        text: [
          l10n.t(
            "Viewer mTLS: CloudFront requests a client certificate from the viewers of this distribution. The mode decides which viewers are rejected.",
          ),
          l10n.t(
            "Every cache behavior must use https-only or redirect-to-https, and HTTP/3 must be turned off. To turn off viewer mTLS, remove ViewerMtlsConfig.",
          ),
          viewerMtlsPlans(),
        ],
        facts: modes(),
        link: viewerGuide(),
      };
    case "Mode":
      // Many things have a mode.
      return isInViewerMtls(parent) ? explainModes(stringOf(value)) : undefined;
    case "TrustStoreConfig":
      return {
        title: "TrustStoreConfig",
        text: [
          l10n.t(
            "The CAs whose client certificates CloudFront accepts in the modes required and optional. The passthrough mode has no trust store.",
          ),
        ],
        facts: [],
        link: api("TrustStoreConfig"),
      };
    case "TrustStoreId":
      return {
        title: "TrustStoreId",
        text: [
          l10n.t(
            "The ID of a CloudFront trust store. It is not the trust store of a load balancer, and not the file of certificates in S3.",
          ),
          l10n.t(
            "CloudFront copies the certificates from S3 when you create or update the trust store. It does not see later changes in S3.",
          ),
        ],
        facts: [],
        link: {
          title: l10n.t("CloudFront Developer Guide: trust stores"),
          url: `${guide}/trust-stores-certificate-management.html`,
        },
      };
    case "AdvertiseTrustStoreCaNames":
      return {
        title: "AdvertiseTrustStoreCaNames",
        text: [
          l10n.t(
            "Whether CloudFront sends the names of the CAs in the trust store when it requests a certificate, so that a client with several certificates can select a suitable one.",
          ),
        ],
        facts: [],
        link: api("TrustStoreConfig"),
      };
    case "IgnoreCertificateExpiry":
      return {
        title: "IgnoreCertificateExpiry",
        text: [l10n.t("Whether CloudFront accepts clients with an expired certificate.")],
        facts: [],
        link: api("TrustStoreConfig"),
      };
    case "ConnectionFunctionAssociation":
      return {
        title: "ConnectionFunctionAssociation",
        text: [
          l10n.t(
            "The connection function for the whole distribution. It runs when a viewer connects, reads the client certificate, and allows or denies the connection.",
          ),
          l10n.t(
            "In optional mode, the function also runs for viewers without a certificate. The function must be published (LIVE).",
          ),
        ],
        facts: [],
        link: api("ConnectionFunctionAssociation"),
      };
    case "ViewerProtocolPolicy":
      return {
        title: "ViewerProtocolPolicy",
        text: [
          l10n.t(
            "Whether viewers can use HTTP: allow-all (HTTP is allowed), redirect-to-https (HTTP requests are redirected to HTTPS), or https-only (HTTP requests are rejected).",
          ),
          l10n.t(
            "With viewer mTLS, no cache behavior can use allow-all, because viewers do not present a certificate over HTTP.",
          ),
        ],
        facts: [],
        link: api("DefaultCacheBehavior"),
      };
    case "HttpVersion":
      return {
        title: "HttpVersion",
        text: [
          l10n.t(
            "The latest HTTP version that viewers can use: http1.1, http2, http3, or http2and3. With viewer mTLS, HTTP/3 must be turned off. Use http2 or http1.1.",
          ),
        ],
        facts: [],
        link: api("DistributionConfig"),
      };
    default:
      return undefined;
  }
}

function viewerGuide(): Explanation["link"] {
  return { title: l10n.t("CloudFront Developer Guide: mutual TLS"), url: `${guide}/mtls-authentication.html` };
}

/** Who is refused in each mode. */
export function whoIsRefused(mode: ViewerMode): string {
  return tell({ code: `viewer-mode:${mode}` });
}

function modes(): Explanation["facts"] {
  // The one that refuses fewest first.
  return (["optional", "required", "passthrough"] as const).map((mode) => [mode, whoIsRefused(mode)]);
}

/** The modes of viewer mTLS; of the one that is written, what it asks for besides. */
export function explainModes(written?: string): Explanation {
  const mode = written === undefined ? undefined : meantMode(written);
  const text =
    mode === undefined
      ? []
      : mode === "passthrough"
        ? [
            l10n.t(
              "The passthrough mode has no trust store. Every cache behavior must use the managed cache policy CachingDisabled, without Origin Shield and without Lambda@Edge.",
            ),
            l10n.t(
              "The origin request policy must include the headers Client-Cert and Client-Cert-Chain. The origin must check them. Otherwise, all clients are accepted.",
            ),
          ]
        : [
            mode === "required"
              ? l10n.t("Browsers and tools without a client certificate cannot connect.")
              : l10n.t(
                  "The header CloudFront-Viewer-Cert-Present tells the origin whether the viewer presented a certificate, if a policy includes the header.",
                ),
          ];
  return {
    title: "Mode",
    text,
    facts: modes(),
    link: { title: l10n.t("CloudFront Developer Guide: validation modes"), url: `${guide}/mtls-validation-modes.html` },
  };
}

function isInViewerMtls(object: ObjectNode): boolean {
  const { parent } = object;
  const holder = parent?.kind === "object" ? parent.members.find(({ value }) => value === object) : undefined;
  return holder === undefined
    ? isViewerMtlsAlone(object)
    : holder.key === "ViewerMtlsConfig" || /^viewer/i.test(holder.spelled);
}

/** The parts of an ARN, named. */
export function explainArn(node: Node): Explanation | undefined {
  const arn = parseArn(stringOf(node) ?? "");
  if (arn === undefined) return undefined;
  const { partition, service, region, account, resource } = arn;
  const facts: [string, string][] = [
    [l10n.t("Partition"), partition],
    [l10n.t("Service"), service],
    [l10n.t("Region"), region === "" ? l10n.t("none (global)") : region],
    [l10n.t("Account"), account === "" ? l10n.t("none") : account],
    [l10n.t("Resource"), resource],
  ];
  return { title: tell(describeArn(arn), arnTitles), text: [], facts, link: undefined };
}
