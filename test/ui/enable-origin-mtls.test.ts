import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { sampleFolder } from "../launcher/places.ts";
import { certificates } from "../sandbox/world.ts";
import { applyReviewed, comment, reviewed, titleButton } from "./file-reviews.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const otherArn = "arn:aws:acm:us-east-1:123456789012:certificate/abcdefab-1234-1234-1234-123456789012";
/** What the sample presents already, by its id. */
const offered = certificates.orders.replace(/^.*\//, "");
const sample = readFileSync(join(sampleFolder, "distribution.json"), "utf8");

/** What enabling mTLS on shop-api makes of the sample. */
const enabled = (certificate: string) =>
  sample
    .replace('"OriginProtocolPolicy": "match-viewer"', '"OriginProtocolPolicy": "https-only"')
    .replace(
      '"OriginKeepaliveTimeout": 5\n',
      `"OriginKeepaliveTimeout": 5,\n          "OriginMtlsConfig": {\n            "ClientCertificateArn": "${certificate}"\n          }\n`,
    );

const disabled = sample.replace(/,\n +"OriginMtlsConfig": \{\n.*\n +\}/, "");

/** Quick picks and the diff editor of this extension. */
const diff = (workbench: Workbench) =>
  workbench.page
    .locator(".tab", { hasText: "mTLS: " })
    .or(workbench.page.locator(".tab", { hasText: "Certificate: " }));

async function unchanged(workbench: Workbench, name: string, text: string): Promise<void> {
  await workbench.page.locator(".quick-input-widget:visible").waitFor({ state: "hidden" });
  await diff(workbench).first().waitFor({ state: "hidden" });
  await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await eventually(async () => assert.equal(await workbench.editorText(), text));
}

async function chooseShopApi({ quickInput }: Workbench): Promise<void> {
  await quickInput.tick("shop-api");
  await quickInput.accept();
}

/** Waits until the quick pick or input box says this. */
const asked = ({ page }: Workbench, text: string | RegExp) =>
  page.locator(".quick-input-widget:visible").getByText(text).first().waitFor();

/** A lens that is just being drawn anew may not hear the first click. */
async function clickLens(workbench: Workbench, title: string, answer: string | Locator): Promise<void> {
  const { page } = workbench;
  const answered =
    typeof answer === "string" ? page.locator(".quick-input-widget:visible").getByText(answer).first() : answer;
  workbench.act();
  for (let attempt = 0; attempt < 4 && !(await answered.isVisible()); attempt++) {
    await page
      .getByText(title)
      .first()
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await answered.waitFor({ timeout: attempt === 0 ? 1_500 : 4_000 }).catch(() => undefined);
  }
  await answered.waitFor();
}

/** The text of the side of the diff editor that shows what will be. */
const shownChanges = ({ page }: Workbench) =>
  page.locator(".monaco-diff-editor .editor.modified .lines-content > .view-lines").first().innerText();

for (const theme of ["light", "dark"] as const) {
  uiTest(`Enable Origin mTLS from the palette to the file, and back (${theme})`, { theme }, async (workbench) => {
    const { page, quickInput } = workbench;
    await workbench.openFile("distribution.json");
    await workbench.waitForText("mTLS off: Enable…");
    await workbench.screenshot(`enable 0 editor ${theme}`);

    await workbench.runCommand("mTLS: Enable Origin mTLS…");
    assert.match(await quickInput.title(), /Enable Origin mTLS/);
    const items = await quickInput.items();
    assert.ok(
      items.some((item) =>
        /^shop-assets shop-assets\.s3\.us-east-1\.amazonaws\.com.*S3 origins do not support origin mTLS/.test(item),
      ),
      items.join("\n"),
    );
    await workbench.screenshot(`enable 1 origins ${theme}`);
    await quickInput.tick("shop-assets");
    await page
      .locator(".quick-input-list .monaco-list-row", { hasText: "shop-assets" })
      .locator('[aria-checked="false"]')
      .waitFor();
    await quickInput.accept();
    assert.match(
      (await page.locator(".quick-input-widget input").first().getAttribute("placeholder")) ?? "",
      /Select origins/,
    );
    await chooseShopApi(workbench);

    await asked(workbench, offered);
    await workbench.screenshot(`enable 2 certificates ${theme}`);
    assert.match(await quickInput.title(), /^Enable Origin mTLS: distribution\.json \(2\/2\)$/);
    for (const [typed, message, severity] of [
      ["garbage", /Not an ARN, and no certificate in this list matches/, "error"],
      [
        arn.replace("us-east-1", "eu-west-1"),
        /^Import the certificate into ACM in us-east-1 and enter that ARN here\.$/,
        "error",
      ],
      ["arn:aws:iam::123456789012:server-certificate/x", /IAM server certificate/, "error"],
      [
        "arn:aws-cn:acm:cn-north-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
        /partition/,
        "warning",
      ],
      [arn.replace("12345678-1234-1234-1234-123456789012", "some-id"), /looks like a sample/, "warning"],
    ] as const) {
      await quickInput.type(typed);
      await asked(workbench, message);
      await workbench.screenshot(`enable 3 ARN ${typed.slice(0, 20)} ${theme}`);
      if (severity === "warning") continue;
      await page.keyboard.press("Enter");
      await asked(workbench, message);
      assert.match(await quickInput.title(), /\(2\/2\)/, "Enter is refused");
    }
    // As it is pasted out of a file, and at the first Enter.
    await quickInput.type(`"ClientCertificateArn": "${otherArn}",`);
    await quickInput.accept();

    await reviewed(workbench, "The origin must require a client certificate");
    assert.equal(await page.locator(".quick-input-widget:visible").count(), 0, "nothing lies over the change");
    await page.locator(".monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert").first().waitFor();
    await eventually(async () => {
      const shown = (await shownChanges(workbench)).replaceAll("\u00a0", " ");
      assert.ok(shown.includes("https-only") && shown.includes(otherArn), shown);
    });
    await workbench.screenshot(`enable 4 preview ${theme}`);
    await page.keyboard.press("ControlOrMeta+Home");
    await eventually(async () => assert.match(await shownChanges(workbench), /••••••/));
    assert.ok(
      !(await page.locator(".monaco-diff-editor").innerText()).includes("sample-only-not-a-secret"),
      "the header's value is masked",
    );
    await applyReviewed(workbench);

    const done = await workbench.notification("Origin mTLS is configured in the file for shop-api");
    await workbench.screenshot(`enable 5 done ${theme}`);
    assert.match(done.text, /then configure the origin to require the certificate/);
    await unchanged(workbench, "distribution.json", enabled(otherArn));
    await page.keyboard.press("ControlOrMeta+z");
    await eventually(async () => assert.equal(await workbench.editorText(), sample, "one undo brings all back"));
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await workbench.save();
    assert.equal(await workbench.savedText("distribution.json"), enabled(otherArn));

    await workbench.goTo(26, 9);
    await workbench.waitForText("mTLS on: Change Certificate…");
    await workbench.runCommand("mTLS: Enable Origin mTLS…");
    await chooseShopApi(workbench);
    await quickInput.pick("abcdefab-1234-1234-1234-123456789012");
    await workbench.notification("shop-api already has this client certificate. Nothing to change.");
    await workbench.screenshot(`enable 6 nothing to change ${theme}`);
    await unchanged(workbench, "distribution.json", enabled(otherArn));
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]|sample-only-not-a-secret/);
  });
}

