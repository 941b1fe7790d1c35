// alone: the account makes it another kind of workbench.
import * as assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { profiles } from "../sandbox/client.ts";
import {
  account,
  certificates,
  distributions,
  otherAccount,
  otherAccountDistribution,
  secretHeaderValues,
} from "../sandbox/world.ts";
import { applyReviewed, reviewed } from "./file-reviews.ts";
import { reviewFrame } from "./review-frame.ts";
import { unseen } from "./unseen.ts";
import { eventually, uiTest, type Workbench } from "./workbench.ts";

/** Opens the view by its icon, as a person does. */
async function openView({ page }: Workbench): Promise<void> {
  // Not the link in it: a badge lies over that once there is something to say.
  await page.locator(".activitybar .action-item", { has: page.locator("a[aria-label^='mTLS']") }).click();
  await page.locator(".part.sidebar .composite.title", { hasText: "AWS Resources" }).waitFor();
}

/** The row whose label begins so; what stands behind the label counts too. The first level is 1. */
function row({ page }: Workbench, text: string | RegExp, level?: number): Locator {
  const ofLevel = level === undefined ? "" : `[aria-level='${level}']`;
  return page.locator(`.pane-body .monaco-list-row${ofLevel}`, { hasText: text }).first();
}

function expand(workbench: Workbench, text: string | RegExp, level?: number): Promise<void> {
  return fold(workbench, row(workbench, text, level), "true");
}

function collapse(workbench: Workbench, text: string | RegExp, level?: number): Promise<void> {
  return fold(workbench, row(workbench, text, level), "false");
}

async function fold({ page }: Workbench, found: Locator, isExpanded: "true" | "false"): Promise<void> {
  await found.waitFor();
  // A row that is drawn anew or moves just then, because something became known, takes no click.
  await eventually(async () => {
    if ((await found.getAttribute("aria-expanded")) === isExpanded) return;
    await found.locator(".monaco-tl-twistie").click({ timeout: 2_000 });
    await page.waitForTimeout(500);
    assert.equal(await found.getAttribute("aria-expanded"), isExpanded);
  });
}

/** Loads the window anew, as a person does: what is open is written down before. */
async function reloaded(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await page.evaluate("globalThis.isOfBefore = true");
  await workbench.runCommand("Developer: Reload Window").catch(() => undefined);
  await eventually(async () => assert.equal(await page.evaluate("globalThis.isOfBefore"), undefined), 60_000);
}

/** Waits until no more is learned: a row that is drawn anew while its menu is open hands over nothing. */
async function settled({ page }: Workbench): Promise<void> {
  const rows = () => page.locator(".part.sidebar .monaco-list-rows").first().innerText();
  let [before, since] = ["", Date.now()];
  await eventually(async () => {
    const now = await rows();
    if (now !== before) [before, since] = [now, Date.now()];
    assert.ok(Date.now() - since > 1_500);
  }, 60_000);
}

/** Runs an entry of a row's context menu. */
function fromMenu(workbench: Workbench, on: Locator, entry: string): Promise<void> {
  return fromMenuOpenedBy(workbench, entry, () => on.click({ button: "right" }));
}

/** Runs an entry of the menu of the view. */
function fromViewMenu(workbench: Workbench, entry: string): Promise<void> {
  const more = workbench.page.locator(".part.sidebar .title-actions a[aria-label*='More Actions']").first();
  return fromMenuOpenedBy(workbench, entry, () => more.click());
}

async function fromMenuOpenedBy(workbench: Workbench, entry: string, open: () => Promise<void>): Promise<void> {
  const found = workbench.page.locator(".monaco-menu .action-item", { hasText: entry }).first();
  workbench.act();
  // What is drawn anew just then, because something became known, takes its menu with it.
  for (let attempt = 0; attempt < 4 && !(await found.isVisible()); attempt++) {
    await open();
    // Rows move while more is learned: the menu of another one is closed again, or it would take the next click.
    await found.waitFor({ timeout: 3_000 }).catch(() => workbench.page.keyboard.press("Escape"));
  }
  await choose(workbench, found);
}

