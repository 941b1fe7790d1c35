import * as vscode from "vscode";
import type { Identity } from "../../aws/connection.ts";
import { clientCertificateRegion } from "../../core/cloudfront/vocabulary.ts";
import { keepRegions, setRegions } from "../editor/settings.ts";

/** Where there is ACM, as far as known when this was written; others can be typed. */
const known: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...[
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-south-2",
    ],
    ...[
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
    ],
    ...[
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
      "mx-central-1",
      "sa-east-1",
    ],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

/** By its prefix; an endpoint that is not AWS's own may have any. */
function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Those of the settings that the account can have certificates in; its own where there is none of them. */
export function shownRegions(identity: Identity | undefined): readonly string[] {
  const regions = setRegions();
  if (identity === undefined) return regions;
  const possible = regions.filter((region) => partitionOf(region) === identity.partition);
  if (possible.length > 0) return possible;
  return [certificateRegion(identity)];
}

/**
 * Where to look for client certificates: where CloudFront reads them, or its own region in a partition of which that is
 * not known.
 */
export function certificateRegion(identity: Identity | undefined): string {
  const { partition, region } = identity ?? { partition: "aws", region: "us-east-1" };
  return clientCertificateRegion.get(partition) ?? region;
}

interface RegionItem extends vscode.QuickPickItem {
  readonly region: string;
}

/** *Choose Regions of Certificates*. One that is not listed can be typed. */
export async function chooseRegions(identity: Identity | undefined): Promise<void> {
  const shown = shownRegions(identity);
  const partition = identity?.partition ?? "aws";
  const wanted = clientCertificateRegion.get(partition);
  const itemOf = (region: string): RegionItem => ({
    label: region,
    region,
    ...(region === wanted ? { description: vscode.l10n.t("CloudFront reads client certificates here") } : {}),
  });
  const all = [...new Set([...shown, ...(known[partition] ?? [])])].map(itemOf);
  const pick = vscode.window.createQuickPick<RegionItem>();
  pick.title = vscode.l10n.t("Regions of Certificates");
  pick.placeholder = vscode.l10n.t("Choose regions, or type one that is not listed");
  pick.canSelectMany = true;
  pick.items = all;
  pick.selectedItems = all.filter(({ region }) => shown.includes(region));
  const subscriptions = [
    pick.onDidChangeValue((value) => {
      const typed = value.trim();
      const others = pick.items.filter(
        ({ region }) =>
          all.some((item) => item.region === region) || pick.selectedItems.some((item) => item.region === region),
      );
      const isNew = /^[a-z]{2}(-[a-z]+)+-\d+$/.test(typed) && !others.some(({ region }) => region === typed);
      const selected = pick.selectedItems;
      pick.items = isNew
        ? [...others, { ...itemOf(typed), description: vscode.l10n.t("not known here; it is asked all the same") }]
        : others;
      pick.selectedItems = selected;
    }),
  ];
  const chosen = await new Promise<readonly string[] | undefined>((resolve) => {
    subscriptions.push(
      pick.onDidAccept(() => {
        resolve(pick.selectedItems.map(({ region }) => region));
        pick.hide();
      }),
      pick.onDidHide(() => resolve(undefined)),
    );
    pick.show();
  });
  vscode.Disposable.from(...subscriptions, pick).dispose();
  if (chosen === undefined || chosen.length === 0) return;
  // Those of other partitions are another profile's.
  await keepRegions([...chosen, ...setRegions().filter((region) => partitionOf(region) !== partition)]);
}
