// What tests of the account are written with: a sandbox, the environment that leads to it, and a session of the test's
// own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Log } from "../../src/host/editor/log.ts";
import { Account } from "../../src/host/session/account.ts";
import { Session } from "../../src/host/session/session.ts";
import { type Sandbox, type SandboxOptions, startSandbox, writeProfiles } from "../sandbox/client.ts";

export interface Aws {
  readonly sandbox: Sandbox;
  /** Forgets everything, and leads to the profiles of the sandbox; `default` is one of them. */
  reset(world?: "default" | "empty" | "large" | "denied"): Promise<void>;
  /** For the test that runs: taken back with the next `reset`. */
  setEnvironment(environment: Readonly<Record<string, string | undefined>>): void;
  close(): Promise<void>;
}

export async function startAws(options: SandboxOptions = {}): Promise<Aws> {
  const sandbox = await startSandbox(options);
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
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function awsEnvironment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[0].startsWith("AWS_") && entry[1] !== undefined,
    ),
  );
}

/** What a window would remember. */
export function memento(kept: Readonly<Record<string, unknown>> = {}): vscode.Memento {
  const values = new Map(Object.entries(kept));
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => (values.has(key) ? (values.get(key) as T) : otherwise),
    update: async (key: string, value: unknown) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

const open: vscode.Disposable[] = [];

/** A session and its account, until `closeSessions`. */
export function openAccount({
  profile,
  memory = memento(profile === undefined ? {} : { "mtls.profile": profile }),
}: {
  readonly profile?: string;
  readonly memory?: vscode.Memento;
} = {}): { readonly session: Session; readonly account: Account; readonly log: Log } {
  const log = vscode.window.createOutputChannel("mTLS test", { log: true });
  const session = new Session(memory, log);
  const account = new Account(session, log);
  open.push(account, session, log);
  return { session, account, log };
}

export function closeSessions(): void {
  for (const disposable of open.splice(0)) disposable.dispose();
}

/** Puts something else in the place of a member of `vscode.window` until it is taken back. */
export function stand<
  Name extends
    | "showInputBox"
    | "showQuickPick"
    | "showWarningMessage"
    | "showInformationMessage"
    | "createStatusBarItem",
>(name: Name, instead: (...args: readonly unknown[]) => unknown): vscode.Disposable {
  const original = vscode.window[name];
  Object.defineProperty(vscode.window, name, { value: instead, configurable: true, writable: true });
  return {
    dispose: () => Object.defineProperty(vscode.window, name, { value: original, configurable: true, writable: true }),
  };
}
