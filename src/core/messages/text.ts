import * as l10n from "@vscode/l10n";
import type { Both, SaysOf } from "../reason.ts";

/** How what is told stands together. */
export const text = {
  "text:both": ({ first, then }) => l10n.t("{0} {1}", first, then),
} satisfies SaysOf<Both>;
