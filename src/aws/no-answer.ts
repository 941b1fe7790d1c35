import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";
import { type Asked, perhapsApplied } from "./asked.ts";
import type { NoAnswer } from "./transport.ts";

/** Whoever has another certificate than it should is sent nothing. */
const ofCertificate =
  /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE)/;
/** Before a request, or after it: what came instead of an answer was damaged. */
const ofRecords = /^(ERR_SSL_|EPROTO)/;

export function ofNoAnswer(error: NoAnswer, asked: Asked): Failure {
  const failure = { ...withoutConnection(error, asked.endpoint !== undefined), action: asked.action };
  // Through a proxy there is a connection before TLS has begun on it.
  const isBeforeRequest = !error.sent || (error.code !== undefined && ofCertificate.test(error.code));
  return isBeforeRequest ? failure : perhapsApplied(failure, asked);
}

function withoutConnection({ code, host, sent, viaProxy, waited, attempt }: NoAnswer, isConfigured: boolean): Failure {
  const seconds = String(Math.round((waited ?? 0) / 1000));
  if (code !== undefined && (ofCertificate.test(code) || (ofRecords.test(code) && (!sent || viaProxy))))
    return ofTls(code, host);
  if (viaProxy)
    return {
      failure: "offline",
      message: l10n.t(
        'Could not reach {0} through the proxy. Check the proxy settings ("http.proxy", HTTPS_PROXY).',
        host,
      ),
    };
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        failure: "offline",
        message: l10n.t(
          "Could not resolve the name {0}. Check the network, the proxy, and the Region and endpoint of the profile.",
          host,
        ),
      };
    case "ECONNREFUSED":
      return isConfigured
        ? {
            failure: "offline",
            message: l10n.t(
              "Nothing is listening at {0}. Start the service for this endpoint, or correct the endpoint.",
              host,
            ),
          }
        : { failure: "offline", message: l10n.t("{0} refused the connection. Check the network and the proxy.", host) };
    case "ECONNECTTIMEOUT":
      return {
        failure: "offline",
        message: l10n.t(
          "Could not connect to {0} within {1} seconds. Check the network, the firewall, and the proxy.",
          host,
          seconds,
        ),
      };
    case "ETIMEDOUT":
      return waited === undefined
        ? {
            failure: "offline",
            message: l10n.t("Could not connect to {0}. Check the network, the firewall, and the proxy.", host),
          }
        : { failure: "offline", message: l10n.t("{0} did not respond within {1} seconds. Try again.", host, seconds) };
    case "ENOANSWER":
      return {
        failure: "offline",
        message: l10n.t(
          "{0} did not respond after {1} attempts; the last one timed out after {2} seconds. Check the network and the proxy, or try again later.",
          host,
          String(attempt),
          seconds,
        ),
      };
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "ENETDOWN":
    case "EHOSTDOWN":
      return {
        failure: "offline",
        message: l10n.t("Could not reach {0}. Check whether this machine is online.", host),
      };
    case "E2BIG":
      return {
        failure: "wrong-endpoint",
        message: l10n.t("Unexpected response from {0}: the response does not end, so this is not AWS.", host),
      };
    default:
      // The parser of Node.js: what came was no HTTP.
      if (code?.startsWith("HPE_") === true)
        return {
          failure: "wrong-endpoint",
          message: l10n.t(
            "{0} does not respond with HTTP ({1}). Check the endpoint, and whether it starts with https:// or http://.",
            host,
            code,
          ),
        };
      return {
        failure: "offline",
        message: l10n.t(
          "The connection to {0} was interrupted ({1}). Try again.",
          host,
          code ?? l10n.t("no reason given"),
        ),
      };
  }
}

function ofTls(code: string, host: string): Failure {
  switch (code) {
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return {
        failure: "offline",
        message: l10n.t(
          "The certificate of {0} is not valid at this time ({1}). Check the clock of this machine.",
          host,
          code,
        ),
      };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return {
        failure: "offline",
        message: l10n.t(
          "The certificate of {0} was issued for other names ({1}). A different server might be responding.",
          host,
          code,
        ),
      };
    case "EPROTO":
      return {
        failure: "wrong-endpoint",
        message: l10n.t(
          "{0} does not respond with TLS ({1}). Check whether the endpoint starts with https:// or http://.",
          host,
          code,
        ),
      };
    default:
      return code.startsWith("ERR_SSL_WRONG_VERSION") || code.startsWith("ERR_SSL_PACKET")
        ? {
            failure: "wrong-endpoint",
            message: l10n.t(
              "{0} does not respond with TLS ({1}). Check whether the endpoint starts with https:// or http://.",
              host,
              code,
            ),
          }
        : ofRecords.test(code)
          ? {
              failure: "offline",
              message: l10n.t(
                "No TLS connection to {0} could be established ({1}). Check the endpoint and the proxy.",
                host,
                code,
              ),
            }
          : {
              failure: "offline",
              message: l10n.t(
                "The certificate of {0} is not trusted ({1}). If a proxy or a local endpoint uses its own CA, set AWS_CA_BUNDLE, or ca_bundle in the profile, to the CA's PEM file.",
                host,
                code,
              ),
            };
  }
}
