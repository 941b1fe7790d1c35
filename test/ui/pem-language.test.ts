import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sampleFolder } from "../launcher/places.ts";
import { languageStatus } from "./language-status.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

const sampleFile = (name: string): string => readFileSync(join(sampleFolder, "certificates", name), "utf8");
const squiggles = ({ page }: Workbench, kind: "error" | "warning" | "info") => page.locator(`.squiggly-${kind}`);

/** The outline's rows, name and detail. */
async function outline(workbench: Workbench): Promise<string[]> {
  const rows = workbench.page.locator(".outline-pane .monaco-list-row");
  await rows.first().waitFor();
  return Promise.all(
    (await rows.all()).map(async (row) =>
      (await row.locator(".label-name, .label-description").allInnerTexts()).join(" | "),
    ),
  );
}

/** The colour of the first word of the first line that shows this text. */
const colourOf = ({ page }: Workbench, text: string): Promise<string> =>
  page.evaluate(`(() => {
    const isIn = (it) => it.innerText.replaceAll("\u00a0", " ").includes(${JSON.stringify(text)});
    const line = [...document.querySelectorAll(".editor-group-container.active .view-line")].find(isIn);
    const words = [...line.querySelectorAll("span > span")];
    return getComputedStyle(words.find(isIn) ?? words[0]).color;
  })()`);

for (const theme of ["light", "dark"] as const) {
  uiTest(
    `a damaged bundle in ${theme}: colours, findings, outline, folding, hover, status`,
    { theme, settings: { "editor.showFoldingControls": "always" }, size: { width: 1400, height: 900 } },
    async (workbench) => {
      const { page } = workbench;
      await workbench.openFile("certificates/damaged.pem");
      await squiggles(workbench, "error").first().waitFor();
      await workbench.screenshot(`pem damaged ${theme}`);
      await eventually(async () => {
        const [comment, label, body] = [
          await colourOf(workbench, "Pasted out of a chat"),
          await colourOf(workbench, "CERTIFICATE"),
          await colourOf(workbench, "EwYDVQQK"),
        ];
        assert.equal(new Set([comment, label, body]).size, 3, [comment, label, body].join());
      });
      await workbench.runCommand("Explorer: Focus on Outline View");
      await eventually(async () => {
        const rows = await outline(workbench);
        assert.deepEqual(
          rows.map((row) => row.replace(/in \d+ years/, "in years").replace(/\d+ years ago/, "years ago")),
          [
            "cloudfront.shop.example | expires in years · damaged · CERTIFICATE",
            "Example Shop Clients CA | expires in years · damaged · CERTIFICATE",
            "Damaged block | CERTIFICATE",
            "Damaged block | CERTIFICATE",
            "cloudfront-2019.shop.example | expired years ago · damaged · CERTIFICATE",
            "Warehouse Scanners CA | expires in years · damaged · CERTIFICATE",
          ],
        );
      });
      await workbench.screenshot(`pem outline ${theme}`);
      await workbench.openFile("certificates/trust-store.pem");
      await page.locator(".outline-pane .monaco-list-row", { hasText: "Partner Root CA" }).waitFor();
      await workbench.screenshot(`pem trust store ${theme}`);
      await workbench.goTo(8, 10);
      const hover = await workbench.hover(/SHA-256:/);
      for (const part of [
        "Example Shop Root CA",
        "CA certificate: expires in",
        "Issuer: self-issued",
        "Key: ECDSA P-256",
        "SHA-256:",
      ])
        assert.ok(hover.includes(part), `${part} in ${hover}`);
      await workbench.screenshot(`pem hover ${theme}`);
      // A hover that is just being drawn anew may not hear the click.
      await eventually(async () => {
        const link = page.locator(".monaco-hover:not(.hidden) a", { hasText: "Inspect Certificate" });
        await link.click({ timeout: 2_000 }).catch(() => undefined);
        await page.locator(".tab", { hasText: "trust-store.pem, line 6" }).waitFor({ timeout: 5_000 });
      }, 30_000);
      await workbench.click(page.locator('.tab[data-resource-name="trust-store.pem"]'));
      assert.match(
        await languageStatus(workbench, /5 certificates/),
        /5 certificates[^]*Purpose: trust store \(set in the file\)[^]*Set…/,
      );
      await workbench.screenshot(`pem status ${theme}`);
      await workbench.runCommand("Fold All");
      await page.locator(".margin .codicon-folding-collapsed").nth(5).waitFor();
      await workbench.screenshot(`pem folded ${theme}`);
      // The comment above, and five blocks: none is there twice.
      await eventually(async () => assert.equal(await page.locator(".margin .codicon-folding-collapsed").count(), 6));
      await workbench.openFile("certificates/config-map.yaml");
      await workbench.goTo(9, 12);
      await workbench.hover(/Example Shop Root CA[^]*Inspect Certificate[^]*expires in/);
      await workbench.screenshot(`pem hover in YAML ${theme}`);
      assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
    },
  );
}

const chain = sampleFile("origin-client-chain.pem").replace("# mtls: target=origin\n", "");
const setPurpose = "mTLS: Set File Purpose…";
const settingsOf = async (workbench: Workbench): Promise<unknown> =>
  JSON.parse(await workbench.savedText(".vscode/settings.json").catch(() => "null"));

