import * as vscode from "vscode";
import { blockLens } from "../../core/messages/x509/lens.ts";
import type { Piece } from "../../core/x509/bundle/bundle.ts";
import { headIn } from "../../core/x509/bundle/places.ts";
import { type CommandId, pemLanguages, type SettingId } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { bundleIn } from "../documents/pem-documents.ts";
import { contextFor } from "../documents/reader.ts";
import { positionsOf } from "../editor/convert.ts";
import { madeInTurns } from "../editor/in-turns.ts";
import { iconless } from "../editor/plain.ts";
import { certificateLensEnabled } from "../editor/settings.ts";

/** Above each PEM block: whose certificate it is and until when. */
export function provideCertificateLenses(documents: Documents): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider<PieceLens> = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!certificateLensEnabled(document.uri)) return [];
      const bundle = await bundleIn(document, documents);
      if (bundle === undefined) return [];
      const positions = positionsOf(document);
      const lensOf = (piece: Piece, index: number): PieceLens[] => {
        const at = headIn(bundle, index);
        return piece.block.placeholder ? [] : [new PieceLens(positions.range(at), document.uri, piece, at.start)];
      };
      return madeInTurns(bundle.pieces, lensOf, token);
    },
    // Asked of those on the screen alone: a bundle may have thousands.
    resolveCodeLens: (lens) => {
      const { settings, now } = contextFor(lens.uri);
      lens.command = commandOf(lens, now, settings.expiryWarningDays);
      return lens;
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (
        event.affectsConfiguration("mtls.certificateLens" satisfies SettingId) ||
        event.affectsConfiguration("mtls.expiryWarningDays" satisfies SettingId)
      )
        changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(
      pemLanguages.map((language) => ({ language })),
      provider,
    ),
  );
}

class PieceLens extends vscode.CodeLens {
  readonly uri: vscode.Uri;
  readonly piece: Piece;
  /** In the text, as the document was. */
  readonly offset: number;

  constructor(range: vscode.Range, uri: vscode.Uri, piece: Piece, offset: number) {
    super(range);
    this.uri = uri;
    this.piece = piece;
    this.offset = offset;
  }
}

const icons = { plain: "", warning: "$(warning) ", error: "$(error) " } as const;

function commandOf({ uri, piece, offset }: PieceLens, now: Date, soon: number): vscode.Command {
  const said = blockLens(piece, now, soon);
  const title = said === undefined ? "" : icons[said.tone] + iconless(said.text);
  const { kind } = piece.content;
  // Of a private key, and of what cannot be read, there is nothing to inspect.
  if (kind !== "certificate" && kind !== "request") return { title, command: "" };
  return {
    title,
    command: "mtls.inspectCertificate" satisfies CommandId,
    tooltip: vscode.l10n.t("Inspect Certificate"),
    arguments: [{ uri: uri.toString(), offset }],
  };
}
