import type * as vscode from "vscode";
import type { AcmText } from "../../account/acm-text.ts";
import type { Resource } from "../../account/resource.ts";
import type { Row } from "../../account/row.ts";
import type { ResourceCommandId } from "../../manifest.ts";
import type { Log } from "../editor/log.ts";
import type { Account } from "../session/account.ts";

export interface ResourcesTools {
  readonly account: Account;
  /** Opens the inspector on a text that is no file. */
  readonly inspectText: (name: string, text: string) => Promise<void>;
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
  /** Shows the row of a resource, loading what it takes. */
  reveal(resource: Resource): Promise<void>;
  /** Asks which certificate of ACM is meant, and reads it. */
  chooseCertificate(title: string): Promise<AcmText | undefined>;
  readonly commands: Record<ResourceCommandId, (...args: readonly unknown[]) => Promise<void>>;
}
