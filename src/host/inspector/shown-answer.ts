import * as vscode from "vscode";
import type { Encoding } from "../../core/encoding.ts";
import type { AcceptanceAnswers, Tone } from "../../core/messages/inspection/inspection.ts";
import { tell } from "../../core/messages/tell.ts";
import type { Steps } from "../../core/steps.ts";
import type { Acceptance } from "../../core/truststore/acceptance.ts";
import { bundleFitnessInSteps } from "../../core/truststore/fitness.ts";
import type { FilterAnswer } from "../../core/truststore/identity-filters.ts";
import { storeReason } from "../../core/truststore/judgement.ts";
import { profiles, type Target } from "../../core/truststore/targets.ts";
import type { Bundle } from "../../core/x509/bundle/bundle.ts";
import type { SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { listenerText, type NetworkListener } from "./network-listeners.ts";

// What the page says of one service's answer.

/** What is said of filters where they do not decide by themselves. */
export function filterTexts(
  { verdict }: Acceptance,
  filters: FilterAnswer,
  listener: NetworkListener | undefined,
): readonly string[] {
  const whose = listener === undefined ? [] : [listenerText(listener)];
  if (filters.verdict !== "accepted") return whose;
  return verdict === "refused" ? [] : [tell(filters.reason), ...whose];
}

/** What is against the bundle itself: where a service rejects it, it accepts no client. */
interface StoreFaults {
  readonly refused: readonly string[];
  /** Why no page says whether the service takes it. */
  readonly undocumented: readonly string[];
}

export const soundStore: StoreFaults = { refused: [], undocumented: [] };

export function* storeFaults(
  bundle: Bundle,
  target: Target,
  at: Date,
  signatures: SignatureVerdicts,
  encoding: Encoding,
): Steps<StoreFaults> {
  const outside = { fingerprint: sha256, encoding };
  const { verdict, judgements } = yield* bundleFitnessInSteps(bundle, target, at, signatures, outside);
  yield;
  const unsettled = judgements
    .filter(({ requirement, holds }) => (requirement === "documented" || requirement === "readers") && !holds)
    .map((judgement) => tell(storeReason(judgement)));
  // Many blocks may have the same.
  const undocumented = [...new Set(unsettled)];
  if (verdict !== "refused") return { refused: [], undocumented };
  const unmet = judgements.filter(({ holds, severity }) => !holds && severity === "error");
  const texts = unmet.some(({ requirement }) => requirement === "text")
    ? [
        vscode.l10n.t(
          "{0} accepts no blank lines between certificates, and no text other than comments that start with # and contain no hyphen.",
          profiles[target].name,
        ),
      ]
    : [];
  const others = unmet.flatMap((judgement) => (judgement.requirement === "text" ? [] : [tell(storeReason(judgement))]));
  return { refused: [...others, ...texts], undocumented: [] };
}

/** More are for the editor to show, each at its place. */
const mostRefusals = 3;

export function shownAnswer(
  { target, verdict, objections, notes, path }: Acceptance,
  { refused, undocumented }: StoreFaults,
  filters: readonly string[],
): AcceptanceAnswers["answers"][number] {
  const isLetIn = verdict === "accepted" || verdict === "undocumented";
  const depth = isLetIn
    ? [
        path.length === 1
          ? vscode.l10n.t("The certificate itself is in the trust store.")
          : vscode.l10n.t(
              "The certification path has {0} certificates, and all their signatures were verified.",
              path.length,
            ),
      ]
    : [];
  const name = target === undefined ? vscode.l10n.t("RFC 5280") : profiles[target].name;
  const isRefused = isLetIn && refused.length > 0;
  const said = verdict === "accepted" && undocumented.length > 0 ? "undocumented" : verdict;
  const more =
    refused.length > mostRefusals
      ? [vscode.l10n.t("More problems of this kind in the file: {0}.", refused.length - mostRefusals)]
      : [];
  return {
    name,
    tone: isRefused ? "warning" : tones[said],
    answer: isRefused ? vscode.l10n.t("Not until {0} accepts the bundle", name) : answerText(said, target),
    reasons: [
      ...depth,
      ...objections.map(({ reason }) => tell(reason)),
      ...unlessIgnored(target, objections),
      ...(isLetIn ? undocumented : []),
      ...filters,
      ...(isRefused ? [...refused.slice(0, mostRefusals), ...more] : []),
      ...notes.map((note) => tell(note)),
    ],
  };
}

const tones: Readonly<Record<Acceptance["verdict"], Tone>> = {
  accepted: "ok",
  undocumented: "warning",
  refused: "error",
  "gave-up": "info",
};

/** Two services can be told to let expired certificates in. */
function unlessIgnored(target: Target | undefined, objections: Acceptance["objections"]): readonly string[] {
  const refusing = objections.filter(({ weight }) => weight === "refuses");
  if (refusing.length === 0 || refusing.some(({ kind }) => kind !== "expired")) return [];
  if (target === "cloudfront")
    return [vscode.l10n.t("A distribution with IgnoreCertificateExpiry does not reject it for this reason.")];
  return target === "alb"
    ? [vscode.l10n.t("A listener with IgnoreClientCertificateExpiry does not reject it for this reason.")]
    : [];
}

function answerText(verdict: Acceptance["verdict"], target: Target | undefined): string {
  switch (verdict) {
    case "accepted":
      return vscode.l10n.t("Yes");
    case "undocumented":
      return target === undefined
        ? vscode.l10n.t("Implementations differ")
        : vscode.l10n.t("Accepted by RFC 5280; not documented by AWS");
    case "refused":
      return vscode.l10n.t("No");
    case "gave-up":
      return vscode.l10n.t("Undetermined");
  }
}
