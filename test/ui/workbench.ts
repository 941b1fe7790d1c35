// What UI tests are written with: VS Code's workbench in a browser, with this extension, and what a person does there.
import * as assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { atTheEnd } from "../launcher/at-the-end.ts";
import { launchBrowser, leaveUnpainted, newPage, painted } from "../launcher/browser.ts";
import { removeFolder, temporaryFolder } from "../launcher/folders.ts";
import { projectFolder, sampleFolder } from "../launcher/places.ts";
import { prepareBrowser } from "../launcher/prepare-browser.ts";
import { prepareVscode } from "../launcher/prepare-vscode.ts";
import { failed, screenshotFile } from "../launcher/screenshots.ts";
import { plainSettings, type Server, startServer, writeMachineSettings, writeSettings } from "../launcher/server.ts";
import { type Sandbox, startSandbox, writeProfiles } from "../sandbox/client.ts";

const themes = {
  light: { label: "Default Light Modern", className: "vs" },
  dark: { label: "Default Dark Modern", className: "vs-dark" },
  "high contrast": { label: "Default High Contrast", className: "hc-black" },
  "high contrast light": { label: "Default High Contrast Light", className: "hc-light" },
} as const;

/**
 * The hovers of rows, tabs and buttons lie over their neighbours wherever the mouse has stayed; editors keep theirs.
 */
const withoutHovers = { "workbench.hover.delay": 600_000 };

/** The test before may have had a file of the same name: where its cursor was is no part of this one. */
const withoutMemory = { "workbench.editor.restoreViewState": false };

const usualSize = { width: 1280, height: 800 };

export interface WorkbenchOptions {
  /** The folder's files by relative path; left out: a copy of test/workspace. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** User settings, on top of the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: keyof typeof themes;
  /** False: the folder opens in Restricted Mode. */
  readonly trusted?: boolean;
  /** The display language, as in `ja`; VS Code's own strings stay English. */
  readonly language?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /**
   * True: the account is the sandbox's, by the profiles of `writeProfiles`, as it was made. Left out: there is no
   * account.
   */
  readonly sandbox?: boolean;
  /**
   * `first`: nobody has used the page before, nothing of the extension has run in it. `last`: nobody uses it
   * afterwards.
   */
  readonly turn?: "first" | "last";
  /** In milliseconds; left out: two minutes. */
  readonly timeout?: number;
}

export interface Workbench {
  /** For what the members below do not offer. */
  readonly page: Page;
  /** The opened folder. The next test finds its own files in it, and no others. */
  readonly folder: string;
  /** Where the workbench was asked for with one. */
  readonly sandbox: Sandbox;
  /** Runs a command by its title in the command palette, as in `mTLS: Check Workspace`. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the folder in an editor. */
  openFile(name: string): Promise<void>;
  /** Puts the cursor at a line and column, both from 1, of the active editor. */
  goTo(line: number, column: number): Promise<void>;
  /** The quick pick or input box that is (or is about to be) open. */
  readonly quickInput: QuickInput;
  /** The notification that contains `text`, once it shows. */
  notification(text: string): Promise<Message>;
  /** The modal dialog, once it shows. */
  dialog(): Promise<Message>;
  /** The text of the active editor, saved or not. */
  editorText(): Promise<string>;
  /** A file of the folder as it is on disk. */
  savedText(name: string): Promise<string>;
  /** Saves the active editor and waits until that is done. */
  save(): Promise<void>;
  /**
   * The text of the hover at the cursor, once it says `expected` if that is given; its parts come one after another.
   */
  hover(expected?: RegExp): Promise<string>;
  /** What `action` puts on the clipboard, once it is there. */
  copiedBy(action: () => Promise<void>): Promise<string>;
  /** Clicks as a person does: once what lies over it, as the hover of a neighbour may, is gone. */
  click(target: Locator): Promise<void>;
  /** How many clicks and answers of a person `journey` takes, typing aside. */
  acts(journey: () => Promise<void>): Promise<number>;
  /** Told by whoever clicks or presses by itself: once for what a person does once. */
  act(): void;
  /** Opens the light bulb's menu at the cursor and leaves it open: the titles in it. */
  codeActions(): Promise<readonly string[]>;
  /** Applies the code action with this title from the light bulb's menu. */
  applyCodeAction(title: string): Promise<void>;
  /** Opens the Problems panel: its rows' texts. */
  problems(): Promise<readonly string[]>;
  /** Waits until an element with this text shows, anywhere in the workbench. */
  waitForText(text: string): Promise<Locator>;
  /** Everything the extension has written to its output channel since the test began. */
  extensionLog(): Promise<string>;
  /** Changes the theme of the open workbench. */
  setTheme(theme: NonNullable<WorkbenchOptions["theme"]>): Promise<void>;
  /** Writes `.vscode-test/screenshots/<name>.png`, where screenshots are taken. */
  screenshot(name: string): Promise<void>;
}

