import * as vscode from "vscode";
import { draftScheme } from "../manifest.ts";

/** Somebody's own version of a distribution config, beside the one it was made from. */
export interface Draft {
  readonly text: string;
  /** The config in CloudFront that it changes. */
  readonly base: { readonly etag: string; readonly text: string };
  /** Names of members that the service itself sent, and that are unknown otherwise. */
  readonly served: readonly string[];
  /** With which it was opened; `undefined`: the environment decided. */
  readonly profile: string | undefined;
  /** In milliseconds since 1970. */
  readonly savedAt: number;
}

/** Which distribution a draft is of. */
export interface DraftName {
  readonly account: string;
  readonly id: string;
}

/**
 * Drafts as files that the editor can open and save. Saving keeps them on this machine, and nothing is sent anywhere. A config
 * holds shared secrets in the values of custom headers, so drafts are where the editor keeps secrets, and not on disk.
 */
export class DraftFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #scheme: string;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Of the drafts that were read. */
  readonly #served = new Map<string, ReadonlySet<string>>();
  readonly onDidChangeFile = this.#changed.event;

  /** @param scheme a test has one of its own */
  constructor(secrets: vscode.SecretStorage, scheme: string = draftScheme) {
    this.#secrets = secrets;
    this.#scheme = scheme;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }),
      // Another window may have saved it.
      secrets.onDidChange(({ key }) => {
        const uri = this.#uriOfKey(key);
        if (uri !== undefined) this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  // --- drafts

  uriOf({ account, id }: DraftName): vscode.Uri {
    return vscode.Uri.from({ scheme: this.#scheme, path: `/${account}/${id}/${id}.json` });
  }

  /** `undefined`: not a draft's. */
  nameOf(uri: vscode.Uri): DraftName | undefined {
    const [, account, id] = (uri.scheme === this.#scheme ? /^\/(\d{1,20})\/([A-Z0-9]{1,64})\/\2\.json$/.exec(uri.path) : null) ?? [];
    return account === undefined || id === undefined ? undefined : { account, id };
  }

  async get(name: DraftName): Promise<Draft | undefined> {
    const stored = await this.#secrets.get(keyOf(name));
    const draft = stored === undefined ? undefined : (JSON.parse(stored) as Draft);
    if (draft !== undefined) this.#served.set(this.uriOf(name).toString(), new Set(draft.served));
    return draft;
  }

  async put(name: DraftName, draft: Draft): Promise<void> {
    this.#served.set(this.uriOf(name).toString(), new Set(draft.served));
    await this.#secrets.store(keyOf(name), JSON.stringify(draft));
  }

  async discard(name: DraftName): Promise<void> {
    this.#served.delete(this.uriOf(name).toString());
    await this.#secrets.delete(keyOf(name));
  }

  /** For judging: what the service sent is nobody's mistake. */
  servedIn(uri: vscode.Uri): ReadonlySet<string> | undefined {
    return this.#served.get(uri.toString());
  }

  // --- as files

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const name = this.nameOf(uri);
    if (name === undefined) {
      if (!/^\/(\d{1,20}(\/[A-Z0-9]{1,64})?)?\/?$/.test(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const { text, savedAt } = await this.#draftAt(uri, name);
    return { type: vscode.FileType.File, ctime: 0, mtime: savedAt, size: new TextEncoder().encode(text).length };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { text } = await this.#draftAt(uri, this.nameOf(uri));
    return new TextEncoder().encode(text);
  }

  /** A draft begins with what CloudFront has: no other file becomes one. */
  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const name = this.nameOf(uri);
    const draft = name === undefined ? undefined : await this.get(name);
    if (name === undefined || draft === undefined) throw vscode.FileSystemError.NoPermissions(vscode.l10n.t("This draft was discarded. Open the config of the distribution again to begin another one."));
    await this.put(name, { ...draft, text: new TextDecoder().decode(content), savedAt: Date.now() });
  }

  async delete(uri: vscode.Uri): Promise<void> {
    const name = this.nameOf(uri);
    if (name === undefined) throw vscode.FileSystemError.NoPermissions(uri);
    await this.#draftAt(uri, name);
    await this.discard(name);
  }

  watch(): vscode.Disposable {
    return { dispose: () => {} };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #draftAt(uri: vscode.Uri, name: DraftName | undefined): Promise<Draft> {
    const draft = name === undefined ? undefined : await this.get(name);
    if (draft === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return draft;
  }

  #uriOfKey(key: string): vscode.Uri | undefined {
    const [, account, id] = /^mtls\.draft:(\d+)\/([A-Z0-9]+)$/.exec(key) ?? [];
    return account === undefined || id === undefined ? undefined : this.uriOf({ account, id });
  }
}

function keyOf({ account, id }: DraftName): string {
  return `mtls.draft:${account}/${id}`;
}
