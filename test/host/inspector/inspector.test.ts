import * as assert from "node:assert/strict";
import { unlinkSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import * as vscode from "vscode";
import { type Blocks, type Content, contentOfBytes, contentOfText } from "../../../src/core/messages/content.ts";
import { inspectionOf, textOfBlocks } from "../../../src/core/messages/inspected-content.ts";
import type { Inspection } from "../../../src/core/messages/inspection/inspection.ts";
import { finish } from "../../../src/core/steps.ts";
import { noVerdicts } from "../../../src/core/x509/path/verdicts.ts";
import {
  type ContentSource,
  contentOf,
  fileSource,
  textSource,
} from "../../../src/host/certificates/content-source.ts";
import type { Side } from "../../../src/host/certificates/side-pick.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { Signatures } from "../../../src/host/documents/signatures.ts";
import type { Log } from "../../../src/host/editor/log.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { comparedTexts } from "../../../src/host/inspector/compare.ts";
import { createInspector } from "../../../src/host/inspector/inspector.ts";
import { InspectorView, type ViewTools } from "../../../src/host/inspector/view.ts";
import { sha256 } from "../../../src/platform/node/crypto.ts";
import { isToPage, type ToHost, type ToPage } from "../../../src/webview/protocol.ts";
import { integer, octets, oid, pem, sequence } from "../../core/x509/der-writer.ts";
import { pkcs7 } from "../../core/x509/pki.ts";
import { holds } from "../../randomly.ts";
import { bytesOf, cleanUp, configure, open, replace, run, show, until, write } from "../editor.ts";
import { authority, client, csr, fakeKey, forged, inDays } from "../pem-files.ts";

const root = authority("CN=Root CA,O=Example");
const leaf = client("CN=leaf.example.com", { issuer: root, notAfter: inDays(400) });
const other = client("CN=other.example.com", { issuer: root });
const chain = leaf.pem + root.pem;
/** Nobody's, as bytes: what is in it says so. */
const keyBody = "Tk9UIEEgS0VZ";
const derKey = sequence(
  integer(0),
  sequence(oid("1.2.840.10045.2.1")),
  octets(
    new TextEncoder().encode(
      "NOT A KEY, only as long as one would be, so that the length of what is around it has two bytes, as that of every key of RSA has it.",
    ),
  ),
);
const pfx = sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), octets(new Uint8Array(300))));

function titles({ cards }: Inspection): string[] {
  return cards.map(({ title }) => title);
}

function inspected(content: Content): Inspection {
  const judgement = { problems: [], verdicts: noVerdicts, now: new Date(), soon: 30, sha256 };
  const inspection = finish(inspectionOf("file", content, judgement));
  assert.ok(
    isToPage(JSON.parse(JSON.stringify({ kind: "show", inspection } satisfies Pick<ToPage, "kind" | "inspection">))),
    "the page takes it",
  );
  return inspection;
}

function blocks(content: Content): Blocks {
  assert.equal(content.kind, "blocks");
  return content as Blocks;
}

const json = (text: string) => JSON.stringify({ first: text, more: [1, 2] }, undefined, 2);

