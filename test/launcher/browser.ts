import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { PreparedBrowser } from "./prepare-browser.ts";

/**
 * Most of what runs in a test of a page runs a few times: to compile it with care takes a fifth of all work, and saves
 * less.
 */
const quicklyCompiled = "--js-flags=--no-maglev,--no-opt";

/**
 * Starts the browser without a window. Playwright runs it without Chromium's sandbox: it only sees our own server.
 * @param use what is measured, or goes on for long, runs as it does for users
 */
export function launchBrowser(
  { executable, env }: PreparedBrowser,
  use: "briefly" | "as users do" = "briefly",
): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    headless: true,
    env: { ...process.env, ...env },
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...(use === "briefly" ? [quicklyCompiled] : []),
    ],
    // Whoever launches it decides what a signal means.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/**
 * VS Code's page takes what comes from its server as blobs and reads them one after another, each by way of the
 * browser's main process: a good part of what a test waits for. As plain buffers they are there at once.
 */
const plainSockets = `{
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.binaryType = "arraybuffer";
    }
  };
  globalThis.FileReader = class extends FileReader {
    readAsArrayBuffer(data) {
      if (data instanceof ArrayBuffer) this.onload({ target: { result: data } });
      else super.readAsArrayBuffer(data);
    }
  };
}`;

/** Without a graphics card, each frame of an icon that wiggles costs as much as a keystroke. */
const stillIcons = `if (self === top) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { animation: none !important } .scrollbar { transition: none !important }");
  document.adoptedStyleSheets.push(sheet);
}`;

const unpainted = ":root { opacity: 0 }";

/**
 * Before it goes anywhere: what is invisible as a whole is laid out, can be clicked and can have the focus, but is not
 * painted, which would take a tenth of the time.
 */
export async function leaveUnpainted(page: Page): Promise<void> {
  await page.addInitScript(`if (self === top) {
    globalThis.unpainted = new CSSStyleSheet();
    unpainted.replaceSync("${unpainted}");
    document.adoptedStyleSheets.push(unpainted);
  }`);
}

/** What needs to be seen of a page that is left unpainted. */
export async function painted<Result>(page: Page, look: () => Promise<Result>): Promise<Result> {
  await page.evaluate("unpainted.replaceSync('')");
  try {
    return await look();
  } finally {
    await page.evaluate(`unpainted.replaceSync("${unpainted}")`);
  }
}

/** A page with a profile of its own. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    reducedMotion: "reduce",
    ...options,
  });
  await context.addInitScript(plainSockets);
  await context.addInitScript(stillIcons);
  // The clipboard is how commands such as "copy" end; nobody can answer the browser's question here.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  return context.newPage();
}
