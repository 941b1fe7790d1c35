// The worlds as they are at the start: what certificates and distributions there are. Dates count from the moment of
// the start.
import { type ConfigParts, configXml, type OriginParts } from "./config-xml.ts";
import {
  absentCertificate,
  account,
  certificateArn,
  certificates,
  distributions,
  otherAccount,
  otherAccountDistribution,
  secretHeaderValues,
  type WorldName,
} from "./world.ts";

export type KeyKind = "RSA_2048" | "RSA_4096" | "EC_prime256v1" | "EC_secp384r1";

export interface CertificateSeed {
  readonly arn: string;
  /** The first is the domain name; a client certificate may have none. */
  readonly names: readonly string[];
  /** As in `CN=orders,O=Example Corp`. */
  readonly subject: string;
  readonly type: "IMPORTED" | "AMAZON_ISSUED" | "PRIVATE";
  readonly status: "ISSUED" | "EXPIRED" | "PENDING_VALIDATION" | "REVOKED" | "FAILED";
  readonly key: KeyKind;
  readonly purposes: readonly ("server" | "client")[];
  /** Counted from now; a certificate that was never issued has no dates. */
  readonly days?: { readonly since: number; readonly left: number };
  /** Who issued it: two CAs above it, three, or Amazon's. */
  readonly chain: "private" | "deep" | "amazon";
  readonly failureReason?: string;
}

export interface DistributionSeed {
  readonly id: string;
  /** XML inside `<DistributionConfig>`; a function where making it takes time. */
  readonly config: string | (() => string);
  readonly inProgress?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Days since it was changed. */
  readonly age: number;
}

export interface AccountSeed {
  readonly certificates: readonly CertificateSeed[];
  readonly distributions: readonly DistributionSeed[];
  /** As in `cloudfront:ListDistributions`. */
  readonly denied: readonly string[];
}

export function seedOf(world: WorldName): ReadonlyMap<string, AccountSeed> {
  return new Map([
    [account, accountSeed(world)],
    [otherAccount, other],
  ]);
}

function accountSeed(world: WorldName): AccountSeed {
  switch (world) {
    case "default":
      return { certificates: ourCertificates, distributions: ourDistributions(), denied: [] };
    case "empty":
      return { certificates: [], distributions: [], denied: [] };
    case "denied":
      return {
        certificates: ourCertificates,
        distributions: ourDistributions(),
        denied: ["cloudfront:ListDistributions"],
      };
    case "large":
      return (large ??= largeSeed());
  }
}

// --- certificates

const fit: Omit<CertificateSeed, "arn" | "names" | "subject"> = {
  type: "IMPORTED",
  status: "ISSUED",
  key: "EC_prime256v1",
  purposes: ["client"],
  days: { since: 65, left: 300 },
  chain: "private",
};

function client(arn: string, name: string, different: Partial<CertificateSeed> = {}): CertificateSeed {
  const domain = `${name}.clients.example.com`;
  return { ...fit, arn, names: [domain], subject: `CN=${domain},O=Example Corp`, ...different };
}

