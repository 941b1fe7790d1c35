import type { Block, Chunk, PemText } from "../../pem/block.ts";
import { composed, editChunks, narrowed, type Replaced, readPemInSteps, writePem } from "../../pem/blocks.ts";
import { finish, perStep, type Steps } from "../../steps.ts";
import type { Span, TextEdit } from "../../text.ts";
import { type Certificate, type Fault, isUnreadable } from "../model.ts";
import { readCertificate } from "../read/certificate.ts";
import { contentKindOf, labelOfBytes } from "../read/contents.ts";
import { certificatesInPkcs7, isPkcs7 } from "../read/pkcs7.ts";
import { type CertificateRequest, readRequest } from "../read/request.ts";
import { unwrappedIn } from "./unwrapped.ts";

/**
 * One block and what is in it; without a position, so that it survives edits elsewhere as the same object. One that is
 * there many times in a row, and has no bytes, is one object.
 */
export interface Piece {
  readonly chunk: Chunk;
  readonly block: Block;
  readonly content: Content;
  /** What the rules found in it; kept here, because a WeakMap of thousands costs more than reading them. */
  judged: unknown;
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
  /**
   * What the pieces were when they were last looked at as a whole, so that what is known of all need not be learnt
   * again.
   */
  readonly since: Since;
}

/** `removed` pieces of `base` from `start` are now `added` others; those around them are the same objects. */
export interface Since extends Replaced {
  readonly base: readonly Piece[];
}

/** A certificate of a bundle, and the place of its piece. */
export interface PlacedCertificate {
  readonly index: number;
  readonly piece: Piece;
  readonly certificate: Certificate;
}

export function readBundle(text: string): Bundle {
  return finish(readBundleInSteps(text));
}

export function* readBundleInSteps(text: string): Steps<Bundle> {
  const pem = yield* readPemInSteps(text);
  const pieces = yield* piecesOf(pem, 0, countBlocks(pem));
  return { pem, pieces, starts: pem.starts, marker: firstMarker(pem), since: asTheyAre(pieces) };
}

/**
 * After edits, in the order in which each applies to the text the one before it left. What they do not touch stays the
 * same object.
 */
export function editBundle(bundle: Bundle, edits: readonly TextEdit[]): Bundle {
  const { pem, replaced } = editChunks(bundle.pem, edits);
  const known = bundle.pieces;
  const { start, removed, added } = narrowed(
    amongPieces(replaced, known.length, countBlocks(pem)),
    (before, after) => known[before]?.chunk === pem.chunks[after],
  );
  const come = finish(piecesOf(pem, start, added));
  const pieces = known.slice(0, start).concat(come, known.slice(start + removed));
  // Where there was none, and none was added, a search is not needed.
  const mayBeMarked =
    bundle.marker !== undefined ||
    pem.chunks.slice(replaced.start, replaced.start + replaced.added).some(({ markers }) => markers.length > 0);
  return {
    pem,
    pieces,
    starts: pem.starts,
    marker: mayBeMarked ? firstMarker(pem) : undefined,
    since: sinceOf(bundle.since, { start, removed, added }, pieces),
  };
}

/** What was replaced among the chunks, told of the pieces: only the last chunk may have no block. */
function amongPieces({ start: first, removed, added }: Replaced, before: number, after: number): Replaced {
  const start = Math.min(first, before, after);
  return { start, removed: Math.min(first + removed, before) - start, added: Math.min(first + added, after) - start };
}

/**
 * A file of bare bytes, as the text it would be in PEM; bytes that are nothing known are shown as a damaged
 * certificate.
 */
export function bundleOfDer(bytes: Uint8Array): Bundle {
  const isResponse = contentKindOf(bytes) === "ocsp-response";
  return readBundle(writePem(labelOfBytes(bytes) ?? (isResponse ? "OCSP RESPONSE" : "CERTIFICATE"), bytes));
}

/** Where more than this has changed, the pieces are looked at as a whole again. */
const mostChanged = 64;

function countBlocks({ chunks }: PemText): number {
  return chunks.at(-1)?.block === undefined ? Math.max(0, chunks.length - 1) : chunks.length;
}

function* piecesOf({ chunks }: PemText, start: number, count: number): Steps<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (let place = start; place < start + count; place++) {
    if ((place - start) % perStep === perStep - 1) yield;
    const chunk = chunks[place];
    const last = pieces.at(-1);
    if (last !== undefined && last.chunk === chunk) pieces.push(last);
    else if (chunk?.block !== undefined)
      pieces.push({ chunk, block: chunk.block, content: contentOf(chunk.block), judged: undefined });
  }
  return pieces;
}

function asTheyAre(pieces: readonly Piece[]): Since {
  return { base: pieces, start: 0, removed: 0, added: 0 };
}

