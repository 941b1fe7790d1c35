import * as vscode from "vscode";
import type { Steps } from "../../core/steps.ts";
import { inSlices } from "../../platform/node/turns.ts";

/**
 * What is worked out of a large document, with other work between the steps.
 * @returns `undefined`: the document changed or was closed meanwhile, or `signal` was aborted
 */
export async function whileUnchanged<Result>(
  document: vscode.TextDocument,
  steps: Steps<Result>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result | undefined> {
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
    return await inSlices(() => steps.next(), { signal: AbortSignal.any([signal, stop.signal]) });
  } finally {
    watching.dispose();
  }
}
