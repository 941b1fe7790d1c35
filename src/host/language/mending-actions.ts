import * as vscode from "vscode";
import { type Choice, type Mending, mendingsOf } from "../../core/mending.ts";
import { type Problem, sourceOf } from "../../core/rules/rule.ts";
import type { CommandId } from "../../manifest.ts";
import type { ViewerTarget } from "../authoring/enable-viewer-mtls.ts";
import type { PayloadTarget } from "../authoring/enabling.ts";
import type { OriginTarget } from "../authoring/origin-picker.ts";
import type { Checked } from "../documents/documents.ts";

/** What a user can do about a problem beside its fixes: each leads to where it is chosen, or to what is to be read. */
export function mendingCommands(problem: Problem, { document, facts }: Checked): vscode.Command[] {
  return mendingsOf(problem, facts).map((mending) => commandFor(mending, problem, document.uri));
}

function commandFor(mending: Mending, problem: Problem, uri: vscode.Uri): vscode.Command {
  const command = (title: string, id: CommandId, ...args: readonly unknown[]): vscode.Command => ({
    title,
    command: id,
    arguments: [...args],
  });
  switch (mending.kind) {
    case "certificate": {
      const { config, index, id } = mending;
      const target: OriginTarget = { uri, config, index, id };
      return mending.intent === "enable"
        ? command(vscode.l10n.t("Choose a certificate…"), "mtls.enableOriginMtls", target)
        : command(vscode.l10n.t("Choose another certificate…"), "mtls.changeClientCertificate", target);
    }
    case "viewers": {
      const { config, mode, what } = mending;
      const target: ViewerTarget = { uri, config, mode, what };
      return command(titleFor(what), "mtls.enableViewerMtls", target);
    }
    case "payload": {
      const { service, index, key, what } = mending;
      const target: PayloadTarget = { uri, kind: service, index, key, what };
      return command(titleFor(what), "mtls.enableMtls", target);
    }
    case "value":
      return command(vscode.l10n.t("Choose another value…"), "mtls.chooseValue", uri, mending.at);
    case "cache-policy":
      return command(vscode.l10n.t("Choose a cache policy…"), "mtls.chooseValue", uri, mending.at);
    case "inspect":
      return command(vscode.l10n.t("Inspect this certificate"), "mtls.inspectCertificate", {
        uri: uri.toString(),
        offset: problem.at.start,
      });
    case "purpose":
      return command(vscode.l10n.t("Set the purpose of this file…"), "mtls.setPurpose");
    case "keep":
      return command(vscode.l10n.t("Remove certificates a service rejects…"), "mtls.keepTaken", uri);
    case "page": {
      const { title, url } = sourceOf(problem);
      return {
        title: vscode.l10n.t('Open "{0}" in the browser', title),
        command: "vscode.open",
        arguments: [vscode.Uri.parse(url)],
      };
    }
  }
}

function titleFor(what: Choice): string {
  return what === "trust-store" ? vscode.l10n.t("Choose a trust store…") : vscode.l10n.t("Choose another mode…");
}
