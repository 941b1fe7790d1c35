import type * as vscode from "vscode";
import type { Facts } from "../../core/facts.ts";
import { indexOf } from "../../core/x509/path/chain.ts";
import { signaturePairs } from "../../core/x509/path/pairs.ts";
import { isOpenPair, type SignaturePair, type SignatureVerdicts } from "../../core/x509/path/verdicts.ts";
import { SignatureChecker } from "../../platform/node/crypto.ts";
import { type Log, logFault } from "../editor/log.ts";
import type { Documents } from "./documents.ts";

/** Verifies the signatures in open documents between other work, and has the rules run again when more is known. */
export class Signatures implements vscode.Disposable {
  readonly #checker = new SignatureChecker();
  readonly #running = new Map<string, AbortController>();
  readonly #log: Log;
  readonly verdicts: SignatureVerdicts = this.#checker;

  constructor(log: Log) {
    this.#log = log;
  }

  dispose(): void {
    for (const run of this.#running.values()) run.abort();
  }

  follow(documents: Documents): vscode.Disposable {
    return documents.onDidCheck((document) => {
      this.#verify(document, documents).catch((error: unknown) => logFault(this.#log, "signatures", error));
    });
  }

  /** Until all that can be known of a file is known. */
  async verifyAll(facts: Facts, signal = new AbortController().signal): Promise<void> {
    if (facts.kind === "bundle") await this.verify(signaturePairs(indexOf(facts.bundle)).pairs, signal);
  }

  /**
   * Verifies what is not known yet, between other work, until `signal` is aborted.
   * @returns whether there was something to verify
   */
  async verify(pairs: readonly SignaturePair[], signal: AbortSignal): Promise<boolean> {
    const unknown = pairs.filter((pair) => isOpenPair(pair, this.verdicts));
    if (unknown.length > 0) await this.#checker.verifyInSlices(unknown, { signal });
    return unknown.length > 0;
  }

  async #verify(document: vscode.TextDocument, documents: Documents): Promise<void> {
    const key = document.uri.toString();
    this.#running.get(key)?.abort();
    this.#running.delete(key);
    const facts = documents.last(document)?.facts;
    if (facts?.kind !== "bundle") return;
    const run = new AbortController();
    this.#running.set(key, run);
    const isNews = await this.verify(signaturePairs(indexOf(facts.bundle)).pairs, run.signal);
    if (run.signal.aborted) return;
    this.#running.delete(key);
    if (isNews) documents.recheckOne(document);
  }
}