async function choose({ page, act }: Workbench, entry: Locator): Promise<void> {
  act();
  await entry.waitFor();
  // A menu that has just opened does not listen to the mouse yet.
  while (await entry.isVisible()) {
    await page.waitForTimeout(120);
    await entry.click({ timeout: 1_000 }).catch(() => undefined);
  }
}

const status = ({ page }: Workbench): Locator => page.locator(".statusbar-item", { hasText: /\d{12}/ }).first();

for (const theme of ["light", "dark", "high contrast", "high contrast light"] as const) {
  uiTest(
    `the view shows what the account holds, and how it stands with mTLS (${theme})`,
    { sandbox: true, theme, size: { width: 1400, height: 1000 } },
    async (workbench) => {
      await openView(workbench);
      await row(workbench, "Distributions").waitFor();
      await expand(workbench, "Distributions");
      await row(workbench, /^orders.*mTLS: \d+ months left · 1 of 2 origins/).waitFor();
      assert.equal(
        await workbench.page
          .locator(".part.sidebar")
          .boundingBox()
          .then((box) => box?.width),
        300,
      );
      await eventually(async () => assert.deepEqual(await unseen(workbench.page), []));
      if (theme === "light") {
        assert.match(await status(workbench).innerText(), new RegExp(account));
        assert.match(
          await row(workbench, /^orders.*mTLS: \d+ months left · 1 of 2 origins/)
            .getAttribute("aria-label")
            .then(String),
          /Distribution/,
        );
        const written = (await workbench.page.locator(".part.sidebar").innerText()) + (await workbench.extensionLog());
        for (const secret of secretHeaderValues) assert.ok(!written.includes(secret));
      }
      await workbench.screenshot(`account ${theme}`);
      await expand(workbench, "Not usable for origin mTLS");
      await row(workbench, /no clientAuth · \d+ (d|mo) left/).waitFor();
      const fails = /mTLS fails · no clientAuth/;
      await expand(workbench, fails, 2);
      await expand(workbench, fails, 3);
      await row(workbench, /no clientAuth · \d+ (d|mo) left · client certificate/).waitFor();
      await eventually(async () => assert.deepEqual(await unseen(workbench.page), []));
      await workbench.screenshot(`account not usable ${theme}`);
      // The editor keeps it for the next window, which is not as high.
      await collapse(workbench, fails, 2);
      await collapse(workbench, "Not usable for origin mTLS");
    },
  );
}

