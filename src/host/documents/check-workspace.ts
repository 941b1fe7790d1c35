import * as vscode from "vscode";
import { noAccount } from "../../account/inventory-source.ts";
import { documentExtensions, givenFor, isChecked } from "../../core/check-files.ts";
import { whenReadable } from "../../core/document/readable.ts";
import { decode, greatestSize } from "../../core/encoding.ts";
import type { Facts } from "../../core/facts.ts";
import { readInSteps } from "../../core/read.ts";
import type { Problem, Severity } from "../../core/rules/rule.ts";
import type { SubjectKind } from "../../core/subjects.ts";
import { textExtensions } from "../../manifest.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { positionsIn, toDiagnostic } from "../editor/convert.ts";
import { type Log, logFault } from "../editor/log.ts";
import { openDocument } from "../editor/open-document.ts";
import { ask, say } from "../editor/say.ts";
import { signalOf } from "../editor/signal.ts";
import type { Documents } from "./documents.ts";
import { judgeInSteps, type Surroundings, useOutside } from "./reader.ts";
import type { Signatures } from "./signatures.ts";

const filesAtOnce = 8;
const files = `**/*{${[...documentExtensions, ...textExtensions].join(",")}}`;

/** Checks files that are not open, on request, and from then on keeps what it found in step with the disk. */
export class WorkspaceCheck implements vscode.Disposable {
  readonly #documents: Documents;
  readonly #collection: vscode.DiagnosticCollection;
  readonly #tools: FileTools;
  /** Files whose findings stay when their editor closes. */
  readonly #kept = new Set<string>();
  /** By file, which look at it was the last: what an earlier one finds later is not published. */
  readonly #looks = new Map<string, symbol>();
  #watcher: vscode.FileSystemWatcher | undefined;

