import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { textOf } from "../../../src/core/facts.ts";
import { isOurs, readInSteps, reread } from "../../../src/core/read.ts";
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
  /** Of a check, each longer than a turn takes. */
  const steps = { needed: 0, taken: 0 };
  const faults: unknown[] = [];
  const reader: Reader = {
    read: (document, text) => {
      counts.reads += 1;
      return readInSteps({ text, syntax: "json", name: document.fileName });
    },
    reread: (facts, edits) => {
      counts.rereads += 1;
      return reread(facts, edits);
    },
    isOurs: (_, facts) => isOurs(facts),
    *check() {
      counts.checks += 1;
      for (let step = 0; step < steps.needed; step++) {
        const start = performance.now();
        while (performance.now() - start < 10);
        steps.taken += 1;
        yield;
      }
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
    steps,
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

describe("a large document", () => {
  const large = `${ours.slice(0, -1)}${" ".repeat(250_000)}}`;
  /** A turn of others, until something holds. */
  const turnsUntil = async (holds: () => boolean): Promise<number> => {
    for (let turns = 0; ; turns++) {
      if (holds()) return turns;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it("is checked in turns with other work, once for all who ask", async () => {
    const document = new CountedDocument("large.json", large);
    const { documents, counts, steps, checked, pass, end } = setUp(document);
    steps.needed = 20;
    const asked = [documents.current(document), documents.current(document)];
    assert.ok((await turnsUntil(() => checked.length > 0)) >= steps.needed);
    const [one, other] = await Promise.all(asked);
    assert.ok(one !== undefined && one === other);
    assert.equal(await documents.current(document), one);
    await pass();
    assert.deepEqual({ ...counts, ...steps }, { loads: 3, reads: 1, rereads: 0, checks: 1, needed: 20, taken: 20 });
    end();
  });

  it("is left as soon as it changes, and read as it is then", async () => {
    const document = new CountedDocument("large.json", large);
    const { documents, counts, steps, type, checked, pass, end } = setUp(document);
    steps.needed = 20;
    const asked = documents.current(document);
    await turnsUntil(() => steps.taken === 3);
    // Among the blanks, so that what is read before and after is the same but for the text.
    type(document, large.length - 5, "\n");
    assert.deepEqual([counts.checks, checked.length, steps.taken], [1, 0, 3]);
    assert.equal(documents.last(document), undefined);
    const found = await asked;
    assert.deepEqual([steps.taken, checked.length], [23, 1], "the rest of the first check was done as well");
    assert.ok(found?.version === document.version && textOf(found.facts) === document.text);
    await pass();
    end();
  });

  it("is left as soon as it closes, or nobody follows documents any more", async () => {
    for (const stops of ["close", "end"] as const) {
      const document = new CountedDocument("large.json", large);
      const following = setUp(document);
      following.steps.needed = 20;
      const asked = following.documents.current(document);
      await turnsUntil(() => following.steps.taken === 3);
      following[stops](document);
      assert.equal(await asked, undefined);
      await following.pass();
      assert.equal(following.steps.taken, 3);
      following.end();
    }
  });
});

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
