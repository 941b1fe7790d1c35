import type { LineIndex } from "../../text.ts";
import type { Bundle, Content, Piece } from "../../x509/bundle/bundle.ts";
import type { Certificate } from "../../x509/model.ts";
import type { CertificateIndex, Issuance } from "../../x509/path/chain.ts";
import type { SignatureVerdicts } from "../../x509/path/verdicts.ts";
import type { Card, Tone } from "./inspection.ts";

/** SHA-256 in upper-case hex: core has no hash. */
export type Sha256 = (bytes: Uint8Array) => string;

export interface Inspected {
  /** For titles and commands: the last part of the path. */
  readonly name: string;
  readonly bundle: Bundle;
  /** False where `bundle` was made of bare bytes, and nothing can be shown in a text. */
  readonly isText: boolean;
  /** By the place of their piece. */
  readonly problems: ReadonlyMap<number, Card["problems"]>;
  readonly now: Date;
  readonly verdicts: SignatureVerdicts;
  readonly sha256: Sha256;
  /** How long before its end a certificate is said to expire soon. In days. */
  readonly soon: number;
}

export interface Context extends Inspected {
  readonly index: CertificateIndex;
  readonly issuance: (certificate: Certificate) => Issuance;
  readonly lines: LineIndex;
}

/** What gets a card: a block, or a certificate within a PKCS#7 block. */
export interface Item {
  readonly id: string;
  /** The place of its piece. */
  readonly index: number;
  readonly piece: Piece;
  readonly content: Content;
}

export type Made = Pick<Card, "kind" | "title" | "subtitle" | "badges" | "fields" | "extensions" | "fitness">;

export type Badge = Card["badges"][number];

export function badge(tone: Tone, text: string): Badge {
  return { tone, text };
}
