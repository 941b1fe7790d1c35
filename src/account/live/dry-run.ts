import * as l10n from "@vscode/l10n";
import { copyCommandsLabel, otherShellText, unquotableText } from "../../core/messages/copied-for.ts";
import { isUnquotable, type Terminal } from "../../core/shell.ts";
import type { Plan } from "./change.ts";
import type { Job } from "./job.ts";
import type { LiveTools } from "./tools.ts";
import { sentences } from "./words.ts";

export interface DryRun {
  /** What the commands are written for. */
  readonly terminal: Terminal;
  writeFiles(): Promise<void>;
  copyCommands(): Promise<void>;
}

/** The same change without sending it: as files, and as the commands that send them. */
export function dryRun<Config>(
  plan: Plan<Config>,
  { target, caller }: Job<Config>,
  { ui, log, terminal: current }: Pick<LiveTools, "ui" | "log" | "terminal">,
): DryRun | undefined {
  const { id, dryRun: dry } = target;
  if (dry === undefined) return undefined;
  const texts = dry.texts(plan);
  const terminal = dry.terminalFor(texts.length, current());
  const named = (name: string): string => `${name}.json`;
  /** Where they were written last. */
  let files: readonly string[] | undefined;

  const writeFiles = async (): Promise<void> => {
    const written = await ui.writeFiles(named(id), texts);
    if (written === undefined) return;
    files = written;
    const copy = copyCommandsLabel(terminal);
    const message = l10n.t(
      "The configuration was written to a file. Nothing was sent. The commands work until another update changes {0}.",
      id,
    );
    ui.offer(message, {
      label: copy,
      go: () => void copyCommands().catch((error: unknown) => log.fault("dry run", error)),
    });
  };

  const copyCommands = async (): Promise<void> => {
    const read = files ?? texts.map((_, index) => named(texts.length === 1 ? id : `${id}-${index + 1}`));
    const commands = dry.commands(plan, read, caller.profile, terminal);
    // Neither is waited for: the question that this belongs to is asked again beside it.
    if (isUnquotable(commands)) {
      void ui.say(unquotableText(commands), "warning");
      return;
    }
    await ui.copy(commands);
    void ui.say(
      sentences(
        files === undefined
          ? read.length === 1
            ? l10n.t("Copied. The commands read {0}. Write the configuration to this file first.", read.join(", "))
            : l10n.t("Copied. The commands read {0}. Write the configurations to these files first.", read.join(", "))
          : l10n.t("Copied. The commands work once, and only until another update changes {0}.", id),
        otherShellText(terminal),
        ...dry.needs(plan),
      ),
    );
  };

  return { terminal, writeFiles, copyCommands };
}
