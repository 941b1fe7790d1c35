import { grouped } from "../grouped.ts";
import type { Cause, Service, Step } from "./failure.ts";

/** What programs write when a connection with TLS fails, in lower case and with spaces for underscores. */
export interface Phrase {
  readonly text: string;
  readonly cause: Cause;
  /** `writer`: the side that wrote the text; `peer`: the other one. */
  readonly by: "writer" | "peer" | "client" | "server" | "neither";
  readonly step?: Step;
  readonly service?: Service;
  /** It counts only where nothing near it says more. */
  readonly isWeak?: boolean;
  /** Words that also stand in other texts: they count only with a sign of an error beside them. */
  readonly isPlain?: boolean;
}

type Rest = Omit<Phrase, "text" | "cause" | "by">;

function phrases(cause: Cause, by: Phrase["by"], texts: readonly string[], rest: Rest = {}): readonly Phrase[] {
  return texts.map((text) => ({ text, cause, by, ...rest }));
}

const weak = { isWeak: true } as const;
const plain = { isPlain: true } as const;

/** Go, and what is written in it (Caddy, Traefik, Kubernetes). */
const go = [
  ...phrases("untrusted-issuer", "writer", ["x509: certificate signed by unknown authority"]),
  ...phrases("name-mismatch", "client", [
    "x509: certificate is valid for",
    "x509: certificate is not valid for any names",
    "x509: cannot validate certificate for",
    "x509: certificate relies on legacy common name field",
  ]),
  ...phrases("wrong-purpose", "writer", ["x509: certificate specifies an incompatible key usage"]),
  ...phrases("chain-too-long", "writer", ["x509: too many intermediates for path length constraint"]),
  ...phrases("bad-certificate", "writer", [
    "x509: invalid signature: parent certificate cannot sign this kind of certificate",
    "x509: certificate is not authorized to sign other certificates",
  ]),
  ...phrases("no-client-certificate", "server", [
    "tls: client didn't provide a certificate",
    "tls: client did not provide a certificate",
  ]),
  ...phrases("bad-signature", "server", ["tls: invalid signature by the client certificate"]),
  ...phrases("bad-signature", "client", ["tls: invalid signature by the server certificate"]),
  ...phrases("handshake-failure", "writer", ["tls: no cipher suite supported by both client and server"]),
  ...phrases("version", "writer", [
    "tls: no supported versions satisfy minversion and maxversion",
    "tls: server selected unsupported protocol version",
    "tls: client offered only unsupported versions",
  ]),
  ...phrases("key-mismatch", "neither", [
    "tls: private key does not match public key",
    "tls: private key type does not match public key type",
  ]),
  ...phrases("own-files", "neither", [
    "tls: failed to find any pem data in",
    "tls: failed to find certificate pem data in",
    "tls: failed to find pem block with type ending in",
    "tls: failed to parse private key",
  ]),
  ...phrases("plain-server", "client", ["http: server gave http response to https client"]),
  ...phrases("plain-client", "server", ["client sent an http request to an https server"]),
  ...phrases("timeout", "neither", ["net/http: tls handshake timeout"], { step: "handshake" }),
];

