import * as assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { certificate, customConfig, customOrigin, distributionConfig } from "../core/configs.ts";
import { createAuthority } from "../probe/authority.ts";
import { originStates, startOrigin } from "../probe/node-origins.ts";
import { reviewed } from "./file-reviews.ts";
import { eventually, uiTest } from "./workbench.ts";

const authority = createAuthority();

function configAt(port: number): string {
  const custom = customConfig({ HTTPSPort: port, OriginMtlsConfig: { ClientCertificateArn: certificate } });
  const origin = customOrigin("local", custom, { DomainName: "localhost" });
  return `${JSON.stringify({ Origins: distributionConfig([origin])["Origins"] }, undefined, 2)}\n`;
}

uiTest(
  "an origin is verified, and what was proved is shown until the file says something else",
  {},
  async (workbench) => {
    const { page, quickInput } = workbench;
    const state = originStates(authority).find(({ name }) => name === "required, both versions");
    const origin = await startOrigin(state ?? assert.fail());
    const file = join(workbench.folder, "origin.json");
    try {
      await writeFile(file, configAt(origin.port));
      await workbench.openFile("origin.json");
      await workbench.waitForText("Verify…");
      // A lens that is drawn anew swallows the click.
      await eventually(async () => {
        await workbench.click(page.getByText("Verify…").first());
        assert.ok(await quickInput.offers("Start", 3_000));
      });
      assert.equal(await quickInput.title(), `Verify mTLS of localhost:${origin.port}`);
      await workbench.screenshot("verify 1 what to try");
      await quickInput.pick("Start");
      const message = await workbench.notification("The server asks for a client certificate in the handshake");
      assert.match(message.text, new RegExp(`^localhost:${origin.port}: `));
      await workbench.screenshot("verify 2 report");
      await message.press("OK");
      await workbench.waitForText(`Mutual TLS of localhost:${origin.port}: enforced in TLS`);
      await workbench.openFile("origin.json");
      const proof = `Verified ${new Date().toISOString().slice(0, 10)}: enforced in TLS`;
      await workbench.waitForText(proof);
      await workbench.screenshot("verify 3 proved");
      await eventually(async () => {
        await workbench.click(page.getByText("Disable…").first());
        await reviewed(workbench, "local still requested a certificate on");
      });
      await workbench.screenshot("verify 4 still asks");
      await page.keyboard.press("Escape");
    } finally {
      await origin.close();
    }
    await writeFile(file, configAt(origin.port === 8443 ? 8444 : 8443));
    await workbench.openFile("origin.json");
    await workbench.waitForText("Verify…");
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  },
);
