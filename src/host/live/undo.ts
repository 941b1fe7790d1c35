import * as vscode from "vscode";
import { distributionRow } from "../../account/kinds/distribution.ts";
import type { Wanted } from "../../account/plan.ts";
import type { Session } from "../../account/session.ts";
import type { Json } from "../../core/document/tree.ts";
import { isFailure } from "../../core/failure.ts";
import type { CommandId } from "../../manifest.ts";
import { type ApplyTools, carryOut, fetchConfig } from "./apply.ts";
import { Caller } from "./caller.ts";
import { explainFailure } from "./failures.ts";
import type { UndoRecord } from "./memory.ts";
import { deedInShort } from "./words.ts";

/**
 * Turns a change back as long as it is the last one: chosen among those of the account, or that of one distribution.
 */
export async function undoChange(id: string | undefined, session: Session, tools: ApplyTools): Promise<void> {
  const { ui, memory } = tools;
  const caller = await Caller.of(session);
  if (isFailure(caller)) {
    await explainFailure(caller, ui);
    return;
  }
  const { account } = caller.identity;
  const own = memory.undos().filter((record) => record.account === account && (id === undefined || record.id === id));
  if (own.length === 0) return sayNothingToUndo(id, account, tools);
  const [only] = own;
  const record = own.length === 1 ? only : await chooseRecord(own, tools);
  if (record === undefined) return;
  await undo(record, caller, tools);
}

async function sayNothingToUndo(id: string | undefined, account: string, { ui, memory }: ApplyTools): Promise<void> {
  const others = memory.undos().filter((record) => id === undefined || record.id === id);
  const [other] = others;
  if (other === undefined) return ui.say(vscode.l10n.t("There is no change that could be undone."));
  const choose = vscode.l10n.t("Select AWS Profile…");
  const whose =
    other.profile === undefined
      ? vscode.l10n.t("the account {0}", other.account)
      : vscode.l10n.t("the account {0} (profile {1})", other.account, other.profile);
  const message = vscode.l10n.t("What can be undone is in {0}; the session is in {1}.", whose, account);
  if ((await ui.ask(message, [choose])) === choose)
    await vscode.commands.executeCommand("mtls.selectProfile" satisfies CommandId);
}

function chooseRecord(records: readonly UndoRecord[], { ui }: ApplyTools): Promise<UndoRecord | undefined> {
  return ui.choose({
    title: vscode.l10n.t("Undo a Change to a Distribution"),
    placeholder: vscode.l10n.t("Which change?"),
    items: records.map((record) => ({
      label: record.id,
      description: new Date(record.at).toLocaleString(),
      detail: deedInShort(record.deed, record.origins),
      value: record,
    })),
  });
}

async function undo(record: UndoRecord, caller: Caller, tools: ApplyTools): Promise<void> {
  const { ui, memory } = tools;
  const now = await fetchConfig({ caller, id: record.id });
  if (isFailure(now)) {
    if (now.failure === "not-found") await memory.removeUndo(record);
    await explainFailure(now, ui, { standing: vscode.l10n.t("Nothing was changed.") });
    return;
  }
  if (now.etag !== record.etag) return sayChangedSince(record, tools);
  const wanted = await wantedBack(record, tools);
  if (wanted === undefined)
    return ui.say(vscode.l10n.t("What {0} was before is not known any more.", record.id), "warning");
  await carryOut(
    {
      caller,
      id: record.id,
      deed: "undo",
      wanted,
      notes: [
        {
          label: vscode.l10n.t("$(discard) Undone: {0}", deedInShort(record.deed, record.origins)),
          detail: new Date(record.at).toLocaleString(),
        },
      ],
      onlyAt: record.etag,
    },
    tools,
  );
}

async function wantedBack(record: UndoRecord, { memory }: ApplyTools): Promise<Wanted | undefined> {
  if (record.settings !== undefined) return { kind: "settings", settings: record.settings };
  const config = await memory.configBefore(record);
  return config === undefined ? undefined : { kind: "config", config: JSON.parse(config) as Json };
}

/**
 * Putting back what was before would take back what somebody else did. The ordinary commands change what is there now.
 */
async function sayChangedSince(record: UndoRecord, { ui, memory }: ApplyTools): Promise<void> {
  await memory.removeUndo(record);
  const [disable, enable, change] = [
    vscode.l10n.t("Disable Origin mTLS…"),
    vscode.l10n.t("Enable Origin mTLS…"),
    vscode.l10n.t("Change Client Certificate…"),
  ];
  const ordinary = record.deed === "enable" ? disable : record.deed === "disable" ? enable : change;
  const open = vscode.l10n.t("Open Config");
  const message = vscode.l10n.t(
    "{0} was changed again since ({1}, {2}), so this cannot be undone in one step: it could take back what somebody else did.",
    record.id,
    deedInShort(record.deed, record.origins),
    new Date(record.at).toLocaleString(),
  );
  const answer = await ui.ask(
    message,
    record.deed === "draft" || record.deed === "undo" ? [open] : [ordinary, open],
    "warning",
  );
  const commands = new Map<string | undefined, CommandId>([
    [disable, "mtls.disableOriginMtls"],
    [enable, "mtls.enableOriginMtls"],
    [change, "mtls.changeClientCertificate"],
    [open, "mtls.openDistributionConfig"],
  ]);
  const command = commands.get(answer);
  if (command !== undefined) await vscode.commands.executeCommand(command, distributionRow(record.id));
}
