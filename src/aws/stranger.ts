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
        'The proxy wants to know who asks (407). Set "http.proxy" with what it needs, or sign in to the proxy.',
      ),
      action,
    };
  if (status === 429)
    return {
      failure: "throttled",
      message: l10n.t(
        "{0} was asked too often and asks to slow down, after several tries too. Wait a moment, then try again.",
        service,
      ),
      action,
    };
  if (endpoint !== undefined) {
    const failure: Failure = {
      failure: "wrong-endpoint",
      message: l10n.t(
        "What answers at {0} is not {1}: its answer ({2}) cannot be read as one. Check the endpoint.",
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
          "{0}, or something on the way to it, failed ({1}). Try again in a while.",
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
      "Something on the way answers instead of {0}: its answer ({1}) cannot be read. It may be a proxy or a sign-in page of the network.",
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
