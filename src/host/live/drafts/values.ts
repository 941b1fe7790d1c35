// Header values are secrets: no draft's text has them, but for what is being typed. Loaded when there is a draft.
import {
  type KeptValues,
  maskingOf,
  type Resolved,
  withPlaceholders,
  withValues,
} from "../../../core/cloudfront/placeholders.ts";
import { parseJson } from "../../../core/document/json/read.ts";
import type { TextEdit } from "../../../core/text.ts";
import type { Draft, DraftName } from "./draft.ts";

/** A draft whose text has its header values, as CloudFront has them. */
export type PlainDraft = Omit<Draft, "values">;

/** @param known placeholders that there were before: those of the same values stay as they are */
export function masked({ id }: DraftName, draft: PlainDraft, known: KeptValues): Draft {
  // The base first: what is not changed has the plainest placeholders.
  const base = withPlaceholders(draft.base.text, id, known);
  return { ...draft, ...withPlaceholders(draft.text, id, base.values) };
}

/** The text that says what the base of a draft says. */
export function unchangedText({ id }: DraftName, { base, values }: Draft): string {
  return withPlaceholders(base.text, id, values).text;
}

/** The text of a draft with its header values: not to be shown. */
export function plainText({ text, values }: Pick<Draft, "text" | "values">): Resolved {
  return withValues(text, values);
}

/** What puts placeholders in place of what somebody typed. */
export function maskTyped(
  text: string,
  { id }: DraftName,
  known: KeptValues,
): { readonly edits: readonly TextEdit[]; readonly values: KeptValues } {
  return maskingOf(parseJson(text, "jsonc"), id, known);
}
