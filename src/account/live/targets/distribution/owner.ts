import * as l10n from "@vscode/l10n";
import { becomesHttpsOnly, type OriginIntent } from "../../../../core/cloudfront/intent.ts";
import { type Owner, ownerOf, type TemplateKind } from "../../../../core/cloudfront/owner.ts";
import { stringOf } from "../../../../core/document/tree.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { isFailure } from "../../../../core/failure.ts";
import { type TemplateText, templateText } from "../../../../core/messages/template-text.ts";
import type { Caller } from "../../caller.ts";
import type { OwnedBy } from "../../change.ts";
import type { Line, LiveUi } from "../../ui.ts";
import { failureText } from "../../words.ts";
import { originsById } from "./facts.ts";
import type { DistributionAccess } from "./tools.ts";

export interface Ownership {
  readonly owner: Owner | undefined;
  /** What it means for a change. */
  readonly text: string | undefined;
  readonly notes: readonly Line[];
}

/** A change that is made past the tool which owns the distribution is taken back by it. */
export async function ownershipOf(
  caller: Caller,
  distribution: { readonly id: string; readonly arn: string },
  { calls, ownerTags }: Pick<DistributionAccess, "calls" | "ownerTags">,
): Promise<Ownership> {
  const { id, arn } = distribution;
  const tags = await caller.ask(async (connection, signal) =>
    (await calls()).distributionTags(connection, arn, signal),
  );
  if (isFailure(tags)) {
    const label = l10n.t("$(question) Could not determine whether a template manages {0}", id);
    return { owner: undefined, text: undefined, notes: [{ label, detail: failureText(tags) }] };
  }
  const owner = ownerOf(tags, ownerTags());
  return { owner, text: owner === undefined ? undefined : ownerText(owner, id), notes: [] };
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

interface TemplateChange {
  readonly intent: OriginIntent;
  /** Ids of origins. */
  readonly ids: readonly string[];
  readonly facts: ConfigFacts;
  /** The distribution's. */
  readonly id: string;
  readonly owner: Owner | undefined;
}

const formats = {
  cloudformation: "CloudFormation",
  cdk: "AWS CDK",
  terraform: "Terraform",
} as const satisfies Readonly<Record<TemplateKind, string>>;

/** What the owner of a distribution means for a change to origin mTLS, with the change as its template says it. */
export function ownedBy(
  { owner, text }: Ownership,
  change: Omit<TemplateChange, "owner">,
  ui: LiveUi,
): OwnedBy | undefined {
  if (owner === undefined || text === undefined) return undefined;
  const whole = { ...change, owner };
  return {
    text,
    template: {
      format: formats[owner.template],
      text: templateOf(owner.template, whole).text,
      open: () => openTemplate(whole, ui),
    },
  };
}

/** In a document without a file, in the format that is chosen. */
async function openTemplate(change: TemplateChange, ui: LiveUi): Promise<void> {
  const kinds: readonly TemplateKind[] = ["cloudformation", "cdk", "terraform"];
  const [first] = kinds.filter((kind) => kind === change.owner?.template);
  const ordered = first === undefined ? kinds : [first, ...kinds.filter((kind) => kind !== first)];
  const kind = await ui.choose({
    title: l10n.t("Template Change"),
    placeholder: l10n.t("Select the template format"),
    items: ordered.map((one) => ({ label: formats[one], value: one })),
  });
  if (kind === undefined) return;
  const { language, text } = templateOf(kind, change);
  await ui.openText(language, text);
}

function templateOf(kind: TemplateKind, { intent, ids, facts, id, owner }: TemplateChange): TemplateText {
  const all = configOf(facts)?.distribution.origins ?? [];
  const origins = originsById(facts, ids).map((origin) => ({
    id: origin.id ?? "",
    domainName: stringOf(origin.domainName) ?? "",
    index: all.indexOf(origin),
    becomesHttpsOnly: becomesHttpsOnly(origin),
  }));
  return templateText(kind, { intent, id, logicalId: owner?.logicalId, origins });
}
