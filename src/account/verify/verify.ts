import * as l10n from "@vscode/l10n";
import { serverText } from "../../core/messages/probe/report.ts";
import { noTargets } from "../../core/messages/probe/target.ts";
import { verificationText, verificationVerdict, worstOf } from "../../core/messages/probe/verification.ts";
import { tell } from "../../core/messages/tell.ts";
import type { ClientCredential } from "../../core/probe/credential.ts";
import type { ProbeFacts, ProbePlan } from "../../core/probe/facts.ts";
import type { LiveSubject, ProvedSettings } from "../../core/probe/proof.ts";
import { isTarget, type NoTarget, type ProbeTarget, type TargetRemark } from "../../core/probe/target.ts";
import { judgeProbe, type ProbeReport } from "../../core/probe/verdict.ts";
import { isEnforced } from "../../core/probe/verdicts.ts";
import { askWhatToTry } from "./ask.ts";
import type { VerifyUi } from "./ui.ts";

/** What carries a verification out. */
export interface VerifyTools {
  readonly ui: VerifyUi;
  /** `probe` of the platform. */
  probe(
    plan: ProbePlan,
    credentials: { readonly given?: ClientCredential; readonly issuer?: ClientCredential },
    options: { readonly signal: AbortSignal; progress?(done: number, all: number): void },
  ): Promise<ProbeFacts>;
  /** Told of each server that was verified to the end. */
  onVerified?(verified: Verified): Promise<void> | void;
}

export interface Verified {
  readonly facts: ProbeFacts;
  readonly report: ProbeReport;
  /** What of the configuration it is a proof for. */
  readonly settings: ProvedSettings;
}

/** What is to be verified. */
export interface Subject {
  readonly target: ProbeTarget | NoTarget;
  readonly live?: LiveSubject;
}

/**
 * Connects to a server as CloudFront or a client would, after the user saw where and said what is tried, and shows what
 * it does. Left at any step, nothing was connected to, and no key is held once it ends.
 */
export async function verify({ target, live }: Subject, tools: VerifyTools): Promise<void> {
  const { ui } = tools;
  if (!isTarget(target)) return ui.say(tell(target, noTargets));
  const tried = await tryOut(target, tools);
  const judged = tried === undefined ? undefined : worstOf(tried.probes);
  if (tried === undefined || judged === undefined) return;
  const { server, probes, left, isAsConfigured } = tried;
  const remarks: readonly TargetRemark[] = [
    ...target.remarks,
    ...(left > 0 ? [{ code: "probe:more-names", args: { left } } as const] : []),
  ];
  await ui.show(l10n.t("mTLS verification of {0}", server), verificationText(probes, remarks));
  await ui.say(verificationVerdict(probes), isEnforced(judged.verdict) === true ? "info" : "warning");
  for (const facts of probes) {
    const report = judgeProbe(facts);
    // What was chosen otherwise, or under some of its names alone, does not prove that an origin is closed.
    const isOfLive = live !== undefined && isAsConfigured && (left === 0 || isEnforced(report.verdict) !== true);
    const settings: ProvedSettings = {
      plan: facts.plan,
      clientCertificate: target.clientCertificate,
      ...(isOfLive && facts.plan.role !== "side-door" ? { live } : {}),
    };
    await tools.onVerified?.({ facts, report, settings });
  }
}

interface Tried {
  readonly server: string;
  readonly probes: readonly ProbeFacts[];
  /** Names that are too many. */
  readonly left: number;
  readonly isAsConfigured: boolean;
}

/** What was chosen holds the keys: it is let go with this. */
async function tryOut(target: ProbeTarget, { ui, probe }: VerifyTools): Promise<Tried | undefined> {
  const wish = await askWhatToTry(target, ui);
  const first = wish?.plans[0];
  if (wish === undefined || first === undefined) return undefined;
  const { plans, left, sideDoor, isAsConfigured, ...credentials } = wish;
  const server = serverText(first);
  const all = [
    ...plans.map((plan) => ({ plan, credentials })),
    // The key is said to be for the server alone.
    ...(sideDoor === undefined ? [] : [{ plan: sideDoor, credentials: {} }]),
  ];
  return ui.progress(l10n.t("Verifying mTLS of {0}", server), async (report, signal) => {
    const probes: ProbeFacts[] = [];
    for (const { plan, credentials: own } of all) {
      const progress = (done: number, of: number) =>
        report(
          all.length === 1
            ? l10n.t("{0} of {1} connections", done, of)
            : l10n.t("{0}: {1} of {2} connections", plan.name, done, of),
        );
      const facts = await probe(plan, own, { signal, progress });
      // What the user ended shows nothing.
      if (signal.aborted) return undefined;
      probes.push(facts);
    }
    return { server, probes, left, isAsConfigured };
  });
}
