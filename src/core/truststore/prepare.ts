import { charactersPerStep, perStep, type Steps } from "../steps.ts";
import type { Bundle } from "../x509/bundle/bundle.ts";
import { foreignBlocks } from "../x509/bundle/foreign.ts";
import { withReturns } from "../x509/bundle/unseen.ts";
import { prepareIndex } from "../x509/path/chain.ts";
import { prepareTimes } from "./in-time.ts";
import { unfitSelections } from "./of-certificates.ts";
import { besideRevocationLists, doubtful, prepareSize, revocationLists } from "./of-file.ts";
import { openIn, repeatedIn } from "./structure.ts";
import type { Target } from "./targets.ts";
import { prepareText } from "./text.ts";

/** With fewer blocks in a short text, each question is quick. */
const many = 4 * perStep;

/**
 * What takes long to ask of all blocks of a large store, in steps. It is kept with them, so that no rule and no verdict
 * has to ask all of them at once.
 */
export function* prepareStore(bundle: Bundle, concerned: readonly Target[]): Steps<void> {
  const { chunks, starts } = bundle.pem;
  if (chunks.length < many && (starts.at(-1) ?? 0) + (chunks.at(-1)?.text.length ?? 0) < charactersPerStep) return;
  yield* prepareIndex(bundle);
  yield* prepareSize(bundle);
  yield* prepareText(bundle);
  yield* prepareTimes(bundle);
  for (const { prepare } of [
    doubtful,
    foreignBlocks,
    revocationLists,
    besideRevocationLists,
    withReturns,
    openIn,
    repeatedIn,
  ])
    yield* prepare(bundle);
  for (const target of concerned) yield* unfitSelections[target].prepare(bundle);
}
