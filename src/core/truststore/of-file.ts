import * as l10n from "@vscode/l10n";
import type { Chunk } from "../pem/block.ts";
import { type Bundle, once, type Piece } from "../x509/bundle/bundle.ts";
import { countCertificates, isWithoutCopies, selection } from "../x509/bundle/selection.ts";
import { indexOf } from "../x509/path/chain.ts";
import { adjustable, type Outside, reason, type StoreReason } from "./reason.ts";
import type { Limit, Profile } from "./targets.ts";
import { type RefusedKind, refusedTextIn } from "./text.ts";

export function certificatesReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (countCertificates(bundle) > 0) return [];
  const isRevocation = profile.target === "alb" && isRevocationFile(bundle);
  return [
    reason(profile, {
      requirement: "certificates",
      severity: "info",
      index: undefined,
      finds: isRevocation
        ? l10n.t("this is a file of certificate revocation lists, which a trust store has beside its certificates")
        : l10n.t("there is no certificate in this file"),
    }),
  ];
}

/** A block of certificates that was not read as such, or one that is damaged: readers differ. */
export const doubtful = selection(({ block, content }) => {
  const isMeant = block.kind === "certificate" || block.kind === "trusted-certificate" || block.kind === "pkcs7";
  return isMeant && (content.kind !== "certificate" || block.damage.length > 0);
});

export function readableReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return doubtful(bundle).map(({ index, piece: { block } }) =>
    reason(profile, {
      requirement: "readable",
      severity: "warning",
      index,
      finds: block.placeholder
        ? l10n.t("what this block holds is filled in later")
        : l10n.t("this block is damaged, or cannot be read as a certificate"),
    }),
  );
}

const lists = selection(({ block }) => block.kind === "crl");

const others = selection(({ block }) => block.kind !== "crl");

/**
 * Whether there are revocation lists in it and nothing else: what Application Load Balancer takes beside a trust store.
 */
export function isRevocationFile(bundle: Bundle): boolean {
  return lists(bundle).length > 0 && others(bundle).length === 0;
}

const foreign = selection(
  ({ block }) =>
    block.label !== "CERTIFICATE" &&
    block.kind !== "private-key" &&
    !block.placeholder &&
    !block.damage.some(({ kind }) => kind === "label-mismatch"),
);

export function foreignReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (profile.target === "alb" && isRevocationFile(bundle)) return [];
  return foreign(bundle).map(({ index, piece: { block } }) =>
    reason(profile, {
      requirement: "foreign-block",
      severity: "error",
      index,
      finds: l10n.t("this block is labelled {0}, and a trust store takes CERTIFICATE blocks alone", block.label),
    }),
  );
}

const keyBlocks = selection(({ block }) => block.kind === "private-key" && !block.placeholder);

export function keyBlockReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  return keyBlocks(bundle).map(({ index }) =>
    reason(profile, {
      requirement: "private-key",
      severity: "error",
      index,
      finds: l10n.t("there is a private key in this file"),
    }),
  );
}

export function countReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  const limit = profile.certificates;
  const length = countCertificates(bundle);
  if (length <= limit.most) return [];
  const about = { requirement: "count", index: undefined, source: limit.source, takes: countTaken(profile) } as const;
  // Whether copies count is documented nowhere.
  const different = isWithoutCopies(bundle) ? length : indexOf(bundle).certificates.length;
  if (different <= limit.most)
    return [
      reason(profile, {
        ...about,
        severity: "warning",
        finds: l10n.t("this bundle has {0}, of which {1} are different", length, different),
      }),
    ];
  return [reason(profile, { ...about, severity: "error", finds: l10n.t("this bundle has {0}", length) })];
}

export function sizeReasons(
  bundle: Bundle,
  profile: Profile,
  _now: Date,
  { encoding = "utf8" }: Outside,
): readonly StoreReason[] {
  const limit = profile.objectBytes;
  if (limit === undefined || bundle.pieces.length === 0) return [];
  const bytes = sizeOf(bundle, encoding);
  if (bytes <= (limit.surely ?? limit.most)) return [];
  const about = {
    requirement: "size",
    index: undefined,
    source: limit.source,
    takes: sizeTaken(limit, profile),
  } as const;
  if (bytes > limit.most)
    return [reason(profile, { ...about, severity: "error", finds: l10n.t("this bundle has {0}", bytes) })];
  return [
    reason(profile, {
      ...about,
      takes: l10n.t("{0} takes 1 MB", profile.name),
      severity: "warning",
      finds: l10n.t(
        "this bundle has {0} bytes: whether {1} or {2} are meant is not documented",
        bytes,
        limit.surely ?? limit.most,
        limit.most,
      ),
    }),
  ];
}

