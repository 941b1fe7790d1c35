import * as vscode from "vscode";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import { narrowUse, noUse, truststore, type Use } from "../../core/truststore/use.ts";
import { pemLanguages } from "../../manifest.ts";
import { activeDocument } from "../certificates/files.ts";
import type { Documents } from "../documents/documents.ts";
import { type Surroundings, useOutside } from "../documents/reader.ts";
import { positionsOf } from "../editor/convert.ts";
import { fileName } from "../editor/files.ts";
import { settingGlob } from "../editor/globs.ts";
import { pickMany, pickOne } from "../editor/pick.ts";
import { useFor } from "../editor/purpose-setting.ts";
import { changeSetting, openTeamSetting } from "../editor/said-setting.ts";
import { ask, say } from "../editor/say.ts";
import { teamSetting, workspacePath } from "../editor/settings.ts";
import { isOpenStore, markedUse, nameOfUse } from "./purpose.ts";

/** Keeps what the active file is for in the workspace's settings, unless the file says it itself. */
export async function setPurpose(documents: Documents, targetsOf: Surroundings["targetsOf"]): Promise<void> {
  const document = await activeDocument();
  const checked = document === undefined ? undefined : await documents.current(document);
  const bundle = checked?.facts.kind === "bundle" ? checked.facts.bundle : undefined;
  // A file without a block may have a purpose, which may be wrong; one that is still empty may get one.
  if (document === undefined || (bundle === undefined && document.languageId !== pemLanguages[0])) {
    await say(
      vscode.l10n.t(
        "Open a file of certificates (PEM) first. The command sets the purpose of the file in the active editor.",
      ),
    );
    return;
  }
  const marked = bundle === undefined ? noUse : markedUse(bundle);
  if (bundle?.marker !== undefined && marked.purpose !== "unknown" && !isOpenStore(marked)) {
    const range = positionsOf(document).range(bundle.marker.at);
    const editor = await vscode.window.showTextDocument(document);
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
  const purposes = purposesOf(document.uri, marked, targetsOf);
  const path = workspacePath(document.uri);
  if (path === undefined)
    await offerLine(
      purposes,
      vscode.l10n.t(
        "{0} is not in a folder of this workspace, so workspace settings cannot set its purpose.",
        fileName(document.uri),
      ),
    );
  else if (!vscode.workspace.isTrusted)
    await offerLine(
      purposes,
      vscode.l10n.t("This workspace is not trusted, so its settings for file purposes are ignored."),
    );
  else await chooseAndKeep(purposes, path);
}

/** What a file is for, by who says it. */
interface Purposes {
  readonly uri: vscode.Uri;
  /** Its own line, which may leave the services open. */
  readonly marked: Use;
  /** Without the settings: its own line, and configurations of the workspace. */
  readonly unset: Use;
  /** All together. */
  readonly now: Use;
}

function purposesOf(uri: vscode.Uri, marked: Use, targetsOf: Surroundings["targetsOf"]): Purposes {
  const named = targetsOf?.(uri) ?? [];
  const elsewhere: Use = named.length === 0 ? noUse : { purpose: "trust-store", targets: named };
  return {
    uri,
    marked,
    unset: narrowUse(marked, elsewhere),
    now: narrowUse(marked, useOutside(uri, targetsOf)),
  };
}

async function chooseAndKeep(purposes: Purposes, path: string): Promise<void> {
  const { uri } = purposes;
  const chosen = await choose(purposes, true);
  if (chosen === undefined) return;
  const set = useFor(uri);
  const glob = settingGlob(path);
  const before = entriesOf(teamSetting("mtls.purposes", uri).value).find(([other]) => other === glob)?.[1];
  // There is nothing to write.
  if (chosen === noUse ? before === undefined : isSameUse(chosen, set)) {
    if (!isSameUse(chosen, set)) await sayOverridden(path);
    return;
  }
  const isOverridden = () => !isSameUse(useFor(uri), chosen);
  await changeSetting("mtls.purposes", uri, {
    apply: (value) => withEntry(value, glob, chosen === noUse ? undefined : wordsOf(chosen)),
    undo: (value) => withEntry(value, glob, before),
    isDoubtful: isOverridden,
    says: (place) => keptText(chosen, { path, place, isOverridden: isOverridden() }),
  });
}

interface KeptAt {
  readonly path: string;
  /** The file with the settings. */
  readonly place: string;
  readonly isOverridden: boolean;
}

function keptText(chosen: Use, { path, place, isOverridden }: KeptAt): string {
  if (chosen === noUse)
    return isOverridden
      ? vscode.l10n.t(
          "The entry for {0} was removed from mtls.purposes in {1}, but another entry also matches the file. Change that entry.",
          path,
          place,
        )
      : vscode.l10n.t("The entry for {0} was removed from mtls.purposes in {1}.", path, place);
  return isOverridden
    ? vscode.l10n.t(
        "The purpose of {0} was added to mtls.purposes in {1}, but another entry also matches the file and takes precedence. Change that entry.",
        path,
        place,
      )
    : vscode.l10n.t(
        "The purpose of {0} is now: {1}. The entry is in mtls.purposes in {2}.",
        path,
        nameOfUse(chosen),
        place,
      );
}

async function sayOverridden(path: string): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  const message = vscode.l10n.t("Another entry of mtls.purposes also matches {0}. Change that entry.", path);
  if ((await ask(message, [open], "warning")) === open) await openTeamSetting("mtls.purposes");
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(typeof value === "object" && value !== null ? value : {});
}

