import { type Failure, isFailure } from "../core/failure.ts";

export interface TagsOptions {
  readonly ask: (arn: string) => Promise<ReadonlyMap<string, string> | Failure>;
  /** Tags became known, or why they are not. */
  readonly changed: (arn: string) => void;
  readonly fault: (error: unknown) => Failure;
}

/** How many are asked for at a time: nobody waits for them. */
const width = 2;

/** Tags of distributions, by ARN: they say who owns one. Each takes a call. */
export class DistributionTags {
  readonly #options: TagsOptions;
  readonly #known = new Map<string, ReadonlyMap<string, string> | Failure>();
  /** Since the last refresh: what is known from before stays until there is an answer. */
  readonly #asked = new Set<string>();
  #waiting: string[] = [];
  #workers = 0;

  constructor(options: TagsOptions) {
    this.#options = options;
  }

  /** `undefined`: not known yet. */
  of(arn: string): ReadonlyMap<string, string> | Failure | undefined {
    return this.#known.get(arn);
  }

  want(arns: readonly string[]): void {
    const wanted = arns.filter((arn) => !this.#asked.has(arn));
    for (const arn of wanted) this.#asked.add(arn);
    this.#waiting.push(...wanted);
    while (this.#workers < width && this.#waiting.length > 0) {
      this.#workers += 1;
      void this.#work().finally(() => {
        this.#workers -= 1;
      });
    }
  }

  /** Each is asked for again with the next request. */
  doubt(): void {
    this.#asked.clear();
  }

  stop(): void {
    for (const arn of this.#waiting.splice(0)) this.#asked.delete(arn);
  }

  async #work(): Promise<void> {
    for (let arn = this.#waiting.shift(); arn !== undefined; arn = this.#waiting.shift()) {
      const answer = await this.#options.ask(arn).catch(this.#options.fault);
      // What one may not be asked, or not now, the others would not answer either.
      if (isFailure(answer) && answer.failure !== "not-found") this.stop();
      if (isFailure(answer) && answer.failure === "cancelled") continue;
      const before = this.#known.get(arn);
      if (!isFailure(answer) || before === undefined || isFailure(before)) this.#known.set(arn, answer);
      this.#options.changed(arn);
    }
  }
}
