import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { codePoint, plainText, type ShownText, shownText } from "./shown-text.ts";

/** The most of each that is shown, in UTF-16 code units: with everything readable, and bounded whatever arrives. */
export const most = { value: 10_000, lines: 500, message: 2_000, title: 200, label: 80 } as const;

/** One line of text. */
export function words(text: string, limit: number): unknown {
  return rendered(shownText(text, limit), "…");
}

/** A value over as many lines as it has. Copying takes all of it. */
export function valueWords(text: string): unknown {
  const shown = shownText(text, most.value, most.lines);
  return rendered(
    shown,
    html`<span class="left">${l10n.t("… {0} more characters. Copy includes all of them.", shown.left)}</span>`,
  );
}

/** What a button or a message calls it. */
export function label(text: string): string {
  return plainText(text, most.label);
}

function rendered({ parts, left }: ShownText, more: string | TemplateResult): unknown {
  return [
    parts.map((part) => (typeof part === "string" ? part : html`<span class="unseen">${codePoint(part)}</span>`)),
    left > 0 ? more : nothing,
  ];
}
