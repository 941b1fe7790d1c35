import * as l10n from "@vscode/l10n";
import { isFailure } from "../../core/failure.ts";
import type { SessionSource } from "../session-source.ts";
import { Caller } from "./caller.ts";
import type { Version } from "./change.ts";
import { carryOut } from "./engine.ts";
import { explainFailure } from "./failures.ts";
import { type DoneChange, isSame, type UndoRecord } from "./records.ts";
import { forgetUndo } from "./remember.ts";
import type { Target } from "./target.ts";
import type { LiveTools } from "./tools.ts";

/** A change that is remembered, and the resource it was made to. */
interface Undoable {
  readonly record: UndoRecord;
  readonly target: Target<unknown>;
}

/** What undoing a change is planned from again after the window was loaded anew. */
export interface KeptUndo {
  readonly what: "undo";
  /** When the last call of that change was sent. */
  readonly at: number;
}

/** Of which resource; with nothing said, it is asked where there are several. */
export interface Meant {
  readonly kind?: string;
  readonly id?: string;
}

/**
 * Turns a change back as long as it is the last one: chosen among those of the account, that of one resource, or the
 * one whose end was told, which may have been long ago.
 */
export async function undoChange(meant: Meant | DoneChange, session: SessionSource, tools: LiveTools): Promise<void> {
  const { memory } = tools;
  const caller = await Caller.of(session);
  if (isFailure(caller)) {
    await explainFailure(caller, tools);
    return;
  }
  const { account } = caller.identity;
  const all = (await memory.undos()).filter((record) => isMeant(record, meant));
  const own = all.flatMap((record) => {
    const target = record.account === account ? tools.targetOf(record.kind, record.id, caller) : undefined;
    return target === undefined ? [] : [{ record, target }];
  });
  if (own.length === 0) return sayNothingToUndo(all, account, tools);
  const [only] = own;
  if (only !== undefined && "at" in meant && !isSame(only.record, meant))
    return sayChangedSince({ ...only, record: { ...only.record, ...meant } }, tools);
  const chosen = own.length === 1 ? only : await chooseOne(own, tools);
  if (chosen !== undefined) await undo(chosen, caller, tools);
}

function isMeant(record: UndoRecord, { kind, id }: Meant): boolean {
  return (kind === undefined || record.kind === kind) && (id === undefined || record.id === id);
}

async function sayNothingToUndo(all: readonly UndoRecord[], account: string, { ui }: LiveTools): Promise<void> {
  const other = all.find((record) => record.account !== account);
  if (other === undefined) return ui.say(l10n.t("There are no changes to undo."));
  const choose = l10n.t("Select AWS Profile…");
  const message =
    other.profile === undefined
      ? l10n.t(
          "The changes that can be undone are in account {0}. You are signed in to account {1}.",
          other.account,
          account,
        )
      : l10n.t(
          "The changes that can be undone are in account {0} (profile {2}). You are signed in to account {1}.",
          other.account,
          account,
          other.profile,
        );
  if ((await ui.ask(message, [choose])) === choose) await ui.leaveFor({ to: "profiles" });
}

function chooseOne(all: readonly Undoable[], { ui }: LiveTools): Promise<Undoable | undefined> {
  const [title = "", ...others] = new Set(all.map(({ target }) => target.words.whichToUndo));
  return ui.choose({
    title: others.length === 0 ? title : l10n.t("Undo a Change"),
    placeholder: l10n.t("Select a change to undo"),
    items: all.map((one) => ({
      label: one.record.id,
      description: new Date(one.record.at).toLocaleString(),
      detail: inShort(one),
      value: one,
    })),
  });
}

function inShort({ record, target }: Undoable): string {
  return target.words.inShort(record.deed, record.parts);
}

async function undo(one: Undoable, caller: Caller, tools: LiveTools): Promise<void> {
  const { record, target } = one;
  const { ui } = tools;
  const now = await target.fetch();
  if (isFailure(now)) {
    if (now.failure === "not-found") await forgetUndo(record, "deleted", tools);
    await explainFailure(now, tools, { standing: l10n.t("Nothing was changed.") });
    return;
  }
  if (!isLast(now, one)) return sayChangedSince(one, tools);
  const before = record.settings === undefined ? await configBefore(record, tools) : undefined;
  if (before === "unreadable")
    return ui.say(
      l10n.t(
        "Nothing was changed. The previous configuration of {0} could not be read from the secret storage of VS Code. Unlock the keyring of your system, then try again.",
        record.id,
      ),
      "error",
    );
  const wish = target.undoing(record, before?.text);
  if (wish === undefined) {
    await forgetUndo(record, "config-gone", tools);
    return ui.say(l10n.t("The previous configuration of {0} is no longer available.", record.id), "warning");
  }
  const done = {
    label: l10n.t("$(discard) Change to undo: {0}", inShort(one)),
    detail: new Date(record.at).toLocaleString(),
  };
  const stillHolds = (version: Version<unknown>) => isLast(version, one);
  await carryOut(
    {
      target,
      wish: { ...wish, notes: [done, ...wish.notes], undoes: record, stillHolds },
      caller,
      kept: { what: "undo", at: record.at } satisfies KeptUndo,
    },
    tools,
  );
}

async function configBefore(
  record: UndoRecord,
  { memory, log }: Pick<LiveTools, "memory" | "log">,
): Promise<{ readonly text: string | undefined } | "unreadable"> {
  try {
    return { text: await memory.configBefore(record) };
  } catch (error) {
    log.fault("undo", error);
    return "unreadable";
  }
}

/** Whether it is unchanged since: by its version, or by what the change left. */
function isLast(now: Version<unknown>, { record, target }: Undoable): boolean {
  return record.etag === undefined ? target.unmet(record.expected, now.config).length === 0 : now.etag === record.etag;
}

/**
 * Restoring the version before would revert other updates. The ordinary commands change what is there now.
 */
async function sayChangedSince(one: Undoable, tools: LiveTools): Promise<void> {
  const { record, target } = one;
  await forgetUndo(record, "changed", tools);
  const ways = target.insteadOfUndo(record.deed);
  const message = l10n.t(
    "{0} has changed since {1}, when {2}. The change cannot be undone in one step, because undoing it could revert other updates.",
    record.id,
    new Date(record.at).toLocaleString(),
    inShort(one),
  );
  const answer = await tools.ui.ask(
    message,
    ways.map(({ label }) => label),
    "warning",
  );
  const chosen = ways.find(({ label }) => label === answer);
  if (chosen !== undefined) await tools.ui.leaveFor(chosen.go);
}
