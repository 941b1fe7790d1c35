// What tests of an account are written with: a sandbox, and the environment that leads to it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox, writeProfiles } from "./client.ts";

export interface Aws {
  readonly sandbox: Sandbox;
  /** Forgets everything, and leads to the profiles of the sandbox; `default` is one of them. */
  reset(world?: "default" | "empty" | "large" | "denied"): Promise<void>;
  /** For the test that runs: taken back with the next `reset`. */
  setEnvironment(environment: Readonly<Record<string, string | undefined>>): void;
  close(): Promise<void>;
}

/** Nobody's at the moment, by their options: a start costs more than most files ask. They end with this process. */
const idle = new Map<string, Sandbox[]>();

export async function startAws(options: SandboxOptions = {}): Promise<Aws> {
  const key = JSON.stringify(options);
  const sandbox = idle.get(key)?.pop() ?? (await startSandbox(options));
  const folder = await mkdtemp(join(tmpdir(), "mtls-aws-"));
  const profiles = await writeProfiles(sandbox, folder);
  const before = awsEnvironment();
  const set = (environment: Readonly<Record<string, string | undefined>>) => {
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  const clear = () => set(Object.fromEntries(Object.keys(awsEnvironment()).map((name) => [name, undefined])));
  return {
    sandbox,
    reset: async (world = "default") => {
      clear();
      set(profiles);
      await sandbox.reset(world);
    },
    setEnvironment: set,
    close: async () => {
      clear();
      set(before);
      await sandbox.reset();
      idle.set(key, [...(idle.get(key) ?? []), sandbox]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One that is there once it is started, which the hook of whatever runs the tests does before them. */
export function awsToStart(options?: SandboxOptions): Aws & { start(): Promise<void> } {
  let started: Aws | undefined;
  const aws = (): Aws => {
    if (started === undefined) throw new Error("The sandbox is not started yet");
    return started;
  };
  return {
    start: async () => {
      started = await startAws(options);
    },
    get sandbox() {
      return aws().sandbox;
    },
    reset: (world) => aws().reset(world),
    setEnvironment: (environment) => aws().setEnvironment(environment),
    // Where no test of a file is asked for, nothing has started it.
    close: async () => started?.close(),
  };
}

function awsEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[0].startsWith("AWS_") && entry[1] !== undefined,
    ),
  );
}
