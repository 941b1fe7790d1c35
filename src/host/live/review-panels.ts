import * as vscode from "vscode";
import { isOfSame } from "../../account/live/records.ts";
import type { LiveReview } from "../../account/live/review/live-review.ts";
import type { ChangedHere, UnderWay } from "../../account/under-way.ts";
import { reviewView } from "../../manifest.ts";
import { type FromReview, isFromReview, type ToReview } from "../../webview/review/protocol.ts";
import { type Log, logFault } from "../editor/log.ts";
import { pageHtml, pageRoot } from "../editor/page-html.ts";
import { drawable, pickOne } from "../editor/pick.ts";
import { iconless } from "../editor/plain.ts";
import type { Preview, Previews } from "../editor/preview.ts";
import { openReview } from "../editor/reviews.ts";
import { say } from "../editor/say.ts";

export interface ReviewPanelsTools {
  readonly extension: vscode.Uri;
  readonly previews: Previews;
  readonly log: Log;
}

/** The pages of live changes, beside their diffs; and what is seen of a change whose page is closed. */
export class ReviewPanels implements vscode.Disposable {
  readonly #tools: ReviewPanelsTools;
  readonly #panels = new Map<LiveReview, ReviewPanel>();
  /** That stand for a change of a window before this one, until its own review is there. */
  readonly #placeholders = new Set<LiveReview>();
  #isOver = false;
  /** That are under way, or wait for an answer, whether or not their pages are open. */
  readonly #followed = new Set<LiveReview>();
  readonly #status = vscode.window.createStatusBarItem("mtls.review", vscode.StatusBarAlignment.Left, 10);
  readonly #moved = new vscode.EventEmitter<void>();

  constructor(tools: ReviewPanelsTools) {
    this.#tools = tools;
    this.#status.name = vscode.l10n.t("Changes to AWS");
    this.#status.command = "mtls.openReview";
  }

  dispose(): void {
    this.#status.dispose();
    this.#moved.dispose();
    // The pages are the next window's.
    this.#isOver = true;
  }

  /** Told when a change begins, goes on or ends. */
  readonly onDidChange = this.#moved.event;

  /** Brings the page of a change to the front, beside its diff. */
  open(review: LiveReview): void {
    if (!review.isOver) this.follow(review);
    const known = this.#panels.get(review);
    if (known !== undefined) {
      known.reveal();
      return;
    }
    // What is done with is made room by what is done next to the same resource, such as undoing it.
    const [former, free] =
      [...this.#panels].find(
        ([one]) => isOfSame(one.about, review.about) && (one.isOver || this.#standsFor(one, review)),
      ) ?? [];
    if (former !== undefined) {
      this.#panels.delete(former);
      this.#placeholders.delete(former);
      // What is followed has no record of its own.
      const kept = review.isSent && review.kept === undefined ? former.handOver() : undefined;
      if (kept !== undefined) review.keep(kept);
      former.dismiss();
    }
    this.#show(review, free ?? new ReviewPanel(this.#tools));
  }

  /** A page that was open before the window was loaded anew: it shows the change, or what is kept of it for now. */
  adopt(webview: vscode.WebviewPanel, placeholder: LiveReview): void {
    this.#placeholders.add(placeholder);
    this.#show(placeholder, new ReviewPanel(this.#tools, webview));
  }

  /** Whether a page shows no more than what is kept. */
  isPlaceholder(review: LiveReview): boolean {
    return this.#placeholders.has(review);
  }

  /** A change that is deployed and one that is decided on may be of the same resource. */
  #standsFor(one: LiveReview, review: LiveReview): boolean {
    return this.#placeholders.has(one) && one.change === review.change;
  }

