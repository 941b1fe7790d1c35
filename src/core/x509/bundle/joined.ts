import type { Certificate } from "../model.ts";
import { isUnreadable } from "../model.ts";
import { readCertificate } from "../read/certificate.ts";
import type { Bundle, Piece } from "./bundle.ts";
import { once } from "./bundle.ts";
import { selection } from "./selection.ts";

const known = new WeakMap<Piece, readonly Certificate[]>();
const none: readonly Certificate[] = [];

/** Certificates that follow the one of a block in it, as when files of DER are joined and then encoded. */
export function joinedBehind(piece: Piece): readonly Certificate[] {
  const { block, content } = piece;
  // What OpenSSL trusts a certificate for stands behind it.
  if (content.kind !== "certificate" || content.certificate.trailing === 0 || block.kind === "trusted-certificate")
    return none;
  const { bytes } = block;
  const { trailing } = content.certificate;
  return bytes === undefined ? none : once(known, piece, () => certificatesIn(bytes.subarray(bytes.length - trailing)));
}

/** None, where anything else is among them. */
function certificatesIn(bytes: Uint8Array): readonly Certificate[] {
  const found: Certificate[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const read = readCertificate(rest);
    if (isUnreadable(read)) return none;
    found.push(read);
    rest = rest.subarray(rest.length - read.trailing);
    if (read.trailing === 0) break;
  }
  return found;
}

const joined = selection((piece) => joinedBehind(piece).length > 0);

/** Whether there are certificates that are not among those of the bundle, because they follow another in its block. */
export function holdsJoined(bundle: Bundle): boolean {
  return joined(bundle).length > 0;
}
