import type { Fitness, Judgement } from "../client-certificate/fitness.ts";
import type { ClientReason } from "../client-certificate/reason.ts";
import type { Config } from "../cloudfront/config.ts";
import type { SharedReason } from "../reason.ts";
import type { Acceptance, AcceptanceAnswer } from "../truststore/acceptance.ts";
import type { Certificate } from "../x509/model.ts";
import { type Called, certificateCalled, showable } from "../x509/naming.ts";
import { type Cause, type CertificateCause, type Failure, isCertificateCause, type Side } from "./failure.ts";

/** What is known beside the message: what the user has open, or named. */
export interface AtHand {
  readonly client?: ClientAtHand | undefined;
  /** The trust store, and the answers to the question whether it accepts this client. */
  readonly store?: { readonly name: string; readonly answer: AcceptanceAnswer } | undefined;
  /** Distributions, and their custom origins. */
  readonly configs?: readonly ConfigAtHand[] | undefined;
}

export interface ClientAtHand {
  /** The file's. */
  readonly name: string;
  readonly certificate: Certificate;
  readonly fitness: Fitness;
}

export interface ConfigAtHand {
  /** The file's. */
  readonly name: string;
  /** The IDs of custom origins with origin mTLS, and of those without. */
  readonly on: readonly string[];
  readonly off: readonly string[];
}

export interface Explanation {
  readonly what: FailureReason;
  readonly who: FailureReason;
  readonly step: FailureReason;
  /** The text may be the other side's. */
  readonly otherwise: FailureReason | undefined;
  /** What is at hand says to it. */
  readonly seen: readonly SeenReason[];
  /** The most likely first. */
  readonly causes: readonly FailureReason[];
  readonly actions: readonly FailureReason[];
}

export type SeenReason = FailureReason | ClientReason | SharedReason;

export type FailureReason =
  | { readonly code: `failure:${What | Who | StepWord | Likely | Action}`; readonly args?: never }
  | { readonly code: "failure:what-protocol-fault"; readonly args: { readonly alert: number } }
  | {
      readonly code: `failure:seen-${"store-refuses" | "store-accepts" | "store-unclear"}`;
      readonly args: { readonly title: Called; readonly client: Called; readonly store: Called };
    }
  | {
      readonly code: `failure:seen-${"certificate" | "certificate-fit"}`;
      readonly args: { readonly title: Called; readonly client: Called };
    }
  | {
      readonly code: "failure:seen-origin-mtls-off";
      readonly args: { readonly config: Called; readonly origins: readonly Called[] };
    }
  | {
      readonly code: "failure:seen-origin-mtls-on";
      readonly args: { readonly config: Called; readonly origins: readonly Called[] };
    };

type What =
  | `what-${Exclude<Cause, CertificateCause | "protocol-fault">}`
  | `what-${CertificateCause}-of-${Side}`
  | "what-alert-unknown";
type Who =
  | "who-client"
  | "who-server"
  | "who-neither"
  | "who-cloudfront"
  | "who-alb"
  | "who-cloudfront-or-alb"
  | "who-origin-or-cloudfront"
  | "otherwise";
type StepWord = `step-${Failure["step"]}`;

