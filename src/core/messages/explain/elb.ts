import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";
import { names } from "../../elb/vocabulary.ts";
import { kilobytesText } from "../format.ts";

const link = () => ({
  title: l10n.t("User Guide for Application Load Balancers: mutual authentication"),
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html",
});

/** Of the members of mutual authentication; `undefined` for all others. Sources: the linked page. */
export function explainListenerMember(key: string): Explanation | undefined {
  const explain = (text: readonly string[], facts: Explanation["facts"] = []): Explanation => ({
    title: key,
    text,
    facts,
    link: link(),
  });
  switch (key) {
    case names.block:
      return explain([
        l10n.t(
          "Mutual TLS of an HTTPS listener: the load balancer asks clients for a certificate, and either checks it or hands it to the target. A TLS listener of a Network Load Balancer checks it, and has no other mode.",
        ),
        l10n.t("With it, clients cannot resume TLS sessions."),
      ]);
    case names.mode:
      return explain(
        [
          l10n.t("off: nobody is asked for a certificate."),
          l10n.t(
            "passthrough: nobody is turned away. The target gets the client's chain unchecked and must check it itself.",
          ),
          l10n.t(
            "verify: whoever has no certificate that the trust store accepts is turned away. The target gets what the certificate says.",
          ),
        ],
        [
          [l10n.t("Header with passthrough"), "X-Amzn-Mtls-Clientcert"],
          [l10n.t("Headers with verify"), "X-Amzn-Mtls-Clientcert-Serial-Number, -Issuer, -Subject, -Validity, -Leaf"],
          [l10n.t("With verify"), l10n.t("at most {0} listeners of a load balancer", 2)],
        ],
      );
    case names.trustStore:
      return explain(
        [
          l10n.t(
            "The trust store with the CA certificates of the clients that are let in: a resource of Elastic Load Balancing in the listener's region, made of a file in S3. A changed file is not picked up until the trust store is modified.",
          ),
        ],
        [
          [l10n.t("Form"), "arn:aws:elasticloadbalancing:<region>:<account>:truststore/<name>/<id>"],
          [
            l10n.t("Size"),
            l10n.t("at most {0} CA certificates of {1} each, unless the quota is raised", 25, kilobytesText(16)),
          ],
          [l10n.t("Chain"), l10n.t("at most {0} certificates", 4)],
          [l10n.t("Keys"), "RSA 2048–8192, ECDSA P-256, P-384, P-521"],
        ],
      );
    case names.ignoreExpiry:
      return explain([l10n.t("true lets clients in with certificates that have expired. For the mode verify alone.")]);
    case names.advertise:
      return explain([
        l10n.t(
          '"on" tells clients the names of the CAs in the trust store, so that they can choose a certificate that fits: everybody who connects can read them. It is a text, not true or false. For the mode verify alone.',
        ),
      ]);
    case names.association:
      return explain([
        l10n.t(
          "Whether a trust store that another account shares is still there: active or removed. Elastic Load Balancing sets it.",
        ),
      ]);
    default:
      return undefined;
  }
}
