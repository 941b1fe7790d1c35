import * as l10n from "@vscode/l10n";
import { describeKey, originVerdict, type VerdictReason } from "../core/acm/fitness.ts";
import { certificateId } from "../core/acm/name.ts";
import type { CertificateUser } from "../core/acm/origin-state.ts";
import { parseArn } from "../core/arn.ts";
import type { Explanation } from "../core/dialect/assist.ts";
import type { Failure } from "../core/failure.ts";
import type { AcmCertificate, LiveDistribution } from "../core/inventory.ts";
import { momentText } from "../core/messages/format.ts";
import { tell } from "../core/messages/tell.ts";
import { describeExpiry, verdictSentences } from "../core/messages/verdict.ts";
import { listed, shown } from "../core/messages/x509/describe.ts";
import { expiryBehindReason, expiryInShort } from "./expiry-words.ts";
import type { CertificateGroup, Judged } from "./judged.ts";
import { colours, count, facts, type Icon, joined, type Words } from "./row-words.ts";

export interface Uses {
  readonly origins: readonly CertificateUser[];
  readonly viewers: readonly LiveDistribution[];
}

export function certificateWords(judged: Judged, uses: Uses, now: Date): Words {
  const { certificate, verdict, group, name } = judged;
  const { lead, said } = stateInShort(judged, "in its region", now);
  return {
    kind: l10n.t("Certificate"),
    label: name,
    lead,
    description: joined([
      ...said,
      usesInShort(certificate, uses),
      verdict.checked === "summary" && group !== "unfit" && l10n.t("not fully checked"),
    ]),
    icon: certificateIcon(judged, uses.origins.length > 0),
    state: stateWords(group),
  };
}

/**
 * Until when, and before that why it is not usable, where it is not; that it has expired says both.
 * @param where as for `shortReasons`
 */
function stateInShort(
  judged: Judged,
  where: "in its region" | "anywhere",
  now: Date,
): { readonly lead: string; readonly said: readonly string[] } {
  const { certificate, group, verdict } = judged;
  const reasons = group === "fit" || group === "expiring" ? [] : shortReasons(judged, where, now);
  const [reason, ...others] = reasons;
  if (reason === undefined) {
    const lead = expiryInShort(certificate, now);
    return { lead, said: [lead] };
  }
  const expiry = verdict.reasons.some(isOfDates) ? undefined : expiryBehindReason(certificate, now);
  return { lead: joined([reason, expiry?.lead]), said: [joined([reason, expiry?.said]), ...others] };
}

function certificateIcon({ group, verdict }: Judged, isUsed: boolean): Icon {
  switch (group) {
    case "fit":
      return { id: verdict.checked === "fully" ? "pass-filled" : "pass", colour: colours.good };
    case "expiring":
      return { id: "warning", colour: colours.warning };
    case "doubtful":
      return { id: "question" };
    case "unfit":
      return isUsed ? { id: "error", colour: colours.bad } : { id: "circle-slash", colour: colours.quiet };
  }
}

function stateWords(group: CertificateGroup): string {
  switch (group) {
    case "fit":
      return l10n.t("usable for origin mTLS");
    case "expiring":
      return l10n.t("expiring soon");
    case "doubtful":
      return l10n.t("might not be usable for origin mTLS");
    case "unfit":
      return l10n.t("not usable for origin mTLS");
  }
}

/**
 * The reasons as a row has room for them, its dates first; in its region, where all rows have it, that one only where
 * there is no other.
 */
export function shortReasons(
  { certificate, verdict }: Judged,
  where: "in its region" | "anywhere",
  now: Date,
): readonly string[] {
  // The certificate itself says it at length; what the summary says as well is said in its words.
  const inShort =
    certificate.details === undefined
      ? []
      : originVerdict({ ...certificate, details: undefined }, now).reasons.filter(
          ({ requirement }) => requirement === "key" || requirement === "client-auth",
        );
  const reasons =
    inShort.length === 0
      ? verdict.reasons
      : [...verdict.reasons.filter(({ requirement }) => requirement !== "certificate"), ...inShort];
  const others = where === "anywhere" ? reasons : reasons.filter(({ requirement }) => requirement !== "region");
  const words = (others.length === 0 ? reasons : others)
    .toSorted((one, other) => Number(isOfDates(other)) - Number(isOfDates(one)))
    .map((reason) => shortReason(reason, certificate, now));
  return [...new Set(words)];
}

function isOfDates({ requirement }: VerdictReason): boolean {
  return requirement === "validity";
}

function shortReason({ requirement, code }: VerdictReason, certificate: AcmCertificate, now: Date): string {
  switch (requirement) {
    case "region":
      return l10n.t("wrong Region");
    case "status":
      return shortStatus(certificate.status);
    case "validity":
      // By its status alone, whatever its dates are.
      return code === "acm:expired" ? l10n.t("expired") : expiryInShort(certificate, now);
    case "type":
      return l10n.t("not imported");
    case "key":
      return describeKey(certificate) ?? "";
    case "client-auth":
      return l10n.t("no clientAuth");
    case "certificate":
      return shortFault(code);
  }
}

function shortFault(code: VerdictReason["code"]): string {
  switch (code) {
    case "acm:unreadable-certificate":
      return l10n.t("unreadable");
    case "acm:unreadable-chain":
      return l10n.t("chain not read");
    default:
      return l10n.t("not accepted");
  }
}

