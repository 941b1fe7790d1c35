import * as vscode from "vscode";
import type { Config } from "../../core/cloudfront/config.ts";
import { stringOf, valueOf } from "../../core/document/tree.ts";
import { subjectsOf } from "../../core/facts.ts";
import { contains } from "../../core/text.ts";
import type { Checked } from "../documents/documents.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";

/** A distribution config of a document, as a code lens names it: by its place among those of the document. */
export interface ConfigTarget {
  readonly uri: vscode.Uri;
  readonly config: number;
}

export function isConfigTarget(argument: unknown): argument is ConfigTarget {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "uri" in argument &&
    argument.uri instanceof vscode.Uri &&
    "config" in argument &&
    typeof argument.config === "number"
  );
}

interface ConfigItem extends vscode.QuickPickItem {
  readonly place: number;
}

/**
 * Which of the distribution configs of a document is meant: the only one, or the one that the cursor stands in, else
 * the user is asked.
 * @returns its place among those of the document
 */
export async function chooseConfig({ facts, document }: Checked, title: string): Promise<number | undefined> {
  const configs = subjectsOf(facts, "distribution");
  if (configs.length < 2) return configs.length - 1 < 0 ? undefined : 0;
  const editor = vscode.window.activeTextEditor;
  const offset = editor?.document === document ? document.offsetAt(editor.selection.active) : -1;
  const here = configs.findIndex(({ distribution }) => contains(distribution.node, offset));
  if (here >= 0) return here;
  const pick = newPick<ConfigItem>(title, vscode.l10n.t("Select a distribution configuration"));
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.items = drawable(
    configs.map((config, place) => ({
      label: iconless(configName(config) ?? vscode.l10n.t("Configuration {0}", place + 1)),
      description: vscode.l10n.t("line {0}", document.positionAt(config.distribution.node.start).line + 1),
      place,
    })),
  );
  return shown(pick, () => pick.selectedItems[0]?.place);
}

/** What people know a distribution by. */
function configName({ distribution: { node }, wrapper }: Config): string | undefined {
  const said = [valueOf(node, "Aliases", "Items"), valueOf(node, "Comment"), valueOf(node, "CallerReference")].map(
    (value) => stringOf(value?.kind === "list" ? value.items[0] : value),
  );
  return [wrapper?.id, ...said].find((name) => name !== undefined && name !== "");
}
