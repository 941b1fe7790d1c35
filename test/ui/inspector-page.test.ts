// alone: it opens no workbench.
import * as assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Inspection } from "../../src/core/messages/inspection/inspection.ts";
import type { ToHost } from "../../src/webview/protocol.ts";
import { projectFolder } from "../launcher/places.ts";
import { acceptance, bundle, card, damaged, hostile, leaf, pkcs12, twentyExtensions } from "./inspections.ts";
import { type Inspector, pageTest } from "./inspector-page.ts";
import { themes, variableNames } from "./themes.ts";

const toggles = ({ page }: Inspector) => page.locator(".toggle");
const toggle = (inspector: Inspector, title: string) =>
  inspector.page
    .getByRole("button", { name: title, exact: true, expanded: false })
    .or(inspector.page.getByRole("button", { name: title, exact: true, expanded: true }));
const openTitles = ({ page }: Inspector) => page.locator(".toggle[aria-expanded=true]").allInnerTexts();
const shownTitles = ({ page }: Inspector) => page.locator(".card:not([hidden]) .toggle").allInnerTexts();
const said = ({ page }: Inspector) => page.locator(".said").innerText();
const field = ({ page }: Inspector) => page.getByRole("searchbox").or(page.getByRole("textbox"));
const press = ({ page }: Inspector, key: string) => page.keyboard.press(key);
/** The title of the card whose header has the focus. */
const focused = ({ page }: Inspector) =>
  page.evaluate<string>(
    "document.activeElement.matches('.toggle') ? document.activeElement.innerText : document.activeElement.localName",
  );
/** How far it can be scrolled sideways, and what sticks out. */
const tooWide = ({ page }: Inspector) =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && !one.matches(".said"))
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .map((one) => one.localName + "." + one.getAttribute("class"))
    .concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page"] : [])`);

async function expandAll(inspector: Inspector): Promise<void> {
  const all = toggles(inspector);
  for (let index = 0; index < (await all.count()); index++)
    if ((await all.nth(index).getAttribute("aria-expanded")) === "false") await all.nth(index).click();
}

const nothing: Inspection = { name: "nothing.pem", note: undefined, chains: [], cards: [] };
const inspections: Readonly<Record<string, Inspection>> = {
  leaf,
  damaged,
  "pkcs 12": pkcs12,
  hostile,
  bundle: bundle(12),
  acceptance,
};

for (const theme of themes) {
  pageTest(`the inspector's page is sound in ${theme}`, { theme }, async (inspector) => {
    for (const [name, inspection] of Object.entries(inspections)) {
      await inspector.show(nothing);
      await inspector.show(inspection);
      if (name === "damaged") for (const index of [0, 1]) await toggles(inspector).nth(index).click();
      if (name === "leaf") await inspector.page.locator(".raw").first().click();
      if (name === "bundle") {
        await toggles(inspector).nth(1).click();
        await field(inspector).fill("ca 00");
      }
      assert.deepEqual(await inspector.faults(), [], name);
      await inspector.screenshot(`${name} ${theme}`);
    }
  });
}

pageTest(
  "a leaf's page tells a screen reader every extension, its OID, and what is said of it",
  {},
  async (inspector) => {
    await inspector.show(leaf);
    const tree = await inspector.tree();
    assert.equal(twentyExtensions.length, 20);
    for (const { oid, name, fields, fault } of twentyExtensions) {
      assert.ok(tree.includes(`heading "${name}" [level=4]`), name);
      assert.match(tree, new RegExp(`\\b${oid.replaceAll(".", "\\.")}\\b`), oid);
      for (const { value } of fields) for (const line of value.split("\n")) assert.ok(tree.includes(line), line);
      if (fault !== undefined) assert.ok(tree.includes(fault));
    }
    for (const text of [
      'heading "origin-client-chain.pem" [level=1]',
      'heading "cloudfront-origin.example.com" [level=2]',
      'button "cloudfront-origin.example.com" [expanded]',
      'list "Chain of cloudfront-origin.example.com"',
      'link "Leaf cloudfront-origin.example.com"',
      "signature verified",
      "issuer not in file",
      "“Example Root CA”, the issuer of “Example Issuing CA 1”, is not in this file.",
      "Not in this file Example Root CA",
      'heading "Does CloudFront accept this as an origin client certificate? Yes" [level=3]',
      "Met X.509 version 3",
      "Warning This certificate expires in 12 days, on 2025-12-03.",
      'button "Open the documentation for certificate/expiry"',
      'button "Copy Serial number"',
      'button "Copy OID of Key usage"',
      "critical",
    ])
      assert.ok(tree.includes(text), `${text} is missing in\n${tree}`);
  },
);

