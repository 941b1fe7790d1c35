import * as l10n from "@vscode/l10n";
import { becomesHttpsOnly, type OriginIntent } from "../../../../core/cloudfront/intent.ts";
import { type Owner, ownerOf, type TemplateKind } from "../../../../core/cloudfront/owner.ts";
import { stringOf } from "../../../../core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { isFailure } from "../../../../core/failure.ts";
import { templateText } from "../../../../core/messages/template-text.ts";
import type { Caller } from "../../caller.ts";
import type { Line, LiveUi } from "../../ui.ts";
import { failureText } from "../../words.ts";
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
          label: l10n.t("$(question) Could not determine whether a template manages {0}", distribution.id),
          detail: failureText(tags),
        },
      ],
    };
  }
  const owner = ownerOf(tags, ownerTags());
  if (owner === undefined) return { goesOn: "live", owner, notes: [] };
  const text = l10n.t("Show Template Change");
  const live = l10n.t("Change in CloudFront Anyway");
  const answer = await ui.confirm(ownerText(owner, distribution.id), canBeText ? [text, live] : [live]);
  const notes = [
    {
      label: l10n.t("$(warning) {0} manages {1} and will revert this change", owner.tool, distribution.id),
      detail: l10n.t("tag {0}: make the same change in the template", owner.tag),
    },
  ];
  return { goesOn: answer === live ? "live" : answer === text ? "template" : "stop", owner, notes };
}

function ownerText({ tool, template, tag, stack }: Owner, id: string): string {
  if (stack !== undefined)
    return l10n.t(
      "{0} manages {1} (tag {2}, stack {3}). A change made here causes drift; the next stack update reverts it.",
      tool,
      id,
      tag,
      stack,
    );
  return template === "cloudformation"
    ? l10n.t(
        "{0} manages {1} (tag {2}). A change made here causes drift; the next stack update reverts it.",
        tool,
        id,
        tag,
      )
    : l10n.t(
        "{0} manages {1} (tag {2}). A change made here causes drift; the next deployment reverts it.",
        tool,
        id,
        tag,
      );
}

/** The change as a text for the template, in a document without a file. */
export async function showTemplateText(
  intent: OriginIntent,
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
    cdk: "AWS CDK",
    terraform: "Terraform",
  };
  const kind = await ui.choose({
    title: l10n.t("Template Change"),
    placeholder: l10n.t("Select the template format"),
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
