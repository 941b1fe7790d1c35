// Stands in for the user of a live change: answers as a test says, and remembers everything that was shown.
import assert from "node:assert/strict";
import type { Back, Place } from "../../../src/account/asking.ts";
import type {
  ClientCertificateQuestion,
  DistributionUi,
  OriginsQuestion,
} from "../../../src/account/live/targets/distribution/tools.ts";
import type { Choice, Elsewhere, Review } from "../../../src/account/live/ui.ts";
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

/** What the account says of a distribution. */
export type FindDistribution = (id: string) => Promise<LiveDistribution | undefined>;

export class ScriptedUi implements DistributionUi {
  readonly #find: FindDistribution;
  readonly said: Asked[] = [];
  readonly reviews: Review<string>[] = [];
  readonly comparisons: { readonly title: string; readonly left: string; readonly right: string }[] = [];
  readonly texts: { readonly language: string; readonly text: string }[] = [];
  readonly copied: string[] = [];
  readonly progressed: string[] = [];
  readonly choices: Choice<unknown>[] = [];
  /** Each answers the first thing that it fits, once; what nothing fits is closed. */
  readonly #answers: { readonly fits: RegExp; readonly answer: string }[] = [];
  /** In order; when there is none left, `otherwise`. */
  readonly #decisions: string[] = [];
  otherwise = "cancel";
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

  decide(...decisions: readonly string[]): void {
    this.#decisions.push(...decisions);
  }

  async say(message: string, severity = "info"): Promise<void> {
    await this.ask(message, [], severity);
  }

  async ask(message: string, answers: readonly string[], severity = "info"): Promise<string | undefined> {
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

  async review<Answer extends string>(review: Review<Answer>): Promise<Answer | undefined> {
    this.reviews.push(review);
    const decision = this.#decisions.shift() ?? this.otherwise;
    const found = review.answers.find(({ answer }) => answer === decision);
    if (decision !== "cancel")
      assert.ok(
        found,
        `"${review.title}: ${review.question}" has no answer "${decision}", only ${review.answers.map(({ answer }) => answer).join(", ")}`,
      );
    return found?.answer;
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