pageTest(
  "each answer on a client is said with its reasons, and another time can be asked for",
  {},
  async (inspector) => {
    await inspector.show(acceptance);
    const tree = await inspector.tree();
    for (const { name, answer, reasons } of acceptance.acceptance?.answers ?? []) {
      assert.match(tree, new RegExp(`heading "${name} ${answer}" \\[level=3\\]`), name);
      for (const reason of reasons) assert.ok(tree.includes(reason), reason);
    }
    await inspector.asked();
    await inspector.page.getByRole("button", { name: "Check at Another Time…" }).click();
    assert.deepEqual(await inspector.asked(), [{ kind: "chooseTime" }]);
  },
);

pageTest("a broken link is named, and not by colour alone", {}, async (inspector) => {
  await inspector.show(damaged);
  const broken = inspector.page.locator(".issued[data-state=broken]");
  assert.equal(await broken.innerText(), "signature not valid");
  assert.equal(await broken.locator("svg").count(), 1);
  const style = (state: string) =>
    inspector.page.evaluate<string>(
      `getComputedStyle(document.querySelector(".issued[data-state=${state}] .line"), "::before").borderTopStyle`,
    );
  assert.deepEqual(await Promise.all(["broken", "valid"].map(style)), ["dashed", "solid"]);
  const tree = await inspector.tree();
  for (const { text, state } of damaged.chains.flat().flatMap(({ link }) => link ?? []))
    assert.equal(tree.includes(text), state !== "valid" && state !== "unchecked", text);
});

pageTest("a box of the chain opens its card and moves there", {}, async (inspector) => {
  await inspector.show({
    ...bundle(40),
    chains: [
      [
        { card: "0", title: "first", role: "leaf", link: { state: "valid", text: "verified" } },
        { card: "30", title: "thirtieth", role: "root" },
      ],
    ],
  });
  await inspector.page.getByRole("link", { name: "thirtieth" }).click();
  assert.deepEqual(await openTitles(inspector), ["Partner Root CA 031"]);
  assert.equal(await focused(inspector), "Partner Root CA 031");
  const top = await inspector.page.evaluate<number>(
    `document.querySelectorAll(".card")[30].getBoundingClientRect().top - document.querySelector(".toolbar").getBoundingClientRect().bottom`,
  );
  assert.ok(top >= 0 && top < 60, `${top} px below the search`);
});

pageTest("more than three chains wait to be asked for", {}, async (inspector) => {
  await inspector.show({ ...damaged, chains: Array.from({ length: 5 }, () => damaged.chains[0] ?? []) });
  assert.equal(await inspector.page.locator(".chain").count(), 3);
  await inspector.page.getByRole("button", { name: "Show 2 more chains" }).click();
  assert.equal(await inspector.page.locator(".chain").count(), 5);
});

