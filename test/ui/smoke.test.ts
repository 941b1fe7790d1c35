import * as assert from "node:assert/strict";
import { uiTest } from "./workbench.ts";

for (const theme of ["light", "dark"] as const) {
  uiTest(`a JSON file wakes the extension up (${theme})`, { theme, files: { "config.json": '{\n  "Comment": ""\n}\n' } }, async (workbench) => {
    await workbench.openFile("config.json");
    await workbench.goTo(2, 4);
    // The extension makes its output channel when it is activated.
    await workbench.runCommand("Output: Show Output Channels...");
    await workbench.quickInput.type("mTLS");
    await workbench.quickInput.pick("mTLS Workbench");
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
    await workbench.screenshot(`smoke ${theme}`);
  });
}

uiTest("the sample folder opens", {}, async (workbench) => {
  await workbench.openFile("README.md");
  assert.equal(await workbench.editorText(), await workbench.savedText("README.md"));
  await workbench.screenshot("sample");
});