type Likely =
  | "issuer-not-in-store"
  | "chain-not-sent"
  | "other-certificate"
  | "store-not-reloaded"
  | "server-issuer-not-trusted"
  | "server-chain-incomplete"
  | "intercepted"
  | "client-self-signed"
  | "server-self-signed"
  | "expired"
  | "not-yet-valid"
  | "clock-wrong"
  | "revoked"
  | "revocation-source"
  | "no-client-auth"
  | "no-server-auth"
  | "kind-not-taken"
  | "certificate-missing"
  | "certificate-not-accepted"
  | "certificate-damaged"
  | "not-allowed"
  | "no-certificate-set"
  | "not-among-advertised"
  | "asked-late"
  | "cloudfront-without-mtls"
  | "settings-differ"
  | "version-differs"
  | "key-of-another"
  | "key-cannot-sign"
  | "name-not-in-certificate"
  | "host-forwarded"
  | "name-not-served"
  | "no-common-protocol"
  | "renegotiation-off"
  | "server-fault"
  | "fault-or-middle"
  | "certificate-renewed-key-not"
  | "file-wrong"
  | "passphrase"
  | "port-without-tls"
  | "scheme-wrong"
  | "refused-silently"
  | "middle-closed"
  | "nothing-listens"
  | "firewall"
  | "name-unknown"
  | "chain-long"
  | "message-large"
  | "key-weak"
  | "function"
  | "function-broken"
  | "api-gateway-certificate"
  | "api-gateway-other"
  | "origin-requires"
  | "origin-certificate"
  | "origin-unreachable"
  | "origin-answer"
  | "unclear";

type Action =
  | "do-check-client"
  | "do-send-chain"
  | "do-reload-store"
  | "do-trust-server"
  | "do-server-chain"
  | "do-public-server"
  | "do-renew-client"
  | "do-renew-server"
  | "do-clock"
  | "do-client-auth"
  | "do-server-auth"
  | "do-server-log"
  | "do-present"
  | "do-see-advertised"
  | "do-origin-mtls"
  | "do-order"
  | "do-settings"
  | "do-version"
  | "do-key-pair"
  | "do-files"
  | "do-name"
  | "do-server-name"
  | "do-alpn"
  | "do-no-renegotiation"
  | "do-port"
  | "do-https"
  | "do-verbose"
  | "do-reach"
  | "do-shorter-chain"
  | "do-stronger"
  | "do-kind"
  | "do-revocation"
  | "do-rules"
  | "do-function"
  | "do-api-gateway"
  | "do-curl-origin"
  | "do-retry";

interface Advice {
  readonly causes: readonly Likely[];
  readonly actions: readonly Action[];
}

