import * as l10n from "@vscode/l10n";
import { charactersPerStep, perStep, type Steps } from "../steps.ts";
import { LineIndex, type Span } from "../text.ts";
import type { StoreVerdict } from "../truststore/fitness.ts";
import { placeOfJudgement, type StoreJudgement, storeReason } from "../truststore/judgement.ts";
import { profiles, type Target } from "../truststore/targets.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { numberText, seriesText } from "./format.ts";
import { tell } from "./tell.ts";

/** What keeps a service from taking a trust store as it is, or clients from getting in by it. */
export interface StoreObstacle {
  readonly severity: StoreJudgement["severity"];
  readonly text: string;
  /** In the text, the first first; none: it is about the whole file. */
  readonly places: readonly Place[];
}

interface Place {
  readonly at: Span;
  /** From 1. */
  readonly line: number;
}

/** Each once, with all places that it is said of; in the order given. */
export function* obstaclesInSteps(
  bundle: Bundle,
  judgements: readonly StoreJudgement[],
): Steps<readonly StoreObstacle[]> {
  const lines = new LineIndex(bundle.pem.text, 0);
  while (lines.build(charactersPerStep)) yield;
  let looked = 0;
  const found = new Map<string, { readonly severity: StoreObstacle["severity"]; readonly places: Place[] }>();
  for (const judgement of judgements) {
    if (++looked % perStep === 0) yield;
    const text = tell(storeReason(judgement));
    const known = found.get(text);
    const { severity, places } = known ?? { severity: judgement.severity, places: [] };
    if (known === undefined) found.set(text, { severity, places });
    const at = placeOfJudgement(bundle, judgement);
    const line = at && lines.at(at.start).line + 1;
    if (at !== undefined && line !== undefined && places.at(-1)?.line !== line) places.push({ at, line });
  }
  return [...found].map(([text, about]) => ({ text, ...about }));
}

/** How many lines are named, and how many obstacles where there is no list to scroll in. */
const mostLines = 4;
const mostTold = 8;

/** Where it is, then what is the matter: the end of it may be cut. */
export function obstacleText({ text, places }: StoreObstacle): string {
  const [first, second] = places;
  if (first === undefined) return text;
  if (second === undefined) return l10n.t("Line {0}: {1}", first.line, text);
  const lines = seriesText(places.slice(0, mostLines).map(({ line }) => String(line)));
  return places.length > mostLines
    ? l10n.t("Lines {0} and {1} more: {2}", lines, numberText(places.length - mostLines), text)
    : l10n.t("Lines {0}: {1}", lines, text);
}

export function obstacleTexts(obstacles: readonly StoreObstacle[]): readonly string[] {
  const told = obstacles.slice(0, mostTold).map(obstacleText);
  return obstacles.length > told.length
    ? [...told, l10n.t("and {0} more", numberText(obstacles.length - told.length))]
    : told;
}

/** What a service makes of a file, as its verdict alone. */
export function verdictText(verdict: StoreVerdict): string {
  switch (verdict) {
    case "passes":
      return l10n.t("accepted");
    case "warned":
      return l10n.t("accepted with warnings");
    case "refused":
      return l10n.t("rejected");
    case "unknown":
      return l10n.t("undetermined");
  }
}

/** The same, at the head of what is against the file. */
export function verdictHeading(verdict: StoreVerdict, target: Target): string {
  const { name } = profiles[target];
  switch (verdict) {
    case "passes":
      return l10n.t("{0} accepts this file", name);
    case "warned":
      return l10n.t("{0} accepts this file, with warnings", name);
    case "refused":
      return l10n.t("{0} rejects this file", name);
    case "unknown":
      return l10n.t("{0} might not accept this file", name);
  }
}