const ourCertificates: readonly CertificateSeed[] = [
  client(certificates.orders, "orders"),
  client(certificates.spare, "spare", { key: "RSA_2048", days: { since: 20, left: 345 } }),
  ...certificates.fleet.map((arn, at) => client(arn, `fleet-${at + 1}`, { days: { since: 30, left: 200 + at * 20 } })),
  client(certificates.expiring, "payments", { days: { since: 353, left: 12 } }),
  client(certificates.expired, "legacy", { status: "EXPIRED", days: { since: 370, left: -5 } }),
  {
    arn: certificates.pending,
    names: ["shop.example.com"],
    subject: "CN=shop.example.com",
    type: "AMAZON_ISSUED",
    status: "PENDING_VALIDATION",
    key: "RSA_2048",
    purposes: ["server"],
    chain: "amazon",
  },
  {
    arn: certificates.publicSite,
    names: ["orders.example.com", "www.orders.example.com"],
    subject: "CN=orders.example.com",
    type: "AMAZON_ISSUED",
    status: "ISSUED",
    key: "RSA_2048",
    purposes: ["server"],
    days: { since: 40, left: 158 },
    chain: "amazon",
  },
  client(certificates.serverOnly, "gateway", { purposes: ["server"] }),
  client(certificates.p384, "reports", { key: "EC_secp384r1" }),
  client(certificates.rsa4096, "archive", { key: "RSA_4096" }),
  client(certificates.longChain, "partners", { chain: "deep" }),
  client(certificates.nameless, "", { names: [], subject: "CN=Batch client 7,O=Example Corp" }),
  client(certificates.revoked, "stolen", { status: "REVOKED", type: "PRIVATE" }),
  {
    arn: certificates.failed,
    names: ["app.example.org"],
    subject: "CN=app.example.org",
    type: "AMAZON_ISSUED",
    status: "FAILED",
    key: "RSA_2048",
    purposes: ["server"],
    chain: "amazon",
    failureReason: "CAA_ERROR",
  },
  client(certificates.private, "ledger", {
    type: "PRIVATE",
    purposes: ["server", "client"],
    days: { since: 10, left: 385 },
  }),
  client(certificates.tokyo, "tokyo"),
];

// --- distributions

const on = (id: string, certificate: string, more: Partial<OriginParts> = {}): OriginParts => ({
  id,
  domain: `${id}.origin.example.com`,
  certificate,
  ...more,
});
const off = (id: string, more: Partial<OriginParts> = {}): OriginParts => ({
  id,
  domain: `${id}.origin.example.com`,
  ...more,
});
const bucket = (id: string): OriginParts => ({ id, domain: `${id}-assets.s3.us-east-1.amazonaws.com`, kind: "s3" });

