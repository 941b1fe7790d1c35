import type { Meaning } from "../dialect/payload.ts";
import { flag, list, number, oneOf, readVocabulary, shape, text, type Vocabulary } from "../dialect/shape.ts";

/** API_MutualAuthenticationAttributes: its members as the API spells them. */
export const names = {
  block: "MutualAuthentication",
  mode: "Mode",
  trustStore: "TrustStoreArn",
  ignoreExpiry: "IgnoreClientCertificateExpiry",
  advertise: "AdvertiseTrustStoreCaNames",
  filters: "ClientCertificateIdentityFilters",
  association: "TrustStoreAssociationStatus",
} as const;

/** How each may be written otherwise. */
export const meanings: { readonly [Name in keyof typeof names]: Meaning } = {
  block: [names.block, /^(mutual[-_ ]?(tls[-_ ]?)?(auth|authentication)([-_ ]?attribute)?s?|mutual[-_ ]?tls|mtls)$/i],
  mode: [names.mode, /^mode$/i],
  trustStore: [names.trustStore, /^trust[-_ ]?stores?([-_ ]?arn)?$/i],
  ignoreExpiry: [names.ignoreExpiry, /^ignore[-_ ]?(client[-_ ]?)?certificate[-_ ]?(expiry|expiration)$/i],
  advertise: [names.advertise, /^advertise[-_ ]?trust[-_ ]?store[-_ ]?(ca|certificate)?[-_ ]?names?$/i],
  filters: [
    names.filters,
    /^(client[-_ ]?cert(ificate)?s?[-_ ]?(identity[-_ ]?)?|(cert(ificate)?[-_ ]?)?identity[-_ ]?)filters?$/i,
  ],
  association: [names.association, /^trust[-_ ]?store[-_ ]?association[-_ ]?status$/i],
};

/** What the block holds. */
export const settings: readonly Meaning[] = [
  meanings.mode,
  meanings.trustStore,
  meanings.ignoreExpiry,
  meanings.advertise,
  meanings.association,
  meanings.filters,
];

/** `off` is the default. The model says nothing of others, and has no enumeration. */
export const modes = ["off", "passthrough", "verify"] as const;
export type Mode = (typeof modes)[number];

/** API_ClientCertificateIdentityFilter: no model of an SDK knows it yet. */
export const filterNames = { action: "Action", field: "Field", matchType: "MatchType", value: "Value" } as const;

export const filterWords = {
  action: ["accept"],
  field: ["subject-cn", "subject-ou", "san-dns", "san-uri"],
  matchType: ["exact", "prefix"],
} as const;

/** The inputs. */
export const shapes: Vocabulary = readVocabulary(
  {
    Listener: { Protocol: oneOf("HTTPS", "TLS", "HTTP"), [names.block]: shape("MutualAuthentication") },
    MutualAuthentication: {
      [names.mode]: oneOf(...modes),
      [names.trustStore]: text,
      [names.ignoreExpiry]: flag,
      [names.advertise]: oneOf("on", "off"),
      [names.filters]: list(shape("ClientCertificateIdentityFilter")),
    },
    ClientCertificateIdentityFilter: {
      [`${filterNames.action}*`]: oneOf(...filterWords.action),
      [`${filterNames.field}*`]: oneOf(...filterWords.field),
      [`${filterNames.matchType}*`]: oneOf(...filterWords.matchType),
      [`${filterNames.value}*`]: text,
    },
    Certificate: { CertificateArn: text },
    Action: { Type: text, TargetGroupArn: text },
  },
  {
    Listener: {
      others: {
        ListenerArn: text,
        LoadBalancerArn: text,
        Port: number,
        SslPolicy: text,
        Certificates: list(shape("Certificate")),
        DefaultActions: list(shape("Action")),
      },
    },
    MutualAuthentication: { starts: { [names.mode]: "" }, others: { [names.association]: text } },
  },
);
