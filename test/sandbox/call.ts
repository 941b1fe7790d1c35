import type { Principal } from "./identity.ts";
import type { State } from "./state.ts";

/** One operation that somebody calls. */
export interface Call {
  readonly state: State;
  readonly principal: Principal;
  readonly region: string;
  readonly operation: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** What the operation is about, from the path. */
  readonly resource: string | undefined;
  /** What was asked for to go wrong inside of the operation. */
  readonly sabotage: Sabotage;
  readonly deploySeconds: number;
}

export interface Sabotage {
  /** Applied to a distribution right before it is updated. */
  readonly changeBehind: readonly Replacement[];
  /** Applied to what is kept of an update. */
  readonly notKept: readonly Replacement[];
  readonly dropMembers: readonly string[];
  readonly refusedCertificate:
    | { readonly code: string; readonly status: number; readonly message: string | undefined }
    | undefined;
}

export interface Replacement {
  readonly find: string;
  readonly replace: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