const java = [
  ...phrases("untrusted-issuer", "writer", [
    "pkix path building failed",
    "unable to find valid certification path to requested target",
    "no trusted certificate found",
    "trust anchor for certification path not found",
    "path does not chain with any of the trust anchors",
  ]),
  ...phrases("expired", "writer", ["certificateexpiredexception"]),
  ...phrases("not-yet-valid", "writer", ["certificatenotyetvalidexception"]),
  ...phrases("name-mismatch", "client", [
    "no name matching",
    "no subject alternative dns name matching",
    "no subject alternative names matching",
    "no subject alternative names present",
  ]),
  ...phrases("wrong-purpose", "server", ["extended key usage does not permit use for tls client authentication"]),
  ...phrases("wrong-purpose", "client", ["extended key usage does not permit use for tls server authentication"]),
  ...phrases("no-client-certificate", "server", ["null cert chain", "empty client certificate chain"]),
  ...phrases("weak-certificate", "writer", ["algorithm constraints check failed"]),
  ...phrases("version", "writer", ["no appropriate protocol (protocol is disabled"]),
  ...phrases("plain-server", "client", [
    "unsupported or unrecognized ssl message",
    "unrecognized ssl message, plaintext connection",
  ]),
  ...phrases("closed", "peer", [
    "remote host terminated the handshake",
    "remote host closed connection during handshake",
  ]),
  ...phrases("own-files", "neither", [
    "the trustanchors parameter must be non-empty",
    "keystore was tampered with, or password was incorrect",
    "keystore password was incorrect",
  ]),
];

/** The words of OpenSSL, as curl, Node, Python, nginx and others repeat them, and Node's names of them. */
const openssl = [
  ...phrases(
    "untrusted-issuer",
    "writer",
    [
      "self signed certificate in certificate chain",
      "self-signed certificate in certificate chain",
      "self signed cert in chain",
      "certificate not trusted",
      "cert untrusted",
    ],
    plain,
  ),
  ...phrases(
    "incomplete-chain",
    "writer",
    [
      "unable to get local issuer certificate",
      "unable to get issuer certificate",
      "unable to get issuer cert locally",
      "unable to get issuer cert",
      "unable to verify the first certificate",
      "unable to verify leaf signature",
    ],
    plain,
  ),
  ...phrases(
    "self-signed",
    "writer",
    ["self signed certificate", "self-signed certificate", "depth zero self signed cert"],
    plain,
  ),
  ...phrases("expired", "writer", ["certificate has expired", "cert has expired"], plain),
  ...phrases("not-yet-valid", "writer", ["certificate is not yet valid", "cert not yet valid"], plain),
  ...phrases("revoked", "writer", ["certificate revoked", "cert revoked"], plain),
  ...phrases(
    "revocation-unknown",
    "writer",
    ["unable to get certificate crl", "unable to get crl", "crl has expired", "crl is not yet valid"],
    plain,
  ),
  ...phrases(
    "chain-too-long",
    "writer",
    ["certificate chain too long", "cert chain too long", "path length constraint exceeded", "path length exceeded"],
    plain,
  ),
  ...phrases(
    "wrong-purpose",
    "writer",
    ["unsupported certificate purpose", "unsuitable certificate purpose", "invalid purpose"],
    plain,
  ),
  ...phrases(
    "bad-certificate",
    "writer",
    ["invalid ca certificate", "invalid ca", "certificate signature failure", "cert signature failure"],
    plain,
  ),
  ...phrases("certificate-refused", "writer", ["certificate rejected", "cert rejected"], plain),
  ...phrases("name-mismatch", "client", ["hostname mismatch", "ip address mismatch"], plain),
  ...phrases("weak-certificate", "writer", [
    "ee key too small",
    "ca key too small",
    "ca md too weak",
    "ee certificate key too weak",
    "ca certificate key too weak",
    "ca signature digest algorithm too weak",
  ]),
  ...phrases("no-client-certificate", "server", ["peer did not return a certificate"]),
  ...phrases(
    "handshake-failure",
    "writer",
    ["no shared cipher", "dh key too small", "no suitable signature algorithm"],
    plain,
  ),
  ...phrases("bad-signature", "writer", ["wrong signature type", "routines::bad signature"], plain),
  ...phrases("version", "writer", ["no protocols available", "unsupported protocol"], plain),
  ...phrases(
    "plain-server",
    "client",
    ["wrong version number", "packet length too long", "hello:unknown protocol"],
    plain,
  ),
  ...phrases("plain-client", "server", ["routines::http request", "hello:http request", "ssl http request"]),
  ...phrases("renegotiation", "client", ["unsafe legacy renegotiation disabled"]),
  ...phrases("key-mismatch", "neither", ["key values mismatch", "key type mismatch"], plain),
  ...phrases(
    "own-files",
    "neither",
    [
      "bad decrypt",
      "bad password read",
      "pem no start line",
      "no start line",
      "mac verify failure",
      "mac verify error",
      "unable to load client certificate",
      "unable to load certificate",
      "could not read private key",
    ],
    plain,
  ),
  ...phrases(
    "closed",
    "peer",
    ["unexpected eof while reading", "ssl error syscall", "peer closed connection in ssl handshake"],
    weak,
  ),
  ...phrases("certificate-refused", "writer", ["certificate verify failed"], weak),
  ...phrases(
    "handshake-unclear",
    "peer",
    ["ssl do handshake() failed", "ssl handshake failed", "ssl handshake failure"],
    weak,
  ),
];

