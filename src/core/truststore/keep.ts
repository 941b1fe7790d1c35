import { applyEditsInSteps } from "../edits.ts";
import { addTo } from "../grouped.ts";
import { cutBlock } from "../pem/arrange.ts";
import { writePem } from "../pem/blocks.ts";
import { isWrittenByProgram, lineEndBehind } from "../pem/lines.ts";
import type { SharedReason } from "../reason.ts";
import { finish, perStep, type Steps } from "../steps.ts";
import type { TextEdit } from "../text.ts";
import {
  type Bundle,
  certificatesOf,
  type Piece,
  type PlacedCertificate,
  readBundleInSteps,
} from "../x509/bundle/bundle.ts";
import { joinedBehind } from "../x509/bundle/joined.ts";
import { certificateUnder } from "../x509/bundle/mislabelled.ts";
import { unpackedPkcs7 } from "../x509/bundle/unpacked.ts";
import { isSelfSigned } from "../x509/identity.ts";
import type { Certificate } from "../x509/model.ts";
import { certificateCalled } from "../x509/naming.ts";
import { indexOf } from "../x509/path/chain.ts";
import { labelOfBytes } from "../x509/read/contents.ts";
import { judgeStore } from "./fitness.ts";
import { type StoreRequirement, storeReason } from "./judgement.ts";
import { mayHoldCertificate } from "./keep-loss.ts";
import { isLeaf } from "./of-chains.ts";
import { prepareStore } from "./prepare.ts";
import type { StoreDrop } from "./reason.ts";
import { profiles, type Target } from "./targets.ts";
import { prepareText, refusedTextIn } from "./text.ts";

export interface Kept {
  readonly text: string;
  /** In order; `index` is that of the piece in the bundle as it was. */
  readonly dropped: readonly Dropped[];
  /** The pieces of certificates that are kept under the label that is taken. */
  readonly relabelled: readonly number[];
  /** The pieces of PKCS#7 in whose place their certificates are. */
  readonly unpacked: readonly number[];
  /** How many went that stood around what is kept. */
  readonly lines: number;
  /** How many became comments. */
  readonly commented: number;
}

export interface Dropped {
  readonly index: number;
  /** What goes: of a block of PKCS#7, one of the certificates in it. */
  readonly piece: Piece;
  readonly why: SharedReason;
}

/** What keeps one block from being taken, whatever else there is. None of them depends on the time. */
const ownFaults: readonly StoreRequirement[] = [
  "foreign-block",
  "private-key",
  "certificate-size",
  "key",
  "signature",
  "version",
];
const plain = "CERTIFICATE";
const never = new Date(Number.NaN);

/**
 * What a service accepts of a bundle, all else as it stands. What cannot be read stays: it may be needed.
 * So do certificates that are too many: which of them has to go, only their owner knows.
 */
export function keepOnlyTaken(given: Bundle, target: Target): Kept {
  return finish(keepOnlyTakenInSteps(given, target));
}

