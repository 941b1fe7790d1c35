import * as vscode from "vscode";
import type { BundleFacts } from "../../core/facts.ts";
import { type KeepQuestion, keepQuestion, type WhatIsLeft, whatIsLeftInSteps } from "../../core/messages/keep.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Steps } from "../../core/steps.ts";
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
import { editInEditor, sayNotTaken } from "../editor/edit.ts";
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
  // It may be another text by now.
  const facts = (await tools.documents.current(document))?.facts;
  const { version } = document;
  const outcome =
    facts?.kind !== "bundle"
      ? undefined
      : await untilChanged(document, (unchanged) =>
          outcomeOf({ document, facts, target, signatures: tools.signatures }, unchanged),
        );
  if (outcome === undefined)
    return say(
      vscode.l10n.t("{0} changed before all of it was checked. Run the command again.", fileName(document.uri)),
      "warning",
    );
  const { kept, before, left, question } = outcome;
  const { text, dropped } = kept;
  if (question === undefined) {
    if (left.details.length === 0) return say(left.text);
    await confirm(left.text, [], left.details);
    return;
  }
  const preview = await tools.previews.show(
    vscode.l10n.t("Remove certificates that {0} rejects: {1}", profiles[target].name, fileName(document.uri)),
    document.uri.path,
    before,
    text,
  );
  const isRemoval = dropped.length > 0 || (kept.lines > 0 && kept.unpacked.length === 0);
  const apply = isRemoval ? vscode.l10n.t("Remove") : vscode.l10n.t("Change");
  const answer = await confirm(question.text, [apply], [...question.details, "", left.text, ...left.details]);
  await preview.close();
  if (answer !== apply) return;
  if (document.version !== version)
    return say(
      vscode.l10n.t("The file changed while the preview was open. Nothing was changed. Try again."),
      "warning",
    );
  const editor = await vscode.window.showTextDocument(document);
  const all = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  if (!(await editInEditor(editor, [vscode.TextEdit.replace(all, text)]))) await sayNotTaken(document);
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
  readonly question: KeepQuestion | undefined;
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
    return { before, kept, left, question: isChanged ? keepQuestion(kept, bundle, result, target) : undefined };
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
