import type { Chunk } from "../pem/block.ts";
import { mayBeKey } from "../pem/hidden.ts";
import { charactersPerStep, finish, perStep, type Steps } from "../steps.ts";
import type { Span } from "../text.ts";
import { type Bundle, once, type Piece } from "../x509/bundle/bundle.ts";
import { foreignBlocks } from "../x509/bundle/foreign.ts";
import { hiddenCertificates, hiddenKeys, hiddenPieces, placeOfHidden } from "../x509/bundle/hidden.ts";
import { holdsJoined } from "../x509/bundle/joined.ts";
import { mislabelledIn } from "../x509/bundle/mislabelled.ts";
import { indentedOf, isIndented, placeOfUnreadable } from "../x509/bundle/places.ts";
import { countCertificates, isWithoutCopies, selection } from "../x509/bundle/selection.ts";
import { unwrappedIn } from "../x509/bundle/unwrapped.ts";
import type { Certificate } from "../x509/model.ts";
import { indexOf } from "../x509/path/chain.ts";
import { labelOfBytes } from "../x509/read/contents.ts";
import { judgement, type Outside, type StoreJudgement } from "./judgement.ts";
import type { StoreFound, StoreLimit } from "./reason.ts";
import type { Limit, Profile, Target } from "./targets.ts";
import { type RefusedKind, refusedTextIn } from "./text.ts";

export function judgeCertificates(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  if (countCertificates(bundle) > 0 || hiddenCertificates(bundle).length > 0) return [];
  const isRevocation = takesRevocationFiles(profile.target) && isRevocationFile(bundle);
  return [
    judgement(profile, {
      requirement: "certificates",
      severity: "info",
      index: undefined,
      found: { code: isRevocation ? "store:revocation-lists" : "store:no-certificate" },
    }),
  ];
}

/** A block of certificates that was not read as such, or one that is damaged: readers differ. */
export const doubtful = selection((piece) => {
  const { block, content } = piece;
  const isMeant = block.kind === "certificate" || block.kind === "trusted-certificate" || block.kind === "pkcs7";
  return isMeant && (content.kind !== "certificate" || block.damage.length > 0 || isIndented(piece));
});

/** What seems to be missing may be in a block that cannot be read, or that programs do not find. */
export function mayHoldMore(bundle: Bundle): boolean {
  return doubtful(bundle).length > 0 || hiddenCertificates(bundle).length > 0 || holdsJoined(bundle);
}

export function judgeReadable(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  return finish(judgeReadableInSteps(bundle, profile));
}

/** Of a file of nothing else, each block is damaged. */
export function* judgeReadableInSteps(bundle: Bundle, profile: Profile): Steps<readonly StoreJudgement[]> {
  const damaged: StoreJudgement[] = [];
  for (const { index, piece } of doubtful(bundle)) {
    if (damaged.length % perStep === perStep - 1) yield;
    damaged.push(
      judgement(profile, {
        requirement: "readable",
        severity: "warning",
        index,
        at: placeOfDamage(piece, bundle.starts[index] ?? 0),
        found: piece.block.placeholder ? filledInLater : damagedBlock,
      }),
    );
  }
  const hidden = hiddenPieces(bundle).flatMap((piece) =>
    mayBeKey(piece.hidden)
      ? []
      : judgement(profile, {
          requirement: "readable",
          at: placeOfHidden(piece),
          // To some it is text, which they refuse.
          severity: profile.isTextRestricted ? "error" : "warning",
          index: undefined,
          found: { code: "store:hidden-block", args: { label: piece.hidden.label } },
          ...(profile.isTextRestricted && { limit: { code: "store:no-text", args: { services: [profile.name] } } }),
        }),
  );
  return damaged.concat(hidden);
}

const filledInLater: StoreFound = { code: "store:filled-in-later" };
const damagedBlock: StoreFound = { code: "store:damaged-block" };

/** What the first of the rules on it points at. */
function placeOfDamage(piece: Piece, start: number): Span {
  const { begin, bytes, damage } = piece.block;
  const isOther = mislabelledIn(piece) !== undefined || (bytes !== undefined && unwrappedIn(bytes) !== undefined);
  const first = damage[0]?.at ?? indentedOf(piece) ?? (isOther ? begin : undefined) ?? placeOfUnreadable(piece);
  return { start: start + first.start, end: start + first.end };
}

/** The label may be that of a list, and the content something else. */
function isRevocationList({ block: { kind, bytes } }: Piece): boolean {
  return kind === "crl" && (labelOfBytes(bytes ?? nothingRead) ?? crlLabel) === crlLabel;
}

const crlLabel = "X509 CRL";
const nothingRead = new Uint8Array();

export const revocationLists = selection(isRevocationList);

export const besideRevocationLists = selection((piece) => !isRevocationList(piece));

/** Whether revocation lists are files of their own beside the trust store of a service. */
export function takesRevocationFiles(target: Target): boolean {
  return target === "alb" || target === "nlb";
}

