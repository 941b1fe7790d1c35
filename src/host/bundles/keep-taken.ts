import * as vscode from "vscode";
import { keepQuestion, whatIsLeft } from "../../core/messages/keep.ts";
import { messageOf } from "../../core/messages/tell.ts";
import { bundleFitness } from "../../core/truststore/fitness.ts";
import { keepOnlyTaken } from "../../core/truststore/keep.ts";
import { profiles, type Target, targets } from "../../core/truststore/targets.ts";
import { type Bundle, readBundle } from "../../core/x509/bundle/bundle.ts";
import { indexOf, signaturePairs } from "../../core/x509/path/chain.ts";
import { documentOf, meantFile } from "../certificates/files.ts";
import { contextFor } from "../documents/reader.ts";
import { editInEditor, sayNotTaken } from "../editor/edit.ts";
import { fileName } from "../editor/files.ts";
import { pickOne } from "../editor/pick.ts";
import { plain } from "../editor/plain.ts";
import { confirm, say } from "../editor/say.ts";
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
  const { version } = document;
  const target = await chooseTarget(fileName(document.uri), targetsOf(document, checked.facts.bundle));
  if (target === undefined) return;
  const { bundle, encoding } = checked.facts;
  const kept = keepOnlyTaken(bundle, target);
  const { text, dropped } = kept;
  const before = document.getText();
  const result = text === before ? bundle : readBundle(text);
  // It is another bundle: nobody verified its signatures yet, and without them it looks better than it is.
  const { signatures } = tools;
  await signatures.verify(signaturePairs(indexOf(result)).pairs, new AbortController().signal);
  const { now, fingerprint } = contextFor(document.uri);
  const fitness = bundleFitness(result, target, now, signatures.verdicts, { fingerprint, encoding });
  if (text === before) {
    const left = whatIsLeft(result, fitness, target, { file: fileName(document.uri), isChanged: false });
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
  const question = keepQuestion(kept, bundle, result, target);
  const after = whatIsLeft(result, fitness, target, { file: fileName(document.uri), isChanged: true });
  const answer = await confirm(question.text, [apply], [...question.details, "", after.text, ...after.details]);
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
