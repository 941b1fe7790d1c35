// Where the editor keeps secrets: the keyring of the system may be locked at any time.
import * as vscode from "vscode";
import type { EditorUi } from "../ui.ts";

export class DraftSecrets {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  get(key: string): Promise<string | undefined> {
    return available(() => this.#secrets.get(key));
  }

  store(key: string, value: string): Promise<void> {
    return available(() => this.#secrets.store(key, value));
  }

  delete(key: string): Promise<void> {
    return available(() => this.#secrets.delete(key));
  }
}

async function available<Result>(work: () => Thenable<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const text = vscode.l10n.t(
      "The secret storage of VS Code, where drafts are kept, is not available. Unlock the keyring of your system, then try again.",
    );
    throw Object.assign(vscode.FileSystemError.Unavailable(text), { cause: error });
  }
}

/** Whether its message says to the user why no draft can be had now. */
function isUnavailable(error: unknown): error is vscode.FileSystemError {
  return error instanceof vscode.FileSystemError && error.code === "Unavailable";
}

/** `undefined` where the drafts cannot be had now, too. */
export async function ifAvailable<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isUnavailable(error)) return undefined;
    throw error;
  }
}

type Command = (...args: readonly unknown[]) => Promise<void>;

/** The same commands: where drafts cannot be had they say so, and what to do. */
export function sayingUnavailable<Id extends string>(
  commands: Readonly<Record<Id, Command>>,
  ui: Pick<EditorUi, "say">,
  fault: (where: string, error: unknown) => void,
): Record<Id, Command> {
  const entries = Object.entries<Command>(commands).map(([id, run]) => [
    id,
    async (...args: readonly unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        fault(id, error.cause ?? error);
        await ui.say(error.message, "error");
      }
    },
  ]);
  return Object.fromEntries(entries) as Record<Id, Command>;
}
