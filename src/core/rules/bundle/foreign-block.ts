import * as l10n from "@vscode/l10n";
import type { Bundle } from "../../x509/bundle.ts";
import { labelOfBytes } from "../../x509/label.ts";
import { aboutPiece } from "../../x509/places.ts";
import { selection } from "../../x509/selection.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

/** A private key is bundle/private-key. */
const foreign = selection(({ block }) => block.label !== "CERTIFICATE" && block.kind !== "private-key" && !block.placeholder && !block.damage.some(({ kind }) => kind === "label-mismatch"));

export const foreignBlock: Rule<Bundle> = {
  id: "bundle/foreign-block",
  severity: "error",
  requires: l10n.t("A file of certificates for AWS must hold CERTIFICATE blocks alone."),
  source: sources.acmFormat,
  *check(bundle, { purpose }) {
    // Request and key of a client certificate lie beside it, each in a file of its own.
    if (purpose === "unknown" || (purpose === "origin" && !bundle.pieces.some(({ block }) => block.kind === "certificate"))) return;
    for (const { index, piece: { block } } of foreign(bundle)) {
      // Where it belongs, the service decides: trust-store/crl.
      if (purpose === "trust-store" && block.kind === "crl") continue;
      // With the wrong label: pem/content.
      if (block.bytes !== undefined && block.kind !== "certificate" && block.kind !== "trusted-certificate" && labelOfBytes(block.bytes) === "CERTIFICATE") continue;
      yield {
        ...aboutPiece(bundle, index),
        message: purpose === "origin" ? l10n.t("This block is labelled {0}: ACM takes CERTIFICATE blocks alone.", block.label) : l10n.t("This block is labelled {0}: a trust store takes CERTIFICATE blocks alone.", block.label),
      };
    }
  },
};
