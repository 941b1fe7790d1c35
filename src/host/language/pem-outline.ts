import * as vscode from "vscode";
import { validityInWords } from "../../core/messages/x509/describe.ts";
import type { Bundle, Piece } from "../../core/x509/bundle/bundle.ts";
import { isDamaged } from "../../core/x509/bundle/damaged.ts";
import { pemLanguages } from "../../manifest.ts";
import { pieceTitle } from "../certificates/words.ts";
import type { Documents } from "../documents/documents.ts";
import { bundleIn } from "../documents/pem-documents.ts";
import { newSymbol, positionsOf } from "../editor/convert.ts";
import { madeInTurns } from "../editor/in-turns.ts";

/** One symbol for each block, by the name of what is in it. */
export function providePemOutline(documents: Documents): vscode.Disposable {
  const provider: vscode.DocumentSymbolProvider = {
    async provideDocumentSymbols(document, token) {
      const bundle = await bundleIn(document, documents);
      return bundle === undefined ? undefined : symbolsOf(bundle, document, token);
    },
  };
  return vscode.languages.registerDocumentSymbolProvider(
    pemLanguages.map((language) => ({ language })),
    provider,
    { label: vscode.l10n.t("Certificates") },
  );
}

function symbolsOf(
  { pieces, starts }: Bundle,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentSymbol[]> {
  const positions = positionsOf(document);
  const now = new Date();
  const symbolOf = (piece: Piece, index: number) => {
    const { span, begin = span } = piece.block;
    const start = starts[index] ?? 0;
    const range = (at: typeof span) => positions.range({ start: start + at.start, end: start + at.end });
    const title = pieceTitle(piece);
    const ranges = { whole: range(span), begin: range(begin) };
    return newSymbol(title, detailOf(piece, title, now), kindOf(piece), ranges);
  };
  return madeInTurns(pieces, (piece, index) => [symbolOf(piece, index)], token);
}

/** What matters first: the end of a line is often cut. */
function detailOf(piece: Piece, title: string, now: Date): string {
  const { block, content } = piece;
  return [
    content.kind === "certificate" ? validityInWords(content.certificate, now) : undefined,
    block.placeholder ? vscode.l10n.t("template placeholder") : undefined,
    content.kind === "certificate" || content.kind === "request"
      ? isDamaged(piece)
        ? vscode.l10n.t("damaged")
        : undefined
      : undefined,
    title === block.label ? undefined : block.label,
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

function kindOf({ block, content }: Piece): vscode.SymbolKind {
  if (block.kind === "private-key") return vscode.SymbolKind.Key;
  return content.kind === "certificate" || content.kind === "request"
    ? vscode.SymbolKind.Object
    : vscode.SymbolKind.Null;
}
