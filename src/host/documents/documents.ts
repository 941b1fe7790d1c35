import * as vscode from "vscode";
import { type Facts, textOf } from "../../core/facts.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { hasTellingWord, holdsPem } from "../../core/telling.ts";
import type { TextEdit } from "../../core/text.ts";
import { configLanguages, languages, pemLanguages } from "../../manifest.ts";
import { purposes } from "../editor/settings.ts";

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

/** Reads and judges; loaded when the first document of ours turns up. */
export interface Reader {
  read(document: vscode.TextDocument, text: string): Facts;
  reread(facts: Facts, edits: readonly TextEdit[]): Facts;
  /** Whether there is anything in the document that is to be checked. */
  isOurs(document: vscode.TextDocument, facts: Facts): boolean;
  check(document: vscode.TextDocument, facts: Facts): readonly Problem[];
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

/** After the last keystroke, in milliseconds. */
const pause = 250;
/** Up to here a text is looked at again while it is typed, because it may become ours word by word. */
const smallLength = 100_000;
/** Beyond this many UTF-16 code units a text is left alone. */
const greatestLength = 20_000_000;

/** Follows the open documents and keeps what was read of those that are ours. */
export class Documents implements vscode.Disposable {
  readonly #states = new Map<string, Ours | Others>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #loadReader: () => Promise<Reader>;
  readonly #onFault: (error: unknown) => void;
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
    for (const timer of this.#timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** What is known of a document now, with every edit read; `undefined`: not ours. */
  async current(document: vscode.TextDocument): Promise<Checked | undefined> {
    if (!isFollowed(document)) return undefined;
    const reader = await this.#loadReader();
    // It may have been closed meanwhile, or have become a document of another language.
    if (!isFollowed(document)) return undefined;
    // Not ours, and nothing was typed that could change that: asked at every keystroke, so answered without reading.
    if (this.#states.get(key(document))?.kind === "others" && !this.#timers.has(key(document))) return undefined;
    this.#forgetTimer(document);
    return this.#bringUpToDate(document, reader);
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
    if (state?.kind === "ours") {
      const sameForm = document.eol === state.eol && document.encoding === state.encoding;
      if (contentChanges.length === 0 && sameForm) return;
      const follows = sameForm && document.version === state.version + 1;
      state.version = document.version;
      state.eol = document.eol;
      state.encoding = document.encoding;
      if (!follows) state.pending = undefined;
      for (const { rangeOffset, rangeLength, text } of contentChanges)
        state.pending?.push({ span: { start: rangeOffset, end: rangeOffset + rangeLength }, text });
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
    if (this.#states.delete(key(document))) this.#changed.fire(document);
  }

  #later(document: vscode.TextDocument, milliseconds: number): void {
    this.#forgetTimer(document);
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
    if (isFollowed(document)) this.#bringUpToDate(document, reader, document.version === version ? text : undefined);
  }

  /** @param known the document's text, where the caller has it already */
  #bringUpToDate(document: vscode.TextDocument, reader: Reader, known?: string): Checked | undefined {
    const state = this.#states.get(key(document));
    if (state?.kind === "ours") {
      if (state.checked !== undefined && state.pending?.length === 0) return state.checked;
      state.facts =
        state.pending === undefined
          ? reader.read(document, document.getText())
          : reader.reread(state.facts, state.pending);
      state.pending = [];
      return this.#judge(document, reader, state);
    }
    const text = known ?? document.getText();
    const facts = mayBeOurs(document, text) ? reader.read(document, text) : undefined;
    if (facts === undefined || !reader.isOurs(document, facts)) {
      this.#states.set(key(document), { kind: "others", length: text.length });
      return undefined;
    }
    const fresh: Ours = {
      kind: "ours",
      facts,
      checked: undefined,
      pending: [],
      version: document.version,
      eol: document.eol,
      encoding: document.encoding,
    };
    this.#states.set(key(document), fresh);
    return this.#judge(document, reader, fresh);
  }

  #judge(document: vscode.TextDocument, reader: Reader, state: Ours): Checked | undefined {
    const isStillOurs = reader.isOurs(document, state.facts);
    if (!isStillOurs) this.#states.set(key(document), { kind: "others", length: textOf(state.facts).length });
    else
      state.checked = {
        document,
        version: document.version,
        facts: state.facts,
        problems: reader.check(document, state.facts),
      };
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
  return document.languageId !== "plaintext" || /^\ufeff?[^\w\s]+ ?(?:BEGIN|END) /im.test(text);
}

function mayHold({ languageId }: vscode.TextDocument, text: string): boolean {
  return (configLanguages as readonly string[]).includes(languageId) ? hasTellingWord(text) : holdsPem(text);
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
