import * as l10n from "@vscode/l10n";
import type { Bundle } from "../../x509/bundle.ts";
import { unmetIn } from "../../x509/file-fitness.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const chainLength: Rule<Bundle> = {
  id: "client-certificate/chain-length",
  severity: "error",
  requires: l10n.t("The chain of the certificate that CloudFront presents to an origin must have no more than three certificates, leaf and root included."),
  source: sources.clientCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "chain-length");
  },
};