const node = [
  ...phrases("name-mismatch", "client", [
    "err tls cert altname invalid",
    "hostname/ip does not match certificate's altnames",
    "hostname/ip doesn't match certificate's altnames",
  ]),
  ...phrases(
    "closed",
    "peer",
    [
      "client network socket disconnected before secure tls connection was established",
      "socket hang up",
      "read econnreset",
      "write econnreset",
      "connection reset by peer",
      "connectionreseterror",
    ],
    { ...weak, isPlain: true },
  ),
  ...phrases("closed", "peer", ["econnreset"], { ...weak, isPlain: true }),
  ...phrases(
    "unreachable",
    "neither",
    [
      "connect econnrefused",
      "econnrefused",
      "connection refused",
      "connect ehostunreach",
      "connect enetunreach",
      "no route to host",
    ],
    { ...weak, isPlain: true },
  ),
  ...phrases(
    "timeout",
    "neither",
    ["connect etimedout", "etimedout", "err tls handshake timeout", "connection timed out"],
    { ...weak, isPlain: true },
  ),
  ...phrases(
    "no-address",
    "neither",
    [
      "getaddrinfo enotfound",
      "getaddrinfo eai again",
      "could not resolve host",
      "no such host",
      "name or service not known",
    ],
    { ...weak, isPlain: true },
  ),
];

/** curl's own words, with Schannel, Secure Transport and GnuTLS too; Wget. */
const curl = [
  ...phrases("name-mismatch", "client", [
    "no alternative certificate subject name matches target",
    "does not match target host name",
    "the certificate's owner does not match hostname",
    "sec e wrong principal",
  ]),
  ...phrases("untrusted-issuer", "client", [
    "sec e untrusted root",
    "unable to locally verify the issuer's authority",
    "ssl certificate problem: invalid certificate chain",
  ]),
  ...phrases("expired", "client", ["sec e cert expired"]),
  ...phrases("certificate-refused", "client", ["sec e cert unknown"], weak),
  ...phrases("handshake-failure", "writer", ["sec e algorithm mismatch"]),
  ...phrases("handshake-unclear", "peer", ["sec e illegal message", "a tls fatal alert has been received"], weak),
  ...phrases("no-client-certificate", "server", ["the server most likely requires a client certificate to connect"]),
  ...phrases("own-files", "neither", [
    "could not load pem client certificate",
    "could not load client certificate",
    "unable to set private key file",
    "could not load the client certificate",
    "error setting certificate verify locations",
    "error setting certificate file",
    "error adding trust anchors from file",
  ]),
  ...phrases("closed", "peer", ["the tls connection was non-properly terminated"], weak),
  ...phrases("plain-server", "client", ["an unexpected tls packet was received"]),
  ...phrases("unsupported-kind", "client", ["unsupported certificate type"], plain),
];

