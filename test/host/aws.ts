// What tests of the account inside an editor are written with: a session of the test's own, against a sandbox.
import * as vscode from "vscode";
import type { Account } from "../../src/account/account.ts";
import type { Registry } from "../../src/account/kind.ts";
import { kinds } from "../../src/account/kinds.ts";
import type { Session } from "../../src/account/session.ts";
import type { Log } from "../../src/host/editor/log.ts";
import { openAccount as openAccountOf, openSession } from "../../src/host/session/open.ts";
import { memento } from "../account/storage.ts";

export { memento } from "../account/storage.ts";
export { type Aws, awsToStart, startAws } from "../sandbox/aws.ts";

const open: vscode.Disposable[] = [];

/** A session and its account, until `closeSessions`. */
export function openAccount({
  profile,
  memory = memento(profile === undefined ? {} : { "mtls.profile": profile }),
  registry = kinds,
}: {
  readonly profile?: string;
  readonly memory?: vscode.Memento;
  readonly registry?: Registry;
} = {}): { readonly session: Session; readonly account: Account; readonly log: Log } {
  const log = vscode.window.createOutputChannel("mTLS test", { log: true });
  const session = openSession(memory, log);
  const account = openAccountOf(session, log, registry);
  open.push(account, session, log);
  return { session, account, log };
}

export function closeSessions(): void {
  for (const disposable of open.splice(0)) disposable.dispose();
}

/** Puts something else in the place of a member of `vscode.window` until it is taken back. */
export function stand<
  Name extends
    | "createInputBox"
    | "showInputBox"
    | "showQuickPick"
    | "showWarningMessage"
    | "showInformationMessage"
    | "createStatusBarItem"
    | "withProgress",
>(name: Name, instead: (...args: readonly unknown[]) => unknown): vscode.Disposable {
  const original = vscode.window[name];
  Object.defineProperty(vscode.window, name, { value: instead, configurable: true, writable: true });
  return {
    dispose: () => Object.defineProperty(vscode.window, name, { value: original, configurable: true, writable: true }),
  };
}
