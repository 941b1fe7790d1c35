import * as vscode from "vscode";
import { certificateTitle, nameTitle, shown } from "../../core/messages/x509/describe.ts";
import { type Bundle, type Content, contentsInside, type Piece } from "../../core/x509/bundle/bundle.ts";
import { isDamaged } from "../../core/x509/bundle/damaged.ts";
import { chainOfFile } from "../../core/x509/path/file-chain.ts";

/** What people call the thing in a block; its label where it has no name. */
export function pieceTitle(piece: Piece): string {
  const { block, content } = piece;
  const inside = contentsInside(piece);
  if (inside.length > 0 || (block.kind === "pkcs7" && content.kind === "opaque" && block.bytes !== undefined))
    return certificatesTitle(inside);
  if (content.kind === "certificate") return certificateTitle(content.certificate);
  if (content.kind === "request")
    return nameTitle(content.request.subject, content.request.der) || vscode.l10n.t("Certificate request");
  return isDamaged(piece) ? vscode.l10n.t("Damaged block") : shown(block.label);
}

/** As OpenSSL's PKCS#7 with nothing signed in it: a bag of certificates. */
function certificatesTitle(contents: readonly Content[]): string {
  const [first] = contents.flatMap((content) => (content.kind === "certificate" ? [content.certificate] : []));
  if (first === undefined) return "PKCS#7";
  const others = contents.length - 1;
  return others === 0 ? certificateTitle(first) : vscode.l10n.t("{0} and {1} more", certificateTitle(first), others);
}

/** What a file holds, counted: `3 certificates in a chain, 1 private key`. */
export function summaryOf(bundle: Bundle): string {
  const counts = { certificates: 0, requests: 0, keys: 0, damaged: 0, others: 0 };
  for (const piece of bundle.pieces) counts[classOf(piece)] += 1;
  const { certificates, requests, keys, damaged, others } = counts;
  const t = vscode.l10n.t;
  return [
    certificates === 0
      ? undefined
      : isChain(bundle)
        ? t("chain of {0} certificates", certificates)
        : certificates === 1
          ? t("1 certificate")
          : t("{0} certificates", certificates),
    requests === 0 ? undefined : requests === 1 ? t("1 certificate request") : t("{0} certificate requests", requests),
    keys === 0 ? undefined : keys === 1 ? t("1 private key") : t("{0} private keys", keys),
    damaged === 0 ? undefined : damaged === 1 ? t("1 damaged block") : t("{0} damaged blocks", damaged),
    others === 0 ? undefined : others === 1 ? t("1 other block") : t("{0} other blocks", others),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

function classOf(piece: Piece): "certificates" | "requests" | "keys" | "damaged" | "others" {
  if (piece.content.kind === "certificate") return "certificates";
  if (piece.content.kind === "request") return "requests";
  if (piece.block.kind === "private-key") return "keys";
  return isDamaged(piece) ? "damaged" : "others";
}

/** Begins with its leaf, and holds what leads up from there and nothing else. */
function isChain(bundle: Bundle): boolean {
  const chain = chainOfFile(bundle, undefined, { leafAnywhere: false });
  return chain !== undefined && chain.connected.length > 1 && chain.unconnected.length === 0;
}
