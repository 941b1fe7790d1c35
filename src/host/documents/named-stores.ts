import * as vscode from "vscode";
import { syntaxOfTemplate } from "../../core/document/syntaxes.ts";
import { decode } from "../../core/encoding.ts";
import { subjectsOf } from "../../core/facts.ts";
import { read } from "../../core/read.ts";
import { holdsResource } from "../../core/telling.ts";
import { lastPart } from "../../core/text.ts";
import {
  mayNameStores,
  mayUseStores,
  type NamedStore,
  type Naming,
  namedStores,
  resolved,
  sharedNames,
  storeUser,
} from "../../core/truststore/named.ts";
import type { Target } from "../../core/truststore/targets.ts";
import { storesInTemplate } from "../../core/truststore/template-stores.ts";
import { textExtensions } from "../../manifest.ts";
import { searchGlob } from "../editor/globs.ts";
import { type Log, logFault } from "../editor/log.ts";
import { whenReadable } from "./yaml.ts";

/** Only documents that hold a service's input or output, or a template. */
const documents = "**/*.{json,jsonc,yaml,yml,template}";
const left = "**/{node_modules,.git,.terraform,cdk.out}/**";
const mostDocuments = 500;
/** Each is searched for. A file of another name is told by its name alone. */
const mostNames = 200;
/** In bytes. */
const greatestSize = 1_000_000;
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
    const found = new Set<Target>();
    for (const { target, key } of this.#stores) {
      const shared = sharedNames(path, key);
      if (shared > 0 && this.#othersOf(key, path).every((other) => sharedNames(other, key) < shared)) found.add(target);
    }
    return [...found].sort();
  }

  #othersOf(key: string, path: string): readonly string[] {
    return (this.#files.get(lastPart(key)) ?? []).filter((other) => other !== path);
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
    const found = await vscode.workspace.findFiles(documents, left, mostDocuments);
    if (found.length === mostDocuments)
      this.#log.info(
        `Of the JSON and YAML files of this workspace, ${mostDocuments} are looked through for trust stores that they name.`,
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
      const naming = await namingIn(uri);
      if (naming.stores.length + naming.users.length === 0) named.delete(uri.toString());
      else if (named.has(uri.toString()) || named.size < mostDocuments) named.set(uri.toString(), naming);
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
    const found = await vscode.workspace.findFiles(`**/${searchGlob(name)}`, left, mostDocuments);
    files.set(
      name,
      found.map((uri) => vscode.workspace.asRelativePath(uri, false)),
    );
  }
  return files;
}

const nothing: Naming = { stores: [], users: [] };

async function namingIn(uri: vscode.Uri): Promise<Naming> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > greatestSize) return nothing;
    const { text } = decode(await vscode.workspace.fs.readFile(uri));
    if (holdsResource(text)) return { stores: await storesIn(text), users: [] };
    if (!/\.jsonc?$/i.test(uri.path)) return nothing;
    return { stores: mayNameStores(text) ? namedStores(text) : [], users: mayUseStores(text) ? usersIn(text) : [] };
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return nothing;
    throw error;
  }
}

async function storesIn(text: string): Promise<readonly NamedStore[]> {
  if (!mayNameStores(text)) return [];
  const syntax = syntaxOfTemplate(text);
  await whenReadable(syntax);
  const { template } = read({ text, syntax, name: "" });
  return template === undefined ? namedStores(text) : storesInTemplate(template);
}

function usersIn(text: string): Naming["users"] {
  return subjectsOf(read({ text, syntax: "jsonc", name: "" }), "listeners").flatMap(({ listeners }) =>
    listeners.flatMap((listener) => storeUser(listener) ?? []),
  );
}
