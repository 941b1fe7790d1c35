import * as vscode from "vscode";
import type { BundleFacts } from "../core/facts.ts";
import { useOf } from "../core/rules/index.ts";
import type { Problem } from "../core/rules/rule.ts";
import { type BundleFitness, bundleFitness, type StoreVerdict } from "../core/truststore/fitness.ts";
import { profiles, type Target, targets } from "../core/truststore/targets.ts";
import { noUse, truststore, type Use } from "../core/truststore/use.ts";
import { type Bundle, certificatesOf } from "../core/x509/bundle.ts";
import { isCertificateAuthority } from "../core/x509/certificate.ts";
import { headIn } from "../core/x509/places.ts";
import type { CommandId, SettingId } from "../manifest.ts";
import { positionsOf } from "./convert.ts";
import type { Checked, Documents } from "./documents.ts";
import { summaryOf } from "./pem-words.ts";
import { useFor } from "./purpose-setting.ts";
import { contextFor, nameOf, outerUse, type Surroundings } from "./reader.ts";
import { ask, plain, say } from "./say.ts";
import { teamSetting, workspacePath } from "./settings.ts";

function isBundle(checked: Checked | undefined): checked is Checked & { readonly facts: BundleFacts } {
  return checked?.facts.kind === "bundle" && checked.facts.bundle.pieces.length > 0;
}

/** A trust store of which nobody said for which services. */
function isOpenStore({ purpose, targets: services }: Use): boolean {
  return purpose === "trust-store" && services.length === 0;
}

/** What the file says itself. */
function markedUse(bundle: Bundle): Use {
  return useOf(bundle, { purpose: "unknown" });
}

// --- what the active file holds and is for, beside its language

/** After the last change, in milliseconds. */
const servicesPause = 500;

/** Shown while the active editor holds PEM blocks. */
export function showPurpose(documents: Documents, surroundings: Surroundings): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  let services: vscode.LanguageStatusItem | undefined;
  let timer: NodeJS.Timeout | undefined;
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const checked = document === undefined ? undefined : documents.last(document);
    if (!isBundle(checked)) {
      item?.dispose();
      services?.dispose();
      item = undefined;
      services = undefined;
      return;
    }
    const { bundle } = checked.facts;
    item ??= vscode.languages.createLanguageStatusItem("mtls.purpose", []);
    item.selector = { language: checked.document.languageId };
    item.name = vscode.l10n.t("mTLS: what the file holds, and what it is for");
    item.text = summaryOf(bundle);
    item.detail = vscode.l10n.t("Purpose: {0}", purposeText(bundle, checked.document, surroundings));
    item.severity = severityOf(checked.problems);
    item.command = {
      command: "mtls.setPurpose" satisfies CommandId,
      title: vscode.l10n.t("Set…"),
      tooltip: vscode.l10n.t("Set what this file is for"),
    };
    // What the services say takes all of the file: not while somebody types in it.
    clearTimeout(timer);
    timer = setTimeout(updateServices, services === undefined ? 0 : servicesPause);
  };
  const updateServices = () => {
    const document = vscode.window.activeTextEditor?.document;
    const checked = document === undefined ? undefined : documents.last(document);
    const verdicts = isBundle(checked) ? verdictsOf(checked.facts, checked.document, surroundings) : [];
    if (!isBundle(checked) || verdicts.length === 0) {
      services?.dispose();
      services = undefined;
      return;
    }
    services ??= vscode.languages.createLanguageStatusItem("mtls.services", []);
    services.selector = { language: checked.document.languageId };
    services.name = vscode.l10n.t("mTLS: which services take it as a trust store");
    services.text = verdicts
      .map(({ target, verdict }) => `$(${verdictIcons[verdict]}) ${profiles[target].name}`)
      .join("  ");
    services.accessibilityInformation = {
      label: verdicts.map(({ target, verdict }) => `${profiles[target].name}: ${verdictText(verdict)}`).join(", "),
    };
    services.command = {
      command: "mtls.explainServices" satisfies CommandId,
      title: vscode.l10n.t("Why…"),
      tooltip: vscode.l10n.t("What each service says of this file"),
    };
  };
  update();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(update),
    documents.onDidCheck((document) => {
      if (document === vscode.window.activeTextEditor?.document) update();
    }),
    {
      dispose: () => {
        clearTimeout(timer);
        item?.dispose();
        services?.dispose();
      },
    },
  );
}

