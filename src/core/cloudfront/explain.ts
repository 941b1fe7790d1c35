import * as l10n from "@vscode/l10n";
import { describeArn, parseArn } from "../arn.ts";
import { type Member, type Node, stringOf } from "../document/tree.ts";
import { clientCertificateRegion, mostClientCertificatesPerCall } from "./vocabulary.ts";

/** What a hover says: sentences, then facts as name and value, then where to read on. */
export interface Explanation {
  readonly title: string;
  readonly text: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly link: { readonly title: string; readonly url: string } | undefined;
}

const guide = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide";

/** Of the members that decide about origin mTLS; `undefined` for all others. Sources: the linked pages. */
export function explainMember({ key }: Member): Explanation | undefined {
  const api = (shape: string) => ({ title: l10n.t("CloudFront API: {0}", shape), url: `https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_${shape}.html` });
  switch (key) {
    case "OriginMtlsConfig":
      return {
        title: "OriginMtlsConfig",
        text: [
          l10n.t("Origin mTLS: CloudFront presents a client certificate to this origin, so that the origin can tell this distribution from everybody else."),
          l10n.t("CloudFront presents it only when the origin asks. The origin must require and check a client certificate, or nothing is protected."),
          l10n.t("For custom origins only, inside CustomOriginConfig; not with VPC origins, gRPC, WebSocket, or Lambda@Edge on origin-request or origin-response. To switch it off, remove the block."),
        ],
        facts: [],
        link: { title: l10n.t("CloudFront Developer Guide: origin mutual TLS"), url: `${guide}/origin-enable-mtls-distributions.html` },
      };
    case "ClientCertificateArn":
      return {
        title: "ClientCertificateArn",
        text: [
          l10n.t("The certificate in ACM that CloudFront presents. It is imported into ACM, from AWS Private CA or another private CA; ACM neither issues nor renews it."),
          l10n.t("Import the renewed certificate to the same ARN at least 24 hours before the old one expires."),
        ],
        facts: [
          [l10n.t("Region"), clientCertificateRegion.get("aws") ?? ""],
          [l10n.t("Key"), "RSA 2048, ECDSA P-256"],
          [l10n.t("Extended key usage"), "clientAuth (1.3.6.1.5.5.7.3.2)"],
          [l10n.t("Chain"), l10n.t("at most 3 certificates, leaf and root included")],
          [l10n.t("Per call"), l10n.t("at most {0} distinct certificates added or changed", mostClientCertificatesPerCall)],
        ],
        link: { title: l10n.t("CloudFront Developer Guide: client certificates"), url: `${guide}/origin-certificate-management-certificate-manager.html` },
      };
    case "OriginProtocolPolicy":
      return {
        title: "OriginProtocolPolicy",
        text: [
          l10n.t("How CloudFront calls the origin: http-only (no TLS, so no mTLS), match-viewer (plain HTTP for HTTP viewers), https-only."),
          l10n.t("With origin mTLS use https-only: the origin answers HTTPS on HTTPSPort with a certificate that a public CA issued."),
        ],
        facts: [],
        link: api("CustomOriginConfig"),
      };
    case "OriginSslProtocols":
      return {
        title: "OriginSslProtocols",
        text: [l10n.t("The protocols CloudFront may use with the origin: SSLv3, TLSv1, TLSv1.1, TLSv1.2. With mTLS offer TLSv1.2 alone.")],
        facts: [],
        link: api("OriginSslProtocols"),
      };
    case "CustomOriginConfig":
      return {
        title: "CustomOriginConfig",
        text: [l10n.t("An origin that is called by its host name: a load balancer, an API, a server anywhere. Origin mTLS is switched on in here, with OriginMtlsConfig.")],
        facts: [],
        link: api("CustomOriginConfig"),
      };
    default:
      return undefined;
  }
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
