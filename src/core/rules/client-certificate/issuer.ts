import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const issuer: Rule<Bundle> = {
  id: "client-certificate/issuer",
  severity: "error",
  requires: l10n.t("A certificate for ACM must name its issuer."),
  source: sources.importCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "issuer");
  },
};
