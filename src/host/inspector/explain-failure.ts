import * as vscode from "vscode";
import { originClientFitness } from "../../core/client-certificate/fitness.ts";
import { subjectsOf } from "../../core/facts.ts";
import { type AtHand, type ClientAtHand, configAtHand } from "../../core/handshake-failure/explain.ts";
import { mostRead, recogniseInSteps } from "../../core/handshake-failure/recognise.ts";
import { explanationLines, nothingRecognisedLines } from "../../core/messages/handshake-failure/text.ts";
import { certificatesIn, clientsAmong } from "../../core/truststore/sides.ts";
import type { Use } from "../../core/truststore/use.ts";
import type { Bundle } from "../../core/x509/bundle/bundle.ts";
import { type Certificate, isCertificateAuthority } from "../../core/x509/model.ts";
import { answerAcceptance } from "../../platform/node/acceptance.ts";
import { SignatureChecker } from "../../platform/node/crypto.ts";
import { inSlices } from "../../platform/node/turns.ts";
import type { Documents } from "../documents/documents.ts";
import { fileName } from "../editor/files.ts";
import { inputBox } from "../editor/pick.ts";
import type { Previews } from "../editor/preview.ts";

export interface FailureTools {
  readonly documents: Pick<Documents, "current">;
  readonly previews: Pick<Previews, "showText">;
  /** What a file is for, where its marker, a setting or a configuration says so. */
  useOf(uri: vscode.Uri, bundle: Bundle): Use;
}

/**
 * *Explain TLS Failure*: of the selection, or of a text that is asked for. It connects to nothing, and shows nothing of
 * the text.
 */
export async function explainFailure(tools: FailureTools): Promise<void> {
  const text = selectedText() ?? (await enteredText());
  if (text === undefined || text.trim() === "") return;
  const steps = recogniseInSteps(text);
  const failures = (await inSlices(() => steps.next())) ?? [];
  const lines =
    failures.length === 0
      ? nothingRecognisedLines()
      : explanationLines(failures, text.slice(0, mostRead), await atHand(tools));
  await tools.previews.showText(vscode.l10n.t("TLS failure explained"), `${lines.join("\n")}\n`);
}

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.selections.filter(({ isEmpty }) => !isEmpty) ?? [];
  if (editor === undefined || selected.length === 0) return undefined;
  return selected.map((range) => editor.document.getText(range)).join("\n");
}

/** A box has one line. What is on the clipboard is offered in it where it tells of a failure, and counts as a whole. */
async function enteredText(): Promise<string | undefined> {
  const copied = (await vscode.env.clipboard.readText()).slice(0, mostRead);
  const steps = recogniseInSteps(copied);
  const isFailure = ((await inSlices(() => steps.next())) ?? []).length > 0;
  const preset = isFailure ? copied.replace(/[\r\n]+/g, " ").slice(0, mostPreset) : "";
  const typed = await inputBox({
    title: vscode.l10n.t("Explain TLS Failure"),
    prompt: vscode.l10n.t(
      "Paste an error message, such as of curl, openssl, or a log. For a longer text, select it in an editor first.",
    ),
    value: preset,
    ignoreFocusOut: true,
  });
  return isFailure && typed === preset ? copied : typed;
}

/** More is not to be read in a box of one line. */
const mostPreset = 1000;

// --- what is at hand

/** More documents are not looked at. */
const mostDocuments = 30;

/** What the open documents hold, those that are seen first: a client certificate, a trust store, and distributions. */
async function atHand({ documents, useOf }: FailureTools): Promise<AtHand> {
  const open = new Set([
    ...vscode.window.visibleTextEditors.map(({ document }) => document),
    ...vscode.workspace.textDocuments,
  ]);
  let own: (ClientAtHand & { readonly presented: readonly Certificate[] }) | undefined;
  let bundle: { readonly name: string; readonly certificates: readonly Certificate[] } | undefined;
  const configs: NonNullable<AtHand["configs"]>[number][] = [];
  const now = new Date();
  for (const document of [...open].slice(0, mostDocuments)) {
    const facts = (await documents.current(document))?.facts;
    const name = fileName(document.uri);
    if (facts?.kind === "config")
      configs.push(...subjectsOf(facts, "distribution").map((config) => configAtHand(name, config)));
    if (facts?.kind !== "bundle") continue;
    const certificates = certificatesIn(facts.bundle);
    const [certificate] = clientsAmong(certificates);
    if (certificate === undefined) continue;
    if (isStore(certificates, useOf(document.uri, facts.bundle))) bundle ??= { name, certificates };
    else {
      const fitness = originClientFitness(certificates, now);
      own ??= { name, certificate, fitness, presented: certificates.filter((other) => other !== certificate) };
    }
  }
  if (own === undefined || bundle === undefined) return { client: own, configs };
  const question = { client: own.certificate, presented: own.presented, store: bundle.certificates, at: now };
  const answer = await answerAcceptance(question, { checker: new SignatureChecker() });
  return { client: own, store: answer && { name: bundle.name, answer }, configs };
}

/** As it is set, or by what the file holds: CAs alone are a trust store. */
function isStore(certificates: readonly Certificate[], { purpose }: Use): boolean {
  return purpose === "unknown" ? certificates.every(isCertificateAuthority) : purpose === "trust-store";
}