  constructor(
    documents: Documents,
    collection: vscode.DiagnosticCollection,
    signatures: Signatures,
    log: Log,
    { inventories = noAccount, targetsOf }: Pick<Surroundings, "inventories" | "targetsOf"> = {},
  ) {
    this.#tools = { signatures, log, inventories, targetsOf };
    this.#documents = documents;
    this.#collection = collection;
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  async run(): Promise<void> {
    if (vscode.workspace.workspaceFolders === undefined) {
      await say(vscode.l10n.t("Open a folder first. There is no workspace to check."));
      return;
    }
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Checking workspace"),
      cancellable: true,
    };
    const outcome = await vscode.window.withProgress(options, (progress, token) => this.#check(progress, token));
    if (await sayOutcome(outcome)) await vscode.commands.executeCommand("workbench.actions.view.problems");
  }

  /** The editor of a file closed, or the file changed, came or went: what is on disk counts. */
  async changed(uri: vscode.Uri): Promise<void> {
    if (this.#kept.has(uri.toString()) && !this.#isOpen(uri)) await this.#checkFile(uri, newOutcome());
  }

  /** The settings changed: whatever is open looks after itself. */
  async recheck(): Promise<void> {
    for (const uri of this.#kept) await this.changed(vscode.Uri.parse(uri));
  }

  /** A watcher tells of single files only; a folder takes with it what is in it. */
  async deleted(uris: readonly vscode.Uri[]): Promise<void> {
    for (const kept of this.#kept) {
      if (uris.some((uri) => kept === uri.toString() || kept.startsWith(`${uri}/`)))
        await this.changed(vscode.Uri.parse(kept));
    }
  }

  #watch(): void {
    if (this.#watcher !== undefined) return;
    this.#watcher = vscode.workspace.createFileSystemWatcher(files);
    const follow = (uri: vscode.Uri) => {
      this.changed(uri).catch((error: unknown) => logFault(this.#tools.log, "check after a change on disk", error));
    };
    this.#watcher.onDidChange(follow);
    this.#watcher.onDidCreate(follow);
    this.#watcher.onDidDelete(follow);
  }

  #isOpen(uri: vscode.Uri): boolean {
    return openDocument(uri) !== undefined;
  }

  /** What an open editor shows is not ours to take away. */
  #clear(uri: vscode.Uri): void {
    if (!this.#isOpen(uri)) this.#collection.delete(uri);
  }

  async #check(
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<Outcome> {
    const outcome = newOutcome();
    this.#watch();
    const found = await vscode.workspace.findFiles(files, excludeGlob(), undefined, token);
    const queue = found[Symbol.iterator]();
    const names = new Set(found.map(String));
    for (const uri of this.#kept) {
      if (names.has(uri) || token.isCancellationRequested) continue;
      this.#kept.delete(uri);
      this.#looks.delete(uri);
      this.#clear(vscode.Uri.parse(uri));
    }
    const signal = signalOf(token);
    const work = async () => {
      for (let next = queue.next(); next.done !== true && !token.isCancellationRequested; next = queue.next()) {
        await this.#checkFile(next.value, outcome, signal);
        progress.report({
          message: vscode.l10n.t("{0} of {1} files", outcome.files, found.length),
          increment: 100 / found.length,
        });
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, work));
    return { ...outcome, cancelled: token.isCancellationRequested };
  }

  /** In slices, until `signal` is aborted: what was found of the file before stays then. */
  async #checkFile(uri: vscode.Uri, outcome: Outcome, signal?: AbortSignal): Promise<void> {
    outcome.files += 1;
    const open = openDocument(uri);
    const look = Symbol();
    this.#looks.set(uri.toString(), look);
    try {
      if (open !== undefined) {
        const checked = await this.#documents.current(open);
        if (checked === undefined) return;
        count(checked.facts, checked.problems, outcome);
        this.#kept.add(uri.toString());
        return;
      }
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > greatestSize) {
        outcome.unread += 1;
        this.#clear(uri);
        return;
      }
      const looked = await lookInto(uri, await vscode.workspace.fs.readFile(uri), this.#tools, signal);
      if (looked.kind === "stopped") return;
      if (looked.kind === "others") {
        this.#clear(uri);
        return;
      }
      const { facts, problems, text } = looked;
      // It was opened meanwhile: the editor's text counts.
      if (this.#isOpen(uri)) {
        this.#kept.add(uri.toString());
        return;
      }
      const positions = positionsIn(text);
      count(facts, problems, outcome);
      if (this.#looks.get(uri.toString()) !== look) return;
      this.#kept.add(uri.toString());
      this.#collection.set(
        uri,
        problems.map((problem) => toDiagnostic(problem, uri, positions)),
      );
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
      outcome.unread += 1;
      this.#clear(uri);
    } finally {
      if (this.#looks.get(uri.toString()) === look) this.#looks.delete(uri.toString());
    }
  }
}

/** What an unopened file is judged by. */
export interface FileTools extends Pick<Surroundings, "inventories" | "targetsOf"> {
  readonly signatures: Signatures;
  readonly log: Log;
}

type Looked =
  | { readonly kind: "ours"; readonly facts: Facts; readonly problems: readonly Problem[]; readonly text: string }
  | { readonly kind: "others" }
  | { readonly kind: "stopped" };

/** What is in a file that is not open, and what is wrong with it; in slices, until `signal` is aborted. */
export async function lookInto(
  uri: vscode.Uri,
  bytes: Uint8Array,
  { signatures, log, inventories, targetsOf }: FileTools,
  signal?: AbortSignal,
): Promise<Looked> {
  const { text, encoding } = decode(bytes);
  const given = givenFor(uri.path, { text, encoding });
  if (given !== undefined) await whenReadable(given.syntax);
  const reading = given && readInSteps(given);
  const facts = reading && (await inSlices(() => reading.next(), { signal }));
  if (signal?.aborted === true) return { kind: "stopped" };
  if (facts === undefined || !isChecked(facts, useOutside(uri, targetsOf))) return { kind: "others" };
  await signatures.verifyAll(facts, signal);
  const judging = judgeInSteps(uri, facts, log, { signatures: signatures.verdicts, inventories, targetsOf });
  const problems = await inSlices(() => judging.next(), { signal });
  return problems === undefined ? { kind: "stopped" } : { kind: "ours", facts, problems, text };
}

function count(facts: Facts, problems: readonly Problem[], outcome: Outcome): void {
  const held = facts.kind === "bundle" ? ["bundle" as const] : facts.subjects.map(({ kind }) => kind);
  for (const kind of new Set(held)) outcome.ours[kind] += 1;
  for (const { severity } of problems) outcome.found[severity] += 1;
}

interface Outcome {
  files: number;
  /** How many of them hold something of a kind. */
  readonly ours: Record<SubjectKind | "bundle", number>;
  unread: number;
  readonly found: Record<Severity, number>;
  readonly cancelled: boolean;
}

function newOutcome(): Outcome {
  return {
    files: 0,
    ours: { distribution: 0, "domain-names": 0, listeners: 0, bundle: 0 },
    unread: 0,
    found: { error: 0, warning: 0, info: 0 },
    cancelled: false,
  };
}

/** `findFiles` minds `files.exclude` by itself only while it is given no exclude of its own; `search.exclude` never. */
function excludeGlob(): string | undefined {
  const globs = (["files", "search"] as const).flatMap((section) => {
    const configured = vscode.workspace.getConfiguration(section).get<Record<string, unknown>>("exclude", {});
    return Object.entries(configured).flatMap(([glob, on]) => (on === true ? [glob] : []));
  });
  return globs.length === 0 ? undefined : `{${[...new Set(globs)].join(",")}}`;
}

function checkedText(files: number, cancelled: boolean): string {
  if (files === 1) return cancelled ? vscode.l10n.t("Stopped after 1 file.") : vscode.l10n.t("Checked 1 file.");
  return cancelled ? vscode.l10n.t("Stopped after {0} files.", files) : vscode.l10n.t("Checked {0} files.", files);
}

/** @returns whether the user wants to see the problems */
async function sayOutcome({ files, ours, unread, found, cancelled }: Outcome): Promise<boolean> {
  const { error, warning, info } = found;
  const known = Object.values(ours).reduce((sum, one) => sum + one, 0);
  const parts = [
    checkedText(files, cancelled),
    known === 0
      ? vscode.l10n.t(
          "None of them contains a distribution configuration, an API Gateway domain name, a load balancer listener, or certificates.",
        )
      : vscode.l10n.t(
          "Distribution configurations: {0}, API Gateway domain name files: {1}, listener files: {2}, PEM files: {3}. Errors: {4}, warnings: {5}, infos: {6}.",
          ours.distribution,
          ours["domain-names"],
          ours.listeners,
          ours.bundle,
          error,
          warning,
          info,
        ),
    ...(unread === 0 ? [] : [vscode.l10n.t("Unreadable or too large: {0}.", unread)]),
  ];
  const show = vscode.l10n.t("Show Problems");
  const answer = await ask(parts.join(" "), [error + warning + info > 0 ? show : vscode.l10n.t("OK")]);
  return answer === show;
}
