// Which client certificates an origin of a config can be given, and what is said of each where one is chosen.
import * as l10n from "@vscode/l10n";
import { daysLeft, type OriginVerdict, originVerdict } from "../core/acm/fitness.ts";
import { certificateId } from "../core/acm/name.ts";
import { accountElsewhere, isAbsent } from "../core/acm/origin-state.ts";
import type { Distribution } from "../core/cloudfront/distribution.ts";
import { certificatesOf } from "../core/cloudfront/intent.ts";
import { arnOf } from "../core/cloudfront/origin-mtls.ts";
import { stringOf } from "../core/document/tree.ts";
import type { AcmCertificate, Inventory } from "../core/inventory.ts";
import { certificateName } from "../core/messages/certificate-name.ts";
import { messageOf, tell } from "../core/messages/tell.ts";
import { describeExpiry, fitnessInShort } from "../core/messages/verdict.ts";
import { checkCertificate } from "../core/rules/check.ts";
import type { Context, Problem } from "../core/rules/rule.ts";
import type { FaultListener } from "../core/rules/run.ts";
import { certificateLabel, originName } from "./origin-mtls-words.ts";

/** By what a certificate is judged that is not in the config yet. */
export interface CertificateJudging {
  /** The config it would become a part of. */
  readonly distribution: Distribution;
  /** With what the account holds, where one is connected. */
  readonly context: Context;
  readonly onFault: FaultListener;
}

export interface CertificateChoice {
  /** Its ARN. */
  readonly certificate: string;
  /** Says how it is judged; its label may be anything. */
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail: string;
  /** What is too long to be seen beside it, a sentence each. */
  readonly more?: readonly string[];
  /** Shown with what is wrong, and not to be chosen. */
  readonly isWrong: boolean;
}

/** Those of one heading, where there is one. */
export interface CertificateChoices {
  readonly heading: string | undefined;
  readonly offers: readonly CertificateChoice[];
}

/** There is one set of rules: what they would say in the document is said here. */
export function judgeCertificate(
  certificate: string,
  { distribution, context, onFault }: CertificateJudging,
): readonly Problem[] {
  return checkCertificate(certificate, distribution, context, onFault);
}

/** Those of the account, and those that the config names; no heading without any. */
export function certificateChoices(judging: CertificateJudging, now: Date): readonly CertificateChoices[] {
  const { distribution, context } = judging;
  const { inventory } = context;
  const named = certificatesOf(distribution);
  if (inventory === undefined)
    return withChoices({ heading: undefined, offers: named.map((certificate) => namedChoice(certificate, judging)) });
  const judged = [...inventory.certificates.values()]
    .map((certificate) => ({ certificate, verdict: originVerdict(certificate, now) }))
    .sort(
      (a, b) =>
        rank[a.verdict.fit] - rank[b.verdict.fit] ||
        (daysLeft(b.certificate, now) ?? 0) - (daysLeft(a.certificate, now) ?? 0),
    );
  const toChoice = ({ certificate, verdict }: (typeof judged)[number]) =>
    accountChoice(certificate, verdict, usersIn(distribution, certificate.arn), now);
  const others = named.filter((arn) => !inventory.certificates.has(arn));
  return withChoices(
    {
      heading: l10n.t("in this account"),
      offers: judged.filter(({ verdict }) => verdict.fit !== "no").map(toChoice),
    },
    {
      heading: l10n.t("in this configuration, but not listed in this account"),
      offers: others.map((certificate) => namedChoice(certificate, judging, inventory)),
    },
    { heading: l10n.t("not usable"), offers: judged.filter(({ verdict }) => verdict.fit === "no").map(toChoice) },
  );
}

/**
 * One that was typed: as it is offered, where the account has it, else with what can be told of its ARN. What is wrong
 * comes in the place of its name, which stands above it already, so that all of it is seen:
 * a line of a pick ends where the pick does.
 */
export function typedChoice(certificate: string, judging: CertificateJudging, now: Date): CertificateChoice {
  const { inventory } = judging.context;
  const offered = certificateChoices(judging, now)
    .flatMap(({ offers }) => offers)
    .find((offer) => offer.certificate === certificate);
  if (offered?.icon !== undefined) return offered;
  const [finding] = judgeCertificate(certificate, judging);
  if (finding === undefined) {
    const detail = `$(question) ${notCheckedText(certificate, inventory)}`;
    return { ...certificateLabel(certificate), certificate, detail, isWrong: false };
  }
  const [label = "", detail = "", ...more] = messageOf(finding).split(/(?<=[.?!]) /);
  return { certificate, icon: finding.severity, label, detail, more, isWrong: finding.severity === "error" };
}

/** Its ARN is in order, and that is all. */
function notCheckedText(certificate: string, inventory: Inventory | undefined): string {
  return inventory === undefined || accountElsewhere(certificate, inventory) === undefined
    ? l10n.t("The ARN is valid. The certificate was not checked.")
    : l10n.t("The ARN is valid. The certificate is in another account and was not checked.");
}

const rank: Readonly<Record<OriginVerdict["fit"], number>> = { yes: 0, doubtful: 1, no: 2 };

function withChoices(...groups: readonly CertificateChoices[]): readonly CertificateChoices[] {
  return groups.filter(({ offers }) => offers.length > 0);
}

function accountChoice(
  certificate: AcmCertificate,
  verdict: OriginVerdict,
  users: string | undefined,
  now: Date,
): CertificateChoice {
  const icon = verdict.fit === "yes" ? "pass" : verdict.fit === "doubtful" ? "warning" : "circle-slash";
  const said = [
    ...(users === undefined ? [] : [users]),
    ...(verdict.fit === "no" ? [] : [describeExpiry(certificate, now)]),
    verdict.fit === "no" ? verdict.reasons.map((reason) => tell(reason)).join(" ") : fitnessInShort(verdict),
  ];
  const { arn, region } = certificate;
  const [name, id] = [certificateName(certificate), certificateId(arn)];
  return {
    certificate: arn,
    icon,
    label: name,
    description: [...(name === id ? [] : [id]), region].join(" · "),
    detail: said.join(" · "),
    isWrong: verdict.fit === "no",
  };
}

/** One that the config names, of which no more is known. */
function namedChoice(certificate: string, judging: CertificateJudging, inventory?: Inventory): CertificateChoice {
  const [finding] = judgeCertificate(certificate, judging);
  const isGone = inventory !== undefined && isAbsent(certificate, inventory);
  return {
    ...certificateLabel(certificate),
    certificate,
    detail:
      finding === undefined
        ? (usersIn(judging.distribution, certificate) ?? "")
        : `$(${finding.severity}) ${messageOf(finding)}`,
    isWrong: isGone || finding?.severity === "error",
  };
}

function usersIn({ origins }: Distribution, certificate: string): string | undefined {
  const users = origins
    .filter(
      ({ blocks, bareArns }) =>
        blocks.some((block) => arnOf(block) === certificate) ||
        bareArns.some(({ value }) => stringOf(value) === certificate),
    )
    .map(originName);
  return users.length === 0 ? undefined : l10n.t("used by {0} in this configuration", users.join(", "));
}