/** Whether there are revocation lists in it and nothing else: what load balancers take beside a trust store. */
export function isRevocationFile(bundle: Bundle): boolean {
  return revocationLists(bundle).length > 0 && besideRevocationLists(bundle).length === 0;
}

export function judgeForeignBlocks(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  if (takesRevocationFiles(profile.target) && isRevocationFile(bundle)) return [];
  return foreignBlocks(bundle).map(({ index, piece: { block } }) =>
    judgement(profile, {
      requirement: "foreign-block",
      // What else a Network Load Balancer's trust store may hold, no page says.
      severity: profile.outcome === undefined ? "warning" : "error",
      index,
      found: { code: "store:foreign-block", args: { label: block.label } },
    }),
  );
}

const keyBlocks = selection(({ block }) => block.kind === "private-key" && !block.placeholder);

export function judgePrivateKeys(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  const blocks = keyBlocks(bundle).map(({ index }) => ({ index, at: undefined }));
  const hidden = hiddenKeys(bundle).map((piece) => ({ index: undefined, at: placeOfHidden(piece) }));
  return [...blocks, ...hidden].map((place) =>
    judgement(profile, {
      requirement: "private-key",
      severity: "error",
      ...place,
      found: { code: "store:private-key" },
    }),
  );
}

export function judgeCount(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  const limit = profile.certificates;
  const count = countCertificates(bundle);
  if (limit === undefined || count <= limit.most) return [];
  const { most, source, isAdjustable } = limit;
  const about = { requirement: "count", index: undefined, source, limit: mostCertificates(limit, profile) } as const;
  // Whether copies count is documented nowhere.
  const different = isWithoutCopies(bundle) ? count : indexOf(bundle).certificates.length;
  return [
    different <= most
      ? judgement(profile, {
          ...about,
          severity: "warning",
          found: { code: "store:count-with-copies", args: { count, different } },
        })
      : judgement(profile, {
          ...about,
          severity: isAdjustable ? "warning" : "error",
          found: { code: "store:count", args: { count } },
        }),
  ];
}

export function judgeSize(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { encoding = "utf8" }: Outside,
): readonly StoreJudgement[] {
  const limit = profile.objectBytes;
  if (limit === undefined || bundle.pieces.length === 0) return [];
  const bytes = sizeOf(bundle, encoding);
  if (bytes <= surelyTaken(limit)) return [];
  const { most, surely, formerly, isAdjustable, source } = limit;
  const about = { requirement: "size", index: undefined, source } as const;
  const found: StoreFound = { code: "store:size", args: { bytes } };
  const services = [profile.name];
  if (bytes > most) {
    const severity = isAdjustable ? "warning" : "error";
    return [judgement(profile, { ...about, severity, found, limit: mostBytes(limit, profile) })];
  }
  const unclear =
    surely === undefined
      ? {
          found,
          limit: { code: "store:most-bytes-formerly", args: { services, most, formerly: formerly ?? most } } as const,
        }
      : {
          found: { code: "store:size-unclear", args: { bytes, surely, most } } as const,
          limit: { code: "store:one-megabyte", args: { services } } as const,
        };
  return [judgement(profile, { ...about, severity: "warning", ...unclear })];
}

/** Whatever the page may mean, and whichever copy of it holds. */
function surelyTaken({ most, surely = most, formerly = surely }: Limit): number {
  return Math.min(surely, formerly);
}

export function judgeSubjects(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  const limit = profile.subjectBytes;
  if (limit === undefined) return [];
  const { most, isAdjustable, source } = limit;
  // Whether copies count is documented nowhere.
  const bytes = isWithoutCopies(bundle) ? subjectBytesIn(bundle) : sumOf(indexOf(bundle).certificates);
  if (bytes <= most) return [];
  return [
    judgement(profile, {
      requirement: "subject-length",
      severity: isAdjustable ? "warning" : "error",
      index: undefined,
      source,
      found: { code: "store:subject-length", args: { bytes } },
      limit: { code: "store:longest-subjects", args: { services: [profile.name], most, isAdjustable } },
    }),
  ];
}

const subjects = new WeakMap<readonly Piece[], number>();

function subjectBytesIn({ pieces, since: { base, start, removed, added } }: Bundle): number {
  const sum = (some: readonly Piece[]) =>
    sumOf(some.flatMap(({ content }) => (content.kind === "certificate" ? [content.certificate] : [])));
  const [gone, come] = [base.slice(start, start + removed), pieces.slice(start, start + added)];
  return once(subjects, base, sum) - sum(gone) + sum(come);
}

function sumOf(certificates: readonly Certificate[]): number {
  return certificates.reduce((sum, { subject: { slice } }) => sum + slice.end - slice.start, 0);
}

function mostCertificates({ most, isAdjustable }: Limit, { name }: Profile): StoreLimit {
  return { code: "store:most-certificates", args: { services: [name], most, isAdjustable } };
}

function mostBytes({ most, isAdjustable }: Limit, { name }: Profile): StoreLimit {
  return { code: "store:most-bytes", args: { services: [name], most, isAdjustable } };
}

