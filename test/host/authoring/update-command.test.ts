import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionTitled,
  apply,
  cleanUp,
  customOrigin,
  finding,
  gone,
  json,
  open,
  rulesBecome,
  run,
  show,
  until,
  wholeConfig,
  write,
} from "../editor.ts";

const wrapped = json({
  ETag: "E2QWRUHEXAMPLE",
  Distribution: { Id: "EDFDVBD6EXAMPLE", Status: "Deployed", DistributionConfig: wholeConfig() },
});

async function copied(start: () => void): Promise<string> {
  await vscode.env.clipboard.writeText("nothing yet");
  start();
  return until("something on the clipboard", async () => {
    const text = await vscode.env.clipboard.readText();
    return text === "nothing yet" ? undefined : text;
  });
}

// These names are what the file system of Windows takes as well; the quoting of each shell is tested below the editor.
const quoted = new Map([
  ["plain.json", "file://plain.json"],
  ["with space.json", "'file://with space.json'"],
  [
    "it's $HOME;`id` & more.json",
    process.platform === "win32" ? "'file://it''s $HOME;`id` & more.json'" : "'file://it'\\''s $HOME;`id` & more.json'",
  ],
  ["sub folder/deep.json", "'file://sub folder/deep.json'"],
  ["日本.json", "'file://日本.json'"],
]);

describe("the aws command", () => {
  afterEach(cleanUp);

  for (const [name, file] of quoted) {
    it(`is exact for a file named ${name}`, async () => {
      await open(name, wrapped);
      const text = await copied(() => run("mtls.copyUpdateCommand"));
      assert.equal(
        text,
        `aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config ${file}`,
      );
    });
  }

  it("remembers ETag and id when the inner config is extracted", async () => {
    const { document } = await open("extract.json", wrapped);
    await apply(
      await actionTitled(
        document.uri,
        await finding(document.uri, "file/wrapped-config"),
        "Extract the inner configuration",
      ),
    );
    await document.save();
    await gone(document.uri, "file/wrapped-config");
    assert.equal(document.getText(), json(wholeConfig()));
    const text = await copied(() => run("mtls.copyUpdateCommand", document.uri));
    assert.equal(
      text,
      "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config file://extract.json",
    );
  });

  it("remembers the ETag that is removed from the configuration", async () => {
    const { document } = await open(
      "inside.json",
      json({ ETag: "E2QWRUHEXAMPLE", ...wholeConfig(), Id: "EDFDVBD6EXAMPLE" }),
    );
    for (const [index, key] of ["ETag", "Id"].entries()) {
      await rulesBecome(document.uri, Array<string>(2 - index).fill("distribution/unknown-member"));
      const found = await finding(document.uri, "distribution/unknown-member");
      await apply(await actionTitled(document.uri, found, `Remove ${key}`));
    }
    await document.save();
    await gone(document.uri, "distribution/unknown-member");
    assert.equal(document.getText(), json(wholeConfig()));
    const text = await copied(() => run("mtls.copyUpdateCommand", document.uri));
    assert.equal(
      text,
      "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config file://inside.json",
    );
  });

  it("takes what the file says before what it said earlier", async () => {
    const { document } = await open("newer.json", wrapped);
    await apply(
      await actionTitled(
        document.uri,
        await finding(document.uri, "file/wrapped-config"),
        "Extract the inner configuration",
      ),
    );
    await document.save();
    await gone(document.uri, "file/wrapped-config");
    await write(
      "newer.json",
      wrapped.replace("E2QWRUHEXAMPLE", "E3NEWER").replace("EDFDVBD6EXAMPLE", "EOTHER99EXAMPLE"),
    );
    await finding(document.uri, "file/wrapped-config");
    const text = await copied(() => run("mtls.copyUpdateCommand", document.uri));
    assert.equal(
      text,
      "aws cloudfront update-distribution --id EOTHER99EXAMPLE --if-match E3NEWER --distribution-config file://newer.json",
    );
  });

  it("is offered beside Extract inner config", async () => {
    const { document } = await open("bulb.json", wrapped);
    const action = await actionTitled(
      document.uri,
      await finding(document.uri, "file/wrapped-config"),
      "Copy the AWS CLI command for this configuration",
    );
    assert.notEqual(action.isPreferred, true);
    assert.equal(action.edit, undefined);
    const text = await copied(() => void apply(action));
    assert.match(text, /^aws cloudfront update-distribution --id EDFDVBD6EXAMPLE /);
  });

  it("is not made for a file in which placeholders stand for header values", async () => {
    const headers = { Quantity: 1, Items: [{ HeaderName: "X-Secret", HeaderValue: "•••••• X-Secret · o1 · E1" }] };
    const origin = customOrigin({ beside: { CustomHeaders: headers } });
    await vscode.env.clipboard.writeText("nothing yet");
    const { document } = await open(
      "placeholders.json",
      json({ ETag: "E2", DistributionConfig: wholeConfig([origin]) }),
    );
    let done = false;
    void vscode.commands.executeCommand("mtls.copyUpdateCommand", document.uri).then(() => (done = true));
    await until("the end of its message", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return done;
    });
    assert.equal(await vscode.env.clipboard.readText(), "nothing yet");
  });

  it("is not made for a fragment, which would replace everything else by nothing", async () => {
    await vscode.env.clipboard.writeText("nothing yet");
    const uri = await write(
      "fragment.json",
      json({
        Id: "o1",
        DomainName: "a.example",
        CustomOriginConfig: { HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
      }),
    );
    await show(uri);
    let done = false;
    void vscode.commands.executeCommand("mtls.copyUpdateCommand").then(() => (done = true));
    await until("the end of its message", async () => {
      await vscode.commands.executeCommand("notifications.clearAll");
      return done;
    });
    assert.equal(await vscode.env.clipboard.readText(), "nothing yet");
  });
});
