import * as vscode from "vscode";
import type { Facts } from "../../core/facts.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { finish, type Steps } from "../../core/steps.ts";
import { hasTellingWord, holdsPem, holdsResource } from "../../core/telling.ts";
import type { TextEdit } from "../../core/text.ts";
import { configLanguages, languages, pemLanguages } from "../../manifest.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { purposes } from "../editor/settings.ts";
import { textInSteps } from "../editor/text.ts";

/**
 * A document of ours as it was read and judged at one version. The next edit takes `facts` over, so callers that
 * await something must ask again afterwards.
 */
export interface Checked {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly facts: Facts;
  readonly problems: readonly Problem[];
}

/**
 * Reads and judges; loaded when the first document of ours turns up. Of a large document in steps, with other work
 * between them.
 */
export interface Reader {
  /** To be awaited before a document of its language is read, until it is `undefined`. */
  whenReadable?(document: vscode.TextDocument): Promise<unknown> | undefined;
  /** @param since what was read of it before */
  read(document: vscode.TextDocument, text: string, since?: Facts): Steps<Facts>;
  reread(facts: Facts, edits: readonly TextEdit[]): Facts;
  /** Whether there is anything in the document that is to be checked. */
  isOurs(document: vscode.TextDocument, facts: Facts): boolean;
  check(document: vscode.TextDocument, facts: Facts): Steps<readonly Problem[]>;
}

/** Where documents come from. */
export type DocumentEvents = Pick<
  typeof vscode.workspace,
  | "textDocuments"
  | "onDidOpenTextDocument"
  | "onDidChangeTextDocument"
  | "onDidSaveTextDocument"
  | "onDidCloseTextDocument"
>;

interface Ours {
  readonly kind: "ours";
  facts: Facts;
  checked: Checked | undefined;
  /** In UTF-16 code units. */
  length: number;
  /** Edits not read yet; `undefined` where only the whole text helps. */
  pending: TextEdit[] | undefined;
  version: number;
  eol: vscode.EndOfLine;
  encoding: string;
}

/** A document that is not ours, remembered so that typing in it costs nothing. */
interface Others {
  readonly kind: "others";
  /** In UTF-16 code units. */
  length: number;
}

/** A large document is being read or judged; `stop` is aborted when what it would find does not count any more. */
interface Run {
  readonly stop: AbortController;
  readonly done: Promise<Checked | undefined>;
}

/** After the last keystroke, in milliseconds. */
const pause = 250;
/** Up to here a text is looked at again while it is typed, because it may become ours word by word. */
const smallLength = 100_000;
/** Beyond this many UTF-16 code units other work has its turn while a text is read and judged. */
const largeLength = 200_000;
/** Beyond this many lines, to put a text together takes long by itself. */
const manyLines = 20_000;
/** Beyond this many UTF-16 code units a text is left alone. */
const greatestLength = 20_000_000;

/** Follows the open documents and keeps what was read of those that are ours. */
export class Documents implements vscode.Disposable {
  readonly #states = new Map<string, Ours | Others>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #runs = new Map<string, Run>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #loadReader: () => Promise<Reader>;
  readonly #onFault: (error: unknown) => void;
  #isDisposed = false;
  #workspace: DocumentEvents = vscode.workspace;
  /** Fires after a document was judged anew, turned out not to be ours any more, or was closed. */
  readonly onDidCheck = this.#changed.event;

  constructor(loadReader: () => Promise<Reader>, onFault: (error: unknown) => void) {
    this.#loadReader = loadReader;
    this.#onFault = onFault;
  }

