import * as assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { authority, client } from "../host/pem-files.ts";
import { faultsOf } from "./axe.ts";
import { languageStatus } from "./language-status.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

const root = authority("CN=Partners Root");
const issuing = authority("CN=Partners Issuing", { issuer: root });
const buyer = client("CN=buyer.example", { issuer: issuing });

function pageOf({ page }: Workbench): Frame {
  const frame = page.frames().findLast((candidate) => /\/fake\.html/.test(candidate.url()) && !candidate.isDetached());
  assert.ok(frame, "a page is shown");
  return frame;
}

const files = {
  "clients.pem": `# Partners - all of them\n${root.pem}\n${issuing.pem}`,
  "buyer.pem": buyer.pem,
  "domain.json": '{ "domainName": "api.example.com" }',
};

uiTest(
  "says of each service whether it takes a bundle, follows the config that names it, and leaves out what a service does not take",
  { files },
  async (workbench) => {
    const { quickInput } = workbench;
    await workbench.openFile("clients.pem");
    await languageStatus(workbench, /Purpose: not set/);
    const services = workbench.page.locator(".hover-language-status", { hasText: "Details…" });
    assert.match((await services.innerText()).replaceAll(/\s+/g, " "), /CloudFront API Gateway ALB NLB/);
    await eventually(async () =>
      assert.deepEqual(
        await services
          .locator(".left .codicon")
          .evaluateAll((icons) =>
            icons.map((icon) => /codicon-(?:error|pass|question|warning)/.exec(icon.className)?.[0]),
          ),
        ["codicon-error", "codicon-pass", "codicon-error", "codicon-question"],
      ),
    );
    await workbench.screenshot("trust store status");
    await workbench.page.keyboard.press("Escape");
    await writeFile(
      join(workbench.folder, "domain.json"),
      JSON.stringify({
        domainName: "api.example.com",
        mutualTlsAuthentication: { truststoreUri: "s3://stores/clients.pem" },
      }),
    );
    const named = await languageStatus(workbench, /set by a configuration in the workspace/);
    assert.match(named, /trust store of API Gateway/);
    // The services are judged once nothing has changed for a moment.
    await eventually(async () => {
      await workbench.page.keyboard.press("Escape");
      await languageStatus(workbench, /Details…/);
      assert.doesNotMatch(await services.innerText(), /CloudFront/);
    });
    await workbench.page.keyboard.press("Escape");
    await workbench.runCommand("mTLS: Set File Purpose…");
    await quickInput.pick("Trust store of CloudFront");
    await workbench.openFile("clients.pem");
    const problems = await eventually(async () => {
      const found = (await workbench.problems()).join("\n");
      assert.match(found, /trust-store\/text/);
      return found;
    });
    assert.match(problems, /not accepted by CloudFront/);
    await workbench.screenshot("trust store findings");
    await workbench.runCommand("mTLS: Apply All Safe Fixes");
    // What somebody wrote goes by no fix that nobody sees.
    await eventually(async () =>
      assert.equal(await workbench.editorText(), `# Partners - all of them\n${root.pem}${issuing.pem}`),
    );
  },
);

uiTest(
  "draws the path of a client that would be let in, and says why of one that would not",
  { files },
  async (workbench) => {
    const { quickInput } = workbench;
    await workbench.openFile("buyer.pem");
    await workbench.runCommand("mTLS: Check Client Against Trust Store…");
    await quickInput.pick("clients.pem");
    const text = await eventually(async () => {
      const shown = await pageOf(workbench).locator("main").innerText();
      assert.match(shown, /signature verified/);
      return shown;
    });
    assert.match(text, /Does the trust store “clients\.pem” accept “buyer\.example”\?/);
    assert.match(text, /API Gateway\s+Yes/);
    assert.match(text, /CloudFront\s+Not until CloudFront accepts the bundle/);
    assert.deepEqual(await faultsOf(pageOf(workbench)), []);
    await workbench.screenshot("accepted client");
  },
);
