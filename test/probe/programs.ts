// Servers that are programs of their own: started for one test in a folder of their own, and ended with it.
import * as assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { until } from "../until.ts";

/** Servers often stand where the PATH of a user does not lead. */
const places = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/sbin", "/usr/sbin"];

export function findProgram(name: string): string | undefined {
  return places
    .filter((place) => place !== "")
    .map((place) => join(place, process.platform === "win32" ? `${name}.exe` : name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether `.ci/install-servers` says that everything is there: then nothing is skipped, and what is missing fails. */
export const isInstalled = process.env["MTLS_SERVERS"] === "installed";

/** Why a test is skipped. */
export function skipWithout(name: string): string | false {
  return findProgram(name) !== undefined || isInstalled ? false : `${name} is not installed`;
}

/** Ports of 127.0.0.1 that nobody has: below those that systems give away by themselves. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  for (let tries = 0; found.size < count; tries++) {
    assert.ok(tries < count * 100, "no port is free");
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  try {
    await listening;
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}

export interface Program {
  /** What it wrote so far, output and errors. */
  output(): string;
  end(): Promise<void>;
}

export interface ProgramOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** It is there when one can connect to all of these, or when it has said this. */
  readonly ready: readonly number[] | string;
}

export async function startProgram({ name, args, folder, ready }: ProgramOptions): Promise<Program> {
  const file = findProgram(name);
  assert.ok(file !== undefined, `${name} is not installed`);
  const child = spawn(file, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const end = async () => {
    process.removeListener("exit", kill);
    if (isRunning(child)) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
  };
  const isThere = async (): Promise<boolean> => {
    assert.ok(isRunning(child), `${name} ended: ${output}`);
    if (typeof ready === "string") return output.includes(ready);
    return (await Promise.all(ready.map(isListening))).every(Boolean);
  };
  try {
    await until(`${name} listens`, isThere);
  } catch (error) {
    await end();
    throw error;
  }
  return { output: () => output, end };
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