const rustls = [
  ...phrases("untrusted-issuer", "writer", ["invalid peer certificate: unknownissuer"]),
  ...phrases("expired", "writer", ["invalid peer certificate: expired", "invalid peer certificate: certexpired"]),
  ...phrases("not-yet-valid", "writer", [
    "invalid peer certificate: notvalidyet",
    "invalid peer certificate: certnotvalidyet",
  ]),
  ...phrases("revoked", "writer", ["invalid peer certificate: revoked", "invalid peer certificate: certrevoked"]),
  ...phrases("name-mismatch", "client", [
    "invalid peer certificate: notvalidforname",
    "invalid peer certificate: certnotvalidforname",
  ]),
  ...phrases("wrong-purpose", "writer", ["invalid peer certificate: invalidpurpose"]),
  ...phrases("bad-certificate", "writer", [
    "invalid peer certificate: badsignature",
    "invalid peer certificate: badencoding",
  ]),
  ...phrases("no-client-certificate", "server", ["peer sent no certificates"]),
  ...phrases("plain-server", "client", ["received corrupt message of type invalidcontenttype"]),
];

/** NSS (Firefox), BoringSSL's callers (Chrome), .NET. */
const others = [
  ...phrases("untrusted-issuer", "client", ["err cert authority invalid", "sec error unknown issuer"]),
  ...phrases("untrusted-issuer", "client", ["untrustedroot", "partialchain"], plain),
  ...phrases("untrusted-issuer", "server", ["ssl error unknown ca alert"]),
  ...phrases("name-mismatch", "client", [
    "err cert common name invalid",
    "ssl error bad cert domain",
    "remotecertificatenamemismatch",
  ]),
  ...phrases("expired", "client", ["err cert date invalid", "sec error expired certificate"]),
  ...phrases("expired", "client", ["nottimevalid"], plain),
  ...phrases("expired", "server", ["ssl error expired cert alert"]),
  ...phrases("revoked", "client", ["err cert revoked", "sec error revoked certificate"]),
  ...phrases("revoked", "server", ["ssl error revoked cert alert"]),
  ...phrases("bad-certificate", "server", ["ssl error bad cert alert", "err bad ssl client auth cert"]),
  ...phrases("certificate-unknown", "server", ["ssl error certificate unknown alert"]),
  ...phrases("wrong-purpose", "server", ["ssl error unsupported cert alert"]),
  ...phrases("access-denied", "server", ["ssl error access denied alert"]),
  ...phrases("bad-signature", "server", ["ssl error decrypt error alert"]),
  ...phrases("bad-signature", "client", ["err ssl client auth signature failed"], { step: "client-certificate" }),
  ...phrases("no-client-certificate", "server", [
    "ssl error rx certificate required alert",
    "err ssl client auth cert needed",
  ]),
  ...phrases("handshake-failure", "server", [
    "ssl error handshake failure alert",
    "ssl error insufficient security alert",
    "err ssl version or cipher mismatch",
  ]),
  ...phrases("version", "server", ["ssl error protocol version alert"]),
  ...phrases("version", "writer", ["ssl error unsupported version"]),
  ...phrases("unknown-server-name", "server", ["ssl error unrecognized name alert", "err ssl unrecognized name alert"]),
  ...phrases("internal-error", "server", ["ssl error internal error alert"]),
  ...phrases("certificate-refused", "client", ["remotecertificatechainerrors"], weak),
  ...phrases("handshake-unclear", "peer", ["err ssl protocol error"], weak),
];

/** nginx, Apache, HAProxy. */
const servers = [
  ...phrases(
    "no-client-certificate",
    "server",
    ["no required ssl certificate was sent", "client sent no required ssl certificate"],
    { step: "request" },
  ),
  ...phrases("certificate-refused", "server", ["the ssl certificate error"], { step: "request", isWeak: true }),
  ...phrases("plain-client", "server", [
    "the plain http request was sent to https port",
    "client sent plain http request to https port",
    "you're speaking plain http to an ssl-enabled server port",
    "you are speaking plain http to an ssl-enabled server port",
  ]),
  ...phrases("name-mismatch", "client", ["upstream ssl certificate does not match"]),
  ...phrases("renegotiation", "server", ["re-negotiation handshake failed"]),
  ...phrases("handshake-unclear", "server", ["ah02008: ssl library error 1 in handshake"], weak),
  ...phrases("untrusted-issuer", "server", [
    "ssl client certificate not trusted",
    "ssl client ca chain cannot be verified",
  ]),
  ...phrases("closed", "peer", ["connection closed during ssl handshake"], weak),
];

