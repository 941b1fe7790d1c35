import type { Cause } from "./failure.ts";
import type { Phrase } from "./phrases.ts";

/** X509_V_ERR_…: why OpenSSL did not verify a certificate, as nginx, Apache and `openssl` write it. */
export const verifyErrors: ReadonlyMap<number, Cause> = new Map([
  [2, "incomplete-chain"],
  [3, "revocation-unknown"],
  [7, "bad-certificate"],
  [9, "not-yet-valid"],
  [10, "expired"],
  [11, "revocation-unknown"],
  [12, "revocation-unknown"],
  [18, "self-signed"],
  [19, "untrusted-issuer"],
  [20, "incomplete-chain"],
  [21, "incomplete-chain"],
  [22, "chain-too-long"],
  [23, "revoked"],
  [24, "bad-certificate"],
  [25, "chain-too-long"],
  [26, "wrong-purpose"],
  [27, "untrusted-issuer"],
  [28, "certificate-refused"],
  [62, "name-mismatch"],
  [64, "name-mismatch"],
  [66, "weak-certificate"],
  [67, "weak-certificate"],
  [68, "weak-certificate"],
]);

type Told = Pick<Phrase, "cause" | "by" | "isWeak">;

/** The exit codes of curl that have to do with a connection. Most have words behind them that say more. */
export const curlCodes: ReadonlyMap<number, Told> = new Map([
  [6, { cause: "no-address", by: "neither", isWeak: true }],
  [7, { cause: "unreachable", by: "neither", isWeak: true }],
  [28, { cause: "timeout", by: "neither", isWeak: true }],
  [35, { cause: "handshake-unclear", by: "peer", isWeak: true }],
  [51, { cause: "name-mismatch", by: "client", isWeak: true }],
  [52, { cause: "closed", by: "peer", isWeak: true }],
  [55, { cause: "closed", by: "peer", isWeak: true }],
  [56, { cause: "closed", by: "peer", isWeak: true }],
  [58, { cause: "own-files", by: "neither", isWeak: true }],
  [60, { cause: "certificate-refused", by: "client", isWeak: true }],
  [77, { cause: "own-files", by: "neither", isWeak: true }],
  [83, { cause: "untrusted-issuer", by: "client", isWeak: true }],
  [91, { cause: "revocation-unknown", by: "client", isWeak: true }],
]);

/** Reasons of OpenSSL's library `SSL`, below those that stand for alerts. */
export const sslReasons: ReadonlyMap<number, Told> = new Map([
  [134, { cause: "certificate-refused", by: "writer", isWeak: true }],
  [156, { cause: "plain-client", by: "server" }],
  [191, { cause: "version", by: "writer" }],
  [193, { cause: "handshake-failure", by: "writer" }],
  [199, { cause: "no-client-certificate", by: "server" }],
  [258, { cause: "version", by: "writer" }],
  [267, { cause: "plain-server", by: "client" }],
  [294, { cause: "closed", by: "peer", isWeak: true }],
]);

/** An alert that was received has this more than its number. */
const firstAlertReason = 1000;
const mostAlert = 255;

/**
 * What an error code of OpenSSL 1.1 (`14094418`), 3 (`0A000418`) or BoringSSL (`10000418`) says: an alert, or what
 * OpenSSL means.
 */
export function readErrorCode(hex: string): { readonly alert: number } | Told | undefined {
  const code = Number.parseInt(hex, 16);
  const library = hex.slice(0, 2).toLowerCase();
  if (library !== "14" && library !== "0a" && library !== "10")
    return /^0(?:5800|b080)074$/i.test(hex) ? { cause: "key-mismatch", by: "neither" } : undefined;
  const reason = library === "0a" ? code & 0x7fffff : code & 0xfff;
  const alert = reason - firstAlertReason;
  if (alert >= 0 && alert <= mostAlert) return { alert };
  return library === "10" ? undefined : sslReasons.get(reason);
}
