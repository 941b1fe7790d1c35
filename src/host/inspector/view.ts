import * as vscode from "vscode";
import { type Blocks, type Content, nothing } from "../../core/messages/content.ts";
import { inspectionOf, type Judgement, pieceOf, textOfBlocks } from "../../core/messages/inspected-content.ts";
import { copyOf, inspectedIndexInSteps } from "../../core/messages/inspection/inspect.ts";
import type { Card, Inspection } from "../../core/messages/inspection/inspection.ts";
import { messageOf } from "../../core/messages/tell.ts";
import type { Problem } from "../../core/rules/rule.ts";
import { atOnce, type Steps } from "../../core/steps.ts";
import type { Bundle } from "../../core/x509/bundle/bundle.ts";
import { headIn } from "../../core/x509/bundle/places.ts";
import { type SignaturePairs, signaturePairsInSteps } from "../../core/x509/path/pairs.ts";
import { noVerdicts } from "../../core/x509/path/verdicts.ts";
import { sha256 } from "../../platform/node/crypto.ts";
import { inSlices } from "../../platform/node/turns.ts";
import { isToHost, type ToHost, type ToPage } from "../../webview/protocol.ts";
import { type ContentSource, showText } from "../certificates/content-source.ts";
import type { Side } from "../certificates/side-pick.ts";
import type { Documents } from "../documents/documents.ts";
import { contextFor, judgeInSteps } from "../documents/reader.ts";
import type { Signatures } from "../documents/signatures.ts";
import { type Log, logFault } from "../editor/log.ts";
import { pageHtml, pageRoot } from "../editor/page-html.ts";
import { say } from "../editor/say.ts";

export interface ViewTools {
  readonly extension: vscode.Uri;
  readonly documents: Documents;
  readonly signatures: Signatures;
  readonly log: Log;
  compare(side: Side): Promise<void>;
}

/** What is on the page, and what it was made of. */
interface Shown {
  readonly content: Content;
  readonly judgement: Judgement;
  readonly inspection: Inspection;
}