/** Connection logs of CloudFront's viewer mTLS and of load balancers; error pages and access logs of CloudFront. */
const either = { service: "cloudfront-or-alb" } as const;
const cloudfront = { service: "cloudfront" } as const;
const alb = { service: "alb" } as const;
const aws = [
  ...phrases("untrusted-issuer", "server", ["clientcertuntrusted"], either),
  ...phrases("chain-too-long", "server", ["clientcertmaxchaindepthexceeded"], either),
  ...phrases("too-large", "server", ["clientcertmaxsizeexceeded"], either),
  ...phrases("not-yet-valid", "server", ["clientcertnotyetvalid"], either),
  ...phrases("expired", "server", ["clientcertexpired"], either),
  ...phrases("unsupported-kind", "server", ["clientcerttypeunsupported"], either),
  ...phrases("bad-certificate", "server", ["clientcertinvalid"], either),
  ...phrases("access-denied", "server", ["clientcertrejected"], either),
  ...phrases("wrong-purpose", "server", ["clientcertintentinvalid"], cloudfront),
  ...phrases("no-client-certificate", "server", ["clientcertmissing"], cloudfront),
  ...phrases("revoked", "server", ["ocspdenied"], cloudfront),
  ...phrases("revocation-unknown", "server", ["ocspprocessingerror"], cloudfront),
  ...phrases("function-denied", "server", ["connectionfunctiondenied"], cloudfront),
  ...phrases("function-error", "server", ["connectionfunctionerror"], cloudfront),
  ...phrases("closed", "neither", ["failed:tcperror"], cloudfront),
  ...phrases("timeout", "neither", ["failed:tcptimeout"], cloudfront),
  ...phrases("internal-error", "server", ["failed:internal"], cloudfront),
  ...phrases("handshake-unclear", "server", ["unmappedconnectionerror"], either),
  ...phrases("wrong-purpose", "server", ["clientcertpurposeinvalid"], alb),
  ...phrases("revoked", "server", ["clientcertcrlhit"], alb),
  ...phrases("revocation-unknown", "server", ["clientcertcrlprocessingerror"], alb),
  ...phrases("unsupported-kind", "server", ["clientcertincompatible"], alb),
  ...phrases("cloudfront-origin", "neither", [
    "cloudfront wasn't able to connect to the origin",
    "cloudfront attempted to establish a connection with the origin, but either the attempt failed or the origin closed",
    "originconnecterror",
    "origincommerror",
  ]),
  ...phrases("cloudfront-origin-name", "neither", [
    "origindnserror",
    "cloudfront wasn't able to resolve the origin domain name",
  ]),
  ...phrases("cloudfront-origin-answer", "neither", [
    "originerror",
    "originheadertoobigerror",
    "origininvalidresponseerror",
    "originreaderror",
    "originwriteerror",
    "originzerosizeobjecterror",
    "origincontentrangelengtherror",
  ]),
  ...phrases("api-gateway-forbidden", "server", ["x-amzn-errortype: forbiddenexception"]),
];

const all = [...go, ...java, ...openssl, ...node, ...curl, ...rustls, ...others, ...servers, ...aws];

/** By their first word; of those that begin alike, the longest first. */
export const phrasesByWord: ReadonlyMap<string, readonly Phrase[]> = grouped(
  all.toSorted((one, other) => other.text.length - one.text.length),
  ({ text }) => /^[a-z0-9]+/.exec(text)?.[0] ?? "",
);
