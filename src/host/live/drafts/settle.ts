import * as vscode from "vscode";
import type { Conflicts } from "../../../account/live/change.ts";
import { distributionWords } from "../../../account/live/targets/distribution/words.ts";
import { differenceLines } from "../../../account/live/words.ts";
import { rebase } from "../../../core/cloudfront/compare.ts";
import { maskSecrets } from "../../../core/cloudfront/secrets.ts";
import type { WireConfig } from "../../../core/cloudfront/wire.ts";
import { parseJson } from "../../../core/document/json.ts";
import type { Json } from "../../../core/document/tree.ts";
import { masked } from "../../../core/messages/comparison.ts";
import { setDraft, show } from "./current.ts";
import type { DraftName } from "./files.ts";
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
  { ui, drafts }: DraftTools,
): Promise<void> {
  const withMine = rebase(base, fetched.config.json, mine).merged;
  const answer = await ui.review<"theirs" | "mine" | "cancel">({
    title: distributionWords(name.id).title("draft"),
    path: `/${name.id}.json`,
    before: maskSecrets(parseJson(fetched.config.text, "json")),
    after: masked(parseJson(layOut(withMine), "json"), parseJson(fetched.config.text, "json")).text,
    problems: [],
    question: vscode.l10n.t("Somebody else changed the same places since the draft was begun. Nothing was changed."),
    answers: [
      {
        answer: "theirs",
        label: vscode.l10n.t("$(git-merge) Take what CloudFront has there into the draft"),
        detail: vscode.l10n.t("The rest of the draft stays. Nothing is sent: look at it, then apply it again."),
      },
      {
        answer: "mine",
        label: vscode.l10n.t("$(git-merge) Keep what the draft says there"),
        detail: vscode.l10n.t(
          "What else was changed in CloudFront comes into the draft. Nothing is sent: look at it, then apply it again.",
        ),
      },
      {
        answer: "cancel",
        label: vscode.l10n.t("$(close) Cancel"),
        description: vscode.l10n.t("the draft stays as it is"),
      },
    ],
    sections: [
      { title: vscode.l10n.t("CloudFront has, and what the draft makes of it"), lines: differenceLines(conflicts) },
    ],
  });
  if (answer !== "theirs" && answer !== "mine") return;
  const settled = answer === "mine" ? withMine : rebase(base, mine, fetched.config.json).merged;
  await setDraft(name, fetched, layOut(settled), profile, drafts);
  await show(drafts.uriOf(name));
}
