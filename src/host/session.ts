import * as vscode from "vscode";
import type { Connection } from "../aws/connection.ts";
import type { Failure } from "../aws/failure.ts";
import type { Log } from "./log.ts";

export type SessionState =
  /** Nobody asked for anything yet. */
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * With which profile AWS is spoken to. Connects when something first needs it, never in a workspace that is not trusted.
 * Choosing another profile aborts what is under way: nothing that was asked under one name is shown under another.
 */
export class Session implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  #state: SessionState = { kind: "idle" };
  #abort = new AbortController();
  /** Fires after the profile or the state changed. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento, log: Log) {
    this.#memory = memory;
    this.#log = log;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** `undefined`: the environment decides. */
  get profile(): string | undefined {
    return this.#memory.get<string>("mtls.profile");
  }

  /** For every call under this profile: aborted as soon as another one is chosen. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The connection, made on first use; everybody who asks meanwhile shares it. A failure stays until `reconnect`. */
  connect(): Promise<Connection | Failure> {
    this.#log.trace("connect");
    throw new Error("Not connected");
  }

  /** Another profile, or the same again. */
  async use(profile: string | undefined): Promise<void> {
    await this.#memory.update("mtls.profile", profile);
  }

  /** Forgets a failure or a connection, and connects anew. */
  reconnect(): Promise<Connection | Failure> {
    return this.connect();
  }

  dispose(): void {
    this.#abort.abort();
    this.#changed.dispose();
  }
}
