import * as vscode from "vscode";
import type { Failure } from "../aws/failure.ts";
import type { AcmCertificate, Inventory, LiveDistribution } from "../core/inventory.ts";
import type { Log } from "./log.ts";
import type { Session } from "./session.ts";

/** A list that is loaded page by page. */
export interface Listing<T> {
  /** In the order in which they came. */
  readonly items: readonly T[];
  /** `stopped`: there is more, and nobody asks for it: it was cancelled, or is longer than what is loaded unasked. */
  readonly state: "idle" | "loading" | "stopped" | "complete";
  /** Why it did not go on; what came before it is in `items`. */
  readonly failure: Failure | undefined;
}

/** What is known of the account of a session. Empty again as soon as the session is another one. */
export class Account implements vscode.Disposable {
  readonly session: Session;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires, not more often than is worth drawing, after something became known. */
  readonly onDidChange = this.#changed.event;

  constructor(session: Session, log: Log) {
    this.session = session;
    this.#log = log;
  }

  /** `undefined` while nothing is connected. The same object as long as nothing became known. */
  current(): Inventory | undefined {
    return undefined;
  }

  certificates(_region: string): Listing<AcmCertificate> {
    return { items: [], state: "idle", failure: undefined };
  }

  distributions(): Listing<LiveDistribution> {
    return { items: [], state: "idle", failure: undefined };
  }

  /** Connects and begins loading what is not loaded yet; resolves when the first page is there, or why there is none. */
  async loadCertificates(_region: string): Promise<Failure | undefined> {
    this.#log.trace("load");
    return undefined;
  }

  async loadDistributions(): Promise<Failure | undefined> {
    return undefined;
  }

  /** All of a listing, not only its first page. */
  async whole(_what: { readonly kind: "certificates"; readonly region: string } | { readonly kind: "distributions" }): Promise<Failure | undefined> {
    return undefined;
  }

  /** A certificate with its details (DescribeCertificate, GetCertificate), asked for once; `not-found` is remembered as absent. */
  async details(_arn: string): Promise<AcmCertificate | Failure> {
    throw new Error("Nothing is known");
  }

  /** ARNs that somebody shows: asked for in the background, within ACM's rates. */
  wanted(_arns: readonly string[]): void {}

  /** What a distribution has become, without listing all of them again. */
  async refreshDistribution(_id: string): Promise<LiveDistribution | Failure> {
    throw new Error("Nothing is known");
  }

  /** Loads everything anew that was loaded. */
  async refresh(): Promise<void> {}

  /** Stops loading; what is there stays. */
  cancel(): void {}

  dispose(): void {
    this.#changed.dispose();
  }
}