pageTest("three cards are open; of more only the rows are made until one is opened", {}, async (inspector) => {
  await inspector.show(bundle(3));
  assert.equal((await openTitles(inspector)).length, 3);
  assert.equal(await inspector.page.getByRole("button", { name: "Expand All" }).count(), 0);
  await inspector.reload();
  await inspector.page.evaluate("sessionStorage.clear()");
  await inspector.reload();
  await inspector.show(bundle(150));
  assert.match(await inspector.page.locator("header").innerText(), /150 certificates/);
  assert.equal(await inspector.page.locator(".card").count(), 150);
  assert.equal(await inspector.page.locator(".body").count(), 0);
  await toggle(inspector, "Partner Root CA 002").click();
  assert.equal(await inspector.page.locator(".body").count(), 1);
  await inspector.page.getByRole("button", { name: "Expand All" }).click();
  assert.equal(await inspector.page.locator(".body").count(), 150);
  await inspector.page.getByRole("button", { name: "Collapse All" }).click();
  assert.deepEqual([await inspector.page.locator(".body").count(), await openTitles(inspector)], [0, []]);
});

pageTest("search filters as it is typed, says how many are shown, and Escape ends it", {}, async (inspector) => {
  await inspector.show(bundle(150));
  await press(inspector, "/");
  await inspector.page.keyboard.type("Ca 14");
  assert.deepEqual(
    await shownTitles(inspector),
    ["014", "114", ...Array.from({ length: 10 }, (_, index) => `14${index}`)].map(
      (number) => `Partner Root CA ${number}`,
    ),
  );
  assert.equal(await inspector.page.locator(".shown").innerText(), "12 of 150");
  assert.equal(await said(inspector), "12 of 150 shown");
  await inspector.page.keyboard.type("9 partner");
  assert.deepEqual(await shownTitles(inspector), ["Partner Root CA 149"], "each word, in any order");
  await inspector.page.keyboard.type("x");
  assert.deepEqual(await shownTitles(inspector), []);
  assert.ok((await inspector.tree()).includes("No results in this file."));
  await press(inspector, "Escape");
  assert.equal((await shownTitles(inspector)).length, 150);
  assert.equal(await said(inspector), "150 of 150 shown");
  assert.equal(await field(inspector).inputValue(), "");
  await toggles(inspector).first().focus();
  await press(inspector, "Control+f");
  assert.equal(await focused(inspector), "vscode-textfield");
  await inspector.show(bundle(5));
  assert.equal(await field(inspector).count(), 0, "five are seen at a glance");
});

pageTest("the keyboard reaches everything", {}, async (inspector) => {
  await inspector.show(bundle(8));
  const title = (number: number) => `Partner Root CA 00${number}`;
  const after = async (key: string) => {
    await press(inspector, key);
    return focused(inspector);
  };
  await toggles(inspector).first().focus();
  assert.equal(await after("ArrowDown"), title(2));
  assert.equal(await after("j"), title(3));
  assert.equal(await after("k"), title(2));
  assert.equal(await after("ArrowUp"), title(1));
  assert.equal(await after("ArrowUp"), title(1));
  await press(inspector, "Enter");
  assert.deepEqual(await openTitles(inspector), [title(1)]);
  // Into the card, in the order in which it is read.
  const names: string[] = [];
  for (let count = 0; count < 9; count++) {
    await press(inspector, "Tab");
    names.push(
      await inspector.page.evaluate<string>(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText",
      ),
    );
  }
  assert.deepEqual(names, [
    "Show in Text",
    "Copy as PEM",
    "Copy as Text",
    "Copy as JSON",
    "Compare with…",
    "Copy Subject",
    "Copy Issuer",
    "Copy Serial number",
    "Copy Valid from",
  ]);
  const style = (of: string, name: string) => inspector.page.evaluate<string>(`getComputedStyle(${of}).${name}`);
  assert.deepEqual(
    [await style("document.activeElement", "opacity"), await style("document.activeElement", "outlineStyle")],
    ["1", "solid"],
  );
  assert.equal(await after("j"), title(2));
  assert.equal(await style("document.activeElement.closest('.head')", "outlineStyle"), "solid");
  await press(inspector, "Enter");
  await press(inspector, "Tab");
  const before = await inspector.page.evaluate<number>("scrollY");
  await inspector.asked();
  await press(inspector, " ");
  assert.deepEqual(await inspector.asked(), [{ kind: "showInText", card: "1" }]);
  assert.equal(
    await inspector.page.evaluate<number>("scrollY"),
    before,
    "Space presses the button and leaves the page where it is",
  );
  await press(inspector, "/");
  await inspector.page.keyboard.type("jk/");
  assert.equal(await field(inspector).inputValue(), "jk/", "letters are letters in the search");
  await field(inspector).fill("00");
  assert.equal(await after("ArrowDown"), title(1));
});

