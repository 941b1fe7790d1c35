import * as l10n from "@vscode/l10n";
import type { Config } from "../cloudfront/config.ts";
import { parametersIn } from "../cloudfront/replaced.ts";
import type { Sending } from "../cloudfront/update-command.ts";
import { missingForUpdate } from "../cloudfront/update-members.ts";
import type { Terminal } from "../shell.ts";
import { newCliText, otherShellText } from "./copied-for.ts";
import { tell } from "./tell.ts";

/** What is said once the command that sends a file was copied: what to do before it runs, and what it would lack. */
export function copiedText(
  sending: Sending,
  config: Pick<Config, "distribution" | "wrapper">,
  etag: string | undefined,
  isPlainJson: boolean,
  terminal: Terminal,
): string {
  const isNew = sending.kind === "create-input" || sending.kind === "create-with-tags";
  return [
    l10n.t("Copied for {0}.", terminal.name),
    ...[otherShellText(terminal) ?? []].flat(),
    ...(sending.kind === "config"
      ? etag === undefined
        ? [l10n.t("Replace ETAG with the current ETag, which get-distribution-config returns.")]
        : [
            l10n.t(
              "The command works once, and only until another update changes the distribution. {0} is the ETag of your configuration.",
              etag,
            ),
          ]
      : [l10n.t("The file contains the whole input of the command.")]),
    ...beforeItRuns(sending, config),
    ...(isPlainJson
      ? []
      : [l10n.t("The AWS CLI accepts only plain JSON. Remove comments and trailing commas from the file first.")]),
    ...(config.distribution.origins.some(({ mtls }) => mtls === "on") ? [newCliText()] : []),
    ...(isNew ? [] : missingForUpdate(config.distribution).map((reason) => tell(reason))),
  ].join(" ");
}

function beforeItRuns(
  { kind }: Sending,
  { distribution, wrapper }: Pick<Config, "distribution" | "wrapper">,
): readonly string[] {
  const inside = parametersIn(distribution).map(({ spelled }) => spelled);
  return [
    ...(wrapper?.nested === undefined && (wrapper === undefined || kind !== "config")
      ? []
      : wrapper?.nested === undefined
        ? [
            l10n.t(
              "The file still has its wrapper. Extract the inner configuration with the Quick Fix before you run the command.",
            ),
          ]
        : [
            l10n.t(
              "The file still has one configuration in another. Extract the inner configuration with the Quick Fix before you run the command.",
            ),
          ]),
    ...inside.map((key) =>
      l10n.t("{0} is still in the configuration. Remove it with the Quick Fix before you run the command.", key),
    ),
  ];
}
