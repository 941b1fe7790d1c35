import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { PreparedBrowser } from "./prepare-browser.ts";

/** Starts the browser without a window. Playwright runs it without Chromium's sandbox: it only sees our own server. */
export function launchBrowser({ executable, env }: PreparedBrowser): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    headless: true,
    env: { ...process.env, ...env },
    args: ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    // Whoever launches it decides what a signal means.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** A page with a profile of its own. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US", ...options });
  // The clipboard is how commands such as "copy" end; nobody can answer the browser's question here.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context.newPage();
}
