/** What a probe of a server asks and sees: plain data without words, and without anything secret. */

/** As Node names them. SSLv3, which CloudFront still knows for origins, no library speaks any more. */
export type TlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

/** Where to connect, and what to say there. */
export interface ProbePlan {
  /**
   * What stands there: an origin of CloudFront; what clients connect to themselves, such as a distribution, a custom
   * domain or a load balancer; or the default endpoint of an API, which is to be closed where its custom domain asks.
   */
  readonly role: "origin" | "endpoint" | "side-door";
  /** A domain name or an IP address: what is looked up and connected to. */
  readonly host: string;
  readonly port: number;
  /**
   * What the server name indication and the `Host` header say, and what the server's certificate must be for: the host
   * itself, or the alias of a viewer where CloudFront forwards `Host`. An IP address is not indicated.
   */
  readonly name: string;
  readonly addresses: "ipv4" | "ipv6" | "dualstack";
  /** The versions besides TLS 1.3, which is always tried: those that the origin's settings allow. */
  readonly versions: readonly TlsVersion[];
  readonly request: ProbeRequest;
}

export interface ProbeRequest {
  readonly method: "HEAD" | "GET" | "OPTIONS" | "POST";
  /** Begins with a slash. */
  readonly path: string;
  /** In place of the plan's name. */
  readonly host?: string;
  /** Values may be secret: they go nowhere but into the request. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Which client certificate a try presents, if it is asked for one. */
export type Credential =
  /** None. */
  | "none"
  /** One of a CA that was made for this try, and that bears the name of one that the server advertises. */
  | "stranger"
  /** The user's own, as CloudFront would present it. */
  | "given"
  /** One of the user's CA that has expired. */
  | "expired"
  /** One of the user's CA whose extended key usage is server authentication alone. */
  | "server-auth";

/** How far a try came. */
export type Phase =
  | "connect"
  | "handshake"
  /** The handshake is complete for us; a TLS 1.3 server has yet to look at the client's certificate. */
  | "accept"
  | "request";

export type End =
  /** `says` is what nginx writes into the body when it refuses (with GET alone). */
  | { readonly kind: "answer"; readonly status: number; readonly says?: "no-certificate" | "certificate-error" }
  /** The server ended it with an alert. */
  | { readonly kind: "alert"; readonly alert: number; readonly phase: Phase }
  /** The server ended it without a word. */
  | { readonly kind: "closed"; readonly phase: Phase; readonly isReset: boolean }
  /** Nothing came in the time there is. */
  | { readonly kind: "silent"; readonly phase: Phase }
  /** What answers speaks something else than TLS. */
  | { readonly kind: "no-tls" }
  /** What answers within TLS is not HTTP. */
  | { readonly kind: "no-http" }
  /** More came than any server that is meant sends. */
  | { readonly kind: "endless"; readonly phase: Phase }
  /** No connection: the system's error code, such as `ECONNREFUSED`. */
  | { readonly kind: "unreachable"; readonly code: string }
  /** Our side could not go on with what the server sent, or could not offer what was to be tried. */
  | { readonly kind: "gave-up"; readonly code: string; readonly phase: Phase }
  | { readonly kind: "canceled" };

export type Asked =
  /** In the handshake, when CloudFront and most clients can answer. */
  | "yes"
  | "no"
  /** By renegotiation, after the handshake: CloudFront does not do that. */
  | "late"
  /** The handshake did not get that far, or could not be read. */
  | "unseen";

export interface Try {
  readonly credential: Credential;
  readonly asked: Asked;
  readonly end: End;
  readonly protocol?: TlsVersion;
  /** As OpenSSL names it. */
  readonly cipher?: string;
}

/** The tries with the versions up to TLS 1.2, or with TLS 1.3. */
export interface Round {
  readonly versions: readonly TlsVersion[];
  readonly tries: readonly Try[];
}

export interface ServerCertificate {
  /** What it presented, its own certificate first; DER. */
  readonly chain: readonly Uint8Array[];
  /** SHA-256 of its public key (SubjectPublicKeyInfo), upper-case hex. */
  readonly key: string;
  readonly trust:
    | "public"
    /** By a CA that this computer trusts and the public does not: something in between, or a private CA. */
    | "installed"
    | "none";
  /** As OpenSSL says it, where it is not public: `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly trustError?: string;
  readonly isForName: boolean;
}

/** What was seen at one address. */
export interface AddressFacts {
  /** `192.0.2.1`, `2001:db8::1`. */
  readonly address: string;
  readonly rounds: readonly Round[];
  readonly server?: ServerCertificate;
  /** The names of the CAs that it asks for certificates of; DER. Undefined where it was not seen to ask. */
  readonly authorities?: readonly Uint8Array[];
  /**
   * Whether it did not speak any more when the tries were over, though it had: a connection that it closed without a
   * word then may have been one too many for it.
   */
  readonly isLost?: boolean;
}

export interface ProbeFacts {
  readonly plan: ProbePlan;
  readonly addresses: readonly AddressFacts[];
  /** How many addresses more there are than are tried. */
  readonly left: number;
  /** Why no address was found: `ENOTFOUND`, `ENODATA`, `ETIMEOUT`, and `ECANCELED` by the user. */
  readonly lookup?: string;
  /** The names of the issuers of the user's certificate, its own issuer first; DER. */
  readonly issuers?: readonly Uint8Array[];
  /** When it began. */
  readonly at: Date;
}
