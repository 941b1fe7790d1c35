// Inspections as core builds them, for the tests of the page that shows them.
import type { Card, ExtensionCard, Inspection } from "../../src/core/messages/inspection/inspection.ts";
import type { Field } from "../../src/core/messages/x509/field.ts";

const code = (name: string, value: string): Field => ({ name, value, monospace: true });
const plain = (name: string, value: string): Field => ({ name, value });
const fingerprint = "3F:9A:11:C2:70:5B:E8:44:0D:96:AF:2B:7C:18:D3:E5:60:41:9B:F7:22:8E:C4:0A:B3:5D:77:19:E6:F8:02:AC";
const source =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-enable-mtls-distributions.html";

function extension(
  oid: string,
  name: string,
  fields: readonly Field[],
  more: Partial<ExtensionCard> = {},
): ExtensionCard {
  return {
    oid,
    name,
    critical: false,
    fields,
    hex: "04 14 3f 9a 11 c2 70 5b e8 44 0d 96 af 2b 7c 18 d3 e5 60 41 9b f7",
    ...more,
  };
}

export const twentyExtensions: readonly ExtensionCard[] = [
  extension("2.5.29.15", "Key usage", [plain("Usages", "Digital signature, Key agreement")], {
    critical: true,
    hex: "03 02 03 88",
  }),
  extension("2.5.29.37", "Extended key usage", [
    plain("Purposes", "TLS client authentication (1.3.6.1.5.5.7.3.2)\nTLS server authentication (1.3.6.1.5.5.7.3.1)"),
  ]),
  extension("2.5.29.19", "Basic constraints", [plain("CA", "no")], { critical: true, hex: "30 00" }),
  extension("2.5.29.14", "Subject key identifier", [
    code("Key identifier", "3F:9A:11:C2:70:5B:E8:44:0D:96:AF:2B:7C:18:D3:E5:60:41:9B:F7"),
  ]),
  extension("2.5.29.35", "Authority key identifier", [
    code("Key identifier", "60:41:9B:F7:22:8E:C4:0A:B3:5D:77:19:E6:F8:02:AC:3F:9A:11:C2"),
    plain("Issuer", "CN=Example Root CA, O=Example K.K., C=JP"),
    code("Serial number", "01"),
  ]),
  extension("2.5.29.17", "Subject alternative name", [
    code("DNS", "api.example.com\napi-tokyo.example.com"),
    code("URI", "spiffe://example.com/ns/shop/sa/cloudfront-origin"),
    code("IP address", "192.0.2.10"),
    plain("Email", "platform@example.com"),
  ]),
  extension("2.5.29.31", "CRL distribution points", [code("URI", "http://crl.example.com/issuing-ca-1.crl")]),
  extension("1.3.6.1.5.5.7.1.1", "Authority information access", [
    code("OCSP", "http://ocsp.example.com"),
    code("CA issuers", "http://ca.example.com/issuing-ca-1.cer"),
  ]),
  extension("2.5.29.32", "Certificate policies", [
    code("Policy", "2.23.140.1.2.2"),
    plain("User notice", "For use between CloudFront and its origins only."),
  ]),
  extension("1.3.6.1.4.1.11129.2.4.2", "Signed certificate timestamps", [
    plain("Timestamp 1", "2025-11-02 03:04:05 UTC, log 4E:75:A3:27…"),
    plain("Timestamp 2", "2025-11-02 03:04:06 UTC, log D8:09:55:3B…"),
  ]),
  extension("2.5.29.9", "Subject directory attributes", [plain("Country of residence", "JP")]),
  extension("2.5.29.16", "Private key usage period", [
    plain("Not before", "2025-11-02 00:00:00 UTC"),
    plain("Not after", "2026-05-01 23:59:59 UTC"),
  ]),
  extension("2.5.29.18", "Issuer alternative name", [code("URI", "https://ca.example.com/")]),
  extension(
    "2.5.29.30",
    "Name constraints",
    [code("Permitted", "DNS .example.com"), code("Excluded", "DNS .internal.example.com")],
    { critical: true },
  ),
  extension("2.5.29.36", "Policy constraints", [plain("Require explicit policy after", "0 certificates")]),
  extension("2.5.29.54", "Inhibit any policy", [plain("After", "2 certificates")]),
  extension("1.3.6.1.5.5.7.1.24", "TLS feature", [plain("Features", "status_request (OCSP must staple)")]),
  extension("1.3.6.1.5.5.7.1.11", "Subject information access", [], {
    fault: "The SEQUENCE ends 3 bytes after the extension.",
    hex: "30 0e 30 0c 06 08 2b 06 01",
  }),
  extension("2.16.840.1.113730.1.13", "Netscape comment", [plain("Comment", "Made by the platform team’s tool")]),
  extension("1.3.6.1.4.1.99999.7.1", "Unknown extension", []),
];

