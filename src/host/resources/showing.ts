import * as vscode from "vscode";
import {
  type CertificateSort,
  certificateSorts,
  type DistributionSort,
  distributionSorts,
} from "../../account/judged.ts";
import { type Asked, filterWords } from "../../account/model.ts";
import { contextKeys } from "../../manifest.ts";

const memoryKey = "mtls.sort";

/** Which rows the view shows, and in which order. */
export class Showing implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  #filter = "";
  #words: readonly string[] = [];
  #certificateSort: CertificateSort = "expiry";
  #distributionSort: DistributionSort = "name";
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    for (const sort of memory.get<readonly string[]>(memoryKey) ?? []) this.#take(sort);
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    const words = filterWords(text);
    this.#filter = text.trim();
    if (words.join("\n") === this.#words.join("\n")) return;
    this.#words = words;
    void vscode.commands.executeCommand("setContext", contextKeys.isFiltered, words.length > 0);
    this.#changed.fire();
  }

  get isFiltered(): boolean {
    return this.#words.length > 0;
  }

  asked(): Omit<Asked, "now" | "warningDays"> {
    return { filter: this.#words, certificateSort: this.#certificateSort, distributionSort: this.#distributionSort };
  }

  async sort(
    by: { readonly certificates: CertificateSort } | { readonly distributions: DistributionSort },
  ): Promise<void> {
    if ("certificates" in by) this.#certificateSort = by.certificates;
    else this.#distributionSort = by.distributions;
    this.#changed.fire();
    await this.#memory.update(memoryKey, [
      `certificates ${this.#certificateSort}`,
      `distributions ${this.#distributionSort}`,
    ]);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** What an older version kept may not be known any more. */
  #take(kept: string): void {
    const [of, by] = kept.split(" ");
    this.#certificateSort =
      certificateSorts.find((sort) => of === "certificates" && sort === by) ?? this.#certificateSort;
    this.#distributionSort =
      distributionSorts.find((sort) => of === "distributions" && sort === by) ?? this.#distributionSort;
  }
}