uiTest("origin mTLS is enabled on a live distribution, and undone", { sandbox: true }, async (workbench) => {
  const before = await workbench.sandbox.distribution(distributions.single);
  await openView(workbench);
  await expand(workbench, "Distributions");
  const { quickInput } = workbench;
  const asked = await workbench.acts(() =>
    fromMenu(workbench, row(workbench, distributions.single), "Enable Origin mTLS"),
  );
  // One origin is not asked for.
  await workbench.page.getByPlaceholder("Select the client certificate for catalog, or paste its ARN").waitFor();
  await workbench.screenshot("live certificate pick");
  // Rows move while more is learned about the certificates: a click that comes in between is another one's.
  await quickInput.items();
  const chosen = await workbench.acts(() => quickInput.pick("spare.clients.example.com"));
  const page = await reviewFrame(workbench, "Enable Origin mTLS: Catalog (E1SINGLE000008)");
  await page.phase("review");
  const said = await page.text();
  for (const text of [
    "CloudFront will present the client certificate spare.clients.example.com",
    account,
    before.etag,
    "Origins › catalog › CustomOriginConfig › OriginMtlsConfig",
    "Presenting a client certificate cuts off no client",
  ])
    assert.ok(said.includes(text), `${text} is missing in ${said}`);
  // The diff stands beside it, in full sight.
  assert.equal(await workbench.page.locator(".monaco-diff-editor").isVisible(), true);
  assert.equal(await page.frame.evaluate<string>("document.activeElement.localName"), "h1");
  await workbench.screenshot("live review");
  assert.equal((await workbench.sandbox.distribution(distributions.single)).etag, before.etag);
  // Its row says how far it is, and leads back to the page.
  const { sandbox } = workbench;
  await sandbox.setDeploySeconds(Number.POSITIVE_INFINITY);
  try {
    const applied = await workbench.acts(() => page.press(/^Apply to/));
    assert.deepEqual([asked, chosen, applied], [2, 1, 1], "the menu and its entry, the certificate, and Apply");
    await page.phase("deploying");
    const changing = row(workbench, distributions.single);
    await eventually(async () => assert.match(await changing.innerText(), /^Catalog\s*deploying · mTLS/));
    await eventually(async () => assert.deepEqual(await unseen(workbench.page), []));
    await workbench.screenshot("live row");
    await fromMenu(workbench, changing, "Show Change");
    await page.phase("deploying");
  } finally {
    await sandbox.setDeploySeconds(2);
    await sandbox.deploy();
  }
  await page.phase("done");
  await eventually(async () =>
    assert.doesNotMatch(await row(workbench, distributions.single).innerText(), /^Catalog\s*(deploying|reading)/),
  );
  assert.match(await page.text(), /configure the origin to require it/);
  const after = await workbench.sandbox.distribution(distributions.single);
  assert.match(after.xml, /<OriginMtlsConfig><ClientCertificateArn>arn:aws:acm:us-east-1:/);
  assert.equal(after.status, "Deployed");
  await workbench.screenshot("live done");
  const undone = await workbench.acts(async () => {
    await page.press("Undo");
    const undoing = await reviewFrame(workbench, "Undo Change to Catalog");
    await undoing.phase("review");
    await undoing.press(/^Apply to/);
    await undoing.phase("done");
  });
  assert.equal(undone, 2, "Undo, and Apply");
  assert.equal((await workbench.sandbox.distribution(distributions.single)).xml, before.xml);
  // That can be undone as well. The menu of the view hands over the row that has the keyboard, which is another one's.
  await row(workbench, distributions.unfit).click();
  await fromViewMenu(workbench, "Undo Change to");
  const again = await reviewFrame(workbench, "Undo Change to Catalog");
  await again.phase("review");
  await again.press("Discard");
  await eventually(async () => assert.equal(await workbench.page.locator("iframe.webview.ready").count(), 0));
  // Both are in the history, and the one that can be undone is undone from there.
  await collapse(workbench, "Distributions");
  await collapse(workbench, "Certificates");
  await expand(workbench, "Changes");
  const enabled = row(workbench, /Enable mTLS/, 2);
  assert.match(await enabled.innerText(), /^Enable mTLS\s*undone · /);
  const undo = row(workbench, /Undo Change/, 2);
  assert.match(
    await undo.getAttribute("aria-label").then(String),
    new RegExp(`^Change Undo Change, done, .*${account}`),
  );
  await eventually(async () => assert.deepEqual(await unseen(workbench.page), []));
  await workbench.screenshot("live history");
  // A page says how it ended.
  await enabled.click();
  const ended = await reviewFrame(workbench, "Enable Origin mTLS: Catalog");
  await ended.phase("left");
  assert.match(await ended.text(), /The change was undone\./);
  await workbench.screenshot("live history page");
  await fromMenu(workbench, undo, "Undo Change to");
  const once = await reviewFrame(workbench, "Undo Change to Catalog");
  await once.phase("review");
  await once.press("Discard");
  await fromMenu(workbench, row(workbench, "Changes", 1), "Clear Change History");
  const question = await workbench.dialog();
  assert.match(question.text, /Remove 2 changes from the history on this machine\?/);
  await question.press("Clear");
  await row(workbench, "Changes", 1).waitFor({ state: "detached" });
  await expand(workbench, "Certificates");
  await expand(workbench, "Distributions");
});

