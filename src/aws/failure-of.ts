import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";
import { anyShellWord } from "../core/shell.ts";
import { type Asked, type CredentialSource, FailureError, perhapsApplied, serviceOf } from "./asked.ts";
import { ofNoAnswer } from "./no-answer.ts";
import { type Answer, ofStranger } from "./stranger.ts";
import { NoAnswer } from "./transport.ts";

const expired = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]);
const unknownKey = new Set([
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "AuthFailure",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
]);
/** What a region says, too, that an account has not enabled. */
const unknownInRegion = new Set(["InvalidClientTokenId", "UnrecognizedClientException"]);
/** No account is without it. */
const alwaysEnabledRegion = "us-east-1";
const wrongSignature = new Set([
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "IncompleteSignatureException",
]);
const wrongTime = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]);
const denied = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "AuthorizationError",
  "AuthorizationErrorException",
  "NotAuthorized",
  "UnauthorizedException",
]);
const throttled = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "TooManyRequests",
  "RequestLimitExceeded",
  "BandwidthLimitExceeded",
  "SlowDown",
  "PriorRequestNotComplete",
]);
const conflict = new Set(["PreconditionFailed", "InvalidIfMatchVersion"]);
const notFound = new Set(["NoSuchDistribution", "NoSuchResource", "ResourceNotFoundException"]);

/** Every one is its own text: what is wrong, and what to do about it. */
export function failureOf(error: unknown, asked: Asked): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof NoAnswer) return ofNoAnswer(error, asked);
  const answer = answerOf(error);
  if (answer === undefined)
    return {
      failure: "unknown",
      message: l10n.t("Could not call {0}: {1}", serviceOf(asked), oneLine(errorText(error), asked)),
    };
  return answer.code === undefined ? ofStranger(answer, asked) : ofService(answer.code, answer, asked);
}

/** Too many requests: not carried out, and worth trying again. */
export function isThrottled(error: unknown): boolean {
  const answer = answerOf(error);
  return answer?.code !== undefined && (throttled.has(answer.code) || answer.status === 429);
}

function ofService(code: string, answer: Answer, asked: Asked): Failure {
  const said = { code, message: cleaned(answer.message, code, asked), status: answer.status };
  const { action } = asked;
  const service = serviceOf(asked);
  const isSaying = (words: RegExp) => words.test(answer.message);
  if (wrongTime.has(code) || (wrongSignature.has(code) && isSaying(/Signature (expired|not yet current)/i))) {
    return {
      failure: "refused",
      message: l10n.t(
        "AWS rejected the request because of its timestamp. Set the clock of this machine, then try again.",
      ),
      said,
      action,
    };
  }
  if (expired.has(code)) return { ...expiredFailure(asked.source), said, action };
  // ACM is asked only with what STS has accepted.
  if (
    unknownInRegion.has(code) &&
    action.startsWith("acm:") &&
    asked.region !== undefined &&
    asked.region !== alwaysEnabledRegion
  ) {
    return {
      failure: "refused",
      message: l10n.t(
        "ACM in {0} does not recognize these credentials, although STS does. The Region might not be enabled for this account. Enable it, or select other certificate Regions.",
        asked.region,
      ),
      said,
      action,
    };
  }
  if (unknownKey.has(code)) {
    return {
      failure: "signed-out",
      message: l10n.t(
        "AWS does not recognize the access key. It might be deleted or inactive, or belong to a different partition than the Region (China, GovCloud). The Region might also not be enabled for the account, or a session token might be missing. Select another profile, or sign in again.",
      ),
      said,
      action,
    };
  }
  if (wrongSignature.has(code)) {
    return {
      failure: "signed-out",
      message: l10n.t(
        "AWS rejected the signature: the secret access key does not match the access key. Correct the credentials, or select another profile.",
      ),
      said,
      action,
    };
  }
  if (code === "OptInRequired" || code === "SubscriptionRequiredException")
    return { failure: "denied", message: l10n.t("The account is not signed up for {0}.", service), said, action };
  if (throttled.has(code) || answer.status === 429)
    return {
      failure: "throttled",
      message: l10n.t(
        "{0} is throttling requests, even after several retries. Wait a moment, then try again.",
        service,
      ),
      said,
      action,
    };
  if (denied.has(code)) {
    if (action === "sts:AssumeRole" && isSaying(/MultiFactorAuthentication/))
      return {
        failure: "signed-out",
        message: l10n.t(
          "AWS could not verify the MFA code. Check mfa_serial in the profile, and whether the device is registered for this user.",
        ),
        said,
        action,
      };
    return {
      failure: "denied",
      message: l10n.t(
        "This identity is not authorized to perform {0}. Request the permission, or select another profile.",
        action,
      ),
      said,
      action,
    };
  }
  if (conflict.has(code) || answer.status === 412)
    return {
      failure: "conflict",
      message: l10n.t("Another update changed it first: the version to change no longer exists. Nothing was changed."),
      said,
      action,
    };
  if (notFound.has(code))
    return {
      failure: "not-found",
      message: l10n.t(
        "{0} reports that the resource does not exist. It might have been deleted, or belong to another account or Region.",
        service,
      ),
      said,
      action,
    };
  if (answer.status >= 500)
    return perhapsApplied(
      {
        failure: "unknown",
        message: l10n.t(
          "{0} returned a server error ({1}, {2}). Try again later.",
          service,
          code,
          String(answer.status),
        ),
        said,
        action,
      },
      asked,
    );
  if (answer.status === 403)
    return {
      failure: "denied",
      message: l10n.t(
        "This identity is not authorized to perform {0}. Request the permission, or select another profile.",
        action,
      ),
      said,
      action,
    };
  return { failure: "refused", message: l10n.t("{0} rejected the request ({1}).", service, code), said, action };
}

