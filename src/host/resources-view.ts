import * as vscode from "vscode";
import type { AccountCommandId } from "../manifest.ts";
import type { Account } from "./account.ts";
import type { Inspector } from "./inspector.ts";
import type { Log } from "./log.ts";
import type { Resource } from "./resource.ts";

/** A row: a resource, or what stands in its place. */
export type Row = Resource | { readonly kind: "placeholder" | "failure" | "more" };

export interface ResourcesTools {
  readonly account: Account;
  readonly inspector: Inspector;
  readonly log: Log;
  readonly view: vscode.TreeView<Row>;
  readonly memory: vscode.Memento;
}

export interface ResourcesView extends vscode.Disposable {
  readonly provider: Required<Pick<vscode.TreeDataProvider<Row>, "onDidChangeTreeData" | "getTreeItem" | "getChildren" | "getParent" | "resolveTreeItem">>;
  /** Shows the row of a resource, loading what it takes. */
  reveal(resource: Resource): Promise<void>;
  readonly commands: Pick<Record<AccountCommandId, (...args: readonly unknown[]) => Promise<void>>, Exclude<AccountCommandId, LiveCommandId>>;
}

/** What works on one distribution: `live.ts` has it. */
export type LiveCommandId = "mtls.openDistributionConfig" | "mtls.compareDistributionWithFile" | "mtls.saveDistributionConfig" | "mtls.applyToCloudFront" | "mtls.undoLiveChange";

export function createResourcesView(_tools: ResourcesTools): ResourcesView {
  throw new Error("No view");
}
