import * as vscode from "vscode";
import type { Chunk, PemText } from "../../core/pem/block.ts";
import type { Span } from "../../core/text.ts";
import { pemLanguages } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { bundleIn } from "../documents/pem-documents.ts";
import { madeInTurns } from "../editor/in-turns.ts";

/** Blocks, and what stands above them: comments, and texts such as `openssl x509 -text` writes. */
export function providePemFolding(documents: Documents): vscode.Disposable {
  const provider: vscode.FoldingRangeProvider = {
    async provideFoldingRanges(document, _, token) {
      const bundle = await bundleIn(document, documents);
      // Nothing is not the same as none: then the editor folds by indentation, as it always does.
      return bundle === undefined ? undefined : foldingRanges(document, bundle.pem, token);
    },
  };
  return vscode.languages.registerFoldingRangeProvider(
    pemLanguages.map((language) => ({ language })),
    provider,
  );
}

function foldingRanges(
  document: vscode.TextDocument,
  { text, chunks, starts }: PemText,
  token: vscode.CancellationToken,
): Promise<vscode.FoldingRange[]> {
  const rangesOf = ({ block, text: { length } }: Chunk, index: number) => {
    const start = starts[index] ?? 0;
    const above = runsIn(text, { start, end: start + (block?.span.start ?? length) });
    return [
      ...above.map(({ at, isComment }) =>
        rangeOf(document, at, isComment ? vscode.FoldingRangeKind.Comment : undefined),
      ),
      ...(block === undefined
        ? []
        : [rangeOf(document, { start: start + block.span.start, end: start + block.span.end })]),
    ].filter((range) => range.end > range.start);
  };
  return madeInTurns(chunks, rangesOf, token);
}

function rangeOf(
  document: vscode.TextDocument,
  { start, end }: Span,
  kind?: vscode.FoldingRangeKind,
): vscode.FoldingRange {
  return new vscode.FoldingRange(document.positionAt(start).line, document.positionAt(end).line, kind);
}

interface Run {
  readonly at: Span;
  readonly isComment: boolean;
  readonly lines: number;
}

/** A name above a block, and the ruler below it, are read at a glance. */
const fewestLines = 3;

/** Comments and longer texts, each up to the next blank line. */
function runsIn(text: string, { start, end }: Span): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const { index, 0: line } of text.slice(start, end).matchAll(/[^\r\n]*(?:\r\n?|\n)?/g)) {
    const isComment = /^\s*(?:#|\/\/|;)/.test(line);
    const isBlank = line.trim() === "";
    if (open !== undefined && (isBlank || open.isComment !== isComment)) {
      runs.push(open);
      open = undefined;
    }
    if (!isBlank)
      open = {
        at: { start: open?.at.start ?? start + index, end: start + index + line.trimEnd().length },
        isComment,
        lines: (open?.lines ?? 0) + 1,
      };
  }
  return [...runs, ...(open === undefined ? [] : [open])].filter(
    ({ isComment, lines }) => isComment || lines >= fewestLines,
  );
}
