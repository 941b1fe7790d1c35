import { html, type TemplateResult } from "lit";

/**
 * Drawn here, on 16 by 16, so that no font has to be loaded. What an icon says is always beside it in words.
 * Each is a template without holes: a page may have thousands.
 */
const icons = {
  chevron: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3.5 10.5 8 6 12.5"></path></svg>`,
  check: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5 6.5 12 13 4.5"></path></svg>`,
  cross: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8"></path></svg>`,
  ok: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5 8.3l2.2 2.2L11 6"></path></svg>`,
  error: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6"></path></svg>`,
  warning: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2 14.5 13.5h-13ZM8 6.3v3.4M8 11.2v.9"></path></svg>`,
  info: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 7.3v4M8 4.7v.9"></path></svg>`,
  question: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM6.2 6.4c0-2.4 3.6-2.3 3.6-.1 0 1.4-1.8 1.5-1.8 3M8 10.9v.9"></path></svg>`,
  pending: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5V8l2.5 1.5"></path></svg>`,
  search: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.7 3.7"></path></svg>`,
  link: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="M9.5 2.5h4v4M13.5 2.5l-6 6M7 3.5H3.5v9h9V9"></path></svg>`,
  /** The second takes the first one's place when it is done. */
  copy: html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path class="before" d="M5.5 5.5h7v8h-7zM10.5 5.5v-3h-7v8h2"></path><path class="after" d="M3 8.5 6.5 12 13 4.5"></path></svg>`,
} as const satisfies Readonly<Record<string, TemplateResult>>;

export type IconName = keyof typeof icons;

export function icon(name: IconName): TemplateResult {
  return icons[name];
}
