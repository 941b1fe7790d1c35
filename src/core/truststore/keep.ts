import * as l10n from "@vscode/l10n";
import { cutBlock } from "../pem/arrange.ts";
import { applyEdits, type TextEdit } from "../text.ts";
import { type Bundle, certificatesOf, type PlacedCertificate, readBundle } from "../x509/bundle/bundle.ts";
import { isSelfSigned } from "../x509/identity.ts";
import type { Certificate } from "../x509/model.ts";
import { indexOf } from "../x509/path/chain.ts";
import { certificateTitle } from "../x509/words/describe.ts";
import { storeReasons } from "./fitness.ts";
import { isLeaf } from "./of-chains.ts";
import type { StoreRequirement } from "./reason.ts";
import { profiles, type Target } from "./targets.ts";
import { refusedTextIn } from "./text.ts";

export interface Kept {
  readonly text: string;
  /** In order; `index` is that of the piece in the bundle as it was. */
  readonly dropped: readonly Dropped[];
  /** How many went that stood around what is kept. */
  readonly lines: number;
}

export interface Dropped {
  readonly index: number;
  /** A sentence. */
  readonly why: string;
}

/** What keeps one block from being taken, whatever else there is. None of them depends on the time. */
const ownFaults: readonly StoreRequirement[] = [
  "foreign-block",
  "private-key",
  "certificate-size",
  "subject-length",
  "key",
  "signature",
  "version",
];
const never = new Date(Number.NaN);

/**
 * What a service takes of a bundle, all else as it stands. What nobody can read stays: it may be what somebody needs.
 * So do certificates that are too many: which of them has to go, only their owner knows.
 */
export function keepOnlyTaken(bundle: Bundle, target: Target): Kept {
  const why = new Map<number, string>();
  const drop = (index: number | undefined, message: string): void => {
    if (index !== undefined && !why.has(index)) why.set(index, l10n.t("{0}.", message));
  };
  for (const requirement of ownFaults) {
    for (const { severity, index, message } of storeReasons(bundle, target, requirement, never)) {
      if (severity !== "info" && !isOwnSignature(bundle, index, requirement)) drop(index, message);
    }
  }
  const all = certificatesOf(bundle);
  for (const { index, certificate } of leavesAmong(all.filter((piece) => !why.has(piece.index))))
    drop(index, l10n.t("{0}: “{1}” is no CA", profiles[target].name, certificateTitle(certificate)));
  const kept = new Set<Certificate>();
  const certificates = indexOf(bundle);
  // Of copies a sound one stays, where there is one. A block that says more than the certificate in it is none.
  const copies = all.filter(({ index, certificate }) => certificate.trailing === 0 && !why.has(index));
  for (const isSound of [true, false]) {
    for (const { index, piece, certificate } of copies) {
      if ((piece.block.damage.length === 0) !== isSound) continue;
      const one = certificates.same(certificate);
      if (kept.has(one)) drop(index, l10n.t("“{0}” is in this file already", certificateTitle(certificate)));
      kept.add(one);
    }
  }
  const dropped = [...why].map(([index, said]) => ({ index, why: said })).sort((a, b) => a.index - b.index);
  const text = applyEdits(
    bundle.pem.text,
    dropped.map(({ index }) => cutBlock(bundle.pem, index, index)),
  );
  return { ...withoutRefusedText(text, target), dropped };
}

/** One that issued others is a CA that does not say so, for as long as one of these stays. */
function leavesAmong(all: readonly PlacedCertificate[]): readonly PlacedCertificate[] {
  const issued = new Map<string, number>();
  const candidates = new Map<string, PlacedCertificate[]>();
  for (const piece of all) {
    const { subject, issuer } = piece.certificate;
    if (isSelfSigned(piece.certificate)) continue;
    issued.set(issuer.key, (issued.get(issuer.key) ?? 0) + 1);
    if (isLeaf(piece.certificate)) push(candidates, subject.key, piece);
  }
  const leaves: PlacedCertificate[] = [];
  const names = [...candidates.keys()].filter((name) => !issued.has(name));
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
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

function push(lists: Map<string, PlacedCertificate[]>, key: string, piece: PlacedCertificate): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [piece]);
  else list.push(piece);
}

/** What a root signed itself with keeps nobody from trusting it, as far as the pages say. */
function isOwnSignature(bundle: Bundle, index: number | undefined, requirement: StoreRequirement): boolean {
  const content = requirement === "signature" && index !== undefined ? bundle.pieces[index]?.content : undefined;
  return content?.kind === "certificate" && isSelfSigned(content.certificate);
}

/**
 * Comments with a hyphen go as well, which is shown before it is done; text that may be what is left of a block stays.
 */
function withoutRefusedText(text: string, target: Target): Pick<Kept, "text" | "lines"> {
  if (!profiles[target].isTextRestricted) return { text, lines: 0 };
  const edits: readonly TextEdit[] = refusedTextIn(readBundle(text)).flatMap((refused) =>
    refused.isSafe || (refused.kind === "hyphen" && !refused.hasBlock) ? refused.edits : [],
  );
  return { text: applyEdits(text, edits), lines: edits.length };
}
