import * as vscode from "vscode";
import type { Steps } from "../../core/steps.ts";
import { inSlices } from "../../platform/node/turns.ts";

/**
 * What is worked out of a large document, with other work between the steps.
 * @returns `undefined`: the document changed or was closed meanwhile, or `signal` was aborted
 */
export function whileUnchanged<Result>(
  document: vscode.TextDocument,
  steps: Steps<Result>,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  return untilChanged(document, (unchanged) =>
    inSlices(() => steps.next(), { signal: signal === undefined ? unchanged : AbortSignal.any([signal, unchanged]) }),
  );
}

/** @param work is given what is aborted when the document changes or is closed */
export async function untilChanged<Result>(
  document: vscode.TextDocument,
  work: (unchanged: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stop = new AbortController();
  const watching = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) stop.abort();
    }),
    vscode.workspace.onDidCloseTextDocument((closed) => {
      if (closed === document) stop.abort();
    }),
  );
  try {
    return await work(stop.signal);
  } finally {
    watching.dispose();
  }
}
