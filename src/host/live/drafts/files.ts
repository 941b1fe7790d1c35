import * as vscode from "vscode";
import type { TextEdit } from "../../../core/text.ts";
import { draftScheme } from "../../../manifest.ts";
import { openDocument } from "../../editor/open-document.ts";
import { type Draft, type DraftName, type DraftOrigin, draftIn, isSameText, originOf, pathsIn } from "./draft.ts";
import { DraftSecrets } from "./secrets.ts";

/**
 * Drafts as files that the editor can open and save. Saving keeps them on this machine, and nothing is sent anywhere. A
 * config holds shared secrets in the values of custom headers, so drafts are where the editor keeps secrets, and not on
 * disk. What an editor holds without having saved it is on disk, therefore their texts have placeholders.
 * All windows share them. A text is only as good as the base that it is compared with, so each window remembers what
 * the texts in its editors began with, and saves them with that, whatever another window made of the draft, or that it
 * discarded it.
 */
export class DraftFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #secrets: DraftSecrets;
  readonly #scheme: string;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Drafts whose text an editor is about to show. */
  readonly #expected = new Map<string, Draft>();
  /** Of the documents that are open here. */
  readonly #origins = new Map<string, DraftOrigin>();
  /** What is kept is changed one after the other: each change reads what the one before wrote. */
  #last: Promise<unknown> = Promise.resolve();
  /** Of the drafts that were read. */
  readonly #served = new Map<string, ReadonlySet<string>>();
  readonly onDidChangeFile = this.#changed.event;

  /** @param scheme a test has one of its own */
  constructor(secrets: vscode.SecretStorage, scheme: string = draftScheme) {
    this.#secrets = new DraftSecrets(secrets);
    this.#scheme = scheme;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerFileSystemProvider(scheme, this, { isCaseSensitive: true }),
      // Another window may have saved it.
      secrets.onDidChange(({ key }) => {
        const uri = this.#uriOfKey(key);
        if (uri !== undefined) this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => this.#meet(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#recognise(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // Another language closes a document, and opens it.
        if (openDocument(uri) === undefined) this.#forgetDocument(uri);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#meet(document);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  // --- drafts

  uriOf({ account, id }: DraftName): vscode.Uri {
    return vscode.Uri.from({ scheme: this.#scheme, path: pathOf({ account, id }) });
  }

  /** `undefined`: not a draft's. */
  draftNameOf(uri: vscode.Uri): DraftName | undefined {
    const [, account, id] =
      (uri.scheme === this.#scheme ? /^\/(\d{1,20})\/([A-Z0-9]{1,64})\/\2\.json$/.exec(uri.path) : null) ?? [];
    return account === undefined || id === undefined ? undefined : { account, id };
  }

  /** What is damaged is none: nothing of it is known, and saving takes its place. */
  async get(name: DraftName): Promise<Draft | undefined> {
    const draft = await this.read(name);
    return draft === "damaged" ? undefined : draft;
  }

  /** As every method that asks for drafts, it throws `Unavailable` while they cannot be had. */
  async read(name: DraftName): Promise<Draft | "damaged" | undefined> {
    const stored = await this.#secrets.get(keyOf(name));
    if (stored === undefined) return undefined;
    const kept = draftIn(stored);
    if (kept === undefined) return "damaged";
    const draft = "values" in kept ? kept : (await import("./values.ts")).masked(name, kept, {});
    this.#served.set(this.uriOf(name).toString(), new Set(draft.served));
    return draft;
  }

  /** Why there is no draft that could be saved or applied. */
  async whyNone(name: DraftName | undefined): Promise<string> {
    if (name !== undefined && (await this.read(name)) === "damaged") return damagedText(name);
    return vscode.l10n.t(
      "This draft was discarded. To start a new draft, open the configuration of the distribution again.",
    );
  }

  put(name: DraftName, draft: Draft): Promise<void> {
    return this.#inTurn(() => this.#put(name, draft));
  }

  async #put(name: DraftName, draft: Draft): Promise<void> {
    this.#served.set(this.uriOf(name).toString(), new Set(draft.served));
    this.expect(name, draft);
    const isExplained = draft.isExplained === true || (await this.get(name))?.isExplained === true;
    await this.#store(name, isExplained ? { ...draft, isExplained } : draft);
    await this.#list((names) => (names.includes(pathOf(name)) ? names : [...names, pathOf(name)]));
  }

  /** @returns whether it was not explained before that a draft is not live */
  markExplained(name: DraftName): Promise<boolean> {
    return this.#inTurn(async () => {
      const draft = await this.get(name);
      if (draft === undefined || draft.isExplained === true) return false;
      await this.#store(name, { ...draft, isExplained: true });
      return true;
    });
  }

  /** An editor that comes to say this text has it from this draft. */
  expect(name: DraftName, draft: Draft): void {
    const uri = this.uriOf(name);
    this.#expected.set(uri.toString(), draft);
    const document = openDocument(uri);
    if (document !== undefined) this.#recognise(document);
  }

  /** The draft as this window has it in an editor: with what its text began with here. */
  async inEditor(document: vscode.TextDocument): Promise<Draft | undefined> {
    const name = this.draftNameOf(document.uri);
    const kept = name === undefined ? undefined : await this.get(name);
    const origin = this.#origins.get(document.uri.toString()) ?? kept;
    return origin === undefined
      ? undefined
      : { ...originOf(origin), text: document.getText(), savedAt: kept?.savedAt ?? Date.now() };
  }

  /**
   * Keeps the header values that were typed into a document.
   * @returns what puts placeholders in their place
   */
  keepTyped(document: vscode.TextDocument): Promise<readonly TextEdit[]> {
    return this.#inTurn(() => this.#keepTyped(document));
  }

  async #keepTyped(document: vscode.TextDocument): Promise<readonly TextEdit[]> {
    const name = this.draftNameOf(document.uri);
    const text = document.getText();
    const kept = name === undefined ? undefined : await this.get(name);
    const origin = this.#origins.get(document.uri.toString()) ?? kept;
    if (name === undefined || origin === undefined) return [];
    const { edits, values } = await masksOf(name, text, origin, kept);
    if (edits.length === 0) return edits;
    this.#origins.set(document.uri.toString(), { ...originOf(origin), values });
    // Before the text has them: a placeholder in the editor's backup must mean something to the next window.
    if (kept !== undefined) await this.#store(name, { ...kept, values: { ...values, ...kept.values } });
    return edits;
  }

  /** All that are listed, of every account. */
  async names(): Promise<readonly DraftName[]> {
    return (await this.#listed()).paths.flatMap(
      (path) => this.draftNameOf(vscode.Uri.from({ scheme: this.#scheme, path })) ?? [],
    );
  }

  /** @returns whether the list was damaged: a draft that it does not name any more is found by its distribution */
  mendList(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { paths, isDamaged } = await this.#listed();
      if (isDamaged) await this.#storeList(paths);
      return isDamaged;
    });
  }

  discard(name: DraftName): Promise<void> {
    return this.#inTurn(async () => {
      this.#served.delete(this.uriOf(name).toString());
      this.#forgetDocument(this.uriOf(name));
      await this.#secrets.delete(keyOf(name));
      await this.#list((names) => names.filter((path) => path !== pathOf(name)));
    });
  }

  /** For judging: no problem is reported for what the service sent. */
  servedIn(uri: vscode.Uri): ReadonlySet<string> | undefined {
    return this.#served.get(uri.toString());
  }

  // --- as files

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const name = this.draftNameOf(uri);
    if (name === undefined) {
      if (!/^\/(\d{1,20}(\/[A-Z0-9]{1,64})?)?\/?$/.test(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const { text, savedAt } = await this.#draftAt(uri, name);
    return { type: vscode.FileType.File, ctime: 0, mtime: savedAt, size: new TextEncoder().encode(text).length };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const name = this.draftNameOf(uri);
    const draft = await this.#draftAt(uri, name);
    if (name !== undefined) this.expect(name, draft);
    return new TextEncoder().encode(draft.text);
  }

  /** A draft begins with what CloudFront has: no other file becomes one. */
  writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    return this.#inTurn(() => this.#save(uri, new TextDecoder().decode(content)));
  }

  async #save(uri: vscode.Uri, text: string): Promise<void> {
    const name = this.draftNameOf(uri);
    const kept = name === undefined ? undefined : await this.get(name);
    const origin = this.#origins.get(uri.toString()) ?? kept;
    if (name === undefined || origin === undefined)
      throw vscode.FileSystemError.NoPermissions(await this.whyNone(name));
    const { edits, values } = await masksOf(name, text, origin, kept);
    const { applyEdits } = await import("../../../core/text.ts");
    await this.#put(name, { ...originOf(origin), values, text: applyEdits(text, edits), savedAt: Date.now() });
  }

  async delete(uri: vscode.Uri): Promise<void> {
    const name = this.draftNameOf(uri);
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

  async #store(name: DraftName, draft: Draft): Promise<void> {
    await this.#secrets.store(keyOf(name), JSON.stringify(draft));
  }

  async #draftAt(uri: vscode.Uri, name: DraftName | undefined): Promise<Draft> {
    const draft = name === undefined ? undefined : await this.read(name);
    if (name === undefined || draft === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    if (draft === "damaged") throw vscode.FileSystemError.Unavailable(damagedText(name));
    return draft;
  }

  // --- documents

  /** One that comes back with changes of its own says what no draft does: it goes on from what there is. */
  #meet(document: vscode.TextDocument): void {
    const name = this.draftNameOf(document.uri);
    if (name === undefined) return;
    this.#recognise(document);
    const key = document.uri.toString();
    if (this.#origins.has(key)) return;
    this.get(name).then(
      (draft) => {
        if (draft !== undefined && !this.#origins.has(key) && openDocument(document.uri) !== undefined)
          this.#origins.set(key, originOf(draft));
      },
      // Applying or saving reads it again, and reports the failure.
      () => undefined,
    );
  }

  /** By the text: it says when a document has become what was read, while the user may be typing. */
  #recognise(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const draft = this.#expected.get(key);
    if (draft === undefined || !isSameText(document.getText(), draft.text)) return;
    this.#expected.delete(key);
    this.#origins.set(key, originOf(draft));
  }

  #forgetDocument(uri: vscode.Uri): void {
    this.#expected.delete(uri.toString());
    this.#origins.delete(uri.toString());
  }

  // --- which there are

  async #listed(): Promise<ReturnType<typeof pathsIn>> {
    return pathsIn((await this.#secrets.get(listKey)) ?? "[]");
  }

  async #list(change: (names: readonly string[]) => readonly string[]): Promise<void> {
    const { paths } = await this.#listed();
    const after = change(paths);
    if (after.length !== paths.length) await this.#storeList(after);
  }

  async #storeList(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) await this.#secrets.delete(listKey);
    else await this.#secrets.store(listKey, JSON.stringify(paths));
  }

  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(change);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #uriOfKey(key: string): vscode.Uri | undefined {
    const [, account, id] = /^mtls\.draft:(\d+)\/([A-Z0-9]+)$/.exec(key) ?? [];
    return account === undefined || id === undefined ? undefined : this.uriOf({ account, id });
  }
}

function damagedText({ id }: DraftName): string {
  return vscode.l10n.t(
    "The saved draft of {0} is damaged and cannot be read. To start over, open the configuration of the distribution again.",
    id,
  );
}

/** Another window may have given placeholders since: none of them gets a second meaning. */
async function masksOf(name: DraftName, text: string, origin: DraftOrigin, kept: Draft | undefined) {
  const { maskTyped } = await import("./values.ts");
  return maskTyped(text, name, { ...kept?.values, ...origin.values });
}

/** Nothing can list what the editor keeps as secrets. */
const listKey = "mtls.drafts";

function pathOf({ account, id }: DraftName): string {
  return `/${account}/${id}/${id}.json`;
}

function keyOf({ account, id }: DraftName): string {
  return `mtls.draft:${account}/${id}`;
}
