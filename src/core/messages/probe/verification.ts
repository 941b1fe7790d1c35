import * as l10n from "@vscode/l10n";
import type { ProbeFacts } from "../../probe/facts.ts";
import type { TargetRemark } from "../../probe/target.ts";
import { judgeProbe, type ProbeReport } from "../../probe/verdict.ts";
import { worst } from "../../probe/verdicts.ts";
import { tell } from "../tell.ts";
import { probeLines, serverText, verdictText } from "./report.ts";
import { targetRemarks } from "./target.ts";

/** What probes of one server under several names, or of a server and its side door, saw: the worst of them first. */
export function verificationText(probes: readonly ProbeFacts[], remarks: readonly TargetRemark[]): string {
  const first = worstOf(probes);
  const others = probes.filter((facts) => facts !== first?.facts);
  const configured =
    remarks.length === 0
      ? []
      : [l10n.t("From the configuration"), ...remarks.map((remark) => `  - ${tell(remark, targetRemarks)}`)].join("\n");
  const parts = [first?.facts, ...others].flatMap((facts) => (facts === undefined ? [] : probeLines(facts).join("\n")));
  return `${[parts[0] ?? "", configured, ...parts.slice(1)].filter((part) => part.length > 0).join(`\n\n${"─".repeat(60)}\n\n`)}\n`;
}

/** The verdict in a sentence or two, with the server that it is of. */
export function verificationVerdict(probes: readonly ProbeFacts[]): string {
  const found = worstOf(probes);
  return found === undefined ? "" : l10n.t("{0}: {1}", serverText(found.facts.plan), verdictText(found));
}

export interface JudgedProbe extends ProbeReport {
  readonly facts: ProbeFacts;
}

/** The one that decides how it stands with all of them. */
export function worstOf(probes: readonly ProbeFacts[]): JudgedProbe | undefined {
  return worst(probes.map((facts) => ({ ...judgeProbe(facts), facts })));
}
