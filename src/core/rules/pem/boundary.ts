import * as l10n from "@vscode/l10n";
import { boundaryText } from "../../pem/boundary.ts";
import type { ReasonOf, Says } from "../../reason.ts";
import { startOfRun, type TextEdit } from "../../text.ts";
import type { Piece } from "../../x509/bundle/bundle.ts";
import { headOf, indentedOf, isIndented } from "../../x509/bundle/places.ts";
import { labelOfBytes } from "../../x509/read/contents.ts";
import type { Fix, Rule } from "../rule.ts";
import { sources } from "../sources.ts";

const says = {
  indented: () =>
    l10n.t(
      "This PEM block is indented. PEM readers, such as OpenSSL, recognize a boundary only at the beginning of a line.",
    ),
  "indented-end": () =>
    l10n.t(
      "This END line is indented. PEM readers, such as OpenSSL, recognize a boundary only at the beginning of a line.",
    ),
  "remove-indentation": () => l10n.t("Remove the indentation"),
  "one-line": () =>
    l10n.t(
      "This PEM block is all on one line. PEM readers, such as OpenSSL, recognize a boundary only on a separate line.",
    ),
  "separate-lines": () => l10n.t("Put BEGIN, the base64, and END on separate lines"),
  "repeated-begin": () =>
    l10n.t("This BEGIN line is repeated. Some programs, such as OpenSSL, reject the file or skip the PEM block."),
  "repeated-end": () => l10n.t("This END line has no PEM block before it."),
  "remove-line": () => l10n.t("Remove this line"),
  "no-begin": ({ label }: { label: string }) => l10n.t("END {0} has no matching BEGIN before it.", label),
  "add-begin": () => l10n.t("Add the BEGIN line"),
  "no-end": ({ label }: { label: string }) => l10n.t("BEGIN {0} has no matching END after it.", label),
  "add-end": () => l10n.t("Add the END line"),
  "cut-off": ({ label }: { label: string }) =>
    l10n.t(
      "This {0} block is cut off here: the next BEGIN line follows on the same line. Copy it again from its source, and put the next BEGIN line on a separate line.",
      label,
    ),
  "run-on": ({ label }: { label: string }) =>
    l10n.t("The END line of this {0} block is missing: the next BEGIN line follows on the same line.", label),
  joined: ({ label }: { label: string }) =>
    l10n.t(
      "The base64 of another PEM block ({0}) begins here. The END line before it and its own BEGIN line are missing.",
      label,
    ),
  "add-both": () => l10n.t("Add the END and BEGIN lines"),
  glued: () =>
    l10n.t(
      "There is other text on the line of this boundary. Some programs, such as OpenSSL, do not recognize the boundary.",
    ),
  "escaped-line-end": () =>
    l10n.t(
      "After this END line is \\n as text, as in a string, not a line break. Some programs, such as OpenSSL, do not recognize the boundary.",
    ),
  "remove-escape": () => l10n.t("Remove the \\n"),
  "write-line-end": () => l10n.t("Replace the \\n with a line break"),
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
    const isKey = piece.block.kind === "private-key";
    if (placeholder) return;
    if (isOnOneLine(piece)) {
      yield {
        at: headOf(piece.block),
        reason: { code: "one-line" },
        fixes: fixOf({ code: "separate-lines" }, onSeparateLines(piece)),
      };
    } else {
      const indented = indentedOf(piece);
      if (indented !== undefined)
        yield {
          at: indented,
          reason: indented === piece.block.end ? { code: "indented-end" } : { code: "indented" },
          fixes: fixOf({ code: "remove-indentation" }, withoutIndentation(piece)),
        };
    }
    for (const { kind, how, at, repair } of damage) {
      if (kind === "no-begin")
        yield { at, reason: { code: "no-begin", args: { label } }, fixes: fixOf({ code: "add-begin" }, repair) };
      else if (kind === "no-end")
        yield { at, reason: { code: "no-end", args: { label } }, fixes: fixOf({ code: "add-end" }, repair) };
      else if (kind === "run-on")
        // Of a private key nobody knows whether it is all there.
        yield {
          at,
          reason: { code: repair === undefined && !isKey ? "cut-off" : "run-on", args: { label } },
          fixes: fixOf({ code: "add-end" }, repair),
        };
      else if (kind === "doubled")
        yield {
          at,
          reason: piece.block.begin === undefined ? { code: "repeated-end" } : { code: "repeated-begin" },
          fixes: fixOf({ code: "remove-line" }, repair),
        };
      else if (kind === "glued" && how === "string")
        yield {
          at,
          reason: { code: "escaped-line-end" },
          fixes: fixOf({ code: repair?.[0]?.text === "" ? "remove-escape" : "write-line-end" }, repair),
        };
      else if (kind === "joined")
        yield { at, reason: { code: "joined", args: { label } }, fixes: fixOf({ code: "add-both" }, repair) };
      else if (kind === "glued" && !isOnOneLine(piece))
        yield { at, reason: { code: "glued" }, fixes: fixOf({ code: "own-line" }, repair) };
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
  const lineStart = startOfRun(text, " \t", span.start);
  return [...text.slice(lineStart, span.end).matchAll(/^[ \t]+(?=\S)/gm)].map((blanks) => ({
    span: { start: lineStart + blanks.index, end: lineStart + blanks.index + blanks[0].length },
    text: "",
  }));
}

function isOnOneLine({ chunk: { text }, block: { begin, end, damage } }: Piece): boolean {
  return (
    begin !== undefined &&
    end !== undefined &&
    damage.some(({ kind }) => kind === "glued") &&
    !/[\r\n]/.test(text.slice(begin.end, end.start))
  );
}

/** Of base64 that can be read, what blanks part goes on a line of its own. */
function onSeparateLines({ chunk: { text }, block: { begin, end, body, bytes, damage } }: Piece): readonly TextEdit[] {
  const edits = damage.flatMap(({ kind, repair = [] }) => (kind === "glued" ? repair : []));
  const lineEnd = edits[0]?.text;
  if (begin === undefined || end === undefined || lineEnd === undefined) return [];
  const indent = begin.start - startOfRun(text, " \t", begin.start);
  if (indent > 0) edits.push({ span: { start: begin.start - indent, end: begin.start }, text: "" });
  if (bytes !== undefined && damage.every(({ kind }) => kind === "glued"))
    for (const gap of text.slice(body.start, body.end).matchAll(/(?<=\S)[ \t]+(?=\S)/g)) {
      const start = body.start + gap.index;
      edits.push({ span: { start, end: start + gap[0].length }, text: lineEnd });
    }
  return edits.sort((a, b) => a.span.start - b.span.start);
}

/** What stands between the boundaries decides. */
function relabel({ block: { bytes, begin, end, label } }: Piece): readonly TextEdit[] | undefined {
  const right = bytes && labelOfBytes(bytes);
  if (right === undefined || begin === undefined || end === undefined) return undefined;
  const edits = [{ span: end, text: boundaryText("END", right) }];
  return label === right ? edits : [{ span: begin, text: boundaryText("BEGIN", right) }, ...edits];
}
