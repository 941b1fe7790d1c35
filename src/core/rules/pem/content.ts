import * as l10n from "@vscode/l10n";
import { boundaryText, kindOf } from "../../pem/boundary.ts";
import type { Bundle, Piece } from "../../x509/bundle.ts";
import { labelOfBytes } from "../../x509/label.ts";
import { headIn, placeIn } from "../../x509/places.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const content: Rule<Bundle> = {
  id: "pem/content",
  severity: "error",
  requires: l10n.t("A block must hold what its label says, whole and with nothing behind it."),
  source: sources.pemBoundaries,
  *check(bundle) {
    for (const [index, piece] of bundle.pieces.entries()) {
      const { kind } = piece.content;
      if (kind === "unreadable") yield* judgeUnreadable(bundle, index, piece);
      else if (kind === "opaque") yield* judgeLabel(bundle, index, piece);
      else yield* judgeTrailing(bundle, index, piece);
    }
  },
};

function* judgeUnreadable(bundle: Bundle, index: number, piece: Piece): Iterable<Finding> {
  if (piece.content.kind !== "unreadable") return;
  const { fault } = piece.content;
  if (piece.block.bytes !== undefined && labelOfBytes(piece.block.bytes) !== undefined) {
    yield* judgeLabel(bundle, index, piece);
    return;
  }
  const { bytes } = piece.block;
  // Where all of it is cut off, the end is where to look.
  const isCut = bytes !== undefined && fault.at.start === 0 && fault.at.end === bytes.length;
  const at = placeIn(bundle, index, isCut ? { start: bytes.length - 1, end: bytes.length } : fault.at);
  yield { at, message: piece.block.kind === "request" ? l10n.t("This is no certificate request that can be read. {0}.", fault.message) : l10n.t("This is no certificate that can be read. {0}.", fault.message) };
}

/** The bytes are something else than the label says. */
function* judgeLabel(bundle: Bundle, index: number, { block }: Piece): Iterable<Finding> {
  const { bytes, label, begin, end, kind } = block;
  if (bytes === undefined || begin === undefined || end === undefined || block.damage.some((one) => one.kind === "label-mismatch")) return;
  const right = labelOfBytes(bytes);
  if (right === undefined || kindOf(right) === kind) return;
  const start = bundle.starts[index] ?? 0;
  const rewritten = (["BEGIN", "END"] as const).map((word) => {
    const span = word === "BEGIN" ? begin : end;
    return { kind: "rewrite" as const, edit: { span: { start: start + span.start, end: start + span.end }, text: boundaryText(word, right) } };
  });
  yield {
    at: headIn(bundle, index),
    message: l10n.t("The label says {0}, but this is a {1}.", label, right),
    fixes: [{ title: l10n.t("Label it {0}", right), safe: true, changes: rewritten }],
  };
}

function* judgeTrailing(bundle: Bundle, index: number, { block, content: read }: Piece): Iterable<Finding> {
  const whole = read.kind === "certificate" ? read.certificate : read.kind === "request" ? read.request : undefined;
  // What OpenSSL trusts a certificate for stands behind it.
  if (whole === undefined || whole.trailing === 0 || block.kind === "trusted-certificate") return;
  const at = placeIn(bundle, index, { start: whole.der.length, end: whole.der.length + whole.trailing });
  yield { at, severity: "warning", message: l10n.t("What the block holds ends before here; {0} bytes too many follow.", whole.trailing) };
}
