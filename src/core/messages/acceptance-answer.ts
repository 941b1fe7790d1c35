import * as l10n from "@vscode/l10n";
import type { Encoding } from "../encoding.ts";
import type { Steps } from "../steps.ts";
import type { Acceptance } from "../truststore/acceptance.ts";
import { bundleFitnessInSteps } from "../truststore/fitness.ts";
import type { FilterAnswer } from "../truststore/identity-filters.ts";
import { storeReason } from "../truststore/judgement.ts";
import { profiles, type Target } from "../truststore/targets.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { hiddenCertificates } from "../x509/bundle/hidden.ts";
import type { Certificate } from "../x509/model.ts";
import type { SignatureVerdicts } from "../x509/path/verdicts.ts";
import { shownName } from "./content.ts";
import type { AcceptanceAnswers, Tone } from "./inspection/inspection.ts";
import type { Sha256 } from "./inspection/item.ts";
import { tell } from "./tell.ts";
import { certificateTitle } from "./x509/describe.ts";

// What is said of the question whether a client would be accepted, and of one service's answer.

/** @param store the file's name */
export function questionText(client: Certificate, store: string): string {
  return l10n.t("Does the trust store “{1}” accept “{0}”?", certificateTitle(client), shownName(store));
}

/** @param isNow nobody asked for another time */
export function askedAtText(at: Date, isNow: boolean): string {
  return isNow ? l10n.t("At the current time, {0}.", timeText(at)) : l10n.t("At {0}.", timeText(at));
}

/** To the minute. */
export function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function noClientText(name: string): string {
  return l10n.t("“{0}” contains no certificate, so there is no client to check.", shownName(name));
}

export function emptyStoreText(name: string): string {
  return l10n.t("“{0}” contains no certificate. As a trust store, it would reject all clients.", shownName(name));
}

/** What is in the files, and was not looked at. */
export function ignoredTexts(sides: readonly { readonly name: string; readonly bundle: Bundle }[]): readonly string[] {
  const texts = sides.flatMap(({ name, bundle }) =>
    hiddenCertificates(bundle).map(({ hidden }) =>
      l10n.t(
        "“{1}” contains a block ({0}) that is not written as plain PEM lines. Programs do not find it, and this check ignores it.",
        hidden.label,
        shownName(name),
      ),
    ),
  );
  return [...new Set(texts)];
}

/**
 * What is said of filters where they do not decide by themselves.
 * @param whose which listener's they are, where that is known
 */
export function filterTexts(
  { verdict }: Acceptance,
  filters: FilterAnswer,
  whose: readonly string[],
): readonly string[] {
  if (filters.verdict !== "accepted") return whose;
  return verdict === "refused" ? [] : [tell(filters.reason), ...whose];
}

/** What is against the bundle itself: where a service rejects it, it accepts no client. */
export interface StoreFaults {
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
  outside: { readonly fingerprint: Sha256; readonly encoding: Encoding },
): Steps<StoreFaults> {
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
        l10n.t(
          "{0} accepts no blank lines between certificates, and no text other than comments that start with # and contain no hyphen.",
          profiles[target].name,
        ),
      ]
    : [];
  const others = unmet.flatMap((judgement) => (judgement.requirement === "text" ? [] : [tell(storeReason(judgement))]));
  return { refused: [...others, ...texts], undocumented: [] };
}

/** What an answer comes to with what is against the bundle; `not-yet`: not until the service accepts that. */
export type Outcome = Acceptance["verdict"] | "not-yet";

export function outcomeOf({ verdict }: Acceptance, { refused, undocumented }: StoreFaults): Outcome {
  const isLetIn = verdict === "accepted" || verdict === "undocumented";
  if (isLetIn && refused.length > 0) return "not-yet";
  return verdict === "accepted" && undocumented.length > 0 ? "undocumented" : verdict;
}

/** More are for the editor to show, each at its place. */
const mostRefusals = 3;

export function shownAnswer(
  acceptance: Acceptance,
  faults: StoreFaults,
  filters: readonly string[],
): AcceptanceAnswers["answers"][number] {
  const { target, verdict, objections, notes, path } = acceptance;
  const { refused, undocumented } = faults;
  const isLetIn = verdict === "accepted" || verdict === "undocumented";
  const depth = isLetIn
    ? [
        path.length === 1
          ? l10n.t("The certificate itself is in the trust store.")
          : l10n.t("The certification path has {0} certificates, and all their signatures were verified.", path.length),
      ]
    : [];
  const name = serviceName(target);
  const outcome = outcomeOf(acceptance, faults);
  const more =
    refused.length > mostRefusals
      ? [l10n.t("More problems of this kind in the file: {0}.", refused.length - mostRefusals)]
      : [];
  return {
    name,
    tone: tones[outcome],
    answer: answerText(outcome, target),
    reasons: [
      ...depth,
      ...objections.map(({ reason }) => tell(reason)),
      ...unlessIgnored(target, objections),
      ...(isLetIn ? undocumented : []),
      ...filters,
      ...(outcome === "not-yet" ? [...refused.slice(0, mostRefusals), ...more] : []),
      ...notes.map((note) => tell(note)),
    ],
  };
}

function serviceName(target: Target | undefined): string {
  return target === undefined ? l10n.t("RFC 5280") : profiles[target].name;
}

const tones: Readonly<Record<Outcome, Tone>> = {
  accepted: "ok",
  undocumented: "warning",
  refused: "error",
  "gave-up": "info",
  "not-yet": "warning",
};

/** Two services can be told to let expired certificates in. */
function unlessIgnored(target: Target | undefined, objections: Acceptance["objections"]): readonly string[] {
  const refusing = objections.filter(({ weight }) => weight === "refuses");
  if (refusing.length === 0 || refusing.some(({ kind }) => kind !== "expired")) return [];
  if (target === "cloudfront")
    return [l10n.t("A distribution with IgnoreCertificateExpiry does not reject it for this reason.")];
  return target === "alb"
    ? [l10n.t("A listener with IgnoreClientCertificateExpiry does not reject it for this reason.")]
    : [];
}

function answerText(outcome: Outcome, target: Target | undefined): string {
  switch (outcome) {
    case "accepted":
      return l10n.t("Yes");
    case "undocumented":
      return target === undefined
        ? l10n.t("Implementations differ")
        : l10n.t("Accepted by RFC 5280; not documented by AWS");
    case "refused":
      return l10n.t("No");
    case "gave-up":
      return l10n.t("Undetermined");
    case "not-yet":
      return l10n.t("Not until {0} accepts the bundle", serviceName(target));
  }
}
