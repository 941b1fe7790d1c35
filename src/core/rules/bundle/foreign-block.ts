import * as l10n from "@vscode/l10n";
import { boundaryText } from "../../pem/boundary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Bundle, Piece } from "../../x509/bundle/bundle.ts";
import { foreignBlocks } from "../../x509/bundle/foreign.ts";
import { certificateUnder } from "../../x509/bundle/mislabelled.ts";
import { aboutPiece } from "../../x509/bundle/places.ts";
import { unpackedPkcs7 } from "../../x509/bundle/unpacked.ts";
import { labelOfBytes } from "../../x509/read/contents.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  origin: ({ label }: { label: string }) =>
    l10n.t("This PEM block has the label {0}. ACM accepts only CERTIFICATE blocks.", label),
  "trust-store": ({ label }: { label: string }) =>
    l10n.t("This PEM block has the label {0}. A trust store accepts only CERTIFICATE blocks.", label),
  label: () => l10n.t("Change the label to {0}", "CERTIFICATE"),
  unpack: ({ count }: { count: number }) =>
    count === 1
      ? l10n.t("Replace this PEM block with the certificate inside it")
      : l10n.t("Replace this PEM block with the {0} certificates inside it", count),
} satisfies Says;

export const foreignBlock: Rule<Bundle, typeof says> = {
  id: "bundle/foreign-block",
  severity: "error",
  requires: l10n.t("A certificate file for AWS must contain only CERTIFICATE blocks."),
  source: sources.acmFormat,
  says,
  *check(bundle, { purpose }) {
    if (purpose === "unknown") return;
    const isBeside = purpose === "origin" && !bundle.pieces.some(({ block }) => block.kind === "certificate");
    for (const { index, piece } of foreignBlocks(bundle)) {
      const { block } = piece;
      // Request and key of a client certificate lie beside it, each in a file of its own.
      if (isBeside && block.kind !== "pkcs7" && block.kind !== "trusted-certificate") continue;
      // Where it belongs, the service decides: trust-store/crl.
      if (purpose === "trust-store" && block.kind === "crl") continue;
      // With the wrong label: pem/content.
      if (certificateUnder(piece) !== undefined) continue;
      yield {
        ...aboutPiece(bundle, index),
        reason: { code: purpose, args: { label: block.label } },
        fixes: [...relabelling(piece, bundle.starts[index] ?? 0), ...unpacking(piece, bundle.starts[index] ?? 0)],
      };
    }
  },
};

/** Where the block holds a certificate and nothing else, its label alone is another. */
function relabelling(
  { block: { kind, begin, end, bytes, damage } }: Piece,
  start: number,
): readonly Fix<ReasonOf<typeof says>>[] {
  if (begin === undefined || end === undefined || bytes === undefined || damage.length > 0) return [];
  if ((kind !== "certificate" && kind !== "trusted-certificate") || labelOfBytes(bytes) !== "CERTIFICATE") return [];
  const changes = (
    [
      ["BEGIN", begin],
      ["END", end],
    ] as const
  ).map(([word, span]) => ({
    kind: "rewrite" as const,
    edit: { span: { start: start + span.start, end: start + span.end }, text: boundaryText(word, "CERTIFICATE") },
  }));
  return [{ reason: { code: "label" }, safe: true, changes }];
}

/** What is in PKCS#7 beside certificates goes: where one of them cannot be read, nothing is replaced. */
function unpacking(piece: Piece, start: number): readonly Fix<ReasonOf<typeof says>>[] {
  const written = piece.block.kind === "pkcs7" ? unpackedPkcs7(piece) : undefined;
  if (written === undefined) return [];
  const { count, edit } = written;
  const span = { start: start + edit.span.start, end: start + edit.span.end };
  return [
    {
      reason: { code: "unpack", args: { count } },
      safe: false,
      changes: [{ kind: "rewrite", edit: { span, text: edit.text } }],
    },
  ];
}
