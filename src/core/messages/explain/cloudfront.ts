import * as l10n from "@vscode/l10n";
import { describeArn, parseArn } from "../../arn.ts";
import { isViewerMtlsAlone, meantMode, type ViewerMode } from "../../cloudfront/viewer-mtls.ts";
import { clientCertificateRegion, mostClientCertificatesPerCall } from "../../cloudfront/vocabulary.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { entryAt, type Member, type Node, type ObjectNode, stringOf } from "../../document/tree.ts";
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
  return explainOfOrigins(member) ?? explainOfViewers(member);
}

function explainOfOrigins({ key }: Member): Explanation | undefined {
  switch (key) {
    case "OriginMtlsConfig":
      return {
        title: "OriginMtlsConfig",
        text: [
          l10n.t(
            "Origin mTLS: CloudFront presents a client certificate to this origin, so that the origin can tell this distribution from everybody else.",
          ),
          l10n.t(
            "CloudFront presents it only when the origin asks. The origin must require and check a client certificate, or nothing is protected.",
          ),
          l10n.t(
            "For custom origins only, inside CustomOriginConfig; not with VPC origins, gRPC, WebSocket, or Lambda@Edge on origin-request or origin-response. To switch it off, remove the block.",
          ),
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
            "The certificate in ACM that CloudFront presents. It is imported into ACM, from AWS Private CA or another private CA; ACM neither issues nor renews it.",
          ),
          l10n.t("Import the renewed certificate to the same ARN at least 24 hours before the old one expires."),
        ],
        facts: [
          [l10n.t("Region"), clientCertificateRegion.get("aws") ?? ""],
          [l10n.t("Key"), "RSA 2048, ECDSA P-256"],
          [l10n.t("Extended key usage"), "clientAuth (1.3.6.1.5.5.7.3.2)"],
          [l10n.t("Chain"), l10n.t("at most 3 certificates, leaf and root included")],
          [
            l10n.t("Per call"),
            l10n.t("at most {0} distinct certificates added or changed", mostClientCertificatesPerCall),
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
            "How CloudFront calls the origin: http-only (no TLS, so no mTLS), match-viewer (plain HTTP for HTTP viewers), https-only.",
          ),
          l10n.t(
            "With origin mTLS use https-only: the origin answers HTTPS on HTTPSPort with a certificate that a public CA issued.",
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
            "The protocols CloudFront may use with the origin: SSLv3, TLSv1, TLSv1.1, TLSv1.2. With mTLS offer TLSv1.2 alone.",
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
            "An origin that is called by its host name: a load balancer, an API, a server anywhere. Origin mTLS is switched on in here, with OriginMtlsConfig.",
          ),
        ],
        facts: [],
        link: api("CustomOriginConfig"),
      };
    default:
      return undefined;
  }
}

function explainOfViewers({ key, parent, value }: Member): Explanation | undefined {
  switch (key) {
    case "ViewerMtlsConfig":
      return {
        title: "ViewerMtlsConfig",
        text: [
          l10n.t(
            "Viewer mTLS: CloudFront asks whoever calls this distribution for a client certificate. The mode decides who is refused.",
          ),
          l10n.t(
            "Every cache behavior must be https-only or redirect-to-https, and HTTP/3 must be off. To switch viewer mTLS off, remove the block.",
          ),
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
            "The CAs whose clients CloudFront lets in, in the modes required and optional. With passthrough there is no trust store.",
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
            "The id of a CloudFront trust store. A load balancer's trust store is another thing, and so is the file of certificates in S3.",
          ),
          l10n.t(
            "CloudFront copies the certificates from S3 once, when the trust store is made or updated: what is changed in S3 later, it does not see.",
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
            "Whether CloudFront sends the names of the trust store's CAs when it asks for a certificate, so that a client with several can choose a fitting one.",
          ),
        ],
        facts: [],
        link: api("TrustStoreConfig"),
      };
    case "IgnoreCertificateExpiry":
      return {
        title: "IgnoreCertificateExpiry",
        text: [l10n.t("Whether CloudFront lets in clients whose certificate has expired.")],
        facts: [],
        link: api("TrustStoreConfig"),
      };
    case "ConnectionFunctionAssociation":
      return {
        title: "ConnectionFunctionAssociation",
        text: [
          l10n.t(
            "The connection function, one for the whole distribution: it runs when a viewer connects, sees the client certificate, and allows or denies the connection.",
          ),
          l10n.t("In optional mode it runs for viewers without a certificate too. It must be published (LIVE)."),
        ],
        facts: [],
        link: api("ConnectionFunctionAssociation"),
      };
    case "ViewerProtocolPolicy":
      return {
        title: "ViewerProtocolPolicy",
        text: [
          l10n.t(
            "Whether viewers may use plain HTTP: allow-all (yes), redirect-to-https (they are sent on), https-only (they are refused).",
          ),
          l10n.t("With viewer mTLS no behavior may be allow-all: over plain HTTP nobody shows a certificate."),
        ],
        facts: [],
        link: api("DefaultCacheBehavior"),
      };
    case "HttpVersion":
      return {
        title: "HttpVersion",
        text: [
          l10n.t(
            "The newest HTTP that viewers may use: http1.1, http2, http3, http2and3. With viewer mTLS HTTP/3 must be off: http2 or http1.1.",
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
              "Passthrough takes no trust store. Every behavior uses the managed cache policy CachingDisabled, without Origin Shield and without Lambda@Edge.",
            ),
            l10n.t(
              "The origin request policy must let Client-Cert and Client-Cert-Chain through: the origin has to check them, or anybody gets in.",
            ),
          ]
        : [
            mode === "required"
              ? l10n.t("Browsers and tools without a client certificate cannot connect at all.")
              : l10n.t(
                  "Whether there was a certificate, the origin learns from the header CloudFront-Viewer-Cert-Present, where a policy lets it through.",
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
  const holder = object.parent?.kind === "object" ? entryAt(object.parent, object.start) : undefined;
  return holder === undefined ? isViewerMtlsAlone(object) : holder.kind === "member" && /^viewer/i.test(holder.key);
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
  return { title: describeArn(arn), text: [], facts, link: undefined };
}
