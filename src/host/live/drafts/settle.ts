import * as vscode from "vscode";
import type { Conflicts } from "../../../account/live/change.ts";
import { distributionWords } from "../../../account/live/targets/distribution/words.ts";
import { differenceLines } from "../../../account/live/words.ts";
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
  { ui, drafts }: DraftTools,
): Promise<void> {
  const withMine = rebase(base, fetched.config.json, mine).merged;
  const answer = await ui.review<"theirs" | "mine" | "cancel">({
    title: distributionWords(name.id).title("draft"),
    path: `/${name.id}.json`,
    before: maskSecrets(parseJson(fetched.config.text, "json")),
    after: masked(parseJson(layOut(withMine), "json"), parseJson(fetched.config.text, "json")).text,
    problems: [],
    question: vscode.l10n.t("Another update changed the same values after the draft was created. Nothing was changed."),
    answers: [
      {
        answer: "theirs",
        label: vscode.l10n.t("$(git-merge) Use the CloudFront values in the draft"),
        detail: vscode.l10n.t(
          "The rest of the draft stays the same. Nothing is sent. Review the draft, then apply it again.",
        ),
      },
      {
        answer: "mine",
        label: vscode.l10n.t("$(git-merge) Keep the draft values"),
        detail: vscode.l10n.t(
          "Other changes from CloudFront are added to the draft. Nothing is sent. Review the draft, then apply it again.",
        ),
      },
      {
        answer: "cancel",
        label: vscode.l10n.t("$(close) Cancel"),
        description: vscode.l10n.t("the draft does not change"),
      },
    ],
    sections: [{ title: vscode.l10n.t("values in CloudFront and in the draft"), lines: differenceLines(conflicts) }],
  });
  if (answer !== "theirs" && answer !== "mine") return;
  const settled = answer === "mine" ? withMine : rebase(base, mine, fetched.config.json).merged;
  await setDraft(name, fetched, layOut(settled), profile, drafts);
  await show(drafts.uriOf(name));
}