export interface QuickInput {
  title(): Promise<string>;
  /** The labels of the rows that show, with description and detail after a space. */
  items(): Promise<readonly string[]>;
  /** The validation message or prompt under the input. */
  message(): Promise<string>;
  /** Replaces the input's text. */
  type(text: string): Promise<void>;
  /** Whether a row with this label shows within so many milliseconds. */
  offers(label: string, within: number): Promise<boolean>;
  /** Clicks the row with this label. */
  pick(label: string): Promise<void>;
  /** Ticks the row with this label in a pick of many. */
  tick(label: string): Promise<void>;
  accept(): Promise<void>;
  /** To the question before. */
  back(): Promise<void>;
  cancel(): Promise<void>;
}

/** What the workbench says, and its buttons. */
export interface Message {
  readonly text: string;
  press(button: string): Promise<void>;
}

/** Repeats a check until it holds; its last failure is the test's. */
export async function eventually<Value>(check: () => Promise<Value>, milliseconds = 20_000): Promise<Value> {
  for (const end = Date.now() + milliseconds; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * A test of the workbench; a platform without VS Code or browser skips it, which is counted. To open a workbench costs
 * more than most tests: those of a process that differ neither in trust, language nor account use the same one, which
 * is tidied up between them. Nobody uses what a failed test has left.
 */
export function uiTest(name: string, options: WorkbenchOptions, body: (workbench: Workbench) => Promise<void>): void {
  const skip = process.env["MTLS_UI_SKIP"];
  const { timeout = 120_000 } = options;
  test(name, { timeout, ...(skip === undefined ? {} : { skip }) }, async ({ signal }) => {
    const workbench = await takeWorkbench(options);
    try {
      await body(workbench);
    } catch (error) {
      await workbench.screenshot(failed(name)).catch(() => undefined);
      await workbench.close();
      throw error;
    }
    // A test that took too long has failed, and the next one has a page by now.
    if (options.turn === "last" || signal.aborted) await workbench.close();
    else kept = { workbench, kind: kindOf(options) };
  });
}

/** What the test before has left in order. */
let kept: { readonly workbench: OpenWorkbench; readonly kind: string } | undefined;

/** What cannot be changed of a workbench that is open. */
function kindOf({ trusted = true, language, sandbox = false }: WorkbenchOptions): string {
  return `${trusted} ${language} ${sandbox}`;
}

async function takeWorkbench(options: WorkbenchOptions): Promise<OpenWorkbench> {
  const before = kept;
  kept = undefined;
  if (before !== undefined && before.kind === kindOf(options) && options.turn !== "first") {
    try {
      await before.workbench.tidy(options);
      return before.workbench;
    } catch (error) {
      console.log(`A workbench could not be tidied up, and the next test has another one: ${String(error)}`);
    }
  }
  await before?.workbench.close();
  return openWorkbench(options);
}

export interface OpenWorkbench extends Workbench {
  /** Makes it what it would be if it had just been opened with these options, of the same kind. */
  tidy(options: WorkbenchOptions): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<OpenWorkbench> {
  const { trusted = true, language, sandbox: withSandbox = false, size = usualSize } = options;
  const [browser, server] = [await theBrowser(), await theServer(trusted, language, withSandbox)];
  const sandbox = withSandbox ? (await theSandbox()).sandbox : undefined;
  await sandbox?.reset();
  const run = await temporaryFolder("ui");
  const folder = join(run, "workspace");
  await fill(folder, options.files);
  await writeSettings(server.userDataFolder, { ...plainSettings, ...withoutHovers, ...withoutMemory });
  await writeFile(
    join(server.userDataFolder, "User/keybindings.json"),
    JSON.stringify(keybindings(withSandbox && trusted)),
  );
  await writeChangingSettings(server, options);
  // The server keeps what pages before this one changed: a new page finds nothing to go on with.
  await rm(join(server.userDataFolder, "User/globalStorage/mtls-workbench.mtls-workbench/changes"), {
    recursive: true,
    force: true,
  });
  const page = await newPage(browser, { viewport: size });
  await leaveUnpainted(page);
  page.setDefaultTimeout(30_000);
  if (language !== undefined) {
    // The page has no language pack to take it from; a setter that does nothing keeps VS Code from unsetting it.
    await page.addInitScript(
      (value) => Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => value, set: () => {} }),
      language,
    );
  }
  const logsBefore = new Set(logFiles(server));
  const wholeLog = async (): Promise<string> =>
    (
      await Promise.all(
        logFiles(server)
          .filter((file) => !logsBefore.has(file))
          .map((file) => readFile(file, "utf8")),
      )
    ).join("");
  let logOfOthers = 0;
  await page.goto(server.page({ folder, extension: projectFolder }));
  // The explorer's first row: the workbench is there, and the server answers for the folder's files.
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
  const set = async (changing: ChangingSettings): Promise<void> => {
    const title = await writeChangingSettings(server, changing);
    // All are applied at once, and this one shows.
    await eventually(async () => assert.ok((await page.title()).includes(title), "the settings are not applied"));
    await page.locator(`.monaco-workbench.${themes[changing.theme ?? "light"].className}`).waitFor();
  };
  let current = options;
  return {
    ...workbenchOn(page, folder),
    get sandbox() {
      if (sandbox === undefined) throw new Error("This workbench has no sandbox");
      return sandbox;
    },
    extensionLog: async () => (await wholeLog()).slice(logOfOthers),
    setTheme: (theme) => set({ ...current, theme }),
    tidy: async (options) => {
      const { size = usualSize } = options;
      current = options;
      await sandbox?.reset();
      await closeEverything(page);
      if (page.viewportSize()?.width !== size.width || page.viewportSize()?.height !== size.height)
        await page.setViewportSize(size);
      await fill(folder, options.files);
      await showsOnly(page, await readdir(folder));
      await set(options);
      logOfOthers = (await wholeLog()).length;
    },
    close: async () => {
      await page.context().close();
      await removeFolder(run);
    },
  };
}

type ChangingSettings = Pick<WorkbenchOptions, "theme" | "settings">;

let written = 0;

/**
 * Those of the machine: unlike at the user's, an open page looks at these. Returns the title of a page that has applied
 * them.
 */
async function writeChangingSettings(server: Server, { theme = "light", settings }: ChangingSettings): Promise<string> {
  const title = `workspace (${++written})`;
  await writeMachineSettings(server.userDataFolder, {
    ...{ "workbench.colorTheme": themes[theme].label, "window.title": title },
    ...settings,
  });
  return title;
}

// --- between two tests

const tidyKeys = "Control+Alt+Shift+F9";

/** One key for all that VS Code puts back itself. What asks whether to save is the last. */
function keybindings(withAccount: boolean): unknown {
  const commands = [
    "workbench.action.closeQuickOpen",
    "notifications.clearAll",
    "problems.action.clearFilterText",
    "workbench.action.closePanel",
    "workbench.view.explorer",
    "workbench.files.action.collapseExplorerFolders",
    ...(withAccount ? ["mtls.refreshResources"] : []),
    "workbench.action.closeAllGroups",
  ];
  return [{ key: "ctrl+alt+shift+f9", command: "runCommands", args: { commands } }];
}

/** What a test may have left open: nothing is where all are 0. As text, because there are no types of a page here. */
const leftOpen = `(() => {
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility()).length;
  return {
    editors: shown(".part.editor .tab, .part.editor .monaco-editor, iframe.webview"),
    groups: shown(".part.editor .editor-group-container") - 1,
    panel: shown(".part.panel"),
    toasts: shown(".notifications-toasts .notification-list-item"),
    questions: shown(".quick-input-widget, .monaco-dialog-box, .monaco-menu, .action-widget"),
    otherViews: 1 - shown(".explorer-folders-view"),
    // Those of files that are not open stay once the workspace was checked.
    problems: /[1-9]/.test(document.getElementById("status.problems").innerText) ? 1 : 0,
  };
})()`;

async function closeEverything(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  // Neither an input, which has keys of its own, nor a page inside.
  await page.evaluate("document.activeElement?.blur()");
  await page.keyboard.press(tidyKeys);
  const unsaved = page.locator(".monaco-dialog-box .monaco-button", { hasText: "Don't Save" });
  await eventually(async () => {
    if (await unsaved.isVisible()) await unsaved.click({ timeout: 1_000 });
    const left = await page.evaluate<Readonly<Record<string, number>>>(leftOpen);
    assert.ok(
      Object.values(left).every((count) => count === 0),
      JSON.stringify(left),
    );
  });
  // The explorer has the room to itself.
  const outline = page.locator(".part.sidebar .pane-header.expanded[aria-label^='Outline']");
  if (await outline.isVisible()) await outline.click();
}

/** What has the keyboard, and the tabs and lists there are. */
const openNow = `JSON.stringify({
  keyboard: document.activeElement?.className,
  tabs: [...document.querySelectorAll(".tab")].map((it) => [it.className, it.dataset.resourceName, it.ariaLabel]),
  lists: [...document.querySelectorAll(".quick-input-widget")].map((it) => it.checkVisibility() && it.innerText),
})`;

/** Once the explorer has these rows and no others. */
async function showsOnly(page: Page, names: readonly string[]): Promise<void> {
  await eventually(async () => {
    const rows = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll(".explorer-folders-view .monaco-list-row[aria-level='1'] .label-name")].map((it) => it.innerText)`,
    );
    assert.deepEqual([...rows].sort(), [...names].sort());
  });
}

function workbenchOn(page: Page, folder: string): Omit<Workbench, "sandbox" | "extensionLog" | "setTheme"> {
  const press = (keys: string): Promise<void> => page.keyboard.press(keys);
  let acted = 0;
  const act = () => {
    acted += 1;
  };
  const clickPatiently = clickOn(page);
  const click = (target: Locator): Promise<void> => {
    act();
    return clickPatiently(target);
  };
  const quickInput = quickInputOn(page, click, act);
  const input = page.locator(".quick-input-widget:visible input.input").first();
  const editor = page.locator(".editor-group-container.active .monaco-editor").first();
  const menu = page.locator(".action-widget:not(.action-list-submenu-panel)");

  // The list is made when it opens: a command that is registered a moment later is in the next one.
  const pickFrom = async (keys: string, text: string, label: string): Promise<void> => {
    for (let [end, patience] = [Date.now() + 20_000, 500]; ; patience = 2_000) {
      await press(keys);
      // It closes by itself where something else takes the keyboard at that moment, as a view does that is just being
      // opened.
      const isTyped = await input.fill(text, { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if ((isTyped && (await quickInput.offers(label, patience))) || Date.now() > end) return quickInput.pick(label);
      if (await input.isVisible()) await press("Escape");
    }
  };
  const openMenu = async (): Promise<void> => {
    const first = menu.locator(".monaco-list-row").first();
    // What is only just being found out about the file may take it away again.
    for (let attempt = 0; attempt < 3 && !(await menu.isVisible()); attempt++) {
      await press("ControlOrMeta+.");
      await first.waitFor({ timeout: 5_000 }).catch(() => undefined);
    }
    await first.waitFor();
  };
  const readClipboard = (): Promise<string> => page.evaluate<string>("navigator.clipboard.readText()");
  let copies = 0;
  const copiedBy = async (action: () => Promise<void>, milliseconds?: number): Promise<string> => {
    const nothingYet = `nothing was copied ${++copies}`;
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(nothingYet)})`);
    await action();
    return eventually(async () => {
      const text = await readClipboard();
      assert.ok(text !== "" && text !== nothingYet, "nothing was copied");
      return text;
    }, milliseconds);
  };
  const titles = (): Promise<string[]> => menu.locator(".monaco-list-row.action .title").allInnerTexts();

  return {
    page,
    folder,
    quickInput,
    runCommand: (title) => pickFrom("F1", `>${title}`, title),
    openFile: async (name) => {
      const base = name.split("/").at(-1) ?? name;
      const tab = page.locator(`.tab.active[data-resource-name="${base}"]`);
      // The list may close under the click, where a view takes the keyboard back that had it before.
      for (let attempts = 1; ; attempts++) {
        await pickFrom("ControlOrMeta+p", name, base);
        const isOpen = await tab.waitFor({ timeout: 7_000 }).then(
          () => true,
          () => false,
        );
        if (isOpen) break;
        assert.ok(attempts < 3, `${base} does not open: ${await page.evaluate<string>(openNow)}`);
      }
      await editor.locator(".view-line").first().waitFor();
      await editor.locator(".native-edit-context, textarea").first().focus();
    },
    goTo: async (line, column) => {
      await press("Control+g");
      await quickInput.type(`:${line}:${column}`);
      await quickInput.accept();
      // Where the cursor is there already, the status bar says so before the editor has the keyboard again.
      await page.locator(".quick-input-widget:visible").waitFor({ state: "hidden" });
      await page.getByText(`Ln ${line}, Col ${column}`).waitFor();
    },
    notification: async (text) => {
      const toast = page.locator(".notifications-toasts .notification-list-item", { hasText: text }).first();
      await toast.waitFor();
      return {
        text: await toast.locator(".notification-list-item-message").innerText(),
        press: (button) => click(toast.locator(".monaco-button", { hasText: button })),
      };
    },
    dialog: async () => {
      const box = page.locator(".monaco-dialog-box");
      await box.waitFor();
      return {
        text: await box.locator(".dialog-message-container").innerText(),
        press: (button) => click(box.locator(".monaco-button", { hasText: button })),
      };
    },
    editorText: async () => {
      // An editor is there before the text that it is to show.
      await editor.locator(".view-line").first().waitFor();
      // What is just being shown may take the keyboard in between.
      const text = await eventually(() =>
        copiedBy(async () => {
          await editor.locator(".native-edit-context, textarea").first().focus();
          await press("ControlOrMeta+a");
          await press("ControlOrMeta+c");
        }, 3_000),
      );
      // Puts the selection back.
      await press("ControlOrMeta+u");
      return text;
    },
    copiedBy: (action) => copiedBy(action),
    click,
    act,
    acts: async (journey) => {
      const before = acted;
      await journey();
      return acted - before;
    },
    savedText: (name) => readFile(join(folder, name), "utf8"),
    save: async () => {
      await press("ControlOrMeta+s");
      await page.locator(".editor-group-container.active .tab.active:not(.dirty)").waitFor();
    },
    hover: async (expected = /\S/) => {
      const hover = page.locator(".monaco-hover:not(.hidden) .hover-contents");
      // As the light bulb's menu, below.
      for (let attempt = 0; attempt < 3 && !(await hover.first().isVisible()); attempt++) {
        await press("ControlOrMeta+k");
        await press("ControlOrMeta+i");
        await hover
          .first()
          .waitFor({ timeout: 5_000 })
          .catch(() => undefined);
      }
      await hover.first().waitFor();
      return eventually(async () => {
        const text = (await settled(page, () => hover.allInnerTexts())).join("\n").replaceAll("\u00a0", " ");
        assert.match(text, expected);
        return text;
      });
    },
    codeActions: async () => {
      await openMenu();
      return titles();
    },
    applyCodeAction: async (title) => {
      await openMenu();
      await click(menu.locator(".monaco-list-row.action", { hasText: title }).first());
      await menu.waitFor({ state: "hidden" });
    },
    problems: async () => {
      // The status bar's entry would close an open panel.
      if (!(await page.locator(".markers-panel").isVisible())) await click(page.locator("#status\\.problems a"));
      const rows = page.locator(".markers-panel .monaco-list-row");
      await rows.first().waitFor();
      return settled(page, () => rows.allInnerTexts());
    },
    waitForText: async (text) => {
      const found = page.getByText(text).first();
      await found.waitFor();
      return found;
    },
    screenshot: async (name) => {
      const path = await screenshotFile(name);
      if (path !== undefined) await painted(page, () => page.screenshot({ path, animations: "disabled" }));
    },
  };
}

