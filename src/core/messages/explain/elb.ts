import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";
import type { Member } from "../../document/tree.ts";
import { names } from "../../elb/vocabulary.ts";
import { kilobytesText } from "../format.ts";

const link = () => ({
  title: l10n.t("User Guide for Application Load Balancers: mutual authentication"),
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html",
});

/** Of the members of mutual authentication; `undefined` for all others. Sources: the linked page. */
export function explainListenerMember({ key, spelled }: Member): Explanation | undefined {
  const explain = (text: readonly string[], facts: Explanation["facts"] = []): Explanation => ({
    title: spelled,
    text,
    facts,
    link: link(),
  });
  switch (key) {
    case names.block:
      return explain([
        l10n.t(
          "Mutual TLS for an HTTPS listener: the load balancer requests a certificate from clients, and either checks it or passes it to the target. A TLS listener of a Network Load Balancer always checks the certificate and has no other mode.",
        ),
        l10n.t("With mutual TLS, clients cannot resume TLS sessions."),
      ]);
    case names.mode:
      return explain(
        [
          l10n.t("off: The load balancer does not request a certificate."),
          l10n.t(
            "passthrough: The load balancer does not reject any client. The target receives the unchecked certificate chain of the client and must check it.",
          ),
          l10n.t(
            "verify: The load balancer rejects clients without a certificate that the trust store accepts. The target receives the contents of the certificate.",
          ),
        ],
        [
          [l10n.t("Header in passthrough mode"), "X-Amzn-Mtls-Clientcert"],
          [
            l10n.t("Headers in verify mode"),
            "X-Amzn-Mtls-Clientcert-Serial-Number, -Issuer, -Subject, -Validity, -Leaf",
          ],
          [l10n.t("In verify mode"), l10n.t("up to {0} listeners per load balancer", 2)],
        ],
      );
    case names.trustStore:
      return explain(
        [
          l10n.t(
            "The trust store with the CA certificates of accepted clients. It is an Elastic Load Balancing resource in the Region of the listener, created from a file in S3. A changed file is used only after you modify the trust store.",
          ),
        ],
        [
          [l10n.t("Format"), "arn:aws:elasticloadbalancing:<region>:<account>:truststore/<name>/<id>"],
          [
            l10n.t("Size"),
            l10n.t("up to {0} CA certificates of {1} each, unless the quota is increased", 25, kilobytesText(16)),
          ],
          [l10n.t("Chain"), l10n.t("up to {0} certificates", 4)],
          [l10n.t("Keys"), "RSA 2048–8192, ECDSA P-256, P-384, P-521"],
        ],
      );
    case names.ignoreExpiry:
      return explain([l10n.t("If true, clients with expired certificates are accepted. Only for verify mode.")]);
    case names.advertise:
      return explain([
        l10n.t(
          'If "on", the load balancer sends the names of the CAs in the trust store, so that clients can select a suitable certificate. All clients that connect can read the names. The value is a string, not a Boolean. Only for verify mode.',
        ),
      ]);
    case names.association:
      return explain([
        l10n.t(
          "Whether a trust store that another account shares is still available: active or removed. Elastic Load Balancing sets this value.",
        ),
      ]);
    default:
      return undefined;
  }
}
