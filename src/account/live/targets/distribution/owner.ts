import * as l10n from "@vscode/l10n";
import { becomesHttpsOnly, type Intent } from "../../../../core/cloudfront/intent.ts";
import { type Owner, ownerOf, type TemplateKind } from "../../../../core/cloudfront/owner.ts";
import { stringOf } from "../../../../core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { isFailure } from "../../../../core/failure.ts";
import { templateText } from "../../../../core/messages/template-text.ts";
import type { Caller } from "../../caller.ts";
import type { Line, LiveUi } from "../../ui.ts";
import { failureText, sentences } from "../../words.ts";
import { originsById } from "./facts.ts";
import type { DistributionAccess } from "./tools.ts";

/** How a change goes on where a template owns the distribution: against it, as its text, or not at all. */
export interface Ownership {
  readonly goesOn: "live" | "template" | "stop";
  readonly owner: Owner | undefined;
  /** For the question that comes last. */
  readonly notes: readonly Line[];
}

/** Said before anything is chosen: a change here is taken back by the tool that owns the distribution. */
export async function askOwner(
  caller: Caller,
  distribution: { readonly id: string; readonly arn: string },
  canBeText: boolean,
  ui: LiveUi,
  { calls, ownerTags }: Pick<DistributionAccess, "calls" | "ownerTags">,
): Promise<Ownership> {
  const tags = await caller.ask(async (connection, signal) =>
    (await calls()).distributionTags(connection, distribution.arn, signal),
  );
  if (isFailure(tags)) {
    return {
      goesOn: "live",
      owner: undefined,
      notes: [
        {
          label: l10n.t("$(question) Whether a template owns {0} is not known", distribution.id),
          detail: failureText(tags),
        },
      ],
    };
  }
  const owner = ownerOf(tags, ownerTags());
  if (owner === undefined) return { goesOn: "live", owner, notes: [] };
  const text = l10n.t("Show the Change for the Template");
  const live = l10n.t("Change It in CloudFront Anyway");
  const answer = await ui.confirm(ownerText(owner, distribution.id), canBeText ? [text, live] : [live]);
  const notes = [
    {
      label: l10n.t("$(warning) {0} owns {1} and will take this back", owner.tool, distribution.id),
      detail: l10n.t("by its tag {0}: make the same change in the template", owner.tag),
    },
  ];
  return { goesOn: answer === live ? "live" : answer === text ? "template" : "stop", owner, notes };
}

function ownerText({ tool, tag, stack }: Owner, id: string): string {
  return sentences(
    l10n.t(
      "{0} owns {1} (tag {2}). A change made here drifts from the template, and the next deployment takes it back.",
      tool,
      id,
      tag,
    ),
    stack === undefined ? undefined : l10n.t("It is in the stack {0}.", stack),
  );
}

/** The change as a text for the template, in a document without a file. */
export async function showTemplateText(
  intent: Intent,
  ids: readonly string[],
  facts: ConfigFacts,
  id: string,
  owner: Owner | undefined,
  ui: LiveUi,
): Promise<void> {
  const kinds: readonly TemplateKind[] = ["cloudformation", "cdk", "terraform"];
  const [first] = kinds.filter((kind) => kind === owner?.template);
  const ordered = first === undefined ? kinds : [first, ...kinds.filter((kind) => kind !== first)];
  const labels: Readonly<Record<TemplateKind, string>> = {
    cloudformation: "CloudFormation",
    cdk: "CDK",
    terraform: "Terraform",
  };
  const kind = await ui.choose({
    title: l10n.t("The Change for the Template"),
    placeholder: l10n.t("How is the template written?"),
    items: ordered.map((one) => ({ label: labels[one], value: one })),
  });
  if (kind === undefined) return;
  const all = configOf(facts)?.distribution.origins ?? [];
  const origins = originsById(facts, ids).map((origin) => ({
    id: origin.id ?? "",
    domainName: stringOf(origin.domainName) ?? "",
    index: all.indexOf(origin),
    becomesHttpsOnly: becomesHttpsOnly(origin),
  }));
  const { language, text } = templateText(kind, { intent, id, logicalId: owner?.logicalId, origins });
  await ui.openText(language, text);
}
