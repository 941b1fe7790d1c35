import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { arn, cleanUp, customOrigin, json, mtlsOn, open, positionIn, wholeConfig } from "../editor.ts";

interface Said {
  readonly text: string;
  readonly range: vscode.Range | undefined;
}

/** Our hovers only: those of the JSON language and of diagnostics say other things. */
async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<Said[]> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return hovers.map(({ contents, range }) => ({
    range,
    text: contents.map((part) => (typeof part === "string" ? part : part.value)).join("\n"),
  }));
}

/** As the reader sees it: Markdown's escapes are taken away. */
const plain = (markdown: string) => markdown.replaceAll(/\\(.)/gs, "$1");

describe("hovers", () => {
  afterEach(cleanUp);

  it("explain the members that decide about mTLS, with a link", async () => {
    const { document } = await open(
      "hover.json",
      json(
        wholeConfig([customOrigin({ custom: { OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] }, ...mtlsOn } })]),
      ),
    );
    const wanted = new Map([
      ["OriginMtlsConfig", /presents the certificate only when the origin requests one/],
      ["ClientCertificateArn", /us-east-1[^]*clientAuth/],
      ["OriginProtocolPolicy", /https-only/],
      ["OriginSslProtocols", /TLSv1\.2/],
      ["CustomOriginConfig", /host name/],
    ]);
    for (const [member, text] of wanted) {
      const [said, ...more] = await hoverAt(document, positionIn(document, `"${member}"`, 3));
      assert.ok(said, `no hover on ${member}`);
      assert.deepEqual(more, [], "one hover, not two");
      assert.match(plain(said.text), text);
      assert.doesNotMatch(said.text, /&nbsp;|\u00a0/, "lines break between words");
      assert.match(said.text, /\[[^\]]+\]\(https:\/\/docs\.aws\.amazon\.com\/[^)\s]+\)/);
      assert.equal(said.range === undefined ? "" : document.getText(said.range), `"${member}"`);
    }
  });

  it("say what a managed policy is, on its name and on its id", async () => {
    const { document } = await open(
      "policy.json",
      json(
        wholeConfig([customOrigin({ custom: mtlsOn })], {
          DefaultCacheBehavior: { TargetOriginId: "api", CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
        }),
      ),
    );
    for (const text of ['"CachePolicyId"', "4135ea2d"]) {
      const [said, ...more] = await hoverAt(document, positionIn(document, text, 3));
      assert.match(plain(said?.text ?? ""), /CachingDisabled/, text);
      assert.deepEqual(more, []);
    }
  });

  it("name the parts of an ARN", async () => {
    const { document } = await open("arn.json", json(wholeConfig([customOrigin({ custom: mtlsOn })])));
    const [said] = await hoverAt(document, positionIn(document, arn, 20));
    assert.ok(said);
    for (const part of [
      "ACM certificate",
      "Region: us-east-1",
      "Account: 123456789012",
      "Resource: certificate/12345678-1234-1234-1234-123456789012",
    ])
      assert.ok(plain(said.text).includes(part), `${part} in ${said.text}`);
    assert.equal(said.range === undefined ? "" : document.getText(said.range), `"${arn}"`);
  });

  it("show what stands in an ARN as text, never as Markdown or HTML", async () => {
    const hostile =
      "arn:aws:acm:us-east-1:`x`:certificate/[click](command:workbench.action.quit) **bold** <img src=x onerror=alert(1)> $(alert)\\n\\n# Title";
    const { document } = await open(
      "hostile.json",
      json(wholeConfig([customOrigin({ custom: { OriginMtlsConfig: { ClientCertificateArn: hostile } } })])),
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      positionIn(document, "arn:aws:acm", 5),
    );
    const contents = hovers.flatMap((hover) => hover.contents);
    assert.equal(contents.length, 1);
    const [content] = contents;
    assert.ok(content instanceof vscode.MarkdownString);
    assert.notEqual(content.isTrusted, true);
    assert.notEqual(content.supportHtml, true);
    assert.notEqual(content.supportThemeIcons, true);
    assert.doesNotMatch(content.value, /(?<!\\)\[click(?<!\\)\]\(/, "the link is no link");
    assert.doesNotMatch(content.value, /(?<!\\)`|(?<!\\)\*bold/);
    assert.ok(plain(content.value).includes("[click](command:workbench.action.quit)"), content.value);
  });

  it("never show the value of a custom header", async () => {
    const secret = "s3cr3t-Value-of-a-header";
    const arnLike = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s3cr3t-Value";
    const headers = [
      { HeaderName: "X-Origin-Verify", HeaderValue: secret },
      { HeaderName: "X-Arn", HeaderValue: arnLike },
      { HeaderName: "X-Kept", HeaderValue: "•••••• X-Kept · o1 · E1" },
      { HeaderName: "X-Typed", HeaderValue: "•••••• X-Typed · o1 · E1 · ?" },
    ];
    const { document } = await open(
      "secret.json",
      json(wholeConfig([customOrigin({ custom: mtlsOn, beside: { CustomHeaders: { Quantity: 9, Items: headers } } })])),
    );
    for (let line = 0; line < document.lineCount; line++) {
      const { firstNonWhitespaceCharacterIndex: first, text } = document.lineAt(line);
      for (const column of [first, first + 3, Math.max(first, text.length - 4)]) {
        for (const { text: said } of await hoverAt(document, new vscode.Position(line, column)))
          assert.ok(!plain(said).includes("s3cr3t"), `line ${line + 1}: ${said}`);
      }
    }
    const [kept] = await hoverAt(document, positionIn(document, "•••••• X-Kept", 3));
    assert.match(plain(kept?.text ?? ""), /^\*\*Placeholder for a header value\*\*\s+The value is not shown/);
    const [typed] = await hoverAt(document, positionIn(document, "•••••• X-Typed", 3));
    assert.match(plain(typed?.text ?? ""), /What was typed here is kept but not shown, and it cannot be applied/);
    assert.ok(vscode.languages.getDiagnostics(document.uri).length > 0);
    for (const { message, relatedInformation = [] } of vscode.languages.getDiagnostics(document.uri)) {
      for (const text of [message, ...relatedInformation.map((related) => related.message)])
        assert.ok(!text.includes("s3cr3t"), text);
    }
  });

  it("say nothing elsewhere", async () => {
    const clean = await open("elsewhere-hover.json", json(wholeConfig([customOrigin({ custom: mtlsOn })])));
    for (const text of ['"Comment"', "api.example.com", "443"])
      assert.deepEqual(await hoverAt(clean.document, positionIn(clean.document, text, 1)), [], text);
    const other = await open(
      "other-hover.json",
      json({ OriginMtlsConfig: 1, ClientCertificateArn: arn, role: "arn:aws:iam::123456789012:role/x" }),
    );
    for (const text of ['"OriginMtlsConfig"', arn, "role/x"])
      assert.deepEqual(await hoverAt(other.document, positionIn(other.document, text, 2)), [], text);
  });
});
