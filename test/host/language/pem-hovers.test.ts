import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { cleanUp, findings, open, positionIn, show, until } from "../editor.ts";
import { authority, client, csr, fakeKey, forged, inDays } from "../pem-files.ts";

interface Said {
  readonly text: string;
  readonly covers: string;
}

/** Our hovers only, as the reader sees them: Markdown's escapes are taken away. */
async function hoversAt(document: vscode.TextDocument, position: vscode.Position): Promise<Said[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers.map(({ contents, range }) => ({
    text: contents
      .map((part) => (typeof part === "string" ? part : part.value))
      .join("\n")
      .replaceAll(/\\(.)/gs, "$1"),
    covers: range === undefined ? "" : document.getText(range),
  }));
}

async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<Said> {
  const [said, ...more] = await until("a hover", async () => {
    const found = await hoversAt(document, position);
    return found.length > 0 && found;
  });
  assert.ok(said);
  assert.deepEqual(more, [], "one hover, not two");
  return said;
}

/** As a string of a programming language has it. */
const escaped = (text: string) => JSON.stringify(text);
const indented = (text: string, by: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => by + line)
    .join("\n");

/** A line's part of its own. */
const inside = (text: string) => text.split("\n")[3]?.slice(2, 40) ?? "";

const root = authority("C=DE,O=Example,CN=Example Root");
const leaf = client("O=Example,CN=shop-api", {
  issuer: root,
  notAfter: inDays(12.5),
  names: ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example"],
});
/** Of `fakeKey`: so much of it is in no certificate by chance. */
const keyBody = "Tk9UIEEgS0VZ";
const fingerprint = createHash("sha256")
  .update(leaf.der)
  .digest("hex")
  .toUpperCase()
  .replaceAll(/..(?=.)/g, "$&:");

