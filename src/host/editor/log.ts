import * as vscode from "vscode";

/** The output channel. Never given a certificate, a key, a header value or a whole config. */
export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel("mTLS Workbench", { log: true });
}

/** A bug of ours that reached an edge. */
export function logFault(log: Log, where: string, error: unknown): void {
  log.error(where, error instanceof Error ? (error.stack ?? error.message) : String(error));
}
