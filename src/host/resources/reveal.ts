import * as vscode from "vscode";
import { failureLabel } from "../../account/failure-words.ts";
import type { Resource } from "../../account/resource.ts";
import type { Row } from "../../account/row.ts";
import { isAbsent } from "../../core/acm/origin-state.ts";
import { parseArn } from "../../core/arn.ts";
import { isFailure } from "../../core/failure.ts";
import { resourcesView } from "../../manifest.ts";
import { ask, say } from "../editor/say.ts";
import { keepRegions, setRegions } from "../editor/settings.ts";
import type { Account } from "../session/account.ts";
import type { Showing } from "./showing.ts";
import type { ResourcesTree } from "./tree.ts";

export interface RevealTools {
  readonly account: Account;
  readonly tree: ResourcesTree;
  readonly view: vscode.TreeView<Row>;
  readonly showing: Showing;
  readonly regions: () => readonly string[];
}

/** Shows the row of a resource, loading what it takes; says why where there is none. */
export async function revealRow(resource: Resource, tools: RevealTools): Promise<void> {
  const { account, tree, view, showing } = tools;
  const connection = await account.session.connect();
  if (isFailure(connection)) return say(connection.message, "warning");
  // Rows exist only in a view that was opened.
  if (!view.visible) await vscode.commands.executeCommand(`${resourcesView}.focus`);
  // The filter may be what hides it.
  if (tree.rowOf(resource) === undefined) showing.filter = "";
  if (tree.rowOf(resource) === undefined && !(await fetched(resource, tools))) return;
  const row = tree.rowOf(resource);
  if (row === undefined)
    return say(vscode.l10n.t("It is not in this account any more: {0}", nameOf(resource)), "warning");
  await view.reveal(row, { select: true, focus: true, expand: resource.kind !== "certificate" });
}

/** Makes a resource known that is not yet. */
async function fetched(resource: Resource, { account, regions }: RevealTools): Promise<boolean> {
  if (resource.kind === "certificate") return fetchedCertificate(resource.arn, { account, regions });
  if (resource.kind === "certificates") return offerRegion(resource.region);
  const failure = await account.whole({ kind: "distributions" });
  if (failure === undefined) return true;
  await say(vscode.l10n.t("{0}: {1}", failureLabel(failure), failure.message), "warning");
  return false;
}

async function fetchedCertificate(
  arn: string,
  { account, regions }: Pick<RevealTools, "account" | "regions">,
): Promise<boolean> {
  const { region = "", account: owner = "" } = parseArn(arn) ?? {};
  const { identity } = account;
  if (identity !== undefined && owner !== identity.account) {
    await say(
      vscode.l10n.t(
        "The certificate is in the account {0}; this profile is signed in to {1}.",
        owner,
        identity.account,
      ),
    );
    return false;
  }
  if (!regions().includes(region)) return offerRegion(region);
  // The list may not have it: one without a domain name, or of a page that is not loaded yet.
  const certificate = await account.details(arn);
  if (!isFailure(certificate) || account.current()?.certificates.has(arn) === true) return true;
  const inventory = account.current();
  const isGone = inventory !== undefined && isAbsent(arn, inventory);
  await say(
    isGone
      ? vscode.l10n.t("ACM in {0} has no such certificate: {1}", region, arn)
      : vscode.l10n.t("{0}: {1}", failureLabel(certificate), certificate.message),
    "warning",
  );
  return false;
}

async function offerRegion(region: string): Promise<boolean> {
  const show = vscode.l10n.t("Show {0}", region);
  if ((await ask(vscode.l10n.t("Certificates in {0} are not shown.", region), [show])) !== show) return false;
  await keepRegions([...setRegions(), region]);
  return false;
}

function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case "certificate":
      return resource.arn;
    case "distribution":
      return resource.id;
    case "origin":
    case "behavior":
      return vscode.l10n.t("{0} of {1}", resource.origin, resource.distribution);
    case "certificates":
      return resource.region;
    case "distributions":
      return vscode.l10n.t("Distributions");
  }
}
