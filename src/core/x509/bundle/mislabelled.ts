import { wholeBytes } from "../../pem/body.ts";
import { isSlipFor, kindOf } from "../../pem/boundary.ts";
import { type ContentKind, contentKindOf, labelOf, labelOfBytes } from "../read/contents.ts";
import { once, type Piece } from "./bundle.ts";

const plain = "CERTIFICATE";

/** What is in a block whose label says something else, where the bytes say so beyond doubt. */
export function mislabelledIn(piece: Piece): ContentKind | undefined {
  const { block, content } = piece;
  if (block.kind === "other") return certificateUnder(piece) === undefined ? undefined : "certificate";
  if (block.bytes === undefined || content.kind === "certificate" || content.kind === "request") return undefined;
  const found = contentKindOf(block.bytes);
  const right = found && labelOf(found);
  return right !== undefined && kindOf(right) === block.kind ? undefined : found;
}

const known = new WeakMap<Piece, { readonly der: Uint8Array | undefined }>();

/** The DER of a certificate under a label that says something else, or that no program knows. */
export function certificateUnder(piece: Piece): Uint8Array | undefined {
  const { kind } = piece.block;
  if (kind === "private-key" || kind === "certificate" || kind === "trusted-certificate") return undefined;
  return once(known, piece, () => {
    const found = kind === "other" ? bytesOfUnknown(piece) : piece.block.bytes;
    return { der: found !== undefined && labelOfBytes(found) === plain ? found : undefined };
  }).der;
}

/** Whether a block may be a certificate that cannot be read, under a label that no program knows. */
export function mayBeDamagedCertificate(piece: Piece): boolean {
  const { label, kind, placeholder } = piece.block;
  if (kind !== "other" || placeholder || !(label.includes("CERT") || isSlipFor(label, plain))) return false;
  return bytesOfUnknown(piece) === undefined;
}

/** What calls itself a key is not decoded. */
function bytesOfUnknown({ chunk, block: { label, body, placeholder, damage } }: Piece): Uint8Array | undefined {
  const mayBeKey = /KEY/i.test(label) || damage.some(({ kind }) => kind === "label-mismatch");
  return placeholder || mayBeKey ? undefined : wholeBytes(chunk.text, body, 1);
}
