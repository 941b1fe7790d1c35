import { type Block, type Chunk, editPem, type PemText, readPem, writePem } from "../pem/blocks.ts";
import type { Span, TextEdit } from "../text.ts";
import { type Certificate, type Fault, isUnreadable, readCertificate } from "./certificate.ts";
import { labelOfBytes } from "./label.ts";
import { certificatesInPkcs7 } from "./pkcs7.ts";
import { type CertificateRequest, readRequest } from "./request.ts";

/** One block and what is in it; without a position, so that it survives edits elsewhere as the same object. */
export interface Piece {
  readonly chunk: Chunk;
  readonly block: Block;
  readonly content: Content;
}

export type Content =
  | { readonly kind: "certificate"; readonly certificate: Certificate }
  | { readonly kind: "request"; readonly request: CertificateRequest }
  /** Bytes are there, but not what the label says. */
  | { readonly kind: "unreadable"; readonly fault: Fault }
  /** Keys, placeholders, PKCS#7, CRLs, unknown labels, bodies that cannot be decoded. */
  | { readonly kind: "opaque" };

export interface Bundle {
  readonly pem: PemText;
  /** One for each block, in order. */
  readonly pieces: readonly Piece[];
  /** Where each piece's chunk starts in the text. */
  readonly starts: readonly number[];
  /** The first in the text; its span counts from the start of the text. */
  readonly marker: { readonly target: string; readonly at: Span } | undefined;
}

/** A certificate of a bundle, and the place of its piece. */
export interface CertificatePiece {
  readonly index: number;
  readonly piece: Piece;
  readonly certificate: Certificate;
}

export function readBundle(text: string): Bundle {
  return gather(readPem(text), []);
}

/** After edits, in the order in which each applies to the text the one before it left. What they do not touch stays the same object. */
export function editBundle(bundle: Bundle, edits: readonly TextEdit[]): Bundle {
  return gather(editPem(bundle.pem, edits), bundle.pieces);
}

/** A file of bare bytes, as the text it would be in PEM; bytes that are nothing known are shown as a damaged certificate. */
export function bundleOfDer(bytes: Uint8Array): Bundle {
  return readBundle(writePem(labelOfBytes(bytes) ?? "CERTIFICATE", bytes));
}

function gather(pem: PemText, before: readonly Piece[]): Bundle {
  const { chunks, starts } = pem;
  // The pieces that an edit left alone stand at both ends.
  let same = 0;
  while (same < before.length && before[same]?.chunk === chunks[same]) same++;
  const blocks = chunks.at(-1)?.block === undefined ? chunks.length - 1 : chunks.length;
  let sameAtEnd = 0;
  while (sameAtEnd < Math.min(before.length, blocks) - same && before[before.length - 1 - sameAtEnd]?.chunk === chunks[blocks - 1 - sameAtEnd]) sameAtEnd++;
  const between = chunks.slice(same, blocks - sameAtEnd).flatMap((chunk) => (chunk.block === undefined ? [] : [{ chunk, block: chunk.block, content: contentOf(chunk.block) }]));
  const pieces = [...before.slice(0, same), ...between, ...before.slice(before.length - sameAtEnd)];
  return { pem, pieces, starts, marker: firstMarker(pem) };
}

function firstMarker({ chunks, starts }: PemText): Bundle["marker"] {
  const place = chunks.findIndex(({ markers }) => markers.length > 0);
  const marker = chunks[place]?.markers[0];
  if (marker === undefined) return undefined;
  const start = starts[place] ?? 0;
  return { target: marker.target, at: { start: start + marker.at.start, end: start + marker.at.end } };
}

function contentOf({ kind, bytes }: Block): Content {
  if (bytes === undefined) return { kind: "opaque" };
  if (kind === "certificate" || kind === "trusted-certificate") {
    const read = readCertificate(bytes);
    return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "certificate", certificate: read };
  }
  if (kind === "request") {
    const read = readRequest(bytes);
    return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "request", request: read };
  }
  return { kind: "opaque" };
}

// --- what is derived from a bundle, once and only where it is asked for

const certificates = new WeakMap<Bundle, readonly CertificatePiece[]>();

export function certificatesOf(bundle: Bundle): readonly CertificatePiece[] {
  return once(certificates, bundle, ({ pieces }) =>
    pieces.flatMap((piece, index) => (piece.content.kind === "certificate" ? [{ index, piece, certificate: piece.content.certificate }] : [])),
  );
}

const inside = new WeakMap<Block, readonly Content[]>();

/** The certificates within a PKCS#7 block; none in any other. */
export function contentsOfPkcs7({ block }: Piece): readonly Content[] {
  return once(inside, block, ({ kind, bytes }) => (kind === "pkcs7" && bytes !== undefined ? certificatesInPkcs7(bytes).map(contentOfCertificate) : []));
}

function contentOfCertificate(bytes: Uint8Array): Content {
  const read = readCertificate(bytes);
  return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "certificate", certificate: read };
}

/** Computes what belongs to an object once, for as long as the object lives. */
export function once<Key extends object, Value>(known: WeakMap<Key, Value>, key: Key, compute: (key: Key) => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute(key);
  known.set(key, value);
  return value;
}
