import * as vscode from "vscode";
import type { Version } from "../../account/live/change.ts";
import { carryOut } from "../../account/live/engine.ts";
import { explainFailure } from "../../account/live/failures.ts";
import { connected } from "../../account/live/targets/distribution/change.ts";
import type { KeptErrand } from "../../account/live/targets/distribution/kept.ts";
import { likenessTo, namedInstead } from "../../account/live/targets/distribution/likeness.ts";
import { ownershipOf } from "../../account/live/targets/distribution/owner.ts";
import { distributionTarget, fetchConfig } from "../../account/live/targets/distribution/target.ts";
import { referenceOf, wishForFile } from "../../account/live/targets/distribution/wishes.ts";
import type { Line } from "../../account/live/ui.ts";
import { readOnlyText } from "../../account/live/words.ts";
import type { Config } from "../../core/cloudfront/config.ts";
import { parametersIn, replacedBy } from "../../core/cloudfront/replaced.ts";
import type { WireConfig } from "../../core/cloudfront/wire.ts";
import { jsonOf } from "../../core/document/plain.ts";
import { sameJson } from "../../core/document/values.ts";
import { subjectsOf } from "../../core/facts.ts";
import { isFailure } from "../../core/failure.ts";
import type { LiveDistribution } from "../../core/inventory.ts";
import { read } from "../../core/read.ts";
import { chooseConfig } from "../authoring/config-picker.ts";
import { hasSyntaxFault } from "../documents/changeable.ts";
import { fileName } from "../editor/files.ts";
import type { EditorTools } from "./tools.ts";

/**
 * Makes a distribution of the account have the config of a file, as its editor shows it.
 * @param given the distribution; left out: it is asked for
 */
export async function applyFile(uri: vscode.Uri, tools: EditorTools, given?: LiveDistribution): Promise<void> {
  const { ui } = tools;
  if (tools.isReadOnly()) return ui.say(readOnlyText());
  const document = await vscode.workspace.openTextDocument(uri);
  const config = await configIn(document, tools);
  if (config === undefined) return;
  const { start, end } = config.distribution.node;
  const text = document.getText().slice(start, end);
  const caller = await connected(tools);
  if (caller === undefined) return;
  const name = fileName(uri);
  const distribution =
    given ??
    (await ui.chooseDistribution(
      vscode.l10n.t("Apply {0} to a Distribution", name),
      undefined,
      likenessTo(config, name),
    ));
  if (distribution === undefined) return;
  const { id } = distribution;
  const [ownership, fetched] = await Promise.all([
    ownershipOf(caller, distribution, tools),
    fetchConfig(id, caller, tools),
  ]);
  if (isFailure(fetched)) {
    await explainFailure(fetched, tools);
    return;
  }
  const known = [...(tools.account.current()?.distributions.values() ?? [])];
  const doubts = doubtsAbout(config, fetched.config, namedInstead(config, name, distribution, known));
  const wish = wishForFile(id, text, {
    notes: [...ownership.notes, ...doubts, ...comparedWith(fetched, config, id)],
    ...(doubts.length === 0
      ? {}
      : { consequences: [vscode.l10n.t("The file was probably made for another distribution.")] }),
    ...(ownership.text === undefined ? {} : { owner: { text: ownership.text } }),
  });
  const kept: KeptErrand = { what: "file", uri: uri.toString() };
  await carryOut({ caller, target: distributionTarget(id, caller, tools), wish, kept }, tools);
}

/** What can be sent as it is; `undefined`: the user was told why there is nothing. */
async function configIn(document: vscode.TextDocument, { ui }: EditorTools): Promise<Config | undefined> {
  const facts = read({ text: document.getText(), syntax: "jsonc", name: fileName(document.uri) });
  const checked = { document, version: document.version, facts, problems: [] };
  if (await hasSyntaxFault(checked)) return undefined;
  const place = await chooseConfig(checked, vscode.l10n.t("Apply to a Distribution"));
  const configs = subjectsOf(facts, "distribution");
  const config = place === undefined ? undefined : configs[place];
  if (config === undefined && configs.length > 0) return undefined;
  if (config === undefined || !config.distribution.whole) {
    await ui.say(
      vscode.l10n.t(
        "Open a whole distribution configuration first. An update replaces the whole configuration, so a part of it cannot be sent.",
      ),
    );
    return undefined;
  }
  const besides = [
    ...(config.wrapper?.beside ?? []).map(({ member }) => member),
    ...parametersIn(config.distribution),
  ].map(({ spelled }) => spelled);
  if (besides.length === 0) return config;
  await ui.say(
    vscode.l10n.t(
      "Nothing was applied because the file has members in the wrong place: {0}. Fix them with the Quick Fixes, then run the command again.",
      besides.join(", "),
    ),
    "error",
  );
  return undefined;
}

/** What in the file says that it was made for another distribution: short, for the title names the one chosen. */
function doubtsAbout(config: Config, live: WireConfig, instead: string | undefined): readonly Line[] {
  const [mine, theirs] = [referenceOf(jsonOf(config.distribution.node) ?? null), referenceOf(live.json)];
  return [
    ...(instead === undefined
      ? []
      : [
          {
            label: vscode.l10n.t("$(warning) The file names {0}", instead),
            detail: vscode.l10n.t("The whole configuration is replaced."),
          },
        ]),
    ...(mine.CallerReference === undefined || sameJson(mine, theirs)
      ? []
      : [
          {
            label: vscode.l10n.t("$(warning) The CallerReference in the file differs"),
            detail: vscode.l10n.t("All but the CallerReference is replaced."),
          },
        ]),
  ];
}

/** What the file says of its version, beside what there is, and what of the file is not applied. */
function comparedWith(fetched: Version<WireConfig>, config: Config, id: string): readonly Line[] {
  const { etag } = replacedBy(config);
  const left = (config.wrapper?.others ?? []).map(({ spelled }) => spelled);
  return [
    ...(etag === undefined || etag === fetched.etag
      ? []
      : [
          {
            label: vscode.l10n.t("$(history) {0} has changed since the file was made", id),
            detail: vscode.l10n.t(
              "The file was made from the version {0}. Where it differs, the file replaces what has changed since.",
              etag,
            ),
          },
        ]),
    ...(left.length === 0
      ? []
      : [
          {
            label: vscode.l10n.t("$(info) Only the DistributionConfig in the file is applied"),
            detail: vscode.l10n.t("Not applied: {0}", left.join(", ")),
          },
        ]),
  ];
}
