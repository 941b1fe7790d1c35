import * as l10n from "@vscode/l10n";
import type { Problem } from "../../../core/rules/rule.ts";
import { Emitter } from "../../event.ts";
import type { Told } from "../told.ts";
import type {
  Act,
  Fact,
  PageAction,
  PageActionId,
  PageMessage,
  PagePlan,
  PageStep,
  Phase,
  ReviewPage,
  Tone,
} from "./page.ts";

/** What a review is about. */
export interface About {
  /** Twelve digits. */
  readonly account: string;
  /** The target's. */
  readonly kind: string;
  readonly id: string;
  /** The name that people gave it, or its id. */
  readonly name: string;
  /** As in `Enable Origin mTLS: E1…`. */
  readonly title: string;
  /** The resource, and who is signed in where. */
  readonly facts: readonly Fact[];
}

/** What a page is made of again. */
export interface KeptPage {
  readonly key: string;
  forget(): void;
}

/** Two texts side by side: what is secret is masked in them. */
export interface Comparison {
  readonly title: string;
  /** The last part says what the editors are called. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** What the rules find in `after`, at its places. */
  readonly problems: readonly Problem[];
}

/** What is decided on. */
export interface Proposal {
  readonly plan: PagePlan;
  readonly comparison: Comparison;
  readonly consequences: readonly string[];
  readonly blocked: string | undefined;
  /** As in `Apply to E1…`. */
  readonly applyLabel: string;
  /** What the copied commands are written for; `undefined`: there are none, and no files. */
  readonly shell: string | undefined;
  readonly canChange: boolean;
  readonly hasTemplate: boolean;
  readonly steps: readonly string[];
}

/** A change that nobody decides on or waits for here, as it is remembered. */
export interface Remembered {
  readonly phase: "done" | "failed" | "left";
  readonly status: string;
  readonly tone: Tone;
  readonly steps: readonly PageStep[];
  /** What can be done about it, or why nothing can. */
  readonly message:
    | { readonly text: string; readonly offer: { readonly label: string; readonly go: () => void } | undefined }
    | undefined;
}

export type Decision = Extract<PageActionId, "apply" | "file" | "commands" | "template" | "change" | "discard">;

/** More are not kept: a page that nobody closes is bounded, too. */
const mostMessages = 20;

interface Message extends PageMessage {
  readonly answer: (answer: string | undefined) => void;
  /** It stays when it is answered. */
  readonly stays: boolean;
}

/**
 * One change to one resource as a person sees it, from its preview to its end: what its page shows, and what is done
 * on the page. Any number of pages may show it, or none.
 */
export class LiveReview {
  readonly key: string;
  /** In milliseconds since 1970. */
  readonly openedAt: number;
  #about: About;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #phase: Phase = "planning";
  #status: string | undefined;
  #proposal: Proposal | undefined;
  #comparison: Comparison | undefined;
  #isConfirmed = false;
  #steps: readonly PageStep[] = [];
  #messages: readonly Message[] = [];
  #count = 0;
  #decide: ((decision: Decision) => void) | undefined;
  #waiting: AbortController | undefined;
  #isSent = false;
  #round = 0;
  #change: string | undefined;
  #tone: Tone | undefined;
  #isDiscarded = false;
  /** The page was closed while nobody waited for a decision. */
  #isDismissed = false;
  /** No page shows it. */
  #isUnseen = false;
  #kept: KeptPage | undefined;

  /** @param key tells it from all others of the window */
  constructor(key: string, about: About, openedAt = Date.now()) {
    this.key = key;
    this.openedAt = openedAt;
    this.#about = about;
  }

