import * as l10n from "@vscode/l10n";
import { cutBlock } from "../../pem/arrange.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { type Bundle, certificatesOf, type PlacedCertificate } from "../../x509/bundle/bundle.ts";
import { aboutPiece, headIn } from "../../x509/bundle/places.ts";
import { isWithoutCopies } from "../../x509/bundle/selection.ts";
import { certificateCalled } from "../../x509/naming.ts";
import { indexOf } from "../../x509/path/chain.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  copy: ({ title }: { title: string }) => l10n.t("The certificate “{0}” is already in this file.", title),
  first: () => l10n.t("The first copy is here."),
  remove: () => l10n.t("Remove this copy"),
} satisfies Says;

export const duplicate: Rule<Bundle, typeof says> = {
  id: "bundle/duplicate",
  severity: "warning",
  requires: l10n.t("A file must not contain the same certificate twice."),
  source: sources.tlsCertificateList,
  says,
  *check(bundle) {
    if (isWithoutCopies(bundle)) return;
    const all = certificatesOf(bundle);
    const index = indexOf(bundle);
    const firsts = new Map(all.toReversed().map((piece) => [piece.certificate, piece]));
    for (const piece of all) {
      const first = firsts.get(index.same(piece.certificate));
      if (first === undefined || first === piece) continue;
      yield {
        ...aboutPiece(bundle, piece.index),
        reason: { code: "copy", args: { title: certificateCalled(piece.certificate) } },
        related: [{ at: headIn(bundle, first.index), reason: { code: "first" } }],
        fixes: isSameBlock(piece, first) ? [removal(bundle, piece, first)] : [],
      };
    }
  },
};

/** A trusted certificate says more than the certificate in it. */
function isSameBlock({ piece: { block }, certificate }: PlacedCertificate, first: PlacedCertificate): boolean {
  return block.kind === first.piece.block.kind && certificate.trailing === 0 && first.certificate.trailing === 0;
}

function removal(bundle: Bundle, { index }: PlacedCertificate, first: PlacedCertificate): Fix<ReasonOf<typeof says>> {
  return {
    reason: { code: "remove" },
    safe: true,
    changes: [{ kind: "rewrite", edit: cutBlock(bundle.pem, index, first.index) }],
  };
}
