import * as l10n from "@vscode/l10n";
import { boundaryText } from "../../pem/boundary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import type { TextEdit } from "../../text.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import { headOf, isIndented } from "../../x509/bundle/places.ts";
import { labelOfBytes } from "../../x509/read/label.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  indented: () =>
    l10n.t(
      "This PEM block is indented. PEM readers, such as OpenSSL, recognize a boundary only at the beginning of a line.",
    ),
  "remove-indentation": () => l10n.t("Remove the indentation"),
  "no-begin": ({ label }: { label: string }) => l10n.t("END {0} has no matching BEGIN before it.", label),
  "add-begin": () => l10n.t("Add the BEGIN line"),
  "no-end": ({ label }: { label: string }) => l10n.t("BEGIN {0} has no matching END after it.", label),
  "add-end": () => l10n.t("Add the END line"),
  glued: () =>
    l10n.t(
      "There is other text on the line of this boundary. Some programs, such as OpenSSL, do not recognize the boundary.",
    ),
  "own-line": () => l10n.t("Move the boundary to a separate line"),
  "label-mismatch": ({ label }: { label: string }) =>
    l10n.t("The labels of BEGIN and END must match. This PEM block begins with {0}.", label),
  agree: () => l10n.t("Make the labels match"),
} satisfies Says;

type Said = ReasonOf<typeof says>;

export const boundary: Rule<Piece, typeof says> = {
  id: "pem/boundary",
  severity: "error",
  requires: l10n.t(
    "A PEM block must begin with a BEGIN line and end with an END line with the same label, each on a separate line.",
  ),
  source: sources.pemBoundaries,
  says,
  concerns: (piece) => piece.block.damage.length > 0 || isIndented(piece),
  *check(piece) {
    const { damage, label, placeholder } = piece.block;
    if (placeholder) return;
    if (isIndented(piece)) {
      yield {
        at: headOf(piece.block),
        reason: { code: "indented" },
        fixes: fixOf({ code: "remove-indentation" }, withoutIndentation(piece)),
      };
    }
    for (const { kind, at, repair } of damage) {
      if (kind === "no-begin")
        yield { at, reason: { code: "no-begin", args: { label } }, fixes: fixOf({ code: "add-begin" }, repair) };
      else if (kind === "no-end")
        yield { at, reason: { code: "no-end", args: { label } }, fixes: fixOf({ code: "add-end" }, repair) };
      else if (kind === "glued") yield { at, reason: { code: "glued" }, fixes: fixOf({ code: "own-line" }, repair) };
      else if (kind === "label-mismatch")
        yield {
          at,
          reason: { code: "label-mismatch", args: { label } },
          fixes: fixOf({ code: "agree" }, repair ?? relabel(piece)),
        };
    }
  },
};

function fixOf(reason: Said, edits: readonly TextEdit[] | undefined): readonly Fix<Said>[] {
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
