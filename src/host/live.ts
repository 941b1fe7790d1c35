import type * as vscode from "vscode";
import type { Account } from "./account.ts";
import type { Documents } from "./documents.ts";
import type { Log } from "./log.ts";
import type { Kind } from "./pickers.ts";
import type { Previews } from "./preview.ts";
import type { Resource } from "./resource.ts";
import type { LiveCommandId } from "./resources-view.ts";

export interface LiveTools {
  readonly account: Account;
  readonly documents: Documents;
  readonly previews: Previews;
  readonly log: Log;
  readonly memory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
}

/** What is done to live distributions. */
export interface Live extends vscode.Disposable {
  /** *Enable*, *Disable* or *Change Client Certificate* on a distribution; without one it is asked for. */
  change(kind: Kind, resource: Resource | undefined): Promise<void>;
  /** Goes on waiting for what a window before this one began: called when a session is there. */
  resume(): Promise<void>;
  readonly commands: Record<LiveCommandId, (...args: readonly unknown[]) => Promise<void>>;
}

export function createLive(_tools: LiveTools): Live {
  throw new Error("Nothing is live");
}
