// What is found in one file, as plain data: it crosses threads, programs read it, and every format is made of it.

/** `error`: AWS, or the standard cited, refuses it. `warning`: should not be relied on. `info`: worth knowing. */
export type Severity = "error" | "warning" | "info";

export interface Position {
  /** One-based. */
  readonly line: number;
  /** One-based, in UTF-16 code units. */
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
}

export interface Finding {
  /** The rule's id, such as `origin/protocol-policy`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is the matter, and what to do, in one or two sentences. Can quote the file. */
  readonly message: string;
  /** The page that says so. */
  readonly source: { readonly title: string; readonly url: string };
  /** `undefined`: of the whole file, which has no lines, such as DER. */
  readonly range: Range | undefined;
  /** Other places that have to do with it. */
  readonly related: readonly { readonly message: string; readonly range: Range | undefined }[];
  /** What mends it, the best first. */
  readonly fixes: readonly Fix[];
  /** Stays the same while the finding does: for each finding of a file another, whatever is added around it. */
  readonly fingerprint: string;
  /** What is marked: the first line of it, cut where it is long. */
  readonly excerpt: Excerpt | undefined;
}

export interface Fix {
  readonly title: string;
  /** `--fix` makes it: there is no guess in it. */
  readonly safe: boolean;
  /** In the order of their places, none over another. `undefined`: too many to be listed. */
  readonly edits: readonly { readonly range: Range; readonly text: string }[] | undefined;
}

/** A part of a line, as the file has it: control characters included. */
export interface Excerpt {
  readonly text: string;
  /** What is marked in it, in UTF-16 code units. */
  readonly from: number;
  readonly to: number;
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}
