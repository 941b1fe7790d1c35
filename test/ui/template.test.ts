import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleFolder } from "../launcher/places.ts";
import { applyReviewed, reviewed } from "./file-reviews.ts";
import { themes } from "./themes.ts";
import { eventually, uiTest } from "./workbench.ts";

const sample = readFileSync(join(sampleFolder, "template.yaml"), "utf8");

/** Line, from 1, of the first one that has this text, and the column in which the text begins. */
function placeOf(text: string): [line: number, column: number] {
  const lines = sample.split("\n");
  const line = lines.findIndex((candidate) => candidate.includes(text));
  assert.notEqual(line, -1, text);
  return [line + 1, (lines[line]?.indexOf(text) ?? 0) + 1];
}

for (const theme of themes)
  uiTest(`origin mTLS is enabled in a template, by a new parameter, in ${theme}`, { theme }, async (workbench) => {
    const { page, quickInput } = workbench;
    await workbench.openFile("template.yaml");
    await workbench.waitForText("mTLS off: Enable…");
    await workbench.screenshot(`template 1 ${theme}`);
    await workbench.goTo(...placeOf("CustomOriginConfig"));
    // A lens that is drawn anew swallows the click.
    await eventually(async () => {
      await workbench.click(page.getByText("mTLS off: Enable…").first());
      assert.ok(await quickInput.offers("!Ref ClientCertificateArn", 3_000));
    });
    assert.match(await quickInput.title(), /^Enable Origin mTLS: template\.yaml/);
    await workbench.screenshot(`template 2 certificate ${theme}`);
    await quickInput.pick("!Ref ClientCertificateArn");
    await reviewed(workbench, "Deploy the stack and wait until it is complete");
    await workbench.screenshot(`template 3 review ${theme}`);
    await applyReviewed(workbench);
    const done = await workbench.notification("Origin mTLS is configured in the template for shop-api");
    assert.match(done.text, /Next: deploy the stack, then configure the origin to require the certificate/);
    await workbench.screenshot(`template 4 done ${theme}`);
    await eventually(async () =>
      assert.equal(
        await workbench.editorText(),
        sample
          .replace("    Default: test\n", "    Default: test\n  ClientCertificateArn:\n    Type: String\n")
          .replace(
            "[TLSv1.2]\n",
            "[TLSv1.2]\n              OriginMtlsConfig:\n                ClientCertificateArn: !Ref ClientCertificateArn\n",
          ),
      ),
    );
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  });

uiTest("findings, fixes and words in a template", {}, async (workbench) => {
  const { page } = workbench;
  await workbench.openFile("template.yaml");
  const [line, column] = placeOf("Mode: off");
  await workbench.goTo(line, column + 2);
  await workbench.waitForText("mTLS depends on a condition of the template");
  await page.locator(".squiggly-warning").first().waitFor();
  await workbench.hover(/MutualAuthentication|passthrough|verify/);
  await workbench.screenshot("template hover");
  await page.keyboard.press("Escape");
  await workbench.goTo(line, column + "Mode: ".length);
  assert.deepEqual((await workbench.codeActions()).slice(0, 2), [
    'Change to "off"',
    "Fix all safe problems in this file",
  ]);
  await workbench.screenshot("template actions");
  await workbench.applyCodeAction("Fix all safe problems in this file");
  await eventually(async () =>
    assert.equal(
      await workbench.editorText(),
      sample.replace("Mode: off", 'Mode: "off"').replace("CaNames: on", 'CaNames: "on"'),
    ),
  );
  // What a condition decides is not changed by a command.
  await workbench.goTo(...placeOf("MutualAuthentication"));
  await workbench.runCommand("mTLS: Enable mTLS…");
  await workbench.notification("The template decides by a condition whether mutual TLS is on here.");
  await workbench.screenshot("template condition");
  assert.equal(await page.locator(".quick-input-widget:visible").count(), 0);
  await workbench.runCommand("Notifications: Clear All Notifications");
});