function ourDistributions(): readonly DistributionSeed[] {
  let age = 0;
  const seed = (
    id: string,
    parts: Omit<ConfigParts, "reference">,
    more: Omit<Partial<DistributionSeed>, "id" | "config"> = {},
  ): DistributionSeed => ({
    id,
    config: configXml({ reference: `${id}-2026`, ...parts }),
    age: ++age,
    ...more,
  });
  const trustStore = "ts_0123456789abcdef0123456789";
  return [
    seed(distributions.orders, {
      origins: [
        on("orders-api", certificates.orders, { headers: [["X-Origin-Secret", secretHeaderValues[0] ?? ""]] }),
        bucket("orders"),
      ],
      behavior: { target: "orders" },
      behaviors: [{ path: "/api/*", target: "orders-api" }],
      aliases: ["orders.example.com", "www.orders.example.com"],
      comment: "Orders",
      viewerCertificate: certificates.publicSite,
    }),
    seed(distributions.expired, { origins: [on("legacy-api", certificates.expired)], comment: "Legacy API" }),
    seed(distributions.missing, { origins: [on("partner-api", absentCertificate)], comment: "Partner API" }),
    seed(distributions.unfit, { origins: [on("gateway", certificates.serverOnly)], comment: "Gateway" }),
    seed(distributions.wrongRegion, { origins: [on("tokyo-api", certificates.tokyo)], comment: "Tokyo API" }),
    seed(distributions.expiring, { origins: [on("payments-api", certificates.expiring)], comment: "Payments" }),
    seed(distributions.otherAccount, {
      origins: [on("shared-api", certificates.otherAccount)],
      comment: "Certificate of another account",
    }),
    seed(distributions.single, { origins: [off("catalog")], comment: "Catalog" }),
    seed(distributions.several, {
      origins: [
        ...["eu", "us", "ap", "sa", "af"].map((id) => off(id)),
        off("match", { protocol: "match-viewer" }),
        off("plain", { protocol: "http-only" }),
      ],
      behaviors: ["us", "ap", "sa", "af", "match", "plain"].map((id) => ({ path: `/${id}/*`, target: id })),
      comment: "Regional APIs",
    }),
    seed(distributions.bucket, { origins: [bucket("static")], comment: "Static files" }),
    seed(distributions.website, {
      origins: [{ id: "site", domain: "site.example.com.s3-website-us-east-1.amazonaws.com", protocol: "http-only" }],
      comment: "Website",
    }),
    seed(distributions.vpc, {
      origins: [{ id: "inside", domain: "internal-alb-1234567890.us-east-1.elb.amazonaws.com", kind: "vpc" }],
      comment: "Inside a VPC",
    }),
    seed(distributions.executeApi, {
      origins: [{ id: "lambda", domain: "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com" }],
      comment: "Serverless",
    }),
    seed(distributions.viewerRequired, {
      origins: [off("vault")],
      viewerMtls: { mode: "required", trustStore },
      comment: "Viewers need a certificate",
    }),
    seed(distributions.viewerOptional, {
      origins: [off("portal")],
      viewerMtls: { mode: "optional", trustStore },
      comment: "Viewers may have a certificate",
    }),
    seed(distributions.viewerPassthrough, {
      origins: [off("inspect")],
      viewerMtls: { mode: "passthrough" },
      comment: "The origin judges the viewers",
    }),
    seed(distributions.inProgress, { origins: [off("rollout")], comment: "Being deployed" }, { inProgress: true }),
    seed(distributions.disabled, { origins: [off("retired")], enabled: false, comment: "Switched off" }),
    seed(distributions.japanese, {
      origins: [off("nihon", { path: "/日本" })],
      aliases: ["日本.example.com"],
      comment: "日本向けの注文サイト（本番）",
    }),
    seed(
      distributions.stack,
      { origins: [off("stack-api")], comment: "From a stack" },
      {
        tags: {
          "aws:cloudformation:stack-name": "shop-prod",
          "aws:cloudformation:logical-id": "Distribution",
          "aws:cloudformation:stack-id": `arn:aws:cloudformation:us-east-1:${account}:stack/shop-prod/0a1b2c3d`,
        },
      },
    ),
    seed(
      distributions.terraform,
      { origins: [off("terraform-api")], comment: "From Terraform" },
      { tags: { "managed-by": "terraform", team: "edge" } },
    ),
    seed(distributions.newer, newerParts()),
    seed(distributions.headers, {
      origins: [
        off("secrets", { headers: secretHeaderValues.map((value, at) => [`X-Secret-${at + 1}`, value] as const) }),
      ],
      comment: "Custom headers",
    }),
    seed(distributions.groups, {
      origins: [on("primary", certificates.orders), off("secondary"), bucket("fallback")],
      groups: [
        { id: "api-group", members: ["primary", "secondary"] },
        { id: "static-group", members: ["secondary", "fallback"] },
      ],
      behavior: { target: "api-group" },
      comment: "Failover",
    }),
    seed(distributions.edge, {
      origins: [off("edge-api"), off("grpc-api")],
      behavior: { target: "edge-api", lambdaEvents: ["viewer-request", "origin-request", "origin-response"] },
      behaviors: [{ path: "/grpc.Service/*", target: "grpc-api", grpc: true }],
      comment: "Lambda@Edge and gRPC",
    }),
    seed(distributions.staging, { origins: [off("next")], staging: true, comment: "Staging" }),
    seed(distributions.tenants, { origins: [off("tenants")], tenants: true, comment: "For tenants" }),
    seed(distributions.http3, { origins: [off("fast")], httpVersion: "http2and3", comment: "HTTP/3" }),
    seed(distributions.hundred, {
      origins: Array.from({ length: 100 }, (_, at) => off(`origin-${String(at + 1).padStart(3, "0")}`)),
      comment: "As many origins as the quota allows",
    }),
  ];
}

/**
 * Scalars, lists, nested ones, attributes, comments, a list without `Items`, an empty one: at the top, in an origin, in
 * a behavior.
 */
