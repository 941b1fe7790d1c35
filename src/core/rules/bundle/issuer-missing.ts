import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import type { Bundle } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { nameCalledAmong } from "../../x509/naming.ts";
import { indexOf } from "../../x509/path/chain.ts";
import { chainOfFile } from "../../x509/path/file-chain.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "another-key": ({ issuer }: { issuer: string }) =>
    l10n.t(
      "The chain has a gap. This certificate was issued by “{0}”, but “{0}” in this file has a different key.",
      issuer,
    ),
  gap: ({ issuer }: { issuer: string }) =>
    l10n.t("The chain has a gap. This certificate was issued by “{0}”, which is not in the file.", issuer),
  unconnected: () => l10n.t("This certificate is not connected to it."),
  end: ({ issuer }: { issuer: string }) =>
    l10n.t("The chain ends before its root. “{0}”, the issuer of this certificate, is not in the file.", issuer),
} satisfies Says;

export const issuerMissing: Rule<Bundle, typeof says> = {
  id: "bundle/issuer-missing",
  severity: "info",
  requires: l10n.t("A chain must have no gap, and a chain for ACM must include its root."),
  source: sources.acmFormat,
  says,
  *check(bundle, { signatures, purpose }) {
    if (purpose === "trust-store") return;
    const chain = chainOfFile(bundle, signatures, { leafAnywhere: purpose === "origin" });
    if (chain?.open === undefined) return;
    const { certificate, index } = chain.open;
    // ACM asks for a name: client-certificate/issuer.
    if (certificate.issuer.isEmpty) return;
    const isThere = indexOf(bundle)
      .ofSubject(certificate.issuer.key)
      .some((one) => one !== certificate);
    const issuer = nameCalledAmong(certificate.issuer, certificate.der, indexOf(bundle).certificates);
    const [other] = chain.unconnected;
    if (other !== undefined) {
      yield {
        ...aboutPiece(bundle, index),
        reason: { code: isThere ? "another-key" : "gap", args: { issuer } },
        related: [{ at: headIn(bundle, other.index), reason: { code: "unconnected" } }],
      };
    } else if (purpose === "origin") yield { ...aboutPiece(bundle, index), reason: { code: "end", args: { issuer } } };
  },
};
