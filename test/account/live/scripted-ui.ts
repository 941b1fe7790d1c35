// Stands in for the user of a live change: answers as a test says, and remembers everything that was shown.
import assert from "node:assert/strict";
import type { Back, Place } from "../../../src/account/asking.ts";
import type { Comparison, Decision, LiveReview } from "../../../src/account/live/review/live-review.ts";
import type { PagePlan, ReviewPage } from "../../../src/account/live/review/page.ts";
import type {
  ClientCertificateQuestion,
  DistributionUi,
  OriginsQuestion,
} from "../../../src/account/live/targets/distribution/tools.ts";
import { type Told, toldText } from "../../../src/account/live/told.ts";
import type { Choice, Elsewhere, Offered } from "../../../src/account/live/ui.ts";
import type { LiveDistribution } from "../../../src/core/inventory.ts";

export interface Asked {
  readonly message: string;
  readonly answers: readonly string[];
  readonly severity: string;
}

export interface Picked {
  readonly what: string;
  readonly title: string;
  /** Step, and of how many. */
  readonly place: readonly [number, number | undefined];
  readonly canGoBack: boolean;
  /** What is selected before anything is chosen. */
  readonly chosen: unknown;
}

/** What was to be decided on. */
export interface Reviewed
  extends Omit<Comparison, "path">,
    Pick<ReviewPage, "consequences" | "blocked" | "steps" | "actions"> {
  readonly plan: PagePlan;
}

/** What the account says of a distribution. */
export type FindDistribution = (id: string) => Promise<LiveDistribution | undefined>;

export class ScriptedUi implements DistributionUi {
  readonly #find: FindDistribution;
  readonly said: Asked[] = [];
  /** As they were when a decision was wanted. */
  readonly reviews: Reviewed[] = [];
  /** Of changes that were decided on elsewhere, or before. */
  readonly followed: LiveReview[] = [];
  /** Whose pages were opened, in order. */
  readonly opened: LiveReview[] = [];
  readonly takenBack: string[] = [];
  page: "visible" | "hidden" | "none" = "none";
  /** Called before a decision is made. */
  onReview: (review: LiveReview) => void = () => {};
  onFollow: (review: LiveReview) => void = () => {};
  readonly comparisons: { readonly title: string; readonly left: string; readonly right: string }[] = [];
  readonly texts: { readonly language: string; readonly text: string }[] = [];
  readonly copied: string[] = [];
  readonly progressed: string[] = [];
  readonly choices: Choice<unknown>[] = [];
  /** Each answers the first thing that it fits, once; what nothing fits is closed. */
  readonly #answers: { readonly fits: RegExp; readonly answer: string }[] = [];
  /** In order; when there is none left, `otherwise`. */
  readonly #decisions: Decision[] = [];
  otherwise: Decision = "discard";
  distribution: string | undefined;
  origins: readonly string[] | undefined;
  /** In order. */
  certificates: (string | Back)[] = [];
  /** Before `distribution` and `origins`, in order. */
  distributions: string[] = [];
  originsInTurn: (readonly string[] | Back)[] = [];
  /** Every question that was asked with something to choose. */
  readonly picked: Picked[] = [];
  chosen: (choice: Choice<unknown>) => unknown = () => undefined;
  /** What was written, by the path that a shell would see; `undefined`: where to is not answered. */
  files: Map<string, string> | undefined;
  readonly left: Elsewhere[] = [];
  /** Called while something is waited for. */
  onProgress: (stop: () => void, message: string) => void = () => {};
  aimed: string | undefined;
  asksForOrigins = 0;

  constructor(find: FindDistribution) {
    this.#find = find;
  }

  answer(fits: RegExp, answer: string): void {
    this.#answers.push({ fits, answer });
  }

  decide(...decisions: readonly Decision[]): void {
    this.#decisions.push(...decisions);
  }

  async say(message: Told, severity = "info"): Promise<void> {
    await this.ask(message, [], severity);
  }

  async ask(told: Told, answers: readonly string[], severity = "info"): Promise<string | undefined> {
    const message = toldText(told);
    this.said.push({ message, answers, severity });
    const index = this.#answers.findIndex(({ fits }) => fits.test(message));
    const [found] = index < 0 ? [] : this.#answers.splice(index, 1);
    if (found === undefined) return undefined;
    assert.ok(
      answers.includes(found.answer),
      `"${message}" has no answer "${found.answer}", only ${answers.join(", ")}`,
    );
    return found.answer;
  }

  confirm(message: string, answers: readonly string[]): Promise<string | undefined> {
    return this.ask(message, answers, "confirm");
  }

