import { writePem } from "../../pem/blocks.ts";
import { lineEndBehind } from "../../pem/lines.ts";
import type { TextEdit } from "../../text.ts";
import { isPkcs7 } from "../read/pkcs7.ts";
import { contentsInside, type Piece } from "./bundle.ts";

/** The certificates of a block of PKCS#7 in its place. `undefined`: there are none, or not all of them can be read. */
export function unpackedPkcs7(piece: Piece): { readonly count: number; readonly edit: TextEdit } | undefined {
  const { chunk, block } = piece;
  const { begin, end, damage, bytes } = block;
  if (begin === undefined || end === undefined || damage.length > 0) return undefined;
  if (bytes === undefined || !isPkcs7(bytes)) return undefined;
  const inside = contentsInside(piece);
  const ders = inside.flatMap((one) => (one.kind === "certificate" ? [one.certificate.der] : []));
  if (ders.length === 0 || ders.length < inside.length) return undefined;
  const written = ders.map((der) => writePem("CERTIFICATE", der)).join("");
  const text = written.trimEnd().replaceAll("\n", lineEndBehind(chunk.text, begin.end));
  return { count: ders.length, edit: { span: { start: begin.start, end: end.end }, text } };
}
