// A report in which there is everything that a format can be asked to write.
import type { Excerpt, Finding, Range } from "../../../src/cli/api.ts";
import type { Report } from "../../../src/cli/report.ts";

const originMtls = {
  title: "Origin mutual TLS with CloudFront",
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-mtls-authentication.html",
};

/** A place within a line. */
function within(line: number, from: number, to: number): Range {
  return { start: { line, column: from }, end: { line, column: to } };
}

function whole(text: string, from: number, to: number): Excerpt {
  return { text, from, to, cutBefore: false, cutAfter: false };
}

const protocolPolicy: Finding = {
  rule: "origin/protocol-policy",
  severity: "error",
  message: "With http-only, CloudFront does not use TLS to the origin, so mTLS cannot take place.",
  source: originMtls,
  range: within(12, 33, 44),
  related: [{ message: "mTLS of the origin is set here.", range: within(14, 9, 29) }],
  fixes: [
    { title: "Use https-only", safe: true, edits: [{ range: within(12, 33, 44), text: '"https-only"' }] },
    {
      title: "Remove mTLS from the origin [experts](only)",
      safe: false,
      edits: [{ range: within(14, 1, 1), text: "" }],
    },
  ],
  fingerprint: "5f0c2a9d41b7e386",
  excerpt: whole('\t\t\t\t"OriginProtocolPolicy": "http-only",', 27, 38),
};

const severalLines: Finding = {
  rule: "distribution/quantity",
  severity: "warning",
  message: "Quantity is 3, but there are 2 items in {Items}.",
  source: originMtls,
  range: { start: { line: 20, column: 5 }, end: { line: 24, column: 6 } },
  related: [],
  fixes: [],
  fingerprint: "0b6de1",
  excerpt: { text: '"Origins": { "Quantity": 3, "Items": [', from: 0, to: 38, cutBefore: true, cutAfter: true },
};

const belowWideCharacters: Finding = {
  rule: "certificate/expires-soon",
  severity: "info",
  message: "The certificate “東京” expires in 12 days.",
  source: { title: "RFC 5280, section 4.1.2.5", url: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
  range: within(3, 13, 15),
  related: [{ message: "The bundle holds its successor.", range: undefined }],
  fixes: [{ title: "Replace all certificates", safe: false, edits: undefined }],
  fingerprint: "77aa",
  excerpt: whole("# 証明書（本番）: 東京 \u202eは期限切れ", 11, 13),
};

const wholeFile: Finding = {
  rule: "trust-store/text",
  severity: "warning",
  message: "The file is DER. A trust store is read as PEM.",
  source: originMtls,
  range: undefined,
  related: [],
  fixes: [],
  fingerprint: "d1",
  excerpt: undefined,
};

const nothingThere: Finding = {
  ...protocolPolicy,
  rule: "distribution/required-member",
  message: "The member Comment is missing.",
  range: within(123456, 3, 3),
  related: [],
  fixes: [],
  fingerprint: "e2",
  excerpt: whole("}", 1, 1),
};

export const sampleReport: Report = {
  files: [
    { path: "bundle.der", findings: [wholeFile], hidden: 0 },
    { path: "clean.json", findings: [], hidden: 2 },
    { path: "cloudfront/my distribution.json", findings: [protocolPolicy, severalLines], hidden: 1 },
    { path: "x:1:2: error: y\n::error::z.json", findings: [nothingThere], hidden: 0 },
    { path: "証明書/設定.jsonc", findings: [belowWideCharacters], hidden: 0 },
  ],
  others: 1200,
  unread: [
    { path: "-rf/large.pem", reason: "The file is larger than 10 MB." },
    { path: "/etc/ssl/private", reason: "This folder may not be read." },
  ],
  settings: {
    path: ".vscode/settings.json",
    suppressions: 2,
    hidden: 3,
    severities: { "origin/mtls-host": "off", "pem/dashes": "info" },
    purposes: { "certs/**/*.pem": "cloudfront" },
    expiryWarningDays: 14,
  },
  fixed: undefined,
  now: new Date("2026-12-01T09:30:00Z"),
};

/** Nothing was found, and nothing is set. */
export const cleanReport: Report = {
  files: [{ path: "clean.json", findings: [], hidden: 0 }],
  others: 0,
  unread: [],
  settings: {
    path: undefined,
    suppressions: 0,
    hidden: 0,
    severities: {},
    purposes: {},
    expiryWarningDays: undefined,
  },
  fixed: { fixes: 3, files: 2 },
  now: new Date("2026-12-01T09:30:00Z"),
};
