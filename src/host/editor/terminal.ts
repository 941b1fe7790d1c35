import * as vscode from "vscode";
import { type Terminal, terminalOf } from "../../core/shell.ts";
import { machine } from "../../platform/node/machine.ts";

/** What copied commands are written for: the shell of new terminals, as it is set now. */
export function terminal(): Terminal {
  return terminalOf(vscode.env.shell, machine.isWindows);
}
