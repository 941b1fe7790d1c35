import * as vscode from "vscode";
import type { Plan } from "../../account/plan.ts";
import { updateCommands } from "../../core/cloudfront/update-command.ts";
import { machine } from "../../platform/node/machine.ts";
import { shellPath } from "../editor/files.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Caller } from "./caller.ts";
import { writeConfigFiles } from "./config-file.ts";
import type { LiveUi } from "./ui.ts";

export interface DryRun {
  writeFile(): Promise<void>;
  copyCommands(): Promise<void>;
}

/** The same change without sending it: as files, and as the commands of the AWS CLI that send them. */
export function dryRun(
  { plan, id, caller }: { readonly plan: Plan; readonly id: string; readonly caller: Caller },
  { ui, log }: { readonly ui: LiveUi; readonly log: Log },
): DryRun {
  const texts =
    plan.parts.length === 1 ? [plan.sent.text] : plan.parts.map((part) => `${JSON.stringify(part, undefined, 4)}\n`);
  /** Where they were written last. */
  let files: readonly string[] | undefined;

  const write = async (): Promise<void> => {
    const target = await ui.chooseTarget(`${id}.json`);
    if (target === undefined) return;
    const targets = texts.map((_, index) => (texts.length === 1 ? target : numbered(target, index + 1)));
    if (
      !(await writeConfigFiles(
        targets.map((uri, index) => ({ uri, text: texts[index] ?? "" })),
        ui,
        texts.length > 1,
      ))
    )
      return;
    files = targets.map(shellPath);
    const copy = vscode.l10n.t("Copy aws Commands");
    const message = vscode.l10n.t(
      "Written, and nothing was sent. The commands send it while nobody else updates {0}.",
      id,
    );
    ui.ask(message, [copy])
      .then((answer) => (answer === copy ? copyCommands() : undefined))
      .catch((error: unknown) => logFault(log, "dry run", error));
  };

  const copyCommands = async (): Promise<void> => {
    const named = files ?? texts.map((_, index) => (texts.length === 1 ? `${id}.json` : `${id}-${index + 1}.json`));
    const { shell } = machine;
    await ui.copy(updateCommands({ id, etag: plan.fetched.etag, files: named, profile: caller.profile }, shell));
    const where = shell === "windows" && named.length > 1 ? [vscode.l10n.t("Run them in PowerShell.")] : [];
    // Not waited for: the question that this belongs to is asked again beside it.
    const told =
      files === undefined
        ? vscode.l10n.t("Copied. They read {0}: write the config to this file first.", named.join(", "))
        : vscode.l10n.t("Copied. They work once, and only if nobody else updates {0} before.", id);
    void ui.say([told, ...where].join(" "));
  };

  return { writeFile: write, copyCommands };
}

function numbered(uri: vscode.Uri, number: number): vscode.Uri {
  const dot = uri.path.lastIndexOf(".");
  const at = dot > uri.path.lastIndexOf("/") ? dot : uri.path.length;
  return uri.with({ path: `${uri.path.slice(0, at)}-${number}${uri.path.slice(at)}` });
}
