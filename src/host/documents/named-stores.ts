import * as vscode from "vscode";
import {
  documentExtensions,
  greatestNaming,
  mostNaming,
  namesInYaml,
  namingIn,
  noNaming,
  withoutNaming,
} from "../../core/check-files.ts";
import { whenReadable } from "../../core/document/readable.ts";
import { decode } from "../../core/encoding.ts";
import { lastPart } from "../../core/text.ts";
import { type NamedStore, type Naming, resolved, targetsNamed } from "../../core/truststore/named.ts";
import type { Target } from "../../core/truststore/targets.ts";
import { textExtensions } from "../../manifest.ts";
import { searchGlob } from "../editor/globs.ts";
import { type Log, logFault } from "../editor/log.ts";

/** Only documents that hold a service's input or output, or a template. */
const documents = `**/*{${documentExtensions.join(",")}}`;
const left = `**/{${withoutNaming.join(",")}}/**`;
/** Each is searched for. A file of another name is told by its name alone. */
const mostNames = 200;
/** After the last change, in milliseconds. */
const wait = 500;

/**
 * For which services the files of the workspace are trust stores, as its configs say. Looks for the first time when it
 * is first asked.
 */
export class NamedStores implements vscode.Disposable {
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when more, or something else, is known. */
  readonly onDidChange = this.#changed.event;
  /** By document. */
  #named: ReadonlyMap<string, Naming> = new Map();
  #stores: readonly NamedStore[] = [];
  /** By key's last name: all files that are called so. */
  #files: ReadonlyMap<string, readonly string[]> = new Map();
  #filesChanged = false;
  /** Files of some name are being looked for: one that comes meanwhile may not be among them. */
  #isLooking = false;
  #reading: Promise<void> = Promise.resolve();
  #watcher: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<string, vscode.Uri>();

  constructor(log: Log) {
    this.#log = log;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  /** The services whose configs name this file; where several files have the name, the one whose folders fit best. */
  targetsOf(uri: vscode.Uri): readonly Target[] {
    this.#begin();
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return [];
    const path = vscode.workspace.asRelativePath(uri, false);
    return targetsNamed(path, this.#stores, (name) => this.#files.get(name) ?? []);
  }

  #begin(): void {
    if (this.#watcher !== undefined || vscode.workspace.workspaceFolders === undefined) return;
    const watcher = vscode.workspace.createFileSystemWatcher(documents);
    // Another file of the name may fit a key better, or no longer does.
    const bundles = vscode.workspace.createFileSystemWatcher(`**/*{${textExtensions.join(",")}}`, false, true, false);
    const follow = (uri: vscode.Uri) => this.#later(uri);
    const followBundle = (uri: vscode.Uri) => {
      if (this.#isLooking || this.#files.has(lastPart(uri.path))) this.#later(undefined);
    };
    const lookAround = () => {
      this.#lookAround().catch((error: unknown) => logFault(this.#log, "trust stores that configs name", error));
    };
    this.#watcher = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(follow),
      watcher.onDidCreate(follow),
      watcher.onDidDelete(follow),
      bundles,
      bundles.onDidCreate(followBundle),
      bundles.onDidDelete(followBundle),
      vscode.workspace.onDidChangeWorkspaceFolders(lookAround),
    );
    lookAround();
  }

  async #lookAround(): Promise<void> {
    const found = await vscode.workspace.findFiles(documents, left, mostNaming);
    if (found.length === mostNaming)
      this.#log.info(
        `Of the JSON and YAML files of this workspace, ${mostNaming} are looked through for trust stores that they name.`,
      );
    await this.#readNext(found);
  }

  /** One after the other: each begins with what the one before it found. */
  #readNext(uris: readonly vscode.Uri[]): Promise<void> {
    const reading = this.#reading.catch(() => undefined).then(() => this.#read(uris));
    this.#reading = reading;
    return reading;
  }

  /** @param uri a document that is another one now; `undefined`: only files came or went */
  #later(uri: vscode.Uri | undefined): void {
    if (uri === undefined) this.#filesChanged = true;
    else this.#waiting.set(uri.toString(), uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const uris = [...this.#waiting.values()];
      this.#waiting.clear();
      this.#readNext(uris).catch((error: unknown) => logFault(this.#log, "trust stores that configs name", error));
    }, wait);
  }

  async #read(uris: readonly vscode.Uri[]): Promise<void> {
    const named = new Map(this.#named);
    for (const uri of uris) {
      const naming = await namingOf(uri);
      if (naming.stores.length + naming.users.length === 0) named.delete(uri.toString());
      else if (named.has(uri.toString()) || named.size < mostNaming) named.set(uri.toString(), naming);
    }
    if (!this.#filesChanged && JSON.stringify([...this.#named]) === JSON.stringify([...named])) return;
    this.#filesChanged = false;
    const stores = resolved([...named.values()]);
    const names = [...new Set(stores.map(({ key }) => lastPart(key)))].slice(0, mostNames);
    this.#isLooking = true;
    const files = await filesOf(names).finally(() => {
      this.#isLooking = false;
    });
    // Both at once: without the files every one of the name would be meant.
    this.#named = named;
    this.#stores = stores;
    this.#files = files;
    this.#changed.fire();
  }
}

/** Relative to the workspace, by name. */
async function filesOf(names: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = new Map<string, readonly string[]>();
  for (const name of names) {
    const found = await vscode.workspace.findFiles(`**/${searchGlob(name)}`, left, mostNaming);
    files.set(
      name,
      found.map((uri) => vscode.workspace.asRelativePath(uri, false)),
    );
  }
  return files;
}

async function namingOf(uri: vscode.Uri): Promise<Naming> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > greatestNaming) return noNaming;
    const { text } = decode(await vscode.workspace.fs.readFile(uri));
    if (namesInYaml(text)) await whenReadable("yaml");
    return namingIn(uri.path, text);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return noNaming;
    throw error;
  }
}
