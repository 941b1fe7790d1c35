// What programs import, and all that they need to know of it: this file is the package's types as it stands.
// What is found is plain data: it crosses threads, and every format is made of it.

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

/** Settings by their names in the editor. What is wrong in them says nothing. */
export interface Settings {
  /** By rule id: `error`, `warning`, `info` or `off`. */
  readonly "mtls.rules"?: unknown;
  /** Findings not to be told: a list of `{ rule, path, origin?, certificate? }`. */
  readonly "mtls.suppress"?: unknown;
  /** A certificate that expires sooner is told of; in days. */
  readonly "mtls.expiryWarningDays"?: unknown;
  /** By glob: what the files that match it are for. */
  readonly "mtls.purposes"?: unknown;
}

export interface CheckOptions {
  /** Relative to the folder of the settings, with `/`: so they name the file, and its ending tells what is in it. */
  readonly path?: string | undefined;
  /** Certificates are judged by this time; left out: now. */
  readonly now?: Date | undefined;
  readonly settings?: Settings | undefined;
  /** What the file is for, whatever the settings say: `origin`, `trust-store`, or services, separated by commas. */
  readonly purpose?: string | undefined;
  /** Services whose configs name the file as their trust store. */
  readonly namedBy?: readonly string[] | undefined;
  /** Whether a program writes it again and again: then nothing of it is fixed. Left out: `path` tells. */
  readonly isGenerated?: boolean | undefined;
  /** Whether safe fixes are made, and what is left is told. */
  readonly fix?: boolean | undefined;
  /** Whether fixes say what they edit; left out: they do. */
  readonly edits?: boolean | undefined;
}

export interface CheckResult {
  /** Whether there is anything in it that is checked. */
  readonly isChecked: boolean;
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  /** Findings that the settings hide. */
  readonly hidden: number;
  /** The entries of `mtls.suppress` that hide them, by their places in it. */
  readonly suppressions: readonly number[];
  /** Why it is known and not opened, as a keystore is, in whole sentences. */
  readonly unread: string | undefined;
  /** Where it is no JSON or YAML any more: what stands behind it may not have been checked, and nothing was fixed. */
  readonly fault: Position | undefined;
  /** With `fix`: how many were made, and the text after them. */
  readonly fixed: { readonly fixes: number; readonly text: string } | undefined;
  /** Whole sentences: settings that are ignored, rules that failed. */
  readonly warnings: readonly string[];
}

/**
 * What is wrong in one file. Never throws for what is in it, however wrong.
 * @param content its bytes tell its encoding too, and can be DER
 */
export declare function check(content: string | Uint8Array, options?: CheckOptions): Promise<CheckResult>;
