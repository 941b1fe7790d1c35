import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { textOf } from "../../../src/core/facts.ts";
import { isOurs, read, reread } from "../../../src/core/read.ts";
import { type DocumentEvents, Documents, type Reader } from "../../../src/host/documents/documents.ts";
import { customOrigin, json, until, wholeConfig } from "../editor.ts";

/** A document whose text is counted each time somebody takes it; VS Code's own cannot be watched. */
class CountedDocument {
  readonly uri: vscode.Uri;
  readonly fileName: string;
  readonly isUntitled = false;
  readonly isDirty = false;
  readonly encoding = "utf8";
  readonly eol = vscode.EndOfLine.LF;
  readonly lineCount = 1;
  languageId = "json";
  isClosed = false;
  version = 1;
  taken = 0;
  text: string;

  constructor(name: string, text: string) {
    this.uri = vscode.Uri.file(`/counted/${name}`);
    this.fileName = this.uri.fsPath;
    this.text = text;
  }

  readonly getText = (): string => {
    this.taken += 1;
    return this.text;
  };

  readonly save = () => Promise.resolve(true);
  // What Documents has no business with.
  readonly lineAt = (): never => this.#refuse();
  readonly offsetAt = (): never => this.#refuse();
  readonly positionAt = (): never => this.#refuse();
  readonly getWordRangeAtPosition = (): never => this.#refuse();
  readonly validateRange = (): never => this.#refuse();
  readonly validatePosition = (): never => this.#refuse();

  #refuse(): never {
    throw new Error("Documents asks for the whole text, or for nothing");
  }
}

function setUp(...open: CountedDocument[]) {
  const emitters = {
    onDidOpenTextDocument: new vscode.EventEmitter<vscode.TextDocument>(),
    onDidChangeTextDocument: new vscode.EventEmitter<vscode.TextDocumentChangeEvent>(),
    onDidSaveTextDocument: new vscode.EventEmitter<vscode.TextDocument>(),
    onDidCloseTextDocument: new vscode.EventEmitter<vscode.TextDocument>(),
  };
  const events: DocumentEvents = {
    textDocuments: open,
    onDidOpenTextDocument: emitters.onDidOpenTextDocument.event,
    onDidChangeTextDocument: emitters.onDidChangeTextDocument.event,
    onDidSaveTextDocument: emitters.onDidSaveTextDocument.event,
    onDidCloseTextDocument: emitters.onDidCloseTextDocument.event,
  };
  const counts = { loads: 0, reads: 0, rereads: 0, checks: 0 };
  const faults: unknown[] = [];
  const reader: Reader = {
    read: (document, text) => {
      counts.reads += 1;
      return read({ text, syntax: "json", name: document.fileName });
    },
    reread: (facts, edits) => {
      counts.rereads += 1;
      return reread(facts, edits);
    },
    isOurs: (_, facts) => isOurs(facts),
    check: () => {
      counts.checks += 1;
      return [];
    },
  };
  let release: () => void = () => {};
  let gate = Promise.resolve();
  const documents = new Documents(
    async () => {
      counts.loads += 1;
      await gate;
      return reader;
    },
    (error) => faults.push(error),
  );
  const checked: string[] = [];
  documents.onDidCheck((document) => checked.push(document.uri.path));
  documents.start(events);
  return {
    documents,
    counts,
    checked,
    /** From now on the reader is not there until the function that is returned is called. */
    holdReader: () => {
      gate = new Promise((resolve) => (release = resolve));
      return () => release();
    },
    open: (document: CountedDocument) => emitters.onDidOpenTextDocument.fire(document),
    save: (document: CountedDocument) => emitters.onDidSaveTextDocument.fire(document),
    close: (document: CountedDocument) => {
      document.isClosed = true;
      emitters.onDidCloseTextDocument.fire(document);
    },
    type: (document: CountedDocument, at: number, text: string, replaced = 0) => {
      document.text = document.text.slice(0, at) + text + document.text.slice(at + replaced);
      document.version += 1;
      const range = new vscode.Range(0, 0, 0, 0);
      emitters.onDidChangeTextDocument.fire({
        document,
        contentChanges: [{ range, rangeOffset: at, rangeLength: replaced, text }],
        reason: undefined,
      });
    },
    /** Until every timer that runs now has run. */
    pass: async () => {
      await new Promise((resolve) => setTimeout(resolve, 320));
      assert.deepEqual(faults, []);
    },
    end: () => documents.dispose(),
  };
}