uiTest(
  "left with Escape at any step, or by closing the review, Enable Origin mTLS has changed nothing",
  {},
  async (workbench) => {
    const { page, quickInput } = workbench;
    await workbench.openFile("distribution.json");
    const steps = [
      () => Promise.resolve(),
      async () => {
        await chooseShopApi(workbench);
        await asked(workbench, offered);
      },
      async () => {
        await chooseShopApi(workbench);
        await asked(workbench, offered);
        await quickInput.type(otherArn);
        await asked(workbench, "The ARN is valid. The certificate was not checked.");
      },
    ];
    const review = async () => {
      await workbench.runCommand("mTLS: Enable Origin mTLS…");
      await chooseShopApi(workbench);
      await quickInput.pick(offered);
      await reviewed(workbench);
    };
    for (const step of steps) {
      await workbench.runCommand("mTLS: Enable Origin mTLS…");
      await quickInput.items();
      await step();
      await page.keyboard.press("Escape");
      await unchanged(workbench, "distribution.json", sample);
    }
    await review();
    await workbench.click(titleButton(workbench, "Discard"));
    await unchanged(workbench, "distribution.json", sample);
    await review();
    await workbench.runCommand("View: Close Editor");
    await unchanged(workbench, "distribution.json", sample);
    assert.equal(await page.locator(".notification-toast").count(), 0, "nothing is said");
    await eventually(async () => assert.equal(await page.locator(".tab").count(), 1, "no tab of the preview is left"));
  },
);

