import * as l10n from "@vscode/l10n";
import type { Failure } from "../core/failure.ts";
import { type Asked, perhapsApplied } from "./asked.ts";
import type { NoAnswer } from "./transport.ts";

const tls =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE|EPROTO)/;

export function ofNoAnswer(error: NoAnswer, asked: Asked): Failure {
  const failure = { ...withoutConnection(error, asked.endpoint !== undefined), action: asked.action };
  // Through a proxy there is a connection before TLS has begun on it.
  const isBeforeRequest = !error.sent || (error.code !== undefined && tls.test(error.code));
  return isBeforeRequest ? failure : perhapsApplied(failure, asked);
}

function withoutConnection({ code, host, viaProxy, waited, attempt }: NoAnswer, isConfigured: boolean): Failure {
  const seconds = String(Math.round((waited ?? 0) / 1000));
  if (code !== undefined && tls.test(code)) return ofTls(code, host);
  if (viaProxy)
    return {
      failure: "offline",
      message: l10n.t(
        '{0} cannot be reached through the proxy. Check the proxy settings ("http.proxy", HTTPS_PROXY).',
        host,
      ),
    };
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        failure: "offline",
        message: l10n.t(
          "The name {0} cannot be resolved. Check the network, a proxy, or the region and the endpoint of the profile.",
          host,
        ),
      };
    case "ECONNREFUSED":
      return isConfigured
        ? {
            failure: "offline",
            message: l10n.t("Nothing listens at {0}. Start what should answer there, or correct the endpoint.", host),
          }
        : { failure: "offline", message: l10n.t("{0} refuses the connection. Check the network or a proxy.", host) };
    case "ECONNECTTIMEOUT":
      return {
        failure: "offline",
        message: l10n.t(
          "There was no connection to {0} within {1} seconds. Check the network, a firewall, or a proxy.",
          host,
          seconds,
        ),
      };
    case "ETIMEDOUT":
      return waited === undefined
        ? {
            failure: "offline",
            message: l10n.t("There is no connection to {0}. Check the network, a firewall, or a proxy.", host),
          }
        : { failure: "offline", message: l10n.t("{0} did not answer within {1} seconds. Try again.", host, seconds) };
    case "ENOANSWER":
      return {
        failure: "offline",
        message: l10n.t(
          "{0} was asked {1} times, and at last did not answer within {2} seconds. Check the network or a proxy, or try again in a while.",
          host,
          String(attempt),
          seconds,
        ),
      };
    case "ENETUNREACH":
    case "EHOSTUNREACH":
    case "ENETDOWN":
    case "EHOSTDOWN":
      return { failure: "offline", message: l10n.t("There is no way to {0}: is this machine online?", host) };
    case "E2BIG":
      return {
        failure: "wrong-endpoint",
        message: l10n.t("What answers at {0} is not AWS: its answer does not end.", host),
      };
    default:
      // The parser of Node.js: what came was no HTTP.
      if (code?.startsWith("HPE_") === true)
        return {
          failure: "wrong-endpoint",
          message: l10n.t(
            "What answers at {0} does not speak HTTP ({1}). Check the endpoint, and whether it begins with https:// or http://.",
            host,
            code,
          ),
        };
      return {
        failure: "offline",
        message: l10n.t("The connection to {0} broke off ({1}). Try again.", host, code ?? l10n.t("no reason given")),
      };
  }
}

function ofTls(code: string, host: string): Failure {
  switch (code) {
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return {
        failure: "offline",
        message: l10n.t("The certificate of {0} is not valid now ({1}). Check the clock of this machine.", host, code),
      };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return {
        failure: "offline",
        message: l10n.t(
          "The certificate that {0} shows is for other names ({1}). Something else may answer there.",
          host,
          code,
        ),
      };
    case "EPROTO":
      return {
        failure: "wrong-endpoint",
        message: l10n.t(
          "What answers at {0} does not speak TLS ({1}). Check whether the endpoint begins with https:// or http://.",
          host,
          code,
        ),
      };
    default:
      return code.startsWith("ERR_SSL_WRONG_VERSION") || code.startsWith("ERR_SSL_PACKET")
        ? {
            failure: "wrong-endpoint",
            message: l10n.t(
              "What answers at {0} does not speak TLS ({1}). Check whether the endpoint begins with https:// or http://.",
              host,
              code,
            ),
          }
        : {
            failure: "offline",
            message: l10n.t(
              "The certificate of {0} is not trusted ({1}). Where a proxy or a local endpoint has an authority of its own, name its PEM file in AWS_CA_BUNDLE or in ca_bundle of the profile.",
              host,
              code,
            ),
          };
  }
}
