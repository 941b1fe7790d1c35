/**
 * `signed-out`: there are no credentials, or they cannot be had. `expired`: there were. `denied`: the identity may not
 * do it. `throttled`: too many requests, also after the SDK's own retries. `conflict`: another update changed it
 * first.
 * `offline`: the service cannot be reached. `wrong-endpoint`: something answers, and it is not the service. `refused`:
 * the service does not take what it was sent. `cancelled`: by the user, or because another profile was chosen.
 */
export type FailureKind =
  | "signed-out"
  | "expired"
  | "denied"
  | "throttled"
  | "conflict"
  | "not-found"
  | "offline"
  | "wrong-endpoint"
  | "refused"
  | "cancelled"
  | "unknown";

/** What went wrong outside, as a value: nothing of it is a bug. */
export interface Failure {
  readonly failure: FailureKind;
  /** For the user: what went wrong, and what to do. Never holds a credential, a token or a header value. */
  readonly message: string;
  /** The service's own words, verbatim. */
  readonly said?: { readonly code: string; readonly message: string; readonly status: number | undefined };
  /** The IAM action that was asked for, as in `cloudfront:ListDistributions`. */
  readonly action?: string;
  /** A command for the shell that mends it, as in `aws sso login --profile dev`. */
  readonly command?: string;
  /** Beside `mayHaveApplied`: the message without that, for whoever has looked since. */
  readonly cause?: string;
  /** Of a change alone: no answer came, and AWS may have taken it all the same. */
  readonly mayHaveApplied?: true;
}

export function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "failure" in value;
}