function shortStatus(status: string | undefined): string {
  switch (status) {
    case "PENDING_VALIDATION":
      return l10n.t("not issued yet");
    case "VALIDATION_TIMED_OUT":
      return l10n.t("validation timed out");
    case "FAILED":
      return l10n.t("request failed");
    case "REVOKED":
      return l10n.t("revoked");
    case "INACTIVE":
      return l10n.t("inactive");
    default:
      return l10n.t("status {0}", shown(status ?? "?", 40));
  }
}

function usesInShort({ inUse, details }: AcmCertificate, { origins, viewers }: Uses): string | undefined {
  const others =
    details === undefined
      ? 0
      : details.inUseBy.filter(
          (arn) =>
            !origins.some(({ distribution }) => distribution.arn === arn) &&
            !viewers.some((viewer) => viewer.arn === arn),
        ).length;
  const parts = [
    ...(origins.length === 0
      ? []
      : [origins.length === 1 ? l10n.t("used by 1 origin") : l10n.t("used by {0} origins", count(origins.length))]),
    ...(viewers.length === 0
      ? []
      : [
          viewers.length === 1
            ? l10n.t("viewer certificate of 1 distribution")
            : l10n.t("viewer certificate of {0} distributions", count(viewers.length)),
        ]),
    ...(others === 0
      ? []
      : [others === 1 ? l10n.t("used by 1 other resource") : l10n.t("used by {0} other resources", count(others))]),
  ];
  return parts.length > 0 ? joined(parts) : inUse === true ? l10n.t("in use") : undefined;
}

/** For the tooltip. */
export function explainAcmCertificate(
  { certificate, verdict, name }: Judged,
  uses: Uses,
  failure: Failure | undefined,
  now: Date,
): Explanation {
  const {
    arn,
    domainName,
    alternativeNames,
    status,
    type,
    extendedKeyUsages,
    notBefore,
    notAfter,
    details,
    managedBy,
  } = certificate;
  const others = (details?.inUseBy ?? []).filter(
    (other) =>
      !uses.origins.some(({ distribution }) => distribution.arn === other) &&
      !uses.viewers.some((viewer) => viewer.arn === other),
  );
  return {
    title: name,
    link: undefined,
    text: [
      ...verdictSentences(verdict),
      ...(failure === undefined ? [] : [l10n.t("Could not check the certificate completely: {0}", failure.message)]),
      ...(details?.failureReason === undefined
        ? []
        : [l10n.t("Reason from ACM: {0}", shown(details.failureReason, 200))]),
    ],
    facts: facts([
      [l10n.t("ARN"), arn],
      [l10n.t("Names"), listed([...new Set([...(domainName === undefined ? [] : [domainName]), ...alternativeNames])])],
      [l10n.t("Subject"), details?.subject],
      [l10n.t("Issuer"), details?.issuer],
      [l10n.t("Serial number"), details?.serial],
      [
        l10n.t("Status"),
        joined([status, type, managedBy === undefined ? undefined : l10n.t("managed by {0}", managedBy)]),
      ],
      [l10n.t("Key"), describeKey(certificate)],
      [l10n.t("Extended key usage"), listed(extendedKeyUsages)],
      [l10n.t("Valid from"), notBefore === undefined ? undefined : momentText(notBefore)],
      [
        l10n.t("Valid until"),
        notAfter === undefined ? undefined : `${momentText(notAfter)} (${describeExpiry(certificate, now)})`,
      ],
      [
        l10n.t("Presented to origins"),
        listed(uses.origins.map(({ distribution, origin }) => l10n.t("{0} of {1}", origin.id, distribution.id))),
      ],
      [l10n.t("Presented to viewers of"), listed(uses.viewers.map(({ id }) => id))],
      [l10n.t("Also used by"), listed(others)],
    ]),
  };
}

export function searchedInCertificate({ certificate, verdict, group, name, days }: Judged): string {
  const { arn, domainName, alternativeNames, status, type, keyAlgorithm, details } = certificate;
  const state = [
    stateWords(group),
    ...(days !== undefined && days < 0 ? [l10n.t("expired")] : []),
    ...(verdict.checked === "summary" ? [l10n.t("not fully checked")] : []),
    ...verdict.reasons.map((reason) => tell(reason)),
  ];
  return [
    arn,
    name,
    domainName,
    ...alternativeNames,
    status,
    type,
    keyAlgorithm,
    describeKey(certificate),
    details?.subject,
    details?.serial,
    ...state,
  ].join("\n");
}

// --- links to certificates

/** The certificate of an origin, in its place there. */
export function clientCertificateWords(arn: string, judged: Judged | undefined, isAbsent: boolean, now: Date): Words {
  const kind = l10n.t("Client certificate");
  if (judged === undefined) {
    const { account = "" } = parseArn(arn) ?? {};
    return {
      kind,
      label: shown(certificateId(arn), 200),
      description: joined([
        isAbsent ? l10n.t("not in ACM") : l10n.t("not checked"),
        l10n.t("client certificate"),
        isAbsent ? undefined : l10n.t("account {0}", shown(account, 40)),
      ]),
      icon: isAbsent ? { id: "error", colour: colours.bad } : { id: "question" },
    };
  }
  const { label, icon, state } = certificateWords(judged, { origins: [], viewers: [] }, now);
  const { lead, said } = stateInShort(judged, "anywhere", now);
  return {
    kind,
    label,
    lead,
    description: joined([...said, l10n.t("client certificate")]),
    icon: judged.group === "unfit" ? { id: "error", colour: colours.bad } : icon,
    ...(state === undefined ? {} : { state }),
  };
}
