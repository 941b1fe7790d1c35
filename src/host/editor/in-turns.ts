import type * as vscode from "vscode";
import { perStep, type Steps } from "../../core/steps.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { signalOf } from "./signal.ts";

/** More symbols, lenses or regions of one document are not made: nobody gets to see them. */
const mostMade = 20_000;

/**
 * What the editor shows for each of many things, with other work between them.
 * @returns nothing where it was canceled, as the editor asks again then
 */
export async function madeInTurns<Item, Made>(
  items: readonly Item[],
  make: (item: Item, index: number) => readonly Made[],
  token: vscode.CancellationToken,
): Promise<Made[]> {
  const made: Made[] = [];
  const steps = (function* (): Steps<void> {
    for (const [index, item] of items.entries()) {
      if (index % perStep === perStep - 1) yield;
      if (made.length >= mostMade) return;
      made.push(...make(item, index));
    }
  })();
  if (items.length < perStep) steps.next();
  else {
    await inSlices(() => steps.next(), { signal: signalOf(token) });
    if (token.isCancellationRequested) return [];
  }
  return made;
}