describe("what a file holds", () => {
  const files: Readonly<Record<string, { readonly bytes: Uint8Array; readonly titles: readonly string[] }>> = {
    PEM: { bytes: Buffer.from(chain), titles: ["leaf.example.com", "Root CA"] },
    "PEM as UTF-16 with a byte order mark": {
      bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(chain, "utf16le")]),
      titles: ["leaf.example.com", "Root CA"],
    },
    "PEM as bare UTF-16": { bytes: Buffer.from(chain, "utf16le"), titles: ["leaf.example.com", "Root CA"] },
    "a certificate as DER": { bytes: leaf.der, titles: ["leaf.example.com"] },
    "a request as DER": { bytes: Buffer.from(csr.replaceAll(/-----.*/g, ""), "base64"), titles: ["wanted.example"] },
    "PKCS#7 as DER": { bytes: pkcs7([leaf.der, root.der]), titles: ["leaf.example.com", "Root CA"] },
    "PKCS#7 with indefinite lengths": { bytes: pkcs7([root.der], { indefinite: true }), titles: ["Root CA"] },
    "PKCS#7 as PEM": {
      bytes: Buffer.from(pem(pkcs7([leaf.der, root.der]), "PKCS7")),
      titles: ["leaf.example.com", "Root CA"],
    },
    "base64 without boundaries": {
      bytes: Buffer.from(Buffer.from(leaf.der).toString("base64")),
      titles: ["leaf.example.com"],
    },
    "strings of JSON": { bytes: Buffer.from(json(chain)), titles: ["leaf.example.com", "Root CA"] },
    "a damaged neighbour": {
      bytes: Buffer.from(leaf.pem.replace(/\n.{20}/, "\n!!!!") + root.pem),
      titles: ["Unreadable certificate", "Root CA"],
    },
  };
  for (const [what, { bytes, titles: expected }] of Object.entries(files)) {
    it(`is told by its content: ${what}`, () =>
      assert.deepEqual(titles(inspected(contentOfBytes("file", bytes))), expected));
  }

  const notes: Readonly<Record<string, { readonly bytes: Uint8Array; readonly says: RegExp }>> = {
    nothing: { bytes: new Uint8Array(), says: /“file” is empty/ },
    garbage: { bytes: Uint8Array.from({ length: 999 }, (_, at) => (at * 151) & 255), says: /contains no certificate/ },
    "other text": { bytes: Buffer.from("to whom it may concern"), says: /contains no certificate/ },
    "a PKCS#12 file": { bytes: pfx, says: /is a PKCS#12 file/ },
    "a private key as DER": { bytes: derKey, says: /is a private key.*never read/ },
    "a private key of OpenSSL's EC as DER": {
      bytes: sequence(integer(1), octets(new Uint8Array(140))),
      says: /is a private key/,
    },
    "a private key of PKCS#1 as DER": {
      bytes: sequence(integer(0), octets(new Uint8Array(140)).with(0, 2)),
      says: /is a private key/,
    },
    "a private key behind a password as DER": {
      bytes: sequence(sequence(oid("1.2.840.113549.1.5.13"), octets(new Uint8Array(70))), octets(new Uint8Array(140))),
      says: /is a private key/,
    },
  };
  for (const [what, { bytes, says }] of Object.entries(notes)) {
    it(`is said where it cannot be shown: ${what}`, () => {
      const { note, cards } = inspected(contentOfBytes("file", bytes));
      assert.match(note?.text ?? "", says);
      assert.deepEqual(cards, []);
    });
  }

  it("comes with the command that takes the certificates out of a PKCS#12 file", () => {
    const content = contentOfBytes("my store.pfx", pfx);
    assert.match(content.note?.steps.join() ?? "", /^openssl pkcs12 -in "my store\.pfx" -nokeys -out "my store\.pem"$/);
  });

  it("names the lines of the text the blocks were found in", () => {
    const text = json(chain);
    const content = contentOfText("values.json", text);
    assert.deepEqual(
      inspected(content).cards.map(({ line }) => line),
      [1, 1],
    );
    const places = blocks(content).places;
    assert.ok(typeof places === "object");
    assert.equal(places.length, 2);
    for (const { start, end } of places)
      assert.match(text.slice(start, end), /^-----BEGIN CERTIFICATE-----\\n[^-]+-----END CERTIFICATE-----$/);
  });

  it("is what values of headers, logs and tokens carry, in the lines they stand in", () => {
    const bases = [leaf, root].map(({ der }) => Buffer.from(der).toString("base64"));
    for (const text of [
      `GET /\nX-Amzn-Mtls-Clientcert: ${encodeURIComponent(chain)}`,
      `GET /\nClient-Cert-Chain: ${bases.map((base64) => `:${base64}:`).join(", ")}`,
      `{\n"x5c": ${JSON.stringify(bases)}}`,
      `<a>\n<X509Certificate>${bases[0]}</X509Certificate><X509Certificate>${bases[1]}</X509Certificate></a>`,
      `Cert: \n${encodeURIComponent(leaf.pem)} and in a string ${JSON.stringify(root.pem)}`,
    ]) {
      const content = blocks(contentOfText("some.log", text));
      const { cards, note, chains } = inspected(content);
      assert.deepEqual(titles({ cards } as Inspection), ["leaf.example.com", "Root CA"]);
      assert.deepEqual(
        cards.map(({ line }) => line),
        [1, 1],
      );
      assert.deepEqual([note, chains.length], [undefined, 1]);
    }
  });

  it("is said with what was mended in a value, and what is missing", () => {
    // However it is cut into sextets, a row of tildes has a `+` in it.
    const tildes = client("CN=~~~~~~");
    const spaced = `cert="${tildes.pem.replaceAll("+", " ").replaceAll("\n", " ")}" 200`;
    const mended = inspected(contentOfText("some.log", spaced));
    assert.deepEqual(titles(mended), ["~~~~~~"]);
    assert.match(mended.note?.text ?? "", /^\d+ spaces were read as “\+”/);
    const cut = inspected(contentOfText("some.log", encodeURIComponent(chain).slice(0, -200)));
    assert.deepEqual(titles(cut), ["leaf.example.com", "Unreadable certificate"]);
    assert.match(cut.note?.text ?? "", /^The value is cut off: its last \d+ bytes are missing\./);
  });

  it("has no line of a private key in it, wherever the key stands", () => {
    for (const text of [
      encodeURIComponent(fakeKey + chain),
      `cert=${encodeURIComponent(leaf.pem).slice(0, 300)}${encodeURIComponent(fakeKey)}`,
      fakeKey + chain,
      json(fakeKey + leaf.pem),
      chain + fakeKey.replace("-----END PRIVATE KEY-----\n", ""),
      chain + fakeKey.replace("-----BEGIN", "----BEGIN"),
    ]) {
      const content = blocks(contentOfText("file", text));
      const said = JSON.stringify(inspected(content)) + textOfBlocks(content.facts.bundle).text;
      assert.ok(said.includes("leaf.example.com") || said.includes("Private key"));
      assert.ok(!said.includes(keyBody), "the key's body");
    }
    assert.equal(titles(inspected(contentOfText("file", fakeKey + chain)))[0], "Private key");
  });

  it("never throws, and is always something the page takes", () => {
    const parts = [leaf.der, pfx, derKey, pkcs7([root.der]), Buffer.from(chain), Buffer.from(json(fakeKey + chain))];
    const cut = fc.tuple(fc.constantFrom(...parts), fc.nat(), fc.nat(255)).map(([bytes, at, value]) => {
      const changed = Uint8Array.from(bytes);
      changed[at % changed.length] = value;
      return at % 3 === 0 ? changed.subarray(0, at % changed.length) : changed;
    });
    holds(
      fc.property(
        fc.oneof(cut, fc.uint8Array({ maxLength: 300 })),
        (bytes) => void inspected(contentOfBytes("file", bytes)),
      ),
      500,
    );
  });
});

