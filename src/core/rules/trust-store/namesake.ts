import * as l10n from "@vscode/l10n";
import type { Says } from "../../reason.ts";
import { isOtherOfName, namesakesIn } from "../../truststore/structure.ts";
import { type Bundle, certificatesOf } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { indexOf, isInside } from "../../x509/path/chain.ts";
import type { Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  namesake: ({ title }: { title: string }) =>
    l10n.t(
      "This file has another CA certificate with the name “{0}” and a different key. A client certificate without an authority key identifier does not say which of them issued it, and programs such as OpenSSL try only the first. AWS does not document which one its services try. Issue client certificates with an authority key identifier.",
      title,
    ),
  first: () => l10n.t("The first CA certificate with this name is here."),
} satisfies Says;

export const namesake: Rule<Bundle, typeof says> = {
  id: "trust-store/namesake",
  severity: "info",
  requires: l10n.t(
    "A trust store with several CAs of the same name should be used only with client certificates that have an authority key identifier.",
  ),
  source: sources.authorityKeyIdentifier,
  says,
  *check(bundle, { purpose, now }) {
    if (purpose !== "trust-store") return;
    const found = namesakesIn(bundle);
    if (found.length === 0) return;
    const index = indexOf(bundle);
    const at = now.getTime();
    const places = new Map(
      certificatesOf(bundle)
        .toReversed()
        .map((piece) => [piece.certificate, piece.index]),
    );
    const told = new Set<string>();
    for (const { certificate, index: place } of found) {
      // Of many of one name, one finding says it.
      if (!isInside(certificate, at) || told.has(certificate.subject.key)) continue;
      const first = index
        .ofSubject(certificate.subject.key)
        .find((other) => isOtherOfName(certificate, other) && isInside(other, at));
      const related = first && places.get(first);
      if (related === undefined || related > place) continue;
      told.add(certificate.subject.key);
      yield {
        ...aboutPiece(bundle, place),
        reason: { code: "namesake", args: { title: certificateCalled(certificate) } },
        related: [{ at: headIn(bundle, related), reason: { code: "first" } }],
      };
    }
  },
};
