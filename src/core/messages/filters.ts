import * as l10n from "@vscode/l10n";
import type { SaysOf } from "../reason.ts";
import type { FilterReason } from "../truststore/identity-filters.ts";

/** What the identity filters of a Network Load Balancer's listener make of a client. */
export const filters = {
  "filters:not-looked-at": () =>
    l10n.t(
      "No client certificate identity filters were checked, because no listener was selected. A listener with filters rejects clients that match none of them.",
    ),
  "filters:none": () =>
    l10n.t(
      "The listener has no client certificate identity filters. It accepts every client that the trust store accepts.",
    ),
  "filters:accepts": ({ field, matchType, value, found }) =>
    l10n.t(
      "The filter {0} {1} “{2}” of the listener matches “{3}” in the certificate.",
      field,
      matchType,
      value,
      found,
    ),
  "filters:nearly": ({ field, matchType, value, found }) =>
    l10n.t(
      "The filter {0} {1} “{2}” of the listener is similar to “{3}” in the certificate. Whether they match depends on how spaces, non-ASCII letters, a final dot, or the part of a URI before the host are compared. The Network Load Balancer documentation does not say how.",
      field,
      matchType,
      value,
      found,
    ),
  "filters:encoding": ({ field, matchType, value, found, encoding }) =>
    l10n.t(
      "The filter {0} {1} “{2}” of the listener matches “{3}”, but the certificate has this value as a {4}. The Network Load Balancer documentation does not say whether values of this type are compared.",
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
    l10n.t(
      "The client certificate identity filters of the listener compare a field of “{0}” that cannot be read.",
      title,
    ),
  "filters:unknown": ({ count }) =>
    count === 1
      ? l10n.t("One of the client certificate identity filters of the listener is not valid, or is filled in later.")
      : l10n.t(
          "{0} of the client certificate identity filters of the listener are not valid, or are filled in later.",
          count,
        ),
} satisfies SaysOf<FilterReason>;
