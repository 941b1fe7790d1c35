// alone: it opens no workbench.
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ReviewPage } from "../../src/account/live/review/page.ts";
import { type FromReview, isFromReview } from "../../src/webview/review/protocol.ts";
import { projectFolder } from "../launcher/places.ts";
import { type PageAlone, type PageOptions, pageAloneTest } from "./page-alone.ts";
import { reviews } from "./reviews.ts";
import { themes, variableNames } from "./themes.ts";

type Review = PageAlone<FromReview>;

function reviewTest(name: string, options: PageOptions, body: (review: Review) => Promise<void>): void {
  pageAloneTest({ name: "review", isAsked: isFromReview }, name, options, body);
}

const show = (review: Review, page: ReviewPage | undefined, isAsking = true) =>
  review.tell({ kind: "show", page, isAsking });
const button = ({ page }: Review, name: string | RegExp) => page.getByRole("button", { name });
/** What has the focus, by its element's name. */
const focused = ({ page }: Review) => page.evaluate<string>("document.activeElement.localName");
/** How far it can be scrolled sideways, and what sticks out. */
const tooWide = ({ page }: Review) =>
  page.evaluate<readonly string[]>(`[...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && !one.closest("pre, .spoken"))
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .map((one) => one.localName + "." + one.getAttribute("class"))
    .concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page"] : [])`);

for (const theme of themes)
  reviewTest(`each state of the page of a change is sound in ${theme}`, { theme }, async (review) => {
    for (const [name, page] of Object.entries(reviews)) {
      await show(review, page);
      assert.deepEqual(await review.faults(), [], name);
      await review.screenshot(`${name} ${theme}`);
    }
  });

for (const [what, size] of [
  ["720 pixels wide", { width: 720, height: 800 }],
  ["at 200 %", { width: 360, height: 400 }],
  ["beside its diff in a window of 720 pixels", { width: 240, height: 700 }],
] as const)
  reviewTest(`nothing sticks out of the page of a change ${what}`, { size }, async (review) => {
    for (const [name, page] of Object.entries(reviews)) {
      await show(review, page);
      assert.deepEqual(await tooWide(review), [], name);
      // What is read is not pushed out of sight by what can be pressed.
      const height = await review.page.evaluate<number>(
        'document.querySelector(".decision")?.getBoundingClientRect().height ?? 0',
      );
      const most = page?.consequences.length === 0 ? size.height / 3 : size.height / 2;
      // No name is as long as those of strangers in the hostile one.
      if (size.height > 400 && name !== "hostile")
        assert.ok(height < most, `${name}: the buttons take ${height} pixels`);
      await review.screenshot(`${name} ${what}`);
    }
  });

reviewTest("the heading has the focus first, never Apply, and Apply is reached by the keyboard", {}, async (review) => {
  await show(review, reviews["review"]);
  assert.equal(await focused(review), "h1");
  await review.asked();
  await review.page.keyboard.press("Enter");
  await review.page.keyboard.press("Space");
  assert.deepEqual(await review.asked(), []);
  await review.page.keyboard.press("Tab");
  assert.equal(await review.page.evaluate<string>("document.activeElement.dataset.action"), "apply");
  await review.page.keyboard.press("Enter");
  assert.deepEqual(await review.asked(), [{ kind: "act", act: { kind: "press", action: "apply", round: 1 } }]);
  // What had the focus is gone once it is sent.
  await show(review, reviews["sending"], false);
  assert.equal(await focused(review), "h1");
});

reviewTest("Apply cannot be pressed before the consequences are confirmed", {}, async (review) => {
  await show(review, reviews["warned"]);
  await review.asked();
  assert.equal(await button(review, /^Apply to/).isDisabled(), true);
  const box = review.page.getByRole("checkbox");
  assert.match(await box.evaluate((one) => String(one.closest("label")?.textContent)), /CloudFront drops its requests/);
  await box.check();
  assert.deepEqual(await review.asked(), [{ kind: "act", act: { kind: "confirm", isConfirmed: true, round: 1 } }]);
  // Each message is another object: what was ticked by the keyboard keeps the focus.
  await show(review, reviews["confirmed"], false);
  assert.equal(await box.isChecked(), true);
  assert.equal(await focused(review), "input");
  await button(review, /^Apply to/).click();
  assert.deepEqual(await review.asked(), [{ kind: "act", act: { kind: "press", action: "apply", round: 1 } }]);
  // Another plan is confirmed anew.
  await show(review, reviews["warned"], false);
  assert.equal(await box.isChecked(), false);
});