  #show(review: LiveReview, panel: ReviewPanel): void {
    this.#panels.set(review, panel);
    panel
      .show(review, () => {
        if (this.#panels.get(review) === panel) this.#panels.delete(review);
        this.#placeholders.delete(review);
        if (!this.#isOver) review.dismiss();
      })
      .catch((error: unknown) => logFault(this.#tools.log, "page of a change", error));
  }

  follow(review: LiveReview): void {
    if (this.#followed.has(review)) return;
    this.#followed.add(review);
    const following = review.onDidChange(() => {
      if (review.isOver) {
        following.dispose();
        this.#followed.delete(review);
      }
      this.#draw();
    });
    this.#draw();
    // Its page is there already, as it was before the window was loaded anew.
    if (review.change !== undefined && [...this.#placeholders].some((one) => this.#standsFor(one, review)))
      this.open(review);
  }

  pageOf(review: LiveReview): "visible" | "hidden" | "none" {
    const panel = this.#panels.get(review);
    return panel === undefined ? "none" : panel.isVisible ? "visible" : "hidden";
  }

  /** The page that a command means: the one of a key, the only one, or the one that is chosen. */
  async choose(key?: string): Promise<void> {
    const all = [...this.#followed];
    const meant = all.find((review) => review.key === key) ?? (all.length === 1 ? all[0] : undefined);
    if (meant !== undefined) return this.open(meant);
    if (all.length === 0) return say(vscode.l10n.t("No change to AWS is under way."));
    const items = all.map((review) => ({
      label: iconless(review.about.name),
      description: iconless(review.about.title),
      detail: iconless(review.page.status),
      review,
    }));
    const chosen = await pickOne(drawable(items), {
      title: vscode.l10n.t("Show Change"),
      placeHolder: vscode.l10n.t("Select a change to show"),
      matchOnDescription: true,
    });
    if (chosen !== undefined) this.open(chosen.review);
  }

  /** Of a change as the history calls it: what is under way, else what is open. */
  ofChange(key: string): LiveReview | undefined {
    return [...this.#followed, ...this.#panels.keys()].find(
      (review) => review.change === key && !this.#placeholders.has(review),
    );
  }

  /** What is under way for a resource. */
  of(kind: string, id: string): LiveReview | undefined {
    return [...this.#followed].find(({ about }) => about.kind === kind && about.id === id);
  }

  /** What rows say of it. */
  get underWay(): readonly ChangedHere[] {
    return [...this.#followed].flatMap((review) => {
      const { account, kind, id } = review.about;
      const state = stateOf(review);
      return state === undefined ? [] : [{ account, kind, id, state }];
    });
  }

  #draw(): void {
    this.#moved.fire();
    const shown = [...this.#followed].filter((review) => stateOf(review) !== undefined);
    const [first] = shown;
    if (first === undefined) {
      this.#status.hide();
      return;
    }
    const asking = shown.find(({ isAsking }) => isAsking);
    const name = iconless((asking ?? first).about.name);
    const text =
      asking !== undefined
        ? vscode.l10n.t("{0}: answer needed", name)
        : shown.length > 1
          ? vscode.l10n.t("Changes to AWS: {0}", shown.length)
          : first.phase === "deploying"
            ? vscode.l10n.t("{0}: deploying", name)
            : first.phase === "reading"
              ? vscode.l10n.t("{0}: reading back", name)
              : vscode.l10n.t("{0}: sending", name);
    this.#status.text = `${asking === undefined ? "$(sync~spin)" : "$(warning)"} ${text}`;
    this.#status.accessibilityInformation = { label: vscode.l10n.t("mTLS Workbench, {0}", text) };
    this.#status.tooltip = shown.map(({ about, page }) => `${about.title}\n${page.status}`).join("\n\n");
    this.#status.backgroundColor =
      asking === undefined ? undefined : new vscode.ThemeColor("statusBarItem.warningBackground");
    this.#status.show();
  }
}

function stateOf({ isAsking, isUnderWay, phase }: LiveReview): UnderWay | undefined {
  if (isAsking) return "asking";
  if (!isUnderWay) return undefined;
  return phase === "deploying" || phase === "reading" ? phase : "sending";
}

/** One page; of one change after the other. */
class ReviewPanel {
  readonly #tools: ReviewPanelsTools;
  /** Where the diff is, beside which the page is; `undefined`: beside the page. */
  readonly #column: vscode.ViewColumn | undefined;
  readonly #isRestored: boolean;
  #panel: vscode.WebviewPanel | undefined;
  #review: LiveReview | undefined;
  #following: { dispose(): void } | undefined;
  #closed: () => void = () => {};
  #preview: Preview | undefined;
  /** Among those that *Apply* and *Discard* may mean. */
  #registered: vscode.Disposable | undefined;
  #showing: Promise<void> = Promise.resolve();
  #isReady = false;
  #isDrawn = false;

  /** @param restored that was there before the window was loaded anew */
  constructor(tools: ReviewPanelsTools, restored?: vscode.WebviewPanel) {
    this.#tools = tools;
    this.#isRestored = restored !== undefined;
    if (restored === undefined) this.#column = vscode.window.tabGroups.activeTabGroup.viewColumn;
    else {
      this.#panel = this.#filled(restored);
      const { viewColumn = vscode.ViewColumn.One } = restored;
      this.#column = viewColumn > vscode.ViewColumn.One ? vscode.ViewColumn.One : undefined;
    }
  }

  get isVisible(): boolean {
    return this.#panel === undefined || this.#panel.visible;
  }

  get isActive(): boolean {
    return this.#panel?.active === true;
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  reveal(): void {
    this.#panel?.reveal();
    this.#draw(true);
  }

  /** @param closed told when the user closes the page */
  async show(review: LiveReview, closed: () => void): Promise<void> {
    this.#following?.dispose();
    review.seen();
    this.#review = review;
    this.#closed = closed;
    this.#isDrawn = false;
    let compared = review.comparison;
    // That of the change whose page it was.
    if (compared === undefined) this.#closePreview();
    this.#following = review.onDidChange(() => {
      // Nothing is left to look at of what was discarded.
      if (review.isOver && !review.isSent && (review.isDiscarded || review.page.messages.length === 0)) {
        this.dispose();
        return;
      }
      if (review.comparison !== compared) void this.#showDiff();
      compared = review.comparison;
      this.#draw();
    });
    // The editor opens nothing beside an empty group but in it.
    const isEmpty = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
    const showing = this.#showDiff();
    if (isEmpty) await showing;
    if (review.isOver && !review.isSent) {
      this.#closePreview();
      return closed();
    }
    // One that is restored stays where it is: who comes back looks at something else, perhaps.
    const isThere = this.#panel !== undefined;
    this.#panel ??= this.#newPanel();
    if (!isThere || review.comparison !== undefined) this.#panel.reveal();
    this.#draw(true);
    this.#registered ??= await openReview({
      isActive: () => this.isActive,
      apply: () => this.#press("apply"),
      discard: () => this.#press("discard"),
    });
  }

  /** By a command: what cannot be done is said. */
  async #press(action: "apply" | "discard"): Promise<void> {
    const review = this.#review;
    if (review === undefined) return;
    const { actions, blocked, phase } = review.page;
    if (actions.some((one) => one.action === action && one.isEnabled))
      return review.act({ kind: "press", action, round: review.page.round });
    await say(
      phase !== "review"
        ? vscode.l10n.t("There is nothing to decide about this change now.")
        : (blocked ?? vscode.l10n.t("Before you apply the change, confirm on its page what it means.")),
    );
  }

  #newPanel(): vscode.WebviewPanel {
    // Without a diff there is nothing to be beside of.
    const column = this.#review?.comparison === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
    return this.#filled(vscode.window.createWebviewPanel(reviewView, "", column));
  }

  #filled(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    const { extension, log } = this.#tools;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    webview.onDidReceiveMessage((message: unknown) => {
      if (isFromReview(message))
        this.#received(message).catch((error: unknown) => logFault(log, "page of a change", error));
    });
    panel.onDidDispose(() => {
      this.#following?.dispose();
      this.#registered?.dispose();
      this.#closePreview();
      this.#closed();
    });
    webview.html = pageHtml(webview, extension, "review");
    return panel;
  }

  #draw(isAsking = false): void {
    const review = this.#review;
    const panel = this.#panel;
    if (review === undefined || panel === undefined) return;
    panel.title = review.about.title;
    if (!this.#isReady) return;
    const message: ToReview = {
      kind: "show",
      page: review.page,
      record: review.kept,
      isAsking: isAsking || !this.#isDrawn,
      bundle: vscode.l10n.bundle === undefined ? undefined : { ...vscode.l10n.bundle },
    };
    this.#isDrawn = true;
    void panel.webview.postMessage(message);
  }

  async #received(message: FromReview): Promise<void> {
    const review = this.#review;
    if (review === undefined) return;
    const { plan } = review.page;
    switch (message.kind) {
      case "ready":
        this.#isReady = true;
        this.#isDrawn = false;
        return this.#draw();
      case "openLink": {
        const url = plan?.[message.list].problems[message.problem]?.url;
        if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
        return;
      }
      case "copyTemplate": {
        const text = plan?.owner?.template?.text;
        if (text !== undefined) await vscode.env.clipboard.writeText(text);
        return;
      }
      case "act":
        if (message.act.kind === "press" && message.act.action === "diff") await this.#showDiff();
        else review.act(message.act);
    }
  }

  /** One after the other, so that none is left open behind the last one. */
  #showDiff(): Promise<void> {
    return (this.#showing = this.#showing.then(() => this.#showDiffNow()));
  }

  async #showDiffNow(): Promise<void> {
    const comparison = this.#review?.comparison;
    if (comparison === undefined) return;
    const { title, path, before, after, problems } = comparison;
    const former = this.#preview;
    try {
      // With the diff its group went, and the page took its place.
      const isAlone = this.#panel !== undefined && this.#panel.viewColumn === this.#column;
      // What a window before this one showed there went with it.
      const empty =
        this.#isRestored && former === undefined
          ? vscode.window.tabGroups.all.find(({ tabs }) => tabs.length === 0)?.viewColumn
          : undefined;
      const beside = isAlone ? vscode.ViewColumn.Beside : (this.#column ?? vscode.ViewColumn.Beside);
      const viewColumn = empty ?? beside;
      const where = { viewColumn, preserveFocus: this.#panel !== undefined };
      this.#preview = await this.#tools.previews.show(title, path, before, after, problems, where);
      await former?.close();
    } catch (error) {
      logFault(this.#tools.log, "diff of a change", error);
    }
  }

  #closePreview(): void {
    this.#showing = this.#showing
      .then(async () => {
        await this.#preview?.close();
        this.#preview = undefined;
      })
      .catch((error: unknown) => logFault(this.#tools.log, "diff of a change", error));
  }
}
