import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { headIn } from "../../x509/bundle/places.ts";
import { selection } from "../../x509/bundle/selection.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const privateKeys = selection(({ block }) => block.kind === "private-key" && !block.placeholder);

const says = {
  origin: () =>
    l10n.t(
      "A private key beside the certificates: ACM takes certificate, chain and key each by itself. Keep the key in a file of its own.",
    ),
  "trust-store": () =>
    l10n.t(
      "A private key in a trust store: whoever can read the store can sign in its owner's name. Take the key out, and replace it if others have seen this file.",
    ),
  unknown: () => l10n.t("A private key beside certificates: whoever gets this file gets the key."),
} satisfies Says;

export const privateKey: Rule<Bundle, typeof says> = {
  id: "bundle/private-key",
  severity: "error",
  requires: l10n.t(
    "A file of certificates for AWS must not hold a private key: a trust store has none, and ACM takes the key by itself.",
  ),
  source: sources.acmFormat,
  says,
  *check(bundle, { purpose }) {
    const keys = privateKeys(bundle);
    // A file of its own for the key is where it belongs; in a trust store there is no such file.
    const isBeside = bundle.pieces.some(
      ({ block }) => block.kind === "certificate" || block.kind === "trusted-certificate",
    );
    if (keys.length === 0 || (!isBeside && purpose !== "trust-store")) return;
    for (const { index } of keys) {
      yield {
        at: headIn(bundle, index),
        // HAProxy, for one, wants it so.
        ...(purpose === "unknown" ? { severity: "info" } : {}),
        reason: { code: purpose },
      };
    }
  },
};
