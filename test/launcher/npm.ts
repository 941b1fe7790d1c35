import { spawn } from "node:child_process";
import { basename } from "node:path";
import { advice, sentenceFor } from "./advice.ts";
import { projectFolder } from "./places.ts";

export interface Finished {
  readonly exitCode: number;
  readonly output: string;
}

/** Installs what `folder`'s package.json asks for, plus `packages`, without running any package's scripts. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  const { exitCode, output } = await npm(folder, [
    "install",
    ...packages,
    "--omit=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    // npm's own waits (10 s, 60 s) would look like a hang when there is no network.
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
  ]);
  if (exitCode === 0) return;
  const code = /^npm (?:error|ERR!) code (\w+)/m.exec(output)?.[1];
  const subject = packages.length > 0 ? packages.join(" ") : "a package VS Code depends on";
  throw advice(sentenceFor(code, subject) ?? `npm could not install ${subject}; it said:\n${output.trimEnd()}`);
}

/** Packs this project as it is built, without running its scripts. */
export async function pack(destination: string): Promise<void> {
  const { exitCode, output } = await npm(projectFolder, [
    "pack",
    "--ignore-scripts",
    "--pack-destination",
    destination,
  ]);
  if (exitCode !== 0) throw advice(`npm could not pack the project; it said:\n${output.trimEnd()}`);
}

/** Runs one of this project's own npm scripts. */
export function runScript(name: string): Promise<Finished> {
  return npm(projectFolder, ["run", "--silent", name]);
}

function npm(folder: string, args: readonly string[]): Promise<Finished> {
  // Under `npm run` this names the very npm that runs; naming its file also spares Windows the `npm.cmd` shell.
  const running = process.env["npm_execpath"];
  const viaFile = running !== undefined && basename(running) === "npm-cli.js";
  const child = viaFile
    ? spawn(process.execPath, [running, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
    : spawn("npm", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  const end = (): void => void child.kill();
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("exit", end);
      resolve({ exitCode: code ?? 1, output });
    });
  });
}
