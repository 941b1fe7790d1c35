import * as vscode from "vscode";
import type { Config, Wrapper } from "../../core/cloudfront/config.ts";
import { placeholdersIn } from "../../core/cloudfront/placeholders.ts";
import { parametersIn, type Replaced, replacedBy, token } from "../../core/cloudfront/replaced.ts";
import { isToken, type Sending, sendCommand } from "../../core/cloudfront/update-command.ts";
import { parseJson } from "../../core/document/json/read.ts";
import { memberOf, stringOf, valueOf } from "../../core/document/tree.ts";
import { configOf } from "../../core/facts.ts";
import { copiedText } from "../../core/messages/copied.ts";
import { unquotableText } from "../../core/messages/copied-for.ts";
import { isUnquotable } from "../../core/shell.ts";
import { draftScheme } from "../../manifest.ts";
import type { Documents } from "../documents/documents.ts";
import { inputBox } from "../editor/pick.ts";
import { ask, offerNext, say } from "../editor/say.ts";
import { terminal } from "../editor/terminal.ts";
import { copyCommand } from "./change-in-editor.ts";

/** What the file said of a distribution, kept when that leaves the file: nothing of it is secret. */
interface Known extends Replaced {
  /** Of the config it was known for: another one in the same file is another distribution's. */
  readonly callerReference: string | undefined;
}

const memoryKey = (uri: vscode.Uri) => `mtls.extracted:${uri.toString()}`;

/** By document: what it said that an offered action takes out. */
const offers = new Map<string, Replaced>();
/** Bounded, since entries of closed documents are not removed. */
const mostOffers = 100;

export function offerExtraction(uri: vscode.Uri, replaced: Replaced): void {
  offers.delete(uri.toString());
  offers.set(uri.toString(), replaced);
  const [oldest] = offers.keys();
  if (offers.size > mostOffers && oldest !== undefined) offers.delete(oldest);
}

/** Runs behind *Extract inner config*, or *Remove ETag*: it just left the file. */
export async function configExtracted(memory: vscode.Memento, documents: Documents): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const offered = uri === undefined ? undefined : offers.get(uri.toString());
  if (uri === undefined || offered === undefined) return;
  offers.delete(uri.toString());
  const config = configOf((await documents.current(await vscode.workspace.openTextDocument(uri)))?.facts);
  const callerReference = config === undefined ? undefined : callerReferenceOf(config);
  const earlier = memory.get<Known>(memoryKey(uri));
  const before = earlier?.callerReference === callerReference ? earlier : undefined;
  const known: Known = {
    etag: offered.etag ?? before?.etag,
    id: offered.id ?? before?.id,
    callerReference,
  };
  await memory.update(memoryKey(uri), known);
  // It is not yet what the command takes.
  if (config !== undefined && (config.wrapper !== undefined || parametersIn(config.distribution).length > 0)) return;
  const message =
    known.etag === undefined
      ? vscode.l10n.t("The file now contains the inner configuration in the format of --distribution-config.")
      : vscode.l10n.t(
          "The file now contains the inner configuration in the format of --distribution-config. The AWS CLI command includes the ETag {0}.",
          known.etag,
        );
  await offerNext(message, copyCommand(), () => copyUpdateCommand(memory, documents, uri));
}

function callerReferenceOf({ distribution }: Config): string | undefined {
  return stringOf(valueOf(distribution.node, "CallerReference"));
}

/** Puts the exact command on the clipboard; asks for what neither the file nor the memory knows. */
export async function copyUpdateCommand(
  memory: vscode.Memento,
  documents: Documents,
  argument: unknown,
): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const document = uri === undefined ? undefined : await vscode.workspace.openTextDocument(uri);
  const config = document === undefined ? undefined : configOf((await documents.current(document))?.facts);
  if (document === undefined || config === undefined || !config.distribution.whole) {
    await say(
      vscode.l10n.t(
        "Open a whole distribution configuration first. update-distribution replaces the whole configuration, so a part of it cannot be sent.",
      ),
    );
    return;
  }
  if (await isUnfit(document)) return;
  if (document.isDirty || document.isUntitled) {
    const saved = await saveFirst(document);
    if (saved !== undefined) await copyUpdateCommand(memory, documents, saved);
    return;
  }
  const file = vscode.workspace.asRelativePath(document.uri, false);
  const remembered = memory.get<Known>(memoryKey(document.uri));
  const known = remembered?.callerReference === callerReferenceOf(config) ? remembered : undefined;
  const said = replacedBy(config);
  const etag = said.etag ?? known?.etag;
  const sending = wholeInput(config.wrapper) ?? (await asConfig(said.id ?? known?.id, etag));
  if (sending === undefined) return;
  const shell = terminal();
  const command = sendCommand(sending, file, shell);
  if (isUnquotable(command)) {
    await say(unquotableText(command), "warning");
    return;
  }
  await vscode.env.clipboard.writeText(command);
  await say(copiedText(sending, config, etag, isPlainJson(document.getText()), shell));
}

/** A text in which placeholders stand for header values: the user was told. */
async function isUnfit(document: vscode.TextDocument): Promise<boolean> {
  if (document.uri.scheme === draftScheme) {
    await say(
      vscode.l10n.t(
        "A draft is not a file that the AWS CLI can read. Apply the draft to CloudFront, or save the configuration of the distribution as a file.",
      ),
    );
    return true;
  }
  const [first] = placeholdersIn(parseJson(document.getText(), "jsonc"));
  if (first === undefined) return false;
  await say(
    vscode.l10n.t(
      "Line {0} contains a placeholder for a header value, and CloudFront would use the placeholder as the value. Enter the header value, then copy the command again.",
      document.positionAt(first.start).line + 1,
    ),
    "error",
  );
  return true;
}

/**
 * The command reads the file, not the editor.
 * @returns the file: an untitled document gets another name
 */
async function saveFirst(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const save = vscode.l10n.t("Save");
  const answer = await ask(
    vscode.l10n.t("The AWS CLI command reads the file on disk. Save the file first."),
    [save],
    "warning",
  );
  return answer === save ? vscode.workspace.save(document.uri) : undefined;
}

/** A file that says by itself what is to be done with it. */
function wholeInput(wrapper: Wrapper | undefined): Sending | undefined {
  if (wrapper?.kind !== "cli-input") return undefined;
  const { root } = wrapper;
  if (memberOf(root, "DistributionConfigWithTags") !== undefined) return { kind: "create-input" };
  if (token(stringOf(valueOf(root, "IfMatch"))) !== undefined && token(wrapper.id) !== undefined)
    return { kind: "update-input" };
  return memberOf(root, "Tags") === undefined ? undefined : { kind: "create-with-tags" };
}

async function asConfig(known: string | undefined, etag: string | undefined): Promise<Sending | undefined> {
  const id = known ?? (await askForId())?.trim();
  return id === undefined ? undefined : { kind: "config", id, etag: etag ?? "ETAG" };
}

/** Comments and trailing commas are the editor's; the AWS CLI reads JSON as the standard has it. */
function isPlainJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function askForId(): Thenable<string | undefined> {
  return inputBox({
    title: vscode.l10n.t("Copy AWS CLI Command"),
    prompt: vscode.l10n.t("Enter the ID of the distribution, which is not in this file"),
    placeHolder: "E2QWRUHAPOMQZL",
    ignoreFocusOut: true,
    validateInput: (value) =>
      isToken(value.trim())
        ? undefined
        : vscode.l10n.t("A distribution ID contains only capital letters and digits, such as E2QWRUHAPOMQZL."),
  });
}
