import * as l10n from "@vscode/l10n";
import { clientCertificateRegion } from "../../core/cloudfront/vocabulary.ts";
import type { AcmCertificate } from "../../core/inventory.ts";
import { searchedInCertificate } from "../certificate-words.ts";
import type { Judged } from "../judged.ts";
import { item, rowKind } from "../kind.ts";
import { List } from "../list.ts";
import { explainList, isFiltered, listWords } from "../list-words.ts";
import { Listed } from "../listed.ts";
import { by, byName, first } from "../order.ts";
import { named } from "../row.ts";
import { count } from "../row-words.ts";

/** The certificates of a region. */
export interface CertificatesRow {
  readonly kind: "certificates";
  readonly region: string;
}

export function certificatesRow(region: string): CertificatesRow {
  return { kind: "certificates", region };
}

const byArn = by<Judged>(({ certificate }) => certificate.arn);
/** Expired certificates come after valid ones, the latest first: what expired long ago is rarely looked for. */
const byExpiry = first(
  by<Judged>(({ days }) => (days === undefined ? 1 : days < 0 ? 2 : 0)),
  by<Judged>(
    ({ days, certificate }) => (days !== undefined && days < 0 ? -1 : 1) * (certificate.notAfter?.getTime() ?? 0),
  ),
);

export const certificatePages = new List<CertificatesRow, AcmCertificate>({
  name: ({ region }) => region,
  page: ({ region }, next, stopped, { aws, ask }) =>
    ask(async (connection, ending) =>
      (await aws.certificates()).listCertificates(connection, region, next, AbortSignal.any([stopped, ending])),
    ),
  keyOf: ({ arn }) => arn,
  kept: (certificate, { withDetails }) => withDetails(certificate),
  gone: ({ region }, items, { certificatesGone }) => certificatesGone(region, items),
});

export const certificateList = new Listed<CertificatesRow, AcmCertificate, Judged>({
  kind: "certificates",
  of: "certificate",
  noun: () => l10n.t("certificates"),
  counted: ({ items, of }) => l10n.t("{0} of {1} certificates", count(items), count(of)),
  roots: ({ regions }) => regions().map(certificatesRow),
  pages: certificatePages,
  name: ({ region }) => region,
  judged: ({ region }, { model }) => model.certificatesIn(region).map((certificate) => model.judge(certificate)),
  row: ({ certificate: { arn } }) => ({ kind: "certificate", arn }),
  fits: (judged, { model }) =>
    model.fits(judged.certificate, () => searchedInCertificate(judged), model.asked().filter),
  orders: [
    {
      name: "expiry",
      label: () => l10n.t("Certificates by days to expiration"),
      order: first(byExpiry, byName, byArn),
    },
    { name: "name", label: () => l10n.t("Certificates by name"), order: first(byName, byExpiry, byArn) },
    {
      name: "status",
      label: () => l10n.t("Certificates by status"),
      order: first(
        by(({ certificate }) => certificate.status ?? ""),
        byExpiry,
        byName,
        byArn,
      ),
    },
  ],
});

export const certificates = rowKind(named("certificates", "region"))({
  kind: "certificates",
  key: ({ region }) => `certificates ${region}`,
  contexts: ["certificates"],
  item: (row, outlook) => {
    const { account } = outlook;
    const label = l10n.t("Certificates in {0}", row.region);
    const isWhereTheyAreRead = row.region === clientCertificateRegion.get(account.identity?.partition ?? "");
    return item(
      listWords(row, { label, icon: "key" }, certificateList.shown(row, outlook), outlook),
      isWhereTheyAreRead || isFiltered(outlook) ? "open" : "closed",
      "certificates",
    );
  },
  explain: (row, outlook) => explainList(row, l10n.t("Certificates in {0}", row.region), outlook),
  nothing: (row, outlook) => {
    const { of } = certificateList.shown(row, outlook);
    if (isFiltered(outlook) && of > 0)
      return of === 1
        ? l10n.t("The only certificate does not match the filter")
        : l10n.t("None of {0} certificates match the filter", count(of));
    const { state } = outlook.account.listing(row);
    return state === "loading" ? l10n.t("Loading…") : l10n.t("No certificates in {0}", row.region);
  },
  list: certificateList,
  actions: { read: ["acm:ListCertificates"] },
  // Which of them are used is known only when all distributions are.
  follows: ({ lists }, { account, regions }) =>
    [...lists.values()].some((list) => list.kind === "distributions" && account.listing(list).state !== "loading")
      ? regions().map(certificatesRow)
      : [],
  meant: (row) => row,
  name: ({ region }) => region,
  refresh: async (row, { account }) => {
    // Its row says what came of it.
    await account.reload(row);
    return undefined;
  },
  find: async ({ region }) => ({ region }),
});