/** What is read twice in a row: lists and hovers get their parts one after another. */
async function settled<Value>(page: Page, read: () => Promise<Value>): Promise<Value> {
  for (let [before, end] = [await read(), Date.now() + 5_000]; ; ) {
    await page.waitForTimeout(60);
    const now = await read();
    if (JSON.stringify(now) === JSON.stringify(before) || Date.now() > end) return now;
    before = now;
  }
}

function clickOn(page: Page): (target: Locator) => Promise<void> {
  return async (target) => {
    await target.waitFor();
    for (const end = Date.now() + 12_000; Date.now() < end; ) {
      // What lies over it may be there because of where the pointer is.
      await page.mouse.move(0, 0);
      const clicked = await target.click({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (clicked) return;
    }
    await target.click({ timeout: 3_000 });
  };
}

function quickInputOn(page: Page, click: (target: Locator) => Promise<void>, act: () => void): QuickInput {
  const widget = page.locator(".quick-input-widget:visible");
  const input = widget.locator("input.input").first();
  const rows = widget.locator(".quick-input-list .monaco-list-row");
  const row = (label: string): Locator =>
    rows
      .filter({
        has: page.locator(".quick-input-list-row:first-child .label-name", {
          hasText: new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`),
        }),
      })
      .first();
  // In one step, because the widget may close at any moment; as text, because there are no types of a page here.
  const state = (): Promise<string> =>
    page.evaluate(`[...document.querySelectorAll(".quick-input-widget")].filter((it) => it.checkVisibility())
      .map((it) => it.innerText + [...it.querySelectorAll("input")].map((input) => input.value)).join()`);
  /**
   * Waits for the next step, so that nobody reads the old one; not for long where a value may be refused, which changes
   * nothing. What is acted on is there first: before it is, nothing may be open, as afterwards.
   */
  const moveOn = async (
    target: Locator,
    action: (target: Locator) => Promise<void>,
    milliseconds = 10_000,
  ): Promise<void> => {
    await target.waitFor();
    const before = await state();
    await action(target);
    const end = Date.now() + milliseconds;
    while (Date.now() < end && (await state()) === before) await page.waitForTimeout(25);
  };
  return {
    // The command palette, which may be still there, has none.
    title: () => widget.locator(".quick-input-title", { hasText: /\S/ }).innerText(),
    items: async () => {
      await rows.first().waitFor();
      const parts = ".label-name, .label-description, .quick-input-list-label-meta, .quick-input-list-separator";
      // Each row in one step: the list may draw it anew at any moment.
      const script = `[...document.querySelectorAll(".quick-input-widget .quick-input-list .monaco-list-row")]
        .filter((row) => row.checkVisibility())
        .map((row) => [...row.querySelectorAll(${JSON.stringify(parts)})].map((part) => part.innerText).join(" "))`;
      const texts = await settled(page, () => page.evaluate<readonly string[]>(script));
      return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
    },
    message: () => widget.locator(".quick-input-message").innerText(),
    type: async (text) => {
      await input.waitFor();
      await input.fill(text);
    },
    offers: (label, within) =>
      row(label)
        .waitFor({ timeout: within })
        .then(
          () => true,
          () => false,
        ),
    pick: (label) => moveOn(row(label), click),
    tick: (label) => click(row(label).locator(".monaco-checkbox")),
    accept: () => {
      act();
      return moveOn(input, (it) => it.press("Enter"), 1_000);
    },
    back: () => moveOn(widget.locator(".quick-input-titlebar").getByRole("button", { name: "Back" }), click),
    cancel: () => moveOn(input, (it) => it.press("Escape")),
  };
}

/**
 * Makes the folder hold these files and no others. What is there already is left alone: nobody need look at it again.
 */
async function fill(folder: string, files: Readonly<Record<string, string | Uint8Array>> = sample()): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = Object.keys(files);
  for (const found of await readdir(folder, { recursive: true })) {
    const name = found.replaceAll(sep, "/");
    if (!names.some((wanted) => `${wanted}/`.startsWith(`${name}/`)))
      await rm(join(folder, found), { recursive: true, force: true });
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if ((await readFile(path).catch(() => undefined))?.equals(Buffer.from(content))) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

function sample(): Readonly<Record<string, Uint8Array>> {
  const files = readdirSync(sampleFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      relative(sampleFolder, join(parentPath, name)).replaceAll(sep, "/"),
      readFileSync(join(parentPath, name)),
    ]),
  );
}

function logFiles(server: Server): readonly string[] {
  return globSync(join(server.userDataFolder, "logs/**/mTLS Workbench.log"));
}

/** No account of whoever runs the tests. */
const nobody = {
  AWS_CONFIG_FILE: "/nonexistent/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  AWS_EC2_METADATA_DISABLED: "true",
};

// One browser, and one server per way of starting it, for all tests of a process; they end with it.
let browser: Promise<Browser> | undefined;
const servers = new Map<string, Promise<Server>>();

function theBrowser(): Promise<Browser> {
  return (browser ??= prepareBrowser().then(launchBrowser));
}

function theServer(trusted: boolean, language: string | undefined, withSandbox: boolean): Promise<Server> {
  const key = `${trusted} ${language} ${withSandbox}`;
  const server = servers.get(key) ?? start(trusted, language, withSandbox);
  servers.set(key, server);
  return server;
}

/** One for all tests of a file: each finds it as it was made. */
let sandboxed:
  | Promise<{ readonly sandbox: Sandbox; readonly env: Readonly<Record<string, string>>; readonly folder: string }>
  | undefined;

function theSandbox(): NonNullable<typeof sandboxed> {
  return (sandboxed ??= (async () => {
    const [sandbox, folder] = await Promise.all([startSandbox({ deploySeconds: 2 }), temporaryFolder("aws")]);
    return { sandbox, folder, env: await writeProfiles(sandbox, folder) };
  })());
}

async function start(trusted: boolean, language: string | undefined, withSandbox: boolean): Promise<Server> {
  if (!existsSync(join(projectFolder, "dist/extension.js")))
    throw new Error("The extension is not built: npm run build.");
  const { entry } = await prepareVscode();
  return startServer({
    entry,
    trustEverything: trusted,
    reconnectSeconds: 5,
    env: withSandbox ? (await theSandbox()).env : nobody,
    ...(language === undefined ? {} : { locale: language }),
  });
}

atTheEnd(async () => {
  await kept?.workbench.close();
  await (await browser)?.close();
  for (const server of servers.values()) await (await server).stop();
  const account = await sandboxed;
  if (account === undefined) return;
  await account.sandbox.close();
  await removeFolder(account.folder);
});
