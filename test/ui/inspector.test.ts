import * as assert from "node:assert/strict";
import { unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame, FrameLocator, Locator } from "playwright-core";
import {
  ascii,
  type Bytes,
  basicConstraints,
  clientAuth,
  dnsName,
  explicit,
  extendedKeyUsage,
  extension,
  ia5String,
  implicit,
  integer,
  keyUsage,
  name,
  octets,
  oid,
  sequence,
  serverAuth,
  subjectAltName,
} from "../core/x509/der-writer.ts";
import { createCa, issue, pkcs7 } from "../core/x509/pki.ts";
import { authority, client, csr, fakeKey, forged } from "../host/pem-files.ts";
import { faultsOf } from "./axe.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

// --- the files

const root = createCa({ subject: "C=JP,O=Example K.K.,CN=Example Root CA", parts: { notAfter: "20491231235959Z" } });
const issuing = createCa({
  subject: "C=JP,O=Example K.K.,CN=Example Issuing CA 1",
  issuer: root,
  parts: { notAfter: "20451231235959Z" },
});

const uri = (text: string): Bytes => implicit(6, ascii(text));
const accessTo = (method: string, place: string): Bytes => sequence(oid(method), uri(place));
const timestamp = [
  0,
  45,
  0,
  43,
  0,
  ...Array.from({ length: 32 }, (_, at) => at * 7),
  ...Array.from({ length: 8 }, (_, at) => Math.floor(Date.UTC(2026, 0, 1) / 256 ** (7 - at)) % 256),
  0,
  0,
];
/** Both key identifiers come by themselves. */
const leaf = issue(
  {
    subject: "C=JP,O=Example K.K.,OU=Platform,CN=api.example.com",
    issuer: issuing,
    parts: { notAfter: "20401231235959Z" },
  },
  [
    keyUsage("digitalSignature"),
    extendedKeyUsage(clientAuth, serverAuth),
    basicConstraints(false),
    subjectAltName(
      dnsName("api.example.com"),
      dnsName("api-tokyo.example.com"),
      uri("spiffe://example.com/ns/shop/sa/cloudfront-origin"),
      implicit(7, [192, 0, 2, 10]),
      explicit(4, name("CN=somebody")),
    ),
    extension(
      "2.5.29.31",
      sequence(sequence(explicit(0, explicit(0, uri("http://crl.example.com/issuing-ca-1.crl"))))),
    ),
    extension(
      "1.3.6.1.5.5.7.1.1",
      sequence(
        accessTo("1.3.6.1.5.5.7.48.1", "http://ocsp.example.com"),
        accessTo("1.3.6.1.5.5.7.48.2", "http://ca.example.com/issuing-ca-1.cer"),
      ),
    ),
    extension("2.5.29.32", sequence(sequence(oid("2.23.140.1.2.2")))),
    extension("1.3.6.1.4.1.11129.2.4.2", octets(timestamp)),
    extension("2.5.29.16", sequence(implicit(0, ascii("20260101000000Z")), implicit(1, ascii("20300101000000Z")))),
    extension("2.5.29.18", sequence(uri("https://ca.example.com/"))),
    extension("2.5.29.30", sequence(explicit(0, sequence(dnsName(".example.com")))), true),
    extension("2.5.29.36", sequence(implicit(0, [0]), implicit(1, [2]))),
    extension("2.5.29.54", integer(3)),
    extension("1.3.6.1.5.5.7.1.24", sequence(integer(5))),
    extension("1.3.6.1.5.5.7.1.11", sequence(accessTo("1.3.6.1.5.5.7.48.5", "http://repository.example.com"))),
    extension("2.16.840.1.113730.1.13", ia5String("Made by the platform team's tool")),
    // No such thing belongs into it, and nobody knows the other.
    extension("1.3.6.1.5.5.7.48.1.5", integer(1)),
    extension("1.3.6.1.4.1.99999.7.1", sequence(oid("1.3.6.1.4.1.99999.7"), ia5String("team=platform"))),
  ],
);
const oids = leaf.certificate.extensions.map((one) => one.oid);
assert.equal(new Set(oids).size, 20);

const renewed = client("C=JP,O=Example K.K.,OU=Platform,CN=api.example.com", {
  issuer: issuing,
  notAfter: "20481231235959Z",
});
const authorities = Array.from({ length: 150 }, (_, at) =>
  authority(`C=JP,O=Trusted,CN=Trusted Root CA ${String(at + 1).padStart(3, "0")}`),
);
const damagedBlock = leaf.pem.replace(/(?<=\n)[^\n]{12}/, "%%%%%%%%%%%%");

const files: Readonly<Record<string, string | Uint8Array>> = {
  "leaf.pem": leaf.pem + issuing.pem + root.pem,
  "bundle.pem": authorities.map(({ pem }) => pem).join(""),
  "damaged.pem": `${forged(renewed)}${damagedBlock}${issuing.pem}${fakeKey}${root.pem}${csr}`,
  "chain.p7b": pkcs7([leaf.der, issuing.der, root.der]),
  "store.p12": sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), octets(new Uint8Array(300)))),
  "windows.cer": renewed.der,
  "values.json": JSON.stringify({ clientCertificate: renewed.pem, replicas: 2 }, undefined, 2),
};