function purposeText(bundle: Bundle, document: vscode.TextDocument, { targetsOf }: Surroundings): string {
  const marked = markedUse(bundle);
  if (marked.purpose !== "unknown" && !isOpenStore(marked))
    return vscode.l10n.t("{0} (a line in the file says so)", nameOfUse(marked));
  const set = useFor(document.uri);
  if (set.purpose !== "unknown" && !isOpenStore(set)) return vscode.l10n.t("{0} (setting)", nameOfUse(set));
  const named = outerUse(document.uri, targetsOf);
  if (named.targets.length > 0)
    return vscode.l10n.t("{0} (a config of the workspace names the file)", nameOfUse(named));
  if (marked.purpose !== "unknown") return vscode.l10n.t("{0} (a line in the file says so)", nameOfUse(marked));
  return set.purpose === "unknown" ? vscode.l10n.t("not set") : vscode.l10n.t("{0} (setting)", nameOfUse(set));
}

/** Whether each service takes the file: those that it is for, or all where nobody said. */
function verdictsOf(
  { bundle, encoding }: BundleFacts,
  document: vscode.TextDocument,
  { targetsOf, signatures }: Surroundings,
): ({ readonly target: Target } & BundleFitness)[] {
  const use = useOf(bundle, outerUse(document.uri, targetsOf));
  if (use.purpose === "origin" || (use.purpose === "unknown" && !mayBeStore(bundle))) return [];
  const { now, fingerprint } = contextFor(document.uri);
  return (use.targets.length > 0 ? use.targets : targets).map((target) => ({
    target,
    ...bundleFitness(bundle, target, now, signatures, { fingerprint, encoding }),
  }));
}

/** *Which Services Take This File*: with what each of them would say, and where. */
export async function explainServices(documents: Documents, surroundings: Surroundings): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const checked = editor === undefined ? undefined : await documents.current(editor.document);
  if (editor === undefined || !isBundle(checked)) {
    await say(vscode.l10n.t("Open a bundle of CA certificates (PEM) first."));
    return;
  }
  const { document } = editor;
  const { facts } = checked;
  const items = verdictsOf(facts, document, surroundings).flatMap(({ target, verdict, reasons }): ReasonItem[] => [
    { label: `${profiles[target].name}: ${verdictText(verdict)}`, kind: vscode.QuickPickItemKind.Separator },
    ...reasons
      .filter(({ holds }) => !holds)
      .map(
        ({ severity, message, index }): ReasonItem => ({
          label: `$(${severity}) ${plain(message)}`,
          ...(index === undefined
            ? {}
            : {
                index,
                description: vscode.l10n.t("line {0}", document.positionAt(headIn(facts.bundle, index).start).line + 1),
              }),
        }),
      ),
    { label: vscode.l10n.t("$(edit) Keep only what {0} takes…", profiles[target].name), target },
  ]);
  if (items.length === 0) {
    await say(
      vscode.l10n.t(
        "{0} is no trust store, as far as anybody can tell: it holds no CA certificates alone, and nobody said that it is one.",
        nameOf(document.uri),
      ),
    );
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Which Services Take {0} as a Trust Store?", plain(nameOf(document.uri))),
    placeHolder: vscode.l10n.t("Choose a reason to go to its place"),
  });
  if (picked?.target !== undefined)
    await vscode.commands.executeCommand("mtls.keepTaken" satisfies CommandId, document.uri, picked.target);
  if (picked?.index === undefined) return;
  const range = positionsOf(document).range(headIn(facts.bundle, picked.index));
  const shown = await vscode.window.showTextDocument(document);
  shown.selection = new vscode.Selection(range.start, range.end);
  shown.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

interface ReasonItem extends vscode.QuickPickItem {
  /** The piece that the reason is about. */
  readonly index?: number;
  /** What it takes is to be kept. */
  readonly target?: Target;
}

/** A lone certificate, or the chain of one, is more likely something else. */
function mayBeStore(bundle: Bundle): boolean {
  const all = certificatesOf(bundle);
  return all.length > 0 && all.every(({ certificate }) => isCertificateAuthority(certificate));
}

const verdictIcons: Readonly<Record<StoreVerdict, string>> = {
  passes: "pass",
  warned: "warning",
  refused: "error",
  unknown: "question",
};