/** One page, kept in step with what it shows for as long as it is open. */
export class InspectorView implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #source: ContentSource;
  readonly #tools: ViewTools;
  readonly #subscriptions: vscode.Disposable[];
  #shown: Shown | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** There may be something else to read, but the page is not visible. */
  #stale = true;
  #updating: Promise<void> = Promise.resolve();
  #verifying: AbortController | undefined;
  /** Aborted where there may be something else to show: what is worked out until then is left. */
  #current = new AbortController();
  /** More is known by now than what is shown says. */
  #isOutdated = false;
  #disposed = false;
  /** The text of what has none of its own, once it was requested. */
  #text: { readonly of: Blocks; readonly document: vscode.TextDocument } | undefined;

  constructor(panel: vscode.WebviewPanel, source: ContentSource, tools: ViewTools) {
    this.#panel = panel;
    this.#source = source;
    this.#tools = tools;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [pageRoot(tools.extension)] };
    this.#subscriptions = [
      webview.onDidReceiveMessage((message: unknown) =>
        this.#guarded("message of the inspector", () => this.#received(message)),
      ),
      panel.onDidDispose(() => this.dispose()),
      source.follow((wait) => this.#later(wait)),
    ];
    webview.html = pageHtml(webview, tools.extension, "inspector");
  }

  dispose(): void {
    this.#disposed = true;
    this.#current.abort();
    clearTimeout(this.#timer);
    this.#verifying?.abort();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  // --- showing

  #later(wait: number): void {
    this.#stale = true;
    this.#current.abort();
    if (!this.#disposed) this.#current = new AbortController();
    clearTimeout(this.#timer);
    // A page that is hidden is made anew when it shows, and then asks.
    this.#timer = setTimeout(() => {
      if (this.#panel.visible) void this.#update();
    }, wait);
  }

  /** One after the other: what is read later is shown later. */
  #update(): Promise<void> {
    this.#updating = this.#updating.then(() =>
      this.#guarded("inspector", async () => {
        if (!this.#stale) return;
        this.#stale = false;
        const { signal } = this.#current;
        const content = this.#orWhatItWas(await this.#source.read());
        const judgement = await this.#judge(content, signal);
        if (judgement === undefined) return;
        // A document that was only judged again, or opened, is still the same.
        if (!this.#isOutdated && this.#shown !== undefined && isSame(this.#shown, { content, judgement })) return;
        await this.#show(content, judgement, signal);
      }),
    );
    return this.#updating;
  }

  /** What is gone is still shown, as it was. */
  #orWhatItWas(content: Content): Content {
    const last = this.#shown?.content;
    return content.kind === "nothing" && content.gone === true && last?.kind === "blocks"
      ? {
          ...last,
          note: { ...content.note, text: vscode.l10n.t("{0} The last known content is shown.", content.note.text) },
        }
      : content;
  }

  async #show(content: Content, judgement: Judgement, signal: AbortSignal): Promise<void> {
    const steps = inspectionOf(this.#source.name, content, judgement);
    const inspection = await inSlices(() => steps.next(), { signal });
    if (inspection === undefined) return;
    this.#verifying?.abort();
    this.#isOutdated = false;
    this.#shown = { content, judgement, inspection };
    await this.#post();
    if (content.kind === "blocks")
      this.#verify(content, signal).catch((error: unknown) =>
        logFault(this.#tools.log, "signatures of the inspector", error),
      );
  }

  /** @returns `undefined`: it was aborted */
  async #judge(content: Content, signal: AbortSignal): Promise<Judgement | undefined> {
    const {
      log,
      signatures: { verdicts },
    } = this.#tools;
    const scope = this.#source.uri ?? nowhere;
    const { now, settings } = contextFor(scope);
    const steps =
      content.kind === "nothing"
        ? atOnce((): readonly Problem[] => [])
        : judgeInSteps(scope, content.facts, log, { signatures: verdicts });
    const problems = await inSlices(() => steps.next(), { signal });
    return problems && { problems, verdicts, now, soon: settings.expiryWarningDays, sha256 };
  }

  async #verify(content: Blocks, current: AbortSignal): Promise<void> {
    const run = new AbortController();
    this.#verifying = run;
    const signal = AbortSignal.any([run.signal, current]);
    const steps = pairsOf(content.facts.bundle);
    const found = await inSlices(() => steps.next(), { signal });
    if (found === undefined || !(await this.#tools.signatures.verify(found.pairs, signal))) return;
    this.#isOutdated = true;
    const judgement = await this.#judge(content, signal);
    if (judgement !== undefined) await this.#show(content, judgement, current);
  }

  async #post(): Promise<void> {
    if (this.#disposed || this.#shown === undefined) return;
    const message: ToPage = {
      kind: "show",
      inspection: this.#shown.inspection,
      file: this.#source.isFile ? this.#source.uri?.toString() : undefined,
      bundle: vscode.l10n.bundle,
    };
    await this.#panel.webview.postMessage(message);
  }

  // --- what the page asks for

  async #received(message: unknown): Promise<void> {
    if (!isToHost(message)) {
      this.#tools.log.warn("The inspector page sent an unknown message.");
      return;
    }
    if (message.kind !== "ready") return this.#answer(message);
    // A page that is made anew knows nothing of what the one before it was shown.
    await this.#post();
    await this.#update();
  }

  async #answer(message: Exclude<ToHost, { readonly kind: "ready" }>): Promise<void> {
    if (message.kind === "chooseTime") return this.#source.chooseTime?.();
    const shown = this.#shown;
    if (shown?.content.kind !== "blocks") return;
    const { content, inspection } = shown;
    if (message.kind === "compare" && message.card === undefined) {
      await this.#tools.compare({
        name: inspection.name,
        uri: this.#source.uri,
        bundle: content.facts.bundle,
        card: undefined,
      });
      return;
    }
    const card = inspection.cards.find(({ id }) => id === message.card);
    if (card === undefined) return;
    switch (message.kind) {
      case "copy":
        return copy(copyOf(content.facts.bundle, card.id, message.what, sha256));
      case "copyField":
        return copy(fieldOf(card, message));
      case "showInText":
        return this.#showInText(content, pieceOf(card.id));
      case "compare":
        return this.#tools.compare({
          name: inspection.name,
          uri: this.#source.uri,
          bundle: content.facts.bundle,
          card: card.id,
        });
      case "openLink":
        return openLink(card.problems[message.problem]?.url);
    }
  }

  async #showInText(content: Blocks, piece: number): Promise<void> {
    const {
      facts: { bundle },
      places,
    } = content;
    const { uri } = this.#source;
    const head = headIn(bundle, piece);
    if (uri !== undefined && places !== "nowhere" && content.note === undefined) {
      const start = places === "same" ? head.start : (places[piece]?.start ?? 0);
      await showText(await vscode.workspace.openTextDocument(uri), { start, end: start + head.end - head.start });
      return;
    }
    const { text, spans } = textOfBlocks(bundle);
    if (this.#text?.of !== content || this.#text.document.isClosed) {
      this.#text = {
        of: content,
        document: await vscode.workspace.openTextDocument({ language: "pem", content: text }),
      };
    }
    await showText(this.#text.document, spans[piece] ?? { start: 0, end: 0 });
  }

  /** An edge: what goes wrong behind it is said. */
  async #guarded(where: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#disposed) return;
      logFault(this.#tools.log, where, error);
      // Not awaited: the page continues while the message is open.
      void say(
        vscode.l10n.t(
          'An internal error occurred in the certificate inspector. For details, see the "mTLS Workbench" output channel.',
        ),
        "error",
      );
      // An empty page would look as if it were still loading.
      if (this.#shown === undefined)
        await this.#show(
          nothing(
            "error",
            vscode.l10n.t("An internal error in mTLS Workbench prevents this content from being shown."),
          ),
          noJudgement,
          this.#current.signal,
        );
    }
  }
}

