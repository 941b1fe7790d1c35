import * as l10n from "@vscode/l10n";
import type { Connection } from "../aws/connection.ts";
import { type Failure, isFailure } from "../core/failure.ts";
import { othersFirst } from "../platform/node/turns.ts";
import type { AwsModules } from "./aws.ts";
import { Emitter, type Event } from "./event.ts";
import { cancelled } from "./failure-words.ts";
import type { Memory } from "./memory.ts";
import type { SessionSource, SessionState } from "./session-source.ts";

/** A connection and the signal of the profile it was made for: what is asked through the one ends with the other. */
interface Established {
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

/** What the window has for a session. */
export interface SessionTools {
  readonly aws: AwsModules;
  readonly memory: Memory;
  /** Nothing asks AWS for anything where this is not so. */
  readonly isTrusted: () => boolean;
  /** The profile of the settings; `undefined`: the environment decides. */
  readonly setProfile: () => string | undefined;
  readonly onDidSetProfile: Event<void>;
  /**
   * Rejects where none is given.
   * @param isAgain AWS did not take the code before
   */
  readonly askMfaCode: (serial: string, isAgain: boolean, signal: AbortSignal) => Promise<string>;
  /** Kept for who looks for what went wrong. */
  readonly note: (text: string) => void;
  /** A bug. */
  readonly fault: (where: string, error: unknown) => void;
}

const memoryKey = "mtls.profile";

/**
 * With which profile AWS is spoken to. Connects when something first needs it, never in a workspace that is not
 * trusted.
 * Choosing another profile aborts what is under way: nothing that was asked under one name is shown under another.
 */
export class Session implements SessionSource {
  readonly #tools: SessionTools;
  readonly #changed = new Emitter<void>();
  readonly #throttled = new Emitter<string>();
  readonly #subscription: { dispose(): void };
  #profile: string | undefined;
  #state: SessionState = { kind: "idle" };
  #abort = new AbortController();
  #established: Promise<Established | Failure> | undefined;
  #connection: Connection | undefined;
  /** Of the sign-in that was canceled, as long as that is what is the matter. */
  #cancelled: AbortSignal | undefined;
  /** Fires after the profile or the state changed. */
  readonly onDidChange = this.#changed.event;
  /** Fires each time AWS asks to slow down, with the operation that is going to be tried again. */
  readonly onDidThrottle = this.#throttled.event;

