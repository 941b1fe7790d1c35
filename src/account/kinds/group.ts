import * as l10n from "@vscode/l10n";
import { grouped } from "../../core/grouped.ts";
import { type CertificateGroup, certificateGroups, type Judged } from "../judged.ts";
import { below, item, type Outlook, rowKind } from "../kind.ts";
import { isFiltered } from "../list-words.ts";
import { named } from "../row.ts";
import { colours, count, type Words } from "../row-words.ts";
import { certificateList, certificates, certificatesRow } from "./certificates.ts";

/** Certificates of a region that are worth the same to an origin. */
export interface GroupRow {
  readonly kind: "group";
  readonly region: string;
  readonly group: CertificateGroup;
}

export function groupRow(region: string, group: CertificateGroup): GroupRow {
  return { kind: "group", region, group };
}

/** By the items that a list shows. */
const groups = new WeakMap<readonly Judged[], ReadonlyMap<CertificateGroup, readonly Judged[]>>();

/** Those of the group that are shown. */
export function inGroup({ region, group }: Omit<GroupRow, "kind">, outlook: Outlook): readonly Judged[] {
  const { items } = certificateList.shown(certificatesRow(region), outlook);
  let known = groups.get(items);
  if (known === undefined) groups.set(items, (known = grouped(items, (judged) => judged.group)));
  return known.get(group) ?? [];
}

/** Of a group that is opened, about what fits on a screen is looked at closely. */
const mostLookedAt = 30;

const isOfRegion = named("group", "region", "group");

export const group = rowKind(
  (value): value is GroupRow => isOfRegion(value) && certificateGroups.some((one) => one === value.group),
)({
  kind: "group",
  key: ({ region, group: which }) => `group ${region} ${which}`,
  contexts: ["group"],
  item: (row, outlook) => {
    const size = inGroup(row, outlook).length;
    const isOnly = size === certificateList.shown(certificatesRow(row.region), outlook).items.length;
    return item(
      groupWords(row.group, size),
      row.group !== "unfit" || isOnly || isFiltered(outlook) ? "open" : "closed",
      "group",
    );
  },
  below: below(certificates, ({ region }, outlook) =>
    certificateGroups
      .filter((which) => inGroup({ region, group: which }, outlook).length > 0)
      .map((which) => groupRow(region, which)),
  ),
  parent: ({ region }) => certificatesRow(region),
  opened: (row, outlook) =>
    row.group === "unfit"
      ? []
      : inGroup(row, outlook)
          .slice(0, mostLookedAt)
          .flatMap(({ certificate }) => (certificate.details === undefined ? certificate.arn : [])),
});

function groupWords(which: CertificateGroup, size: number): Words {
  const description = count(size);
  const kind = l10n.t("Group");
  switch (which) {
    case "fit":
      return { kind, label: l10n.t("Usable for origin mTLS"), description, icon: { id: "pass", colour: colours.good } };
    case "expiring":
      return { kind, label: l10n.t("Expiring soon"), description, icon: { id: "warning", colour: colours.warning } };
    case "doubtful":
      return { kind, label: l10n.t("Might not be usable"), description, icon: { id: "question" } };
    case "unfit":
      return {
        kind,
        label: l10n.t("Not usable for origin mTLS"),
        description,
        icon: { id: "circle-slash", colour: colours.quiet },
      };
  }
}
