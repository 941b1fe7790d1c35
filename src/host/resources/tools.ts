import type * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import type { AcmText } from "../../account/acm-text.ts";
import type { Event } from "../../account/event.ts";
import type { Outlook, Registry } from "../../account/kind.ts";
import type { ShownHistory } from "../../account/live/shown-history.ts";
import type { Proofs } from "../../account/proofs.ts";
import type { Row } from "../../account/row.ts";
import type { Changed } from "../../account/under-way.ts";
import type { ResourceCommandId } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import type { Log } from "../editor/log.ts";

export interface ResourcesTools {
  readonly account: Account;
  /** The kinds of its rows. */
  readonly registry: Registry;
  /** Opens the inspector on a text that is no file. */
  readonly inspectText: (name: string, text: string) => Promise<void>;
  /** Whether the last change to a resource can be turned back. */
  readonly canUndo: Outlook["canUndo"];
  /** How far changes of this window are, to resources of the account. */
  readonly underWay: Outlook["underWay"];
  /** Resources of which that changed. */
  readonly onDidChangeUnderWay: Event<readonly Changed[]>;
  /** What probes proved. */
  readonly proofs: Pick<Proofs, "ofLive" | "onDidChange">;
  /** What was changed on this machine. */
  readonly history: Pick<ShownHistory, "changes" | "onDidChange" | "look" | "clear">;
  readonly documents: Pick<Documents, "last">;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly memory: vscode.Memento;
}

export interface ResourcesView extends vscode.Disposable {
  readonly provider: Required<
    Pick<
      vscode.TreeDataProvider<Row>,
      "onDidChangeTreeData" | "getTreeItem" | "getChildren" | "getParent" | "resolveTreeItem"
    >
  >;
  /** Shows a row, loading what it takes. */
  reveal(row: Row): Promise<void>;
  /** Draws all rows anew: what can be done with them changed. */
  redraw(): void;
  /** Asks which certificate of ACM is meant, and reads it. */
  chooseCertificate(title: string): Promise<AcmText | undefined>;
  readonly commands: Record<ResourceCommandId, (...args: readonly unknown[]) => Promise<void>>;
}