/** Whether it was the code, and not the device: another one may be taken. */
export function isWrongMfaCode({ action, said }: Failure): boolean {
  return action === "sts:AssumeRole" && /invalid MFA one[ -]time pass ?code/i.test(said?.message ?? "");
}

/** What to do about credentials that were good until now. */
export function expiredFailure(source: CredentialSource | undefined): Failure {
  const name = source?.profile;
  const signIn = source === undefined ? undefined : signInCommand(source);
  if (signIn !== undefined && name !== undefined) {
    // What is read here may be run in any shell.
    const word = anyShellWord(name);
    if (word === undefined)
      return {
        failure: "expired",
        message: l10n.t(
          'The session of the profile "{0}" has expired or was never started. Run "{1}" for this profile, then try again. There is no command to copy, because shells quote the name of the profile differently.',
          name,
          signIn,
        ),
      };
    const command = `${signIn} --profile ${word}`;
    return {
      failure: "expired",
      message: l10n.t(
        'The session of the profile "{0}" has expired or was never started. Run "{1}", then try again.',
        name,
        command,
      ),
      command,
    };
  }
  switch (source?.kind) {
    case "environment":
      return {
        failure: "expired",
        message: l10n.t(
          "The credentials in the environment have expired. Set new ones in the environment that starts the editor, or select a profile.",
        ),
      };
    case "container":
    case "instance":
      return {
        failure: "expired",
        message: l10n.t("The credentials of this machine have expired. Try again, or select a profile."),
      };
    default:
      return name === undefined
        ? { failure: "expired", message: l10n.t("The credentials have expired. Renew them, then try again.") }
        : {
            failure: "expired",
            message: l10n.t('The credentials of the profile "{0}" have expired. Renew them, then try again.', name),
          };
  }
}

/** The command with which somebody signs in. */
function signInCommand({ kind }: CredentialSource): string | undefined {
  if (kind === "sso") return "aws sso login";
  return kind === "login" ? "aws login" : undefined;
}

/** By the user, or because another profile was chosen. */
export function cancelledFailure(asked: Asked, wasSent: boolean): Failure {
  return wasSent && asked.isChange === true
    ? {
        failure: "cancelled",
        message: l10n.t("Canceled after the change was sent. It is unknown whether the change was applied."),
        action: asked.action,
        mayHaveApplied: true,
      }
    : { failure: "cancelled", message: l10n.t("Canceled."), action: asked.action };
}

function answerOf(error: unknown): Answer | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const response =
    "$response" in error && typeof error.$response === "object" && error.$response !== null
      ? error.$response
      : undefined;
  const metadata =
    "$metadata" in error && typeof error.$metadata === "object" && error.$metadata !== null
      ? error.$metadata
      : undefined;
  const status = numberIn(response, "statusCode") ?? numberIn(metadata, "httpStatusCode");
  if (status === undefined) return undefined;
  const headers: Readonly<Record<string, unknown>> =
    response !== undefined && "headers" in response && typeof response.headers === "object" && response.headers !== null
      ? { ...response.headers }
      : {};
  const raw = response !== undefined && "body" in response ? response.body : undefined;
  const body =
    typeof raw === "string"
      ? raw.slice(0, mostOfBody)
      : raw instanceof Uint8Array
        ? Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, mostOfBody)).toString("utf8")
        : "";
  const contentType = String(headers["content-type"] ?? "");
  const name = error instanceof Error ? error.name : "";
  // The SDK makes a name of the status where the answer gives none.
  // A page for people may have code in it, too.
  const isOfAws =
    "$fault" in error &&
    status >= 300 &&
    /^[\w.:#-]{1,100}$/.test(name) &&
    !/^text\/html/i.test(contentType) &&
    (typeof headers["x-amzn-errortype"] === "string" || /<Code>|"__type"|"code"/i.test(body));
  return {
    status,
    code: isOfAws ? name : undefined,
    message: error instanceof Error ? error.message : "",
    contentType,
  };
}

function numberIn(object: object | undefined, name: string): number | undefined {
  const value: unknown = object === undefined ? undefined : Reflect.get(object, name);
  return typeof value === "number" ? value : undefined;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function oneLine(text: string, asked: Asked): string {
  return withoutSecrets(text.split(/\r?\n/, 1)[0] ?? "", asked).slice(0, 300);
}

/** In characters: an error of a service is short, what a proxy or a server of another kind says need not be. */
const mostOfBody = 65_536;
const mostOfMessage = 2_000;

/** AWS repeats what was signed, token and all, where a signature is wrong. */
function cleaned(message: string, code: string, asked: Asked): string {
  const text = withoutSecrets(wrongSignature.has(code) ? (message.split(/\r?\n|'/, 1)[0] ?? "") : message, asked);
  return text.length > mostOfMessage ? `${text.slice(0, mostOfMessage)}…` : text;
}

function withoutSecrets(text: string, { secrets = [] }: Asked): string {
  const known = secrets
    .filter((secret) => secret.length > 3)
    .reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  return known
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}/g, "$1…")
    .replace(/(x-amz-security-token[:=]\s*|Signature=)[^\s,&]+/gi, "$1…");
}
