import { finish, perStep, type Steps } from "../../steps.ts";
import { isSelfSigned } from "../identity.ts";
import type { Certificate } from "../model.ts";
import { type Bundle, once, type Piece } from "./bundle.ts";

/** A piece of a bundle, and its place. */
export interface Selected {
  readonly index: number;
  readonly piece: Piece;
}

/** The pieces of a bundle that meet a condition of their own, in order. */
export interface Selection<Found extends Selected = Selected> {
  (bundle: Bundle): readonly Found[];
  /** Of a large file, asks every piece in steps: whoever wants them afterwards does not wait for it. */
  readonly prepare: (bundle: Bundle) => Steps<void>;
}

/** After an edit the condition is asked of those that came, and of no other. */
export function selection(isMeant: (piece: Piece) => boolean): Selection {
  const known = new WeakMap<readonly Piece[], readonly Selected[]>();
  const among = function* (pieces: readonly Piece[], first: number): Steps<readonly Selected[]> {
    const found: Selected[] = [];
    /** One that is there many times in a row is asked once. */
    let last: Piece | undefined;
    let isLastMeant = false;
    for (let place = 0; place < pieces.length; place++) {
      if (place % perStep === perStep - 1) yield;
      const piece = pieces[place];
      if (piece === undefined) continue;
      if (piece !== last) isLastMeant = isMeant(piece);
      last = piece;
      if (isLastMeant) found.push({ index: first + place, piece });
    }
    return found;
  };
  const select = ({ pieces, since: { base, start, removed, added } }: Bundle): readonly Selected[] => {
    const before = once(known, base, () => finish(among(base, 0)));
    if (removed + added === 0) return before;
    const come = finish(among(pieces.slice(start, start + added), start));
    if (before.length + come.length === 0) return come;
    const behind = before
      .filter(({ index }) => index >= start + removed)
      .map(({ index, piece }) => ({ index: index - removed + added, piece }));
    return [...before.filter(({ index }) => index < start), ...come, ...behind];
  };
  return Object.assign(select, {
    prepare: function* ({ since: { base } }: Bundle): Steps<void> {
      if (!known.has(base)) known.set(base, yield* among(base, 0));
    },
  });
}

/** The same, of certificates. */
export function certificateSelection(
  isMeant: (certificate: Certificate) => boolean,
): Selection<Selected & { readonly certificate: Certificate }> {
  return ofCertificates(selection(({ content }) => content.kind === "certificate" && isMeant(content.certificate)));
}

/** With the certificates, where no other piece is meant. */
export function ofCertificates(select: Selection): Selection<Selected & { readonly certificate: Certificate }> {
  const selected = (bundle: Bundle) =>
    select(bundle).flatMap(({ index, piece }) =>
      piece.content.kind === "certificate" ? [{ index, piece, certificate: piece.content.certificate }] : [],
    );
  return Object.assign(selected, { prepare: select.prepare });
}

/** How many certificates are in a bundle. After an edit those that came and went are counted. */
export function countCertificates({ pieces, since: { base, start, removed, added } }: Bundle): number {
  return (
    once(counted, base, countIn) -
    countIn(base.slice(start, start + removed)) +
    countIn(pieces.slice(start, start + added))
  );
}

const counted = new WeakMap<readonly Piece[], number>();

function countIn(pieces: readonly Piece[]): number {
  return pieces.reduce((count, { content }) => count + (content.kind === "certificate" ? 1 : 0), 0);
}

/**
 * Which values the certificates of a bundle have, each with how many have it. After an edit it is asked of those that
 * came and went.
 */
function tally<Value>(valueOf: (certificate: Certificate) => Value | undefined): (bundle: Bundle) => Tally<Value> {
  const known = new WeakMap<readonly Piece[], ReadonlyMap<Value, number>>();
  const count = (pieces: readonly Piece[]): ReadonlyMap<Value, number> => {
    const counts = new Map<Value, number>();
    for (const { content } of pieces) {
      const value = content.kind === "certificate" ? valueOf(content.certificate) : undefined;
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  };
  return ({ pieces, since: { base, start, removed, added } }) => ({
    before: once(known, base, count),
    gone: removed === 0 ? nothing : count(base.slice(start, start + removed)),
    come: added === 0 ? nothing : count(pieces.slice(start, start + added)),
  });
}

const nothing: ReadonlyMap<never, number> = new Map<never, number>();

interface Tally<Value> {
  readonly before: ReadonlyMap<Value, number>;
  readonly gone: ReadonlyMap<Value, number>;
  readonly come: ReadonlyMap<Value, number>;
}

const issuers = tally((certificate) => (isSelfSigned(certificate) ? undefined : certificate.issuer.key));

/** The names (`Name.key`) of the issuers of certificates of a bundle; self-signed ones are left out. */
export function issuerNamesIn(bundle: Bundle): readonly string[] {
  const { before, gone, come } = issuers(bundle);
  const names = [...come.keys()];
  for (const [name, count] of before) if (count > (gone.get(name) ?? 0) && !come.has(name)) names.push(name);
  return names;
}

const hashes = tally(({ hash }) => hash);
const repeated = new WeakMap<ReadonlyMap<number, number>, boolean>();

/** Whether no certificate is in a bundle twice: then no two have the same hash. */
export function isWithoutCopies(bundle: Bundle): boolean {
  const { before, gone, come } = hashes(bundle);
  if (once(repeated, before, () => [...before.values()].some((count) => count > 1))) return false;
  return [...come].every(([hash, count]) => count === 1 && (!before.has(hash) || gone.has(hash)));
}