/** An entry counts most as the last one; `undefined` takes it out. */
function withEntry(value: unknown, glob: string, said: unknown): unknown {
  const others = entriesOf(value).filter(([other]) => other !== glob);
  const entries = said === undefined ? others : [...others, [glob, said] as const];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function wordsOf({ purpose, targets: services }: Use): unknown {
  return services.length > 1 ? services : (services[0] ?? purpose);
}

/** Where no setting can be kept, the file itself can say it. */
async function offerLine(purposes: Purposes, why: string): Promise<void> {
  const chosen = await choose(purposes, false);
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

/** @param isKept in the settings, where there may be an entry to take out */
async function choose(purposes: Purposes, isKept: boolean): Promise<Use | undefined> {
  const { uri, marked, now, unset } = purposes;
  const isUnset = isKept && isSameUse(now, unset);
  const isCurrent = (choice: Use) =>
    choice === noUse ? isUnset : !isUnset && (isSameUse(choice, now) || (choice === several && now.targets.length > 1));
  // Of a file that says that it is a trust store only the services are open.
  const choices = isOpenStore(marked) ? uses.filter(({ targets: services }) => services.length > 0) : uses;
  const items = [...choices, ...(isKept ? [noUse] : [])].map((choice) => ({
    ...(choice === noUse ? describeUnset(purposes) : describe(choice)),
    choice,
    ...(isCurrent(choice) ? { description: vscode.l10n.t("current") } : {}),
  }));
  const title = vscode.l10n.t("Set Purpose of {0}", fileName(uri));
  const picked = await pickOne(items, {
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
  const picked = await pickMany(items, {
    title,
    placeHolder: vscode.l10n.t("Select the services that use this trust store"),
    ignoreFocusOut: true,
  });
  return picked === undefined || picked.length === 0
    ? undefined
    : { purpose: "trust-store", targets: picked.map(({ target }) => target) };
}

/** What the file is for without an entry in the settings, and who says that. */
function describeUnset({ marked, unset }: Purposes): { readonly label: string; readonly detail: string } {
  if (unset.purpose === "unknown")
    return {
      label: vscode.l10n.t("Not set"),
      detail: vscode.l10n.t("Only the requirements for all certificates are checked"),
    };
  const label = vscode.l10n.t("No entry in the settings ({0})", nameOfUse(unset));
  return isSameUse(marked, unset)
    ? { label, detail: vscode.l10n.t("A line in the file sets this purpose") }
    : { label, detail: vscode.l10n.t("A configuration in the workspace sets this purpose") };
}

function describe({ purpose, targets: [target, another] }: Use): { readonly label: string; readonly detail: string } {
  if (purpose === "origin")
    return {
      label: vscode.l10n.t("Origin client certificate"),
      detail: vscode.l10n.t("CloudFront presents it to an origin, with its chain"),
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
