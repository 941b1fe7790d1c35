import * as vscode from "vscode";
import { whenReadable } from "../../core/document/readable.ts";
import { syntaxOfTemplate } from "../../core/document/syntaxes.ts";
import { type IdentityFilters, identityFiltersOf } from "../../core/elb/identity-filter.ts";
import { isOfNetwork, type Listener, mayHaveFilters } from "../../core/elb/listener.ts";
import { decode } from "../../core/encoding.ts";
import { subjectsOf } from "../../core/facts.ts";
import { shownName } from "../../core/messages/content.ts";
import { read } from "../../core/read.ts";
import { hasTellingWord, holdsResource } from "../../core/telling.ts";
import { configLanguages } from "../../manifest.ts";
import { listenerEnabling } from "../authoring/enable-listener.ts";
import { fileName } from "../editor/files.ts";
import { openDocument } from "../editor/open-document.ts";
import { pickOne } from "../editor/pick.ts";
import { iconless, plain } from "../editor/plain.ts";

/** A listener that may have identity filters, in a document. */
export interface NetworkListener {
  readonly uri: vscode.Uri;
  /** As people know it. */
  readonly label: string;
  /** By its ARN, and how often it stood there before, or else by its place among the listeners of the document. */
  readonly id: string;
  readonly filters: IdentityFilters;
}

const pattern = "**/*.{json,jsonc,yaml,yml,template}";
const left = "**/{node_modules,.git,.terraform,cdk.out}/**";
const mostDocuments = 500;
/** In bytes, or in characters. */
const greatestSize = 1_000_000;

/** Of the open documents, and of those of the workspace. */
async function listenersAround(): Promise<readonly NetworkListener[]> {
  const isConfig = ({ languageId }: vscode.TextDocument) => configLanguages.some((language) => language === languageId);
  const open = vscode.workspace.textDocuments.filter(isConfig).map(({ uri }) => uri);
  const files = await vscode.workspace.findFiles(pattern, left, mostDocuments);
  const uris = new Map([...open, ...files].map((uri) => [uri.toString(), uri]));
  const found: NetworkListener[] = [];
  for (const uri of uris.values()) found.push(...(await listenersIn(uri)));
  return found;
}

async function listenersIn(uri: vscode.Uri): Promise<readonly NetworkListener[]> {
  const text = await textOf(uri);
  if (text === undefined || text.length > greatestSize || !mayHoldListeners(text, uri)) return [];
  const syntax = syntaxOfTemplate(text);
  await whenReadable(syntax);
  const facts = read({ text, syntax, name: fileName(uri) });
  return subjectsOf(facts, "listeners")
    .flatMap(({ listeners }) => listeners)
    .flatMap((listener, index, listeners) =>
      isMeant(listener)
        ? [
            {
              uri,
              label: listenerEnabling.labelOf(listener),
              id: idOf(listener, listeners.slice(0, index)),
              filters: identityFiltersOf(listener),
            },
          ]
        : [],
    );
}

/** Of YAML only templates. */
function mayHoldListeners(text: string, { path }: vscode.Uri): boolean {
  return holdsResource(text) || (!/\.(ya?ml|template)$/i.test(path) && hasTellingWord(text));
}

/** A document may hold one listener more than once. */
function idOf({ arn }: Listener, before: readonly Listener[]): string {
  return arn === undefined ? String(before.length) : `${arn} ${before.filter((one) => one.arn === arn).length}`;
}

/** One that asks for no certificate has no use for filters. */
function isMeant(listener: Listener): boolean {
  const { knownMode, filters } = listener;
  if (knownMode === "off" || knownMode === "passthrough" || !mayHaveFilters(listener)) return false;
  return filters !== undefined || (isOfNetwork(listener) && listener.block !== undefined);
}

/** The editor's text where it is open. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const document = openDocument(uri);
  if (document !== undefined) return document.getText();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > greatestSize ? undefined : decode(await vscode.workspace.fs.readFile(uri)).text;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** What the document says of it now; `undefined`: it is no longer there. */
export async function listenerNow({ uri, id }: NetworkListener): Promise<NetworkListener | undefined> {
  return (await listenersIn(uri)).find((listener) => listener.id === id);
}

/**
 * Asks by which listener's filters a client is judged, where there is any.
 * @returns `none`: by none's; `undefined`: the user left it
 */
export async function chooseListener(client: string): Promise<NetworkListener | "none" | undefined> {
  const listeners = await listenersAround();
  if (listeners.length === 0) return "none";
  const without = {
    label: vscode.l10n.t("$(circle-slash) Without filters"),
    detail: vscode.l10n.t("The client certificate identity filters of a listener are not checked"),
    listener: "none" as const,
  };
  const picked = await pickOne(
    [
      without,
      ...listeners.map((listener) => ({
        label: iconless(listener.label),
        description: plain(vscode.workspace.asRelativePath(listener.uri)),
        detail: filtersText(listener.filters),
        listener,
      })),
    ],
    {
      title: vscode.l10n.t("Check “{0}” Against the Filters of a Listener", plain(client)),
      placeHolder: vscode.l10n.t("Select the Network Load Balancer listener whose identity filters apply"),
      matchOnDescription: true,
    },
  );
  return picked?.listener;
}

function filtersText({ known, unknown }: IdentityFilters): string {
  if (unknown > 0)
    return vscode.l10n.t("Identity filters: {0}, not valid or filled in later: {1}", known.length, unknown);
  return known.length === 0
    ? vscode.l10n.t("No identity filters")
    : vscode.l10n.t("Identity filters: {0}", known.length);
}

/** Whose filters they are. */
export function listenerText({ label, uri }: NetworkListener): string {
  return vscode.l10n.t("Listener: {0}, in {1}.", label, shownName(fileName(uri)));
}