// --- what a person does

/** The page of the active inspector. */
const inside = ({ page }: Workbench): FrameLocator =>
  page.locator("iframe.webview.ready").last().contentFrame().locator("#active-frame").contentFrame();

function frameOf({ page }: Workbench): Frame {
  const frame = page.frames().findLast((candidate) => /\/fake\.html/.test(candidate.url()) && !candidate.isDetached());
  assert.ok(frame);
  return frame;
}

/** Once the page shows this file. */
async function shows(workbench: Workbench, title: string, timeout = 30_000): Promise<FrameLocator> {
  const page = inside(workbench);
  await page.getByRole("heading", { level: 1, name: title }).waitFor({ timeout });
  return page;
}

async function openFromExplorer({ page }: Workbench, file: string): Promise<void> {
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: file }).dblclick();
}

function inspect(workbench: Workbench, file: string): Promise<FrameLocator> {
  const row = workbench.page.locator(".explorer-folders-view .monaco-list-row", { hasText: file });
  return inspectBy(workbench, row, file);
}

/** With the right mouse button. */
function inspectBy(workbench: Workbench, target: Locator, title: string): Promise<FrameLocator> {
  const { page } = workbench;
  const entry = page.locator(".context-view .monaco-menu .action-label", { hasText: /^Inspect Certificate$/ });
  // The explorer, when it goes to another editor's file, closes a menu that is just chosen from.
  return eventually(async () => {
    await target.click({ button: "right" });
    await entry.waitFor({ timeout: 5_000 });
    // A menu that has just opened does not listen to the mouse yet.
    while (await entry.isVisible()) {
      await page.waitForTimeout(120);
      await entry.click({ timeout: 1_000 }).catch(() => undefined);
    }
    return shows(workbench, title, 12_000);
  }, 40_000);
}

/** It is there as soon as the extension has looked at the editor's text. */
const titleButton = ({ page }: Workbench): Locator =>
  page.locator(".editor-actions .action-label[aria-label*='Inspect Certificate']");
const toggles = (page: FrameLocator): Locator => page.locator(".card:not([hidden]) .toggle");