reviewTest("what the change brings stops it, and says what to correct", {}, async (review) => {
  await show(review, reviews["blocked"]);
  assert.equal(await button(review, /^Apply to/).isDisabled(), true);
  const tree = await review.tree();
  for (const text of [
    "CloudFront would reject the change",
    'heading "Problems that the change causes" [level=2]',
    "Error: The client certificate lacks the extended key usage clientAuth.",
    'button "origin/client-certificate-key-usage"',
  ])
    assert.ok(tree.includes(text), `${text} is missing in\n${tree}`);
  await review.asked();
  await button(review, "origin/client-certificate-key-usage").click();
  assert.deepEqual(await review.asked(), [{ kind: "openLink", list: "introduced", problem: 0 }]);
});

reviewTest("a screen reader is told all that is decided on, and how it goes on", {}, async (review) => {
  await show(review, reviews["warned"]);
  let tree = await review.tree();
  for (const text of [
    'heading "Enable Origin mTLS: shop.example.com (E1EXAMPLE00001)" [level=1]',
    "Nothing has been sent to AWS yet.",
    "CloudFront will present the client certificate spare.clients.example.com",
    "111122223333",
    "production",
    "ES8H2VRUJ5OWB6",
    "Origins › catalog › CustomOriginConfig › OriginProtocolPolicy",
    'Before: "match-viewer"',
    'After: "https-only"',
    "Who is cut off, who gets in",
    "2. Then configure the origin to require the certificate",
    "Managed by a template",
    "The same change as CloudFormation:",
    'button "Change Selection…"',
    'button "Save as File…"',
    'button "Copy AWS CLI Commands (bash)"',
    'button "Open Diff"',
    'button "Discard"',
  ])
    assert.ok(tree.replaceAll('\\"', '"').includes(text), `${text} is missing in\n${tree}`);
  await show(review, reviews["refused"], false);
  tree = await review.tree();
  for (const text of [
    "AWS returned InvalidOriginMtlsConfig, 400",
    "The client certificate is not valid for origin mTLS.",
    "Diagnosis by mTLS Workbench",
    "Nothing was changed.",
    'button "Try Again"',
  ])
    assert.ok(tree.includes(text), `${text} is missing in\n${tree}`);
  await review.asked();
  await button(review, "Try Again").click();
  assert.deepEqual(await review.asked(), [{ kind: "act", act: { kind: "answer", message: 1, answer: "Try Again" } }]);
});

reviewTest("what strangers wrote is text, and its direction stays within it", {}, async (review) => {
  await show(review, reviews["hostile"]);
  assert.equal(await review.page.locator("b").count(), 0);
  assert.ok((await review.page.locator(".unseen").count()) > 0, "what turns the text around is not shown");
});

reviewTest("a damaged message changes nothing on the page", {}, async (review) => {
  await show(review, reviews["review"]);
  const before = await review.tree();
  await review.tell({ kind: "show", page: { ...reviews["done"], actions: [{ action: "format", label: "x" }] } });
  await review.tell({ kind: "show" });
  assert.equal(await review.tree(), before);
});

test("the page uses no colour of the theme that the tests do not know", () => {
  const used = new Set(
    [...readFileSync(join(projectFolder, "src/webview/review/styles.ts"), "utf8").matchAll(/--vscode-([\w-]+)/g)].map(
      ([, name = ""]) => name,
    ),
  );
  assert.ok(used.size > 4);
  assert.deepEqual(
    [...used].filter((name) => !variableNames.includes(name)),
    [],
  );
});
