// PEM for the tests: what it holds is DER in its outermost length only.
import type { Block, Damage } from "../../../src/core/pem/block.ts";
import { readPem, writePem } from "../../../src/core/pem/blocks.ts";
import { applyEdits, overlap, type TextEdit } from "../../../src/core/text.ts";

/** A SEQUENCE of that many bytes, each other than its neighbours. */
export function der(size: number, first = 1): Uint8Array {
  const header = size < 130 ? [0x30, size - 2] : [0x30, 0x82, (size - 4) >> 8, (size - 4) & 255];
  return Uint8Array.from([
    ...header,
    ...Array.from({ length: size - header.length }, (_, index) => (first + index * 7) & 255),
  ]);
}

export const certificateBytes = der(200);
export const certificatePem = writePem("CERTIFICATE", certificateBytes);
export const otherBytes = der(331, 5);
export const otherPem = writePem("CERTIFICATE", otherBytes);
/** Nothing in it is a key. */
export const keyPem = `-----BEGIN PRIVATE KEY-----\n${"bm90IGEga2V5".repeat(5)}\n-----END PRIVATE KEY-----\n`;

export function blocksOf(text: string): readonly Block[] {
  return readPem(text).chunks.flatMap(({ block }) => block ?? []);
}

export interface Told {
  readonly kind: Damage["kind"];
  readonly at: string;
  readonly hasRepair: boolean;
}

/** What is said to be damaged, as the characters that are marked. */
export function damageIn(text: string): readonly Told[] {
  const { chunks, starts } = readPem(text);
  return chunks.flatMap(({ block }, index) =>
    (block?.damage ?? []).map(({ kind, at, repair }) => ({
      kind,
      at: text.slice((starts[index] ?? 0) + at.start, (starts[index] ?? 0) + at.end),
      hasRepair: repair !== undefined,
    })),
  );
}

/** With every repair there is; of those that touch each other the first, as when all is fixed at once. */
export function repaired(text: string): string {
  const { chunks, starts } = readPem(text);
  const edits: TextEdit[] = [];
  for (const [index, { block }] of chunks.entries())
    for (const { repair = [] } of block?.damage ?? []) {
      const own = repair.map((edit) => shifted(edit, starts[index] ?? 0));
      if (!own.some(({ span }) => edits.some((other) => overlap(span, other.span)))) edits.push(...own);
    }
  return applyEdits(text, edits);
}

function shifted(
  { span, text }: { readonly span: { readonly start: number; readonly end: number }; readonly text: string },
  by: number,
) {
  return { span: { start: span.start + by, end: span.end + by }, text };
}
