import type { Connection, Identity } from "../../aws/connection.ts";
import { type Failure, isFailure } from "../../core/failure.ts";
import { cancelled } from "../failure-words.ts";
import type { SessionSource } from "../session-source.ts";

/** Why a job that went on under other credentials would be another one. */
export interface OtherAccount {
  readonly otherAccount: string;
}

/**
 * Speaks to one account for as long as a job takes. The session may become another one meanwhile: nothing is then sent
 * under the new name, and what is under way ends.
 */
export class Caller {
  readonly #session: SessionSource;
  #connection: Connection;
  #signal: AbortSignal;

  private constructor(session: SessionSource, connection: Connection, signal: AbortSignal) {
    this.#session = session;
    this.#connection = connection;
    this.#signal = signal;
  }

  static async of(session: SessionSource): Promise<Caller | Failure> {
    const connection = await session.connect();
    if (isFailure(connection)) return connection;
    const { signal, state } = session;
    // Between the answer and this line another profile may have been chosen.
    return state.kind === "connected" && state.connection === connection
      ? new Caller(session, connection, signal)
      : cancelled();
  }

  get identity(): Identity {
    return this.#connection.identity;
  }

  get profile(): string | undefined {
    return this.#connection.profile;
  }

  /** Aborted when the session becomes another one. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /** Whatever came back is told, also where the session ended meanwhile: a change that was made was made. */
  async ask<Answer>(
    call: (connection: Connection, signal: AbortSignal) => Promise<Answer | Failure>,
  ): Promise<Answer | Failure> {
    if (this.#signal.aborted) return cancelled();
    const answer = await call(this.#connection, this.#signal);
    if (isFailure(answer)) this.#session.lost(answer);
    return answer;
  }

  /** Signs in anew where that is needed, for the same account alone. */
  async renewIfNeeded(): Promise<Failure | OtherAccount | undefined> {
    if (!this.#signal.aborted && this.#session.state.kind === "connected") return undefined;
    const { account } = this.identity;
    const fresh =
      this.#session.state.kind === "failed"
        ? await this.#session.reconnect().then(() => Caller.of(this.#session))
        : await Caller.of(this.#session);
    if (isFailure(fresh)) return fresh;
    if (fresh.identity.account !== account) return { otherAccount: fresh.identity.account };
    this.#connection = fresh.#connection;
    this.#signal = fresh.#signal;
    return undefined;
  }
}
