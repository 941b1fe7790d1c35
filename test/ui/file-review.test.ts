import * as assert from "node:assert/strict";
import { applyReviewed, comment, reviewed, titleButton } from "./file-reviews.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

/** Ten lines: there is no room to spare. */
const ten = `{
  "Id": "shop-api",
  "DomainName": "api.example.com",
  "OriginPath": "",
  "CustomOriginConfig": {
    "HTTPPort": 80,
    "HTTPSPort": 443,
    "OriginProtocolPolicy": "match-viewer"
  }
}
`;
const enabled = (text: string) =>
  text.replace(
    '"match-viewer"',
    `"https-only",\n    "OriginMtlsConfig": {\n      "ClientCertificateArn": "${arn}"\n    }`,
  );
const other = ten.replace("shop-api", "blog");

const files = { "ten.json": ten, "other.json": other, "more.json": `{}\n` };

async function review(workbench: Workbench, file = "ten.json"): Promise<void> {
  const { quickInput } = workbench;
  await workbench.openFile(file);
  await workbench.runCommand("mTLS: Enable Origin mTLS…");
  await quickInput.type(arn);
  await quickInput.accept();
  await reviewed(workbench, "Required actions at the origin");
}

for (const theme of ["light", "dark", "high contrast"] as const) {
  uiTest(
    `a change of a file of ten lines is reviewed beside its lines, and nothing lies over it (${theme})`,
    { theme, files },
    async (workbench) => {
      const { page } = workbench;
      await review(workbench);
      const box = (await comment(workbench).boundingBox()) ?? assert.fail("the comment is shown");
      const changed = page.locator(".monaco-diff-editor .editor.modified .line-insert");
      await changed.first().waitFor();
      for (const line of await changed.all()) {
        const { y, height } = (await line.boundingBox()) ?? assert.fail("each changed line is shown");
        assert.ok(y >= 60 && y + height <= box.y + 1, `a changed line at ${y}, the comment at ${box.y}`);
      }
      assert.ok(box.height > 150 && box.y + box.height <= 780, `the comment ends at ${box.y + box.height}`);
      assert.match(await comment(workbench).innerText(), /Enable Origin mTLS: Select Apply or Discard above/);
      // Where the editor had made a box for one before it was told that there is none, it hides that.
      await eventually(async () =>
        assert.equal(
          await comment(workbench).locator("textarea:visible, .review-thread-reply-button:visible").count(),
          0,
          "no replies",
        ),
      );
      assert.equal(
        await page.locator(".quick-input-widget:visible, .monaco-dialog-box, .part.panel:visible").count(),
        0,
        "nor is a view opened for it",
      );
      await workbench.screenshot(`file review ${theme}`);
      await page.keyboard.press("ControlOrMeta+Enter");
      await workbench.notification("Origin mTLS is configured in the file for shop-api");
      await eventually(async () => assert.equal(await workbench.editorText(), enabled(ten)));
      await workbench.screenshot(`file review applied ${theme}`);
      await page.keyboard.press("ControlOrMeta+z");
      await eventually(async () => assert.equal(await workbench.editorText(), ten, "one undo brings all back"));
      assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
    },
  );
}

uiTest("each of two reviews has its own buttons, and what is no review has none", { files }, async (workbench) => {
  const { page, quickInput } = workbench;
  const palette = async (offered: boolean) => {
    await page.keyboard.press("F1");
    await quickInput.type(">mTLS: Discard");
    assert.equal(await quickInput.offers("mTLS: Discard", offered ? 10_000 : 1_000), offered);
    await page.keyboard.press("Escape");
  };
  await review(workbench);
  await review(workbench, "other.json");
  await palette(true);
  // A look at another file takes no review away, and the shortcut is for reviews alone.
  await workbench.openFile("more.json");
  await palette(false);
  assert.equal(await titleButton(workbench, "Apply").count(), 0);
  // It comes back to the editor after the palette.
  await page.locator(".editor-instance .monaco-editor.focused").waitFor();
  await page.keyboard.press("ControlOrMeta+Enter");
  await eventually(async () => assert.equal(await workbench.editorText(), "{}\n\n"));
  await workbench.click(page.locator(".tab", { hasText: "Enable Origin mTLS: ten.json" }));
  await reviewed(workbench);
  await applyReviewed(workbench);
  await workbench.notification("Origin mTLS is configured in the file for shop-api");
  assert.equal(await workbench.editorText(), enabled(ten));
  await workbench.click(page.locator(".tab", { hasText: "Enable Origin mTLS: other.json" }));
  await reviewed(workbench);
  await workbench.click(titleButton(workbench, "Discard"));
  await page.locator(".tab", { hasText: "Enable Origin mTLS" }).waitFor({ state: "hidden" });
  await workbench.openFile("other.json");
  assert.equal(await workbench.editorText(), other);
});
