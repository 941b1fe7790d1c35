import * as vscode from "vscode";

// The tab of a panel does not tell which file it shows: who made the panel does.

const panels = new Map<vscode.WebviewPanel, vscode.Uri>();
const changed = new vscode.EventEmitter<void>();

/** Fires when another panel, or none, is the active one. */
export const onDidChangeInspected = changed.event;

/** @param uri what it shows from now on */
export function keepInspected(panel: vscode.WebviewPanel, uri: vscode.Uri): void {
  if (!panels.has(panel)) {
    panel.onDidChangeViewState(() => changed.fire());
    panel.onDidDispose(() => {
      panels.delete(panel);
      changed.fire();
    });
  }
  panels.set(panel, uri);
  changed.fire();
}

/** The panel in which the inspector shows a file. */
export function panelOf(uri: vscode.Uri): vscode.WebviewPanel | undefined {
  return [...panels].find(([, shown]) => shown.toString() === uri.toString())?.[0];
}

/** The file that the active panel shows. */
export function activeInspected(): vscode.Uri | undefined {
  return [...panels].find(([panel]) => panel.active)?.[1];
}

export function inspectedFiles(): readonly vscode.Uri[] {
  return [...panels.values()];
}