/** About the client's certificate, which the server refused, and about the server's, which the client refused. */
const ofCertificates: Readonly<Record<CertificateCause, Readonly<Record<Side, Advice>>>> = {
  "untrusted-issuer": {
    server: {
      causes: ["issuer-not-in-store", "chain-not-sent", "other-certificate", "store-not-reloaded"],
      actions: ["do-check-client", "do-send-chain", "do-reload-store"],
    },
    client: {
      causes: ["server-issuer-not-trusted", "server-chain-incomplete", "intercepted"],
      actions: ["do-trust-server", "do-server-chain", "do-public-server"],
    },
  },
  "incomplete-chain": {
    server: {
      causes: ["chain-not-sent", "issuer-not-in-store"],
      actions: ["do-send-chain", "do-check-client", "do-reload-store"],
    },
    client: {
      causes: ["server-chain-incomplete", "server-issuer-not-trusted", "intercepted"],
      actions: ["do-server-chain", "do-trust-server", "do-public-server"],
    },
  },
  "self-signed": {
    server: { causes: ["client-self-signed", "other-certificate"], actions: ["do-check-client", "do-reload-store"] },
    client: {
      causes: ["server-self-signed", "intercepted"],
      actions: ["do-public-server", "do-trust-server"],
    },
  },
  expired: {
    server: { causes: ["expired", "clock-wrong"], actions: ["do-renew-client", "do-clock"] },
    client: { causes: ["expired", "clock-wrong"], actions: ["do-renew-server", "do-clock"] },
  },
  "not-yet-valid": {
    server: { causes: ["not-yet-valid", "clock-wrong"], actions: ["do-clock", "do-renew-client"] },
    client: { causes: ["not-yet-valid", "clock-wrong"], actions: ["do-clock", "do-renew-server"] },
  },
  revoked: {
    server: { causes: ["revoked"], actions: ["do-revocation", "do-renew-client"] },
    client: { causes: ["revoked"], actions: ["do-revocation", "do-renew-server"] },
  },
  "revocation-unknown": {
    server: { causes: ["revocation-source"], actions: ["do-revocation", "do-server-log"] },
    client: { causes: ["revocation-source"], actions: ["do-revocation"] },
  },
  "wrong-purpose": {
    server: { causes: ["no-client-auth", "kind-not-taken"], actions: ["do-client-auth", "do-kind"] },
    client: { causes: ["no-server-auth", "kind-not-taken"], actions: ["do-server-auth"] },
  },
  "bad-certificate": {
    server: {
      causes: ["certificate-missing", "certificate-not-accepted", "certificate-damaged"],
      actions: ["do-present", "do-check-client", "do-server-log"],
    },
    client: {
      causes: ["name-not-in-certificate", "server-issuer-not-trusted", "certificate-damaged"],
      actions: ["do-verbose", "do-name", "do-trust-server"],
    },
  },
  "certificate-unknown": {
    server: {
      causes: ["issuer-not-in-store", "certificate-not-accepted", "no-client-auth"],
      actions: ["do-check-client", "do-server-log"],
    },
    client: {
      causes: ["server-issuer-not-trusted", "name-not-in-certificate", "server-chain-incomplete"],
      actions: ["do-trust-server", "do-server-chain", "do-name"],
    },
  },
  "access-denied": {
    server: { causes: ["not-allowed"], actions: ["do-rules", "do-server-log"] },
    client: { causes: ["not-allowed"], actions: ["do-rules"] },
  },
  "bad-signature": {
    server: { causes: ["key-of-another", "key-cannot-sign"], actions: ["do-key-pair", "do-settings"] },
    client: { causes: ["key-of-another", "key-cannot-sign"], actions: ["do-key-pair", "do-settings"] },
  },
  "name-mismatch": {
    server: { causes: ["name-not-in-certificate"], actions: ["do-name"] },
    client: { causes: ["name-not-in-certificate", "host-forwarded"], actions: ["do-name"] },
  },
  "chain-too-long": {
    server: { causes: ["chain-long"], actions: ["do-shorter-chain", "do-check-client"] },
    client: { causes: ["chain-long"], actions: ["do-shorter-chain"] },
  },
  "too-large": {
    server: { causes: ["message-large"], actions: ["do-shorter-chain"] },
    client: { causes: ["message-large"], actions: ["do-shorter-chain"] },
  },
  "weak-certificate": {
    server: { causes: ["key-weak"], actions: ["do-stronger"] },
    client: { causes: ["key-weak"], actions: ["do-stronger"] },
  },
  "unsupported-kind": {
    server: { causes: ["kind-not-taken"], actions: ["do-kind", "do-check-client"] },
    client: { causes: ["kind-not-taken"], actions: ["do-kind"] },
  },
  "certificate-refused": {
    server: {
      causes: ["issuer-not-in-store", "chain-not-sent", "expired", "no-client-auth", "chain-long"],
      actions: ["do-server-log", "do-check-client", "do-send-chain"],
    },
    client: {
      causes: ["server-issuer-not-trusted", "server-chain-incomplete", "expired", "intercepted"],
      actions: ["do-verbose", "do-trust-server", "do-server-chain"],
    },
  },
};

