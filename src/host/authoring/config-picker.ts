import * as vscode from "vscode";
import { type Back, back, onlyPlace, type Place } from "../../account/asking.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import { siteOf } from "../../core/dialect/view.ts";
import { stringOf, valueOf } from "../../core/document/tree.ts";
import { subjectsOf } from "../../core/facts.ts";
import { contains } from "../../core/text.ts";
import type { Checked } from "../documents/documents.ts";
import { fileName } from "../editor/files.ts";
import { drawable, newPick, preselect, shownAt } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import { wholeOf } from "./enabling.ts";

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
 * Which of the distribution configs of a document is meant without asking: the only one, or the one that the cursor
 * stands in.
 * @returns its place among those of the document
 */
export function configMeant({ facts, document }: Checked): number | undefined {
  const configs = subjectsOf(facts, "distribution");
  if (configs.length === 1) return 0;
  const editor = vscode.window.activeTextEditor;
  const offset = editor?.document === document ? document.offsetAt(editor.selection.active) : -1;
  const here = configs.findIndex(({ distribution: { node } }) => contains(wholeOf(node), offset));
  return here < 0 ? undefined : here;
}

/** Asks for one of them, where there is one and it is not known. */
export async function chooseConfig(checked: Checked, title: string): Promise<number | undefined> {
  if (subjectsOf(checked.facts, "distribution").length === 0) return undefined;
  const place = configMeant(checked) ?? (await askForConfig(checked, title, undefined, onlyPlace));
  return place === back ? undefined : place;
}

/** @param chosen the one that was chosen before */
export function askForConfig(
  { facts, document }: Checked,
  title: string,
  chosen: number | undefined,
  at: Place,
): Promise<number | Back | undefined> {
  const pick = newPick<ConfigItem>(title, vscode.l10n.t("Select a distribution configuration"));
  pick.matchOnDescription = true;
  pick.items = drawable(
    subjectsOf(facts, "distribution").map((config, place) => ({
      label: iconless(configLabel(config, place)),
      description: vscode.l10n.t("line {0}", document.positionAt(wholeOf(config.distribution.node).start).line + 1),
      place,
    })),
  );
  preselect(pick, ({ place }) => place === chosen);
  return shownAt(pick, at, () => pick.selectedItems[0]?.place);
}

/** What a title says that something is done to: the file, and which of its configs where there are several. */
export function nameInTitle({ facts, document }: Checked, place: number | undefined): string {
  const configs = subjectsOf(facts, "distribution");
  const config = place === undefined ? undefined : configs[place];
  const file = fileName(document.uri);
  return config === undefined || place === undefined || configs.length === 1
    ? file
    : vscode.l10n.t("{0} in {1}", configLabel(config, place), file);
}

function configLabel(config: Config, place: number): string {
  return configName(config) ?? vscode.l10n.t("Configuration {0}", place + 1);
}

/** What people know a distribution by. */
function configName({ distribution: { node }, wrapper }: Config): string | undefined {
  const site = siteOf(node);
  if (site !== undefined) return site.resource.id;
  const said = [valueOf(node, "Aliases", "Items"), valueOf(node, "Comment"), valueOf(node, "CallerReference")].map(
    (value) => stringOf(value?.kind === "list" ? value.items[0] : value),
  );
  return [wrapper?.id, ...said].find((name) => name !== undefined && name !== "");
}
