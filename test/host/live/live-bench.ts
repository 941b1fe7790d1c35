// What tests of live changes are written with: the extension's own modules against the sandbox, with a scripted user.
import * as vscode from "vscode";
import type { Account } from "../../../src/account/account.ts";
import { RecordStore } from "../../../src/account/live/record-store.ts";
import type { UndoRecord, WaitRecord } from "../../../src/account/live/records.ts";
import { ShownHistory } from "../../../src/account/live/shown-history.ts";
import type { Session } from "../../../src/account/session.ts";
import { ChangesHere } from "../../../src/account/under-way.ts";
import { Documents } from "../../../src/host/documents/documents.ts";
import { createReader } from "../../../src/host/documents/reader.ts";
import { systemClock } from "../../../src/host/editor/clock.ts";
import type { Log } from "../../../src/host/editor/log.ts";
import { Previews } from "../../../src/host/editor/preview.ts";
import { DraftFiles } from "../../../src/host/live/drafts/files.ts";
import { explainOnSave } from "../../../src/host/live/drafts/not-live.ts";
import { maskOnSave } from "../../../src/host/live/drafts/saving.ts";
import { createLive, type Live } from "../../../src/host/live/live.ts";
import { ReviewPanels } from "../../../src/host/live/review-panels.ts";
import { type TestFolder, testFolder, undosIn, waitsIn } from "../../account/storage.ts";
import { type Aws, awsToStart, closeSessions, memento, openAccount } from "../aws.ts";
import { cleanUp } from "../editor.ts";
import { EditorUser, secretStorage } from "./editor-user.ts";

/** What a window leaves behind for the next one. */
export interface Remembered {
  readonly records: TestFolder;
  readonly secrets: ReturnType<typeof secretStorage>;
}

export interface Window extends Remembered {
  readonly session: Session;
  readonly account: Account;
  readonly ui: EditorUser;
  readonly reviews: ReviewPanels;
  readonly live: Live;
  readonly history: ShownHistory;
  readonly here: ChangesHere;
  readonly drafts: DraftFiles;
  readonly documents: Documents;
  /** Drafts of which it was said that they are not live. */
  readonly explained: readonly string[];
  /** Lines of the output channel. */
  readonly logged: string[];
  waits(): readonly WaitRecord[];
  undos(): readonly UndoRecord[];
  /** All that is written where every window, and whoever syncs settings, finds it. */
  everythingRemembered(): string;
}

export interface WindowOptions {
  readonly profile?: string;
  readonly remembered?: Remembered;
  /** How long a draft without changes stays after its editor, in milliseconds. */
  readonly draftsStay?: number;
  /** Whether the user is the editor's: nobody answers then. */
  readonly isEditor?: boolean;
}

/** The extension's folder, with what its pages load. */
export const extension =
  vscode.extensions.getExtension("mtls-workbench.mtls-workbench")?.extensionUri ?? vscode.Uri.file("/");

let count = 0;
const open: vscode.Disposable[] = [];

export function openWindow({
  profile,
  remembered = { records: testFolder(), secrets: secretStorage() },
  draftsStay = 0,
  isEditor = false,
}: WindowOptions = {}): Window {
  const { session, account } = openAccount(profile === undefined ? {} : { profile });
  const logged: string[] = [];
  const log = logTo(logged);
  const ui = new EditorUser(account);
  count += 1;
  const { records, secrets } = remembered;
  const drafts = new DraftFiles(secrets, `mtls-draft-test-${count}`);
  const documents = new Documents(
    () => Promise.resolve(createReader(log, { inventories: account, servedMembers: (uri) => drafts.servedIn(uri) })),
    (error) => logged.push(`fault ${String(error)}`),
  );
  documents.start();
  const previews = new Previews();
  const reviews = new ReviewPanels({ extension, previews, log });
  const fault = (where: string, error: unknown) => void logged.push(`fault ${where} ${String(error)}`);
  const window = { name: `window ${count}`, isGone: () => false };
  const store = new RecordStore(records, memento(), fault);
  const history = new ShownHistory({ records: store, window, clock: systemClock, log: { fault } });
  const here = new ChangesHere();
  const live = createLive(
    {
      ...{ extension, account, documents, previews, log, secrets, drafts, draftsStay },
      ...{ records: store, window, history, here, proofs: { ofAll: () => undefined, hasHost: () => true } },
      ...{ pauses: [1, 10], patience: { handover: 10_000, arrival: 10_000 }, undosChanged: () => {} },
    },
    reviews,
    isEditor ? undefined : ui,
  );
  const draftFault = (error: unknown) => fault("draft", error);
  const masking = maskOnSave(drafts, draftFault);
  const explained: string[] = [];
  const explaining = explainOnSave(drafts, draftFault, async ({ id }) => void explained.push(id));
  open.push(live, history, previews, documents, masking, explaining, drafts);
  return {
    session,
    account,
    ui,
    reviews,
    live,
    history,
    here,
    drafts,
    documents,
    logged,
    explained,
    records,
    secrets,
    waits: () => waitsIn(records),
    undos: () => undosIn(records),
    everythingRemembered: () => JSON.stringify([...records.kept]),
  };
}

/**
 * For the tests of a suite: each finds the sandbox as it was at the start, and leaves nothing behind.
 * @param restore takes back what else they set
 */
export function useWindows(restore: () => Promise<void> = async () => {}): Aws {
  const aws = awsToStart({ deploySeconds: 0.02 });
  before(() => aws.start());
  beforeEach(() => aws.reset());
  afterEach(async () => {
    await restore();
    await cleanUp();
    for (const disposable of open.splice(0)) disposable.dispose();
    closeSessions();
  });
  after(() => aws.close());
  return aws;
}

function logTo(lines: string[]): Log {
  const channel = vscode.window.createOutputChannel("mTLS test", { log: true });
  open.push(channel);
  const write = (...parts: readonly unknown[]) => void lines.push(parts.map(String).join(" "));
  return new Proxy(channel, {
    get: (target, name) =>
      ["trace", "debug", "info", "warn", "error", "append", "appendLine"].includes(String(name))
        ? write
        : Reflect.get(target, name),
  });
}