/** The same, of a large file. */
export function* keepOnlyTakenInSteps(given: Bundle, target: Target): Steps<Kept> {
  const { bundle, relabelled, unpacked, places } = yield* inTakenBlocks(given);
  yield* prepareStore(bundle, [target]);
  const why = new Map<number, SharedReason>();
  const drop = (index: number | undefined, reason: SharedReason): void => {
    // With its block others would go that may be needed.
    const piece = index === undefined ? undefined : bundle.pieces[index];
    if (index === undefined || (piece !== undefined && joinedBehind(piece).length > 0)) return;
    if (!why.has(index)) why.set(index, reason);
  };
  const dropFor = (code: "store:copy" | "store:no-authority", { index, certificate }: PlacedCertificate): void => {
    const reason: StoreDrop = { code, args: { title: certificateCalled(certificate) } };
    drop(index, reason);
  };
  let looked = 0;
  for (const requirement of ownFaults) {
    yield;
    for (const judgement of judgeStore(bundle, target, requirement, never)) {
      if (++looked % perStep === 0) yield;
      const { severity, index } = judgement;
      // What is too large by a quota that can be raised, or by one of two ways to measure it, may be taken.
      const isTaken = severity === "info" || (requirement === "certificate-size" && severity === "warning");
      if (isTaken || isOwnSignature(bundle, index, requirement)) continue;
      const piece = index === undefined ? undefined : bundle.pieces[index];
      if (requirement === "foreign-block" && piece !== undefined && mayHoldCertificate(piece)) continue;
      const inStore: StoreDrop = { code: "store:key-in-store" };
      drop(index, requirement === "private-key" ? inStore : storeReason(judgement));
    }
  }
  const all = certificatesOf(bundle);
  for (const leaf of yield* leavesAmong(all.filter((piece) => !why.has(piece.index))))
    dropFor("store:no-authority", leaf);
  yield;
  const kept = new Set<Certificate>();
  const certificates = indexOf(bundle);
  // Of copies a sound one stays, where there is one. A block that says more than the certificate in it is none.
  const copies = all.filter(({ index, certificate }) => certificate.trailing === 0 && !why.has(index));
  const rankOf = ({ index, piece }: PlacedCertificate): number =>
    piece.block.damage.length > 0 ? 2 : relabelled.has(index) ? 1 : 0;
  for (const rank of [0, 1, 2]) {
    for (const copy of copies) {
      if (++looked % perStep === 0) yield;
      if (rankOf(copy) !== rank) continue;
      const one = certificates.same(copy.certificate);
      if (kept.has(one)) dropFor("store:copy", copy);
      kept.add(one);
    }
  }
  const dropped = [...why].sort(([a], [b]) => a - b);
  const cuts: TextEdit[] = [];
  for (const [index] of dropped) {
    if (++looked % perStep === 0) yield;
    cuts.push(cutBlock(bundle.pem, index, index));
  }
  const text = yield* applyEditsInSteps(bundle.pem.text, cuts);
  const before = (index: number): number => places?.[index] ?? index;
  return {
    ...(yield* withoutRefusedText(text, target)),
    dropped: dropped.flatMap(([index, reason]) => {
      const piece = bundle.pieces[index];
      return piece === undefined ? [] : [{ index: before(index), piece, why: reason }];
    }),
    relabelled: [...relabelled].filter((index) => !why.has(index)).map(before),
    unpacked,
  };
}

interface InTakenBlocks {
  readonly bundle: Bundle;
  readonly relabelled: ReadonlySet<number>;
  /** The pieces of the bundle as it was. */
  readonly unpacked: readonly number[];
  /** For each piece, where what it holds was before; `undefined`: all at the same place. */
  readonly places: readonly number[] | undefined;
}

/**
 * The bundle with the label CERTIFICATE for whatever is a certificate, and no more than that: what OpenSSL trusts one
 * for goes, and PKCS#7 becomes the certificates in it.
 */
function* inTakenBlocks(bundle: Bundle): Steps<InTakenBlocks> {
  const edits: TextEdit[] = [];
  const relabelled = new Set<number>();
  const opened: number[] = [];
  const places: number[] = [];
  for (const [index, piece] of bundle.pieces.entries()) {
    if (index % perStep === perStep - 1) yield;
    const start = bundle.starts[index] ?? 0;
    const { chunk, block, content } = piece;
    const { label, begin, end, damage } = block;
    const inside = content.kind === "certificate" ? undefined : unpackedPkcs7(piece);
    if (inside !== undefined) {
      edits.push(movedBy(inside.edit, start));
      opened.push(index);
    }
    const from = places.length;
    for (let count = inside?.count ?? 1; count > 0; count--) places.push(index);
    const bytes = block.bytes ?? certificateUnder(piece);
    if (label === plain || bytes === undefined || begin === undefined || end === undefined || damage.length > 0)
      continue;
    const der = content.kind === "certificate" ? content.certificate.der : bytes;
    if (labelOfBytes(der) !== plain) continue;
    const text = writePem(plain, der).trimEnd().replaceAll("\n", lineEndBehind(chunk.text, begin.end));
    edits.push(movedBy({ span: { start: begin.start, end: end.end }, text }, start));
    relabelled.add(from);
  }
  return {
    bundle: edits.length === 0 ? bundle : yield* readBundleInSteps(yield* applyEditsInSteps(bundle.pem.text, edits)),
    relabelled,
    unpacked: opened,
    places: opened.length === 0 ? undefined : places,
  };
}