// --- the page's other end

/** A panel whose page is the test. */
class Panel implements vscode.WebviewPanel {
  readonly viewType = "test";
  title = "";
  readonly options = {};
  readonly viewColumn = undefined;
  readonly active = true;
  visible = true;
  readonly shown: Inspection[] = [];
  /** What the next message to the page meets. */
  fault: Error | undefined;
  readonly #received = new vscode.EventEmitter<unknown>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  readonly onDidDispose = this.#disposed.event;
  readonly onDidChangeViewState = this.#changed.event;
  readonly webview: vscode.Webview = {
    options: {},
    html: "",
    cspSource: "https://page.test",
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: unknown) => {
      if (this.fault !== undefined) {
        const error = this.fault;
        this.fault = undefined;
        return Promise.reject(error);
      }
      const sent: unknown = JSON.parse(JSON.stringify(message));
      assert.ok(isToPage(sent));
      this.shown.push(sent.inspection);
      return Promise.resolve(true);
    },
    asWebviewUri: (uri) => uri,
  };

  reveal(): void {}

  dispose(): void {
    this.#disposed.fire();
  }

  asks(message: unknown): void {
    this.#received.fire(message);
  }
}

describe("an inspector", () => {
  const faults: unknown[] = [];
  const channel = vscode.window.createOutputChannel("mTLS Workbench, tests", { log: true });
  const logged: unknown[] = [];
  const log: Log = Object.create(channel, {
    error: { value: (...said: unknown[]) => void logged.push(...said) },
    warn: { value: (...said: unknown[]) => void logged.push(...said) },
  });
  const signatures = new Signatures(log);
  const documents = new Documents(
    () => Promise.resolve(createReader(log, { signatures: signatures.verdicts })),
    (error) => faults.push(error),
  );
  const compared: Side[] = [];
  const tools: ViewTools = {
    extension: vscode.extensions.getExtension("mtls-workbench.mtls-workbench")?.extensionUri ?? vscode.Uri.file("/"),
    documents,
    signatures,
    log,
    compare: (side) => {
      compared.push(side);
      return Promise.resolve();
    },
  };
  const panels: Panel[] = [];

  const view = (source: ContentSource): Panel => {
    const panel = new Panel();
    new InspectorView(panel, source, tools);
    panel.asks({ kind: "ready" } satisfies ToHost);
    panels.push(panel);
    return panel;
  };
  const viewFile = (uri: vscode.Uri) => view(fileSource(uri, documents));
  const last = ({ shown }: Panel) => shown.at(-1);
  const becomes = (panel: Panel, what: string, look: (inspection: Inspection) => boolean) =>
    until(what, () => panel.shown.length > 0 && look(panel.shown.at(-1) ?? assert.fail()));
  const clipboard = () => vscode.env.clipboard.readText();

  before(() => documents.start());
  after(() => {
    documents.dispose();
    signatures.dispose();
    channel.dispose();
  });
  afterEach(async () => {
    for (const panel of panels.splice(0)) panel.dispose();
    await cleanUp();
    assert.deepEqual(faults.splice(0), []);
    assert.deepEqual(logged.splice(0), []);
  });

  it("shows a page that may do nothing but show", async () => {
    const { webview } = viewFile(await write("page.pem", chain));
    assert.match(webview.html, /default-src 'none'; script-src 'nonce-[\w-]{20,}';/);
    assert.doesNotMatch(webview.html, /unsafe|script-src[^;]*(https?:|\*)|\son\w+=/);
    const [folder, ...others] = webview.options.localResourceRoots ?? [];
    assert.match(folder?.path ?? "", /\/dist\/webview$/);
    assert.deepEqual(others, []);
  });

  it("says that signatures are not verified yet, and then whether they verify", async () => {
    // Nobody has asked for this one's before.
    const fresh = client("CN=fresh.example.com", { issuer: root });
    const good = viewFile(await write("good.pem", fresh.pem + root.pem));
    await becomes(good, "verified", ({ chains }) => chains[0]?.[0]?.link?.state === "valid");
    assert.equal(good.shown[0]?.chains[0]?.[0]?.link?.state, "unchecked");
    const bad = viewFile(await write("bad.pem", forged(leaf) + root.pem));
    await becomes(bad, "broken", ({ chains }) => chains[0]?.[0]?.link?.state === "broken");
    assert.deepEqual(
      last(bad)
        ?.cards[0]?.problems.filter(({ severity }) => severity === "error")
        .map(({ rule }) => rule),
      ["bundle/signature"],
    );
    assert.deepEqual(last(bad)?.cards[0]?.badges[0], { tone: "error", text: "1 error" });
    assert.equal(
      last(good)?.cards[0]?.badges.some(({ tone }) => tone !== "info"),
      false,
    );
  });

  it("shows what is typed, and the file again where that is taken back", async () => {
    const { document } = await open("typed.pem", leaf.pem);
    const panel = viewFile(document.uri);
    await becomes(panel, "the leaf", (now) => titles(now).join() === "leaf.example.com");
    await replace(document, [leaf.pem, other.pem]);
    await becomes(panel, "the other", (now) => titles(now).join() === "other.example.com");
    assert.ok(document.isDirty);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await becomes(panel, "the leaf again", (now) => titles(now).join() === "leaf.example.com");
  });

  it("follows a file nobody has open: written, deleted, there again", async () => {
    const uri = await write("[odd] {name}*.pem", leaf.pem);
    const panel = viewFile(uri);
    await becomes(panel, "the leaf", (now) => titles(now).join() === "leaf.example.com");
    // Watching begins a moment after it was asked for.
    await until("the other", () => {
      writeFileSync(uri.fsPath, other.pem);
      return titles(last(panel) ?? assert.fail()).join() === "other.example.com";
    });
    unlinkSync(uri.fsPath);
    await becomes(panel, "gone", ({ note }) =>
      /no longer exists\. The last known content is shown/.test(note?.text ?? ""),
    );
    assert.deepEqual(titles(last(panel) ?? assert.fail()), ["other.example.com"]);
    writeFileSync(uri.fsPath, leaf.pem);
    await becomes(
      panel,
      "there again",
      ({ note, ...now }) => note === undefined && titles({ note, ...now }).join() === "leaf.example.com",
    );
  });

  it("judges as the settings say, and again when they change", async () => {
    const soon = client("CN=soon.example.com", { issuer: root, notAfter: inDays(10) });
    const panel = viewFile(await write("soon.pem", soon.pem));
    const rules = (now: Inspection) => now.cards.flatMap(({ problems }) => problems.map(({ rule }) => rule));
    await becomes(panel, "expires soon", (now) => rules(now).includes("certificate/expires-soon"));
    await configure("mtls.rules", { "certificate/expires-soon": "off" });
    await becomes(panel, "off", (now) => !rules(now).includes("certificate/expires-soon"));
  });

  it("works only while somebody looks, and then shows what is true", async () => {
    const { document } = await open("hidden.pem", leaf.pem);
    const panel = viewFile(document.uri);
    await becomes(panel, "the leaf", (now) => titles(now).length === 1);
    panel.visible = false;
    const before = panel.shown.length;
    await replace(document, [leaf.pem, chain]);
    await documents.current(document);
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(panel.shown.length, before);
    panel.visible = true;
    panel.asks({ kind: "ready" } satisfies ToHost);
    await becomes(panel, "both", (now) => titles(now).length === 2);
  });

  it("leaves what it works out as soon as there may be something else to show", async () => {
    let change: ((wait: number) => void) | undefined;
    const contents = [chain, other.pem].map((text) => contentOfText("typed.pem", text));
    const panel = view({
      name: "typed.pem",
      uri: undefined,
      read: () => {
        const content = contents.shift() ?? assert.fail("it is read twice");
        if (contents.length > 0) setImmediate(() => change?.(0));
        return Promise.resolve(content);
      },
      follow: (changed) => {
        change = changed;
        return new vscode.Disposable(() => {});
      },
    });
    await becomes(panel, "the other", (now) => titles(now).join() === "other.example.com");
    assert.deepEqual(
      panel.shown.map((now) => titles(now).join()).filter((shown) => shown !== "other.example.com"),
      [],
    );
  });

  it("says what is wrong with a file that cannot be read", async () => {
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
      watch: () => new vscode.Disposable(() => {}),
      stat: (uri) => {
        if (uri.path === "/secret.pem") throw vscode.FileSystemError.NoPermissions(uri);
        if (uri.path === "/away.pem") throw vscode.FileSystemError.Unavailable(uri);
        return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: 1_000_000_000 };
      },
      readFile: () => assert.fail("it is not read"),
      readDirectory: () => [],
      createDirectory: () => {},
      writeFile: () => {},
      delete: () => {},
      rename: () => {},
    };
    const registered = vscode.workspace.registerFileSystemProvider("mtls-test", provider, { isReadonly: true });
    try {
      for (const [path, says] of [
        ["/huge.pem", /is larger than 20 MB/],
        ["/secret.pem", /you do not have permission/],
        ["/away.pem", /could not be read\.$/],
      ] as const) {
        const content = await contentOf(vscode.Uri.from({ scheme: "mtls-test", path }), documents);
        assert.match(content.note?.text ?? "", says);
      }
    } finally {
      registered.dispose();
    }
    assert.match(
      (
        await contentOf(
          (
            await write("folder.pem/inside.pem", leaf.pem)
          ).with({ path: vscode.Uri.joinPath(await write("x.pem", ""), "../folder.pem").path }),
          documents,
        )
      ).note?.text ?? "",
      /is a folder/,
    );
  });

  it("copies what the page asks for", async () => {
    const panel = view(textSource("both", undefined, contentOfText("both", chain)));
    await becomes(panel, "both", (now) => titles(now).length === 2);
    const [card] = last(panel)?.cards ?? [];
    assert.ok(card);
    const copied = async (message: ToHost): Promise<string> => {
      await vscode.env.clipboard.writeText("nothing yet");
      panel.asks(message);
      return until("a copy", async () => ((await clipboard()) === "nothing yet" ? undefined : clipboard()));
    };
    assert.equal(await copied({ kind: "copy", card: "0", what: "pem" }), leaf.pem);
    assert.match(await copied({ kind: "copy", card: "0", what: "text" }), /^leaf\.example\.com\n {2}Subject: CN=leaf/);
    assert.equal(JSON.parse(await copied({ kind: "copy", card: "0", what: "json" })).version, 3);
    assert.equal(await copied({ kind: "copyField", card: "0", field: 0 }), card.fields[0]?.value);
    assert.equal(await copied({ kind: "copyField", card: "0", extension: "1", field: -1 }), card.extensions[1]?.oid);
    assert.equal(await copied({ kind: "copyField", card: "0", extension: "1", field: -2 }), card.extensions[1]?.hex);
    assert.equal(
      await copied({ kind: "copyField", card: "0", extension: "0", field: 0 }),
      card.extensions[0]?.fields[0]?.value,
    );
  });

  it("does nothing for a message that means nothing, and goes on", async () => {
    await vscode.env.clipboard.writeText("mine");
    const panel = view(textSource("key", undefined, contentOfText("key", fakeKey + chain)));
    await becomes(panel, "three", (now) => titles(now).length === 3);
    const nonsense: readonly unknown[] = [
      undefined,
      "copy",
      { kind: "copy", card: "1" },
      { kind: "copy", card: "9", what: "pem" },
      { kind: "copy", card: "0", what: "pem" },
      { kind: "copy", card: "0", what: "text" },
      { kind: "copyField", card: "1", field: 1000 },
      { kind: "copyField", card: "1", field: -1 },
      { kind: "copyField", card: "1", extension: "__proto__", field: -1 },
      { kind: "openLink", card: "1", problem: 99 },
      { kind: "openExternal", url: "https://example.com" },
    ];
    for (const message of nonsense) panel.asks(message);
    const count = panel.shown.length;
    panel.asks({ kind: "ready" } satisfies ToHost);
    await until("an answer", () => panel.shown.length > count);
    assert.equal(logged.splice(0).length, 4, "what is no message at all is logged");
    assert.equal(await clipboard(), "mine", "of a private key nothing is copied, of what is not there neither");
    assert.ok(!JSON.stringify(panel.shown).includes(keyBody));
  });

  it("shows a block in the text it is from, its first line selected", async () => {
    const uri = await write("text.pem", `# mine\n${chain}`);
    const panel = viewFile(uri);
    await becomes(panel, "both", (now) => titles(now).length === 2);
    panel.asks({ kind: "showInText", card: "1" } satisfies ToHost);
    const editor = await until("the text", () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString()),
    );
    await until("the selection", () => editor.document.getText(editor.selection) === "-----BEGIN CERTIFICATE-----");
    assert.equal(editor.selection.start.line, last(panel)?.cards[1]?.line);
    assert.ok(editor.selection.start.line > 5);
  });

  it("writes what has no text as PEM, and private keys never", async () => {
    const der = viewFile(await write("bytes.cer", leaf.der));
    await becomes(der, "the leaf", ({ cards }) => cards[0]?.line === 0);
    der.asks({ kind: "showInText", card: "0" } satisfies ToHost);
    await until("its PEM", () => vscode.window.activeTextEditor?.document.getText().trim() === leaf.pem.trim());
    await cleanUp();
    const copied = view(textSource("Clipboard", undefined, contentOfText("Clipboard", fakeKey + leaf.pem)));
    await becomes(copied, "both", (now) => titles(now).length === 2);
    copied.asks({ kind: "showInText", card: "1" } satisfies ToHost);
    const text = await until("the text", () =>
      vscode.window.activeTextEditor?.document.isUntitled === true
        ? vscode.window.activeTextEditor.document.getText()
        : undefined,
    );
    assert.equal(text.trim(), `# PRIVATE KEY\n${leaf.pem}`.trim());
  });

  it("shows no text of bytes that nobody could read", async () => {
    const damaged = viewFile(await write("damaged.der", leaf.der.subarray(0, leaf.der.length - 40)));
    await becomes(damaged, "damaged", ({ cards }) => cards[0]?.kind === "damaged");
    assert.equal(last(damaged)?.cards[0]?.line, undefined);
  });

  it("hands over what is to be compared", async () => {
    const panel = view(textSource("both", undefined, contentOfText("both", chain)));
    await becomes(panel, "both", (now) => titles(now).length === 2);
    panel.asks({ kind: "compare", card: "1" } satisfies ToHost);
    panel.asks({ kind: "compare", card: undefined } satisfies ToHost);
    await until("both", () => compared.length === 2);
    assert.deepEqual(
      compared.map(({ name, card }) => [name, card]),
      [
        ["both", "1"],
        ["both", undefined],
      ],
    );
  });

  it("leaves nobody in front of an empty page when it meets a fault", async () => {
    const source: ContentSource = {
      ...textSource("leaf", undefined, contentOfText("leaf", leaf.pem)),
      read: () => Promise.reject(new Error("a fault of the test")),
    };
    const panel = view(source);
    await becomes(panel, "said", ({ note }) => note?.tone === "error");
    assert.match(logged.splice(0).join(), /a fault of the test/);
  });

  it("is there again after the window was loaded anew, where it showed a file", async () => {
    const previews = new Previews();
    const inspector = createInspector({ ...tools, previews });
    const uri = await write("again.pem", chain);
    const panel = new Panel();
    panels.push(panel);
    inspector.restore(panel, { file: uri.toString(), open: {} });
    panel.asks({ kind: "ready" } satisfies ToHost);
    await becomes(panel, "the chain", (now) => titles(now).length === 2);
    assert.equal(panel.title, "Certificate Inspector: again.pem");
    for (const state of [undefined, null, {}, { file: 1 }, { file: "no address" }]) {
      const other = new Panel();
      let isGone = false;
      other.onDidDispose(() => (isGone = true));
      inspector.restore(other, state);
      assert.ok(isGone, JSON.stringify(state));
    }
    previews.dispose();
  });

  it("says it when it meets a fault, and goes on", async () => {
    const panel = view(textSource("leaf", undefined, contentOfText("leaf", leaf.pem)));
    await becomes(panel, "the leaf", (now) => titles(now).length === 1);
    const count = panel.shown.length;
    panel.fault = new Error("a fault of the test");
    panel.asks({ kind: "ready" } satisfies ToHost);
    await until("logged", () => logged.length > 0);
    assert.match(logged.splice(0).join(), /message of the inspector,Error: a fault of the test/);
    await vscode.commands.executeCommand("notifications.clearAll");
    panel.asks({ kind: "ready" } satisfies ToHost);
    await until("shown again", () => panel.shown.length > count);
  });
});

