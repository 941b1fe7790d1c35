import * as vscode from "vscode";
import { type Asked, ResourcesModel } from "../../account/model.ts";
import type { Row } from "../../account/row.ts";
import { Showing } from "../../account/showing.ts";
import { ResourcesTree } from "../../account/tree.ts";
import type { LiveSubject } from "../../core/probe/proof.ts";
import { contextKeys, type SettingId } from "../../manifest.ts";
import { logFault } from "../editor/log.ts";
import { expiryWarningDays } from "../editor/settings.ts";
import { shownRegions } from "../session/regions.ts";
import { chooseAcmText, createResourceCommands } from "./commands.ts";
import { provideRows } from "./provider.ts";
import { revealRow } from "./reveal.ts";
import { AccountStatus } from "./status.ts";
import type { ResourcesTools, ResourcesView } from "./tools.ts";

const hour = 3_600_000;

export function createResourcesView(tools: ResourcesTools): ResourcesView {
  const { account, registry, canUndo, underWay, history, proofs, log, view, memory } = tools;
  const { session } = account;
  const showing = new Showing(memory, registry);
  // Asked for thousands of times while a list is drawn: the editor takes long to say it.
  let warningDays = expiryWarningDays();
  const asked = (): Asked => ({ ...showing.asked(), now: new Date(), warningDays });
  const model = new ResourcesModel(() => account.current(), asked);
  const regions = () => shownRegions(account.identity);
  const fault = (where: string, error: unknown) => logFault(log, where, error);
  const changes = () => history.changes;
  const proof = (subject: LiveSubject) => proofs.ofLive(subject);
  const tree = new ResourcesTree({ account, model, registry, regions, canUndo, underWay, proof, changes, fault });
  const status = new AccountStatus({ account, view, showing, tree });
  const reveal = (row: Row) => revealRow(row, { account, tree, view, showing });
  const subscriptions = [
    tree,
    status,
    showing.onDidChange(() => {
      void vscode.commands.executeCommand("setContext", contextKeys.isFiltered, showing.isFiltered);
      tree.refresh();
    }),
    session.onDidChange(() => {
      if (session.state.kind === "idle" || session.state.kind === "failed") tree.refresh();
    }),
    history.onDidChange(() => {
      void vscode.commands.executeCommand("setContext", contextKeys.hasHistory, history.changes.length > 0);
      tree.refreshChanges();
    }),
    proofs.onDidChange(() => tree.refresh()),
    tools.onDidChangeUnderWay((resources) => tree.refreshChanged(resources)),
    // Another window may have made a change, or seen the end of one.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void history.look();
    }),
    view.onDidChangeSelection(({ selection }) => tree.lookAt(selection)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const shown = [
        "mtls.regions",
        "mtls.expiryWarningDays",
        "mtls.proofDays",
        "mtls.ownerTags",
      ] satisfies SettingId[];
      if (!shown.some((id) => event.affectsConfiguration(id))) return;
      warningDays = expiryWarningDays();
      tree.refresh();
    }),
  ];
  void history.look();
  // What is said of days does not stay true.
  const timer = setInterval(() => tree.refresh(), hour);
  const commandTools = { ...tools, outlook: tree.outlook, tree, showing, reveal };
  return {
    provider: provideRows(tree),
    reveal,
    redraw: () => tree.refresh(),
    chooseCertificate: (title) => chooseAcmText(title, commandTools),
    commands: createResourceCommands(commandTools),
    dispose: () => {
      clearInterval(timer);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
