import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const version: Rule<Bundle> = {
  id: "client-certificate/version",
  severity: "error",
  requires: l10n.t("An origin client certificate must be X.509 version 3."),
  source: sources.clientCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "version");
  },
};
