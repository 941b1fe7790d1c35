import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";

/** Where the credentials come from in the end, behind all roles. */
export interface CredentialSource {
  readonly kind:
    | "sso"
    | "login"
    | "process"
    | "web-identity"
    | "keys"
    | "environment"
    | "container"
    | "instance"
    | "other";
  /** The profile that says so, where one does. */
  readonly profile: string | undefined;
}

/** What was asked, as far as a failure has to tell of it. */
export interface Asked {
  /** The IAM action, as in `acm:ListCertificates`. */
  readonly action: string;
  readonly source: CredentialSource | undefined;
  /** Where it is not AWS's own. */
  readonly endpoint: string | undefined;
  /** Where one of several was asked, as in ACM. */
  readonly region?: string | undefined;
  /** AWS may have carried it out although no answer came. */
  readonly isChange?: boolean;
  /** What no message may contain, wherever its text comes from. */
  readonly secrets?: readonly string[];
}

/** Thrown where only an exception gets through, as from within the SDK; `failureOf` takes it out again. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Says that the outcome is unknown where it cannot be known. */
export function perhapsApplied(failure: Failure, { isChange }: Asked): Failure {
  if (isChange !== true) return failure;
  return {
    ...failure,
    message: l10n.t(
      "{0} It is unknown whether the change was applied. Check the distribution before you try again.",
      failure.message,
    ),
    cause: failure.message,
    mayHaveApplied: true,
  };
}

export function serviceOf({ action }: Pick<Asked, "action">): string {
  switch (action.split(":")[0]) {
    case "acm":
      return "ACM";
    case "cloudfront":
      return "CloudFront";
    case "sts":
      return "STS";
    default:
      return "IAM Identity Center";
  }
}