// --- the commands

describe("inspecting and comparing", () => {
  afterEach(cleanUp);

  const activeInput = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const activeLabel = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
  const customEditor = (uri: vscode.Uri, viewType: string) =>
    until(`${viewType} for ${uri.path}`, () => {
      const input = activeInput();
      return (
        input instanceof vscode.TabInputCustom && input.viewType === viewType && input.uri.toString() === uri.toString()
      );
    });
  const panel = (label: string) =>
    until(`a panel ${label}`, () => activeInput() instanceof vscode.TabInputWebview && activeLabel() === label).catch(
      () => assert.equal(activeLabel(), label),
    );

  it("opens what is no text in the inspector, and PEM as text", async () => {
    for (const [name, bytes] of [
      ["leaf.der", leaf.der],
      ["chain.p7b", pkcs7([leaf.der, root.der])],
      ["store.P12", pfx],
    ] as const) {
      const uri = await write(name, bytes);
      await vscode.commands.executeCommand("vscode.open", uri);
      await customEditor(uri, "mtls.binaryCertificates");
    }
    const { document } = await open("plain.pem", chain);
    assert.ok(activeInput() instanceof vscode.TabInputText);
    await vscode.commands.executeCommand("vscode.openWith", document.uri, "mtls.certificates");
    await customEditor(document.uri, "mtls.certificates");
  });

  it("inspects the files that the explorer names", async () => {
    const [first, second] = [await write("first.crt", leaf.der), await write("second.pem", chain)];
    run("mtls.inspectCertificate", first, [first]);
    await panel("Certificate Inspector: first.crt");
    run("mtls.inspectCertificate", first, [first, second]);
    await panel("Certificate Inspector: second.pem");
    const binary = await write("third.der", leaf.der);
    run("mtls.inspectCertificate", binary, [binary]);
    await customEditor(binary, "mtls.binaryCertificates");
  });

  it("inspects the active file, and what is selected in it", async () => {
    const editor = await open("active.pem", chain);
    run("mtls.inspectCertificate");
    await panel("Certificate Inspector: active.pem");
    // The file has one page, whoever asks for it, also from there.
    for (const argument of [undefined, editor.document.uri]) {
      run("mtls.inspectCertificate", argument, argument && [argument]);
      await panel("Certificate Inspector: active.pem");
    }
    const labelsNow = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    assert.deepEqual(labelsNow(), ["active.pem", "Certificate Inspector: active.pem"]);
    // It stays with the file, as an editor does.
    const moved = vscode.Uri.joinPath(editor.document.uri, "..", "moved.pem");
    for (const [from, to] of [
      [editor.document.uri, moved],
      [moved, editor.document.uri],
    ] as const) {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(from, to);
      assert.equal(await vscode.workspace.applyEdit(edit), true);
      const label = `Certificate Inspector: ${to.path.split("/").at(-1)}`;
      // The text, which is renamed too, becomes the active one.
      await until(label, () => labelsNow().includes(label));
    }
    const again = await show(editor.document.uri);
    const start = again.document.getText().indexOf("-----BEGIN", 10);
    again.selection = new vscode.Selection(again.document.positionAt(start), again.document.positionAt(chain.length));
    run("mtls.inspectCertificate", again.document.uri);
    await panel("Selection in active.pem");
  });

  it("inspects a string of another document: selected in part, at the cursor, named by its offset", async () => {
    const editor = await open("values.json", json(chain));
    const at = editor.document.getText().indexOf("MII") + 20;
    const place = (offset: number) => editor.document.positionAt(offset);
    editor.selection = new vscode.Selection(place(at), place(at + 5));
    run("mtls.inspectCertificate", editor.document.uri);
    await panel("values.json, line 2");
    for (const argument of [
      undefined,
      { uri: editor.document.uri, offset: at },
      { uri: editor.document.uri.toString(), offset: at },
    ]) {
      const shown = await show(editor.document.uri);
      shown.selection = new vscode.Selection(place(at), place(at));
      run("mtls.inspectCertificate", argument);
      await panel("values.json, line 2");
    }
    const panels = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview);
    assert.equal(panels.length, 1, "the same is shown once");
  });

  it("inspects the whole value of a header: at the cursor, in a selection, from the clipboard", async () => {
    const header = `X-Amzn-Mtls-Clientcert: ${encodeURIComponent(chain)}`;
    for (const name of ["headers.txt", "headers.log"]) {
      const editor = await open(name, `GET /\n${header}\n`);
      editor.selection = new vscode.Selection(1, 400, 1, 400);
      run("mtls.inspectCertificate");
      await panel(`${name}, line 2`);
      const again = await show(editor.document.uri);
      again.selection = new vscode.Selection(1, 0, 2, 0);
      run("mtls.inspectCertificate", again.document.uri);
      await panel(`Selection in ${name}`);
    }
    await vscode.env.clipboard.writeText(header);
    run("mtls.inspectClipboard");
    await panel("Clipboard");
  });

  it("inspects the clipboard", async () => {
    await vscode.env.clipboard.writeText(`export CERT='${leaf.pem}'`);
    run("mtls.inspectClipboard");
    await panel("Clipboard");
  });

  it("opens no panel for a clipboard that holds nothing of the kind", async () => {
    await until("nothing is shown", () => activeInput() === undefined);
    await vscode.env.clipboard.writeText("to whom it may concern");
    let done = false;
    void vscode.commands.executeCommand("mtls.inspectClipboard").then(() => (done = true));
    await until("the end", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return done;
    });
    assert.equal(activeInput(), undefined);
  });

  it("compares two files in the diff editor", async () => {
    const [old, renewed] = [await write("old.pem", chain), await write("new.der", leaf.der)];
    run("mtls.compareCertificates", old, [old, renewed]);
    const input = await until("a comparison", () => {
      const found = activeInput();
      return found instanceof vscode.TabInputTextDiff ? found : undefined;
    });
    assert.equal(activeLabel(), "old.pem ↔ new.der");
    const [left, right] = [
      (await vscode.workspace.openTextDocument(input.original)).getText(),
      (await vscode.workspace.openTextDocument(input.modified)).getText(),
    ];
    const sides = comparedTexts(await sideOf(old), await sideOf(renewed));
    assert.deepEqual([left, right], [sides.left, sides.right]);
    assert.ok(
      left.includes("CN=Root CA") &&
        left.includes("CN=leaf.example.com") &&
        !right.includes("Subject: O=Example,CN=Root CA"),
    );
  });
});