  start(workspace: DocumentEvents = vscode.workspace): void {
    this.#workspace = workspace;
    this.#subscriptions.push(
      workspace.onDidOpenTextDocument((document) => this.#look(document)),
      workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      workspace.onDidSaveTextDocument((document) => this.#saved(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
    );
    for (const document of workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const { stop } of this.#runs.values()) stop.abort();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** What is known of a document now, with every edit read; `undefined`: not ours. */
  async current(document: vscode.TextDocument): Promise<Checked | undefined> {
    if (!isFollowed(document)) return undefined;
    const reader = await this.#loadReader();
    // It may have been closed meanwhile, or have become a document of another language.
    while (isFollowed(document) && !this.#isDisposed) {
      // Not ours, and nothing was typed that could change that: asked at every keystroke, so answered without reading.
      const isOthers = this.#states.get(key(document))?.kind === "others";
      if (isOthers && !this.#timers.has(key(document)) && !this.#runs.has(key(document))) return undefined;
      const loading = reader.whenReadable?.(document);
      if (loading !== undefined) {
        await loading;
        continue;
      }
      this.#forgetTimer(document);
      const run = this.#run(document, reader);
      const checked = await run.done;
      if (!run.stop.signal.aborted) return checked;
    }
    return undefined;
  }

  /** What was last judged, without reading anything: for what is asked often. */
  last(document: vscode.TextDocument): Checked | undefined {
    const state = this.#states.get(key(document));
    return state?.kind === "ours" ? state.checked : undefined;
  }

  /** Judges everything open again: the settings changed. */
  recheck(): void {
    for (const document of this.#workspace.textDocuments) this.recheckOne(document);
  }

  /** Judges a document again that did not change: more is known now. */
  recheckOne(document: vscode.TextDocument): void {
    const state = this.#states.get(key(document));
    // What it is for may be set by now.
    if (state?.kind === "others" && (pemLanguages as readonly string[]).includes(document.languageId))
      this.#look(document);
    if (state?.kind !== "ours") return;
    state.checked = undefined;
    if (!this.#timers.has(key(document))) this.#later(document, 0);
  }

  #look(document: vscode.TextDocument): void {
    if (isFollowed(document)) this.#later(document, 0);
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const state = this.#states.get(key(document));
    if (!isFollowed(document)) return;
    if (this.#runs.has(key(document))) this.#later(document, pause);
    if (state?.kind === "ours") {
      const sameForm = document.eol === state.eol && document.encoding === state.encoding;
      if (contentChanges.length === 0 && sameForm) return;
      const follows = sameForm && document.version === state.version + 1;
      state.version = document.version;
      state.eol = document.eol;
      state.encoding = document.encoding;
      if (!follows) state.pending = undefined;
      for (const { rangeOffset, rangeLength, text } of contentChanges) {
        state.length += text.length - rangeLength;
        // What is as large as a large document is read like one.
        if (text.length > largeLength) state.pending = undefined;
        state.pending?.push({ span: { start: rangeOffset, end: rangeOffset + rangeLength }, text });
      }
      this.#later(document, pause);
    } else if (state?.kind === "others") {
      for (const { rangeLength, text } of contentChanges) state.length += text.length - rangeLength;
      if (state.length <= smallLength || contentChanges.some(({ text }) => mayHold(document, text)))
        this.#later(document, pause);
    }
  }

  #saved(document: vscode.TextDocument): void {
    const state = this.#states.get(key(document));
    if (state?.kind !== "ours") this.#look(document);
    else {
      // Saving may change what no edit tells: the encoding, and the language.
      state.pending = undefined;
      this.#later(document, 0);
    }
  }

  #closed(document: vscode.TextDocument): void {
    this.#forgetTimer(document);
    this.#runs.get(key(document))?.stop.abort();
    if (this.#states.delete(key(document))) this.#changed.fire(document);
  }

  #later(document: vscode.TextDocument, milliseconds: number): void {
    this.#forgetTimer(document);
    this.#runs.get(key(document))?.stop.abort();
    const run = () => {
      this.#timers.delete(key(document));
      this.#update(document).catch(this.#onFault);
    };
    this.#timers.set(key(document), setTimeout(run, milliseconds));
  }

  #forgetTimer(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(key(document)));
    this.#timers.delete(key(document));
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    if (!isFollowed(document)) return;
    const { version } = document;
    let text: string | undefined;
    if (this.#states.get(key(document))?.kind !== "ours") {
      text = document.getText();
      if (!mayBeOurs(document, text)) {
        this.#states.set(key(document), { kind: "others", length: text.length });
        return;
      }
    }
    const reader = await this.#loadReader();
    while (reader.whenReadable?.(document) !== undefined) await reader.whenReadable(document);
    if (!isFollowed(document)) return;
    await this.#run(document, reader, document.version === version ? text : undefined).done;
  }

  /**
   * A small document at once: when this returns, it is done. A large one in slices, once for all who ask for it.
   * @param known the document's text, where the caller has it already
   */
  #run(document: vscode.TextDocument, reader: Reader, known?: string): Run {
    const running = this.#runs.get(key(document));
    if (running !== undefined && !running.stop.signal.aborted) return running;
    const stop = new AbortController();
    const state = this.#states.get(key(document));
    const ours = state?.kind === "ours" ? state : undefined;
    if (ours?.checked !== undefined && ours.pending?.length === 0) return { stop, done: Promise.resolve(ours.checked) };
    const text = known ?? (ours === undefined && document.lineCount <= manyLines ? document.getText() : undefined);
    const isSmall = (ours?.length ?? text?.length ?? Number.POSITIVE_INFINITY) <= largeLength;
    const steps = this.#bringUpToDate(document, reader, text);
    if (isSmall) return { stop, done: Promise.resolve(finish(steps)) };
    const done = inSlices(() => steps.next(), { signal: stop.signal }).finally(() => {
      if (this.#runs.get(key(document)) === run) this.#runs.delete(key(document));
    });
    const run: Run = { stop, done };
    this.#runs.set(key(document), run);
    return run;
  }

  /** Dropped between two steps where anything changes meanwhile: what it would still do does not count then. */
  *#bringUpToDate(document: vscode.TextDocument, reader: Reader, known?: string): Steps<Checked | undefined> {
    const state = this.#states.get(key(document));
    if (state?.kind === "ours") {
      if (state.pending === undefined) {
        const text = yield* textInSteps(document);
        state.facts = yield* reader.read(document, text, state.facts);
        state.length = text.length;
      } else if (state.pending.length > 0) state.facts = reader.reread(state.facts, state.pending);
      state.pending = [];
      state.checked = undefined;
      return yield* this.#judge(document, reader, state);
    }
    const text = known ?? (yield* textInSteps(document));
    const facts = mayBeOurs(document, text) ? yield* reader.read(document, text) : undefined;
    if (facts === undefined || !reader.isOurs(document, facts)) {
      this.#states.set(key(document), { kind: "others", length: text.length });
      return undefined;
    }
    const fresh: Ours = {
      kind: "ours",
      facts,
      checked: undefined,
      length: text.length,
      pending: [],
      version: document.version,
      eol: document.eol,
      encoding: document.encoding,
    };
    this.#states.set(key(document), fresh);
    return yield* this.#judge(document, reader, fresh);
  }

  *#judge(document: vscode.TextDocument, reader: Reader, state: Ours): Steps<Checked | undefined> {
    const isStillOurs = reader.isOurs(document, state.facts);
    if (!isStillOurs) this.#states.set(key(document), { kind: "others", length: state.length });
    else {
      const { facts } = state;
      const problems = yield* reader.check(document, facts);
      state.checked = { document, version: document.version, facts, problems };
    }
    this.#changed.fire(document);
    return isStillOurs ? state.checked : undefined;
  }
}

export function mayBeOurs(document: vscode.TextDocument, text: string): boolean {
  if (text.length > greatestLength) return false;
  // What is called PEM may have no block at all, and should have some; so may what the settings name.
  if (document.languageId === "pem") return true;
  if (document.languageId === "plaintext" && text.length <= smallLength && purposes(document.uri).length > 0)
    return true;
  if (!mayHold(document, text)) return false;
  // Where every block is indented, it is part of something else: a template, a log, a document about PEM.
  return document.languageId !== "plaintext" || /^\ufeff?[^\w\s]{1,64} ?(?:BEGIN|END) /im.test(text);
}

function mayHold({ languageId }: vscode.TextDocument, text: string): boolean {
  if (!(configLanguages as readonly string[]).includes(languageId)) return holdsPem(text);
  // YAML is read for the sake of templates.
  return holdsResource(text) || (languageId.startsWith("json") && hasTellingWord(text));
}

function key(document: vscode.TextDocument): string {
  return document.uri.toString();
}

/** Not the old side of a comparison, nor a preview: what cannot be written cannot be fixed. */
export function isFollowed({ isClosed, languageId, uri: { scheme } }: vscode.TextDocument): boolean {
  return (
    !isClosed &&
    (languages as readonly string[]).includes(languageId) &&
    (scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(scheme) === true)
  );
}
