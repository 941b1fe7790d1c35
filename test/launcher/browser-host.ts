// See the script `browser-host` beside this file. Exit code: 0 when the tests' run() resolves, else 1.
import { appendFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { advice, explain } from "./advice.ts";
import { launchBrowser, leaveUnpainted, newPage } from "./browser.ts";
import { prepareBrowser } from "./prepare-browser.ts";
import { prepareVscode } from "./prepare-vscode.ts";
import { startServer } from "./server.ts";

/** In the environment: a file for what the workbench and the extension host write to their consoles. */
const logVariable = "MTLS_HOST_LOG";
const hangs = 15 * 60_000;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: "string" },
      extensionTestsPath: { type: "string" },
      "user-data-dir": { type: "string" },
      "disable-workspace-trust": { type: "boolean" },
    },
  });
  const [folder] = positionals;
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests, "user-data-dir": userDataFolder } = values;
  if (
    folder === undefined ||
    typeof extension !== "string" ||
    typeof tests !== "string" ||
    typeof userDataFolder !== "string"
  ) {
    throw advice(
      "browser-host needs a folder, --extensionDevelopmentPath=, --extensionTestsPath= and --user-data-dir=.",
    );
  }
  const [vscode, prepared] = [await prepareVscode(), await prepareBrowser()];
  const server = await startServer({
    entry: vscode.entry,
    userDataFolder,
    trustEverything: values["disable-workspace-trust"] === true,
  });
  const browser = await launchBrowser(prepared, "as users do");
  try {
    const page = await newPage(browser, { viewport: { width: 480, height: 400 } });
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The extension host has not ended its tests after ${hangs / 60_000} minutes.`)),
        hangs,
      );
      page.on("crash", () => reject(new Error("The browser's page crashed.")));
      page.on("close", () => reject(new Error("The browser's page was closed.")));
      void server.ended.then(() => reject(new Error(`VS Code's server ended:\n${server.log()}`)));
      const start = async (): Promise<void> => {
        await leaveUnpainted(page);
        await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => log(type, args));
        await page.exposeFunction("codeAutomationExit", (code: number) => {
          clearTimeout(timer);
          resolve(code);
        });
        await page.goto(server.page({ folder, extension, tests }));
      };
      start().catch(reject);
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function log(type: string, args: readonly unknown[]): Promise<void> {
  const file = process.env[logVariable];
  if (file !== undefined) await appendFile(file, `[${type}] ${args.map(String).join(" ")}\n`);
}

try {
  process.exit(await main());
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
