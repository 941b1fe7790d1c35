import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { sampleFolder } from "../launcher/places.ts";
import { certificates } from "../sandbox/world.ts";
import { applyReviewed, reviewed } from "./file-reviews.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
/** What the sample presents already, by its id. */
const offered = certificates.orders.replace(/^.*\//, "");
// Not awaited: Node's runner takes a file that pauses between its tests for one that is done.
const sampleFile = (name: string): string => readFileSync(join(sampleFolder, name), "utf8");
const sample = sampleFile("distribution.json");

const asked = ({ page }: Workbench, text: string) =>
  page.locator(".quick-input-widget:visible").getByText(text).first().waitFor();
const squiggles = ({ page }: Workbench, kind: "error" | "warning" | "info") => page.locator(`.squiggly-${kind}`);

async function clearNotifications(workbench: Workbench): Promise<void> {
  await workbench.runCommand("Notifications: Clear All Notifications");
  await workbench.page.locator(".notifications-toasts .notification-list-item").first().waitFor({ state: "hidden" });
}

uiTest(
  "a JSON file wakes the extension up, in light and dark",
  { turn: "first", files: { "config.json": '{\n  "Comment": ""\n}\n' } },
  async (workbench) => {
    await workbench.openFile("config.json");
    await workbench.goTo(2, 4);
    // The extension makes its output channel when it is activated: one that is made a moment later is in the next list.
    await eventually(async () => {
      await workbench.runCommand("Output: Show Output Channels...");
      await workbench.quickInput.type("mTLS");
      if (await workbench.quickInput.offers("mTLS Workbench", 2_000)) return;
      await workbench.quickInput.cancel();
      assert.fail("the extension is not activated");
    });
    await workbench.quickInput.pick("mTLS Workbench");
    for (const theme of ["light", "dark"] as const) {
      await workbench.setTheme(theme);
      assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
      await workbench.screenshot(`smoke ${theme}`);
    }
  },
);

uiTest("the sample folder opens", {}, async (workbench) => {
  await workbench.openFile("README.md");
  assert.equal(await workbench.editorText(), await workbench.savedText("README.md"));
  await workbench.screenshot("sample");
});

const mistakes = sampleFile("mistakes.jsonc").split("\n");

/** Line and column, from 1, inside the first line that has this text. */
function placeOf(text: string, offset: number): [number, number] {
  const line = mistakes.findIndex((candidate) => candidate.includes(text));
  assert.notEqual(line, -1, text);
  return [line + 1, (mistakes[line]?.indexOf(text) ?? 0) + 1 + offset];
}

uiTest("diagnostics, hovers and completions in high contrast", { theme: "high contrast" }, async (workbench) => {
  const { page } = workbench;
  await workbench.openFile("mistakes.jsonc");
  await squiggles(workbench, "error").first().waitFor();
  await workbench.screenshot("mistakes high contrast");
  await workbench.goTo(...placeOf('"OriginMtlsConfig"', 3));
  await workbench.hover(/presents the certificate only when the origin requests one/);
  await workbench.screenshot("hover member high contrast");
  await page.keyboard.press("Escape");
  await workbench.goTo(...placeOf("arn:aws:acm:eu-west-1", 9));
  await workbench.hover(/ACM\scertificate[^]*Region:\seu-west-1/);
  await workbench.screenshot("hover ARN high contrast");
  await page.keyboard.press("Escape");
  await workbench.goTo(...placeOf('http-only"', 0));
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: "match-viewer" }).waitFor();
  await workbench.screenshot("completion high contrast");
});

const hundred = JSON.stringify(
  {
    Origins: {
      Quantity: 100,
      Items: Array.from({ length: 100 }, (_, index) => ({
        Id: `origin-${index + 1}`,
        DomainName: `o${index + 1}.example.com`,
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" },
      })),
    },
  },
  undefined,
  2,
);

