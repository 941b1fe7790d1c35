// The scripted user of a live change, where files are the editor's.
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { distributionsRow } from "../../../src/account/kinds/distributions.ts";
import type { Elsewhere } from "../../../src/account/live/ui.ts";
import { writeNumbered } from "../../../src/host/live/config-file.ts";
import { leaveFor } from "../../../src/host/live/editor-ui.ts";
import type { EditorUi } from "../../../src/host/live/ui.ts";
import { ScriptedUi } from "../../account/live/scripted-ui.ts";

export class EditorUser extends ScriptedUi implements EditorUi {
  target: vscode.Uri | undefined;
  source: vscode.Uri | undefined;

  constructor(account: Account) {
    super(async (wanted) => {
      await account.whole(distributionsRow);
      return account.distributions().items.find(({ id }) => id === wanted);
    });
  }

  async chooseTarget(): Promise<vscode.Uri | undefined> {
    return this.target;
  }

  async chooseSource(): Promise<vscode.Uri | undefined> {
    return this.source;
  }

  override leaveFor(where: Elsewhere): Promise<void> {
    return leaveFor(where);
  }

  override writeFiles(name: string, texts: readonly string[]): Promise<readonly string[] | undefined> {
    return writeNumbered(name, texts, this);
  }
}

/** Where a window would keep secrets. */
export function secretStorage(
  kept = new Map<string, string>(),
): vscode.SecretStorage & { readonly kept: Map<string, string> } {
  const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  return {
    kept,
    get: async (key) => kept.get(key),
    store: async (key, value) => {
      kept.set(key, value);
      changed.fire({ key });
    },
    delete: async (key) => {
      kept.delete(key);
      changed.fire({ key });
    },
    onDidChange: changed.event,
  };
}
