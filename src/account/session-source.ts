import type { Connection } from "../aws/connection.ts";
import type { Failure } from "../core/failure.ts";

export type SessionState =
  /** No connection was requested yet. */
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly connection: Connection }
  | { readonly kind: "failed"; readonly failure: Failure };

/** The session under which AWS is spoken to, as far as a job needs it. */
export interface SessionSource {
  readonly state: SessionState;
  /** Aborted as soon as the session becomes another one. */
  readonly signal: AbortSignal;
  connect(): Promise<Connection | Failure>;
  /** Forgets a failure or a connection, and connects anew. */
  reconnect(): Promise<Connection | Failure>;
  /** Told what a call met. */
  lost(failure: Failure): void;
}