const ofOthers: Readonly<Record<Exclude<Cause, CertificateCause>, Advice>> = {
  "no-client-certificate": {
    causes: ["no-certificate-set", "not-among-advertised", "cloudfront-without-mtls", "asked-late"],
    actions: ["do-present", "do-see-advertised", "do-origin-mtls", "do-order"],
  },
  "handshake-failure": {
    causes: ["certificate-missing", "settings-differ", "key-cannot-sign"],
    actions: ["do-present", "do-settings", "do-server-log"],
  },
  version: { causes: ["version-differs"], actions: ["do-version"] },
  "unknown-server-name": { causes: ["name-not-served", "host-forwarded"], actions: ["do-server-name"] },
  "no-alpn": { causes: ["no-common-protocol"], actions: ["do-alpn"] },
  renegotiation: { causes: ["asked-late", "renegotiation-off"], actions: ["do-no-renegotiation"] },
  "internal-error": {
    causes: ["server-fault", "name-not-served", "certificate-not-accepted"],
    actions: ["do-server-log", "do-retry"],
  },
  "protocol-fault": { causes: ["fault-or-middle"], actions: ["do-verbose", "do-server-log"] },
  "key-mismatch": { causes: ["key-of-another", "certificate-renewed-key-not"], actions: ["do-key-pair"] },
  "own-files": { causes: ["file-wrong", "passphrase", "key-of-another"], actions: ["do-files"] },
  "plain-server": { causes: ["port-without-tls", "fault-or-middle"], actions: ["do-port"] },
  "plain-client": { causes: ["scheme-wrong"], actions: ["do-https"] },
  closed: {
    causes: ["refused-silently", "middle-closed", "cloudfront-without-mtls"],
    actions: ["do-present", "do-server-log", "do-verbose"],
  },
  unreachable: { causes: ["nothing-listens", "firewall"], actions: ["do-reach"] },
  timeout: { causes: ["firewall", "nothing-listens"], actions: ["do-reach"] },
  "no-address": { causes: ["name-unknown"], actions: ["do-reach"] },
  "handshake-unclear": {
    causes: ["unclear", "certificate-missing", "settings-differ"],
    actions: ["do-verbose", "do-server-log"],
  },
  "function-denied": { causes: ["function"], actions: ["do-function"] },
  "function-error": { causes: ["function-broken"], actions: ["do-function"] },
  "api-gateway-forbidden": {
    causes: ["api-gateway-certificate", "api-gateway-other"],
    actions: ["do-api-gateway", "do-check-client"],
  },
  "cloudfront-origin": {
    causes: ["origin-requires", "origin-certificate", "origin-unreachable", "settings-differ"],
    actions: ["do-origin-mtls", "do-order", "do-curl-origin", "do-public-server"],
  },
  "cloudfront-origin-name": { causes: ["name-unknown"], actions: ["do-reach"] },
  "cloudfront-origin-answer": { causes: ["origin-answer"], actions: ["do-curl-origin", "do-server-log"] },
};

/** What a failure means, as far as the message and what is at hand tell. */
export function explain(failure: Failure, atHand: AtHand = {}): Explanation {
  const { cause, refusing, isAssumed, step } = failure;
  // Who judges a certificate is one of the two sides.
  const judge = refusing === "client" ? "client" : "server";
  const { causes, actions } = isCertificateCause(cause) ? ofCertificates[cause][judge] : ofOthers[cause];
  return {
    what: whatOf(failure, judge),
    who: { code: `failure:${whoOf(failure)}` },
    step: { code: `failure:step-${step}` },
    otherwise: isAssumed ? { code: "failure:otherwise" } : undefined,
    seen: seenIn(failure, atHand),
    causes: causes.map((likely) => ({ code: `failure:${likely}` })),
    actions: actions.map((action) => ({ code: `failure:${action}` })),
  };
}

function whatOf({ cause, alert }: Failure, judge: Side): FailureReason {
  if (isCertificateCause(cause))
    return { code: `failure:what-${cause}-of-${judge === "client" ? "server" : "client"}` };
  if (cause !== "protocol-fault") return { code: `failure:what-${cause}` };
  return alert === undefined
    ? { code: "failure:what-alert-unknown" }
    : { code: "failure:what-protocol-fault", args: { alert } };
}

function whoOf({ cause, refusing, service }: Failure): Who {
  if (cause === "cloudfront-origin") return "who-origin-or-cloudfront";
  return refusing === "server" && service !== undefined ? `who-${service}` : `who-${refusing}`;
}

// --- what is at hand

