import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { advice } from "./advice.ts";
import { calmSettings } from "./calm-settings.ts";
import { removeFolder, temporaryFolder } from "./folders.ts";

export interface ServerOptions {
  /** VS Code's server-main.js. */
  readonly entry: string;
  /** Left out: any free one. */
  readonly port?: number;
  /** Left out: a fresh profile, which goes with the server. */
  readonly userDataFolder?: string;
  /** Off: folders open in Restricted Mode until they are trusted. */
  readonly trustEverything: boolean;
  /** The interface language, as in `ja`. */
  readonly locale?: string;
  /** How long an extension host outlives its page, in case that comes back; left out: three hours. */
  readonly reconnectSeconds?: number;
  /** Takes the place of all that this process's environment says of AWS. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Server {
  /** Where `User/settings.json` lies. */
  readonly userDataFolder: string;
  /** The page that opens `folder` with the extension at `extension`, and runs `tests` in its host if given. */
  page(open: { folder: string; extension: string; tests?: string }): string;
  /** Resolves when the server has ended by itself. */
  readonly ended: Promise<void>;
  /** What it has printed so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts VS Code's server on 127.0.0.1. It ends with this process, however this process ends. */
export async function startServer(options: ServerOptions): Promise<Server> {
  if (options.port !== undefined) await refuseTakenPort(options.port);
  const folder = await temporaryFolder("server");
  const userDataFolder = options.userDataFolder ?? join(folder, "user-data");
  // Other accounts of this machine reach 127.0.0.1 too: without the token they would have a shell's powers here.
  // It is handed over in a file because arguments are visible to everyone.
  const token = randomBytes(20).toString("hex");
  const tokenFile = join(folder, "token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, "tethered.ts"),
      options.entry,
      "--host=127.0.0.1",
      `--port=${options.port ?? 0}`,
      `--connection-token-file=${tokenFile}`,
      "--accept-server-license-terms",
      `--server-data-dir=${join(folder, "server-data")}`,
      `--user-data-dir=${userDataFolder}`,
      "--telemetry-level=off",
      "--disable-experiments",
      ...(options.trustEverything ? ["--disable-workspace-trust"] : []),
      ...(options.locale === undefined ? [] : [`--locale=${options.locale}`]),
      ...(options.reconnectSeconds === undefined ? [] : [`--reconnection-grace-time=${options.reconnectSeconds}`]),
    ],
    // Its own process group: Ctrl-C reaches it through `stop`, and its children end with it.
    { detached: true, stdio: ["pipe", "pipe", "pipe"], env: cleanEnvironment(options.env) },
  );
  const ended = once(child, "exit").then(() => removeFolder(folder));
  const stop = async (): Promise<void> => {
    child.stdin.destroy();
    await ended;
  };
  let log = "";
  try {
    const port = await new Promise<number>((resolve, reject) => {
      const collect = (chunk: Buffer): void => {
        log += chunk.toString();
        const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
        if (port !== undefined) resolve(Number(port));
      };
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.on("error", reject);
      child.on("exit", () => reject(new Error(`VS Code's server ended before it was ready:\n${log}`)));
      setTimeout(() => reject(new Error(`VS Code's server is not ready after 60 s:\n${log}`)), 60_000).unref();
    });
    return {
      userDataFolder,
      page: ({ folder, extension, tests }) => {
        const remote = (path: string): string => `vscode-remote://remote${path}`;
        const payload = [
          ["extensionDevelopmentPath", remote(extension)],
          ...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
        ];
        const query = new URLSearchParams({ tkn: token, folder, payload: JSON.stringify(payload) });
        return `http://127.0.0.1:${port}/?${query}`;
      },
      ended,
      log: () => log,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * On top of these, settings that spare a test what is drawn for a person's eye, which takes more time than all else.
 */
export const plainSettings: Readonly<Record<string, unknown>> = {
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.bracketPairColorization.enabled": false,
  "editor.matchBrackets": "never",
  "breadcrumbs.enabled": false,
  "json.schemaDownload.enable": false,
};

export async function writeSettings(
  userDataFolder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await mkdir(join(userDataFolder, "User"), { recursive: true });
  await writeFile(
    join(userDataFolder, "User/settings.json"),
    JSON.stringify({ ...calmSettings, ...settings }, undefined, 2),
  );
}

/** Of the machine that VS Code runs on, where a browser shows it: settings of machine scope count nowhere else. */
export async function writeMachineSettings(
  userDataFolder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await mkdir(join(userDataFolder, "Machine"), { recursive: true });
  await writeFile(join(userDataFolder, "Machine/settings.json"), JSON.stringify(settings));
}

/**
 * This process's environment without what another VS Code or the test runner has put there for its own children; with
 * `aws`, that is the only account in it.
 */
export function cleanEnvironment(aws?: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const foreign =
    aws === undefined
      ? /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_COMPILE_CACHE$|NODE_TEST_)/
      : /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_COMPILE_CACHE$|NODE_TEST_|AWS_)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))), ...aws };
}

async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(port, "127.0.0.1", resolve));
  } catch (error) {
    throw advice(
      `Port ${port} cannot be used (another program may have it): end that program, or choose another with \`npm start -- --port N\`, or leave \`--port\` out to get a free one.`,
      error,
    );
  } finally {
    probe.close();
  }
}
