import * as l10n from "@vscode/l10n";
import { boundaryText } from "../../pem/boundary.ts";
import type { TextEdit } from "../../text.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import { headOf, isIndented } from "../../x509/bundle/places.ts";
import { labelOfBytes } from "../../x509/read/label.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

export const boundary: Rule<Piece> = {
  id: "pem/boundary",
  severity: "error",
  requires: l10n.t(
    "A block must begin with a BEGIN line and end with an END line of the same label, each on a line of its own.",
  ),
  source: sources.pemBoundaries,
  concerns: (piece) => piece.block.damage.length > 0 || isIndented(piece),
  *check(piece) {
    const { damage, label, placeholder } = piece.block;
    if (placeholder) return;
    if (isIndented(piece)) {
      yield {
        at: headOf(piece.block),
        reason: l10n.t(
          "This block is indented: readers of PEM, OpenSSL among them, see a boundary only at the beginning of a line.",
        ),
        fixes: fixOf(l10n.t("Remove the indentation"), withoutIndentation(piece)),
      };
    }
    for (const { kind, at, repair } of damage) {
      if (kind === "no-begin")
        yield {
          at,
          reason: l10n.t("END {0} without a BEGIN before it.", label),
          fixes: fixOf(l10n.t("Add the BEGIN line"), repair),
        };
      else if (kind === "no-end")
        yield {
          at,
          reason: l10n.t("BEGIN {0} without an END behind it.", label),
          fixes: fixOf(l10n.t("Add the END line"), repair),
        };
      else if (kind === "glued")
        yield {
          at,
          reason: l10n.t(
            "Something else stands on the line of this boundary: some programs, OpenSSL among them, do not see it.",
          ),
          fixes: fixOf(l10n.t("Put the boundary on a line of its own"), repair),
        };
      else if (kind === "label-mismatch")
        yield {
          at,
          reason: l10n.t("BEGIN and END of a block must say the same; this one begins as {0}.", label),
          fixes: fixOf(l10n.t("Make BEGIN and END agree"), repair ?? relabel(piece)),
        };
    }
  },
};

function fixOf(reason: string, edits: readonly TextEdit[] | undefined): readonly Fix[] {
  return edits === undefined ? [] : [{ reason, safe: true, changes: edits.map((edit) => ({ kind: "rewrite", edit })) }];
}

function withoutIndentation({ chunk: { text }, block: { span } }: Piece): readonly TextEdit[] {
  const lineStart = span.start - (/[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0);
  return [...text.slice(lineStart, span.end).matchAll(/^[ \t]+(?=\S)/gm)].map((blanks) => ({
    span: { start: lineStart + blanks.index, end: lineStart + blanks.index + blanks[0].length },
    text: "",
  }));
}

/** What stands between the boundaries decides. */
function relabel({ block: { bytes, begin, end, label } }: Piece): readonly TextEdit[] | undefined {
  const right = bytes && labelOfBytes(bytes);
  if (right === undefined || begin === undefined || end === undefined) return undefined;
  const edits = [{ span: end, text: boundaryText("END", right) }];
  return label === right ? edits : [{ span: begin, text: boundaryText("BEGIN", right) }, ...edits];
}
