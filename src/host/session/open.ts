import * as vscode from "vscode";
import { Account } from "../../account/account.ts";
import type { Registry } from "../../account/kind.ts";
import { kinds } from "../../account/kinds.ts";
import { Session } from "../../account/session.ts";
import { contextKeys, type SettingId } from "../../manifest.ts";
import { type Log, logFault } from "../editor/log.ts";
import { inputBox } from "../editor/pick.ts";
import { ownerTags, setProfile } from "../editor/settings.ts";
import { aws } from "./aws.ts";

/** With which profile AWS is spoken to from this window. */
export function openSession(memory: vscode.Memento, log: Log): Session {
  const session = new Session({
    aws,
    memory,
    isTrusted: () => vscode.workspace.isTrusted,
    setProfile,
    onDidSetProfile: (listener) =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("mtls.profile" satisfies SettingId)) listener();
      }),
    askMfaCode,
    note: (text) => log.info(text),
    fault: (where, error) => logFault(log, where, error),
  });
  const announce = () => {
    const { state } = session;
    void vscode.commands.executeCommand(
      "setContext",
      contextKeys.session,
      state.kind === "failed" ? state.failure.failure : state.kind,
    );
  };
  session.onDidChange(announce);
  announce();
  return session;
}

export function openAccount(session: Session, log: Log, registry: Registry = kinds): Account {
  return new Account({ session, aws, registry, ownerTags, fault: (where, error) => logFault(log, where, error) });
}

/** Rejects where none is given. */
async function askMfaCode(serial: string, isAgain: boolean, signal: AbortSignal): Promise<string> {
  const source = new vscode.CancellationTokenSource();
  const stop = () => source.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const code = await inputBox(
      {
        title: vscode.l10n.t("Sign In to AWS with MFA"),
        prompt: isAgain
          ? vscode.l10n.t("AWS rejected the MFA code. Each code works only once. Enter the next code for {0}", serial)
          : vscode.l10n.t("Enter the MFA code for {0}", serial),
        placeHolder: vscode.l10n.t("Six digits"),
        password: true,
        ignoreFocusOut: true,
        validateInput: (value) =>
          /^\d{6}$/.test(value.trim()) ? undefined : vscode.l10n.t("Enter the six-digit MFA code."),
      },
      source.token,
    );
    if (code === undefined || signal.aborted) throw new Error("No code was given");
    return code.trim();
  } finally {
    signal.removeEventListener("abort", stop);
    source.dispose();
  }
}
