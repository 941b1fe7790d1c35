import * as l10n from "@vscode/l10n";
import { certificateId } from "../../core/acm/name.ts";
import { isAbsent } from "../../core/acm/origin-state.ts";
import { parseArn } from "../../core/arn.ts";
import type { Explanation } from "../../core/dialect/assist.ts";
import { isFailure } from "../../core/failure.ts";
import type { AcmCertificate } from "../../core/inventory.ts";
import { certificateName } from "../../core/messages/certificate-name.ts";
import { certificateWords, explainAcmCertificate, type Uses } from "../certificate-words.ts";
import { certificatePage } from "../console-links.ts";
import { failureLabel } from "../failure-words.ts";
import type { Judged } from "../judged.ts";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { named } from "../row.ts";
import { group, groupRow, inGroup } from "./group.ts";

/** A certificate in ACM. */
export interface CertificateRow {
  readonly kind: "certificate";
  readonly arn: string;
}

export function certificateRow(arn: string): CertificateRow {
  return { kind: "certificate", arn };
}

export function certificateOf(arn: string, { account }: Outlook): AcmCertificate | undefined {
  return account.current()?.certificates.get(arn);
}

export function judgedCertificate(arn: string, outlook: Outlook): Judged | undefined {
  const known = certificateOf(arn, outlook);
  return known === undefined ? undefined : outlook.model.judge(known);
}

export function usesOf(arn: string, { model }: Outlook): Uses {
  return { origins: model.users(arn), viewers: model.viewers(arn) };
}

export function explainCertificate(arn: string, outlook: Outlook): Explanation {
  const judged = judgedCertificate(arn, outlook);
  const { account, model } = outlook;
  return judged === undefined
    ? { title: arn, text: [], facts: [], link: undefined }
    : explainAcmCertificate(judged, usesOf(arn, outlook), account.detailsFailure(arn), model.asked().now);
}

export const certificate = rowKind(named("certificate", "arn"))({
  kind: "certificate",
  key: ({ arn }) => `certificate ${arn}`,
  contexts: ["certificate"],
  item: ({ arn }, outlook) => {
    const judged = judgedCertificate(arn, outlook);
    if (judged === undefined) return undefined;
    const uses = usesOf(arn, outlook);
    const { details, inUse } = judged.certificate;
    const mayBeUsed =
      uses.origins.length > 0 ||
      uses.viewers.length > 0 ||
      (details === undefined ? inUse !== false : details.inUseBy.length > 0);
    return item(
      certificateWords(judged, uses, outlook.model.asked().now),
      mayBeUsed ? "closed" : "leaf",
      "certificate",
    );
  },
  explain: ({ arn }, outlook) => explainCertificate(arn, outlook),
  below: below(group, (row, outlook) => inGroup(row, outlook).map((judged) => certificateRow(judged.certificate.arn))),
  parent: ({ arn }, outlook) => {
    const judged = judgedCertificate(arn, outlook);
    return judged === undefined ? undefined : groupRow(judged.certificate.region, judged.group);
  },
  nothing: ({ arn }, outlook) => {
    const failure = outlook.account.detailsFailure(arn);
    if (certificateOf(arn, outlook)?.details !== undefined) return l10n.t("Not in use");
    return failure === undefined
      ? l10n.t("Loading resources that use it…")
      : l10n.t("Could not load the resources that use it: {0}", failureLabel(failure));
  },
  place: ({ arn }, outlook) => {
    const judged = judgedCertificate(arn, outlook);
    if (judged === undefined) return undefined;
    const { notAfter, status } = judged.certificate;
    return `${judged.group} ${notAfter?.getTime()} ${status} ${judged.name}`;
  },
  actions: { read: ["acm:DescribeCertificate", "acm:GetCertificate"] },
  closer: ({ arn }) => [arn],
  opened: ({ arn }) => [arn],
  about: (arn, outlook) => (certificateOf(arn, outlook) === undefined ? [] : [certificateRow(arn)]),
  meant: (row) => row,
  name: ({ arn }) => arn,
  arn: ({ arn }) => arn,
  id: ({ arn }) => certificateId(arn),
  detail: ({ arn }) => arn,
  domainName: ({ arn }, outlook) => certificateOf(arn, outlook)?.domainName,
  page: ({ arn }) => certificatePage(arn),
  inspected: {
    reading: ({ arn }, outlook) => l10n.t("Reading the certificate {0}…", knownName(arn, outlook)),
    name: ({ arn }, outlook) => knownName(arn, outlook),
    text: async ({ arn }, { account }) => {
      const pem = await account.ask(async (connection, signal, aws) =>
        (await aws.certificates()).getCertificate(connection, arn, signal),
      );
      if (isFailure(pem)) return pem;
      return [pem.body, pem.chain ?? ""]
        .map((part) => (part === "" || part.endsWith("\n") ? part : `${part}\n`))
        .join("");
    },
  },
  certificate: async ({ arn }, outlook) => {
    const answer = await outlook.account.details(arn);
    // What may not be looked at is judged by its summary.
    const listed = certificateOf(arn, outlook);
    return isFailure(answer) && listed !== undefined ? listed : answer;
  },
  refresh: async ({ arn }, { account }) => {
    const answer = await account.refreshCertificate(arn);
    return isFailure(answer) ? answer : undefined;
  },
  find: async ({ arn }, { account, regions }) => {
    const { region = "", account: owner = "" } = parseArn(arn) ?? {};
    const { identity } = account;
    if (identity !== undefined && owner !== identity.account)
      return {
        message: l10n.t(
          "The certificate is in the account {0}, but this profile is signed in to {1}.",
          owner,
          identity.account,
        ),
        severity: "info",
      };
    if (!regions().includes(region)) return { region };
    // The list may not have it: one without a domain name, or of a page that is not loaded yet.
    const answer = await account.details(arn);
    const inventory = account.current();
    if (!isFailure(answer) || inventory?.certificates.has(arn) === true) return undefined;
    const isGone = inventory !== undefined && isAbsent(arn, inventory);
    return {
      message: isGone
        ? l10n.t("ACM in {0} does not contain the certificate {1}", region, arn)
        : l10n.t("{0}: {1}", failureLabel(answer), answer.message),
      severity: "warning",
    };
  },
  staysClosed: true,
});

function knownName(arn: string, outlook: Outlook): string {
  const known = certificateOf(arn, outlook);
  return known === undefined ? certificateId(arn) : certificateName(known);
}