async function sideOf(uri: vscode.Uri): Promise<Side> {
  return { name: "", uri, bundle: blocks(contentOfBytes("", await bytesOf(uri))).facts.bundle, card: undefined };
}

describe("what is compared", () => {
  const side = (text: string, card?: string): Side => ({
    name: "",
    uri: undefined,
    bundle: blocks(contentOfText("", text)).facts.bundle,
    card,
  });

  it("is the same for files that hold the same in another order", () => {
    const { left, right } = comparedTexts(side(leaf.pem + root.pem + other.pem), side(other.pem + leaf.pem + root.pem));
    assert.equal(left, right);
    assert.match(left, /^3 in this file, sorted by subject/);
  });

  it("puts a renewed certificate where the one before it was", () => {
    const renewed = client("CN=leaf.example.com", { issuer: root, notAfter: inDays(800) });
    const { left, right } = comparedTexts(side(leaf.pem + other.pem), side(other.pem + renewed.pem));
    const subjects = (text: string) => [...text.matchAll(/^ {2}Subject: (.*)$/gm)].map(([, subject]) => subject);
    assert.deepEqual(subjects(left), subjects(right));
    assert.notEqual(left, right);
  });

  it("is nothing but the certificates where each side has one", () => {
    const { left, right } = comparedTexts(side(chain, "0"), side(other.pem));
    assert.match(left, /^leaf\.example\.com\n/);
    assert.match(right, /^other\.example\.com\n/);
  });

  it("names what is left out, and nothing that is in it", () => {
    const { left } = comparedTexts(side(fakeKey + chain), side(chain));
    assert.match(left, /Not compared: PRIVATE KEY\n$/);
    assert.ok(!left.includes(keyBody));
  });
});
