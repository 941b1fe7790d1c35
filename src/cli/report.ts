import type { Finding } from "./api.ts";

/** What a run found, and what it left out: what every format tells. */
export interface Report {
  /** Those that were checked, in the order of their paths: those without a finding too. */
  readonly files: readonly CheckedFile[];
  /** Files that were looked at and hold nothing that is checked. */
  readonly others: number;
  /** What could not be read, in the order of their paths. */
  readonly unread: readonly Unread[];
  readonly settings: SettingsInUse;
  /** How many safe fixes were made, or are shown; `undefined`: nobody asked for them. */
  readonly fixed: { readonly fixes: number; readonly files: number } | undefined;
  /** The time that certificates were judged by. */
  readonly now: Date;
}

export interface CheckedFile {
  /** Relative to the current folder where it is in it, with `/`. Can hold any character. */
  readonly path: string;
  /** In the order of their places. */
  readonly findings: readonly Finding[];
  /** Findings that the settings hide. */
  readonly hidden: number;
}

export interface Unread {
  readonly path: string;
  /** A whole sentence: what is the matter with it. */
  readonly reason: string;
}

/** What the settings change: a pull request can bring its own. */
export interface SettingsInUse {
  /** Of the file, as `CheckedFile.path`; `undefined`: there is none, or it is not to count. */
  readonly path: string | undefined;
  /** Suppressions that hide something in the files of this run. */
  readonly suppressions: number;
  /** Findings that they hide. */
  readonly hidden: number;
  /** By rule, the severity that is set for it. */
  readonly severities: Readonly<Record<string, string>>;
  /** By pattern, what the files that match it are said to be for. */
  readonly purposes: Readonly<Record<string, string>>;
  /** `undefined`: as many as when nothing is set. */
  readonly expiryWarningDays: number | undefined;
}