describe("hovers on PEM blocks", () => {
  afterEach(cleanUp);

  it("say what a certificate is, until when, and for what", async () => {
    const { document } = await open("hover.pem", `# chain\n${leaf.pem}${root.pem}`);
    for (const line of [1, 4, leaf.pem.split("\n").length - 1]) {
      const { text, covers } = await hoverAt(document, new vscode.Position(line, 3));
      assert.equal(covers, leaf.pem.trimEnd());
      for (const part of [
        "**shop-api**",
        "Certificate: expires in 12 days.",
        "Subject: CN=shop-api,O=Example",
        "Issuer: CN=Example Root,O=Example,C=DE",
        "Valid: 2020-01-01 00:00:00 UTC to ",
        "Key: ECDSA P-256",
        "Extended key usage: clientAuth",
        "Subject alternative names: a.example, b.example, c.example, d.example, e.example and 1 more",
        `SHA-256: ${fingerprint}`,
      ])
        assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const of = await hoverAt(document, positionIn(document, inside(root.pem)));
    assert.ok(of.text.includes("CA certificate: expires in") && of.text.includes("Issuer: self-issued"), of.text);
    assert.deepEqual(await hoversAt(document, new vscode.Position(0, 2)), []);
  });

  it("offer to inspect what they are on, wherever that is, but no private key", async () => {
    const { document } = await open("odd (name) 'x' [y].json", `{ "chain": ${escaped(leaf.pem + fakeKey)} }`);
    const { text } = await hoverAt(document, positionIn(document, inside(leaf.pem), 4));
    const [, encoded] = /\[Inspect Certificate\]\(command:mtls\.inspectCertificate\?([^()\s]+)\)$/m.exec(text) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(encoded ?? "")), [
      { uri: document.uri.toString(), offset: document.getText().indexOf("-----BEGIN") },
    ]);
    assert.ok(!(await hoverAt(document, positionIn(document, keyBody, 2))).text.includes("command:"));
  });

  it("say of a request and of a private key no more than there is to say", async () => {
    const { document } = await open("other-hover.pem", csr + fakeKey);
    const request = await hoverAt(document, new vscode.Position(1, 5));
    assert.ok(
      request.text.includes("**wanted.example**") &&
        request.text.includes("Subject: CN=wanted.example") &&
        request.text.includes("Key: RSA 2048"),
      request.text,
    );
    const key = await hoverAt(document, positionIn(document, keyBody, 2));
    assert.match(key.text, /^\*\*PRIVATE KEY\*\*\n\nPrivate key\. mTLS Workbench never reads private keys/);
    assert.ok(!key.text.includes(keyBody));
  });

  it("say what is wrong in one line", async () => {
    const expired = client("CN=old", { notBefore: "20000101000000Z", notAfter: "20010101000000Z" });
    const { document } = await open("wrong-hover.pem", expired.pem);
    const { text } = await hoverAt(document, new vscode.Position(2, 2));
    assert.match(text, /Certificate: expired \d+ years ago\./);
    assert.match(text, /^Problem: “.+” expired \d+ years ago, on 2001-01-01 00:00:00 UTC.*$/m);
  });

  const embeddings: readonly (readonly [language: string, name: string, text: string])[] = [
    ["JSON", "a.json", `{ "certificate": ${escaped(leaf.pem)}, "other": "x" }`],
    ["JSON in JSON", "b.json", `{ "certificate": ${escaped(escaped(leaf.pem))}, "other": "x" }`],
    ["CRLF in JSON", "c.json", `{ "certificate": ${escaped(leaf.pem.replaceAll("\n", "\r\n"))}, "other": "x" }`],
    ["YAML", "secret.yaml", `data:\n  tls.crt: |\n${indented(leaf.pem, "    ")}\n  other: x\n`],
    ["a quoted YAML string", "quoted.yaml", `tls: ${escaped(leaf.pem)}\nother: x\n`],
    ["Markdown", "readme.md", `# Title\n\nother\n\n\`\`\`\n${leaf.pem}\`\`\`\n`],
    ["Python", "code.py", `other = 1\nCERT = """\\\n${leaf.pem}"""\n`],
    ["shell", "code.sh", `other=1\ncat > x.pem <<EOF\n${leaf.pem}EOF\n`],
  ];
  for (const [language, name, text] of embeddings) {
    it(`find a block within ${language}`, async () => {
      const { document } = await open(name, text);
      const { text: said, covers } = await hoverAt(document, positionIn(document, inside(leaf.pem), 4));
      assert.ok(said.includes("**shop-api**") && said.includes(`SHA-256: ${fingerprint}`), said);
      assert.ok(
        covers.startsWith("-----BEGIN CERTIFICATE-----") && covers.endsWith("-----END CERTIFICATE-----"),
        covers,
      );
      const elsewhere = await hoversAt(document, positionIn(document, "other", 2));
      assert.deepEqual(
        elsewhere.filter(({ text: other }) => other.includes("shop-api")),
        [],
      );
    });
  }

  const base64 = Buffer.from(leaf.der).toString("base64");
  const values: readonly (readonly [what: string, name: string, text: string])[] = [
    [
      "a header in plain text",
      "headers.txt",
      `X-Amzn-Mtls-Clientcert-Leaf: ${encodeURIComponent(leaf.pem)}\nother: x\n`,
    ],
    ["a header in a log", "alb.log", `GET / other CloudFront-Viewer-Cert-Pem="${encodeURIComponent(leaf.pem)}"\n`],
    ["RFC 9440", "rfc9440.log", `other\nClient-Cert: :${base64}:\n`],
    ["a JSON Web Key", "jwks.json", JSON.stringify({ keys: [{ other: "RSA", x5c: [base64] }] }, undefined, 2)],
    ["SAML", "metadata.xml", `<ds:X509Certificate>${base64}</ds:X509Certificate><other/>`],
    ["an encoded file", "encoded.pem", `# other\n${encodeURIComponent(leaf.pem)}`],
  ];
  for (const [what, name, text] of values) {
    it(`find a certificate in ${what}, and nothing becomes a finding`, async () => {
      const { document } = await open(name, text);
      const body = encodeURIComponent(base64.slice(200, 220));
      const { text: said, covers } = await hoverAt(document, positionIn(document, body, 4));
      assert.ok(said.includes("**shop-api**") && said.includes(`SHA-256: ${fingerprint}`), said);
      assert.ok(said.includes("[Inspect Certificate](command:mtls.inspectCertificate?"), said);
      assert.match(covers, /^(?:-----BEGIN|MII).*(?:CERTIFICATE-----|[\w=])$/s);
      const elsewhere = await hoversAt(document, positionIn(document, "other", 2));
      assert.deepEqual(
        elsewhere.filter(({ text: other }) => other.includes("shop-api")),
        [],
      );
      if (!name.endsWith(".pem")) assert.deepEqual(findings(document.uri), []);
    });
  }

  it("say which block of a value it is, and what was mended in it or is missing", async () => {
    // However it is cut into sextets, a row of tildes has a `+` in it.
    const chain = leaf.pem + authority("CN=~~~~~~ Root").pem;
    const { document } = await open("mended.log", `cert="${chain.replaceAll("+", " ").replaceAll("\n", " ")}"\n`);
    const { text } = await hoverAt(document, new vscode.Position(0, document.getText().length - 80));
    assert.ok(text.includes("**~~~~~~ Root**") && text.includes("Block 2 of 2 in this value."), text);
    assert.match(text, /\d+ spaces were read as “\+”\. The value was URL-decoded once too often/);
    const cut = await open("cut.log", `cert=${encodeURIComponent(leaf.pem).slice(0, 500)} 200 GET /\n`);
    const { text: said, covers } = await hoverAt(cut.document, new vscode.Position(0, 100));
    assert.match(said, /^\*\*Incomplete certificate\*\*.*\n\nThe value is cut off: its last \d+ bytes are missing\./);
    assert.ok(covers.length > 490 && covers.length <= 500, covers);
  });

  it("decode no private key of a URL", async () => {
    const { document } = await open("key.log", `key=${encodeURIComponent(fakeKey)}\n`);
    const { text } = await hoverAt(document, new vscode.Position(0, 60));
    assert.match(text, /^\*\*PRIVATE KEY\*\*\n\nPrivate key\. mTLS Workbench never reads private keys/);
    assert.ok(!text.includes("command:") && !text.includes(keyBody), text);
  });

  it("explain one block of several in a string, and never a private key's content", async () => {
    const { document } = await open("chain.json", `{ "chain": ${escaped(leaf.pem + root.pem + fakeKey)} }`);
    assert.ok((await hoverAt(document, positionIn(document, inside(root.pem), 4))).text.includes("**Example Root**"));
    const key = await hoverAt(document, positionIn(document, keyBody, 2));
    assert.match(
      key.text,
      /^\*\*PRIVATE KEY\*\*\n\nPrivate key\. mTLS Workbench never reads private keys or their properties\.$/,
    );
  });

  it("say nothing of what a template fills in later", async () => {
    const { document } = await open(
      "template.yaml",
      "cert: |\n  -----BEGIN CERTIFICATE-----\n  ${var.certificate}\n  -----END CERTIFICATE-----\n",
    );
    assert.deepEqual(await hoversAt(document, new vscode.Position(2, 6)), []);
  });

  it("show what stands in a certificate as text, never as Markdown or HTML", async () => {
    const hostile = client(
      "CN=[click](command:workbench.action.quit) **bold** <img src=x onerror=alert(1)> $(alert) https://example.com/",
    );
    const { document } = await open("hostile.pem", hostile.pem);
    await hoverAt(document, new vscode.Position(1, 1));
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(1, 1),
    );
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.deepEqual(content.isTrusted, { enabledCommands: ["mtls.inspectCertificate"] });
    assert.notEqual(content.supportHtml, true);
    assert.notEqual(content.supportThemeIcons, true);
    assert.doesNotMatch(content.value, /(?<!\\)\[click|(?<!\\)<img|\*\*bold|https:\/\//);
    assert.deepEqual(
      content.value.match(/(?<!\\)\]\((?!command:mtls\.inspectCertificate\?[\w%.-]+\))/g),
      null,
      "one link, and it is ours",
    );
    assert.ok(
      content.value.replaceAll(/\\(.)/gs, "$1").includes("[click](command:workbench.action.quit)"),
      content.value,
    );
  });

  it("say what is wrong with a signature once it was verified", async () => {
    const { document } = await open("forged-hover.pem", forged(leaf) + root.pem);
    await until("the verdict", async () =>
      (await hoverAt(document, new vscode.Position(1, 1))).text.includes("The signature does not match the key of"),
    );
  });

  it("are there for what nobody may write", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("mtls-test-old", {
      provideTextDocumentContent: () => leaf.pem,
    });
    try {
      const { document } = await show(vscode.Uri.parse("mtls-test-old:/old-hover.pem"));
      assert.ok((await hoverAt(document, new vscode.Position(2, 2))).text.includes("**shop-api**"));
    } finally {
      provider.dispose();
    }
  });
});
