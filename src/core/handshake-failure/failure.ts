import type { Span } from "../text.ts";

export type Side = "client" | "server";

/** What a message says went wrong. Where it is about a certificate, it is that of the side that did not refuse. */
export type Cause =
  /** Of a certificate, as the other side judged it. */
  | CertificateCause
  | "no-client-certificate"
  | "handshake-failure"
  | "version"
  | "unknown-server-name"
  | "no-alpn"
  | "renegotiation"
  | "internal-error"
  | "protocol-fault"
  /** The key and the certificate of one side are no pair. */
  | "key-mismatch"
  /** A key, a certificate or a list of CAs could not be read from a file. */
  | "own-files"
  /** The server does not speak TLS on this port. */
  | "plain-server"
  /** The client did not speak TLS on a port for TLS. */
  | "plain-client"
  | "closed"
  | "unreachable"
  | "timeout"
  | "no-address"
  /** Nothing but that the handshake failed. */
  | "handshake-unclear"
  | "function-denied"
  | "function-error"
  | "api-gateway-forbidden"
  | "cloudfront-origin"
  | "cloudfront-origin-name"
  | "cloudfront-origin-answer";

export type CertificateCause =
  | "untrusted-issuer"
  | "incomplete-chain"
  | "self-signed"
  | "expired"
  | "not-yet-valid"
  | "revoked"
  | "revocation-unknown"
  | "wrong-purpose"
  | "bad-certificate"
  | "certificate-unknown"
  | "access-denied"
  | "bad-signature"
  | "name-mismatch"
  | "chain-too-long"
  | "too-large"
  | "weak-certificate"
  | "unsupported-kind"
  /** Refused, and nothing says why. */
  | "certificate-refused";

export type Step =
  /** Before a connection: a program reads its own files. */
  | "files"
  | "connect"
  /** Both agree on a version, ciphers and names. */
  | "hello"
  | "server-certificate"
  | "client-certificate"
  /** Somewhere in the handshake. */
  | "handshake"
  /** The handshake was let pass, and HTTP refuses. */
  | "request"
  /** Between CloudFront and the origin. */
  | "origin";

/** Who writes of connection logs: the codes of several services are partly the same. */
export type Service = "cloudfront" | "alb" | "cloudfront-or-alb";

export interface Failure {
  /** Where it stands first. */
  readonly at: Span;
  /** In how many lines it stands. */
  readonly count: number;
  readonly cause: Cause;
  readonly refusing: Side | "neither";
  /** The text does not tell which side wrote it, so it is read as the client's; the other side refused if it is not. */
  readonly isAssumed: boolean;
  readonly step: Step;
  readonly alert?: number;
  readonly service?: Service;
}

const certificateCauses: ReadonlySet<Cause> = new Set<CertificateCause>([
  "untrusted-issuer",
  "incomplete-chain",
  "self-signed",
  "expired",
  "not-yet-valid",
  "revoked",
  "revocation-unknown",
  "wrong-purpose",
  "bad-certificate",
  "certificate-unknown",
  "access-denied",
  "bad-signature",
  "name-mismatch",
  "chain-too-long",
  "too-large",
  "weak-certificate",
  "unsupported-kind",
  "certificate-refused",
]);

export function isCertificateCause(cause: Cause): cause is CertificateCause {
  return certificateCauses.has(cause);
}
