import * as l10n from "@vscode/l10n";
import { judgeNameConstraints } from "../../truststore/of-paths.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const nameConstraints: Rule<Bundle> = {
  id: "trust-store/name-constraints",
  severity: "warning",
  requires: l10n.t("The name of a CA in a trust store must comply with the name constraints of the CAs above it."),
  source: sources.nameConstraints,
  *check(bundle, { purpose, signatures }) {
    if (purpose !== "trust-store") return;
    for (const { index = 0, found } of judgeNameConstraints(bundle, signatures))
      yield { ...aboutPiece(bundle, index), reason: found };
  },
};
