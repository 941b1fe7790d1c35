import * as l10n from "@vscode/l10n";
import { unmetIn } from "../../client-certificate/file.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const clientAuth: Rule<Bundle> = {
  id: "client-certificate/client-auth",
  severity: "error",
  requires: l10n.t("The extended key usage of an origin client certificate must include clientAuth."),
  source: sources.clientCertificate,
  *check(bundle, { now, purpose }) {
    if (purpose !== "origin") return;
    yield* unmetIn(bundle, now, "client-auth");
  },
};
