import { listAlerts } from "../tls/alerts.ts";
import type { Cause, Step } from "./failure.ts";

/** Names of alerts as libraries write them, where they differ from the standard by more than separators and case. */
const otherNames: Readonly<Record<string, number>> = {
  // Go
  "unknown certificate authority": 48,
  "expired certificate": 45,
  "revoked certificate": 44,
  "unknown certificate": 46,
  "error decoding message": 50,
  "error decrypting message": 51,
  "protocol version not supported": 70,
  "insufficient security level": 71,
  "unsupported certificate type": 43,
  // OpenSSL
  "user cancelled": 90,
  // rustls
  "unrecognised name": 112,
};

/** By their letters alone. */
const numbers: ReadonlyMap<string, number> = new Map([
  ...listAlerts().map(([alert, name]): [string, number] => [lettersOf(name), alert]),
  ...Object.entries(otherNames).map(([name, alert]): [string, number] => [lettersOf(name), alert]),
]);

/** The most words a name has: `bad certificate status response`. */
const mostWords = 4;
const words = /[ _]{0,2}[a-z]{1,40}/y;

function lettersOf(name: string): string {
  return name.replace(/[^a-z]/g, "");
}

/**
 * The alert whose name stands at a place of a text in lower case: the longest one. Separated by spaces, or not at all.
 */
export function alertNamedAt(
  text: string,
  start: number,
): { readonly alert: number; readonly end: number } | undefined {
  let letters = "";
  let found: { readonly alert: number; readonly end: number } | undefined;
  words.lastIndex = start;
  for (let count = 0; count < mostWords; count++) {
    const word = words.exec(text)?.[0];
    if (word === undefined) break;
    letters += lettersOf(word);
    const alert = numbers.get(letters);
    if (alert !== undefined) found = { alert, end: words.lastIndex };
  }
  return found;
}

/** What an alert comes to. */
export function causeOfAlert(alert: number): Cause {
  return causes.get(alert) ?? "protocol-fault";
}

const causes: ReadonlyMap<number, Cause> = new Map([
  [0, "closed"],
  [40, "handshake-failure"],
  [41, "no-client-certificate"],
  [42, "bad-certificate"],
  [43, "wrong-purpose"],
  [44, "revoked"],
  [45, "expired"],
  [46, "certificate-unknown"],
  [48, "untrusted-issuer"],
  [49, "access-denied"],
  [51, "bad-signature"],
  [70, "version"],
  [71, "handshake-failure"],
  [80, "internal-error"],
  [86, "version"],
  [100, "renegotiation"],
  [112, "unknown-server-name"],
  [116, "no-client-certificate"],
  [120, "no-alpn"],
]);

/** Alerts that only a server sends. */
export const ofServersAlone: ReadonlySet<number> = new Set([112, 116, 120]);

/** Where a cause that says no more arises. */
export function stepOf(cause: Cause, refusing: "client" | "server" | "neither"): Step {
  switch (cause) {
    case "key-mismatch":
    case "own-files":
      return "files";
    case "version":
    case "unknown-server-name":
    case "no-alpn":
      return "hello";
    case "unreachable":
    case "timeout":
    case "no-address":
      return "connect";
    case "no-client-certificate":
    case "function-denied":
    case "function-error":
      return "client-certificate";
    case "plain-server":
    case "plain-client":
      return "hello";
    case "cloudfront-origin":
    case "cloudfront-origin-name":
    case "cloudfront-origin-answer":
      return "origin";
    case "api-gateway-forbidden":
      return "request";
    case "handshake-failure":
    case "handshake-unclear":
    case "renegotiation":
    case "internal-error":
    case "protocol-fault":
    case "closed":
      return "handshake";
    default:
      return refusing === "client" ? "server-certificate" : "client-certificate";
  }
}
