import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { certificateSelection } from "../../x509/bundle/selection.ts";
import { issuedIn, likelyIssuers } from "../../x509/path/issuers.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const lackingAuthorities = certificateSelection(
  ({ keyUsage, basicConstraints }) =>
    basicConstraints?.value?.ca === true && keyUsage?.value?.includes("keyCertSign") === false,
);

const says = {
  "no-cert-sign": () =>
    l10n.t(
      "This is a CA certificate, but its key usage does not include keyCertSign. Certificates that it issued are not valid.",
    ),
} satisfies Says;

export const keyUsage: Rule<Bundle, typeof says> = {
  id: "certificate/key-usage",
  severity: "error",
  requires: l10n.t("The key usage of a CA, if present, must include keyCertSign."),
  source: sources.keyUsage,
  says,
  *check(bundle, { purpose, signatures }) {
    const lacking = lackingAuthorities(bundle);
    if (lacking.length === 0) return;
    const issuers = new Set([...issuedIn(bundle).values()].flatMap((issued) => likelyIssuers(issued, signatures)));
    for (const { index, certificate } of lacking) {
      const isUsed = issuers.has(certificate) || purpose === "trust-store";
      yield {
        ...aboutPiece(bundle, index),
        ...(isUsed ? {} : { severity: "warning" }),
        reason: { code: "no-cert-sign" },
      };
    }
  },
};
