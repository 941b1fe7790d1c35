import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  arn,
  cleanUp,
  customOrigin,
  findings,
  json,
  mtlsOn,
  open,
  positionIn,
  replace,
  ruleOf,
  settled,
  wholeConfig,
} from "../editor.ts";

const labelOf = ({ label }: vscode.CompletionItem) => (typeof label === "string" ? label : label.label);
/** Not the JSON language's, whose labels are plain, nor snippets. */
const isOurs = ({ label, kind }: vscode.CompletionItem) =>
  typeof label === "object" && kind !== vscode.CompletionItemKind.Snippet;

/** Our items in the order in which VS Code shows them. */
async function completionsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return items.filter(isOurs).sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
}

async function accept(
  editor: vscode.TextEditor,
  { insertText, range, additionalTextEdits = [] }: vscode.CompletionItem,
): Promise<void> {
  assert.ok(insertText instanceof vscode.SnippetString);
  const where = range instanceof vscode.Range ? range : range?.replacing;
  assert.ok(where, "an item says what it replaces");
  assert.equal(await editor.insertSnippet(insertText, where), true);
  if (additionalTextEdits.length === 0) return leaveSnippet();
  // They stand before what is inserted, and count from what was there.
  const rest = new vscode.WorkspaceEdit();
  rest.set(editor.document.uri, additionalTextEdits);
  assert.equal(await vscode.workspace.applyEdit(rest), true);
  await leaveSnippet();
}

async function leaveSnippet(): Promise<void> {
  await vscode.commands.executeCommand("leaveSnippet");
}

/** A config with `‸` where the cursor is; the mark is taken out. */
async function openAt(name: string, text: string): Promise<{ editor: vscode.TextEditor; position: vscode.Position }> {
  const at = text.indexOf("‸");
  assert.notEqual(at, -1);
  const editor = await open(name, text.replace("‸", ""));
  return { editor, position: editor.document.positionAt(at) };
}

const two = wholeConfig([
  customOrigin({ custom: mtlsOn }),
  customOrigin({ id: "o2", domainName: "second.example.com" }),
]);