function* pairsOf(bundle: Bundle): Steps<SignaturePairs> {
  return yield* signaturePairsInSteps(yield* inspectedIndexInSteps(bundle));
}

function isSame(a: Pick<Shown, "content" | "judgement">, b: Pick<Shown, "content" | "judgement">): boolean {
  if (
    a.content.kind !== "blocks" ||
    b.content.kind !== "blocks" ||
    a.content.facts !== b.content.facts ||
    a.content.note !== b.content.note
  )
    return false;
  const [before, after] = [a.judgement.problems, b.judgement.problems];
  const isSameProblem = (one: Problem, other: Problem | undefined) =>
    one.rule === other?.rule &&
    one.severity === other.severity &&
    messageOf(one) === messageOf(other) &&
    one.at.start === other.at.start;
  return (
    a.judgement.soon === b.judgement.soon &&
    before.length === after.length &&
    before.every((problem, index) => isSameProblem(problem, after[index]))
  );
}

const noJudgement: Judgement = { problems: [], verdicts: noVerdicts, now: new Date(0), soon: 0, sha256 };

/** Whose settings count where there is no file. */
const nowhere = vscode.Uri.from({ scheme: "untitled", path: "inspector" });

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) await vscode.env.clipboard.writeText(text);
}

function fieldOf(
  { fields, extensions }: Card,
  { extension, field }: Extract<ToHost, { readonly kind: "copyField" }>,
): string | undefined {
  if (extension === undefined) return fields[field]?.value;
  const one = extensions[Number(extension)];
  if (field === -1) return one?.oid;
  return field === -2 ? one?.hex : one?.fields[field]?.value;
}

/** Only what a rule cites. */
async function openLink(url: string | undefined): Promise<void> {
  if (url?.startsWith("https://") === true) await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
