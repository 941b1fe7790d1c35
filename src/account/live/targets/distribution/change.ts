// Enabling, disabling and changing origin mTLS of a live distribution: what is asked before it can be carried out.
import * as l10n from "@vscode/l10n";
import { isOfAccount } from "../../../../core/acm/origin-state.ts";
import type { OriginIntent } from "../../../../core/cloudfront/intent.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { type Failure, isFailure } from "../../../../core/failure.ts";
import type { LiveDistribution } from "../../../../core/inventory.ts";
import { messageOf } from "../../../../core/messages/tell.ts";
import { judgeCertificate } from "../../../certificate-choices.ts";
import { distributionMeant } from "../../../distribution-meant.ts";
import { type Kind, stepsOf, titleOf } from "../../../origin-mtls-words.ts";
import { Caller } from "../../caller.ts";
import { carryOut } from "../../engine.ts";
import { explainFailure, tryAgain } from "../../failures.ts";
import type { Line } from "../../ui.ts";
import { failureText, readOnlyText } from "../../words.ts";
import { factsOf } from "./facts.ts";
import { askOwner, showTemplateText } from "./owner.ts";
import { distributionTarget, fetchConfig } from "./target.ts";
import type { DistributionAccount, DistributionTools } from "./tools.ts";
import { wishForIntent } from "./wishes.ts";

/** What can be had without a connection; `none`: nothing, or the failure is to be explained. */
export type Instead = (failure: Failure) => Promise<"done" | "none">;

/** Signs in, again and again until it works or the user stops trying. */
export async function connected(
  tools: Pick<DistributionTools, "session" | "ui" | "policyText">,
  instead?: Instead,
): Promise<Caller | undefined> {
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst) await tools.session.reconnect();
    const caller = await Caller.of(tools.session);
    if (!isFailure(caller)) return caller;
    if (instead !== undefined && (await instead(caller)) === "done") return undefined;
    if (!(await explainFailure(caller, tools, { again: tryAgain() }))) return undefined;
  }
}

/** *Enable*, *Disable* or *Change Client Certificate* on a distribution; without one it is asked for. */
export async function changeDistribution(kind: Kind, argument: unknown, tools: DistributionTools): Promise<void> {
  const { ui } = tools;
  if (tools.isReadOnly()) return ui.say(readOnlyText());
  const caller = await connected(tools);
  if (caller === undefined) return;
  const meant = distributionMeant(argument);
  const steps = { before: meant === undefined ? 1 : 0 };
  const of = steps.before + stepsOf(kind);
  const distribution =
    meant === undefined ? await ui.chooseDistribution(titleOf(kind), of) : await distributionById(meant.id, tools);
  if (distribution === undefined) return;
  const { id } = distribution;
  const { goesOn, owner, notes } = await askOwner(caller, distribution, true, ui, tools);
  if (goesOn === "stop") return;
  const fetched = await fetchConfig(id, caller, tools);
  if (isFailure(fetched)) {
    if (await explainFailure(fetched, tools, { again: tryAgain() })) await changeDistribution(kind, argument, tools);
    return;
  }
  const facts = factsOf(fetched.config, id);
  const config = configOf(facts)?.distribution;
  if (config === undefined) throw new Error("A config that CloudFront sent is none");
  const origins = await ui.chooseOrigins(kind, config, meant?.origin, steps);
  if (origins === undefined || origins.length === 0) return;
  const chosen =
    kind === "disable"
      ? { intent: { kind }, notes: [] }
      : await chooseFitCertificate(kind, facts, caller, tools, { ...steps, meant: meant?.certificate });
  if (chosen === undefined) return;
  const { intent } = chosen;
  if (goesOn === "template") return showTemplateText(intent, origins, facts, id, owner, ui);
  const wish = wishForIntent(id, intent, origins, [...notes, ...chosen.notes]);
  await carryOut(
    { target: distributionTarget(id, caller, tools), wish: { ...wish, step: { step: of, of } }, caller },
    tools,
  );
}

async function distributionById(id: string, tools: DistributionTools): Promise<LiveDistribution | undefined> {
  const { account } = tools;
  const known = account.current()?.distributions.get(id) ?? (await account.refreshDistribution(id));
  if (!isFailure(known)) return known;
  await explainFailure(known, tools);
  return undefined;
}

interface ChosenCertificate {
  readonly intent: OriginIntent;
  readonly notes: readonly Line[];
}

/** Asked until it is one that can work: looked at by itself, not by its summary. */
async function chooseFitCertificate(
  kind: Exclude<Kind, "disable">,
  facts: ConfigFacts,
  { identity }: Caller,
  { account, context, onRuleFault, ui }: DistributionTools,
  steps: { readonly before: number; readonly meant: string | undefined },
): Promise<ChosenCertificate | undefined> {
  const distribution = configOf(facts)?.distribution;
  if (distribution === undefined) return undefined;
  for (let { meant } = steps; ; meant = undefined) {
    const certificate = meant ?? (await ui.chooseCertificate(kind, distribution, steps));
    if (certificate === undefined) return undefined;
    const looked = isOfAccount(certificate, identity) ? await account.details(certificate) : undefined;
    const errors = judgeCertificate(certificate, { distribution, context: context(), onFault: onRuleFault }).filter(
      ({ severity }) => severity === "error",
    );
    if (errors.length === 0) return { intent: { kind, certificate }, notes: notesOn(looked) };
    // Not waited for: it stays, and the certificates are shown again beside it.
    void ui.say(l10n.t("This certificate cannot be used. {0}", errors.map(messageOf).join(" ")), "error");
  }
}

function notesOn(looked: Awaited<ReturnType<DistributionAccount["details"]>> | undefined): readonly Line[] {
  if (looked === undefined)
    return [{ label: l10n.t("$(question) The certificate is in another account and was not checked") }];
  return isFailure(looked)
    ? [{ label: l10n.t("$(question) The certificate was not checked"), detail: failureText(looked) }]
    : [];
}
