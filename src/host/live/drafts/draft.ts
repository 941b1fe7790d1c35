import type { KeptValues } from "../../../core/cloudfront/placeholders.ts";

/** The user's own version of a distribution config, with the one it was made from. */
export interface Draft {
  /** As an editor shows it, and writes it to disk while it is not saved: with placeholders for header values. */
  readonly text: string;
  /** What the placeholders stand for. */
  readonly values: KeptValues;
  /** The config in CloudFront that it changes, with its header values. */
  readonly base: { readonly etag: string; readonly text: string };
  /** Names of members that the service itself sent, and that are unknown otherwise. */
  readonly served: readonly string[];
  /** With which it was opened; `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** In milliseconds since 1970. */
  readonly savedAt: number;
  /** The user was told that it is not live. */
  readonly isExplained?: boolean;
}

/** What the text of a draft was made from, and by whom. */
export type DraftOrigin = Omit<Draft, "text" | "savedAt" | "isExplained">;

/** As it was kept before there were placeholders: with the header values in its text. */
export type OldDraft = Omit<Draft, "values">;

/** Which distribution a draft is of. */
export interface DraftName {
  readonly account: string;
  readonly id: string;
}

/** What the editor kept; `undefined`: it is no draft. */
export function draftIn(stored: string): Draft | OldDraft | undefined {
  try {
    const kept = JSON.parse(stored) as Partial<Draft> | null;
    const isDraft =
      typeof kept?.text === "string" &&
      typeof kept.base?.text === "string" &&
      Array.isArray(kept.served) &&
      (kept.values === undefined || (typeof kept.values === "object" && kept.values !== null));
    return isDraft ? (kept as Draft | OldDraft) : undefined;
  } catch {
    return undefined;
  }
}

/** The paths of drafts, as the editor kept them; of a damaged list, those that it still names. */
export function pathsIn(stored: string): { readonly paths: readonly string[]; readonly isDamaged: boolean } {
  try {
    const paths: unknown = JSON.parse(stored);
    if (Array.isArray(paths) && paths.every((path) => typeof path === "string")) return { paths, isDamaged: false };
  } catch {
    // As below.
  }
  return { paths: [...new Set(stored.match(/\/\d{1,20}\/([A-Z0-9]{1,64})\/\1\.json/g))], isDamaged: true };
}

/** But for how lines end, which is the editor's to say. */
export function isSameText(one: string, other: string): boolean {
  return one === other || one.replaceAll("\r\n", "\n") === other.replaceAll("\r\n", "\n");
}

export function originOf({ base, values, served, profile }: DraftOrigin): DraftOrigin {
  return { base, values, served, profile };
}