for (const theme of ["light", "dark"] as const)
  uiTest(
    `the picks of a live change lead back to what was chosen, and take an ARN at the first Enter (${theme})`,
    { sandbox: true, theme },
    async (workbench) => {
      const { page, quickInput } = workbench;
      await openView(workbench);
      await expand(workbench, "Distributions");
      await workbench.runCommand("mTLS: Enable Origin mTLS…");
      const placed = (step: string) => page.locator(".quick-input-title", { hasText: step }).waitFor();
      await placed("(1/3)");
      await quickInput.items();
      await workbench.screenshot(`pick distribution ${theme}`);
      await quickInput.type("Regional");
      await quickInput.pick("Regional APIs");
      await placed("(2/3)");
      assert.match(
        await quickInput.title(),
        new RegExp(`Regional APIs \\(${distributions.several}\\), account 1{4}2{4}3{4} \\(2/3\\)$`),
      );
      await quickInput.tick("ap");
      await quickInput.tick("us");
      await workbench.screenshot(`pick origins ${theme}`);
      await quickInput.accept();
      await placed("(3/3)");
      await quickInput.items();
      await workbench.screenshot(`pick certificate ${theme}`);
      await quickInput.back();
      await placed("(2/3)");
      await eventually(async () =>
        assert.equal(await page.locator('.quick-input-list .monaco-checkbox[aria-checked="true"]').count(), 2),
      );
      await workbench.screenshot(`pick origins again ${theme}`);
      await quickInput.back();
      await placed("(1/3)");
      const marked = page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "Regional APIs" });
      await marked.waitFor();
      await workbench.screenshot(`pick distribution again ${theme}`);
      assert.equal(await page.locator(".quick-input-titlebar [aria-label*='Back']").count(), 0);
      await page.keyboard.press("Enter");
      await placed("(2/3)");
      await quickInput.accept();
      await placed("(3/3)");
      await page.locator(".quick-input-widget input.input").first().fill(`"${certificates.spare}"`);
      await page.keyboard.press("Enter");
      const review = await reviewFrame(workbench, "Enable Origin mTLS: Regional APIs");
      await review.press("Discard");
    },
  );

const openConfig = JSON.stringify(
  {
    CallerReference: "made-here",
    Comment: "Shop",
    Enabled: true,
    Origins: {
      Quantity: 2,
      Items: [
        {
          Id: "shop",
          DomainName: "origin.shop.example.com",
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: "https-only",
            OriginSslProtocols: { Quantity: 1, Items: ["TLSv1.2"] },
          },
        },
        {
          Id: "assets",
          DomainName: "assets.s3.us-east-1.amazonaws.com",
          S3OriginConfig: { OriginAccessIdentity: "" },
        },
      ],
    },
    DefaultCacheBehavior: {
      TargetOriginId: "shop",
      ViewerProtocolPolicy: "https-only",
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    },
  },
  undefined,
  2,
);

uiTest(
  "a certificate is used for an origin of an open configuration",
  { sandbox: true, files: { "shop.json": openConfig } },
  async (workbench) => {
    const { quickInput } = workbench;
    await workbench.openFile("shop.json");
    await openView(workbench);
    await row(workbench, "Distributions").waitFor();
    await fromMenu(workbench, row(workbench, "spare.clients.example.com"), "Use Certificate For");
    await workbench.page.getByPlaceholder("Select an origin").waitFor();
    assert.equal(await quickInput.title(), "Use spare.clients.example.com For");
    const items = await quickInput.items();
    assert.match(items[0] ?? "", /^shop shop\.json · origin\.shop\.example\.com Enable origin mTLS with this/);
    await workbench.screenshot("use certificate");
    await quickInput.type("assets");
    assert.match((await quickInput.items()).join(), /^assets shop\.json .* S3 origins do not support origin mTLS/);
    await workbench.page.keyboard.press("Enter");
    assert.match((await quickInput.items()).join(), /^assets /, "what is not possible cannot be chosen");
    await workbench.screenshot("use certificate not possible");
    await quickInput.type("origin.shop");
    await quickInput.pick("shop");
    await reviewed(workbench, "The origin must require a client certificate");
    await workbench.screenshot("use certificate preview");
    await applyReviewed(workbench);
    await eventually(async () => assert.match(await workbench.editorText(), new RegExp(certificates.spare)));
  },
);

uiTest(
  "a file that may be meant for another distribution is applied to none by default",
  { sandbox: true, files: { "shop.json": openConfig } },
  async (workbench) => {
    const { quickInput, page } = workbench;
    await workbench.openFile("shop.json");
    await workbench.runCommand("mTLS: Apply to a Distribution…");
    await page.getByPlaceholder("Select a distribution by").waitFor();
    await quickInput.items();
    assert.equal(await page.locator(".quick-input-list .monaco-list-row.focused").count(), 0);
    await workbench.screenshot("apply file pick");
    await page.keyboard.press("Enter");
    await quickInput.pick("Catalog");
    const review = await reviewFrame(workbench, "Apply File to");
    await review.phase("review");
    await workbench.screenshot("apply file review");
    const before = await workbench.sandbox.distribution(distributions.single);
    assert.match(await review.text(), /The file was probably made for another distribution/);
    assert.equal(await review.isEnabled(/^Apply to/), false);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ControlOrMeta+Enter");
    await review.press("Discard");
    await eventually(async () => assert.equal(await page.locator("iframe.webview.ready").count(), 0));
    assert.equal((await workbench.sandbox.distribution(distributions.single)).etag, before.etag);
  },
);

