// npm start [-- --port N --own-account]: the sample folder in a VS Code with this extension, until Ctrl-C. The AWS it
// finds is the sandbox, on this machine; with --own-account it is what the environment and the shared files of AWS say.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox, writeProfiles } from "../sandbox/client.ts";
import { advice, explain } from "./advice.ts";
import { installedVscode } from "./desktop.ts";
import { removeAbandonedFolders, removeFolder, temporaryFolder } from "./folders.ts";
import { runScript } from "./npm.ts";
import { projectFolder, sampleFolder } from "./places.ts";
import { prepareBrowser, whyNoBrowser } from "./prepare-browser.ts";
import { prepareVscode, whyNotHosted } from "./prepare-vscode.ts";
import { step } from "./report.ts";
import { cleanEnvironment, startServer, writeMachineSettings, writeSettings } from "./server.ts";

/** Until something runs that must be ended in order, a signal simply ends this process. */
let onSignal = (): void => process.exit(130);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => onSignal());
// npm passes a signal on to no more than its shell, and none when it is killed: then this process gets another parent.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && onSignal(), 500).unref();

async function main(): Promise<void> {
  const { port, ownAccount } = readArguments();
  await removeAbandonedFolders();
  // Where VS Code is an application that people have, it is the better one to show.
  const installed = process.platform === "linux" ? undefined : installedVscode();
  const reason = whyNotHosted();
  if (installed === undefined && reason !== undefined) {
    throw advice(`${reason}: install VS Code, or name an installed one in MTLS_VSCODE, then run \`npm start\` again.`);
  }
  const folder = await temporaryFolder("start");
  try {
    const sample = join(folder, "sample");
    await cp(sampleFolder, sample, { recursive: true });
    const aws = ownAccount
      ? undefined
      : await step(
          "Starting the AWS sandbox",
          () => prepareAccount(join(folder, "aws")),
          () => "done",
        );
    await (installed === undefined
      ? startHosted(sample, port, aws)
      : startDesktop(installed, sample, join(folder, "user-data"), aws));
  } finally {
    await removeFolder(folder);
  }
}

/** What it takes to find the sandbox, by profiles in files that are thrown away; it ends with this process. */
async function prepareAccount(folder: string): Promise<Readonly<Record<string, string>>> {
  return writeProfiles(await startSandbox({ deploySeconds: 20 }), folder);
}

type Aws = Readonly<Record<string, string>> | undefined;

function describeAccount(aws: Aws): string {
  return aws === undefined
    ? "The AWS account is your own."
    : "The AWS account is the sandbox, on this machine: nothing in it is real. `npm start -- --own-account` takes your own.";
}

/** What the sandbox's Terraform tags its distributions with, which is for each team to say. */
function settingsFor(aws: Aws): Readonly<Record<string, unknown>> {
  return aws === undefined ? {} : { "mtls.ownerTags": { "managed-by=terraform": "Terraform" } };
}

async function startHosted(sample: string, port: number | undefined, aws: Aws): Promise<void> {
  const vscode = await step("Preparing VS Code", prepareVscode, ({ made }) => (made ? "done" : "cached"));
  await step("Preparing the browser of the tests", describeBrowser, (text) => text);
  await step("Building the extension", build, () => "done");
  const server = await step(
    "Starting VS Code",
    () =>
      startServer({
        entry: vscode.entry,
        trustEverything: true,
        ...(port === undefined ? {} : { port }),
        ...(aws === undefined ? {} : { env: aws }),
      }),
    () => "done",
  );
  try {
    await writeSettings(server.userDataFolder, {});
    await writeMachineSettings(server.userDataFolder, settingsFor(aws));
    const address = server.page({ folder: sample, extension: projectFolder });
    const signal = new Promise<void>((resolve) => (onSignal = resolve));
    showInBrowser(address);
    console.log(
      `\n${describeAccount(aws)}\nA copy of the sample folder is open in VS Code with the extension; Ctrl-C ends it. The address:\n${address}`,
    );
    await Promise.race([
      signal,
      server.ended.then(() => Promise.reject(advice(`VS Code ended by itself; it said:\n${server.log()}`))),
    ]);
  } finally {
    await server.stop();
  }
}

async function startDesktop(program: string, sample: string, userDataFolder: string, aws: Aws): Promise<void> {
  await step("Building the extension", build, () => "done");
  await writeSettings(userDataFolder, settingsFor(aws));
  const args = [
    sample,
    `--extensionDevelopmentPath=${projectFolder}`,
    `--user-data-dir=${userDataFolder}`,
    "--disable-extensions",
    "--disable-workspace-trust",
  ];
  const child = spawn(program, args, { stdio: "ignore", env: cleanEnvironment(aws) });
  onSignal = () => child.kill();
  console.log(
    `\nA copy of the sample folder is open in VS Code with the extension; closing it, or Ctrl-C, ends it.\n${describeAccount(aws)}`,
  );
  await once(child, "exit");
}

async function build(): Promise<void> {
  const { exitCode, output } = await runScript("build");
  if (exitCode !== 0) throw advice(`The extension does not build:\n${output}`);
}

/** Prepares what `npm test` needs; using the extension does not depend on it, so neither does the start. */
async function describeBrowser(): Promise<string> {
  const missing = whyNoBrowser();
  if (missing !== undefined) return `left out, ${missing}`;
  return prepareBrowser().then(
    ({ origin }) => (origin === "made" ? "done" : origin),
    (error: unknown) => `left out: ${explain(error)}`,
  );
}

/**
 * Shows the page where there is a screen; whether that works is not this program's business: the address is printed.
 * The token is visible in the browser's arguments for a moment. A file that forwards would hide it, but the browsers
 * that are packaged as snaps cannot read one here.
 */
function showInBrowser(address: string): void {
  const screen = process.platform !== "linux" || process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  if (!screen) return;
  const child = spawn(process.platform === "darwin" ? "open" : "xdg-open", [address], {
    stdio: "ignore",
    detached: true,
  });
  child.on("error", () => {});
  child.unref();
}

function readArguments(): { readonly port: number | undefined; readonly ownAccount: boolean } {
  const { port, "own-account": ownAccount = false } = parseArgs({
    options: { port: { type: "string" }, "own-account": { type: "boolean" } },
  }).values;
  if (port === undefined) return { port, ownAccount };
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw advice(`--port takes a number from 1 to 65535, not ${port}.`);
  return { port: number, ownAccount };
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