const odd = {
  "package.json": '{\n  "name": "thing"\n}\n',
  "broken.json": sample.replace('"DefaultRootObject": "index.html",', '"DefaultRootObject": ,'),
  "s3.json":
    '{ "Id": "files", "DomainName": "files.s3.us-east-1.amazonaws.com", "S3OriginConfig": { "OriginAccessIdentity": "" } }\n',
  "locked.json": sample,
  "vanishing.json": sample,
  "hundred.json": hundred,
  "README.md": "# Nothing\n",
};

uiTest(
  "every dead end says what to do, and nothing is lost",
  { theme: "dark", files: odd, settings: { "files.readonlyInclude": { "**/locked.json": true } } },
  async (workbench) => {
    const { page, quickInput } = workbench;
    const enable = () => workbench.runCommand("mTLS: Enable Origin mTLS…");

    await enable();
    await workbench.notification("No file is open.");
    await workbench.screenshot("dead end no file");
    await clearNotifications(workbench);

    await workbench.runCommand("mTLS: Apply All Safe Fixes");
    await workbench.notification(
      "Open a distribution configuration or a file of certificates first. There is nothing to fix here.",
    );
    await workbench.runCommand("mTLS: Copy AWS CLI Command");
    await workbench.notification("Open a whole distribution config");
    await clearNotifications(workbench);

    for (const name of ["package.json", "README.md"]) {
      await workbench.openFile(name);
      await enable();
      await workbench.notification(`${name} contains no CloudFront distribution configuration.`);
      await workbench.screenshot(`dead end ${name}`);
      await clearNotifications(workbench);
    }

    await workbench.openFile("broken.json");
    await enable();
    const broken = await workbench.notification("Fix the JSON error on line 9 first");
    await workbench.screenshot("dead end syntax");
    await broken.press("Go to Line 9");
    await page.getByText(/Ln 9, Col/).waitFor();

    await workbench.openFile("s3.json");
    await enable();
    await workbench.notification("files: S3 origins do not support origin mTLS. Use origin access control.");
    await workbench.screenshot("dead end s3");
    await clearNotifications(workbench);

    await workbench.openFile("locked.json");
    await enable();
    await quickInput.tick("shop-api");
    await quickInput.accept();
    await quickInput.pick(offered);
    await reviewed(workbench);
    await applyReviewed(workbench);
    await workbench.notification("read-only");
    await workbench.screenshot("dead end read-only");
    assert.equal(await workbench.editorText(), sample);
    await clearNotifications(workbench);

    await workbench.openFile("vanishing.json");
    await enable();
    await quickInput.tick("shop-api");
    await quickInput.accept();
    await quickInput.pick(offered);
    await reviewed(workbench);
    await unlink(join(workbench.folder, "vanishing.json"));
    await page.locator(".explorer-folders-view").getByText("vanishing.json").waitFor({ state: "hidden" });
    await applyReviewed(workbench);
    await workbench.notification("Origin mTLS is configured in the file for shop-api");
    await workbench.screenshot("dead end deleted file");
    await workbench.save();
    assert.ok(
      (await workbench.savedText("vanishing.json")).includes('"OriginProtocolPolicy": "https-only"'),
      "saving brings the file back, with the change",
    );
    await clearNotifications(workbench);

    await workbench.openFile("hundred.json");
    await enable();
    await quickInput.type("origin-77");
    await quickInput.tick("origin-77");
    await workbench.screenshot("hundred origins");
    await quickInput.accept();
    await asked(workbench, "the ARN of a client certificate from ACM");
    await quickInput.type(arn);
    await quickInput.accept();
    await reviewed(workbench);
    await workbench.screenshot("hundred origins preview");
    await applyReviewed(workbench);
    await workbench.notification("Origin mTLS is configured in the file for origin-77");
    await workbench.screenshot("hundred origins done");
    await workbench.save();
    const saved: { Origins: { Items: { Id: string; CustomOriginConfig: { OriginMtlsConfig?: unknown } }[] } } =
      JSON.parse(await workbench.savedText("hundred.json"));
    assert.deepEqual(
      saved.Origins.Items.filter(({ CustomOriginConfig }) => CustomOriginConfig.OriginMtlsConfig !== undefined).map(
        ({ Id }) => Id,
      ),
      ["origin-77"],
    );
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  },
);

