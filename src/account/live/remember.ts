import * as l10n from "@vscode/l10n";
import type { Version } from "./change.ts";
import { type CallEnd, noteEnd, noteObstacle, noteSent, noteTaken } from "./history.ts";
import type { Job, Run } from "./job.ts";
import { type DoneChange, type Obstacle, type WaitRecord, wholeOf } from "./records.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";

interface Announced<Config> {
  /** Before the first call of the change. */
  readonly before: Config;
  readonly done: Config;
  readonly call: string;
  /** What the service is told. */
  readonly config: Config;
  readonly current: Version<Config>;
  /** Calls that AWS took, and calls that are to follow. */
  readonly applied: number;
  readonly left: number;
  /** The call before it, of the same change. */
  readonly after: WaitRecord | undefined;
  /** When the first call of the same change was sent. */
  readonly first: number | undefined;
}

/**
 * Writes down what is about to be sent: should this window not see what becomes of it, another one can. What cannot be
 * written down is no reason not to go on.
 */
export async function announce<Config>(
  { before, done, call, config, current, applied, left, after, first }: Announced<Config>,
  { target, wish, caller }: Job<Config>,
  { memory, log }: LiveTools,
): Promise<WaitRecord> {
  const { expected, isWhole, parts } = target.trace(before, done);
  const record: WaitRecord = {
    account: caller.identity.account,
    profile: caller.profile,
    kind: target.kind,
    id: target.id,
    etag: undefined,
    deed: wish.deed,
    parts,
    at: memory.stamp(),
    isTaken: false,
    expected,
    isWhole,
    replaced: current.etag,
    undoing: target.undoable(before, done, call),
    applied,
    left,
    window: memory.window,
    ...(first === undefined ? {} : { first }),
    ...(wish.undoes === undefined ? {} : { undoes: wholeOf(wish.undoes).at }),
  };
  // Marked as ours from the start, so that this window does not also resume it as one that was left.
  memory.begin(record);
  const [initial, replaced] = [target.write(before), target.write(current.config)];
  const configs = { replaced, sent: target.write(config), ...(initial === replaced ? {} : { before: initial }) };
  await memory
    .announce(record, configs, after)
    .catch((error: unknown) => log.fault("remember what is about to be sent", error));
  await noteSent(record, target.name(current.config), { memory, log });
  return record;
}

/** AWS refused it, or another update came first: nothing is to come of it. */
export function withdraw(record: WaitRecord, { memory, log }: LiveTools, end?: CallEnd): Promise<void> {
  memory.end(record);
  return forget(record, end ?? (record.isTaken ? "partly" : "not taken"), { memory, log });
}

/** What is told of its end later is written first: as long as that is not there, the next window tells it. */
export async function forget(
  record: WaitRecord,
  end: CallEnd,
  { memory, log }: Pick<LiveTools, "memory" | "log">,
): Promise<void> {
  await noteEnd(record, end, { memory, log });
  await memory.removeWait(record).catch((error: unknown) => log.fault("forget the wait", error));
}

/** Forgets it as soon as its end begins to be told: what is told may stand there until the window is closed. */
export async function told<Answer>(
  telling: Answer | Promise<Answer>,
  record: WaitRecord,
  end: CallEnd,
  tools: Pick<LiveTools, "memory" | "log">,
): Promise<Answer> {
  const [answer] = await Promise.all([telling, forget(record, end, tools)]);
  return answer;
}

/** It cannot be turned back any more, whether or not its config can be removed now. */
export async function forgetUndo(
  record: DoneChange,
  obstacle: Obstacle | undefined,
  { memory, log }: Pick<LiveTools, "memory" | "log">,
): Promise<void> {
  if (obstacle !== undefined) await noteObstacle(record, obstacle, { memory, log });
  await memory.removeUndo(record).catch((error: unknown) => log.fault("forget the undo", error));
}

/** Whether something was sent in this run of which nobody knows whether AWS took it. */
export async function isInDoubt<Config>(
  { sent }: Run<Config>,
  { memory }: Pick<LiveTools, "memory">,
  except?: WaitRecord,
): Promise<boolean> {
  for (const { record } of sent)
    if (record !== except && (await memory.current(record))?.isTaken === false) return true;
  return false;
}

/** Whether a service that names versions gave the config after the change the same one: no version tells anything. */
export function isUnversioned({ etag, replaced }: Pick<WaitRecord, "etag" | "replaced">): boolean {
  return etag !== undefined && etag === replaced;
}

/**
 * Writes down that AWS took it, for whichever window sees its end, and what undoes it. What cannot be kept is said, and
 * is no reason not to go on: AWS has the change.
 * @param isAlone whether what is there now is what was sent, and nothing else
 */
export async function take(
  record: WaitRecord,
  etag: string | undefined,
  isAlone: boolean,
  target: Pick<Target<unknown>, "id">,
  { memory, ui, log }: LiveTools,
): Promise<WaitRecord> {
  if (await memory.isOvertaken(record)) return { ...record, etag, isTaken: true };
  const { account, profile, kind, id, deed, parts, at, first, expected, undoing } = record;
  /** Names the config after it, and no other. */
  const version = isUnversioned({ etag, replaced: record.replaced }) ? undefined : etag;
  const change = {
    ...{ account, profile, kind, id, etag: version, deed, parts, at },
    ...(first === undefined ? {} : { first }),
  };
  let obstacle: Obstacle | undefined;
  try {
    if (undoing.kind === "settings")
      await memory.addUndo(
        { ...change, settings: undoing.settings, ...(version === undefined ? { expected } : {}) },
        undefined,
      );
    // A whole config would revert what another update may have added, and only a version rules that out.
    else if (undoing.kind === "config" && isAlone && version !== undefined) {
      const configs = await memory.configsOf(record);
      const before = configs?.before ?? configs?.replaced;
      if (before === undefined) throw new Error("The config before is not known any more");
      await memory.addUndo({ ...change, settings: undefined }, before);
    } else {
      obstacle = undoing.kind === "never" ? "never" : "among-others";
      await memory.removeUndoOf(change);
    }
  } catch (error) {
    obstacle ??= "unsaved";
    log.fault("remember the undo", error);
    void ui.say(
      l10n.t(
        'AWS accepted the change of {0}, but the data to undo it could not be saved. For details, see the "mTLS Workbench" output channel.',
        target.id,
      ),
      "warning",
    );
  }
  await noteTaken(record, version, obstacle, { memory, log });
  // After what undoes it: whoever finds it taken can undo it.
  return memory.take(record, etag).catch((error: unknown) => {
    log.fault("remember the wait", error);
    return { ...record, etag, isTaken: true };
  });
}
