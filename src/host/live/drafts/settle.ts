import * as vscode from "vscode";
import type { ConflictPage, Conflicts } from "../../../account/live/change.ts";
import { differencesInShort } from "../../../account/live/words.ts";
import { rebase } from "../../../core/cloudfront/compare.ts";
import { maskSecrets } from "../../../core/cloudfront/secrets.ts";
import type { WireConfig } from "../../../core/cloudfront/wire.ts";
import { parseJson } from "../../../core/document/json/read.ts";
import type { Json } from "../../../core/document/tree.ts";
import { masked } from "../../../core/messages/comparison.ts";
import { setDraft, show } from "./current.ts";
import type { DraftName } from "./draft.ts";
import type { DraftTools } from "./tools.ts";

export function layOut(config: Json): string {
  return `${JSON.stringify(config, undefined, 4)}\n`;
}

/** A draft that contradicts what CloudFront has. */
interface Settled {
  readonly name: DraftName;
  readonly base: Json;
  readonly mine: Json;
  readonly profile: string | undefined;
}

/**
 * Both changed the same places: shown, and settled in the draft. What comes of it is applied by itself, after another
 * look.
 */
export async function settle(
  { conflicts, fetched }: Conflicts<WireConfig>,
  { name, base, mine, profile }: Settled,
  { ui, review }: ConflictPage,
  { drafts }: DraftTools,
): Promise<void> {
  const withMine = rebase(base, fetched.config.json, mine).merged;
  const live = parseJson(fetched.config.text, "json");
  review.present(
    {
      title: vscode.l10n.t("{0} in CloudFront ↔ the draft", name.id),
      path: `/${name.id}.json`,
      before: maskSecrets(live),
      after: masked(parseJson(layOut(withMine), "json"), live).text,
      problems: [],
    },
    vscode.l10n.t("Another update changed the same values after the draft was created."),
  );
  ui.review(review);
  const theirs = vscode.l10n.t("Use CloudFront Values in the Draft");
  const own = vscode.l10n.t("Keep the Draft Values");
  const answer = await ui.ask(
    [
      vscode.l10n.t("Values in CloudFront and in the draft: {0}", differencesInShort(conflicts)),
      vscode.l10n.t(
        "Either answer changes the draft alone, and nothing is sent. All other changes are kept. Review the draft, then apply it again.",
      ),
    ].join(" "),
    [theirs, own],
    "warning",
  );
  if (answer === undefined) return;
  const settled = answer === own ? withMine : rebase(base, mine, fetched.config.json).merged;
  await setDraft(name, fetched, layOut(settled), profile, drafts);
  await show(drafts.uriOf(name));
}
