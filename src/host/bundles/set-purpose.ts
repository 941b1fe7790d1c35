import * as vscode from "vscode";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import { noUse, truststore, type Use } from "../../core/truststore/use.ts";
import type { Documents } from "../documents/documents.ts";
import { positionsOf } from "../editor/convert.ts";
import { fileName } from "../editor/files.ts";
import { settingGlob } from "../editor/globs.ts";
import { openPurposes, useFor } from "../editor/purpose-setting.ts";
import { ask, say } from "../editor/say.ts";
import { teamSetting, workspacePath } from "../editor/settings.ts";
import { isBundle, isOpenStore, markedUse } from "./purpose.ts";

/** Keeps what the active file is for in the workspace's settings, unless the file says it itself. */
export async function setPurpose(documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const checked = editor === undefined ? undefined : await documents.current(editor.document);
  if (editor === undefined || !isBundle(checked)) {
    await say(
      vscode.l10n.t(
        "Open a file of certificates (PEM) first. The command sets the purpose of the file in the active editor.",
      ),
    );
    return;
  }
  const { document } = editor;
  const { bundle } = checked.facts;
  const marked = markedUse(bundle);
  if (bundle.marker !== undefined && marked.purpose !== "unknown" && !isOpenStore(marked)) {
    const range = positionsOf(document).range(bundle.marker.at);
    editor.selection = new vscode.Selection(range.start, range.end);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await say(
      vscode.l10n.t(
        "Line {0} of {1} sets the purpose of the file: {2}. This line overrides all settings. To change the purpose, edit the line.",
        range.start.line + 1,
        fileName(document.uri),
        document.getText(range),
      ),
    );
    return;
  }
  const path = workspacePath(document.uri);
  if (path === undefined)
    await offerLine(
      document,
      vscode.l10n.t(
        "{0} is not in a folder of this workspace, so workspace settings cannot set its purpose.",
        fileName(document.uri),
      ),
    );
  else if (!vscode.workspace.isTrusted)
    await offerLine(
      document,
      vscode.l10n.t("This workspace is not trusted, so its settings for file purposes are ignored."),
    );
  else
    await chooseAndKeep(
      document.uri,
      path,
      isOpenStore(marked) ? uses.filter(({ purpose }) => purpose === "trust-store") : uses,
    );
}

async function chooseAndKeep(uri: vscode.Uri, path: string, among: readonly Use[]): Promise<void> {
  const chosen = await choose(uri, [...among, noUse]);
  if (chosen === undefined) return;
  await keep(uri, settingGlob(path), chosen);
  if (isSameUse(useFor(uri), chosen)) return;
  const open = vscode.l10n.t("Open Settings");
  const answer = await ask(
    vscode.l10n.t("Another entry of mtls.purposes also matches {0} and takes precedence. Change that entry.", path),
    [open],
    "warning",
  );
  if (answer === open) await openPurposes();
}

/** Puts the entry last, where it counts most; `unknown` takes it out. */
async function keep(uri: vscode.Uri, glob: string, use: Use): Promise<void> {
  const { value, write } = teamSetting("mtls.purposes", uri);
  const others = Object.entries(typeof value === "object" && value !== null ? value : {}).filter(
    ([other]) => other !== glob,
  );
  const said = use.targets.length > 1 ? use.targets : (use.targets[0] ?? use.purpose);
  const entries = use.purpose === "unknown" ? others : [...others, [glob, said]];
  await write(entries.length === 0 ? undefined : Object.fromEntries(entries));
}

/** Where no setting can be kept, the file itself can say it. */
async function offerLine(document: vscode.TextDocument, why: string): Promise<void> {
  const chosen = await choose(document.uri, uses);
  if (chosen === undefined) return;
  const line = `# mtls: target=${chosen.targets.length > 0 ? chosen.targets.join(",") : chosen.purpose === "trust-store" ? truststore : chosen.purpose}`;
  const copy = vscode.l10n.t("Copy Line");
  const trust = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t(
    "{0} To set the purpose in the file instead, add this line above the first PEM block: {1}",
    why,
    line,
  );
  const answer = await ask(message, vscode.workspace.isTrusted ? [copy] : [copy, trust]);
  if (answer === copy) await vscode.env.clipboard.writeText(line);
  if (answer === trust) await vscode.commands.executeCommand("workbench.trust.manage");
}

const several: Use = { purpose: "trust-store", targets };

const uses: readonly Use[] = [
  { purpose: "origin", targets: [] },
  ...targets.map((target): Use => ({ purpose: "trust-store", targets: [target] })),
  several,
  { purpose: "trust-store", targets: [] },
];

function isSameUse(one: Use, other: Use): boolean {
  return one.purpose === other.purpose && one.targets.toSorted().join() === other.targets.toSorted().join();
}

async function choose(uri: vscode.Uri, choices: readonly Use[]): Promise<Use | undefined> {
  const now = useFor(uri);
  const isCurrent = (choice: Use) => isSameUse(choice, now) || (choice === several && now.targets.length > 1);
  const items = choices.map((choice) => ({
    ...describe(choice),
    choice,
    ...(isCurrent(choice) ? { description: vscode.l10n.t("current") } : {}),
  }));
  const title = vscode.l10n.t("Set Purpose of {0}", fileName(uri));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Select the purpose (its requirements are also checked)"),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return picked?.choice === several ? chooseSeveral(title, now) : picked?.choice;
}

async function chooseSeveral(title: string, now: Use): Promise<Use | undefined> {
  const items = targets.map((target) => ({
    label: profiles[target].name,
    target,
    picked: now.targets.includes(target),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Select the services that use this trust store"),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked === undefined || picked.length === 0
    ? undefined
    : { purpose: "trust-store", targets: picked.map(({ target }) => target) };
}

function describe({ purpose, targets: [target, another] }: Use): { readonly label: string; readonly detail: string } {
  if (purpose === "origin")
    return {
      label: vscode.l10n.t("Origin client certificate"),
      detail: vscode.l10n.t("CloudFront presents it to an origin, with its chain"),
    };
  if (purpose === "unknown")
    return {
      label: vscode.l10n.t("Not set"),
      detail: vscode.l10n.t("Only the requirements for all certificates are checked"),
    };
  if (another !== undefined)
    return {
      label: vscode.l10n.t("Trust store of multiple services…"),
      detail: vscode.l10n.t("The requirements of each service are checked"),
    };
  if (target === undefined)
    return {
      label: vscode.l10n.t("Trust store"),
      detail: vscode.l10n.t("The CA certificates of accepted clients; the requirements of all services are checked"),
    };
  return { label: vscode.l10n.t("Trust store of {0}", profiles[target].name), detail: detailOf(target) };
}

function detailOf(target: Target): string {
  switch (target) {
    case "cloudfront":
      return vscode.l10n.t("Viewer mTLS: the CA certificates of accepted viewers");
    case "apigateway":
      return vscode.l10n.t("Mutual TLS of a custom domain name: the CA certificates of accepted clients");
    case "alb":
      return vscode.l10n.t("Mutual authentication of an HTTPS listener: the CA certificates of accepted clients");
    case "nlb":
      return vscode.l10n.t("Mutual authentication of a TLS listener: the CA certificates of accepted clients");
  }
}