const large = (): string =>
  JSON.stringify(
    Array.from({ length: 70_000 }, (_, id) => ({
      id,
      name: `row ${id}`,
      tags: ["OriginX", "Original", "thing"],
      value: id * 1.5,
    })),
  );
const ours = json(wholeConfig());

describe("what following documents costs", () => {
  it("takes an unrelated text of 5 MB once when it is opened, once per save, and never while it is typed in", async () => {
    const document = new CountedDocument("large.json", large());
    assert.ok(document.text.length > 5_000_000);
    const { documents, counts, open, type, save, pass, end } = setUp();
    open(document);
    await pass();
    assert.equal(document.taken, 1);
    for (let index = 0; index < 50; index++) {
      type(document, 10 + index, index % 7 === 0 ? "\n" : "x");
      // As the light bulb, the code lenses and hovers ask all the time.
      assert.equal(await documents.current(document), undefined);
    }
    await pass();
    assert.equal(document.taken, 1);
    save(document);
    await pass();
    assert.equal(document.taken, 2);
    assert.deepEqual({ ...counts, loads: 0 }, { loads: 0, reads: 0, rereads: 0, checks: 0 });
    end();
  });

  it("does not load the reader for documents of others", async () => {
    const documents = [
      new CountedDocument("a.json", "{}"),
      new CountedDocument("b.json", '{"Origin": 1}'),
      new CountedDocument("c.json", large()),
    ];
    const { counts, type, save, pass, end } = setUp(...documents);
    for (const document of documents) {
      type(document, 1, " ");
      save(document);
    }
    await pass();
    assert.equal(counts.loads, 0);
    end();
  });

  it("takes the text of one of ours once, and reads edits alone from then on", async () => {
    const document = new CountedDocument("ours.json", ours);
    const { documents, counts, type, pass, end } = setUp(document);
    await until("checked", () => documents.last(document) !== undefined);
    assert.equal(document.taken, 1);
    type(document, ours.indexOf("test"), "x");
    type(document, ours.indexOf("test"), "y");
    const checked = await documents.current(document);
    assert.equal(checked === undefined ? undefined : textOf(checked.facts), document.text);
    assert.equal(checked?.version, document.version);
    await pass();
    assert.deepEqual([document.taken, counts.reads, counts.rereads, counts.checks], [1, 1, 1, 2]);
    end();
  });

  it("finds a large document that becomes ours by a paste of a telling word", async () => {
    const document = new CountedDocument("pasted.json", large());
    const { documents, type, pass, end } = setUp(document);
    await pass();
    type(document, 0, ours, document.text.length);
    await until("checked", () => documents.last(document) !== undefined);
    end();
  });

  it("forgets a document that closes while the reader loads", async () => {
    const document = new CountedDocument("closed.json", ours);
    const { documents, holdReader, checked, close, pass, end } = setUp(document);
    const release = holdReader();
    const current = documents.current(document);
    await pass();
    close(document);
    release();
    assert.equal(await current, undefined);
    await pass();
    assert.equal(documents.last(document), undefined);
    assert.deepEqual(checked, []);
    end();
  });

  it("reads what was typed while the reader loads", async () => {
    const document = new CountedDocument("typed.json", ours);
    const { documents, holdReader, type, pass, end } = setUp(document);
    const release = holdReader();
    await pass();
    type(document, ours.indexOf("test"), "typed ");
    release();
    await until("checked", () => documents.last(document) !== undefined);
    assert.equal(textOf(documents.last(document)?.facts ?? assert.fail()), document.text);
    end();
  });

  it("gives up a document whose language changes while the reader loads", async () => {
    const document = new CountedDocument("language.json", json({ Origins: { Items: [customOrigin()] } }));
    const { documents, holdReader, pass, end } = setUp(document);
    const release = holdReader();
    const current = documents.current(document);
    document.languageId = "plaintext";
    release();
    assert.equal(await current, undefined);
    await pass();
    assert.equal(documents.last(document), undefined);
    end();
  });
});
