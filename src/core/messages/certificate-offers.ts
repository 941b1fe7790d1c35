import * as l10n from "@vscode/l10n";
import { daysLeft, describeKey, type OriginVerdict, originVerdict } from "../acm/fitness.ts";
import { isAbsent } from "../acm/origin-state.ts";
import type { CertificateOffer, CertificateOffers } from "../dialect/assist.ts";
import type { AcmCertificate, Inventory } from "../inventory.ts";
import { certificateName } from "./certificate-name.ts";
import { describeExpiry, fitnessInShort, verdictSentences } from "./verdict.ts";

/**
 * What an account holds for origins: fit certificates first, of these the ones that last longest, and unfit ones last,
 * with their reasons.
 */
export function certificateOffers(inventory: Inventory, now: Date): CertificateOffers {
  return (named) => {
    const all = judgedOf(inventory, now);
    const inConfig = new Set(named);
    const offers = (isMeant: (judged: Judged) => boolean) =>
      all.filter(isMeant).map((judged) => offerOf(judged, inConfig.has(judged.certificate.arn), now));
    const unknown = named.filter((arn) => !inventory.certificates.has(arn));
    // Of other accounts, or not loaded yet: the configuration already has them.
    const others = unknown
      .filter((arn) => !isAbsent(arn, inventory))
      .map((arn) => namedOnly(arn, l10n.t("in this configuration")));
    const gone = unknown
      .filter((arn) => isAbsent(arn, inventory))
      .map((arn) => namedOnly(arn, l10n.t("in this configuration · does not exist in ACM")));
    return [
      ...offers(({ verdict }) => verdict.fit !== "no"),
      ...others,
      ...offers(({ verdict }) => verdict.fit === "no"),
      ...gone,
    ];
  };
}

function namedOnly(arn: string, detail: string): CertificateOffer {
  return { arn, label: arn, detail, documentation: [] };
}

interface Judged {
  readonly certificate: AcmCertificate;
  readonly verdict: OriginVerdict;
}

const judged = new WeakMap<Inventory, { readonly at: number; readonly all: readonly Judged[] }>();
const minute = 60_000;

/** Best first. Asked at each keystroke, of thousands; verdicts hold for a minute. */
function judgedOf(inventory: Inventory, now: Date): readonly Judged[] {
  const known = judged.get(inventory);
  if (known !== undefined && Math.abs(now.getTime() - known.at) < minute) return known.all;
  const all = [...inventory.certificates.values()].map((certificate) => ({
    certificate,
    verdict: originVerdict(certificate, now),
    left: daysLeft(certificate, now) ?? Number.NEGATIVE_INFINITY,
  }));
  all.sort((a, b) => rank[a.verdict.fit] - rank[b.verdict.fit] || b.left - a.left);
  judged.set(inventory, { at: now.getTime(), all });
  return all;
}

const rank: Readonly<Record<OriginVerdict["fit"], number>> = { yes: 0, doubtful: 1, no: 2 };

function offerOf({ certificate, verdict }: Judged, isInConfig: boolean, now: Date): CertificateOffer {
  const expiry = describeExpiry(certificate, now);
  const key = describeKey(certificate);
  const { arn } = certificate;
  return {
    arn,
    label: certificateName(certificate),
    detail: [
      ...(isInConfig ? [l10n.t("in this configuration")] : []),
      ...(verdict.fit === "no" ? [] : [expiry]),
      fitnessInShort(verdict),
    ].join(" · "),
    documentation: [arn, [expiry, ...(key === undefined ? [] : [key])].join(" · "), ...verdictSentences(verdict)],
  };
}