/** How much of what may be there is there. */
export function metIn(bundle: Bundle, profile: Profile, { encoding = "utf8" }: Outside): readonly StoreJudgement[] {
  const { certificates, objectBytes: limit } = profile;
  const met: StoreJudgement[] = [];
  const about = { holds: true, index: undefined, severity: "info" } as const;
  const [count, bytes] = [countCertificates(bundle), sizeOf(bundle, encoding)];
  if (certificates !== undefined && count > 0 && count <= certificates.most)
    met.push(
      judgement(profile, {
        ...about,
        requirement: "count",
        source: certificates.source,
        found: { code: "store:count", args: { count } },
        limit: mostCertificates(certificates, profile),
      }),
    );
  // In another encoding each character has at least one byte: too many is certain, few enough is not.
  if (limit !== undefined && count > 0 && bytes <= surelyTaken(limit) && encoding !== "other") {
    met.push(
      judgement(profile, {
        ...about,
        requirement: "size",
        source: limit.source,
        found: { code: "store:size", args: { bytes } },
        limit: mostBytes(limit, profile),
      }),
    );
  }
  return met;
}

const encoder = new TextEncoder();

const units = new WeakMap<readonly Piece[], { readonly bytes: number; readonly characters: number }>();

/** In bytes. */
function sizeOf(
  { pieces, pem, since: { base, start, removed, added } }: Bundle,
  encoding: NonNullable<Outside["encoding"]>,
): number {
  const sum = (some: readonly Piece[]) => finish(sizeOfAll(some));
  const all = once(units, base, sum);
  const [gone, come] = [sum(base.slice(start, start + removed)), sum(pieces.slice(start, start + added))];
  const last = pem.chunks.at(-1);
  const rest = last === undefined || last.block !== undefined ? nothing : finish(sizeOfChunk(last));
  const characters = all.characters - gone.characters + come.characters + rest.characters;
  const bytes = all.bytes - gone.bytes + come.bytes + rest.bytes;
  if (encoding === "utf16le" || encoding === "utf16be") return 2 * characters + 2;
  return encoding === "other" ? characters : encoding === "utf8bom" ? bytes + 3 : bytes;
}

/** Of a large file, in steps: whoever asks for the size afterwards does not wait for it. */
export function* prepareSize({ pem, since: { base } }: Bundle): Steps<void> {
  const last = pem.chunks.at(-1);
  if (last !== undefined && last.block === undefined) yield* sizeOfChunk(last);
  if (!units.has(base)) units.set(base, yield* sizeOfAll(base));
}

function* sizeOfAll(pieces: readonly Piece[]): Steps<typeof nothing> {
  let all = nothing;
  /** One that is there many times in a row is measured once. */
  let last: Chunk | undefined;
  let size = nothing;
  for (let place = 0; place < pieces.length; place++) {
    if (place % perStep === perStep - 1) yield;
    const chunk = pieces[place]?.chunk;
    if (chunk === undefined) continue;
    if (chunk !== last) size = yield* sizeOfChunk(chunk);
    last = chunk;
    all = add(all, size);
  }
  return all;
}

const nothing = { bytes: 0, characters: 0 };

function add(one: typeof nothing, other: typeof nothing): typeof nothing {
  return { bytes: one.bytes + other.bytes, characters: one.characters + other.characters };
}

const sizes = new WeakMap<Chunk, typeof nothing>();

/** Of a long one it is kept. */
function* sizeOfChunk(chunk: Chunk): Steps<typeof nothing> {
  const { text, block } = chunk;
  // A sound block with nothing above it has no other characters than those of one byte.
  if (block?.bytes !== undefined && block.span.start === 0 && block.damage.length === 0)
    return { bytes: text.length, characters: text.length };
  const found = sizes.get(chunk);
  if (found !== undefined) return found;
  let bytes = 0;
  for (let at = 0, end = at; at < text.length; at = end) {
    if (at > 0) yield;
    end = at + charactersPerStep;
    // What is one character is in one part.
    if ((text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    bytes += encoder.encode(text.slice(at, end)).length;
  }
  const size = { bytes, characters: text.length };
  if (text.length > charactersPerStep) sizes.set(chunk, size);
  return size;
}

export function judgeText(bundle: Bundle, profile: Profile): readonly StoreJudgement[] {
  if (!profile.isTextRestricted) return [];
  return refusedTextIn(bundle).map(({ index, kind, at }) => {
    const { found, limit } = textCodes[kind];
    return judgement(profile, {
      requirement: "text",
      severity: "error",
      index,
      at,
      found: { code: found },
      limit: { code: limit, args: { services: [profile.name] } },
    });
  });
}

const textCodes = {
  blank: { found: "store:blank-line", limit: "store:no-blank-lines" },
  hyphen: { found: "store:comment-with-hyphen", limit: "store:no-hyphens" },
  other: { found: "store:other-text", limit: "store:no-text" },
} as const satisfies Readonly<
  Record<RefusedKind, { readonly found: StoreFound["code"]; readonly limit: StoreLimit["code"] }>
>;
