import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import { type CertificateUse, usesInAccount, usesInConfig } from "../../account/certificate-uses.ts";
import type { Outlook } from "../../account/kind.ts";
import { distributionsRow } from "../../account/kinds/distributions.ts";
import { type OriginVerdict, originVerdict } from "../../core/acm/fitness.ts";
import { subjectsOf } from "../../core/facts.ts";
import type { Failure } from "../../core/failure.ts";
import type { AcmCertificate } from "../../core/inventory.ts";
import { certificateName } from "../../core/messages/certificate-name.ts";
import { verdictSentences } from "../../core/messages/verdict.ts";
import type { CommandId } from "../../manifest.ts";
import { uriOf } from "../certificates/files.ts";
import type { Documents } from "../documents/documents.ts";
import { type Log, logFault } from "../editor/log.ts";
import { drawable, newPick, shown } from "../editor/pick.ts";
import { iconless, steady } from "../editor/plain.ts";
import { say } from "../editor/say.ts";
import { isReadOnly } from "../editor/settings.ts";

export interface UseTools {
  readonly account: Account;
  readonly outlook: Outlook;
  readonly documents: Pick<Documents, "last">;
  readonly log: Log;
}

interface UseItem extends vscode.QuickPickItem {
  readonly isPossible?: boolean;
  /** What is run with what. */
  readonly command?: CommandId;
  readonly argument?: object;
}

const commands = {
  enable: "mtls.enableOriginMtls",
  "change-certificate": "mtls.changeClientCertificate",
} as const satisfies Record<CertificateUse<unknown>["deed"], CommandId>;

/** Asks what a client certificate is to be presented to, and leads to the change with its preview. */
export async function useCertificate(certificate: AcmCertificate, tools: UseTools): Promise<void> {
  const verdict = originVerdict(certificate, new Date());
  const name = certificateName(certificate);
  if (verdict.fit === "no") return say(verdictSentences(verdict).join(" "), "warning");
  const { account, log } = tools;
  const pick = newPick<UseItem>(vscode.l10n.t("Use {0} For", name), questionFor(verdict));
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  let isLoading = true;
  let failure: Failure | undefined;
  let drawn = "";
  const draw = () => {
    pick.busy = isLoading;
    const items = itemsFor(certificate.arn, tools);
    const now = JSON.stringify([items, isLoading]);
    // Much becomes known that is nothing to these.
    if (now === drawn) return;
    drawn = now;
    const marked = keyOf(pick.activeItems[0]);
    pick.items = drawable(items.length > 0 || isLoading ? items : noOrigin(failure));
    const same = pick.items.find((item) => keyOf(item) === marked);
    if (marked !== undefined && same !== undefined) pick.activeItems = [same];
  };
  draw();
  const following = account.onDidChange(draw);
  account
    .whole(distributionsRow)
    .then((answer) => {
      isLoading = false;
      failure = answer;
      if (failure !== undefined) pick.placeholder = steady(failure.message);
      draw();
    })
    .catch((error: unknown) => logFault(log, "distributions", error));
  const chosen = await shown(pick, () => pick.selectedItems.find(({ isPossible }) => isPossible));
  following.dispose();
  if (chosen?.command !== undefined) await vscode.commands.executeCommand(chosen.command, chosen.argument);
}

/** What is the same of an item that is made anew. */
function keyOf(item: UseItem | undefined): string | undefined {
  return item?.argument === undefined ? undefined : JSON.stringify(item.argument);
}

function noOrigin(failure: Failure | undefined): readonly UseItem[] {
  return [
    {
      label:
        failure === undefined
          ? vscode.l10n.t("$(info) Neither the open files nor the distributions in AWS have an origin")
          : vscode.l10n.t("$(error) The open files have no origin, and the distributions in AWS could not be listed"),
      alwaysShow: true,
    },
  ];
}

/** With what is to be known before one is chosen; the reasons come with the preview. */
function questionFor({ fit, checked }: OriginVerdict): string {
  if (fit === "doubtful") return vscode.l10n.t("Select an origin. The certificate might not be usable.");
  return checked === "fully"
    ? vscode.l10n.t("Select an origin")
    : vscode.l10n.t("Select an origin. The certificate itself was not checked.");
}

function itemsFor(arn: string, { outlook, documents }: UseTools): readonly UseItem[] {
  // Documents that were closed stay for a while.
  const shownIn = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => uriOf(tab)?.toString())));
  const open = vscode.workspace.textDocuments.flatMap((document): readonly UseItem[] => {
    const { uri } = document;
    if (!shownIn.has(uri.toString())) return [];
    if (uri.scheme !== "untitled" && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return [];
    return subjectsOf(documents.last(document)?.facts, "distribution").flatMap(({ distribution }, config) =>
      usesInConfig(arn, distribution, vscode.workspace.asRelativePath(uri)).map((one) =>
        itemOf(one, { ...one.place, uri, config, certificate: arn }),
      ),
    );
  });
  const live = usesInAccount(arn, isReadOnly(), outlook).map((one) => itemOf(one, { ...one.place, certificate: arn }));
  const possible = (items: readonly UseItem[]) => items.filter(({ isPossible }) => isPossible);
  const notPossible = [...open, ...live].filter(({ isPossible }) => isPossible !== true);
  return [
    ...under(vscode.l10n.t("open files"), possible(open)),
    ...under(vscode.l10n.t("distributions in AWS"), possible(live)),
    ...under(vscode.l10n.t("not available"), notPossible),
  ];
}

function itemOf(use: CertificateUse<unknown>, argument: object): UseItem {
  const { label, description, detail, isPossible, deed } = use;
  return {
    ...{ label: iconless(label), description, isPossible, argument, command: commands[deed] },
    detail: `$(${isPossible ? "arrow-right" : "circle-slash"}) ${detail}`,
  };
}

function under(label: string, items: readonly UseItem[]): readonly UseItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
