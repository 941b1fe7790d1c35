// What is asked before origin mTLS of a live distribution can be changed: which distribution, origins, certificate.
import * as l10n from "@vscode/l10n";
import { isOfAccount } from "../../../../core/acm/origin-state.ts";
import type { Distribution } from "../../../../core/cloudfront/distribution.ts";
import type { OriginIntent } from "../../../../core/cloudfront/intent.ts";
import { type ConfigFacts, configOf } from "../../../../core/facts.ts";
import { isFailure } from "../../../../core/failure.ts";
import type { LiveDistribution } from "../../../../core/inventory.ts";
import { messageOf } from "../../../../core/messages/tell.ts";
import { askInTurn, type Back, back, type Question } from "../../../asking.ts";
import { judgeCertificate } from "../../../certificate-choices.ts";
import type { DistributionMeant } from "../../../distribution-meant.ts";
import { distributionName } from "../../../model.ts";
import { originChoices } from "../../../origin-choices.ts";
import { type Kind, titleFor } from "../../../origin-mtls-words.ts";
import { cut } from "../../../row-width.ts";
import type { Caller } from "../../caller.ts";
import { explainFailure, isRenewed, tryAgain } from "../../failures.ts";
import type { Line } from "../../ui.ts";
import { failureText } from "../../words.ts";
import { factsOf } from "./facts.ts";
import { fetchConfig } from "./target.ts";
import type { DistributionAccount, DistributionTools } from "./tools.ts";

/** All that is needed to plan the change. */
export interface Selection {
  readonly distribution: LiveDistribution;
  /** Its config as it was when its origins were chosen. */
  readonly facts: ConfigFacts;
  /** Ids. */
  readonly origins: readonly string[];
  readonly intent: OriginIntent;
  /** What is to be known of the certificate where the change is reviewed. */
  readonly notes: readonly Line[];
}

interface Answers {
  readonly distribution?: LiveDistribution;
  readonly facts?: ConfigFacts;
  readonly origins?: readonly string[];
  readonly certificate?: string;
  readonly notes?: readonly Line[];
}

/**
 * Asks for what is not known yet, forth and back; nothing is changed by it.
 * @param meant what the command was called for
 * @param chosen a selection to be changed: each question is asked again, with what was chosen
 */
export async function selectChange(
  kind: Kind,
  meant: DistributionMeant | undefined,
  caller: Caller,
  tools: DistributionTools,
  chosen?: Pick<Selection, "distribution" | "origins" | "intent">,
): Promise<Selection | undefined> {
  const isAgain = chosen !== undefined;
  const questions = [
    whichDistribution(kind, isAgain ? undefined : meant, caller, tools),
    whichOrigins(kind, isAgain, meant, caller, tools),
    ...(kind === "disable" ? [] : [whichCertificate(kind, isAgain ? undefined : meant?.certificate, caller, tools)]),
  ];
  const answers = await askInTurn<Answers>(questions, known(chosen));
  if (answers === undefined || answers === back) return undefined;
  const { distribution, facts, origins, certificate = "", notes = [] } = answers;
  if (distribution === undefined || facts === undefined || origins === undefined) return undefined;
  return { distribution, facts, origins, intent: kind === "disable" ? { kind } : { kind, certificate }, notes };
}

/** What was chosen before, on what CloudFront has now; `undefined`: it was said why not. */
export async function selectionOf(
  id: string,
  kind: Kind,
  origins: readonly string[],
  certificate: string | undefined,
  caller: Caller,
  tools: DistributionTools,
): Promise<Selection | undefined> {
  const distribution = await distributionById(id, tools);
  const facts = distribution === undefined ? undefined : await currentFacts(id, caller, tools);
  if (distribution === undefined || facts === undefined) return undefined;
  if (kind === "disable" || certificate === undefined)
    return { distribution, facts, origins, intent: { kind: "disable" }, notes: [] };
  const looked = isOfAccount(certificate, caller.identity) ? await tools.account.details(certificate) : undefined;
  return { distribution, facts, origins, intent: { kind, certificate }, notes: notesOn(looked) };
}

function known(chosen: Pick<Selection, "distribution" | "origins" | "intent"> | undefined): Answers {
  if (chosen === undefined) return {};
  const { distribution, origins, intent } = chosen;
  return { distribution, origins, ...(intent.kind === "disable" ? {} : { certificate: intent.certificate }) };
}

// --- the distribution

function whichDistribution(
  kind: Kind,
  meant: DistributionMeant | undefined,
  caller: Caller,
  tools: DistributionTools,
): Question<Answers> {
  return {
    isAsked: () => meant === undefined,
    ask: async (answers, { of }) => {
      const distribution =
        meant === undefined
          ? await tools.ui.chooseDistribution(
              titleFor(kind, accountText(caller)),
              of,
              undefined,
              answers.distribution?.id,
            )
          : await distributionById(meant.id, tools);
      if (distribution === undefined) return undefined;
      const facts = await currentFacts(distribution.id, caller, tools);
      if (facts === undefined) return undefined;
      // Origins of another distribution are others, whatever they are called.
      const origins = answers.distribution?.id === distribution.id ? (answers.origins ?? []) : [];
      return { ...answers, distribution, facts, origins };
    },
  };
}

