import * as l10n from "@vscode/l10n";
import type { Spelling } from "../../apigateway/vocabulary.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { dialectOf } from "../../dialect/view.ts";
import { type Member, stringOf } from "../../document/tree.ts";
import { lastPart } from "../../text.ts";
import { megabytesText, numberText } from "../format.ts";

const guide = "https://docs.aws.amazon.com/apigateway/latest/developerguide";

/**
 * Of the members that decide about mutual TLS of a custom domain name; `undefined` for all others. Sources: the linked
 * pages.
 */
export function explainDomainNameMember(member: Member, { api }: Spelling): Explanation | undefined {
  const key = meantBy(member);
  const link =
    api === "rest"
      ? {
          title: l10n.t("API Gateway Developer Guide: mutual TLS for REST APIs"),
          url: `${guide}/rest-api-mutual-tls.html`,
        }
      : {
          title: l10n.t("API Gateway Developer Guide: mutual TLS for HTTP APIs"),
          url: `${guide}/http-api-mutual-tls.html`,
        };
  const explain = (text: readonly string[], facts: Explanation["facts"] = []): Explanation => ({
    title: key === member.key ? member.spelled : key,
    text,
    facts,
    link,
  });
  switch (key.toLowerCase()) {
    case "mutualtlsauthentication":
      return explain(
        [
          l10n.t(
            "Mutual TLS: API Gateway requests a certificate from every client. Clients without a certificate that the trust store accepts receive a 403 response. There is no mode in which the certificate is optional.",
          ),
          l10n.t(
            "Mutual TLS protects only this domain name. The default endpoint of the API stays open until you disable it. API Gateway does not check for revocation, and accepts revoked certificates.",
          ),
          // SAM leaves out an empty place itself.
          ...(dialectOf(member.parent).overlooks === undefined
            ? [l10n.t("To turn off mutual TLS, update the domain name with an empty trust store URI.")]
            : []),
        ],
        [
          [l10n.t("Endpoint"), "REGIONAL"],
          [l10n.t("Security policy"), "TLS_1_2"],
          [
            l10n.t("Permissions to change it"),
            l10n.t(
              "{0}, {1}, and read access to the trust store in Amazon S3",
              "apigateway:AddCertificateToDomain",
              "apigateway:RemoveCertificateFromDomain",
            ),
          ],
        ],
      );
    case "truststoreuri":
      return explain(
        [
          l10n.t(
            "The S3 location of the trust store, a text file with the CA certificates of the clients, each with its chain up to a root.",
          ),
          l10n.t(
            "API Gateway uses a changed object only after you update the domain name. At that time, it reports problems with the object as warnings. You get no notification if a CA expires later.",
          ),
        ],
        [
          [l10n.t("Format"), "s3://bucket-name/key-name"],
          [l10n.t("Size"), l10n.t("up to {0} certificates, {1}", numberText(1000), megabytesText(1))],
          [l10n.t("Chain"), l10n.t("up to {0} certificates", 4)],
          [l10n.t("Keys"), "RSA ≥ 2048, ECDSA P-256, P-384"],
          [l10n.t("Signatures"), l10n.t("SHA-256 or stronger")],
        ],
      );
    case "truststoreversion":
      return explain([
        l10n.t("The version of the S3 object. The bucket must have versioning enabled."),
        l10n.t(
          "To change the trust store, upload a new version and update the domain name to use it. To go back, use the old version.",
        ),
        l10n.t("Without it, API Gateway does not say which version it copied."),
      ]);
    case "truststorewarnings":
      return explain([
        l10n.t(
          "The warnings about the trust store from the time when the domain name was last created or updated. API Gateway returns this member only in responses.",
        ),
      ]);
    case "ownershipverificationcertificatearn":
      return explain([
        l10n.t(
          "Required only for mutual TLS with a server certificate that is imported or from AWS Private CA. A public certificate that ACM issued for this domain name verifies its ownership. Clients do not see this certificate.",
        ),
        l10n.t(
          "The certificate must stay valid for as long as the domain name exists. Otherwise, you can no longer update the domain name.",
        ),
      ]);
    case "securitypolicy":
      return explain([
        api === "rest"
          ? l10n.t(
              "Mutual TLS requires TLS_1_2. Clients that support only TLS 1.0 or 1.1 are rejected. The enhanced policies, SecurityPolicy_…, cannot be combined with mutual TLS.",
            )
          : l10n.t(
              "HTTP and WebSocket APIs support only TLS_1_2, with and without mutual TLS. Clients that support only TLS 1.0 or 1.1 are rejected.",
            ),
      ]);
    case "endpointaccessmode":
      return explain(
        [
          l10n.t(
            "How strictly API Gateway checks which endpoint a request came through. The enhanced security policies, SecurityPolicy_…, require this setting. The other policies do not have it.",
          ),
          l10n.t(
            "Mutual TLS cannot be combined with the enhanced policies, so a domain name with mutual TLS cannot have this setting. If you change an enhanced policy to TLS_1_2, set this to an empty string.",
          ),
          l10n.t(
            "With STRICT, the endpoint type cannot be changed. A change from STRICT to BASIC makes the domain name unavailable for about 15 minutes.",
          ),
        ],
        [[l10n.t("Values"), "BASIC, STRICT"]],
      );
    case "domainnamestatus":
      return explain(
        [l10n.t("API Gateway sets this value. You can update the domain name while the value is AVAILABLE.")],
        [
          ["PENDING_CERTIFICATE_REIMPORT", reimportText()],
          ["PENDING_OWNERSHIP_VERIFICATION", ownershipText()],
        ],
      );
    case "types":
    case "endpointtype":
      return explain([
        l10n.t("Mutual TLS requires a REGIONAL endpoint. Edge-optimized and private endpoints are not supported."),
      ]);
    default:
      return undefined;
  }
}

function reimportText(): string {
  return l10n.t(
    "The server certificate was imported into ACM again with names that the ownership certificate or the domain name does not allow.",
  );
}

function ownershipText(): string {
  return l10n.t(
    "A certificate that verified the ownership of the domain name has expired, and ACM could not renew it.",
  );
}

/** The path of an operation stands for the member it leads to. */
function meantBy({ key, value }: Member): string {
  const path = key === "path" ? stringOf(value) : undefined;
  return path === undefined ? key : lastPart(path);
}
