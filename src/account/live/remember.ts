import * as l10n from "@vscode/l10n";
import type { Job } from "./job.ts";
import type { WaitRecord } from "./memory.ts";
import type { LiveTools } from "./tools.ts";

interface Applied<Config> {
  /** Before the first call of the change. */
  readonly before: Config;
  readonly done: Config;
  readonly call: string;
  readonly etag: string | undefined;
  /** The version that the call replaced. */
  readonly replaced: string | undefined;
  /** Calls that are to follow. */
  readonly left: number;
}

/**
 * Writes down what AWS took, for whichever window sees its end. What cannot be kept is said, and is no reason not to go
 * on: AWS has the change.
 * @param isAlone whether what is there now is what was sent, and nothing else
 */
export async function remember<Config>(
  { before, done, call, etag, replaced, left }: Applied<Config>,
  isAlone: boolean,
  { target, wish, caller }: Job<Config>,
  { memory, ui, log }: LiveTools,
): Promise<WaitRecord> {
  const { expected, isWhole, parts } = target.trace(before, done);
  const change = {
    account: caller.identity.account,
    profile: caller.profile,
    kind: target.kind,
    id: target.id,
    etag,
    deed: wish.deed,
    parts,
    at: Date.now(),
  };
  const record: WaitRecord = { ...change, replaced, expected, isWhole, left, window: memory.window };
  // Marked as ours from the start, so that this window does not also resume it as one that was left.
  memory.begin(record);
  try {
    await memory.addWait(record);
  } catch (error) {
    log.fault("remember the wait", error);
  }
  const undoing = target.undoable(before, done, call);
  // A whole config would revert what another update may have added, and only a version rules that out.
  const isSafe = undoing.kind === "settings" || (undoing.kind === "config" && isAlone && etag !== undefined);
  try {
    if (undoing.kind === "settings")
      await memory.addUndo(
        { ...change, settings: undoing.settings, ...(etag === undefined ? { expected } : {}) },
        undefined,
      );
    else if (undoing.kind === "config" && isSafe)
      await memory.addUndo({ ...change, settings: undefined }, undoing.before);
    else if (undoing.kind === "never") await memory.removeUndoOf(change);
  } catch (error) {
    log.fault("remember the undo", error);
    void ui.say(
      l10n.t(
        'AWS accepted the change of {0}, but the data to undo it could not be saved. For details, see the "mTLS Workbench" output channel.',
        target.id,
      ),
      "warning",
    );
  }
  return record;
}
