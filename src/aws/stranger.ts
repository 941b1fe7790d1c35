import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";
import { type Asked, perhapsApplied, serviceOf } from "./asked.ts";

export interface Answer {
  readonly status: number;
  /** `undefined`: not in the form in which AWS says errors. */
  readonly code: string | undefined;
  readonly message: string;
  readonly contentType: string;
}

/** Neither a success that can be read nor an error as AWS says it: a proxy, a portal, a server of another kind. */
export function ofStranger({ status, contentType }: Answer, asked: Asked): Failure {
  const { action, endpoint } = asked;
  const service = serviceOf(asked);
  const isRefusal = status >= 400 && status < 500;
  if (status === 407)
    return {
      failure: "offline",
      message: l10n.t(
        'The proxy requires authentication (407). Add the credentials to "http.proxy", or sign in to the proxy.',
      ),
      action,
    };
  if (status === 429)
    return {
      failure: "throttled",
      message: l10n.t(
        "{0} is throttling requests, even after several retries. Wait a moment, then try again.",
        service,
      ),
      action,
    };
  if (endpoint !== undefined) {
    const failure: Failure = {
      failure: "wrong-endpoint",
      message: l10n.t(
        "Unexpected response from {0} ({2}): this may not be {1}. Check the endpoint.",
        endpoint,
        service,
        sort(status, contentType),
      ),
      action,
    };
    return isRefusal ? failure : perhapsApplied(failure, asked);
  }
  if (status >= 500)
    return perhapsApplied(
      {
        failure: "unknown",
        message: l10n.t(
          "{0}, or an intermediary such as a proxy, failed ({1}). Try again later.",
          service,
          sort(status, contentType),
        ),
        action,
      },
      asked,
    );
  const failure: Failure = {
    failure: "wrong-endpoint",
    message: l10n.t(
      "Unexpected response instead of one from {0} ({1}). It might come from a proxy or from a sign-in page of the network.",
      service,
      sort(status, contentType),
    ),
    action,
  };
  return isRefusal ? failure : perhapsApplied(failure, asked);
}

function sort(status: number, contentType: string): string {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0];
  return type === undefined ? String(status) : `${status}, ${type}`;
}