  get about(): About {
    return this.#about;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Whether AWS was told something: from then on it goes on whether anybody looks or not. */
  get isSent(): boolean {
    return this.#isSent;
  }

  /** What the history calls it; `undefined`: nothing was sent. */
  get change(): string | undefined {
    return this.#change;
  }

  /** Whether somebody waits for a decision. */
  get isDeciding(): boolean {
    return this.#decide !== undefined;
  }

  /** By which it can be shown again after the window was loaded anew. */
  get kept(): string | undefined {
    return this.#kept?.key;
  }

  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  /** Whether there is anything to be seen on a page. */
  get isOpen(): boolean {
    return this.#isSent || this.#comparison !== undefined;
  }

  get isUnderWay(): boolean {
    return this.#phase === "sending" || this.#phase === "deploying" || this.#phase === "reading";
  }

  /** Whether it waits for an answer, without which it does not go on. */
  get isAsking(): boolean {
    return this.#messages.some(({ answers, stays }) => answers.length > 0 && !stays);
  }

  get isOver(): boolean {
    return this.#phase === "done" || this.#phase === "failed" || this.#phase === "left";
  }

  get comparison(): Comparison | undefined {
    return this.#comparison;
  }

  // --- what becomes of it

  /** It is written down what its page is made of, until it is closed. */
  keep(kept: KeptPage): void {
    if (this.#isDismissed) kept.forget();
    else this.#kept = kept;
  }

  /** A page shows it. */
  seen(): void {
    this.#isUnseen = false;
  }

  /** Another one keeps it from now on. */
  handOver(): KeptPage | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    return kept;
  }

  /** Another resource was chosen, or something else is to be done to it. */
  retarget(about: About): void {
    this.#about = about;
    this.#changed.fire();
  }

  /**
   * What was decided before does not count any more.
   * @param applied how many steps are done, of plans before this one
   */
  propose(proposal: Proposal, applied: number): void {
    this.#proposal = proposal;
    this.#comparison = proposal.comparison;
    this.#isConfirmed = false;
    this.#isDismissed = false;
    this.#round += 1;
    this.#steps = [
      ...this.#steps.slice(0, applied),
      ...proposal.steps.map((label): PageStep => ({ label, state: "next", text: stateText("next") })),
    ];
    this.#enter("review");
  }

  /** What it is about is known, and not yet what it comes to. */
  hold(status: string): void {
    this.#enter("planning", status);
  }

  /** There is no plan, and something to look at before there can be one. */
  present(comparison: Comparison, status: string): void {
    this.#proposal = undefined;
    this.#comparison = comparison;
    this.#enter("planning", status);
  }

