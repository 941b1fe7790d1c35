import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { FilterReason } from "../truststore/identity-filters.ts";

/** What the identity filters of a Network Load Balancer's listener make of a client. */
export const filters = {
  "filters:not-looked-at": () =>
    l10n.t(
      "The client certificate identity filters of a listener were not looked at. A listener with filters rejects clients that match none of them.",
    ),
  "filters:none": () =>
    l10n.t(
      "The listener has no client certificate identity filters. It accepts every client that the trust store accepts.",
    ),
  "filters:accepts": ({ field, matchType, value, found }) =>
    l10n.t("The filter {0} {1} “{2}” of the listener matches “{3}”.", field, matchType, value, found),
  "filters:nearly": ({ field, matchType, value, found }) =>
    l10n.t(
      "The filter {0} {1} “{2}” of the listener matches “{3}” only if spaces, letters beyond ASCII, a final dot, or the part before the host are compared in a certain way. The Network Load Balancer documentation does not say how they are compared.",
      field,
      matchType,
      value,
      found,
    ),
  "filters:encoding": ({ field, matchType, value, found, encoding }) =>
    l10n.t(
      "The filter {0} {1} “{2}” of the listener matches “{3}”, which the certificate has as a {4}. The Network Load Balancer documentation does not say whether such strings are compared.",
      field,
      matchType,
      value,
      found,
      encoding,
    ),
  "filters:refuses": ({ title }) =>
    l10n.t("No client certificate identity filter of the listener matches “{0}”.", title),
  "filters:has": ({ field, values }) => l10n.t("The certificate has this {0}: {1}.", field, values),
  "filters:lacks": ({ field }) => l10n.t("The certificate has no {0}.", field),
  "filters:unreadable": ({ title }) =>
    l10n.t("A field of “{0}” that the client certificate identity filters of the listener use cannot be read.", title),
  "filters:unknown": ({ count }) =>
    count === 1
      ? l10n.t("One of the client certificate identity filters of the listener is not valid, or is filled in later.")
      : l10n.t(
          "{0} of the client certificate identity filters of the listener are not valid, or are filled in later.",
          count,
        ),
} satisfies SaysOf<FilterReason>;
