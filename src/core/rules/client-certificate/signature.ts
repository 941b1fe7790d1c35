import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const signature: Rule<Bundle> = {
  id: "client-certificate/signature",
  severity: "error",
  requires: l10n.t(
    "An origin client certificate must be signed with RSA, RSASSA-PSS, or ECDSA, and with SHA-256, SHA-384, or SHA-512.",
  ),
  source: sources.clientCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "signature");
  },
};
