import type { Failure } from "../core/failure.ts";
import { type CredentialSource, FailureError } from "./asked.ts";
import { type Service, type Settings, shownEndpoint } from "./settings.ts";
import type { Transport } from "./transport.ts";

/** What requests are signed with. Held in memory only, for as long as the connection lives. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export interface Credentials {
  /** Found on first use, and anew shortly before they expire; who asks meanwhile shares it. Throws a `FailureError`. */
  readonly keys: () => Promise<Keys>;
  /** Known after the first use. */
  readonly source: () => CredentialSource | undefined;
  /** What no message may hold. */
  readonly secrets: () => readonly string[];
}

export interface CredentialTools {
  readonly settings: Settings;
  readonly transport: Transport;
  /** Rejects where none is given. */
  readonly askMfaCode: (serial: string, isAgain: boolean) => Promise<string>;
  /** Ends with the connection. */
  readonly signal: AbortSignal;
  /** Told, in a sentence, what became of a `credential_process` that was canceled. */
  readonly onProcessEnded?: ((text: string) => void) | undefined;
}

export interface Found {
  readonly keys: Keys;
  readonly source: CredentialSource;
}

export function signedOut(message: string): FailureError {
  const failure: Failure = { failure: "signed-out", message };
  return new FailureError(failure);
}

export function endpointOf(settings: Settings, service: Service): string | undefined {
  const url = settings.endpoints.get(service);
  return url === undefined ? undefined : shownEndpoint(url);
}
