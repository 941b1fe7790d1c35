import type { Failure } from "./failure.ts";

export interface ConnectOptions {
  /** `undefined`: the environment decides, as in the CLI. */
  readonly profile: string | undefined;
  /** Rejects where the user gives none: the connection is then `cancelled`. */
  readonly askMfaCode: (serial: string) => Promise<string>;
  readonly signal: AbortSignal;
  /** Told each time AWS asks to slow down and the call is going to be tried again. */
  readonly onThrottled?: (operation: string) => void;
}

export interface Connection {
  readonly profile: string | undefined;
  readonly identity: Identity;
}

export interface Identity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
  /** As in an ARN. */
  readonly partition: string;
  /** Of the environment or the profile; `us-east-1` where neither says one. */
  readonly region: string;
  /** Where it is not AWS's own. */
  readonly endpoint: string | undefined;
}

/** Finds credentials and asks whose they are. Aborting gives `cancelled`. */
export async function connect(_options: ConnectOptions): Promise<Connection | Failure> {
  throw new Error("Not connected");
}

/** Ends what is under way, and closes its sockets. */
export function dispose(_connection: Connection): void {}