export function card(id: string, title: string, more: Partial<Card> = {}): Card {
  return {
    id,
    kind: "certificate",
    title,
    subtitle: "issued by Example Issuing CA 1",
    badges: [
      { tone: "ok", text: "expires in 5 months" },
      { tone: "info", text: "EC P-256" },
    ],
    line: Number.parseInt(id, 10) * 30,
    fields: [
      plain("Subject", `CN=${title}, OU=Platform, O=Example K.K., L=Chiyoda-ku, ST=Tokyo, C=JP`),
      plain("Issuer", "CN=Example Issuing CA 1, O=Example K.K., C=JP"),
      code("Serial number", "4A:BC:10:00:00:00:00:7F:11:22"),
      plain("Valid from", "2025-11-02 00:00:00 UTC"),
      plain("Valid until", "2026-05-01 23:59:59 UTC (expires in 5 months)"),
      plain("Version", "3"),
      plain("Key", "EC P-256, 256 bits"),
      plain("Signature", "ECDSA with SHA-256"),
      code("SHA-256 fingerprint", fingerprint),
    ],
    extensions: [],
    problems: [],
    fitness: undefined,
    search: `${title} issued by example issuing ca 1`.toLowerCase(),
    ...more,
  };
}

const fit = {
  fit: true,
  reasons: [
    "X.509 version 3",
    "The key is EC P-256",
    "Signed with ECDSA with SHA-256",
    "Extended key usage allows TLS client authentication",
    "Valid now",
    "The chain has 2 certificates; CloudFront accepts up to 3, including leaf and root",
  ].map((message) => ({ holds: true, message })),
};

/** A leaf with 20 extensions, its issuer, and the name of a root that is not there. */
/** A question and its four kinds of answers. */
export const acceptance: Inspection = {
  name: "client.example → clients.pem",
  note: undefined,
  acceptance: {
    question: "Does the trust store “clients.pem” accept “client.example”?",
    at: "At the current time, 2026-11-21 19:03 UTC.",
    answers: [
      {
        name: "RFC 5280",
        tone: "ok",
        answer: "Yes",
        reasons: ["The certification path has 2 certificates, and all their signatures were verified"],
      },
      {
        name: "CloudFront",
        tone: "error",
        answer: "No",
        reasons: ["The key of “Clients CA” is RSA 1024. CloudFront does not accept it"],
      },
      {
        name: "API Gateway",
        tone: "warning",
        answer: "Accepted by RFC 5280; not documented by AWS",
        reasons: [
          "“Clients CA” expired on 2026-11-01 00:00:00 UTC. RFC 5280 accepts this. The API Gateway documentation does not describe this case.",
        ],
      },
      { name: "Application Load Balancer", tone: "info", answer: "Undetermined", reasons: [] },
    ],
  },
  chains: [
    [
      {
        card: "0",
        title: "client.example",
        role: "leaf",
        link: { state: "valid", text: "The signature of “client.example” matches the key of “Clients CA”." },
      },
      { card: "1", title: "Clients CA", role: "root" },
    ],
  ],
  cards: [card("0", "client.example"), card("1", "Clients CA")],
};

export const leaf: Inspection = {
  name: "origin-client-chain.pem",
  note: undefined,
  chains: [
    [
      {
        card: "0",
        title: "cloudfront-origin.example.com",
        role: "leaf",
        link: {
          state: "valid",
          text: "The signature of “cloudfront-origin.example.com” matches the key of “Example Issuing CA 1”.",
        },
      },
      {
        card: "1",
        title: "Example Issuing CA 1",
        role: "intermediate",
        link: {
          state: "missing",
          text: "“Example Root CA”, the issuer of “Example Issuing CA 1”, is not in this file.",
        },
      },
      { card: undefined, title: "Example Root CA", role: "missing" },
    ],
  ],
  cards: [
    card("0", "cloudfront-origin.example.com", {
      extensions: twentyExtensions,
      fitness: fit,
      badges: [
        { tone: "ok", text: "usable for CloudFront" },
        { tone: "warning", text: "expires in 12 days" },
        { tone: "info", text: "EC P-256" },
      ],
      problems: [
        {
          severity: "warning",
          rule: "certificate/expiry",
          message: "This certificate expires in 12 days, on 2025-12-03.",
          url: source,
        },
      ],
    }),
    card("1", "Example Issuing CA 1", {
      subtitle: "issued by Example Root CA",
      badges: [
        { tone: "ok", text: "expires in 4 years" },
        { tone: "info", text: "RSA 2048" },
        { tone: "info", text: "CA" },
      ],
      extensions: twentyExtensions.slice(0, 5),
    }),
  ],
};

export function bundle(count: number): Inspection {
  return {
    name: "trust-store.pem",
    note: undefined,
    chains: [],
    cards: Array.from({ length: count }, (_, index) => {
      const expired = index % 17 === 16;
      return card(String(index), `Partner Root CA ${String(index + 1).padStart(3, "0")}`, {
        subtitle: "self-signed",
        badges: [
          expired ? { tone: "error", text: "expired 3 months ago" } : { tone: "ok", text: "expires in 9 years" },
          { tone: "info", text: index % 2 === 0 ? "RSA 4096" : "EC P-384" },
        ],
        extensions: twentyExtensions.slice(0, 6),
      });
    }),
  };
}

