import * as vscode from "vscode";
import { failureLabel } from "../../account/failure-words.ts";
import type { ResourcesModel } from "../../account/model.ts";
import type { Row } from "../../account/row.ts";
import { count } from "../../account/row-words.ts";
import { type AccountCommandId, contextKeys, resourcesView } from "../../manifest.ts";
import { machine } from "../../platform/node/machine.ts";
import { plain } from "../editor/say.ts";
import type { Account } from "../session/account.ts";
import type { Session, SessionState } from "../session/session.ts";
import { filterCounts } from "./filter.ts";
import type { Showing } from "./showing.ts";

export interface StatusTools {
  readonly account: Account;
  readonly model: ResourcesModel;
  readonly view: vscode.TreeView<Row>;
  readonly showing: Showing;
  readonly regions: () => readonly string[];
  /** The view has no row, and says instead what to do. */
  readonly isEmpty: () => boolean;
}

/** Says whose account it is, and how it stands with it: in the status bar and around the view's rows. */
export class AccountStatus implements vscode.Disposable {
  readonly #tools: StatusTools;
  readonly #subscriptions: vscode.Disposable[];
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
    this.#inStatusBar(session);
    view.description = this.#whose() ?? "";
    this.#setMessage();
    this.#setBadge();
    this.#setBusy(account.isLoading || session.state.kind === "connecting");
  }

  #inStatusBar(session: Session): void {
    const { state } = session;
    // The account tells of itself four times a second.
    if (state === this.#said || (state.kind === "idle" && this.#item === undefined)) return;
    this.#said = state;
    this.#item ??= statusBarItem();
    const profile = profileName(session.profile);
    switch (state.kind) {
      case "idle":
        dress(this.#item, {
          icon: "account",
          text: profile,
          spoken: vscode.l10n.t("AWS profile {0}, not connected", profile),
          tooltip: [vscode.l10n.t("Not connected")],
        });
        break;
      case "connecting":
        dress(this.#item, {
          icon: "sync~spin",
          text: profile,
          spoken: vscode.l10n.t("AWS profile {0}, connecting", profile),
          tooltip: [vscode.l10n.t("Connecting to AWS…")],
        });
        break;
      case "connected": {
        const { account, arn, region, endpoint } = state.connection.identity;
        dress(this.#item, {
          icon: "account",
          text: `${profile} · ${account} · ${region}`,
          spoken: vscode.l10n.t("AWS profile {0}, account {1}, {2}", profile, account, region),
          tooltip: [
            vscode.l10n.t("Signed in to AWS as {0}", arn),
            ...(endpoint === undefined ? [] : [vscode.l10n.t("Not AWS's own endpoint: {0}", endpoint)]),
          ],
        });
        break;
      }
      case "failed": {
        const label = failureLabel(state.failure);
        dress(this.#item, {
          icon: "warning",
          text: `${profile} · ${label}`,
          spoken: vscode.l10n.t("AWS profile {0}: {1}", profile, label),
          tooltip: [state.failure.message, ...(state.failure.command === undefined ? [] : [state.failure.command])],
          isWarning: true,
        });
        break;
      }
    }
    this.#item.show();
  }

  /** As in `dev · 123456789012 · us-east-1`; `undefined` while nobody asked for anything. */
  #whose(): string | undefined {
    const { account } = this.#tools;
    const { state, profile } = account.session;
    if (state.kind === "idle") return undefined;
    const identity = state.kind === "connected" ? state.connection.identity : account.identity;
    return identity === undefined
      ? profileName(profile)
      : `${profileName(profile)} · ${identity.account} · ${identity.region}`;
  }

  /**
   * Above the rows: whose they are, which the editor does not show of a view that is alone in its place, and what the
   * rows cannot say themselves.
   */
  #setMessage(): void {
    const { account, view } = this.#tools;
    const { state } = account.session;
    const what =
      state.kind === "failed"
        ? state.failure.message
        : state.kind === "connecting"
          ? vscode.l10n.t("Connecting to AWS…")
          : this.#filterInWords();
    // A view without rows shows what to do only where there is no message.
    const message = this.#tools.isEmpty() ? "" : plain([this.#whose() ?? [], what ?? []].flat().join(" — "));
    // Set again it would hold up the drawing of the rows.
    if ((view.message ?? "") !== message) view.message = message;
  }

  #filterInWords(): string | undefined {
    const { account, model, showing, regions } = this.#tools;
    if (!showing.isFiltered) return undefined;
    const found = filterCounts(model, regions());
    return account.isLoading
      ? vscode.l10n.t("Filter “{0}”, so far: {1}", showing.filter, found)
      : vscode.l10n.t("Filter “{0}”: {1}", showing.filter, found);
  }

  #setBadge(): void {
    const { model, view } = this.#tools;
    const { broken, expiring } = model.problems();
    const value = broken + expiring;
    if ((view.badge?.value ?? 0) === value) return;
    const parts = [
      ...(broken === 0
        ? []
        : [
            broken === 1
              ? vscode.l10n.t("origin mTLS of 1 origin is broken")
              : vscode.l10n.t("origin mTLS of {0} origins is broken", count(broken)),
          ]),
      ...(expiring === 0
        ? []
        : [
            expiring === 1
              ? vscode.l10n.t("the client certificate of 1 origin is about to expire")
              : vscode.l10n.t("the client certificates of {0} origins are about to expire", count(expiring)),
          ]),
    ];
    view.badge = value === 0 ? undefined : { value, tooltip: parts.join(", ") };
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
  item.name = vscode.l10n.t("mTLS: AWS account");
  item.command = "mtls.selectProfile" satisfies AccountCommandId;
  return item;
}

function dress(
  item: vscode.StatusBarItem,
  {
    icon,
    text,
    spoken,
    tooltip,
    isWarning = false,
  }: {
    readonly icon: string;
    readonly text: string;
    readonly spoken: string;
    readonly tooltip: readonly string[];
    readonly isWarning?: boolean;
  },
): void {
  // What stands between such signs would become an icon.
  item.text = `$(${icon}) ${text.replaceAll("$(", "$\u200b(")}`;
  // Not Markdown: what reads that takes as long to get going as all of the rows.
  item.tooltip = [...tooltip, vscode.l10n.t("Select to choose another profile.")].join("\n");
  item.backgroundColor = isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  item.accessibilityInformation = { label: spoken, role: "button" };
}