/** What a config says of mTLS to its custom origins; one that is written where CloudFront does not read it is off. */
export function configAtHand(name: string, { distribution: { origins } }: Config): ConfigAtHand {
  const custom = origins.flatMap(({ kind, id, mtls }) => (kind === "custom" && id !== undefined ? [{ id, mtls }] : []));
  const ids = (isOn: boolean) => custom.filter(({ mtls }) => (mtls === "on") === isOn).map(({ id }) => id);
  return { name, on: ids(true), off: ids(false) };
}

/** Causes that can lie in the client's certificate though they do not say so. */
const mayBeOfClient: ReadonlySet<Cause> = new Set<Cause>([
  "handshake-failure",
  "internal-error",
  "closed",
  "handshake-unclear",
  "api-gateway-forbidden",
  "cloudfront-origin",
]);

/** Causes that a distribution without origin mTLS can be the reason of. */
const mayBeOfConfig: ReadonlySet<Cause> = new Set<Cause>([
  "no-client-certificate",
  "handshake-failure",
  "closed",
  "cloudfront-origin",
]);

/** What of a certificate counts everywhere, not at CloudFront alone. */
const everywhere: ReadonlySet<Judgement["requirement"]> = new Set(["validity", "client-auth"]);

function seenIn(failure: Failure, { client, store, configs = [] }: AtHand): readonly SeenReason[] {
  const { cause, refusing, service } = failure;
  const isOfClient = (isCertificateCause(cause) && refusing === "server") || mayBeOfClient.has(cause);
  const isOfOrigin = mayBeOfConfig.has(cause) && service === undefined;
  return [
    ...(isOfClient && client !== undefined
      ? [...seenInCertificate(cause, client), ...seenInStore(failure, client, store)]
      : []),
    ...(isOfOrigin ? configs.flatMap(seenInConfig) : []),
  ];
}

function seenInCertificate(cause: Cause, { name, certificate, fitness }: ClientAtHand): readonly SeenReason[] {
  // CloudFront presents this certificate to its origins only.
  const isAll = cause === "cloudfront-origin";
  const unmet = fitness.judgements.filter(({ holds, requirement }) => !holds && (isAll || everywhere.has(requirement)));
  const args = { title: certificateCalled(certificate), client: showable(name) };
  if (unmet.length === 0) return [{ code: "failure:seen-certificate-fit", args }];
  return [{ code: "failure:seen-certificate", args }, ...unmet.map(({ reason }) => reason)];
}

function seenInStore(
  failure: Failure,
  { name, certificate }: ClientAtHand,
  store: AtHand["store"],
): readonly SeenReason[] {
  if (store === undefined) return [];
  const { verdict, objections } = answerFor(failure, store.answer);
  const word = verdict === "refused" ? "refuses" : verdict === "accepted" ? "accepts" : "unclear";
  return [
    {
      code: `failure:seen-store-${word}`,
      args: { title: certificateCalled(certificate), client: showable(name), store: showable(store.name) },
    },
    ...(verdict === "accepted" ? [] : objections.map(({ reason }) => reason)),
  ];
}

/** That of the service which refused, where it is known; else what programs say that follow RFC 5280. */
function answerFor({ cause, service }: Failure, { rfc5280, byTarget }: AcceptanceAnswer): Acceptance {
  if (cause === "api-gateway-forbidden") return byTarget.apigateway;
  return service === "cloudfront" || service === "alb" ? byTarget[service] : rfc5280;
}

function seenInConfig({ name, on, off }: ConfigAtHand): readonly SeenReason[] {
  if (off.length > 0)
    return [
      {
        code: "failure:seen-origin-mtls-off",
        args: { config: showable(name), origins: off.map((id) => showable(id)) },
      },
    ];
  return on.length > 0
    ? [{ code: "failure:seen-origin-mtls-on", args: { config: showable(name), origins: on.map((id) => showable(id)) } }]
    : [];
}
