import * as vscode from "vscode";
import type { Caller } from "../../account/live/caller.ts";
import { explainFailure } from "../../account/live/failures.ts";
import { fetchConfig } from "../../account/live/targets/distribution/target.ts";
import { setsOriginMtls } from "../../core/cloudfront/origin-settings.ts";
import { withValues, withValuesOf } from "../../core/cloudfront/placeholders.ts";
import { updateCommands } from "../../core/cloudfront/update-command.ts";
import { parseJson } from "../../core/document/json/read.ts";
import { jsonOf } from "../../core/document/plain.ts";
import { configOf } from "../../core/facts.ts";
import { isFailure } from "../../core/failure.ts";
import { comparedTexts } from "../../core/messages/comparison.ts";
import { copyCommandsLabel, newCliText, otherShellText, unquotableText } from "../../core/messages/copied-for.ts";
import { read } from "../../core/read.ts";
import { isUnquotable } from "../../core/shell.ts";
import { fileName, shellPath } from "../editor/files.ts";
import { terminal } from "../editor/terminal.ts";
import { writeConfigFiles } from "./config-file.ts";
import type { DraftTools } from "./drafts/tools.ts";
import type { EditorTools } from "./tools.ts";

/**
 * The config that CloudFront has beside that of a file: laid out alike, without what stands around it, header values
 * masked.
 */
export async function compareWithFile(caller: Caller, id: string, tools: DraftTools): Promise<void> {
  const { drafts, ui } = tools;
  const uri = await ui.chooseSource(vscode.l10n.t("Compare {0} with a File", id));
  if (uri === undefined) return;
  const document = await vscode.workspace.openTextDocument(uri);
  const name = fileName(uri);
  const facts = read({ text: document.getText(), syntax: "jsonc", name });
  const { tree } = facts;
  const config = configOf(facts);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    await ui.say(
      vscode.l10n.t("Fix the JSON error on line {0} of {1} first.", document.positionAt(problem.start).line + 1, name),
      "error",
    );
    return;
  }
  if (config === undefined || !config.distribution.whole) {
    await ui.say(
      vscode.l10n.t(
        "{0} does not contain a whole distribution configuration, so there is nothing to compare {1} with.",
        name,
        id,
      ),
    );
    return;
  }
  const fetched = await fetchConfig(id, caller, tools);
  if (isFailure(fetched)) {
    await explainFailure(fetched, tools);
    return;
  }
  const { start, end } = config.distribution.node;
  const mine = document.getText().slice(start, end);
  const draft = drafts.draftNameOf(uri) === undefined ? undefined : await drafts.inEditor(document);
  // What stands for a value is no other value.
  const { text } =
    draft === undefined
      ? withValuesOf(parseJson(fetched.config.text, "json"), parseJson(mine, "jsonc"))
      : withValues(mine, draft.values);
  const { root } = parseJson(text, "jsonc");
  const file = root === undefined ? undefined : jsonOf(root);
  if (file === undefined) throw new Error("A config with other values is still a config");
  const { left, right } = comparedTexts(fetched.config.json, file);
  if (left === right) {
    await ui.say(vscode.l10n.t("{0} matches the configuration of {1} in CloudFront.", name, id));
    return;
  }
  await ui.compare(vscode.l10n.t("{0} in CloudFront ↔ {1}", id, name), `/${id}.json`, left, right);
}

/** Writes the inner config, as the AWS CLI takes it. */
export async function saveConfig(caller: Caller, id: string, tools: EditorTools): Promise<void> {
  const { ui } = tools;
  const fetched = await fetchConfig(id, caller, tools);
  if (isFailure(fetched)) {
    await explainFailure(fetched, tools);
    return;
  }
  const uri = await ui.chooseTarget(`${id}.json`);
  if (uri === undefined || !(await writeConfigFiles([{ uri, text: fetched.config.text }], ui))) return;
  const shell = terminal();
  const [open, copy] = [vscode.l10n.t("Open"), copyCommandsLabel(shell)];
  const message = vscode.l10n.t(
    "The configuration of {0} is saved in the format of --distribution-config. Edit it, then send it with update-distribution and the ETag {1}. The ETag is valid until another update changes the distribution.",
    id,
    fetched.etag,
  );
  const answer = await ui.ask(message, [open, copy]);
  if (answer === open) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  if (answer !== copy) return;
  const update = { id, etag: fetched.etag, files: [shellPath(uri)], profile: caller.profile };
  const commands = updateCommands(update, shell);
  if (isUnquotable(commands)) return ui.say(unquotableText(commands), "warning");
  await ui.copy(commands);
  const notes = [otherShellText(shell) ?? [], setsOriginMtls(fetched.config.json) ? newCliText() : []].flat();
  if (notes.length > 0) await ui.say([vscode.l10n.t("Copied."), ...notes].join(" "));
}