pageTest("each value is copied by its place, and the copying is said", {}, async (inspector) => {
  await inspector.show(leaf);
  await inspector.asked();
  for (const raw of await inspector.page.locator(".raw").all()) await raw.click();
  await inspector.page.evaluate("for (const button of document.querySelectorAll('.copy')) button.click()");
  const expected = leaf.cards.flatMap(({ id, fields, extensions }): ToHost[] => [
    ...fields.map((_, index) => ({ kind: "copyField" as const, card: id, field: index })),
    ...extensions.flatMap(({ fields: own }, extension) =>
      [-1, -2, ...own.map((_, index) => index)].map((index) => ({
        kind: "copyField" as const,
        card: id,
        extension: String(extension),
        field: index,
      })),
    ),
  ]);
  assert.deepEqual(await inspector.asked(), expected);
  await inspector.page.getByRole("button", { name: "Copy Subject", exact: true }).first().click();
  assert.equal(await said(inspector), "Copied Subject");
  await inspector.page.getByRole("button", { name: "Copy Key usage: Usages" }).first().click();
  assert.equal(await said(inspector), "Copied Key usage: Usages");
  await inspector.page.getByRole("button", { name: "Copy as PEM" }).first().click();
  assert.equal(await said(inspector), "Copied PEM");
});

pageTest("an extension's size is said where all its bytes are there", {}, async (inspector) => {
  const sizes = ["", "05", "05:00", "30 0E 30", "05:00… (12 more bytes)"];
  await inspector.show({
    ...leaf,
    cards: [
      card("0", "sizes", {
        extensions: sizes.map((hex) => ({ oid: "1.2.3", name: "x", critical: false, fields: [], hex })),
      }),
    ],
  });
  assert.deepEqual(await inspector.page.locator(".size").allInnerTexts(), [
    "0 bytes",
    "1 byte",
    "2 bytes",
    "3 bytes",
    "",
  ]);
});

pageTest("each button asks for what it says", {}, async (inspector) => {
  await inspector.show(damaged);
  await expandAll(inspector);
  await inspector.asked();
  const inCard = (index: number) => inspector.page.locator(".card").nth(index);
  for (const name of [
    "Show in Text",
    "Copy as PEM",
    "Copy as Text",
    "Copy as JSON",
    "Compare with…",
    "Open the documentation for chain/order",
  ])
    await inCard(0).getByRole("button", { name }).click();
  await inspector.page.locator("header").getByRole("button", { name: "Compare with…" }).click();
  assert.deepEqual(await inspector.asked(), [
    { kind: "showInText", card: "0" },
    { kind: "copy", card: "0", what: "pem" },
    { kind: "copy", card: "0", what: "text" },
    { kind: "copy", card: "0", what: "json" },
    { kind: "compare", card: "0" },
    { kind: "openLink", card: "0", problem: 1 },
    { kind: "compare" },
  ]);
  for (const index of [1, 4]) {
    const names = await inCard(index).locator("vscode-button").allInnerTexts();
    assert.deepEqual(names, ["Show in Text"], "nothing of a damaged block or a key is copied");
  }
  await inspector.show({ ...leaf, cards: [card("0", "from DER", { line: undefined })] });
  assert.equal(await inspector.page.getByRole("button", { name: "Show in Text" }).count(), 0);
});