  constructor(tools: SessionTools) {
    this.#tools = tools;
    this.#profile = this.#chosen();
    this.#subscription = tools.onDidSetProfile(() => {
      if (this.#chosen() !== this.#profile) this.#leave(this.#chosen());
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** `undefined`: the environment decides. */
  get profile(): string | undefined {
    return this.#profile;
  }

  /** For every call under this profile: aborted as soon as another one is chosen. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The connection, made on first use and shared by all requests meanwhile. A failure stays until `reconnect`. */
  async connect(): Promise<Connection | Failure> {
    const established = await this.#establish();
    return isFailure(established) ? established : established.connection;
  }

  /**
   * One call under this profile. What comes back after another one was chosen is `cancelled`, whatever it is; what says
   * that the credentials do not count any more is the failure of the session, too.
   */
  async ask<Answer>(
    call: (connection: Connection, signal: AbortSignal) => Promise<Answer | Failure>,
  ): Promise<Answer | Failure> {
    const established = await this.#establish();
    if (isFailure(established)) return established;
    const { connection, signal } = established;
    if (signal.aborted) return cancelled();
    const answer = await call(connection, signal);
    if (signal.aborted) return cancelled();
    if (isFailure(answer)) this.lost(answer);
    return answer;
  }

  /** Tells what a call met. Credentials that do not count any more are not used again: the next step is `reconnect`. */
  lost(failure: Failure): void {
    if (this.#state.kind !== "connected" || !endsSession(failure)) return;
    this.#established = Promise.resolve(failure);
    this.#become({ kind: "failed", failure });
  }

  /** Another profile, or the same again; `undefined`: the environment decides. */
  async use(profile: string | undefined): Promise<void> {
    this.#leave(profile);
    await this.#tools.memory.update(memoryKey, profile ?? "");
  }

  /** Forgets a failure or a connection with all that came through it, and connects anew. */
  reconnect(): Promise<Connection | Failure> {
    this.#leave(this.#profile);
    return this.connect();
  }

  /** Ends a sign-in that takes too long; what is connected stays so. */
  cancel(): void {
    if (this.#state.kind !== "connecting") return;
    const { signal } = this.#abort;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#stop(signal, cancelled());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#abort.abort();
    this.#drop();
    this.#changed.dispose();
    this.#throttled.dispose();
  }

  /** What was picked for this workspace, else what the settings say. */
  #chosen(): string | undefined {
    return (this.#tools.memory.get<string>(memoryKey) ?? this.#tools.setProfile()) || undefined;
  }

  #leave(profile: string | undefined): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#drop();
    this.#profile = profile;
    this.#established = undefined;
    this.#become({ kind: "idle" });
  }

  #stop(signal: AbortSignal, failure: Failure): void {
    this.#established = Promise.resolve(failure);
    this.#become({ kind: "failed", failure });
    this.#cancelled = signal;
  }

  /** What became of what a sign-in had begun. */
  #tellEnd(text: string, signal: AbortSignal): void {
    this.#tools.note(text);
    if (this.#cancelled === signal)
      this.#stop(signal, { ...cancelled(), message: l10n.t("Sign-in was canceled. {0}", text) });
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined)
      this.#tools.aws
        .connection()
        .then(({ dispose }) => dispose(connection))
        .catch((error: unknown) => this.#tools.fault("disconnect", error));
  }

  #establish(): Promise<Established | Failure> {
    if (!this.#tools.isTrusted())
      return Promise.resolve({
        failure: "refused",
        message: l10n.t("mTLS Workbench does not connect to AWS in an untrusted workspace."),
      });
    if (this.#established === undefined) {
      this.#established = this.#begin(this.#profile, this.#abort.signal);
      // Listeners may request the connection, which is under way by now.
      this.#become({ kind: "connecting" });
    }
    return this.#established;
  }

  async #begin(profile: string | undefined, signal: AbortSignal): Promise<Established | Failure> {
    try {
      // Loading that takes a while, as did what led here: others come in between.
      await othersFirst();
      const { connect, dispose } = await this.#tools.aws.connection();
      const answer = await connect({
        profile,
        signal,
        askMfaCode: (serial, isAgain) => this.#tools.askMfaCode(serial, isAgain, signal),
        onThrottled: (operation) => {
          if (!signal.aborted) this.#throttled.fire(operation);
        },
        onProcessEnded: (text) => this.#tellEnd(text, signal),
      });
      if (signal.aborted) {
        if (!isFailure(answer)) dispose(answer);
        return cancelled();
      }
      if (isFailure(answer)) {
        this.#tools.note(
          `AWS, profile ${profile ?? "of the environment"}: ${answer.failure}${answer.said === undefined ? "" : ` (${answer.said.code})`}`,
        );
        this.#become({ kind: "failed", failure: answer });
        return answer;
      }
      this.#connection = answer;
      const { account, region, endpoint } = answer.identity;
      this.#tools.note(
        `AWS, profile ${profile ?? "of the environment"}: account ${account}, ${region}${endpoint === undefined ? "" : `, ${endpoint}`}`,
      );
      this.#become({ kind: "connected", connection: answer });
      return { connection: answer, signal };
    } catch (error) {
      this.#tools.fault("connect", error);
      if (signal.aborted) return cancelled();
      const failure: Failure = {
        failure: "unknown",
        message: l10n.t(
          'Could not connect to AWS because of an internal error in mTLS Workbench. For details, see the "mTLS Workbench" output channel.',
        ),
      };
      this.#become({ kind: "failed", failure });
      return failure;
    }
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#cancelled = undefined;
    this.#changed.fire();
  }
}

/**
 * One of many regions may not know credentials that count everywhere else; where they do not count at all, CloudFront
 * says so.
 */
function endsSession({ failure, action }: Failure): boolean {
  return failure === "expired" || (failure === "signed-out" && action?.startsWith("acm:") !== true);
}
