import * as l10n from "@vscode/l10n";
import { boundaryText, kindOf } from "../../pem/boundary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { Content, Piece } from "../../x509/bundle/bundle.ts";
import { headOf, placeOf } from "../../x509/bundle/places.ts";
import { labelOfBytes } from "../../x509/read/label.ts";
import type { Finding, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  "damaged-certificate": ({ byte, fault }: { byte: number; fault: string }) =>
    l10n.t("This certificate is damaged: not valid DER at byte {0}. {1}", byte, fault),
  "damaged-request": ({ byte, fault }: { byte: number; fault: string }) =>
    l10n.t("This certificate request is damaged: not valid DER at byte {0}. {1}", byte, fault),
  "wrong-label": ({ label, right }: { label: string; right: string }) =>
    l10n.t("The label is {0}, but the content is a {1}.", label, right),
  label: ({ right }: { right: string }) => l10n.t("Change the label to {0}", right),
  trailing: ({ count }: { count: number }) =>
    l10n.t("The content of the PEM block ends before this point, but {0} extra bytes follow.", count),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const content: Rule<Piece, typeof says> = {
  id: "pem/content",
  severity: "error",
  requires: l10n.t("A PEM block must contain what its label says, complete and with nothing after it."),
  source: sources.pemBoundaries,
  says,
  concerns: ({ content: read }) => read.kind !== "certificate" || read.certificate.trailing > 0,
  *check(piece) {
    const { kind } = piece.content;
    if (kind === "unreadable") yield* judgeUnreadable(piece);
    else if (kind === "opaque") yield* judgeLabel(piece);
    else yield* judgeTrailing(piece);
  },
};

function* judgeUnreadable(piece: Piece): Iterable<Finding<Said>> {
  if (piece.content.kind !== "unreadable") return;
  const { fault } = piece.content;
  if (piece.block.bytes !== undefined && labelOfBytes(piece.block.bytes) !== undefined) {
    yield* judgeLabel(piece);
    return;
  }
  const { bytes } = piece.block;
  // Where all of it is cut off, the end is where to look.
  const isCut = bytes !== undefined && fault.at.start === 0 && fault.at.end === bytes.length;
  const at = placeOf(piece, isCut ? { start: bytes.length - 1, end: bytes.length } : fault.at);
  yield {
    at,
    reason: {
      code: piece.block.kind === "request" ? "damaged-request" : "damaged-certificate",
      args: { byte: fault.at.start, fault: fault.reason },
    },
  };
}

/** The bytes are something else than the label says. */
function* judgeLabel({ block }: Piece): Iterable<Finding<Said>> {
  const { bytes, label, begin, end, kind } = block;
  if (
    bytes === undefined ||
    begin === undefined ||
    end === undefined ||
    block.damage.some((one) => one.kind === "label-mismatch")
  )
    return;
  const right = labelOfBytes(bytes);
  if (right === undefined || kindOf(right) === kind) return;
  const rewritten = (["BEGIN", "END"] as const).map((word) => {
    return {
      kind: "rewrite" as const,
      edit: { span: word === "BEGIN" ? begin : end, text: boundaryText(word, right) },
    };
  });
  yield {
    at: headOf(block),
    reason: { code: "wrong-label", args: { label, right } },
    fixes: [{ reason: { code: "label", args: { right } }, safe: true, changes: rewritten }],
  };
}

function trailingOf(read: Content): number {
  return read.kind === "certificate" ? read.certificate.trailing : read.kind === "request" ? read.request.trailing : 0;
}

function* judgeTrailing(piece: Piece): Iterable<Finding<Said>> {
  const {
    block: { bytes, kind },
    content: read,
  } = piece;
  const count = trailingOf(read);
  // What OpenSSL trusts a certificate for stands behind it.
  if (bytes === undefined || count === 0 || kind === "trusted-certificate") return;
  const at = placeOf(piece, { start: bytes.length - count, end: bytes.length });
  yield { at, severity: "warning", reason: { code: "trailing", args: { count } } };
}