function countTaken({ name, certificates: limit }: Profile): string {
  return adjustable(limit, l10n.t("{0} takes {1} certificates", name, limit.most));
}

function sizeTaken(limit: Limit, { name }: Profile): string {
  return adjustable(limit, l10n.t("{0} takes {1} bytes", name, limit.most));
}

/** How much of what may be there is there. */
export function metReasons(bundle: Bundle, profile: Profile, { encoding = "utf8" }: Outside): readonly StoreReason[] {
  const { certificates, objectBytes: limit } = profile;
  const met: StoreReason[] = [];
  const [count, bytes] = [countCertificates(bundle), sizeOf(bundle, encoding)];
  if (count > 0 && count <= certificates.most)
    met.push(
      reason(profile, {
        requirement: "count",
        holds: true,
        index: undefined,
        severity: "info",
        source: certificates.source,
        takes: countTaken(profile),
        finds: l10n.t("this bundle has {0}", count),
      }),
    );
  // Each character of another encoding has a byte or more: that it is enough, nobody knows.
  if (limit !== undefined && count > 0 && bytes <= (limit.surely ?? limit.most) && encoding !== "other") {
    met.push(
      reason(profile, {
        requirement: "size",
        holds: true,
        index: undefined,
        severity: "info",
        source: limit.source,
        takes: sizeTaken(limit, profile),
        finds: l10n.t("this bundle has {0}", bytes),
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
  const sum = (some: readonly Piece[]) => some.reduce((sizes, { chunk }) => add(sizes, sizeOfChunk(chunk)), nothing);
  const all = once(units, base, sum);
  const [gone, come] = [sum(base.slice(start, start + removed)), sum(pieces.slice(start, start + added))];
  const last = pem.chunks.at(-1);
  const rest = last === undefined || last.block !== undefined ? nothing : sizeOfChunk(last);
  const characters = all.characters - gone.characters + come.characters + rest.characters;
  const bytes = all.bytes - gone.bytes + come.bytes + rest.bytes;
  if (encoding === "utf16le" || encoding === "utf16be") return 2 * characters + 2;
  return encoding === "other" ? characters : encoding === "utf8bom" ? bytes + 3 : bytes;
}

const nothing = { bytes: 0, characters: 0 };

function add(one: typeof nothing, other: typeof nothing): typeof nothing {
  return { bytes: one.bytes + other.bytes, characters: one.characters + other.characters };
}

function sizeOfChunk({ text, block }: Chunk): typeof nothing {
  // A sound block with nothing above it has no other characters than those of one byte.
  if (block?.bytes !== undefined && block.span.start === 0 && block.damage.length === 0)
    return { bytes: text.length, characters: text.length };
  return { bytes: encoder.encode(text).length, characters: text.length };
}

export function textReasons(bundle: Bundle, profile: Profile): readonly StoreReason[] {
  if (!profile.isTextRestricted) return [];
  return refusedTextIn(bundle).map(({ index, kind }) =>
    reason(profile, {
      requirement: "text",
      severity: "error",
      index,
      takes: textTaken(kind, profile),
      finds: textFound[kind](),
    }),
  );
}

function textTaken(kind: RefusedKind, { name }: Profile): string {
  return kind === "blank"
    ? l10n.t("{0} takes no blank lines between certificates", name)
    : kind === "hyphen"
      ? l10n.t("{0} takes no comment with a hyphen in it", name)
      : l10n.t("{0} takes no text beside certificates but comments that begin with #", name);
}

const textFound: Readonly<Record<RefusedKind, () => string>> = {
  blank: () => l10n.t("this line is blank"),
  hyphen: () => l10n.t("this one has one"),
  other: () => l10n.t("this line is none"),
};