function verdictText(verdict: StoreVerdict): string {
  switch (verdict) {
    case "passes":
      return vscode.l10n.t("passes");
    case "warned":
      return vscode.l10n.t("passes with warnings");
    case "refused":
      return vscode.l10n.t("does not pass");
    case "unknown":
      return vscode.l10n.t("cannot be told");
  }
}

function severityOf(problems: readonly Problem[]): vscode.LanguageStatusSeverity {
  if (problems.some(({ severity }) => severity === "error")) return vscode.LanguageStatusSeverity.Error;
  return problems.some(({ severity }) => severity === "warning")
    ? vscode.LanguageStatusSeverity.Warning
    : vscode.LanguageStatusSeverity.Information;
}

function nameOfUse({ purpose, targets: services }: Use): string {
  if (purpose === "origin") return vscode.l10n.t("origin client certificate");
  return services.length === 0
    ? vscode.l10n.t("trust store")
    : vscode.l10n.t("trust store of {0}", services.map((target) => profiles[target].name).join(", "));
}

// --- setting it

/** Keeps what the active file is for in the workspace's settings, unless the file says it itself. */
export async function setPurpose(documents: Documents): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const checked = editor === undefined ? undefined : await documents.current(editor.document);
  if (editor === undefined || !isBundle(checked)) {
    await say(
      vscode.l10n.t("Open a file of certificates (PEM) first: this sets what the file in the active editor is for."),
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
        "Line {0} of {1} says what the file is for: {2}. It counts more than any setting; change it there.",
        range.start.line + 1,
        nameOf(document.uri),
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
        "{0} is in no folder of this workspace, so the workspace's settings cannot say what it is for.",
        nameOf(document.uri),
      ),
    );
  else if (!vscode.workspace.isTrusted)
    await offerLine(
      document,
      vscode.l10n.t("This workspace is not trusted: what its settings say of the purpose of files does not count."),
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
  await keep(uri, escapeGlob(path), chosen);
  if (isSameUse(useFor(uri), chosen)) return;
  const open = vscode.l10n.t("Open Settings");
  const answer = await ask(
    vscode.l10n.t("Another entry of mtls.purposes fits {0} as well, and counts more. Change that one.", path),
    [open],
    "warning",
  );
  if (answer === open)
    await vscode.commands.executeCommand("workbench.action.openWorkspaceSettings", {
      query: "mtls.purposes" satisfies SettingId,
    });
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

/**
 * The glob that fits this path alone. No glob says a backslash, which names have only where `/` is the separator: any
 * character stands for it.
 */
export function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|"^$]/g, (character) => (character === "\\" ? "?" : `\\${character}`));
}

/** Where no setting can be kept, the file itself can say it. */
async function offerLine(document: vscode.TextDocument, why: string): Promise<void> {
  const chosen = await choose(document.uri, uses);
  if (chosen === undefined) return;
  const line = `# mtls: target=${chosen.targets.length > 0 ? chosen.targets.join(",") : chosen.purpose === "trust-store" ? truststore : chosen.purpose}`;
  const copy = vscode.l10n.t("Copy Line");
  const trust = vscode.l10n.t("Manage Workspace Trust");
  const message = vscode.l10n.t("{0} A line above the first block says the same: {1}", why, line);
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
  const title = vscode.l10n.t("What Is {0} For?", nameOf(uri));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("The requirements of the purpose are checked as well"),
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
    placeHolder: vscode.l10n.t("The services that take this trust store"),
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
      detail: vscode.l10n.t("Only what holds for every certificate is checked"),
    };
  if (another !== undefined)
    return {
      label: vscode.l10n.t("Trust store of several services…"),
      detail: vscode.l10n.t("What each of them asks is checked"),
    };
  if (target === undefined)
    return {
      label: vscode.l10n.t("Trust store"),
      detail: vscode.l10n.t("The CA certificates of the clients that are let in; what all services ask is checked"),
    };
  return { label: vscode.l10n.t("Trust store of {0}", profiles[target].name), detail: detailOf(target) };
}

function detailOf(target: Target): string {
  switch (target) {
    case "cloudfront":
      return vscode.l10n.t("Viewer mTLS: the CA certificates of the viewers that are let in");
    case "apigateway":
      return vscode.l10n.t("Mutual TLS of a custom domain: the CA certificates of the clients that are let in");
    case "alb":
      return vscode.l10n.t("Mutual authentication of a listener: the CA certificates of the clients that are let in");
  }
}
