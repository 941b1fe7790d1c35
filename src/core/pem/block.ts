import type { Span, TextEdit } from "../text.ts";

/** A text cut into chunks without gaps, in order. */
export interface PemText {
  /** Put together only on first use. */
  readonly text: string;
  readonly chunks: readonly Chunk[];
  /** Where each chunk starts in the text. */
  readonly starts: readonly number[];
}

/**
 * The text above a block, and the block with its line end. All offsets below it are relative to the chunk's start,
 * so that the same object survives edits elsewhere. The last chunk of a text may have no block.
 */
export interface Chunk {
  readonly text: string;
  /** `# mtls: target=origin` lines in the text above the block. */
  readonly markers: readonly Marker[];
  readonly block: Block | undefined;
}

export interface Marker {
  readonly target: string;
  readonly at: Span;
}

export type BlockKind =
  | "certificate"
  | "trusted-certificate"
  | "request"
  | "pkcs7"
  | "crl"
  | "private-key"
  | "public-key"
  | "other";

export interface Block {
  /** What BEGIN says, or END where BEGIN is missing. */
  readonly label: string;
  readonly kind: BlockKind;
  /** From the first dash of BEGIN to the last dash of END; to or from the body where one of them is missing. */
  readonly span: Span;
  /** Without surrounding blanks. `undefined`: an END without BEGIN. */
  readonly begin: Span | undefined;
  /** The lines between the boundaries. */
  readonly body: Span;
  readonly end: Span | undefined;
  /** In order. Empty for a sound block. */
  readonly damage: readonly Damage[];
  /** The body holds what a template language fills in later: nothing is known of it, nothing is said of it. */
  readonly placeholder: boolean;
  /** A private key stands under a label that says something else. */
  readonly mislabelledKey?: KeyFound;
  /**
   * The decoded body. `undefined`: a private key, a label that is not known, a placeholder, or nothing that can be
   * decoded.
   */
  readonly bytes: Uint8Array | undefined;
}

/** What a private key that stands under another label should be labelled; `undefined`: that is not certain. */
export interface KeyFound {
  readonly label: string | undefined;
}

/** What became of base64: each `+` a space, or another way to write characters down. */
export type Lost = "plus" | "html" | "url" | "quoted-printable" | "string" | "base64url" | "not-utf8";

export interface Damage {
  /**
   * `dashes`: the boundary is not written to the letter, in its dashes, blanks or case.
   * `run-on`: the BEGIN of the next block stands behind the body, whose END is missing.
   * `doubled`: a BEGIN right above another of its label, or an END with nothing before it.
   * `glued`: something else stands on the boundary's line.
   * `character`: what is no base64.
   * `line-ends`: lines end with CR CR LF.
   * `lost`: the body is base64 in another writing, or lost something on its way: `how` says which.
   * `length`: a character is missing or one too many, on the line where that shows, or on the last.
   * `too-long`: the body has more characters than any, and was not read.
   */
  readonly kind:
    | "no-begin"
    | "no-end"
    | "run-on"
    | "doubled"
    | "joined"
    | "label-mismatch"
    | "dashes"
    | "glued"
    | "character"
    | "padding"
    | "blank-line"
    | "line-ends"
    | "lost"
    | "length"
    | "too-long"
    | "empty";
  readonly how?: Lost;
  /** Relative to the chunk. */
  readonly at: Span;
  /** Edits relative to the chunk that mend it without a guess. */
  readonly repair?: readonly TextEdit[];
}
