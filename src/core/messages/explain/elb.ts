import * as l10n from "@vscode/l10n";
import type { Explanation } from "../../dialect/assist.ts";
import { siteOf } from "../../dialect/view.ts";
import type { Member } from "../../document/tree.ts";
import { isInFilter, mostFilterCharacters } from "../../elb/identity-filter.ts";
import { filterNames, names } from "../../elb/vocabulary.ts";
import { sources } from "../../rules/sources.ts";
import { kilobytesText } from "../format.ts";

const link = () => ({
  title: l10n.t("User Guide for Application Load Balancers: mutual authentication"),
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html",
});

const networkLink = () => ({
  title: l10n.t("User Guide for Network Load Balancers: mutual authentication"),
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/mutual-authentication.html",
});

const filtersLink = () => ({
  title: l10n.t("User Guide for Network Load Balancers: client certificate identity filters"),
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/client-certificate-filters.html",
});

/**
 * Of the members of mutual authentication; `undefined` for all others. Sources: the linked pages.
 * @param isOfNetwork whether it is one of a Network Load Balancer's listener, as far as the document tells
 */
export function explainListenerMember(member: Member, isOfNetwork: boolean): Explanation | undefined {
  const { key, spelled } = member;
  if (isInFilter(member)) return explainFilterMember(member);
  const explain = (text: readonly string[], facts: Explanation["facts"] = []): Explanation => ({
    title: spelled,
    text,
    facts,
    link: isOfNetwork ? networkLink() : link(),
  });
  const isTemplate = siteOf(member.parent) !== undefined;
  switch (key) {
    case names.block:
      return {
        ...explain([
          l10n.t(
            "Mutual TLS for an HTTPS listener: the load balancer requests a certificate from clients, and either checks it or passes it to the target. A TLS listener of a Network Load Balancer always checks the certificate and has no other mode.",
          ),
          l10n.t("With mutual TLS, clients cannot resume TLS sessions."),
          ...(isTemplate
            ? [
                l10n.t(
                  'If you remove this property from the template, mutual TLS is not turned off on an existing listener. To turn it off, use Mode: "off".',
                ),
              ]
            : []),
        ]),
        ...(isTemplate ? { link: sources.templateListener } : {}),
      };
    case names.mode:
      if (isOfNetwork)
        return explain([
          l10n.t("off: The load balancer does not request a certificate."),
          l10n.t(
            "verify: The load balancer rejects clients without a certificate that the trust store accepts. A Network Load Balancer has no passthrough mode.",
          ),
        ]);
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
          ...(isOfNetwork
            ? ([[l10n.t("Limits"), l10n.t("not documented for Network Load Balancers")]] as const)
            : ([
                [
                  l10n.t("Size"),
                  l10n.t(
                    "up to {0} CA certificates unless the quota is increased, each up to {1}",
                    25,
                    kilobytesText(16),
                  ),
                ],
                [l10n.t("Chain"), l10n.t("up to {0} certificates", 4)],
                [l10n.t("Keys"), "RSA 2048–8192, ECDSA P-256, P-384, P-521"],
              ] as const)),
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
    case names.filters:
      return {
        ...explain(
          [
            l10n.t(
              "Limits which clients a TLS listener of a Network Load Balancer accepts. First the certificate must chain to a CA in the trust store. Then it must match at least one filter. Then the load balancer checks revocation. Without filters, or with an empty list, the listener accepts every client that the trust store accepts.",
            ),
            isTemplate
              ? l10n.t("The CloudFormation documentation does not list this property.")
              : l10n.t(
                  "The AWS CLI and the SDKs do not know this member yet. If you change the listener with them, they might remove the filters.",
                ),
          ],
          [[l10n.t("Mode"), l10n.t("verify only")]],
        ),
        link: filtersLink(),
      };
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

function explainFilterMember({ key, spelled }: Member): Explanation | undefined {
  const explain = (text: readonly string[], facts: Explanation["facts"] = []): Explanation => ({
    title: spelled,
    text,
    facts,
    link: filtersLink(),
  });
  switch (key) {
    case filterNames.action:
      return explain([
        l10n.t("accept: The load balancer accepts a client that matches this filter. There is no other action."),
      ]);
    case filterNames.field:
      return explain(
        [
          l10n.t("subject-cn: The common name in the subject of the client certificate."),
          l10n.t("subject-ou: The organizational unit in the subject."),
          l10n.t("san-dns: A DNS name in the subject alternative name."),
          l10n.t("san-uri: A URI in the subject alternative name."),
        ],
        [
          [l10n.t("Several values"), l10n.t("one match is enough")],
          [l10n.t("No value"), l10n.t("the filter does not match")],
        ],
      );
    case filterNames.matchType:
      return explain(
        [
          l10n.t("exact: The whole value must match."),
          l10n.t("prefix: The value in the certificate must begin with the value of the filter."),
        ],
        [[l10n.t("Upper and lower case"), l10n.t("ignored, except in a URI after the scheme and host")]],
      );
    case filterNames.value:
      return explain(
        [l10n.t("The value that the field of the client certificate must have or begin with.")],
        [[l10n.t("Length"), l10n.t("1 to {0} printable ASCII characters", mostFilterCharacters)]],
      );
    default:
      return undefined;
  }
}
