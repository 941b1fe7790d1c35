import * as vscode from "vscode";
import type { BundleFacts } from "../../core/facts.ts";
import { type KeepChange, keepChange, type WhatIsLeft, whatIsLeftInSteps } from "../../core/messages/keep.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Steps } from "../../core/steps.ts";
import { changedSpans, type Span } from "../../core/text.ts";
import { bundleFitnessInSteps } from "../../core/truststore/fitness.ts";
import { type Kept, keepOnlyTakenInSteps } from "../../core/truststore/keep.ts";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import { type Bundle, readBundleInSteps } from "../../core/x509/bundle/bundle.ts";
import { indexOf, prepareIndex } from "../../core/x509/path/chain.ts";
import { signaturePairsInSteps } from "../../core/x509/path/pairs.ts";
import type { SignaturePair } from "../../core/x509/path/verdicts.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { documentOf, meantFile } from "../certificates/files.ts";
import { contextFor } from "../documents/reader.ts";
import { type FileChange, type Instead, reviewInFile } from "../editor/file-review.ts";
import { fileName } from "../editor/files.ts";
import { pickOne } from "../editor/pick.ts";
import { plain } from "../editor/plain.ts";
import { confirm, say } from "../editor/say.ts";
import { untilChanged } from "../editor/while-unchanged.ts";
import type { BundleTools } from "./tools.ts";

/** *Remove Certificates a Service Rejects*: shown as a comparison first, with why each goes, and what is left. */
export async function keepTaken(
  argument: unknown,
  targetsOf: (document: vscode.TextDocument, bundle: Bundle) => readonly Target[],
  tools: BundleTools,
): Promise<void> {
  const document = await documentOf(meantFile(argument));
  const checked = document === undefined ? undefined : await tools.documents.current(document);
  if (document === undefined || checked?.facts.kind !== "bundle" || checked.facts.bundle.pieces.length === 0) {
    const instead = checked?.problems.find(({ rule }) => saysWhatItIs.includes(rule.id));
    return instead === undefined
      ? say(vscode.l10n.t("Open a bundle of CA certificates (PEM) first."))
      : say(messageOf(instead), "warning");
  }
  const target = await chooseTarget(fileName(document.uri), targetsOf(document, checked.facts.bundle));
  if (target === undefined) return;
  await reviewInFile(document, (now) => planOf(now, target, tools), tools.previews);
}

async function planOf(
  document: vscode.TextDocument,
  target: Target,
  { documents, signatures }: BundleTools,
): Promise<FileChange | Instead> {
  // It may be another text by now.
  const facts = (await documents.current(document))?.facts;
  const name = fileName(document.uri);
  const outcome =
    facts?.kind !== "bundle"
      ? undefined
      : await untilChanged(document, (unchanged) => outcomeOf({ document, facts, target, signatures }, unchanged));
  if (facts?.kind !== "bundle" || outcome === undefined)
    return {
      instead: () =>
        say(vscode.l10n.t("{0} changed before all of it was checked. Run the command again.", name), "warning"),
    };
  const { kept, before, left, change } = outcome;
  if (change === undefined)
    return {
      instead: () => (left.details.length === 0 ? say(left.text) : confirm(left.text, [], left.details)),
    };
  const edits = [{ span: { start: 0, end: before.length }, text: kept.text }];
  return {
    edits,
    title: vscode.l10n.t("Remove certificates that {0} rejects: {1}", profiles[target].name, name),
    heading: vscode.l10n.t("Remove Certificates"),
    before,
    after: kept.text,
    changed: [changedAt(changedSpans(before, edits)[0]?.start ?? 0, kept, facts)],
    problems: [],
    notes: {
      summary: change.text,
      sections: [
        { title: "", lines: change.cutOff.map((text) => ({ label: `$(circle-slash) ${text}` })) },
        { title: "", lines: change.details.map(asLine) },
        left.details.length === 0
          ? { title: "", lines: [asLine(left.text)] }
          : { title: left.text, lines: left.details.map(asLine) },
      ],
      introduced: [],
    },
    done: async () => {},
  };
}

const asLine = (label: string) => ({ label });

/** Blocks begin alike: where two texts differ is within the block below the first one that goes. */
function changedAt(differs: number, { dropped }: Kept, { bundle: { starts, pieces } }: BundleFacts): Span {
  const [first] = dropped;
  const block = first === undefined ? undefined : pieces[first.index]?.block;
  const above =
    first === undefined || block === undefined ? differs : (starts[first.index] ?? 0) + block.span.start - 1;
  const start = Math.max(0, Math.min(differs, above));
  return { start, end: start };
}

interface Asked {
  readonly document: vscode.TextDocument;
  readonly facts: BundleFacts;
  readonly target: Target;
  readonly signatures: BundleTools["signatures"];
}

interface Outcome {
  readonly before: string;
  readonly kept: Kept;
  /** `undefined`: nothing is to be changed. */
  readonly change: KeepChange | undefined;
  readonly left: WhatIsLeft;
}

/** What would be done, and what would be left, worked out with other work in between; `undefined`: it was aborted. */
async function outcomeOf(
  { document, facts: { bundle, encoding }, target, signatures }: Asked,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const before = document.getText();
  const keeping = (function* (): Steps<{ kept: Kept; result: Bundle; pairs: readonly SignaturePair[] }> {
    const kept = yield* keepOnlyTakenInSteps(bundle, target);
    const result = kept.text === before ? bundle : yield* readBundleInSteps(kept.text);
    yield* prepareIndex(result);
    const { pairs } = yield* signaturePairsInSteps(indexOf(result));
    return { kept, result, pairs };
  })();
  const done = await inSlices(() => keeping.next(), { signal });
  if (done === undefined) return undefined;
  const { kept, result, pairs } = done;
  // It is another bundle: nobody verified its signatures yet, and without them it looks better than it is.
  await signatures.verify(pairs, signal);
  const { now, fingerprint } = contextFor(document.uri);
  const isChanged = result !== bundle;
  const judging = (function* (): Steps<Outcome> {
    const fitness = yield* bundleFitnessInSteps(result, target, now, signatures.verdicts, { fingerprint, encoding });
    const about = { file: fileName(document.uri), isChanged };
    const left = yield* whatIsLeftInSteps(result, fitness, target, about);
    return { before, kept, left, change: isChanged ? keepChange(kept, bundle, result, target) : undefined };
  })();
  return inSlices(() => judging.next(), { signal });
}

/** The rules that say of a file without a block what it holds instead. */
const saysWhatItIs = ["pem/unread", "bundle/no-certificate"];

async function chooseTarget(name: string, known: readonly Target[]): Promise<Target | undefined> {
  const [only, another] = known;
  if (only !== undefined && another === undefined) return only;
  const items = (known.length > 0 ? known : targets).map((target) => ({ label: profiles[target].name, target }));
  const picked = await pickOne(items, {
    title: vscode.l10n.t("Remove Certificates a Service Rejects"),
    placeHolder: vscode.l10n.t("Select the service that uses {0}", plain(name)),
  });
  return picked?.target;
}
