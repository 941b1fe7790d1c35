import { type Bundle, once, type Piece } from "./bundle.ts";
import type { Certificate } from "./certificate.ts";
import { isSelfSigned } from "./chain.ts";

/** A piece of a bundle, and its place. */
export interface Selected {
  readonly index: number;
  readonly piece: Piece;
}

/** The pieces of a bundle that meet a condition of their own. After an edit it is asked of those that came, and of no other. */
export function selection(isMeant: (piece: Piece) => boolean): (bundle: Bundle) => readonly Selected[] {
  const known = new WeakMap<readonly Piece[], readonly Selected[]>();
  const among = (pieces: readonly Piece[], first: number): readonly Selected[] => {
    const found: Selected[] = [];
    pieces.forEach((piece, place) => {
      if (isMeant(piece)) found.push({ index: first + place, piece });
    });
    return found;
  };
  return ({ pieces, since: { base, start, removed, added } }) => {
    const before = once(known, base, () => among(base, 0));
    if (removed + added === 0) return before;
    const come = among(pieces.slice(start, start + added), start);
    if (before.length + come.length === 0) return come;
    const behind = before.filter(({ index }) => index >= start + removed).map(({ index, piece }) => ({ index: index - removed + added, piece }));
    return [...before.filter(({ index }) => index < start), ...come, ...behind];
  };
}

/** The same, of certificates. */
export function certificateSelection(isMeant: (certificate: Certificate) => boolean): (bundle: Bundle) => readonly (Selected & { readonly certificate: Certificate })[] {
  const select = selection(({ content }) => content.kind === "certificate" && isMeant(content.certificate));
  return (bundle) => select(bundle).flatMap(({ index, piece }) => (piece.content.kind === "certificate" ? [{ index, piece, certificate: piece.content.certificate }] : []));
}

const counts = new WeakMap<readonly Piece[], ReadonlyMap<string, number>>();

/** The names (`Name.key`) of those who issued certificates of a bundle, whoever signed itself aside. */
export function issuerNamesIn({ pieces, since: { base, start, removed, added } }: Bundle): readonly string[] {
  const before = once(counts, base, () => count(base));
  const gone = count(base.slice(start, start + removed));
  const come = count(pieces.slice(start, start + added));
  const names: string[] = [];
  for (const [name, number] of before) if (number > (gone.get(name) ?? 0) || come.has(name)) names.push(name);
  for (const name of come.keys()) if (!before.has(name)) names.push(name);
  return names;
}

function count(pieces: readonly Piece[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const { content } of pieces) {
    if (content.kind !== "certificate" || isSelfSigned(content.certificate)) continue;
    const name = content.certificate.issuer.key;
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  return names;
}
