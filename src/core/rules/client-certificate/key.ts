import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const key: Rule<Bundle> = {
  id: "client-certificate/key",
  severity: "error",
  requires: l10n.t("An origin client certificate must have an RSA 2048 or P-256 key."),
  source: sources.clientCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "key");
  },
};
