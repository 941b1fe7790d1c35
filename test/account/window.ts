// What tests of the account are written with that need no editor: a session, its account and the rows of a view,
// against a sandbox.
import { Account } from "../../src/account/account.ts";
import type { AwsModules } from "../../src/account/aws.ts";
import { Emitter } from "../../src/account/event.ts";
import type { Outlook, Registry } from "../../src/account/kind.ts";
import { kinds } from "../../src/account/kinds.ts";
import { ResourcesModel } from "../../src/account/model.ts";
import { Session, type SessionTools } from "../../src/account/session.ts";
import { Showing } from "../../src/account/showing.ts";
import type { ShownChange } from "../../src/account/shown-change.ts";
import { ResourcesTree } from "../../src/account/tree.ts";
import { ChangesHere } from "../../src/account/under-way.ts";
import { account as accountId, region } from "../sandbox/world.ts";
import { memento } from "./storage.ts";

export const aws: AwsModules = {
  connection: () => import("../../src/aws/connection.ts"),
  certificates: () => import("../../src/aws/certificates.ts"),
  distributions: () => import("../../src/aws/distributions.ts"),
};

export interface WindowOptions extends Partial<SessionTools> {
  readonly profile?: string;
  readonly registry?: Registry;
  /** Ids of distributions whose last change can be turned back. */
  readonly undos?: ReadonlySet<string>;
  /** Changes that are under way in this window. */
  readonly here?: ChangesHere;
  /** What was proved. */
  readonly proof?: Outlook["proof"];
  /** Made on this machine; a test may add to them. */
  readonly changes?: readonly ShownChange[];
}

const open: { dispose(): void }[] = [];

/** A session and its account, until `closeSessions`. */
export function openAccount({ profile, registry = kinds, ...own }: WindowOptions = {}) {
  const faults: unknown[] = [];
  const fault = (_: string, error: unknown) => void faults.push(error);
  /** What the settings say. */
  const settings = { profile: undefined as string | undefined, changed: new Emitter<void>() };
  const tools: SessionTools = {
    aws,
    memory: memento(profile === undefined ? {} : { "mtls.profile": profile }),
    isTrusted: () => true,
    setProfile: () => settings.profile,
    onDidSetProfile: settings.changed.event,
    askMfaCode: () => Promise.reject(new Error("No code was given")),
    note: () => {},
    fault,
    ...own,
  };
  const session = new Session(tools);
  const ownerTags = () => ({ "managed-by=terraform": "Terraform" });
  const account = new Account({ session, aws: tools.aws, registry, ownerTags, fault });
  open.push(account, session);
  return { session, account, faults, settings, memory: tools.memory };
}

/** The view's rows, with what is asked of them, without an editor that draws them. */
export function openRows(options: WindowOptions = {}) {
  const {
    registry = kinds,
    undos = new Set(),
    changes = [],
    here = new ChangesHere(),
    proof = () => undefined,
  } = options;
  const window = openAccount(options);
  const { account, memory } = window;
  const showing = new Showing(memory, registry);
  const model = new ResourcesModel(
    () => account.current(),
    () => ({ ...showing.asked(), now: new Date(), warningDays: 30 }),
  );
  const tree = new ResourcesTree({
    ...{ account, model, registry },
    regions: () => [region],
    canUndo: (kind, id) => kind === "distribution" && undos.has(id),
    underWay: (kind, id) => here.of({ account: accountId, kind, id }),
    changes: () => changes,
    proof,
    fault: (_, error) => void window.faults.push(error),
  });
  open.push(
    tree,
    showing,
    here.onDidChange((resources) => tree.refreshChanged(resources)),
    showing.onDidChange(() => tree.refresh()),
  );
  return { ...window, showing, model, tree, outlook: tree.outlook };
}

export function closeSessions(): void {
  for (const disposable of open.splice(0)) disposable.dispose();
}