uiTest(
  "what a file is for: chosen, kept for its path alone, changed and taken back",
  {
    files: {
      "certs [prod]/client (1).pem": chain,
      "certs [prod]/other.pem": chain,
      "marked.pem": sampleFile("origin-client-chain.pem"),
    },
  },
  async (workbench) => {
    const { quickInput, page } = workbench;
    await workbench.openFile("client (1).pem");
    assert.match(await languageStatus(workbench, /chain of/), /chain of 3 certificates[^]*Purpose: not set/);
    await workbench.click(page.locator(".hover-language-status a", { hasText: "Set…" }));
    assert.equal(await quickInput.title(), "Set Purpose of client (1).pem");
    const offered = await quickInput.items();
    const expected = [
      /^Origin client certificate CloudFront presents it to an origin, with its chain/,
      /^Trust store of CloudFront Viewer mTLS: the CA certificates of accepted viewers/,
      /^Trust store of API Gateway Mutual TLS of a custom domain name: the CA certificates of accepted clients/,
      /^Trust store of Application Load Balancer Mutual authentication of an HTTPS listener: the CA certificates of accepted clients/,
      /^Trust store of Network Load Balancer Mutual authentication of a TLS listener: the CA certificates of accepted clients/,
      /^Trust store of multiple services… The requirements of each service are checked/,
      /^Trust store The CA certificates of accepted clients; the requirements of all services are checked/,
      /^Not set current Only the requirements for all certificates are checked/,
    ];
    assert.equal(offered.length, expected.length);
    expected.forEach((item, place) => assert.match(offered[place] ?? "", item));
    await workbench.screenshot("purpose choice");
    await quickInput.pick("Trust store");
    assert.match(await languageStatus(workbench, /trust store/), /Purpose: trust store \(set in settings\)/);
    await workbench.screenshot("purpose chosen");
    await eventually(async () =>
      assert.deepEqual(await settingsOf(workbench), {
        "mtls.purposes": { "certs \\[prod\\]/client \\(1\\).pem": "trust-store" },
      }),
    );

    await workbench.openFile("other.pem");
    await languageStatus(workbench, /Purpose: not set/);
    await workbench.runCommand(setPurpose);
    await quickInput.pick("Origin client certificate");
    await languageStatus(workbench, /origin client certificate \(set in settings\)/);
    await workbench.openFile("client (1).pem");
    await workbench.runCommand(setPurpose);
    await quickInput.pick("Not set");
    await languageStatus(workbench, /Purpose: not set/);
    await eventually(async () =>
      assert.deepEqual(await settingsOf(workbench), { "mtls.purposes": { "certs \\[prod\\]/other.pem": "origin" } }),
    );

    await workbench.openFile("marked.pem");
    await workbench.goTo(9, 1);
    await workbench.runCommand(setPurpose);
    const said = await workbench.notification("sets the purpose of the file");
    assert.equal(
      said.text,
      "Line 2 of marked.pem sets the purpose of the file: # mtls: target=origin. This line overrides all settings. To change the purpose, edit the line.",
    );
    await page.getByText(/Ln 2, Col 22/).waitFor();
    await workbench.screenshot("purpose marker");
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  },
);

uiTest(
  "what a file is for where a wider entry counts more, and where no setting can say it",
  {
    files: {
      "certs/a.pem": chain,
      "certs/none.pem": "",
      "readme.txt": "Nothing\n",
      ".vscode/settings.json": JSON.stringify({ "mtls.purposes": { "certs/*.pem": "trust-store" } }),
    },
  },
  async (workbench) => {
    const { quickInput, page } = workbench;
    await workbench.openFile("certs/none.pem");
    assert.match(
      await languageStatus(workbench, /no certificate/),
      /no certificate[^]*Purpose: trust store \(set in settings\)/,
    );
    await workbench.screenshot("purpose without a certificate");
    await workbench.openFile("certs/a.pem");
    await languageStatus(workbench, /trust store \(set in settings\)/);
    await workbench.runCommand(setPurpose);
    await quickInput.pick("Not set");
    const wider = await workbench.notification("Another entry of mtls.purposes");
    await workbench.screenshot("purpose wider entry");
    await wider.press("Open Settings");
    await page.locator(".settings-editor").getByText("certs/*.pem").first().waitFor();
    await workbench.screenshot("purpose settings");
    await page.keyboard.press("Escape");

    await workbench.runCommand("File: New Untitled Text File");
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(chain)})`);
    await page
      .locator(
        ".editor-group-container.active .monaco-editor .native-edit-context, .editor-group-container.active .monaco-editor textarea",
      )
      .first()
      .focus();
    await page.keyboard.press("ControlOrMeta+v");
    await languageStatus(workbench, /chain of 3 certificates/);
    await workbench.runCommand(setPurpose);
    assert.equal((await quickInput.items()).length, 7);
    await quickInput.pick("Origin client certificate");
    const line = await workbench.notification("is not in a folder of this workspace");
    assert.match(
      line.text,
      /To set the purpose in the file instead, add this line above the first PEM block: # mtls: target=origin$/,
    );
    await workbench.screenshot("purpose untitled");
    assert.equal(await workbench.copiedBy(() => line.press("Copy Line")), "# mtls: target=origin");
    await workbench.goTo(1, 1);
    await page.keyboard.type("# mtls: target=origin\n");
    await languageStatus(workbench, /origin client certificate \(set in the file\)/);
    assert.doesNotMatch(await workbench.extensionLog(), /\[error\]/);
  },
);
