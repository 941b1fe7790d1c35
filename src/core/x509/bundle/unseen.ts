import { loneReturnsIn } from "../../pem/arrange.ts";
import { serialOddity } from "../serial-number.ts";
import type { Bundle, Piece } from "./bundle.ts";
import { certificateSelection, selection } from "./selection.ts";

// What is read here, and is known to be lost to some programs.

/** The blocks that a reader which knows LF and CRLF alone does not see. */
export const withReturns = selection((piece) => returnsIn(piece).length > 0);

/**
 * Those that keep a reader from seeing the block: in it, behind it, or before it. Where there is no other line end,
 * all.
 */
export function returnsIn({ chunk: { text }, block: { span } }: Piece): readonly number[] {
  // Of CR CR LF behind END the rest stands in the next chunk.
  const end = text.includes("\r\r\n") && text.endsWith("\r") ? text.length - 1 : text.length;
  const all = loneReturnsIn(text).filter((at) => at < end);
  const found = all.length === 0 ? all : all.filter((at) => at >= span.start - 1);
  return found.length === 0 || text.includes("\n") ? found : all;
}

/** Blocks with a byte order mark before BEGIN. */
export const withMark = selection(({ chunk: { text }, block: { begin } }) => {
  return begin !== undefined && text.charCodeAt(begin.start - 1) === byteOrderMark;
});
const byteOrderMark = 0xfeff;

/** Whether the mark that a file begins with stands before BEGIN: behind other text it does no harm. */
export function isMarkBeforeFirst({ pieces }: Bundle): boolean {
  return pieces[0]?.block.begin?.start === 0;
}

/** What OpenSSL trusts a certificate for stands behind it. */
export const withBytesBehind = selection(
  ({ block, content }) =>
    content.kind === "certificate" && content.certificate.trailing > 0 && block.kind !== "trusted-certificate",
);

export const withNegativeSerial = certificateSelection(
  (certificate) => !certificate.isFaultless && serialOddity(certificate) === "negative",
);
