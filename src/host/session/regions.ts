import * as vscode from "vscode";
import { isRegion, knownRegions, partitionOf, regionsOf } from "../../account/regions.ts";
import type { Identity } from "../../aws/connection.ts";
import { clientCertificateRegion } from "../../core/cloudfront/vocabulary.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { keepRegions, setRegions } from "../editor/settings.ts";

/** Of which certificates are shown. */
export function shownRegions(identity: Identity | undefined): readonly string[] {
  return regionsOf(identity, setRegions());
}

interface RegionItem extends vscode.QuickPickItem {
  readonly region: string;
}

/** *Choose Regions of Certificates*. One that is not listed can be typed. */
export async function chooseRegions(identity: Identity | undefined): Promise<void> {
  const now = shownRegions(identity);
  const partition = identity?.partition ?? "aws";
  const wanted = clientCertificateRegion.get(partition);
  const itemOf = (region: string): RegionItem => ({
    label: region,
    region,
    ...(region === wanted
      ? { description: vscode.l10n.t("CloudFront uses client certificates from this Region") }
      : {}),
  });
  const all = [...new Set([...now, ...(knownRegions[partition] ?? [])])].map(itemOf);
  const pick = newPick<RegionItem>(
    vscode.l10n.t("Select Certificate Regions"),
    vscode.l10n.t("Select Regions, or enter one that is not listed"),
  );
  pick.canSelectMany = true;
  pick.items = drawable(all);
  pick.selectedItems = all.filter(({ region }) => now.includes(region));
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const others = pick.items.filter(
      ({ region }) =>
        all.some((item) => item.region === region) || pick.selectedItems.some((item) => item.region === region),
    );
    const isNew = isRegion(typed) && !others.some(({ region }) => region === typed);
    const selected = pick.selectedItems;
    pick.items = drawable(
      isNew
        ? [...others, { ...itemOf(typed), description: vscode.l10n.t("unknown Region; requests are still sent to it") }]
        : others,
    );
    pick.selectedItems = selected;
  });
  const chosen = await shown(pick, () => pick.selectedItems.map(({ region }) => region));
  if (chosen === undefined || chosen.length === 0) return;
  // Those of other partitions are another profile's.
  await keepRegions([...chosen, ...setRegions().filter((region) => partitionOf(region) !== partition)]);
}
