import * as vscode from "vscode";

/** The composition root: builds everything long-lived and hands it to the editor. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("mTLS Workbench", { log: true });
  context.subscriptions.push(log);
  log.info("active");
}
