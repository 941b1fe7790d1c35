// A folder that is not trusted. The first test needs the sandbox; the others have it so that they share its workbench.
// alone: the missing trust makes it another kind of workbench.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleFolder } from "../launcher/places.ts";
import { applyReviewed, reviewed } from "./file-reviews.ts";
import { languageStatus } from "./language-status.ts";
import { eventually, uiTest } from "./workbench.ts";

const sample = readFileSync(join(sampleFolder, "distribution.json"), "utf8");
const chain = readFileSync(join(sampleFolder, "certificates/origin-client-chain.pem"), "utf8").replace(
  "# mtls: target=origin\n",
  "",
);

// What a window before it still asks for would count as its own.
uiTest(
  "nothing is asked of AWS before the view is opened, and nothing at all in a folder that is not trusted",
  { trusted: false, sandbox: true, turn: "first" },
  async (workbench) => {
    await workbench.page.locator(".activitybar .action-item a[aria-label^='mTLS']").click();
    await workbench.page.locator(".part.sidebar .composite.title", { hasText: "AWS Resources" }).waitFor();
    await workbench.waitForText("in an untrusted workspace");
    await workbench.screenshot("account untrusted");
    assert.deepEqual(await workbench.sandbox.requests(), []);
  },
);

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const quantityWrong = sample.replace('"Quantity": 3', '"Quantity": 9');
const hidden = {
  "mtls.rules": { "distribution/quantity": "off" },
  "mtls.suppress": [{ rule: "distribution/quantity", path: "distribution.json" }],
};

uiTest(
  "Restricted Mode checks as always, and leaves the workspace's settings aside",
  {
    trusted: false,
    sandbox: true,
    files: { "distribution.json": quantityWrong, ".vscode/settings.json": JSON.stringify(hidden) },
  },
  async (workbench) => {
    await workbench.waitForText("Restricted Mode");
    await workbench.openFile("distribution.json");
    await workbench.page.locator(".squiggly-error").first().waitFor();
    await workbench.goTo(11, 18);
    await workbench.screenshot("restricted mode");
    assert.equal((await workbench.codeActions())[0], "Set Quantity to 3");
    await workbench.applyCodeAction("Set Quantity to 3");
    await workbench.page.locator(".squiggly-error").first().waitFor({ state: "hidden" });
    await workbench.save();
    assert.equal(await workbench.savedText("distribution.json"), sample);
    // A change of a file is reviewed as anywhere else.
    await workbench.runCommand("mTLS: Enable Origin mTLS…");
    await workbench.quickInput.tick("shop-api");
    await workbench.quickInput.accept();
    await workbench.quickInput.type(arn);
    await workbench.quickInput.accept();
    await reviewed(workbench, "The origin must require a client certificate");
    await workbench.screenshot("restricted mode review");
    await applyReviewed(workbench);
    await workbench.notification("Origin mTLS is configured in the file for shop-api");
    assert.match(await workbench.editorText(), new RegExp(arn));
    assert.deepEqual(await workbench.sandbox.requests(), []);
  },
);

uiTest(
  "Restricted Mode leaves the workspace's purposes aside, and says so",
  {
    trusted: false,
    sandbox: true,
    files: { "a.pem": chain, ".vscode/settings.json": JSON.stringify({ "mtls.purposes": { "*.pem": "trust-store" } }) },
  },
  async (workbench) => {
    await workbench.waitForText("Restricted Mode");
    await workbench.openFile("a.pem");
    await languageStatus(workbench, /Purpose: not set/);
    await workbench.runCommand("mTLS: Set File Purpose…");
    await workbench.quickInput.pick("Trust store");
    const said = await workbench.notification("This workspace is not trusted");
    await workbench.screenshot("purpose restricted mode");
    assert.match(said.text, /# mtls: target=truststore/);
    await said.press("Manage Workspace Trust");
    await workbench.page.locator(".workspace-trust-editor").waitFor();
    await eventually(async () =>
      assert.deepEqual(JSON.parse(await workbench.savedText(".vscode/settings.json")), {
        "mtls.purposes": { "*.pem": "trust-store" },
      }),
    );
  },
);