  offer(message: Told, { label, go }: Offered, severity = "info"): () => void {
    this.ask(message, [label], severity).then((answer) => (answer === label ? go() : undefined));
    return () => this.takenBack.push(label);
  }

  review(review: LiveReview): void {
    if (!this.opened.includes(review)) this.opened.push(review);
    const decide = () => {
      if (review.phase !== "review") return;
      const { plan, consequences, blocked, steps, actions } = review.page;
      const { comparison } = review;
      assert.ok(plan !== undefined && comparison !== undefined, "a decision is wanted on nothing");
      const { title, before, after, problems } = comparison;
      const decision = this.#decisions.shift() ?? this.otherwise;
      this.reviews.push({ title, before, after, problems, plan, consequences, blocked, steps, actions });
      this.onReview(review);
      if (decision === "apply") review.act({ kind: "confirm", isConfirmed: true, round: review.page.round });
      const { actions: shown } = review.page;
      // Its button stands beside the text of the template.
      const isShown =
        decision === "template"
          ? plan.owner?.template !== undefined
          : shown.some(({ action, isEnabled }) => action === decision && isEnabled);
      assert.ok(isShown, `"${title}" has no "${decision}", only ${JSON.stringify(shown)}`);
      review.act({ kind: "press", action: decision, round: review.page.round });
      // Dry runs, and what is not decided by them, ask again.
      if (decision !== "apply" && decision !== "discard") this.#again(review, decide);
    };
    this.#again(review, decide);
  }

  /** Once somebody waits for a decision. */
  #again(review: LiveReview, decide: () => void): void {
    setImmediate(() => (review.isDeciding ? decide() : review.isOver ? undefined : this.#again(review, decide)));
  }

  follow(review: LiveReview): void {
    this.followed.push(review);
    this.onFollow(review);
  }

  pageOf(): "visible" | "hidden" | "none" {
    return this.page;
  }

  async compare(title: string, _path: string, left: string, right: string): Promise<void> {
    this.comparisons.push({ title, left, right });
  }

  async choose<Value>(choice: Choice<Value>): Promise<Value | undefined> {
    this.choices.push(choice);
    return this.chosen(choice) as Value | undefined;
  }

  async chooseDistribution(
    title: string,
    of?: number,
    _likeness?: unknown,
    chosen?: string,
  ): Promise<LiveDistribution | undefined> {
    this.picked.push({ what: "distribution", title, place: [1, of], canGoBack: false, chosen });
    const id = this.distributions.shift() ?? this.distribution;
    return id === undefined ? undefined : this.#find(id);
  }

  async chooseOrigins({ title, aimed, chosen, place }: OriginsQuestion): Promise<readonly string[] | Back | undefined> {
    this.aimed = aimed;
    this.asksForOrigins += 1;
    if (place !== undefined) this.#remember("origins", title, place, chosen);
    return aimed === undefined ? (this.originsInTurn.shift() ?? this.origins) : [aimed];
  }

  async chooseCertificate({ title, chosen, place }: ClientCertificateQuestion): Promise<string | Back | undefined> {
    this.#remember("certificate", title, place, chosen);
    return this.certificates.shift();
  }

  #remember(what: string, title: string, { step, of, canGoBack }: Place, chosen: unknown): void {
    this.picked.push({ what, title, place: [step, of], canGoBack, chosen });
  }

  async progress<Result>(
    title: string,
    work: (report: (message: string) => void, stop: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.progressed.push(title);
    const stop = new AbortController();
    this.onProgress(() => stop.abort(), "");
    return work((message) => {
      this.progressed.push(message);
      this.onProgress(() => stop.abort(), message);
    }, stop.signal);
  }

  async openText(language: string, text: string): Promise<void> {
    this.texts.push({ language, text });
  }

  async copy(text: string): Promise<void> {
    this.copied.push(text);
  }

  async writeFiles(name: string, texts: readonly string[]): Promise<readonly string[] | undefined> {
    const { files } = this;
    if (files === undefined) return undefined;
    const paths = texts.map((_, index) => (texts.length === 1 ? name : name.replace(".json", `-${index + 1}.json`)));
    paths.forEach((path, index) => void files.set(path, texts[index] ?? ""));
    return paths;
  }

  async leaveFor(where: Elsewhere): Promise<void> {
    this.left.push(where);
  }

  /** All that was said, in one text. */
  get messages(): string {
    return this.said.map(({ message }) => message).join("\n");
  }

  /** Everything that was shown anywhere. */
  get everything(): string {
    return JSON.stringify([
      this.said,
      this.reviews,
      this.comparisons,
      this.texts,
      this.copied,
      this.progressed,
      this.choices,
    ]);
  }
}
