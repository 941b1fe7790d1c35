import * as vscode from "vscode";
import type { Account } from "../../account/account.ts";
import type { Row } from "../../account/row.ts";
import type { SessionState } from "../../account/session-source.ts";
import type { Showing } from "../../account/showing.ts";
import { aboveRows, badgeOf, type StatusWords, statusWords, whose } from "../../account/status-words.ts";
import type { ResourcesTree } from "../../account/tree.ts";
import { type AccountCommandId, contextKeys, resourcesView } from "../../manifest.ts";
import { machine } from "../../platform/node/machine.ts";
import { iconless, plain, steady } from "../editor/plain.ts";

export interface StatusTools {
  readonly account: Account;
  readonly view: vscode.TreeView<Row>;
  readonly showing: Showing;
  readonly tree: ResourcesTree;
}

/** Says whose account it is, and how it stands with it: in the status bar and around the view's rows. */
export class AccountStatus implements vscode.Disposable {
  readonly #tools: StatusTools;
  readonly #subscriptions: readonly { dispose(): void }[];
  #item: vscode.StatusBarItem | undefined;
  #said: SessionState | undefined;
  #isBusy = false;
  #endOfWork: (() => void) | undefined;

  constructor(tools: StatusTools) {
    this.#tools = tools;
    const { account, showing } = tools;
    this.#subscriptions = [
      account.session.onDidChange(() => this.#update()),
      account.onDidChange(() => this.#update()),
      showing.onDidChange(() => this.#update()),
    ];
    this.#update();
  }

  dispose(): void {
    this.#item?.dispose();
    this.#endOfWork?.();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #update(): void {
    const { account, view } = this.#tools;
    const { session } = account;
    const profile = profileName(session.profile);
    // The account tells of itself four times a second.
    if (session.state !== this.#said && (session.state.kind !== "idle" || this.#item !== undefined)) {
      this.#said = session.state;
      this.#item ??= statusBarItem();
      dress(this.#item, statusWords(session.state, profile));
      this.#item.show();
    }
    const owner = whose(account, profile);
    view.description = steady(owner ?? "");
    this.#setMessage(owner);
    this.#setBadge();
    this.#setBusy(account.isLoading || session.state.kind === "connecting");
  }

  /** Above the rows: whose they are, which the editor does not show of a view that is alone in its place. */
  #setMessage(owner: string | undefined): void {
    const { account, view, showing, tree } = this.#tools;
    const what = aboveRows(account, showing.filter, tree.outlook);
    // A view without rows shows what to do only where there is no message.
    const message = tree.isEmpty ? "" : plain([owner ?? [], what ?? []].flat().join(" — "));
    // Set again it would hold up the drawing of the rows.
    if ((view.message ?? "") !== message) view.message = message;
  }

  #setBadge(): void {
    const { view, tree } = this.#tools;
    const badge = badgeOf(tree.outlook);
    if ((view.badge?.value ?? 0) !== badge.value) view.badge = badge.value === 0 ? undefined : badge;
  }

  #setBusy(isBusy: boolean): void {
    if (isBusy === this.#isBusy) return;
    this.#isBusy = isBusy;
    void vscode.commands.executeCommand("setContext", contextKeys.isLoading, isBusy);
    this.#endOfWork?.();
    this.#endOfWork = undefined;
    if (isBusy)
      void vscode.window.withProgress(
        { location: { viewId: resourcesView } },
        () => new Promise<void>((resolve) => (this.#endOfWork = resolve)),
      );
  }
}

/** What a profile is called where there may be none. */
export function profileName(profile: string | undefined): string {
  return profile ?? machine.environmentProfile() ?? vscode.l10n.t("environment");
}

function statusBarItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("mtls.account", vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t("mTLS: AWS Account");
  item.command = "mtls.selectProfile" satisfies AccountCommandId;
  return item;
}

function dress(item: vscode.StatusBarItem, { icon, text, spoken, tooltip, isWarning = false }: StatusWords): void {
  item.text = `$(${icon}) ${iconless(text)}`;
  // Not Markdown: what reads that takes as long to get going as all of the rows.
  item.tooltip = [...tooltip.map(steady), vscode.l10n.t("Select to switch to another profile.")].join("\n");
  item.backgroundColor = isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  item.accessibilityInformation = { label: spoken, role: "button" };
}
