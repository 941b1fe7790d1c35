/** A list of the catalogue: the rules whose subject is of one type. */
export interface RuleList {
  readonly name: string;
  /** The type that a rule of this list names: `Rule<Origin>`. The compiler holds the list to it. */
  readonly subject: string;
  /** The file that declares the type, as the catalogue imports it. */
  readonly from: string;
  /** The comment above the list, where its name and type do not say it all. */
  readonly comment?: string;
}

/** In the order in which they stand in the catalogue, and in the README. */
export const ruleLists: readonly RuleList[] = [
  { name: "fileRules", subject: "ConfigFacts", from: "../facts.ts" },
  { name: "originRules", subject: "Origin", from: "../cloudfront/distribution.ts" },
  { name: "behaviorRules", subject: "Behavior", from: "../cloudfront/distribution.ts" },
  { name: "distributionRules", subject: "Distribution", from: "../cloudfront/distribution.ts" },
  {
    name: "domainNameRules",
    subject: "DomainName",
    from: "../apigateway/domain-name.ts",
    comment: "About a custom domain name of API Gateway.",
  },
  {
    name: "domainNamesRules",
    subject: "DomainNames",
    from: "../apigateway/domain-name.ts",
    comment: "About all the domain names that a document holds.",
  },
  {
    name: "listenerRules",
    subject: "Listener",
    from: "../elb/listener.ts",
    comment: "About a listener of a load balancer.",
  },
  {
    name: "pemFileRules",
    subject: "BundleFacts",
    from: "../facts.ts",
    comment: "About a file of PEM blocks, whatever is in them.",
  },
  {
    name: "pieceRules",
    subject: "Piece",
    from: "../x509/bundle/bundle.ts",
    comment: "About one block, whatever else is in the file: what they find is kept until the block changes.",
  },
  {
    name: "certificateRules",
    subject: "CertificatePiece",
    from: "./rule.ts",
    comment: "About one certificate, likewise.",
  },
  {
    name: "bundleRules",
    subject: "Bundle",
    from: "../x509/bundle/bundle.ts",
    comment: "About blocks beside each other.",
  },
];

/** Some of a list's rules, which are also run alone: those whose ids begin alike. */
export const partialLists = [
  {
    name: "namedCertificateRules",
    of: "originRules",
    idsBeginWith: "origin/client-certificate-",
    comment: "Of these, those about the certificate that an origin names, be it in the document already or not.",
  },
] as const;

/** What a new rule begins with. */
export interface Folder {
  /** What rules in this folder are mostly about; one that is about something else names its own type. */
  readonly subject: string;
  /** A document that AWS takes, below `test/rules`: the documents of a new rule begin as copies of it. */
  readonly document: string;
}

/** By the folder below `core/rules`, the first half of an id. */
export const folders: Readonly<Record<string, Folder>> = {
  behavior: { subject: "Behavior", document: "behavior/grpc/good-off.json" },
  bundle: { subject: "Bundle", document: "bundle/order/good-alone.pem" },
  certificate: { subject: "CertificatePiece", document: "certificate/weak-key/good-rsa-2048.pem" },
  "client-certificate": { subject: "Bundle", document: "client-certificate/key/good-p256.pem" },
  distribution: { subject: "Distribution", document: "distribution/quantity/good-equal.json" },
  "domain-name": { subject: "DomainName", document: "domain-name/security-policy/good-1-2.json" },
  file: { subject: "ConfigFacts", document: "file/encoding/good-utf8.json" },
  listener: { subject: "Listener", document: "listener/trust-store/good-verify.json" },
  origin: { subject: "Origin", document: "origin/mtls-host/good-own-host.json" },
  pem: { subject: "Piece", document: "pem/dashes/good-exact.pem" },
  "trust-store": { subject: "Bundle", document: "trust-store/version/good-version-3.pem" },
  "viewer-mtls": { subject: "Distribution", document: "viewer-mtls/trust-store/good-required.json" },
};