async function distributionById(id: string, tools: DistributionTools): Promise<LiveDistribution | undefined> {
  const { account } = tools;
  const listed = account.current()?.distributions.get(id) ?? (await account.refreshDistribution(id));
  if (!isFailure(listed)) return listed;
  await explainFailure(listed, tools);
  return undefined;
}

/** As CloudFront has it now; `undefined`: it was said why not. */
async function currentFacts(id: string, caller: Caller, tools: DistributionTools): Promise<ConfigFacts | undefined> {
  return (await currentConfig(id, caller, tools))?.facts;
}

/** The same with its version. */
export async function currentConfig(
  id: string,
  caller: Caller,
  tools: DistributionTools,
): Promise<{ readonly facts: ConfigFacts; readonly etag: string } | undefined> {
  for (;;) {
    const fetched = await fetchConfig(id, caller, tools);
    if (!isFailure(fetched)) return { facts: factsOf(fetched.config, id), etag: fetched.etag };
    if (!(await explainFailure(fetched, tools, { again: tryAgain() })) || !(await isRenewed(caller, tools)))
      return undefined;
  }
}

// --- its origins

function whichOrigins(
  kind: Kind,
  isAgain: boolean,
  meant: DistributionMeant | undefined,
  caller: Caller,
  { ui }: DistributionTools,
): Question<Answers> {
  const aimedIn = ({ distribution }: Answers) =>
    isAgain || distribution === undefined || distribution.id !== meant?.id ? undefined : meant.origin;
  const isAsked = (answers: Answers) => {
    const aimed = aimedIn(answers);
    return (
      isAgain ||
      answers.facts === undefined ||
      originChoices(kind, configIn(answers), aimed === undefined ? undefined : { id: aimed, index: -1 }).isQuestion
    );
  };
  return {
    isAsked,
    ask: async (answers, place) => {
      const origins = await ui.chooseOrigins({
        title: titleFor(kind, distributionText(answers, caller)),
        kind,
        distribution: configIn(answers),
        aimed: aimedIn(answers),
        chosen: answers.origins ?? [],
        place: isAsked(answers) ? place : undefined,
      });
      if (origins === back) return back;
      return origins === undefined || origins.length === 0 ? undefined : { ...answers, origins };
    },
  };
}

function configIn({ facts }: Answers): Distribution {
  const distribution = configOf(facts)?.distribution;
  if (distribution === undefined) throw new Error("A config that CloudFront sent is none");
  return distribution;
}

// --- the certificate

/** Asked until it is one that can work: looked at by itself, not by its summary. */
function whichCertificate(
  kind: Exclude<Kind, "disable">,
  meant: string | undefined,
  caller: Caller,
  { account, context, onRuleFault, ui }: DistributionTools,
): Question<Answers> {
  let isKnown = meant !== undefined;
  return {
    isAsked: () => !isKnown,
    ask: async (answers, place) => {
      const distribution = configIn(answers);
      let chosen = isKnown ? meant : answers.certificate;
      let here = place;
      for (;;) {
        const certificate: string | Back | undefined = isKnown
          ? meant
          : await ui.chooseCertificate({
              title: titleFor(kind, distributionText(answers, caller)),
              ...{ kind, distribution, origins: answers.origins ?? [], chosen, place: here },
            });
        if (certificate === undefined || certificate === back) return certificate;
        const looked = isOfAccount(certificate, caller.identity) ? await account.details(certificate) : undefined;
        const errors = judgeCertificate(certificate, { distribution, context: context(), onFault: onRuleFault }).filter(
          ({ severity }) => severity === "error",
        );
        if (errors.length === 0) return { ...answers, certificate, notes: notesOn(looked) };
        chosen = certificate;
        if (isKnown) here = { ...place, of: place.of + 1 };
        isKnown = false;
        // Not waited for: it stays, and the certificates are shown again beside it.
        void ui.say(l10n.t("This certificate cannot be used. {0}", errors.map(messageOf).join(" ")), "error");
      }
    },
  };
}

function notesOn(looked: Awaited<ReturnType<DistributionAccount["details"]>> | undefined): readonly Line[] {
  if (looked === undefined)
    return [{ label: l10n.t("$(question) The certificate is in another account and was not checked") }];
  return isFailure(looked)
    ? [{ label: l10n.t("$(question) The certificate was not checked"), detail: failureText(looked) }]
    : [];
}

// --- what the titles say it is done to

function accountText({ profile, identity: { account } }: Caller): string {
  return profile === undefined ? l10n.t("account {0}", account) : l10n.t("profile {0}, account {1}", profile, account);
}

/** In pixels. The step stands behind it, and in a window of 720 pixels a title has two lines of 418. */
const mostOfName = 220;

function distributionText({ distribution }: Answers, { profile, identity }: Caller): string {
  if (distribution === undefined) throw new Error("Its origins are asked for before it is known");
  const { id } = distribution;
  const name = cut(distributionName(distribution), mostOfName);
  return profile === undefined
    ? l10n.t("{0} ({1}), account {2}", name, id, identity.account)
    : l10n.t("{0} ({1}), profile {2}", name, id, cut(profile, mostOfName));
}
