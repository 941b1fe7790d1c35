import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { beyondPathLength } from "../../x509/path/beyond.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  beyond: ({ authority, length }: { authority: string; length: number }) =>
    l10n.t(
      "“{0}” has path length {1}, and this CA exceeds it. Certificates that this CA issued are not valid.",
      authority,
      length,
    ),
  "beyond-in-store": ({ authority, length }: { authority: string; length: number }) =>
    l10n.t(
      "“{0}” has path length {1}, and this CA exceeds it. Clients with certificates below this CA can be rejected. Have this CA issued by a CA that allows it.",
      authority,
      length,
    ),
  authority: () => l10n.t("The CA with this path length is here."),
  issued: () => l10n.t("This certificate was issued by this CA."),
} satisfies Says;

export const pathLength: Rule<Bundle, typeof says> = {
  id: "bundle/path-length",
  severity: "error",
  requires: l10n.t("The number of CAs below a CA must not exceed its path length."),
  source: sources.basicConstraints,
  says,
  *check(bundle, { signatures, purpose }) {
    const found = beyondPathLength(bundle, signatures, purpose === "trust-store");
    if (found.length === 0) return;
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map(({ certificate, index }) => [certificate, index]),
    );
    for (const { certificate, authority, issued } of found) {
      const [at, of] = [places.get(certificate), places.get(authority)];
      const below = issued && places.get(issued);
      if (at === undefined || of === undefined) continue;
      const length = authority.basicConstraints?.value?.pathLength ?? 0;
      const args = { authority: certificateCalled(authority), length };
      const above = { at: headIn(bundle, of), reason: { code: "authority" } } as const;
      // Who ends at a CA of the trust store does not look at those above it.
      yield below === undefined
        ? {
            ...aboutPiece(bundle, at),
            severity: "warning",
            reason: { code: "beyond-in-store", args },
            related: [above],
          }
        : {
            ...aboutPiece(bundle, at),
            reason: { code: "beyond", args },
            related: [above, { at: headIn(bundle, below), reason: { code: "issued" } }],
          };
    }
  },
};
