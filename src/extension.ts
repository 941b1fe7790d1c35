import * as vscode from "vscode";
import { RecordStore } from "./account/live/record-store.ts";
import type { Row } from "./account/row.ts";
import { holdsDer, holdsPem } from "./core/telling.ts";
import type { AccountFeatures, AccountTools } from "./host/account-features.ts";
import { Documents } from "./host/documents/documents.ts";
import { LazyTree } from "./host/editor/lazy-tree.ts";
import { createLog, logFault } from "./host/editor/log.ts";
import { say } from "./host/editor/say.ts";
import { affectsFindings } from "./host/editor/settings.ts";
import { textAround } from "./host/editor/text-around.ts";
import type { Features, LateAccount } from "./host/features.ts";
import { followPem } from "./host/inspector/context.ts";
import { DraftFiles } from "./host/live/drafts/files.ts";
import { explainOnSave } from "./host/live/drafts/not-live.ts";
import { maskOnSave } from "./host/live/drafts/saving.ts";
import { tellKept } from "./host/live/kept.ts";
import {
  accountCommandIds,
  type CommandId,
  customEditors,
  documentCommandIds,
  hoverLanguages,
  inspectionView,
  resourcesView,
  reviewView,
} from "./manifest.ts";
import { folderAt } from "./platform/node/folder.ts";
import { othersFirst } from "./platform/node/turns.ts";

/** The composition root: builds everything long-lived and hands it to the editor. */
export function activate(context: vscode.ExtensionContext): void {
  const log = createLog();
  let features: Promise<Features> | undefined;
  let account: Promise<AccountFeatures> | undefined;
  let tell = (_: AccountFeatures): void => {};
  const whenLoaded = new Promise<AccountFeatures>((resolve) => (tell = resolve));
  const load = (): Promise<Features> =>
    (features ??= loadFeatures(context, documents, drafts, { load: loadAccount, whenLoaded }, log));
  /** Without what judges documents: rows need less. */
  const loadAccount = (): Promise<AccountFeatures> => {
    account ??= loadAccountFeatures(context, {
      documents,
      previews: async () => (await load()).previews,
      inspectText: async (...text) => (await load()).inspector.inspectText(...text),
      ...{ log, view, drafts, records },
    }).then((loaded) => {
      tell(loaded);
      return loaded;
    });
    return account;
  };
  const documents = new Documents(
    async () => (await load()).reader,
    (error) => logFault(log, "document", error),
  );
  // An editor on a draft may be there before anything else is: files must be found at once.
  const drafts = new DraftFiles(context.secrets);
  const records = new RecordStore(
    folderAt(vscode.Uri.joinPath(context.globalStorageUri, "changes").fsPath),
    context.globalState,
    (where, error) => logFault(log, where, error),
  );
  const draftFault = (error: unknown) => logFault(log, "draft", error);
  const tree = new LazyTree<Row>(async () => (await loadAccount()).view.provider);
  const view = vscode.window.createTreeView(resourcesView, { treeDataProvider: tree, showCollapseAll: true });
  const run = async (id: CommandId, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      logFault(log, id, error);
      await say(
        vscode.l10n.t(
          'An internal error occurred in mTLS Workbench. For details, see the "mTLS Workbench" output channel.',
        ),
        "error",
      );
    }
  };
  /** A page that was open before the window was loaded anew is filled once it is looked at. */
  const restoring = (viewType: string, restore: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>) =>
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        try {
          await restore(panel, state);
        } catch (error) {
          logFault(log, viewType, error);
          throw error;
        }
      },
    });
  /** PEM has an outline even in documents that are not checked, as on the old side of a comparison. */
  const loadForPem = ({ languageId }: vscode.TextDocument) => {
    if (languageId === "pem") load().catch((error: unknown) => logFault(log, "load", error));
  };
  context.subscriptions.push(
    log,
    documents,
    drafts,
    maskOnSave(drafts, draftFault),
    explainOnSave(drafts, draftFault),
    tree,
    view,
    vscode.languages.registerHoverProvider(
      hoverLanguages.map((language) => ({ language })),
      {
        provideHover: async (document, position, token) => {
          const holds = (text: string) => holdsPem(text) || holdsDer(text);
          const mayBeOurs =
            documents.last(document)?.facts.kind === "bundle" || holds(textAround(document, position).text);
          return mayBeOurs ? (await load()).provideHover(document, position, token) : undefined;
        },
      },
    ),
    vscode.workspace.onDidOpenTextDocument(loadForPem),
    followPem(),
    ...Object.values(customEditors).map((viewType) =>
      vscode.window.registerCustomEditorProvider(
        viewType,
        {
          openCustomDocument: (uri) => ({ uri, dispose: () => {} }),
          resolveCustomEditor: async ({ uri }, panel) => {
            try {
              (await load()).inspector.resolve(uri, panel);
            } catch (error) {
              logFault(log, viewType, error);
              throw error;
            }
          },
        },
        { supportsMultipleEditorsPerDocument: true },
      ),
    ),
    restoring(inspectionView, async (panel, state) => (await load()).inspector.restore(panel, state)),
    restoring(reviewView, async (panel, state) => (await (await loadAccount()).loadLive()).restore(panel, state)),
    ...documentCommandIds.map((id) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        run(id, async () => (await load()).commands[id](...args)),
      ),
    ),
    ...accountCommandIds.map((id) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        run(id, async () => (await loadAccount()).commands[id](...args)),
      ),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsFindings(event)) documents.recheck();
    }),
  );
  documents.start();
  tellKept(records, Date.now()).catch((error: unknown) => logFault(log, "changes left before", error));
  vscode.workspace.textDocuments.forEach(loadForPem);
}

async function loadFeatures(
  context: vscode.ExtensionContext,
  documents: Documents,
  drafts: DraftFiles,
  account: LateAccount,
  log: ReturnType<typeof createLog>,
): Promise<Features> {
  await translate();
  // The rules first, and what stands upon them behind others' turn: read at once, both would keep the editor's host
  // waiting.
  await import("./core/rules/check.ts");
  await othersFirst();
  const { createFeatures } = await import("./host/features.ts");
  return createFeatures(context, documents, drafts, account, log);
}

async function loadAccountFeatures(context: vscode.ExtensionContext, tools: AccountTools): Promise<AccountFeatures> {
  await translate();
  // Loading blocks the editor's host: in two parts, so that other work runs in between.
  await othersFirst();
  await import("./account/kinds.ts");
  await othersFirst();
  const { createAccountFeatures } = await import("./host/account-features.ts");
  return createAccountFeatures(context, tools);
}

/** Strings that are not the editor's part are translated as their modules load: the bundle comes first. */
async function translate(): Promise<void> {
  if (vscode.l10n.bundle === undefined) return;
  (await import("@vscode/l10n")).config({ contents: vscode.l10n.bundle });
  (await import("./core/messages/format.ts")).speak(vscode.env.language);
}