uiTest("a draft is applied, not saved, to CloudFront", { sandbox: true }, async (workbench) => {
  const before = await workbench.sandbox.distribution(distributions.single);
  await openView(workbench);
  await expand(workbench, "Distributions");
  await fromMenu(workbench, row(workbench, distributions.single), "Open Distribution Configuration");
  await workbench.page.locator(".tab.active", { hasText: distributions.single }).waitFor();
  const text = await workbench.editorText();
  assert.match(text, /"Comment": "Catalog"/);
  await workbench.page.evaluate(
    `navigator.clipboard.writeText(${JSON.stringify(text.replace('"Comment": "Catalog"', '"Comment": "カタログ <2> & more"'))})`,
  );
  await workbench.page.keyboard.press("ControlOrMeta+a");
  await workbench.page.keyboard.press("ControlOrMeta+v");
  await workbench.page.locator(".tab.active.dirty", { hasText: `${distributions.single}.json (draft)` }).waitFor();
  await workbench.save();
  assert.match((await workbench.notification("on this machine only")).text, /does not change until you apply it/);
  await workbench.page.locator(".editor-actions", { hasText: "Not Live" }).waitFor();
  assert.equal((await workbench.sandbox.distribution(distributions.single)).etag, before.etag);
  await workbench.screenshot("draft");
  // A change of the draft is reviewed as one of any file, and says that it is not live.
  const { quickInput } = workbench;
  await workbench.runCommand("mTLS: Enable Origin mTLS…");
  await workbench.page.getByPlaceholder("Select the client certificate for catalog, or paste its ARN").waitFor();
  await quickInput.items();
  await quickInput.pick("spare.clients.example.com");
  await reviewed(workbench, "The origin must require a client certificate");
  const tab = workbench.page.locator(".tab.active");
  assert.match(await tab.innerText(), new RegExp(`^Enable Origin mTLS: ${distributions.single}\\.json \\(draft\\)`));
  await workbench.screenshot("draft review");
  await applyReviewed(workbench);
  await workbench.notification("The draft was changed for catalog. CloudFront does not change until you apply");
  assert.match(await workbench.editorText(), new RegExp(certificates.spare));
  await workbench.screenshot("draft reviewed");
  await workbench.page.keyboard.press("ControlOrMeta+z");
  await eventually(async () => assert.doesNotMatch(await workbench.editorText(), new RegExp(certificates.spare)));
  await workbench.save();
  await workbench.page.locator(".editor-actions a[aria-label^='Apply to CloudFront']").first().click();
  const review = await reviewFrame(workbench, "Apply Draft of");
  await review.phase("review");
  await review.press(/^Apply to/);
  await review.phase("done");
  assert.match(await review.text(), /with the configuration of the draft/);
  assert.equal(
    (await workbench.sandbox.distribution(distributions.single)).xml,
    before.xml.replace("<Comment>Catalog</Comment>", "<Comment>カタログ &lt;2&gt; &amp; more</Comment>"),
  );
});

uiTest(
  "another profile is another account, and each way to fail says what to do",
  { sandbox: true, turn: "last" },
  async (workbench) => {
    const choose = (profile: string): Promise<void> =>
      // The list may close where a view takes the keyboard back that had it before the palette.
      eventually(async () => {
        await workbench.runCommand("mTLS: Select AWS Profile…");
        assert.ok(await workbench.quickInput.offers(profile, 7_000), `${profile} is not offered`);
        await workbench.quickInput.pick(profile);
      }, 60_000);
    await openView(workbench);
    await row(workbench, "Distributions").waitFor();
    await choose(profiles.other);
    await status(workbench).filter({ hasText: otherAccount }).waitFor();
    await expand(workbench, "Distributions");
    await row(workbench, otherAccountDistribution).waitFor();
    // What is drawn follows what is known after a moment.
    await eventually(async () => assert.equal(await row(workbench, "orders.example.com").count(), 0));
    await workbench.screenshot("account other");
    await choose(profiles.sso);
    await workbench.waitForText("aws sso login");
    await workbench.screenshot("account expired");
    await choose(profiles.unreachable);
    await workbench.waitForText("127.0.0.1:9");
    await workbench.screenshot("account unreachable");
    await choose(profiles.forbidden);
    await workbench.waitForText("sts:AssumeRole");
    await workbench.screenshot("account forbidden");
  },
);