uiTest(
  "certificate files open in the inspector: every extension, 150 certificates, damage, PKCS#7 and PKCS#12",
  { files },
  async (workbench) => {
    const { page } = workbench;
    // The extension is there.
    await workbench.openFile("leaf.pem");
    await titleButton(workbench).waitFor();
    const opened = page.locator("iframe.webview").first();
    // A button that is just being drawn anew may not hear the first click.
    for (let attempt = 0; attempt < 4 && !(await opened.isVisible()); attempt++) {
      await titleButton(workbench)
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await opened.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    const leafPage = await shows(workbench, "leaf.pem");
    await leafPage.getByText("signature verified").nth(1).waitFor();
    await workbench.screenshot("inspector leaf light");
    // What works on the file works here, and *Go to File* opens its text.
    const inspector = page.locator(".tab.active", { hasText: "Certificate Inspector: leaf.pem" });
    await inspector.waitFor();
    await workbench.runCommand("mTLS: Set File Purpose…");
    assert.equal(await workbench.quickInput.title(), "Set Purpose of leaf.pem");
    await page.keyboard.press("Escape");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await workbench.openFile("leaf.pem");
    await page
      .locator(".editor-group-container.active .monaco-editor .view-line", { hasText: "BEGIN CERTIFICATE" })
      .first()
      .waitFor();
    await workbench.screenshot("inspector beside its text");
    await page.locator(".tab", { hasText: "Certificate Inspector: leaf.pem" }).click();
    await shows(workbench, "leaf.pem");
    const tree = await leafPage.locator("body").ariaSnapshot();
    for (const one of oids) assert.match(tree, new RegExp(`(?<![\\d.])${one.replaceAll(".", "\\.")}(?![\\d.])`), one);
    assert.deepEqual(await faultsOf(frameOf(workbench)), []);
    await leafPage.getByRole("heading", { name: "Extensions" }).first().scrollIntoViewIfNeeded();
    await workbench.screenshot("inspector leaf extensions light");

    await openFromExplorer(workbench, "chain.p7b");
    const p7b = await shows(workbench, "chain.p7b");
    await eventually(async () =>
      assert.deepEqual(await toggles(p7b).allInnerTexts(), [
        "api.example.com",
        "Example Issuing CA 1",
        "Example Root CA",
      ]),
    );
    await workbench.screenshot("inspector p7b light");

    await openFromExplorer(workbench, "store.p12");
    const p12 = await shows(workbench, "store.p12");
    await p12.getByText("openssl pkcs12 -in store.p12 -nokeys -out store.pem").waitFor();
    assert.deepEqual(await faultsOf(frameOf(workbench)), []);
    await workbench.screenshot("inspector p12 light");

    const damaged = await inspect(workbench, "damaged.pem");
    await damaged.getByText("signature not valid").first().waitFor();
    await eventually(async () =>
      assert.deepEqual(await toggles(damaged).allInnerTexts(), [
        "api.example.com",
        "Unreadable certificate",
        "Example Issuing CA 1",
        "Private key",
        "Example Root CA",
        "wanted.example",
      ]),
    );
    await toggles(damaged).nth(1).click();
    assert.deepEqual(await faultsOf(frameOf(workbench)), []);
    assert.ok(!(await frameOf(workbench).content()).includes("Tk9UIEEgS0VZ"), "nothing of a private key");
    await workbench.screenshot("inspector damaged light");

    const bundle = await inspect(workbench, "bundle.pem");
    await eventually(async () => assert.equal(await toggles(bundle).count(), 150));
    await workbench.screenshot("inspector bundle light");
    const isSearching = () =>
      frameOf(workbench).evaluate<boolean>(
        "document.hasFocus() && document.activeElement.localName === 'vscode-textfield'",
      );
    // A page that has just opened may not have the keyboard yet.
    await eventually(async () => {
      if (!(await isSearching())) await page.keyboard.press("/");
      assert.ok(await isSearching(), "the search has not the keyboard");
    });
    await page.keyboard.type("trusted 077");
    await bundle.getByText("1 of 150", { exact: true }).waitFor();
    await eventually(async () => assert.deepEqual(await toggles(bundle).allInnerTexts(), ["Trusted Root CA 077"]));
    await toggles(bundle).first().click();
    assert.deepEqual(await faultsOf(frameOf(workbench)), []);
    await workbench.screenshot("inspector search light");

    for (const [short, pageClass] of [
      ["dark", "vscode-dark"],
      ["high contrast", "vscode-high-contrast"],
    ] as const) {
      await workbench.setTheme(short);
      for (const file of ["damaged.pem", "leaf.pem"]) {
        const shown = await inspect(workbench, file);
        await shown.locator(`body.${pageClass} .chain`).first().waitFor();
        assert.deepEqual(await faultsOf(frameOf(workbench)), [], `${file} ${short}`);
        await workbench.screenshot(`inspector ${file} ${short}`);
      }
    }
    assert.doesNotMatch(await workbench.extensionLog(), /\[(error|warning)\]/);
  },
);

uiTest(
  "from the page: copy, show in text, compare; and the page follows the file",
  { theme: "dark", files },
  async (workbench) => {
    const { page, quickInput, folder } = workbench;
    await workbench.openFile("values.json");
    await titleButton(workbench).waitFor();
    const line = page.locator(".view-line", { hasText: "clientCertificate" });
    const string = await inspectBy(workbench, line, "values.json, line 2");
    await string.getByRole("button", { name: "Show in Text" }).click();
    await page.locator(".tab.active", { hasText: "values.json" }).waitFor();
    await workbench.screenshot("inspector string in text");

    const der = await inspect(workbench, "windows.cer");
    const copied = await workbench.copiedBy(async () => {
      await der.getByRole("button", { name: "Copy as PEM" }).click();
      await der.getByText("Copied PEM").waitFor();
    });
    assert.equal(copied, renewed.pem);
    await workbench.screenshot("inspector copied");
    await der.getByRole("button", { name: "Compare with…" }).first().click();
    const offered = await quickInput.items();
    assert.deepEqual(
      offered.map((row) => row.split(" ")[0]),
      ["bundle.pem", "chain.p7b", "damaged.pem", "leaf.pem", "Select", "Clipboard"],
    );
    await workbench.screenshot("inspector compare pick");
    await quickInput.pick("Clipboard");
    await (await workbench.notification("No difference")).press("OK");

    const chain = await inspect(workbench, "leaf.pem");
    await chain
      .getByRole("group", { name: "Actions for api.example.com" })
      .getByRole("button", { name: "Compare with…" })
      .click();
    await quickInput.pick("windows.cer");
    await page
      .locator(".monaco-diff-editor .view-line", { hasText: "notAfter" })
      .or(page.locator(".monaco-diff-editor .view-line", { hasText: "Valid until" }))
      .first()
      .waitFor();
    await workbench.screenshot("inspector comparison");
    assert.match(await page.locator(".tab.active").innerText(), /api\.example\.com in leaf\.pem ↔ windows\.cer/);
    await workbench.runCommand("View: Close Editor");

    const back = await shows(workbench, "leaf.pem");
    await eventually(async () => assert.equal(await toggles(back).count(), 3));
    await writeFile(join(folder, "leaf.pem"), renewed.pem);
    await back.getByText("1 certificate", { exact: true }).waitFor();
    await unlink(join(folder, "leaf.pem"));
    await back.getByText("no longer exists").waitFor();
    await eventually(async () => assert.equal(await toggles(back).count(), 1));
    await workbench.screenshot("inspector deleted");
    assert.doesNotMatch(await workbench.extensionLog(), /\[(error|warning)\]/);
  },
);
