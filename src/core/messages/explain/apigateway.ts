import * as l10n from "@vscode/l10n";
import type { Spelling } from "../../apigateway/vocabulary.ts";
import type { Explanation } from "../../dialect/assist.ts";
import { megabytesText, numberText } from "../format.ts";

const guide = "https://docs.aws.amazon.com/apigateway/latest/developerguide";

/**
 * Of the members that decide about mutual TLS of a custom domain name; `undefined` for all others. Sources: the linked
 * pages.
 */
export function explainDomainNameMember(key: string, { api }: Spelling): Explanation | undefined {
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
    title: key,
    text,
    facts,
    link,
  });
  switch (key.toLowerCase()) {
    case "mutualtlsauthentication":
      return explain(
        [
          l10n.t(
            "Mutual TLS: API Gateway asks every client for a certificate. Whoever has none that the trust store accepts is answered 403; there is no mode that lets clients in with and without.",
          ),
          l10n.t(
            "It protects this name alone: the default endpoint of the API stays open until it is disabled. Revoked certificates are let in: API Gateway does not look.",
          ),
          l10n.t("To switch it off, update the domain name with an empty place of the trust store."),
        ],
        [
          [l10n.t("Endpoint"), "REGIONAL"],
          [l10n.t("Security policy"), "TLS_1_2"],
        ],
      );
    case "truststoreuri":
      return explain(
        [
          l10n.t(
            "Where in S3 the trust store is: one text file with the CA certificates of the clients, each with its path up to a root.",
          ),
          l10n.t(
            "A changed object is not picked up until the domain name is updated, and what is wrong with it is said then, as warnings. Later nobody tells you that a CA has expired.",
          ),
        ],
        [
          [l10n.t("Form"), "s3://bucket-name/key-name"],
          [l10n.t("Size"), l10n.t("up to {0} certificates, {1}", numberText(1000), megabytesText(1))],
          [l10n.t("Chain"), l10n.t("at most {0} certificates", 4)],
          [l10n.t("Keys"), "RSA ≥ 2048, ECDSA P-256, P-384"],
          [l10n.t("Signatures"), l10n.t("SHA-256 or stronger")],
        ],
      );
    case "truststoreversion":
      return explain([
        l10n.t("The version of the object in S3. The bucket must have versioning turned on."),
        l10n.t(
          "To change the trust store, upload a new version and update the domain name with it: going back is naming the old one.",
        ),
      ]);
    case "truststorewarnings":
      return explain([
        l10n.t(
          "What API Gateway found in the trust store when the domain name was last created or updated. It is part of answers only.",
        ),
      ]);
    case "ownershipverificationcertificatearn":
      return explain([
        l10n.t(
          "Only needed with mutual TLS where the server certificate is imported or from AWS Private CA: a public certificate that ACM issued for this name shows who owns it. No client sees it.",
        ),
        l10n.t("It must stay valid as long as the domain name is there, or the domain name can no longer be updated."),
      ]);
    case "securitypolicy":
      return explain([
        l10n.t(
          "With mutual TLS it must be TLS_1_2: clients that speak only TLS 1.0 or 1.1 are turned away. The enhanced policies, SecurityPolicy_…, cannot be combined with mutual TLS.",
        ),
      ]);
    case "types":
    case "endpointtype":
      return explain([l10n.t("With mutual TLS the endpoint must be REGIONAL: neither edge-optimized nor private.")]);
    default:
      return undefined;
  }
}