export const damaged: Inspection = {
  name: "half-pasted.pem",
  note: { tone: "warning", text: "1 of 5 blocks is damaged. The readable content is shown.", steps: [] },
  chains: [
    [
      {
        card: "0",
        title: "api.example.com",
        role: "leaf",
        link: {
          state: "broken",
          text: "The signature of “api.example.com” does not match the key of “Example Root CA”.",
        },
      },
      { card: "2", title: "Example Root CA", role: "root" },
    ],
    [
      {
        card: "0",
        title: "api.example.com",
        role: "leaf",
        link: {
          state: "unchecked",
          text: "“Example Issuing CA 1 (new key)” is the issuer of “api.example.com” by name. The signature is not verified yet.",
        },
      },
      {
        card: "5",
        title: "Example Issuing CA 1 (new key)",
        role: "intermediate",
        link: {
          state: "unsupported",
          text: "The signature of “Example Issuing CA 1 (new key)” cannot be verified here: ML-DSA-65.",
        },
      },
      {
        card: "6",
        title: "Example Issuing CA of CAs",
        role: "intermediate",
        link: {
          state: "valid",
          text: "The signature of “Example Issuing CA of CAs” matches the key of “Example Root CA”.",
        },
      },
      { card: "2", title: "Example Root CA", role: "root" },
    ],
  ],
  cards: [
    card("0", "api.example.com", {
      fitness: {
        fit: false,
        reasons: [
          { holds: true, message: "X.509 version 3" },
          { holds: false, message: "The key is RSA 1024; CloudFront accepts RSA 2048 and EC P-256" },
          { holds: false, message: "Extended key usage lacks TLS client authentication" },
          { holds: true, message: "Valid now" },
        ],
      },
      problems: [
        {
          severity: "error",
          rule: "certificate/weak-key",
          message: "The RSA key has 1024 bits; at least 2048 bits are required.",
          url: source,
        },
        {
          severity: "info",
          rule: "chain/order",
          message: "The issuer of this certificate stands before it.",
          url: source,
        },
      ],
      badges: [{ tone: "error", text: "RSA 1024" }],
      extensions: twentyExtensions.slice(0, 3),
    }),
    card("1", "Damaged certificate", {
      kind: "damaged",
      subtitle: "END CERTIFICATE is missing",
      badges: [{ tone: "error", text: "damaged" }],
      fields: [plain("Damage", "The block begins in line 32 and never ends.")],
      problems: [
        {
          severity: "error",
          rule: "pem/no-end",
          message: "The block never ends: END CERTIFICATE is missing.",
          url: source,
        },
      ],
    }),
    card("2", "Example Root CA", { subtitle: "self-signed" }),
    card("3", "api.example.com", {
      kind: "request",
      subtitle: "certificate request",
      badges: [{ tone: "info", text: "request" }],
    }),
    card("4", "Private key", {
      kind: "private-key",
      subtitle: "recognized by its label, never read",
      badges: [{ tone: "info", text: "key" }],
      fields: [],
    }),
    card("5", "Example Issuing CA 1 (new key)"),
    card("6", "Example Issuing CA of CAs"),
  ],
};

export const pkcs12: Inspection = {
  name: "client.pfx",
  note: {
    tone: "info",
    text: "“client.pfx” is a PKCS#12 file. It can contain private keys and is not opened. This command extracts its certificates without the keys.",
    steps: ["openssl pkcs12 -in client.pfx -nokeys -out client.pem"],
  },
  chains: [],
  cards: [],
};

const evil = "pay\u202elapyap\u202c.example\u0000.com\u200b<img src=x onerror=alert(1)>${7*7}\nForged line";

/** Nothing in it may be taken for markup, hide, move other text, or widen the page. */
export const hostile: Inspection = {
  name: `evil\u202e.pem`,
  note: { tone: "error", text: evil, steps: [evil, "x".repeat(100_000)] },
  chains: [
    [
      { card: "0", title: evil, role: "leaf", link: { state: "broken", text: evil } },
      { card: undefined, title: "W".repeat(100_000), role: "missing" },
    ],
  ],
  cards: [
    card("0", evil, {
      subtitle: evil,
      badges: [
        { tone: "error", text: "B".repeat(100_000) },
        { tone: "info", text: evil },
      ],
      fields: [
        plain(evil, evil),
        code("Subject", "S".repeat(100_000)),
        plain("Lines", "line\n".repeat(50_000)),
        plain("Accents", `a${"\u0301\u0330".repeat(300)}`),
        plain("Arabic", "شهادة CN=אבג"),
      ],
      extensions: [
        extension(`1.2.3.${"9".repeat(5_000)}`, evil, [plain("Value", evil)], {
          hex: "ab".repeat(50_000),
          fault: evil,
          critical: true,
        }),
      ],
      problems: [{ severity: "error", rule: evil, message: evil, url: "javascript:alert(1)" }],
      fitness: { fit: false, reasons: [{ holds: false, message: evil }] },
    }),
    card("1", "T".repeat(100_000)),
  ],
};