uiTest("what is typed while the review is open is not lost, and reviewed again", {}, async (workbench) => {
  const { page, quickInput } = workbench;
  await workbench.openFile("distribution.json");
  await page.keyboard.press("ControlOrMeta+\\");
  const chosen = await workbench.acts(async () => {
    await workbench.runCommand("mTLS: Enable Origin mTLS…");
    await chooseShopApi(workbench);
    await quickInput.pick(offered);
  });
  await reviewed(workbench);
  // The other editor on the same file is beside the preview.
  const other = page.locator(".editor-group-container").first();
  await other.locator(".view-lines").click({ position: { x: 60, y: 500 } });
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type('"Staging": false, ');
  await page.getByText("The file changed while this review was open. This is the updated change.").waitFor();
  assert.equal(await page.locator(".monaco-diff-editor").count(), 1, "in the same editor");
  await workbench.screenshot("enable previewed again");
  await workbench.click(page.locator(".tab", { hasText: "Enable Origin mTLS: " }));
  await page.keyboard.press("ControlOrMeta+Home");
  await eventually(async () => assert.match(await shownChanges(workbench), /Staging/));
  const applied = await workbench.acts(() => applyReviewed(workbench));
  assert.deepEqual([chosen, applied], [4, 1], "the command, the origin and Enter, the certificate, and Apply");
  await workbench.notification("Origin mTLS is configured in the file for shop-api");
  await workbench.save();
  assert.equal(
    await workbench.savedText("distribution.json"),
    enabled(certificates.orders).replace("{\n", '{"Staging": false, \n'),
  );
});

uiTest("Disable and Change, from the code lens and the palette", { theme: "dark" }, async (workbench) => {
  const { page, quickInput } = workbench;
  await workbench.openFile("distribution.json");
  await workbench.goTo(52, 5);
  await clickLens(workbench, "mTLS on: Change Certificate…", offered);
  await workbench.screenshot("change 1 certificates");
  assert.equal(await quickInput.title(), "Change Client Certificate: distribution.json");
  await quickInput.type(otherArn);
  await quickInput.accept();
  await reviewed(workbench, "trust the issuer of the new certificate");
  await page.locator(".monaco-diff-editor .char-insert").first().waitFor();
  await workbench.screenshot("change 2 preview");
  await applyReviewed(workbench);
  await workbench.notification("The client certificate is changed in the file for shop-legacy");
  await unchanged(workbench, "distribution.json", sample.replace(certificates.orders, otherArn));
  await page.keyboard.press("ControlOrMeta+z");
  await unchanged(workbench, "distribution.json", sample);

  await workbench.goTo(52, 5);
  await clickLens(workbench, "Disable…", comment(workbench));
  await reviewed(workbench, "Configure the origin to stop requesting a client certificate");
  await page.locator(".monaco-diff-editor .line-delete, .monaco-diff-editor .char-delete").first().waitFor();
  await workbench.screenshot("disable preview");
  await applyReviewed(workbench);
  await workbench.notification("Origin mTLS is removed from the file for shop-legacy");
  await unchanged(workbench, "distribution.json", disabled);

  await workbench.runCommand("mTLS: Disable Origin mTLS…");
  await workbench.notification("No origin can be changed");
  await workbench.screenshot("disable nothing");
  await workbench.runCommand("mTLS: Change Client Certificate…");
  await workbench.notification("mTLS is off. Enable it instead.");
  await workbench.screenshot("change nothing");
  await unchanged(workbench, "distribution.json", disabled);
});

const single = `{\r\n\t"Id": "only",\r\n\t"DomainName": "api.example.com",\r\n\t"CustomOriginConfig": {\r\n\t\t"HTTPSPort": 8443,\r\n\t\t"OriginProtocolPolicy": "http-only"\r\n\t}\r\n}\r\n`;

uiTest(
  "a file with one origin and no certificate is asked for the ARN at once, and written in its own style",
  { files: { "one.json": single } },
  async (workbench) => {
    const { quickInput } = workbench;
    await workbench.openFile("one.json");
    const acts = await workbench.acts(async () => {
      await clickLens(workbench, "mTLS off: Enable…", "Paste or type the ARN of a client certificate");
      await workbench.screenshot("one origin ARN");
      await quickInput.type(`  ${arn} `);
      await quickInput.accept();
      await reviewed(workbench, "HTTPS on port 8443");
      await workbench.screenshot("one origin preview");
      await applyReviewed(workbench);
    });
    assert.equal(acts, 3, "the lens, Enter behind the ARN, and Apply");
    await workbench.notification("Origin mTLS is configured in the file for only");
    await workbench.save();
    assert.equal(
      await workbench.savedText("one.json"),
      single.replace(
        '"http-only"',
        `"https-only",\r\n\t\t"OriginMtlsConfig": {\r\n\t\t\t"ClientCertificateArn": "${arn}"\r\n\t\t}`,
      ),
    );
  },
);