function sinceOf(since: Since, replaced: Replaced, pieces: readonly Piece[]): Since {
  const { base } = since;
  const change = narrowed(
    since.removed + since.added === 0 ? replaced : composed(since, replaced),
    (old, place) => base[old] === pieces[place],
  );
  return change.removed + change.added > mostChanged ? asTheyAre(pieces) : { base, ...change };
}

function firstMarker({ chunks, starts }: PemText): Bundle["marker"] {
  const place = chunks.findIndex(({ markers }) => markers.length > 0);
  const marker = chunks[place]?.markers[0];
  if (marker === undefined) return undefined;
  const start = starts[place] ?? 0;
  return { target: marker.target, at: { start: start + marker.at.start, end: start + marker.at.end } };
}

/** One for all: there may be a million. */
const opaque: Content = { kind: "opaque" };

function contentOf({ kind, bytes }: Block): Content {
  if (bytes === undefined) return opaque;
  if (kind === "certificate" || kind === "trusted-certificate") {
    const read = readCertificate(bytes);
    return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "certificate", certificate: read };
  }
  if (kind === "request") {
    const read = readRequest(bytes);
    return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "request", request: read };
  }
  return opaque;
}

// --- what is derived from a bundle, once and only where it is asked for

const certificates = new WeakMap<readonly Piece[], readonly PlacedCertificate[]>();

export function certificatesOf(bundle: Bundle): readonly PlacedCertificate[] {
  return once(certificates, bundle.pieces, () => {
    const { removed, added } = bundle.since;
    const { before, from, to, come } = certificateChange(bundle);
    const behind = before.slice(to);
    const shifted =
      removed === added ? behind : behind.map((piece) => ({ ...piece, index: piece.index - removed + added }));
    return [...before.slice(0, from), ...come, ...shifted];
  });
}

/** The certificates of `since.base`, of which those between `from` and `to` are now others. */
export interface CertificateChange {
  readonly before: readonly PlacedCertificate[];
  readonly from: number;
  readonly to: number;
  readonly come: readonly PlacedCertificate[];
}

export function certificateChange({ pieces, since: { base, start, removed, added } }: Bundle): CertificateChange {
  const before = once(certificates, base, () => certificatesIn(base, 0));
  const from = countBelow(before, start);
  return {
    before,
    from,
    to: countBelow(before, start + removed),
    come: certificatesIn(pieces.slice(start, start + added), start),
  };
}

/** Of a large file, in steps: whoever asks for its certificates afterwards does not wait for it. */
export function* prepareCertificates({ since: { base } }: Bundle): Steps<void> {
  if (!certificates.has(base)) certificates.set(base, yield* certificatesInSteps(base, 0));
}

function certificatesIn(pieces: readonly Piece[], start: number): readonly PlacedCertificate[] {
  return finish(certificatesInSteps(pieces, start));
}

function* certificatesInSteps(pieces: readonly Piece[], start: number): Steps<readonly PlacedCertificate[]> {
  const found: PlacedCertificate[] = [];
  for (let place = 0; place < pieces.length; place++) {
    if (place % perStep === perStep - 1) yield;
    const piece = pieces[place];
    if (piece?.content.kind === "certificate")
      found.push({ index: start + place, piece, certificate: piece.content.certificate });
  }
  return found;
}

/** How many stand before the piece at `index`. */
function countBelow(pieces: readonly PlacedCertificate[], index: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

const inside = new WeakMap<Block, readonly Content[]>();

/** The certificates within a block of PKCS#7, whatever its label, or of PEM that was encoded once more. */
export function contentsInside({ block, content }: Piece): readonly Content[] {
  const { bytes } = block;
  if (bytes === undefined || content.kind === "certificate" || content.kind === "request") return [];
  return once(inside, block, () => {
    if (isPkcs7(bytes)) return certificatesInPkcs7(bytes).map(contentOfCertificate);
    const unwrapped = content.kind === "unreadable" ? unwrappedIn(bytes) : undefined;
    return unwrapped === undefined
      ? []
      : readBundle(unwrapped.text).pieces.flatMap((piece) =>
          piece.content.kind === "certificate" || piece.content.kind === "unreadable" ? [piece.content] : [],
        );
  });
}

function contentOfCertificate(bytes: Uint8Array): Content {
  const read = readCertificate(bytes);
  return isUnreadable(read) ? { kind: "unreadable", fault: read.fault } : { kind: "certificate", certificate: read };
}

/** Computes what belongs to an object once, for as long as the object lives. */
export function once<Key extends object, Value>(
  known: WeakMap<Key, Value>,
  key: Key,
  compute: (key: Key) => Value,
): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute(key);
  known.set(key, value);
  return value;
}