// What was found in the whole workspace stays.
uiTest(
  "lightbulb, Extract the inner configuration and Check Workspace on the sample folder",
  { turn: "last" },
  async (workbench) => {
    const { page, quickInput } = workbench;
    await workbench.openFile("from-an-article.json");
    await squiggles(workbench, "error").first().waitFor();
    await workbench.goTo(10, 24);
    const titles = await workbench.codeActions();
    await workbench.screenshot("article light bulb");
    assert.equal(titles[0], "Change to OriginMtlsConfig with ClientCertificateArn");
    assert.equal(titles.filter((title) => title === titles[0]).length, 1, "each fix once");
    await workbench.applyCodeAction("Change to OriginMtlsConfig with ClientCertificateArn");
    await squiggles(workbench, "error").first().waitFor({ state: "hidden" });
    await workbench.waitForText("mTLS on: Change Certificate…");
    await workbench.screenshot("article fixed");
    await workbench.save();
    const article = sampleFile("from-an-article.json");
    assert.equal(
      await workbench.savedText("from-an-article.json"),
      article.replace(
        /"OriginMtls": \{\s+"Enabled": true,(\s+)"CertificateArn"/,
        '"OriginMtlsConfig": {$1"ClientCertificateArn"',
      ),
    );

    await workbench.openFile("get-distribution-config.json");
    await workbench.waitForText("mTLS off: Enable…");
    await workbench.goTo(3, 8);
    await workbench.codeActions();
    await workbench.screenshot("extract light bulb");
    await workbench.applyCodeAction("Extract the inner configuration");
    const extracted = await workbench.notification("The file now contains the inner configuration");
    assert.match(extracted.text, /includes the ETag E2QWRUHEXAMPLE/);
    await eventually(async () => assert.equal(await workbench.editorText(), sample.replaceAll(/^( +)/gm, "$1$1")));
    await workbench.screenshot("extract done");
    await extracted.press("Copy AWS CLI Command");
    const unsaved = await workbench.notification("The AWS CLI command reads the file on disk");
    await workbench.screenshot("extract unsaved");
    await unsaved.press("Save");
    await asked(workbench, "Enter the ID of the distribution");
    await quickInput.type("not an id");
    await asked(workbench, "only capital letters and digits");
    await workbench.screenshot("extract id");
    await quickInput.type("EDFDVBD6EXAMPLE");
    await asked(workbench, "Enter the ID of the distribution");
    const command = await workbench.copiedBy(() => quickInput.accept());
    const copied = await workbench.notification("Copied for ");
    assert.match(copied.text, /E2QWRUHEXAMPLE is the ETag/);
    await workbench.screenshot("extract copied");
    assert.equal(
      command,
      "aws cloudfront update-distribution --id EDFDVBD6EXAMPLE --if-match E2QWRUHEXAMPLE --distribution-config file://get-distribution-config.json",
    );
    await page.keyboard.press("ControlOrMeta+z");
    await clearNotifications(workbench);

    await workbench.openFile("listeners.json");
    await workbench.waitForText("mTLS has problems: Change…");
    await workbench.goTo(19, 40);
    await workbench.applyCodeAction("Choose a trust store…");
    await asked(workbench, "Enter the ARN of the trust store");
    assert.equal(await quickInput.title(), "Choose a Trust Store: partners:443 in listeners.json");
    await workbench.screenshot("choose a trust store");
    await quickInput.cancel();

    await workbench.runCommand("mTLS: Check Workspace");
    const checked = await workbench.notification("Distribution configurations: 6");
    await workbench.screenshot("check workspace");
    await checked.press("Show Problems");
    await page.locator(".markers-panel").waitFor();
    await workbench.screenshot("check workspace problems");
    // The panel has no room for all rows at once.
    for (const name of ["mistakes.jsonc", "trust-store.pem"]) {
      await page.locator(".part.panel .viewpane-filter input").fill(name);
      await page.locator(".markers-panel .monaco-list-row", { hasText: name }).first().waitFor();
    }
  },
);