describe("completions", () => {
  afterEach(cleanUp);

  it("offer the members that CustomOriginConfig has not, required ones first", async () => {
    const { editor, position } = await openAt(
      "members.json",
      json(wholeConfig()).replace(/"HTTPSPort": 443,\s*"OriginProtocolPolicy": "https-only"/, "‸"),
    );
    const items = await completionsAt(editor.document, position);
    assert.deepEqual(items.slice(0, 2).map(labelOf).sort(), ["HTTPSPort", "OriginProtocolPolicy"]);
    assert.ok(
      items
        .slice(0, 2)
        .every(({ label }) => typeof label === "object" && label.description?.includes("required") === true),
    );
    assert.ok(items.map(labelOf).includes("OriginMtlsConfig"));
    assert.ok(!items.map(labelOf).includes("HTTPPort"), "what is there is not offered");
    assert.ok(!items.map(labelOf).includes("DomainName"), "nor what belongs elsewhere");
  });

  it("write a member that leaves the JSON right", async () => {
    const { editor, position } = await openAt(
      "write.json",
      json(wholeConfig()).replace('"HTTPSPort": 443,', '"HTTPSPort": 443,\n          ‸'),
    );
    const item = (await completionsAt(editor.document, position)).find(
      (candidate) => labelOf(candidate) === "OriginMtlsConfig",
    );
    assert.ok(item);
    await accept(editor, item);
    const { Origins } = JSON.parse(editor.document.getText()) as {
      Origins: { Items: { CustomOriginConfig: object }[] };
    };
    assert.deepEqual(Origins.Items[0]?.CustomOriginConfig, {
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginMtlsConfig: { ClientCertificateArn: "" },
      OriginProtocolPolicy: "https-only",
    });
    await settled(editor.document.uri);
    assert.deepEqual(
      findings(editor.document.uri).map(ruleOf),
      ["origin/client-certificate-arn"],
      "what is still to be filled in is said",
    );
  });

  it("write a member behind a value without a comma, and the comma", async () => {
    for (const [index, gap] of ["\n‸", " ‸", '\n"OriginMt‸'].entries()) {
      const { editor, position } = await openAt(
        `comma${index}.json`,
        json(wholeConfig()).replace(
          '"OriginProtocolPolicy": "https-only"',
          `"OriginProtocolPolicy": "https-only"${gap}`,
        ),
      );
      const item = (await completionsAt(editor.document, position)).find(
        (candidate) => labelOf(candidate) === "OriginMtlsConfig",
      );
      assert.ok(item, gap);
      await accept(editor, item);
      const parsed: unknown = JSON.parse(editor.document.getText());
      assert.match(JSON.stringify(parsed), /"https-only","OriginMtlsConfig":\{"ClientCertificateArn":""\}/, gap);
    }
  });

  it("write a name that is half typed, or already in quotes, or already has its value", async () => {
    for (const [index, typed] of [
      '"OriginMt‸',
      '"OriginMt‸"',
      '"‸"',
      '"OriginMt‸": { "ClientCertificateArn": "x" }',
    ].entries()) {
      const { editor, position } = await openAt(
        `half${index}.json`,
        json(wholeConfig()).replace(
          '"OriginProtocolPolicy": "https-only"',
          `"OriginProtocolPolicy": "https-only",\n${typed}`,
        ),
      );
      const item = (await completionsAt(editor.document, position)).find(
        (candidate) => labelOf(candidate) === "OriginMtlsConfig",
      );
      assert.ok(item, typed);
      await accept(editor, item);
      const parsed: unknown = JSON.parse(editor.document.getText());
      assert.match(JSON.stringify(parsed), /"OriginMtlsConfig":\{"ClientCertificateArn":"x?"\}/, typed);
    }
  });

  it("offer the values of an enum, and write the chosen one", async () => {
    const { editor, position } = await openAt(
      "enum.json",
      json(two).replace('"OriginProtocolPolicy": "https-only"', '"OriginProtocolPolicy": "‸"'),
    );
    const items = await completionsAt(editor.document, position);
    assert.deepEqual(items.map(labelOf).sort(), ["http-only", "https-only", "match-viewer"]);
    const item = items.find((candidate) => labelOf(candidate) === "match-viewer");
    assert.ok(item);
    await accept(editor, item);
    assert.equal(
      editor.document.getText(),
      json(two).replace('"OriginProtocolPolicy": "https-only"', '"OriginProtocolPolicy": "match-viewer"'),
    );
  });

  it("offer the ids of origins and origin groups for TargetOriginId", async () => {
    const groups = {
      OriginGroups: {
        Quantity: 1,
        Items: [
          {
            Id: "both",
            FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } },
            Members: { Quantity: 2, Items: [{ OriginId: "o1" }, { OriginId: "o2" }] },
          },
        ],
      },
    };
    const { editor, position } = await openAt(
      "target.json",
      json({ ...two, ...groups }).replace('"TargetOriginId": "o1"', '"TargetOriginId": "‸"'),
    );
    const items = await completionsAt(editor.document, position);
    assert.deepEqual(items.map(labelOf), ["o1", "o2", "both"]);
    const member = positionIn(editor.document, '"OriginId": "', 13);
    assert.deepEqual((await completionsAt(editor.document, member)).map(labelOf), ["o1", "o2"]);
  });

  it("offer the certificates of the config for ClientCertificateArn, also with nothing typed yet", async () => {
    for (const [index, typed] of ['"ClientCertificateArn": "‸"', '"ClientCertificateArn": ‸'].entries()) {
      const text = json(two).replace(
        /("DomainName": "second\.example\.com",\s+"CustomOriginConfig": \{)/,
        `$1 "OriginMtlsConfig": { ${typed} },`,
      );
      const { editor, position } = await openAt(`arn${index}.json`, text);
      const items = await completionsAt(editor.document, position);
      assert.deepEqual(items.map(labelOf), [arn], typed);
      const [item] = items;
      assert.ok(item);
      await accept(editor, item);
      JSON.parse(editor.document.getText());
      assert.equal(editor.document.getText().split(arn).length, 3);
    }
  });

  it("know their way in a fragment, and in comments' company", async () => {
    const { editor, position } = await openAt(
      "fragment.jsonc",
      '// mine\n{ "Id": "o1", "DomainName": "a.example", "CustomOriginConfig": { "HTTPSPort": 443, /* here */ ‸ } }\n',
    );
    const labels = (await completionsAt(editor.document, position)).map(labelOf);
    assert.ok(
      labels.includes("OriginMtlsConfig") && labels.includes("OriginProtocolPolicy") && !labels.includes("HTTPSPort"),
      labels.join(),
    );
  });

  it("keep away from other documents, from other places, and from free text", async () => {
    const other = await openAt("other-completion.json", '{ "name": "x", ‸ }');
    assert.deepEqual(await completionsAt(other.editor.document, other.position), []);
    const text = await openAt("comment.json", json(wholeConfig()).replace('"Comment": ""', '"Comment": "‸"'));
    assert.deepEqual(await completionsAt(text.editor.document, text.position), []);
    const outside = await openAt("outside.json", `${json(wholeConfig())}‸`);
    assert.deepEqual(await completionsAt(outside.editor.document, outside.position), []);
  });

  it("put a dollar sign or a brace in an id as it is", async () => {
    const odd = "o${1}$x}\\y";
    const { editor, position } = await openAt(
      "odd.json",
      json(wholeConfig([customOrigin({ id: odd })])).replace('"TargetOriginId": "o1"', '"TargetOriginId": "‸"'),
    );
    const item = (await completionsAt(editor.document, position))[0];
    assert.ok(item);
    await accept(editor, item);
    const { DefaultCacheBehavior } = JSON.parse(editor.document.getText()) as {
      DefaultCacheBehavior: { TargetOriginId: string };
    };
    assert.equal(DefaultCacheBehavior.TargetOriginId, odd);
  });

  it("follow the text as it is, right after an edit", async () => {
    const editor = await open("after-edit.json", json(two));
    await settled(editor.document.uri);
    await replace(
      editor.document,
      ['"Id": "o2"', '"Id": "renamed"'],
      ['"TargetOriginId": "o1"', '"TargetOriginId": ""'],
    );
    const items = await completionsAt(editor.document, positionIn(editor.document, '"TargetOriginId": "', 19));
    assert.deepEqual(items.map(labelOf), ["o1", "renamed"]);
  });
});