function newerParts(): Omit<ConfigParts, "reference"> {
  return {
    origins: [
      off("future-api", {
        moreCustom:
          '<OriginTlsConfig MinimumVersion="TLSv1.3" xmlns:edge="urn:example:edge"><edge:Groups><Quantity>2</Quantity><Items><Group>X25519MLKEM768</Group><Group>secp256r1</Group></Items></edge:Groups><SessionTickets>true</SessionTickets></OriginTlsConfig>',
        more: '<!-- since 2027 --><Priority>10</Priority><Tag Key="tier">gold &amp; silver</Tag><Tag Key="cost">42</Tag><Resolver/>',
      }),
      off("other-api", { more: "<Priority>20</Priority>" }),
    ],
    behavior: {
      target: "future-api",
      more: "<EarlyHints><Enabled>true</Enabled><Links><Quantity>1</Quantity><Items><Link><Rel>preload</Rel><Href>/app.css?a=1&amp;b=2</Href></Link></Items></Links></EarlyHints>",
    },
    behaviors: [{ path: "/v2/*", target: "other-api" }],
    comment: "Members that are newer than we are",
    more: '<EdgeBudget>12.50</EdgeBudget><EdgeRegions><Quantity>2</Quantity><Items><EdgeRegion>eu</EdgeRegion><EdgeRegion>ap</EdgeRegion></Items></EdgeRegions><Provenance Source="console"><Note><![CDATA[a < b & c]]></Note><Empty></Empty></Provenance>',
  };
}

const other: AccountSeed = {
  certificates: [
    client(certificates.otherAccount, "shared", {
      subject: "CN=shared.clients.example.net,O=Other Corp",
      names: ["shared.clients.example.net"],
    }),
  ],
  distributions: [
    {
      id: otherAccountDistribution,
      config: configXml({
        reference: "other-2026",
        origins: [on("other-api", certificates.otherAccount)],
        comment: "The other account's",
      }),
      age: 3,
    },
  ],
  denied: [],
};

// --- as much as an account may hold

export const largeCertificates = 2500;
export const largeDistributions = 500;
export const largeOrigins = 25;

/** Made once: it is the same after each start, and takes its time. */
let large: AccountSeed | undefined;

function largeSeed(): AccountSeed {
  const random = randomFrom(20261121);
  const oneOf = <T>(...of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];
  const arns = Array.from({ length: largeCertificates }, (_, at) => certificateArn(`large-${at}`));
  const certificatesOfAll = arns.map((arn, at): CertificateSeed => {
    const left = Math.floor(random() * 400) - 20;
    return client(arn, `service-${String(at).padStart(4, "0")}`, {
      key: oneOf("EC_prime256v1", "EC_prime256v1", "RSA_2048", "RSA_2048", "EC_secp384r1"),
      purposes: random() < 0.8 ? ["client"] : ["server"],
      status: left < 0 ? "EXPIRED" : "ISSUED",
      days: { since: 400 - left, left },
    });
  });
  const distributionsOfAll = Array.from({ length: largeDistributions }, (_, at): DistributionSeed => {
    const origins = Array.from({ length: largeOrigins }, (_, index): OriginParts => {
      const chance = random();
      const id = `origin-${String(index + 1).padStart(2, "0")}`;
      if (chance < 0.1) return bucket(id);
      return off(id, {
        domain: `${id}.d${at}.origin.example.com`,
        certificate: chance < 0.4 ? arns[Math.floor(random() * arns.length)] : undefined,
      });
    });
    const parts: ConfigParts = {
      reference: `large-${at}`,
      origins,
      aliases: [`d${at}.example.com`],
      comment: `Distribution ${at}`,
    };
    let text: string | undefined;
    return { id: `EL${String(at).padStart(12, "0")}`, config: () => (text ??= configXml(parts)), age: at % 90 };
  });
  return { certificates: certificatesOfAll, distributions: distributionsOfAll, denied: [] };
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