function movedBy({ span, text }: TextEdit, by: number): TextEdit {
  return { span: { start: span.start + by, end: span.end + by }, text };
}

/** One that issued others is a CA that does not say so, for as long as one of these stays. */
function* leavesAmong(all: readonly PlacedCertificate[]): Steps<readonly PlacedCertificate[]> {
  const issued = new Map<string, number>();
  const candidates = new Map<string, PlacedCertificate[]>();
  for (const [place, piece] of all.entries()) {
    if (place % perStep === perStep - 1) yield;
    const { subject, issuer } = piece.certificate;
    if (isSelfSigned(piece.certificate)) continue;
    issued.set(issuer.key, (issued.get(issuer.key) ?? 0) + 1);
    if (isLeaf(piece.certificate)) addTo(candidates, subject.key, piece);
  }
  const leaves: PlacedCertificate[] = [];
  const names = [...candidates.keys()].filter((name) => !issued.has(name));
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (leaves.length % perStep === perStep - 1) yield;
    for (const piece of candidates.get(name) ?? []) {
      leaves.push(piece);
      const above = piece.certificate.issuer.key;
      const left = (issued.get(above) ?? 0) - 1;
      issued.set(above, left);
      if (left === 0) names.push(above);
    }
  }
  return leaves;
}

/** The algorithm of a root's own signature does not matter for trusting it: the pages do not mention it. */
function isOwnSignature(bundle: Bundle, index: number | undefined, requirement: StoreRequirement): boolean {
  const content = requirement === "signature" && index !== undefined ? bundle.pieces[index]?.content : undefined;
  return content?.kind === "certificate" && isSelfSigned(content.certificate);
}

/**
 * Comments with a hyphen go as well, and other text goes or becomes a comment, which is shown before it is done; what
 * may be what is left of a block stays.
 */
function* withoutRefusedText(text: string, target: Target): Steps<Pick<Kept, "text" | "lines" | "commented">> {
  if (!profiles[target].isTextRestricted) return { text, lines: 0, commented: 0 };
  const bundle = yield* readBundleInSteps(text);
  yield* prepareText(bundle);
  const edits: readonly TextEdit[] = refusedTextIn(bundle).flatMap((refused) => {
    if (refused.isSafe) return refused.edits;
    if (refused.hasBlock || refused.isOfBody) return [];
    if (refused.kind === "hyphen") return refused.edits;
    const lines = refused.edits.map(({ span }) => text.slice(span.start, span.end));
    if (lines.some((line) => remains.test(line))) return [];
    return refused.edits.map(({ span }, place): TextEdit => {
      const isSaid = isSaidByPerson(lines[place] ?? "");
      return isSaid ? { span: { start: span.start, end: span.start }, text: "# " } : { span, text: "" };
    });
  });
  const commented = edits.filter(({ text: added }) => added === "# ").length;
  return { text: yield* applyEditsInSteps(text, edits), lines: edits.length - commented, commented };
}

/** What may be a line of a body or a boundary: words of prose are shorter. */
const remains =
  /[A-Za-z0-9+/]{32}|^\s*[A-Za-z0-9+/]{2,}={1,2}\s*$|-\s*(?:BEGIN|END)\b|\b(?:BEGIN|END)\s[A-Z0-9 ]{1,64}-/;
/** What OpenSSL and keytool write about a certificate, beside what is indented. */
const dumped =
  /^(?:Certificate:|Keystore (?:type|provider):|Your keystore contains|Alias name:|Creation date:|Entry type:|Certificate chain length:|Certificate\[\d+\]:|Owner:|Issuer:|Serial number:|Valid from:|Certificate fingerprints:|Signature algorithm name:|Subject Public Key Algorithm:|Version:|Extensions:|Trusted Uses:|No Trusted Uses|Rejected Uses:|No Rejected Uses|Alias:)/;

/** A heading, such as the name of a CA. A comment with a hyphen would be refused too. */
function isSaidByPerson(line: string): boolean {
  return /^\S.*\p{L}/u.test(line) && !line.includes("-") && !isWrittenByProgram(line) && !dumped.test(line);
}