pageTest(
  "what changes in the file leaves search, focus, scroll and open cards as they are",
  { size: { width: 1000, height: 500 } },
  async (inspector) => {
    const { page } = inspector;
    const before = bundle(30);
    await inspector.show(before);
    await field(inspector).fill("partner");
    await toggle(inspector, "Partner Root CA 020").click();
    await page.locator(".raw").nth(2).click();
    await page.getByRole("button", { name: "Copy Serial number", exact: true }).focus();
    const place = () =>
      page.evaluate<readonly (number | string)[]>(
        "[document.activeElement.getAttribute('aria-label'), Math.round(document.activeElement.getBoundingClientRect().top)]",
      );
    const [label, top] = await place();
    // A new one above all others: every id is another.
    const cards = [
      card("0", "partner new"),
      ...before.cards.map((one, index) => ({ ...one, id: String(index + 1), badges: [] })),
    ];
    await inspector.show({ ...before, cards });
    assert.equal((await shownTitles(inspector)).length, 31);
    assert.deepEqual(await openTitles(inspector), ["Partner Root CA 020"]);
    assert.equal(await page.locator(".hex").count(), 1);
    assert.equal(await field(inspector).inputValue(), "partner");
    const [labelAfter, topAfter] = await place();
    assert.equal(labelAfter, label);
    assert.ok(Math.abs(Number(topAfter) - Number(top)) <= 1, `${top} px from the top, then ${topAfter}`);
    await inspector.asked();
    await press(inspector, "Enter");
    assert.deepEqual(await inspector.asked(), [{ kind: "copyField", card: "20", field: 2 }]);
    // The value that had the focus goes: its card has it.
    await inspector.show({ ...before, cards: cards.map((one) => ({ ...one, fields: [] })) });
    assert.equal(await focused(inspector), "Partner Root CA 020");
    // Another title at the same place: the same card.
    await inspector.show({
      ...before,
      cards: cards.map((one) => ({ ...one, title: one.title.replace("020", "020 mended"), fields: [] })),
    });
    assert.deepEqual(
      [await openTitles(inspector), await focused(inspector)],
      [["Partner Root CA 020 mended"], "Partner Root CA 020 mended"],
    );
    // One that was open with two others stays open with four.
    const some = (count: number) => ({
      ...before,
      cards: Array.from({ length: count }, (_, index) => card(String(index), `x${index}`)),
    });
    await inspector.show(nothing);
    await inspector.show(some(2));
    await inspector.show(some(4));
    assert.deepEqual(await openTitles(inspector), ["x0", "x1"]);
  },
);

pageTest("a page that was hidden is as it was left", { size: { width: 1000, height: 500 } }, async (inspector) => {
  const { page } = inspector;
  await inspector.show(bundle(60));
  await field(inspector).fill("ca 0");
  for (const title of ["Partner Root CA 020", "Partner Root CA 021"]) await toggle(inspector, title).click();
  await page.locator(".raw").nth(3).click();
  await toggle(inspector, "Partner Root CA 021").focus();
  await page.evaluate("scrollTo(0, 1300)");
  const state = async () => [
    await openTitles(inspector),
    await shownTitles(inspector),
    await page.locator(".hex").count(),
    await focused(inspector),
    await page.evaluate<number>("Math.round(scrollY)"),
    await field(inspector).inputValue(),
  ];
  const before = await state();
  assert.equal(before[4], 1300);
  await inspector.until("JSON.parse(sessionStorage.state).scroll === 1300");
  await inspector.reload();
  await inspector.show(bundle(60));
  await inspector.until("scrollY > 0");
  assert.deepEqual(await state(), before);
});

