// What in-host tests are written with: files in the opened folder, and what VS Code knows of them.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../until.ts";

export { until };

export const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
export const otherArn = "arn:aws:acm:us-east-1:123456789012:certificate/abcdefab-1234-1234-1234-123456789012";

export interface OriginOptions {
  readonly id?: string;
  readonly domainName?: string;
  /** Members of CustomOriginConfig on top of the required ones. */
  readonly custom?: Readonly<Record<string, unknown>>;
  /** Members of the origin beside CustomOriginConfig. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** A custom origin that nothing is wrong with. */
export function customOrigin({
  id = "o1",
  domainName = "api.example.com",
  custom = {},
  beside = {},
}: OriginOptions = {}): object {
  return {
    Id: id,
    DomainName: domainName,
    CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only", ...custom },
    ...beside,
  };
}

export const mtlsOn = { OriginMtlsConfig: { ClientCertificateArn: arn } };

/** A whole config that nothing is wrong with, but for what the arguments bring. */
export function wholeConfig(
  origins: readonly object[] = [customOrigin()],
  members: Readonly<Record<string, unknown>> = {},
): object {
  return {
    CallerReference: "test",
    Comment: "",
    Enabled: true,
    Origins: { Quantity: origins.length, Items: origins },
    DefaultCacheBehavior: {
      TargetOriginId: "o1",
      ViewerProtocolPolicy: "https-only",
      CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    ...members,
  };
}

export function json(value: unknown, indent: string | number = 2): string {
  return `${JSON.stringify(value, undefined, indent)}\n`;
}

/** The article's block, spelled in three wrong ways. */
export const articleMtls = { OriginMtls: { Enabled: true, CertificateArn: arn } };

export function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, "no folder is open");
  return first.uri;
}

const written = new Set<string>();

/** Writes a file of the opened folder, which goes after the test. */
export async function write(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), name);
  await vscode.workspace.fs.writeFile(uri, typeof content === "string" ? new TextEncoder().encode(content) : content);
  written.add(uri.toString());
  return uri;
}

/**
 * Writes a file as `write` does, and waits until the editor's watcher has told of it: of one that comes and goes before
 * that nobody is ever told, nor of what happens in a new folder before it is watched itself.
 */
export async function writeWatched(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
  const names = name.split("/");
  for (let depth = 1; depth < names.length; depth++) {
    const parent = names.slice(0, depth).join("/");
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder(), parent));
    let probe = 0;
    await tellingOf(`${parent}/probe-*`, () => write(`${parent}/probe-${probe++}`, ""));
  }
  return tellingOf(name, () => write(name, content));
}