  /** What is done next; what was decided on stays. */
  decision(): Promise<Decision> {
    return new Promise((resolve) => {
      this.#decide = resolve;
      if (this.#isDismissed) this.#decided("discard");
    });
  }

  /** @param index of all steps, those of plans before among them */
  step(index: number, state: PageStep["state"], text = stateText(state)): void {
    this.#steps = this.#steps.map((step, at) => (at === index ? { ...step, state, text } : step));
    if (state === "sending" || state === "deploying" || state === "reading") {
      this.#isSent = true;
      this.#enter(state);
      return;
    }
    // Of what was refused, nothing is on its way.
    if (state === "refused") this.#isSent = this.#steps.some((step) => step.state === "done");
    if (state === "refused" || state === "unknown") this.#status = text;
    this.#changed.fire();
  }

  /** @param change what the history calls it */
  sentAs(change: string): void {
    this.#change = change;
  }

  /** It takes the place of what was remembered before. */
  recall({ phase, status, tone, steps, message }: Remembered): void {
    this.#isSent = true;
    this.#tone = tone;
    this.#steps = steps;
    this.#messages = message === undefined ? [] : [this.#remembered(message)];
    this.#enter(phase, status);
  }

  /** Of a change that a window before this one sent. */
  follow(steps: readonly PageStep[]): void {
    this.#isSent = true;
    this.#steps = steps;
    const unknown = steps.find(({ state }) => state === "unknown");
    if (unknown === undefined) this.#enter("deploying");
    else this.#enter("sending", unknown.text);
  }

  /** What there is to say while AWS is at it. */
  report(text: string): void {
    const at = this.#steps.findIndex(({ state }) => state === "deploying");
    if (at >= 0) this.#steps = this.#steps.map((step, index) => (index === at ? { ...step, text } : step));
    this.#changed.fire();
  }

  /** Aborted when the user does not want to wait any more. */
  waiting(): AbortSignal {
    this.#waiting = new AbortController();
    this.#changed.fire();
    return this.#waiting.signal;
  }

  /** @param status how it stands; left out: in general words */
  end(phase: "done" | "failed" | "left", status?: string): void {
    this.#waiting = undefined;
    if (!this.#isSent || this.#isUnseen) this.handOver()?.forget();
    // Nobody looks any more how far it is.
    if (phase === "left")
      this.#steps = this.#steps.map((step) =>
        isOnItsWay(step) ? { ...step, text: l10n.t("What became of it was not followed to the end") } : step,
      );
    this.#enter(phase, status);
  }

  /**
   * Says something on the page.
   * @param stays whether it can be answered again and again
   * @returns what takes it back, with an answer or without
   */
  tell(
    told: Told,
    tone: Tone,
    answers: readonly string[],
    answer: (answer: string | undefined) => void,
    stays = false,
  ): { readonly settle: (answer: string | undefined) => void } {
    const parts = typeof told === "string" ? { text: told } : told;
    this.#count += 1;
    const message: Message = {
      id: this.#count,
      tone,
      text: parts.text,
      said: parts.said,
      diagnosis: parts.diagnosis,
      standing: parts.standing,
      answers,
      answer,
      stays,
    };
    const former = this.#messages;
    this.#messages = [message, ...former.filter(({ text }) => text !== message.text)].slice(0, mostMessages);
    this.#changed.fire();
    // Whoever asked does not wait for ever for what nobody can answer any more.
    for (const one of former) if (!this.#messages.includes(one) && !one.stays) one.answer(undefined);
    return { settle: (given) => this.#settle(message.id, given) };
  }

  /** An answer that cannot be given any more. */
  retract(answer: string): void {
    this.#messages = this.#messages.map((message) =>
      message.stays ? { ...message, answers: message.answers.filter((one) => one !== answer) } : message,
    );
    this.#changed.fire();
  }

  // --- what a person does

  act(act: Act): void {
    switch (act.kind) {
      case "confirm":
        // What was ticked beside another plan says nothing of this one.
        if (act.round !== this.#round) return;
        this.#isConfirmed = act.isConfirmed;
        this.#changed.fire();
        return;
      case "answer": {
        const message = this.#messages.find(({ id, answers }) => id === act.message && answers.includes(act.answer));
        if (message !== undefined) this.#settle(message.id, act.answer);
        return;
      }
      case "press":
        if (act.action === "stop") {
          this.#waiting?.abort();
          return;
        }
        // A click may come late: what was seen then is what was meant.
        if (isDecision(act.action) && act.round === this.#round && this.#isPossible(act.action)) {
          this.#decided(act.action);
        }
    }
  }

  /** Nobody looks at it any more: what AWS was not told yet is left, and nothing is waited for after the end. */
  dismiss(): void {
    this.#isUnseen = true;
    if (this.isOver || !this.#isSent) this.handOver()?.forget();
    if (this.#phase === "review") {
      this.#isDismissed = true;
      this.#decided("discard");
    }
    if (this.#isSent && !this.isOver) return;
    for (const message of this.#messages) if (!message.stays) message.answer(undefined);
  }

  // --- as it is shown

  get page(): ReviewPage {
    return {
      title: this.#about.title,
      phase: this.#phase,
      status: this.#status ?? phaseText(this.#phase),
      tone: this.#tone ?? this.#toneOf(),
      facts: [...this.#about.facts, ...(this.#proposal === undefined ? [] : [this.#proposal.plan.version])],
      plan: this.#proposal?.plan,
      consequences: this.#phase === "review" ? (this.#proposal?.consequences ?? []) : [],
      isConfirmed: this.#isConfirmed,
      blocked: this.#phase === "review" ? this.#proposal?.blocked : undefined,
      round: this.#round,
      steps: this.#steps,
      messages: this.#messages.map(({ answer: _, stays: __, ...message }) => message),
      actions: this.#actions(),
    };
  }

  #toneOf(): Tone {
    if (this.#phase === "failed") return "error";
    if (this.#phase === "done") return "ok";
    return this.#messages.some(({ tone }) => tone === "error") ? "warning" : "info";
  }

  #actions(): readonly PageAction[] {
    const one = (action: PageActionId, label: string, isMain = false): PageAction => ({
      action,
      label,
      isMain,
      isEnabled: !isDecision(action) || this.#isPossible(action),
    });
    const diff = this.#comparison === undefined ? [] : [one("diff", l10n.t("Open Diff"))];
    if (this.#phase !== "review" || this.#proposal === undefined)
      return [...diff, ...(this.#phase === "deploying" ? [one("stop", l10n.t("Stop Waiting"))] : [])];
    const { applyLabel, shell, canChange } = this.#proposal;
    return [
      one("apply", applyLabel, true),
      ...(shell === undefined
        ? []
        : [one("file", l10n.t("Save as File…")), one("commands", l10n.t("Copy AWS CLI Commands ({0})", shell))]),
      ...(canChange ? [one("change", l10n.t("Change Selection…"))] : []),
      ...diff,
      one("discard", l10n.t("Discard")),
    ];
  }

  #isPossible(action: Decision): boolean {
    if (this.#phase !== "review" || this.#proposal === undefined) return false;
    const { consequences, blocked, shell, canChange, hasTemplate } = this.#proposal;
    switch (action) {
      case "apply":
        return blocked === undefined && (consequences.length === 0 || this.#isConfirmed);
      case "file":
      case "commands":
        return shell !== undefined;
      case "change":
        return canChange;
      case "template":
        return hasTemplate;
      case "discard":
        return true;
    }
  }

  #decided(decision: Decision): void {
    const decide = this.#decide;
    if (decide === undefined) return;
    if (decision === "discard") this.#isDiscarded = true;
    this.#decide = undefined;
    decide(decision);
  }

  #remembered({ text, offer }: NonNullable<Remembered["message"]>): Message {
    this.#count += 1;
    return {
      ...{ id: this.#count, tone: "info", text, said: undefined, diagnosis: undefined, standing: undefined },
      answers: offer === undefined ? [] : [offer.label],
      answer: (answer) => (answer === undefined ? undefined : offer?.go()),
      stays: true,
    };
  }

  #settle(id: number, answer: string | undefined): void {
    const message = this.#messages.find((one) => one.id === id);
    if (message === undefined) return;
    if (!message.stays) this.#messages = this.#messages.filter((one) => one !== message);
    this.#changed.fire();
    message.answer(answer);
  }

  #enter(phase: Phase, status?: string): void {
    this.#phase = phase;
    this.#status = status;
    this.#changed.fire();
  }
}

function isOnItsWay({ state }: PageStep): boolean {
  return state === "sending" || state === "deploying" || state === "reading";
}

function isDecision(action: PageActionId): action is Decision {
  return action !== "diff" && action !== "stop";
}

/** In general words. */
function phaseText(phase: Phase): string {
  switch (phase) {
    case "planning":
      return l10n.t("Reading the current configuration…");
    case "review":
      return l10n.t("Nothing has been sent to AWS yet.");
    case "sending":
      return l10n.t("Sending the change to AWS…");
    case "deploying":
      return l10n.t("AWS has accepted the change and is deploying it.");
    case "reading":
      return l10n.t("Deployed. Reading the configuration back…");
    case "done":
      return l10n.t("Done: the change is deployed, and was read back.");
    case "failed":
      return l10n.t("The change did not work.");
    case "left":
      return l10n.t("Nothing more happens with this change here.");
  }
}

function stateText(state: PageStep["state"]): string {
  switch (state) {
    case "next":
      return l10n.t("Not sent yet");
    case "sending":
      return l10n.t("Sending…");
    case "deploying":
      return l10n.t("Accepted by AWS, deploying…");
    case "reading":
      return l10n.t("Deployed, reading back…");
    case "done":
      return l10n.t("Deployed and read back");
    case "failed":
      return l10n.t("Failed");
    case "unknown":
      return l10n.t("It is unknown whether AWS applied it");
    case "refused":
      return l10n.t("AWS did not apply this");
  }
}
