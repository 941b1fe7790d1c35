import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { serviceNames } from "../../truststore/judgement.ts";
import { isRevocationFile, revocationLists, takesRevocationFiles } from "../../truststore/of-file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { selection } from "../../x509/bundle/selection.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const certificates = selection(({ content }) => content.kind === "certificate");

const says = {
  "of-others": ({ services }: { services: string }) =>
    l10n.t("Certificate revocation lists are not accepted by {0}.", services),
  "certificate-among-lists": () =>
    l10n.t(
      "This file contains certificate revocation lists and this certificate. Application Load Balancer accepts lists and certificates only in separate files.",
    ),
  "separate-for-network": () =>
    l10n.t(
      "This file contains certificates and this certificate revocation list. In the Network Load Balancer documentation, revocation lists are added to a trust store only as separate files. Move this list to a separate file.",
    ),
  "list-among-certificates": () =>
    l10n.t(
      "This trust store contains a certificate revocation list. Application Load Balancer accepts it only in a separate file. CloudFront and API Gateway do not accept it.",
    ),
} satisfies Says;

export const crl: Rule<Bundle, typeof says> = {
  id: "trust-store/crl",
  severity: "error",
  requires: l10n.t(
    "A trust store must not contain certificate revocation lists, because Application Load Balancer accepts them only in separate files, and CloudFront and API Gateway do not accept them.",
  ),
  source: sources.albMtls,
  says,
  *check(bundle, { purpose, targets = [] }) {
    if (purpose !== "trust-store") return;
    const found = revocationLists(bundle);
    if (found.length === 0) return;
    if (isRevocationFile(bundle)) {
      const others = targets.filter((target) => !takesRevocationFiles(target));
      // For load balancers, or for no service in particular: a revocation file.
      if (others.length === 0) return;
      for (const { index } of found)
        yield {
          ...aboutPiece(bundle, index),
          reason: { code: "of-others", args: { services: serviceNames(others) } },
        };
      return;
    }
    if (targets.length > 0 && targets.every((target) => target === "nlb")) {
      for (const { index } of found)
        yield {
          ...aboutPiece(bundle, index),
          severity: "warning",
          source: sources.nlbTrustStores,
          reason: { code: "separate-for-network" },
        };
      return;
    }
    const among = certificates(bundle);
    if (targets.some(takesRevocationFiles) && found.length > among.length) {
      for (const { index } of among)
        yield { ...aboutPiece(bundle, index), reason: { code: "certificate-among-lists" } };
      return;
    }
    for (const { index } of found) yield { ...aboutPiece(bundle, index), reason: { code: "list-among-certificates" } };
  },
};