pageTest("nothing that strangers wrote is markup, moves text, hides, or goes on without end", {}, async (inspector) => {
  const { page } = inspector;
  await inspector.show(hostile);
  for (const raw of await page.locator(".raw").all()) await raw.click();
  await page
    .getByRole("button", { name: /^Copy / })
    .last()
    .click();
  assert.equal(
    await page.locator("main img, main script, [style]:not(html), [onerror], a:not([href^='#card-'])").count(),
    0,
  );
  const texts = await page.evaluate<readonly string[]>(`(() => {
    const all = [document.title, document.body.innerText];
    for (const one of document.querySelectorAll("body *")) for (const { value } of one.attributes) all.push(value);
    return all;
  })()`);
  for (const text of texts) assert.doesNotMatch(text, /[\u0000-\u0008\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  const [, body = ""] = texts;
  assert.ok(body.includes("pay[U+202E]lapyap[U+202C].example[U+0000].com[U+200B]<img src=x onerror=alert(1)>${7*7}"));
  assert.ok(body.includes("90000 more characters"));
  assert.ok(body.length < 200_000, `${body.length} characters`);
  assert.ok(!(await inspector.tree()).includes("49"), "no template is filled in");
  await inspector.asked();
  await page.getByRole("button", { name: "Copy Subject", exact: true }).first().click();
  assert.deepEqual(await inspector.asked(), [{ kind: "copyField", card: "0", field: 1 }]);
});

/** Every string of the page, as one of a language with long words would have it. */
const longWords = Object.fromEntries(
  globSync(join(projectFolder, "src/webview/*.ts"))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/l10n\.t\("((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => text),
    )
    .map((text) => [text, `${text} Zwischenzertifizierungsstelle`]),
);

pageTest(
  "there is no scrolling sideways at 320 px, nor with long words",
  { size: { width: 320, height: 600 } },
  async (inspector) => {
    assert.ok(Object.keys(longWords).length > 40);
    for (const [name, inspection] of Object.entries(inspections)) {
      for (const bundle of [undefined, longWords]) {
        await inspector.show(inspection, bundle);
        await expandAll(inspector);
        assert.deepEqual(await tooWide(inspector), [], `${name}${bundle === undefined ? "" : " with long words"}`);
      }
    }
    await inspector.show(leaf);
    await inspector.screenshot("leaf 320");
  },
);

pageTest("the page speaks the editor's language from its first word", {}, async (inspector) => {
  await inspector.show(leaf, {
    "Copy as PEM": "PEM としてコピー",
    "{0} certificates": "{0} 個の証明書",
    "Copied {0}": "{0} をコピーしました",
  });
  assert.match(await inspector.page.locator("header").innerText(), /2 個の証明書/);
  await inspector.page.getByRole("button", { name: "PEM としてコピー" }).first().click();
  assert.equal(await said(inspector), "PEM をコピーしました");
});

pageTest("a message that is none changes nothing", {}, async (inspector) => {
  await inspector.show(pkcs12);
  const before = await inspector.tree();
  await inspector.page.evaluate(
    `for (const message of [null, 1, { kind: "show" }, { kind: "show", inspection: { name: "x", chains: [], cards: [{}] } }]) window.postMessage(message)`,
  );
  await inspector.page.evaluate("new Promise((done) => setTimeout(done, 50))");
  assert.equal(await inspector.tree(), before);
});

pageTest("a fault is said, and gone with the next file that can be shown", {}, async (inspector) => {
  await inspector.page.evaluate(
    "Object.defineProperty(document, 'title', { configurable: true, set() { throw new Error('a bug'); } })",
  );
  await inspector.show(leaf);
  assert.match(await inspector.tree(), /alert: The inspector might not show the current content of the file/);
  assert.match(inspector.complaints().join(), /a bug/);
  await inspector.page.evaluate("delete document.title");
  await inspector.show(leaf);
  assert.equal(await inspector.page.getByRole("alert").isVisible(), false);
  assert.equal((await shownTitles(inspector)).length, 2);
});

test("the page uses no colour of the theme that the tests do not know", () => {
  const used = new Set(
    [...readFileSync(join(projectFolder, "src/webview/styles.ts"), "utf8").matchAll(/--vscode-([\w-]+)/g)].map(
      ([, name = ""]) => name,
    ),
  );
  assert.ok(used.size > 15);
  assert.deepEqual(
    [...used].filter((name) => !variableNames.includes(name)),
    [],
  );
});
