import * as vscode from "vscode";
import { certificateWords } from "../../account/certificate-words.ts";
import { distributionWords } from "../../account/distribution-words.ts";
import type { List } from "../../account/listing.ts";
import type { Asked, ResourcesModel } from "../../account/model.ts";
import type { Resource } from "../../account/resource.ts";
import type { Account } from "../session/account.ts";
import { usesOf } from "./rows.ts";

export interface PickTools {
  readonly account: Account;
  readonly model: ResourcesModel;
  readonly asked: () => Asked;
  readonly regions: () => readonly string[];
}

type Pickable = Resource & { readonly kind: "certificate" | "distribution" };

interface ResourceItem extends vscode.QuickPickItem {
  readonly resource?: Pickable;
}

/** Asks which one is meant where no row says it. What is still being loaded comes while one looks. */
export async function pickResource(
  title: string,
  kinds: readonly Resource["kind"][],
  tools: PickTools,
): Promise<Resource | undefined> {
  const { account, regions } = tools;
  const lists: readonly List[] = [
    ...(kinds.includes("certificate") ? regions().map((region) => ({ kind: "certificates", region }) as const) : []),
    ...(kinds.includes("distribution") ? [{ kind: "distributions" } as const] : []),
  ];
  const pick = vscode.window.createQuickPick<ResourceItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t("Choose a resource by name, id or ARN");
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const fill = () => {
    const {
      activeItems: [active],
    } = pick;
    pick.keepScrollPosition = true;
    pick.items = itemsFor(kinds, tools);
    const again = pick.items.find(
      ({ resource }) => resource !== undefined && JSON.stringify(resource) === JSON.stringify(active?.resource),
    );
    if (again !== undefined) pick.activeItems = [again];
  };
  const following = account.onDidLearn(({ everything, regions: changed, distributions }) => {
    // Another account's would be shown under the old one's name.
    if (everything && account.identity === undefined) pick.hide();
    else if (changed.size > 0 || distributions) fill();
  });
  fill();
  const loading = Promise.all(lists.map((list) => account.whole(list))).then((failures) => {
    const failure = failures.find((one) => one !== undefined);
    if (failure !== undefined) pick.placeholder = failure.message;
    fill();
    pick.busy = false;
  });
  const chosen = await new Promise<Resource | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.resource === undefined) return;
      resolve(item.resource);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  following.dispose();
  // The list must not be filled after it is gone.
  void loading.finally(() => pick.dispose());
  return chosen;
}

function itemsFor(kinds: readonly Resource["kind"][], { account, model, asked, regions }: PickTools): ResourceItem[] {
  const { now } = asked();
  const inventory = account.current();
  const certificates = !kinds.includes("certificate")
    ? []
    : [...(inventory?.certificates.values() ?? [])]
        .filter(({ region }) => regions().includes(region))
        .map((certificate): ResourceItem => {
          const { label, description, icon } = certificateWords(
            model.judge(certificate),
            usesOf(certificate.arn, model),
            now,
          );
          return {
            label,
            description,
            detail: certificate.arn,
            iconPath: new vscode.ThemeIcon(icon.id),
            resource: { kind: "certificate", arn: certificate.arn },
          };
        });
  const distributions = !kinds.includes("distribution")
    ? []
    : [...(inventory?.distributions.values() ?? [])].map((distribution): ResourceItem => {
        const { label, description, icon } = distributionWords(model.judgeDistribution(distribution));
        return {
          label,
          description,
          iconPath: new vscode.ThemeIcon(icon.id),
          resource: { kind: "distribution", id: distribution.id },
        };
      });
  return [
    ...under(vscode.l10n.t("certificates"), certificates),
    ...under(vscode.l10n.t("distributions"), distributions),
  ];
}

function under(title: string, items: readonly ResourceItem[]): readonly ResourceItem[] {
  return items.length === 0 ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