/** Does it again until a watcher has told of it. */
async function tellingOf<Value>(pattern: string, act: () => Promise<Value>): Promise<Value> {
  let isTold = false;
  const told = () => {
    isTold = true;
  };
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${pattern}`);
  const listening = vscode.Disposable.from(watcher, watcher.onDidCreate(told), watcher.onDidChange(told));
  try {
    return await until(`the watcher tells of ${pattern}`, async () => {
      const value = await act();
      const end = Date.now() + 500;
      while (!isTold && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 15));
      return isTold ? value : undefined;
    });
  } finally {
    listening.dispose();
  }
}

export async function bytesOf(uri: vscode.Uri): Promise<Buffer> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri));
}

/** What is on disk, as UTF-8. */
export async function textOnDisk(uri: vscode.Uri): Promise<string> {
  return (await bytesOf(uri)).toString("utf8");
}

/**
 * Opens an editor, as the explorer does: `openTextDocument` would keep the document open after its editor for minutes.
 */
export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false } satisfies vscode.TextDocumentShowOptions);
  return until(`an active editor for ${uri.path}`, () =>
    vscode.window.activeTextEditor?.document.uri.toString() === uri.toString()
      ? vscode.window.activeTextEditor
      : undefined,
  );
}

/** Writes a file and opens it in an editor. */
export async function open(name: string, content: string | Uint8Array): Promise<vscode.TextEditor> {
  return show(await write(name, content));
}

export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "mtls");
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  assert.ok(typeof code === "object", "a code has a value and a target");
  return String(code.value);
}

export function rulesOf(uri: vscode.Uri): string[] {
  return findings(uri).map(ruleOf);
}

export function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return until(`${rule} in ${JSON.stringify(uri.path.split("/").at(-1))}`, () =>
    findings(uri).find((diagnostic) => ruleOf(diagnostic) === rule),
  );
}

export function gone(uri: vscode.Uri, rule: string): Promise<boolean> {
  return until(`no ${rule} in ${uri.path.split("/").at(-1)}`, () => !rulesOf(uri).includes(rule));
}

/** Exactly these rules, in document order. */
export async function rulesBecome(uri: vscode.Uri, rules: readonly string[]): Promise<void> {
  const wanted = rules.join();
  await until(wanted === "" ? "no finding" : wanted, () => rulesOf(uri).join() === wanted).catch(() =>
    assert.deepEqual(rulesOf(uri), rules),
  );
}

/**
 * Waits until the extension has dealt with everything that happened to a document: its providers answer
 * for the document as it is now. What is published for it afterwards comes of a later event.
 */
export async function settled(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, new vscode.Position(0, 0));
}

/**
 * What is offered there. The editor gives a question up when some extension begins to offer something just then: it is
 * asked again.
 */
export function codeActions(uri: vscode.Uri, range: vscode.Range, kind?: string): Promise<vscode.CodeAction[]> {
  return until("code actions", async () => {
    try {
      return await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        range,
        kind,
      );
    } catch (error) {
      if (error instanceof Error && [error.name, error.message].includes("Canceled")) return undefined;
      throw error;
    }
  });
}

/** The light bulb's actions where a diagnostic stands. */
export function actionsFor(uri: vscode.Uri, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  return codeActions(uri, range, vscode.CodeActionKind.QuickFix.value);
}

export function isIgnore({ command }: vscode.CodeAction): boolean {
  return command?.command === "mtls.suppressFinding";
}

export async function actionTitled(
  uri: vscode.Uri,
  diagnostic: vscode.Diagnostic,
  title: string,
): Promise<vscode.CodeAction> {
  const actions = await actionsFor(uri, diagnostic);
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `no action "${title}" among ${JSON.stringify(actions.map((candidate) => candidate.title))}`);
  return action;
}

/** As a click on it does: the edit, then the command, which may go on waiting for an answer. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined) assert.equal(await vscode.workspace.applyEdit(action.edit), true);
  if (action.command !== undefined) run(action.command.command, ...(action.command.arguments ?? []));
}

/** Starts a command that may end in a message that waits for an answer. */
export function run(command: string, ...args: readonly unknown[]): void {
  void vscode.commands.executeCommand(command, ...args);
}

export async function replace(
  document: vscode.TextDocument,
  ...edits: readonly (readonly [from: string, to: string])[]
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const [from, to] of edits) edit.replace(document.uri, rangeOf(document, from), to);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** Where a text stands the first time. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `the document has no ${JSON.stringify(text)}`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

export function positionIn(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  return document.positionAt(document.offsetAt(rangeOf(document, text).start) + offset);
}

export async function configure(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);
}

const configurable = [
  "mtls.rules",
  "mtls.suppress",
  "mtls.codeLens",
  "mtls.certificateLens",
  "mtls.purposes",
  "files.exclude",
  "search.exclude",
  "editor.codeActionsOnSave",
];

/** Nothing of a test is left for the next one. */
export async function cleanUp(): Promise<void> {
  await vscode.commands.executeCommand("notifications.clearAll");
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    // While editors close and open by themselves, the editor may not yet know the one that `showTextDocument` wants.
    await show(document.uri);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await until("no editor", () => vscode.window.activeTextEditor === undefined);
  const configuration = vscode.workspace.getConfiguration();
  for (const key of configurable)
    if (configuration.inspect(key)?.workspaceValue !== undefined) await configure(key, undefined);
  const files = [...written];
  written.clear();
  for (const uri of files) await vscode.workspace.fs.delete(vscode.Uri.parse(uri)).then(undefined, () => undefined);
}
