import * as vscode from "vscode";
import { type Asked, ResourcesModel } from "../../account/model.ts";
import type { Resource } from "../../account/resource.ts";
import type { SettingId } from "../../manifest.ts";
import { expiryWarningDays } from "../editor/settings.ts";
import { shownRegions } from "../session/regions.ts";
import { chooseAcmText, createResourceCommands } from "./commands.ts";
import { revealRow } from "./reveal.ts";
import { Showing } from "./showing.ts";
import { AccountStatus } from "./status.ts";
import type { ResourcesTools, ResourcesView } from "./tools.ts";
import { ResourcesTree } from "./tree.ts";

/** What works on one distribution: `live.ts` has it. */
export type LiveCommandId =
  | "mtls.openDistributionConfig"
  | "mtls.compareDistributionWithFile"
  | "mtls.saveDistributionConfig"
  | "mtls.applyToCloudFront"
  | "mtls.undoLiveChange";

const hour = 3_600_000;

export function createResourcesView(tools: ResourcesTools): ResourcesView {
  const { account, log, view, memory } = tools;
  const { session } = account;
  const showing = new Showing(memory);
  // Asked for thousands of times while a list is drawn: the editor takes long to say it.
  let warningDays = expiryWarningDays();
  const asked = (): Asked => ({ ...showing.asked(), now: new Date(), warningDays });
  const model = new ResourcesModel(() => account.current(), asked);
  const regions = () => shownRegions(account.identity);
  const tree = new ResourcesTree({ account, model, asked, regions, log });
  const status = new AccountStatus({ account, model, view, showing, regions, isEmpty: () => tree.isEmpty });
  const reveal = (resource: Resource) => revealRow(resource, { account, tree, view, showing, regions });
  const subscriptions = [
    tree,
    status,
    showing.onDidChange(() => tree.refresh()),
    session.onDidChange(() => {
      if (session.state.kind === "idle") tree.refresh();
    }),
    view.onDidChangeSelection(({ selection }) =>
      account.wanted(
        selection.flatMap((row) => (row.kind === "certificate" || row.kind === "client-certificate" ? row.arn : [])),
      ),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (
        !(["mtls.regions", "mtls.expiryWarningDays"] satisfies SettingId[]).some((id) => event.affectsConfiguration(id))
      )
        return;
      warningDays = expiryWarningDays();
      tree.refresh();
    }),
  ];
  // What is said of days does not stay true.
  const timer = setInterval(() => tree.refresh(), hour);
  const commandTools = { ...tools, model, tree, showing, asked, regions, reveal };
  return {
    provider: tree,
    reveal,
    chooseCertificate: (title) => chooseAcmText(title, commandTools),
    commands: createResourceCommands(commandTools),
    dispose: () => {
      clearInterval(timer);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
