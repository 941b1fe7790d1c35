// What the tests of our pages are written with: a built page in a browser, as VS Code would hold it.
import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, newPage } from "../launcher/browser.ts";
import { projectFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";
import { failed, screenshotFile } from "../launcher/screenshots.ts";
import { faultsOf } from "./axe.ts";
import { type Theme, variables } from "./themes.ts";

/** Which of our pages. */
export interface Script<Asked> {
  /** Of its script, as in `inspector`. */
  readonly name: string;
  /** What the page may ask. */
  isAsked(message: unknown): message is Asked;
}

export interface PageOptions {
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
}

export interface PageAlone<Asked> {
  readonly page: Page;
  /**
   * Waits until an expression of the page holds. Playwright's own way evaluates in the page, which its policy forbids.
   */
  until(condition: string): Promise<void>;
  /** Tells the page to show it, as the extension does. */
  tell(message: unknown): Promise<void>;
  /** What the page has asked for since it was last asked. */
  asked(): Promise<readonly Asked[]>;
  /** What the browser has complained of since it was last asked: none is left when a test ends. */
  complaints(): readonly string[];
  /** Hidden and shown again: the page starts anew, with the state it has set. */
  reload(): Promise<void>;
  /** What a screen reader is told of the whole page. */
  tree(): Promise<string>;
  /** What axe finds of impact serious or critical. */
  faults(): Promise<readonly string[]>;
  /** Writes `.vscode-test/screenshots/<script>-<name>.png` of the page's first metres. */
  screenshot(name: string): Promise<void>;
}

const address = "http://page.test/";
const nonce = "c2VjcmV0";
/** The strictest that the extension may set. */
const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;

/** A test with a page of its own; a platform without a browser skips it, which is counted. */
export function pageAloneTest<Asked>(
  script: Script<Asked>,
  name: string,
  options: PageOptions,
  body: (page: PageAlone<Asked>) => Promise<void>,
): void {
  const skip = process.env["MTLS_UI_SKIP"];
  test(name, { timeout: 60_000, ...(skip === undefined ? {} : { skip }) }, async () => {
    const alone = await openPage(script, options);
    try {
      await body(alone);
      assert.deepEqual(alone.complaints(), []);
    } catch (error) {
      await alone.screenshot(failed(name)).catch(() => undefined);
      throw error;
    } finally {
      await alone.page.context().close();
    }
  });
}

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

/** Whoever opens one closes its context. */
export async function openPage<Asked>(
  { name: script, isAsked }: Script<Asked>,
  { theme = "light", size = { width: 1000, height: 800 } }: PageOptions,
): Promise<PageAlone<Asked>> {
  const built = join(projectFolder, `dist/webview/${script}.js`);
  const markup = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body><script type="module" nonce="${nonce}" src="/${script}.js"></script></body></html>`;
  if (!existsSync(built)) throw new Error("The page is not built: npm run build.");
  browser ??= prepareBrowser().then(launchBrowser);
  const page = await newPage(await browser, { viewport: size });
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on(
    "console",
    (message) => void (["error", "warning"].includes(message.type()) && complaints.push(message.text())),
  );
  page.on("pageerror", (error) => void complaints.push(error.message));
  await page.route("**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/")
      return route.fulfill({ contentType: "text/html", headers: { "content-security-policy": policy }, body: markup });
    if (pathname === `/${script}.js`)
      return route.fulfill({ contentType: "text/javascript", body: readFileSync(built) });
    complaints.push(`asks for ${route.request().url()}`);
    return route.abort();
  });
  await page.addInitScript(`
    globalThis.asked = [];
    globalThis.acquireVsCodeApi = () => ({
      // On its way to the extension a message becomes JSON.
      postMessage: (message) => void asked.push(JSON.parse(JSON.stringify(message))),
      getState: () => JSON.parse(sessionStorage.state ?? "null") ?? undefined,
      setState: (state) => void (sessionStorage.state = JSON.stringify(state)),
    });`);
  const until = async (condition: string): Promise<void> => {
    while (!(await page.evaluate<boolean>(condition))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const opened = async (): Promise<void> => {
    await until("asked.some(({ kind }) => kind === 'ready')");
    await page.evaluate(
      `for (const [name, value] of ${JSON.stringify(variables(theme))}) document.documentElement.style.setProperty(name, value)`,
    );
  };
  await page.goto(address);
  await opened();
  return {
    page,
    until,
    async tell(message) {
      // The page has heard it before a listener that comes later; two frames after that it is drawn.
      await page.evaluate(`new Promise((done) => {
        addEventListener("message", () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
        postMessage(${JSON.stringify(message)});
      })`);
    },
    async asked() {
      const messages = await page.evaluate<unknown[]>("asked.splice(0)");
      return messages.map((message) => {
        assert.ok(isAsked(message), JSON.stringify(message));
        return message;
      });
    },
    complaints: () => complaints.splice(0),
    async reload() {
      await page.reload();
      await opened();
    },
    tree: () => page.locator("body").ariaSnapshot(),
    faults: () => faultsOf(page.mainFrame()),
    async screenshot(name) {
      const path = await screenshotFile(name, script);
      if (path === undefined) return;
      await page.evaluate("scrollTo(0, 0)");
      const { width, height } = await page.evaluate<{ width: number; height: number }>(
        "({ width: innerWidth, height: Math.ceil(document.documentElement.getBoundingClientRect().height) })",
      );
      await page.setViewportSize({ width, height: Math.min(height, 3_000) });
      await page.screenshot({ path, animations: "disabled" });
      await page.setViewportSize(size);
    },
  };
}