uiTest(
  "a change is waited for in the next window",
  { sandbox: true, turn: "last", timeout: 240_000 },
  async (workbench) => {
    const { page, sandbox, quickInput } = workbench;
    await openView(workbench);
    await expand(workbench, "Distributions");
    await settled(workbench);
    await fromMenu(workbench, row(workbench, distributions.single), "Enable Origin mTLS");
    await page.getByPlaceholder("Select the client certificate for catalog, or paste its ARN").waitFor();
    await quickInput.items();
    await quickInput.pick("spare.clients.example.com");
    const review = await reviewFrame(workbench, "Enable Origin mTLS: Catalog");
    await review.phase("review");
    // This window does not learn that it is deployed.
    await sandbox.fault({ kind: "slow", ms: 600_000, operation: "GetDistribution" });
    await review.press(/^Apply to/);
    await review.phase("deploying");
    await workbench.screenshot("live deploying");
    // Closing the page loses nothing: the status bar brings it back.
    await page.locator(".tab.active", { hasText: "Enable Origin mTLS" }).click();
    await workbench.runCommand("View: Close Editor");
    await eventually(async () => assert.equal(await page.locator("iframe.webview.ready").count(), 0));
    await page.locator(".statusbar-item", { hasText: "Catalog: deploying" }).click();
    await (await reviewFrame(workbench, "Enable Origin mTLS: Catalog")).phase("deploying");
    // The next window has the page again, which goes on with what this one sent.
    await reloaded(workbench);
    const next = await reviewFrame(workbench, "Enable Origin mTLS: Catalog", 120_000);
    await next.phase("deploying");
    await workbench.screenshot("live deploying in the next window");
    await sandbox.clearFaults();
    // The window that sent it may still be there, and has its time to tell the end itself.
    await next.phase("done", 120_000);
    await eventually(async () => assert.match(await next.text(), /configure the origin to require it/));
  },
);

uiTest(
  "a change that is not decided yet is planned anew in the next window",
  { sandbox: true, turn: "last", timeout: 240_000 },
  async (workbench) => {
    const { page, sandbox, quickInput } = workbench;
    await openView(workbench);
    await expand(workbench, "Distributions");
    const { etag } = await sandbox.distribution(distributions.several);
    await workbench.runCommand("mTLS: Enable Origin mTLS…");
    await quickInput.items();
    await quickInput.type("Regional");
    await quickInput.pick("Regional APIs");
    await page.getByPlaceholder("Select origins").waitFor();
    await quickInput.tick("ap");
    await quickInput.accept();
    await page.getByPlaceholder("Select the client certificate").waitFor();
    await quickInput.items();
    await quickInput.pick("spare.clients.example.com");
    const review = await reviewFrame(workbench, "Enable Origin mTLS: Regional APIs");
    await review.phase("review");
    // The page holds no more than the id of what is kept.
    await reloaded(workbench);
    const next = await reviewFrame(workbench, "Enable Origin mTLS: Regional APIs", 60_000);
    await next.phase("review");
    assert.match(await next.text(), /spare\.clients\.example\.com[^]*the origin ap\./);
    // Its diff is where it was.
    await page.locator(".monaco-diff-editor").first().waitFor();
    assert.equal(await page.locator(".editor-group-container.empty").count(), 0);
    await workbench.screenshot("live review in the next window");
    await next.press("Discard");
    await eventually(async () => assert.equal(await page.locator("iframe.webview.ready").count(), 0));
    assert.equal((await sandbox.distribution(distributions.several)).etag, etag);
  },
);
