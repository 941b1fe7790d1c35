// Makes the certificates of the fixtures in this folder: `node test/rules/make-certificates.ts [part of a path]`, then
// `npm run goldens -- RULE` and a look at what changed. The suite reads what it wrote and never runs it. The keys live
// no longer than this script; the fixtures are judged at 2026-11-21.
import { X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rootCertificates } from "node:tls";
import {
  ascii,
  authorityKeyIdentifier,
  type Bytes,
  basicConstraints,
  bits,
  type CertificateParts,
  certificate,
  clientAuth,
  concat,
  dnsName,
  ecdsaWithSha256,
  ecKey,
  ed25519,
  element,
  extendedKeyUsage,
  extension,
  implicit,
  integer,
  keyUsage,
  name,
  nothing,
  octets,
  oid,
  pem,
  printableString,
  request,
  rsaKey,
  sequence,
  serverAuth,
  set,
  sha1WithRsa,
  subjectAltName,
  subjectKeyIdentifier,
  subjectPublicKeyInfo,
  utcTime,
} from "../core/x509/der-writer.ts";
import { type Issued, issue, type Keys, keysOf, pkcs7 } from "../core/x509/pki.ts";
import { extensionSamples, plainExtensions } from "../core/x509/read/extension-samples.ts";

interface Wishes {
  readonly extensions?: readonly Bytes[];
  /** Subject and authority key identifiers. */
  readonly identifiers?: boolean;
  /** Other keys than the issuer's. */
  readonly signedBy?: Keys;
  readonly pathLength?: number;
  readonly parts?: CertificateParts;
}

/** Truly signed. A name and a key, and who issues; itself where nobody is named. */
function issued(
  of: Pick<Issued, "subject" | "keys">,
  by: Issued | undefined,
  { extensions = [], identifiers = true, signedBy, parts }: Wishes,
): Issued {
  const self = by?.keys === of.keys;
  const options = {
    ...(by !== undefined && !self && { issuer: by }),
    ...(signedBy !== undefined && { signedBy }),
    ...(!identifiers && { only: extensions }),
  };
  return issue(
    {
      subject: of.subject,
      keys: of.keys,
      ...options,
      parts: { notBefore: "20260101000000Z", notAfter: "20351231235959Z", ...parts },
    },
    extensions,
  );
}

function authority(of: Pick<Issued, "subject" | "keys">, by?: Issued, wishes: Wishes = {}): Issued {
  return issued(of, by, {
    extensions: [basicConstraints(true, wishes.pathLength), keyUsage("keyCertSign", "cRLSign")],
    ...wishes,
  });
}

function leaf(of: Pick<Issued, "subject" | "keys">, by: Issued, wishes: Wishes = {}): Issued {
  const extensions = [basicConstraints(false), keyUsage("digitalSignature"), extendedKeyUsage(serverAuth, clientAuth)];
  return issued(of, by, { extensions, ...wishes, parts: { notAfter: "20271231235959Z", ...wishes.parts } });
}

/** A certificate of no consequence, in which one thing is odd; what it is signed with is nobody's. */
function odd(parts: CertificateParts): Bytes {
  return certificate({
    subject: "CN=client.example.com",
    issuer: "CN=Example Issuing CA",
    signatureAlgorithm: ecdsaWithSha256,
    publicKey: ecKey(),
    notBefore: "20260101000000Z",
    notAfter: "20271231235959Z",
    extensions: [basicConstraints(false), extendedKeyUsage(clientAuth)],
    ...parts,
  });
}

// --- who there is

let keys = 0;
const named = (subject: string) => ({ subject, keys: keysOf("p256", ++keys) });

const root = authority(named("CN=Example Root CA,O=Example"));
const otherRoot = authority(named("CN=Other Root CA,O=Example"));
const composed = authority({ subject: "CN=R\u00e9seau CA", keys: keysOf("p256", 778) });
const issuing = authority(named("CN=Example Issuing CA,O=Example"), root);
const issuingAgain = authority(named("CN=Example Issuing CA,O=Example"), root);
const second = authority(named("CN=Example Second CA,O=Example"), issuing);
const client = named("CN=client.example.com");
const server = leaf(named("CN=server.example.com"), issuing, {
  extensions: [basicConstraints(false), extendedKeyUsage(serverAuth), subjectAltName(dnsName("server.example.com"))],
});

const rootPem = root.pem;
const otherRootPem = otherRoot.pem;
const issuingPem = issuing.pem;
const secondPem = second.pem;
const serverPem = server.pem;
const { der: clientDer, pem: clientPem } = leaf(client, issuing);
const requestDer = request({ subject: client.subject, publicKey: client.keys.publicKey });

const forOrigin = "# mtls: target=origin\n";
const forTrustStore = "# mtls: target=trust-store\n";
const storeFor = (...services: readonly string[]) => `# mtls: target=${services.join(",")}\n`;

/** One that browsers trust. */
const publicRoot = (() => {
  const text = rootCertificates.find((one) => new X509Certificate(one).subject.includes("ISRG Root X1"));
  if (text === undefined) throw new Error("There is no such root");
  return { pem: `${text.trimEnd()}\n`, subject: "C=US,O=Internet Security Research Group,CN=ISRG Root X1" };
})();

/** Nothing is revoked in it, and nobody signed it: what it says is not read. */
const crl = pem(
  sequence(
    sequence(integer(1), ecdsaWithSha256, name("CN=Example Root CA"), utcTime("260101000000Z")),
    ecdsaWithSha256,
    bits([1, 2, 3]),
  ),
  "X509 CRL",
);

/** Nobody's key: it says so itself. */
const key = `-----BEGIN PRIVATE KEY-----\n${"THISisNOTaPRIVATEkeyBUTaFIXTUREofTHEtests".padEnd(64, "0")}\n-----END PRIVATE KEY-----\n`;

/** Nobody's keys, in the forms of DER that keys have: only the form is looked at. */
const keyForms = {
  pkcs8: sequence(integer(0), sequence(oid("1.2.840.10045.2.1")), octets(ascii("NOT A KEY"))),
  pkcs1: sequence(integer(0), integer((1n << 2047n) | 1n), integer(65_537), integer(1)),
  sec1: sequence(integer(1), octets(new Uint8Array(32).fill(7))),
  encrypted: sequence(sequence(oid("1.2.840.113549.1.5.13"), sequence()), octets(ascii("NOT A KEY"))),
  openssh: concat(ascii("openssh-key-v1"), [0], ascii("NOT A KEY AT ALL")),
};
const publicKeyDer = client.keys.publicKey;
const ocspResponse = sequence(
  element(0x0a, Uint8Array.of(0)),
  element(0xa0, sequence(oid("1.3.6.1.5.5.7.48.1.1"), octets(sequence(sequence())))),
);
const pkcs12 = sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), element(0xa0, octets(sequence()))));
const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

// --- the fixtures

function lines(text: string, change: (lines: string[]) => string[]): string {
  return `${change(text.trimEnd().split("\n")).join("\n")}\n`;
}

/** As a string has it. */
function escaped(text: string, lineEnd = "\\n"): string {
  return text.replaceAll("\n", lineEnd);
}

/** Without the END and BEGIN lines between them. */
function joinedBodies(blocks: readonly string[], between = ""): string {
  return blocks.join("").replaceAll(/-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n/g, between);
}

/** A PEM text in other columns. */
/** On one line, without boundaries. */
function base64Of(text: string): string {
  return text.trimEnd().split("\n").slice(1, -1).join("");
}

/** As what was copied from a screen: with neither the end of a line nor what follows. */
function cutOff(text: string): string {
  return text.slice(0, text.indexOf("\n-----END") - 100);
}

function inColumns(text: string, width: number): string {
  return lines(text, (all) => [
    all[0] ?? "",
    ...(all
      .slice(1, -1)
      .join("")
      .match(new RegExp(`.{1,${width}}`, "g")) ?? []),
    all.at(-1) ?? "",
  ]);
}

/** Until its base64 needs padding. */
function padded(make: (serial: number) => Bytes): Bytes {
  for (let serial = 1; ; serial *= 256) {
    const der = make(serial);
    if (der.length % 3 === 1) return der;
  }
}

/** Whose base64 has a + within a line and one at the end of a line, and so many in all. */
function plussed(isMeant: (count: number) => boolean): string {
  for (let serial = 1; ; serial++) {
    const text = pem(odd({ serial: BigInt(serial) * 0xfb_ef_be_fb_ef_ben }));
    const [, body = ""] = /-\n([^-]*)\n-/.exec(text) ?? [];
    const count = body.split("+").length - 1;
    if (/\+\n/.test(body) && /\+[^\n]/.test(body) && body.includes("/") && body.includes("=") && isMeant(count))
      return text;
  }
}

const plusPem = plussed((count) => count % 4 !== 0);
const plusFourPem = plussed((count) => count % 4 === 0);

const paddedRootPem = pem(
  padded((serial) => authority(named("CN=Padded Root CA"), undefined, { parts: { serial } }).der),
);
const paddedPem = pem(padded((serial) => odd({ serial })));
const sha3WithEcdsa = sequence(oid("2.16.840.1.101.3.4.3.10"));
const sha224WithEcdsa = sequence(oid("1.2.840.10045.4.3.1"));
const sha256WithPss = sequence(
  oid("1.2.840.113549.1.1.10"),
  sequence(
    element(0xa0, sequence(oid("2.16.840.1.101.3.4.2.1"))),
    element(0xa1, sequence(oid("1.2.840.113549.1.1.8"), sequence(oid("2.16.840.1.101.3.4.2.1")))),
    element(0xa2, integer(32)),
  ),
);
const dsaKey = subjectPublicKeyInfo(
  sequence(oid("1.2.840.10040.4.1"), sequence(integer((1n << 2047n) | 1n), integer((1n << 223n) | 1n), integer(2))),
  integer(5),
);
const signed = (extensions: readonly Bytes[]): readonly Bytes[] => [basicConstraints(true), ...extensions];

const caAlone: readonly Bytes[] = [basicConstraints(true), keyUsage("keyCertSign")];

/** What a client has, with an authority key identifier of these. */
const clientAlone = (...identifier: readonly Bytes[]): readonly Bytes[] => [
  basicConstraints(false),
  extendedKeyUsage(clientAuth),
  extension("2.5.29.35", sequence(...identifier)),
];

const bySerial = (issuer: Issued["subject"], serial: number) =>
  concat(
    element(0xa1, element(0xa4, typeof issuer === "string" ? name(issuer) : issuer)),
    implicit(2, integer(serial).subarray(2)),
  );

/** With these identifiers instead of its own. */
const renamed = (of: Issued, by: Issued | undefined, ...identifiers: readonly Bytes[]) =>
  issued(of, by, { extensions: [...caAlone, ...identifiers], identifiers: false });

/** A root that permits (0xa0) or excludes (0xa1) names below this one. */
const constrainedTo = (tag: number, directory: string) =>
  authority(root, undefined, {
    extensions: [
      ...caAlone,
      extension("2.5.29.30", sequence(element(tag, sequence(element(0xa4, name(directory))))), true),
    ],
  });

/** A root that says something more of itself. */
const rootWith = (...extensions: readonly Bytes[]) =>
  authority(root, undefined, { extensions: [...caAlone, ...extensions] });

const hostsIn = (host: string) =>
  extension("2.5.29.30", sequence(element(0xa0, sequence(implicit(2, ascii(host))))), true);

/** A name of common names and organizations, each a PrintableString. */
const printable = (subject: string | Bytes) =>
  sequence(
    ...String(subject)
      .split(",")
      .map((part) => {
        const [type, value = ""] = part.split("=");
        return set(sequence(oid(type === "O" ? "2.5.4.10" : "2.5.4.3"), printableString(value)));
      }),
  );

/** A server's own certificate, without key identifiers. */
const selfSigned = (of: Pick<Issued, "subject" | "keys">) =>
  issued(of, undefined, { extensions: [basicConstraints(false)], identifiers: false });

const longKey = sequence(integer(0), sequence(oid("1.2.840.113549.1.1.1")), octets(ascii("NOT A KEY ".repeat(30))));

/** One character is missing. */
const damaged = (text: string) =>
  lines(text, (all) => all.map((line, place) => (place === 3 ? line.slice(0, 30) + line.slice(31) : line)));

const fixtures: Readonly<Record<string, string | Uint8Array>> = {
  "pem/marker/bad-slip": `# mtls: target=truststores\n${rootPem}`,
  "pem/marker/bad-services": `# mtls: target=cloud-front, alb\n${rootPem}`,
  "pem/marker/bad-both": `# mtls: target=origin,alb\n${rootPem}`,
  "pem/marker/bad-unknown": `# mtls: target=nginx\n${rootPem}`,
  "pem/marker/good-services": `# mtls: target=CloudFront, alb\n${rootPem}`,
  "pem/marker/good-nlb": `# mtls: target=nlb, alb\n${rootPem}`,
  "pem/marker/good-others": `# mtls: on\n# mtls target=nginx\n# tls: target=nginx\n${rootPem}`,
  "pem/unread/bad-escapes": `${storeFor("alb")}${escaped(rootPem)}\n`,
  "pem/unread/bad-escapes-in-quotes": `"${escaped(otherRootPem, "\\r\\n")}${escaped(rootPem, "\\r\\n")}"\n`,
  "pem/unread/bad-quotes": `'${rootPem.trimEnd()}'\n`,
  "pem/unread/bad-quoted-lines": lines(rootPem, (all) => all.map((line) => `  "${line}",`)),
  "pem/unread/bad-diff": `--- /dev/null\n+++ b/clients.pem\n@@ -0,0 +1,20 @@\n${lines(rootPem + otherRootPem, (all) => all.map((line) => `+${line}`))}`,
  "pem/unread/bad-json": `{"ca": "${escaped(rootPem)}"}\n`,
  "pem/unread/good-prose": `A certificate begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.\nWrite "-----BEGIN CERTIFICATE-----\\nMIIB…".\n${rootPem}`,
  "pem/unread/bad-answer-to-a-mail": `${forOrigin}${clientPem}${lines(issuingPem + rootPem, (all) => all.map((line) => `> ${line}`))}`,
  "pem/unread/bad-behind-a-label": `${storeFor("apigateway")}${rootPem}Issuing CA: ${issuingPem}`,
  "pem/unread/bad-behind-a-comment": `${storeFor("cloudfront")}${rootPem}# Issuing CA (2026)${issuingPem}${otherRootPem}`,
  "pem/unread/bad-between-tags": `${rootPem}<ca>${issuingPem.trimEnd()}</ca>\n`,
  "pem/unread/bad-in-a-list": `• ${issuingPem}${rootPem}`,
  "pem/unread/bad-escapes-beside": `${storeFor("alb")}${escaped(issuingPem)}\n${rootPem}`,
  "pem/unread/bad-quotation-mark": `${clientPem}"${issuingPem.trimEnd()}"\n${rootPem}`,
  "pem/unread/bad-without-dashes": `${issuingPem.replaceAll("-----", "")}${rootPem}`,
  "pem/unread/bad-without-boundaries": `${storeFor("alb")}${rootPem}${lines(issuingPem, (all) => all.slice(1, -1))}`,
  "pem/unread/bad-behind-begin": `${rootPem}${issuingPem.replace("\n", " # issuing CA\n")}`,
  "pem/unread/bad-numbered": `${rootPem}${lines(issuingPem, (all) => all.map((line, place) => `${String(place + 1).padStart(6)}\t${line}`))}`,
  "pem/unread/bad-damaged": `${rootPem}> -----BEGIN CERTIFICATE-----\n> ${"A".repeat(64)}\n`,
  "pem/unread/bad-damaged-behind-a-comment": `${storeFor("alb")}# Issuing CA ${damaged(issuingPem)}${rootPem}`,
  "pem/unread/bad-damaged-behind-a-label": `${storeFor("alb")}issuing: ${damaged(issuingPem)}${rootPem}`,
  "pem/unread/bad-cut-behind-a-comment": `${storeFor("apigateway")}# Issuing CA${lines(issuingPem, (all) => all.slice(0, 5))}${rootPem}`,
  "pem/unread/bad-damaged-without-boundaries": `${storeFor("apigateway")}${lines(damaged(issuingPem), (all) => all.slice(1, -1))}${rootPem}`,
  "pem/unread/bad-remains": `${storeFor("apigateway")}${rootPem}${lines(issuingPem, (all) => all.slice(4, -1))}${otherRootPem}`,
  "pem/unread/bad-remains-between-comments": `${storeFor("cloudfront")}# root\n${rootPem}# issuing\n${lines(issuingPem, (all) => all.slice(4, -1)).slice(9)}# other root\n${otherRootPem}`,
  "pem/unread/bad-remains-of-no-purpose": `${rootPem}${lines(issuingPem, (all) => all.slice(3, -2))}`,
  "pem/unread/good-hashes": `${storeFor("apigateway")}sha384/VKWbnyKwuAiA2EJ-\n${Buffer.from(rootPem).subarray(60, 108).toString("base64")}\nRoot\n${rootPem}/opt/Certs1/${"a/B2".repeat(14)}\n/opt/Certs2/${"a/B2".repeat(14)}\n${otherRootPem}`,
  "pem/unread/good-remains-in-comments": `${storeFor("cloudfront")}${rootPem}${lines(issuingPem, (all) => all.slice(4, -1).map((line) => `# ${line}`))}${otherRootPem}`,
  "pem/unread/good-signed": `${storeFor("nlb")}${rootPem}-----BEGIN SIGNATURE-----\n${lines(issuingPem, (all) => all.slice(4, -1))}`,
  "pem/unread/bad-html": lines(issuingPem + rootPem, (all) => all.map((line) => `${line}<br>`)),
  "pem/unread/bad-cat": `${storeFor("cloudfront")}${lines(issuingPem + rootPem, (all) => all.map((line) => `${line}$`))}`,
  "pem/unread/bad-base64": `${Buffer.from(issuingPem + rootPem).toString("base64")}\n`,
  "pem/unread/bad-url": `${encodeURI(issuingPem + rootPem)}\n`,
  "pem/unread/bad-url-beside": `${storeFor("apigateway")}${rootPem}X-Amzn-Mtls-Clientcert-Issuer: ${encodeURIComponent(issuingPem)}\n`,
  "pem/unread/bad-base64-of-der": lines(clientPem, (all) => all.slice(1, -1)),
  "pem/unread/bad-separated-by-percent": `${storeFor("apigateway")}${rootPem}${issuingPem.trimEnd().replaceAll("\n", "%0A")}%0A\n${otherRootPem}`,
  "pem/unread/bad-separated-in-a-log": `Nov 21 10:00:00 proxy nginx: ca=${issuingPem.trimEnd().replaceAll("\n", "\\x0A")}\n${rootPem}`,
  "pem/unread/bad-separated-by-no-break-spaces": `${storeFor("apigateway")}${rootPem}${issuingPem.trimEnd().replaceAll("\n", "\u00a0")}\n`,
  "pem/unread/bad-behind-ctrl-z": `${storeFor("apigateway")}${rootPem}\u001a${issuingPem}`,
  "pem/unread/bad-separated-by-u2028": `${storeFor("cloudfront")}${(issuingPem + rootPem).replaceAll("\n", "\u2028")}\n`,
  "pem/unread/bad-separated-in-a-table": `${rootPem} ca | ${issuingPem.trimEnd().replaceAll("\n", " +\n    | ")}\n`,
  "pem/unread/bad-separated-and-damaged": `${storeFor("alb")}${damaged(issuingPem).trimEnd().replaceAll("\n", "|")}\n${rootPem}`,
  "pem/unread/good-separated-examples": `${storeFor("apigateway")}A CA looks like -----BEGIN CERTIFICATE-----|MIIB...|-----END CERTIFICATE-----.\n# old: ${issuingPem.trimEnd().replaceAll("\n", "%0A")}\n${rootPem}`,
  "pem/unread/bad-several-of-a-secret": `${storeFor("apigateway")}data:\n  ca.crt: ${Buffer.from(rootPem).toString("base64")}\n  tls.crt: ${Buffer.from(issuingPem + otherRootPem).toString("base64")}\n`,
  "pem/unread/bad-several-in-base64": `${storeFor("cloudfront")}${Buffer.from(rootPem + otherRootPem).toString("base64")}\n`,
  "pem/unread/bad-several-with-hyphens": `${storeFor("cloudfront")}ca-1: ${Buffer.from(rootPem).toString("base64")}\nca-2: ${Buffer.from(issuingPem).toString("base64")}\n`,
  "pem/unread/bad-header-in-a-trust-store": `${storeFor("cloudfront")}${rootPem}X-Amzn-Mtls-Clientcert-Issuer: ${encodeURIComponent(issuingPem)}\n`,
  "pem/unread/good-commented-out": `${storeFor("apigateway")}${rootPem}${lines(issuingPem, (all) => all.map((line) => `# ${line}`))}# "${escaped(otherRootPem)}"\n`,
  "pem/unread/good-commented-boundaries": `${storeFor("apigateway")}${rootPem}${lines(issuingPem, (all) => all.map((line) => line.replace(/^-----/, "# -----")))}`,
  "pem/unread/good-hex": `${forTrustStore}${rootPem}${[...issuing.der]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join(":")
    .replace(/.{60}/g, "$&\n")}\n`,
  "bundle/no-certificate/bad-marker-alone": storeFor("cloudfront"),
  "bundle/no-certificate/bad-comments": `${storeFor("alb")}# our CAs go here\n\n# -----BEGIN CERTIFICATE-----\n`,
  "bundle/no-certificate/bad-for-an-origin": `the certificate is in the vault\n${forOrigin}`,
  "bundle/no-certificate/bad-key-set": `${storeFor("alb")}${JSON.stringify(
    {
      keys: [
        { kty: "EC", kid: "1", x5c: [base64Of(issuingPem), base64Of(rootPem)] },
        { kty: "EC", x5c: [base64Of(otherRootPem)] },
      ],
    },
    null,
    2,
  )}\n`,
  "bundle/no-certificate/bad-key-set-of-keys": `${storeFor("alb")}${JSON.stringify({ keys: [{ kty: "EC", kid: "1", crv: "P-256" }] })}\n`,
  "bundle/no-certificate/bad-array": `${storeFor("cloudfront")}${JSON.stringify([base64Of(rootPem)])}\n`,
  "bundle/no-certificate/bad-answer-of-acm": `${forOrigin}${JSON.stringify({ Certificate: clientPem, CertificateChain: issuingPem + rootPem }, null, 4)}\n`,
  "bundle/no-certificate/bad-export-with-key": `${forOrigin}${JSON.stringify({ Certificate: clientPem, PrivateKey: key })}\n`,
  "bundle/no-certificate/bad-answer-without": `${storeFor("apigateway")}${JSON.stringify({ TrustStore: { Name: "clients", NumberOfCaCertificates: 2 } })}\n`,
  "bundle/no-certificate/bad-metadata": `${storeFor("apigateway")}<?xml version="1.0"?>\n<EntityDescriptor entityID="idp">\n  <KeyInfo><ds:X509Certificate>${base64Of(rootPem)}</ds:X509Certificate></KeyInfo>\n  <KeyInfo><X509Certificate>\n${lines(rootPem, (all) => all.slice(1, -1))}</X509Certificate></KeyInfo>\n</EntityDescriptor>\n`,
  "bundle/no-certificate/bad-web-page": `${storeFor("nlb")}<!DOCTYPE html>\n<html><body>Sign in</body></html>\n`,
  "bundle/no-certificate/bad-metadata-without": `${storeFor("alb")}<md:EntityDescriptor entityID="idp"></md:EntityDescriptor>\n`,
  "bundle/no-certificate/bad-xml": `${storeFor("alb")}<?xml version="1.0"?>\n<Signature><X509Certificate>${base64Of(rootPem)}</X509Certificate></Signature>\n`,
  "bundle/no-certificate/bad-xml-without": `${storeFor("alb")}<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>\n`,
  "bundle/no-certificate/bad-key-in-base64-for-an-origin": `${forOrigin}tls.key: ${Buffer.from(key).toString("base64")}\n`,
  "bundle/no-certificate/good-certificate": forTrustStore + rootPem,
  "bundle/no-certificate/good-revocation-list": storeFor("alb") + crl,
  "bundle/no-certificate/good-template": `${storeFor("cloudfront")}{{ .Values.clientCas }}\n`,
  "bundle/no-certificate/good-hidden-of-no-purpose": `# ours\n\n"${escaped(rootPem)}"\n`,
  "pem/boundary/bad-no-end": lines(clientPem, (all) => all.slice(0, -1)),
  "pem/boundary/bad-no-begin": lines(clientPem, (all) => all.slice(1)),
  "pem/boundary/bad-no-end-cut-off": `${lines(clientPem, (all) => all.slice(0, 4))}\n${rootPem}`,
  "pem/boundary/bad-joined": joinedBodies([paddedRootPem, issuingPem]) + rootPem,
  "pem/boundary/bad-joined-with-a-blank-line": (joinedBodies([paddedRootPem, issuingPem], "\n") + rootPem).replaceAll(
    "\n",
    "\r\n",
  ),
  "pem/boundary/bad-mismatch": clientPem.replace("END CERTIFICATE", "END CERTIFICATE REQUEST"),
  "pem/boundary/bad-mismatch-in-begin": clientPem.replace("BEGIN CERTIFICATE", "BEGIN CERTIFICATE REQUEST"),
  "pem/boundary/bad-slip": clientPem.replace("END CERTIFICATE", "END CERTIFCATE"),
  "pem/boundary/bad-glued": `${clientPem.trimEnd()}${issuingPem}`,
  "pem/boundary/bad-cut-off-before-begin": `${storeFor("apigateway")}${rootPem}${cutOff(issuingPem)}${otherRootPem}`,
  "pem/boundary/bad-cut-off-before-other-labels": `${cutOff(rootPem)}\\n${pem(requestDer, "CERTIFICATE REQUEST")}${cutOff(pem(pkcs7([issuing.der]), "PKCS7"))} ${crl}`,
  "pem/boundary/bad-escape-behind-end": `${storeFor("cloudfront")}${rootPem.trimEnd()}\\n\n${otherRootPem.trimEnd()}\\r\\n`,
  "pem/boundary/bad-escape-between": `${storeFor("apigateway")}${rootPem.trimEnd()}\\n${otherRootPem}`,
  "pem/boundary/bad-run-on": `${storeFor("cloudfront")}${lines(rootPem, (all) => all.slice(0, -1)).trimEnd()}${otherRootPem}`,
  "pem/boundary/bad-run-on-key": `${lines(key, (all) => all.slice(0, -1)).trimEnd()}${rootPem}`,
  "pem/boundary/bad-one-line": `${clientPem.trimEnd().replaceAll("\n", " ")}\n`,
  "pem/boundary/bad-one-line-of-two": `  ${clientPem.replaceAll("\n", " ")}${issuingPem.replaceAll("\n", "  ").trimEnd()}\r\n${rootPem.replaceAll("\n", "\r\n")}`,
  "pem/boundary/bad-one-line-without-blanks": `${clientPem.replaceAll("\n", "")}\n`,
  "pem/boundary/bad-glued-with-blanks": `${clientPem.trimEnd()}  ${issuingPem}`,
  "pem/boundary/bad-repeated-begin": `-----BEGIN CERTIFICATE-----\n\n${clientPem}${issuingPem}`,
  "pem/boundary/bad-repeated-end": `${clientPem}-----END CERTIFICATE-----\n${issuingPem}`,
  "pem/boundary/bad-body-missing": `-----BEGIN CERTIFICATE-----\n${key}`,
  "pem/boundary/good-text-around": `subject=CN = client.example.com\n\n${clientPem}\n# the CA\n${issuingPem}that is all\n`,
  "pem/boundary/good-line-ends": `${clientPem}${issuingPem}`.replaceAll("\n", "\r\n").trimEnd(),
  "pem/boundary/good-template": "-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n",

  "pem/dashes/bad-four": clientPem.replace("-----END CERTIFICATE-----", "----END CERTIFICATE-----"),
  "pem/dashes/bad-typographic": clientPem.replace("-----BEGIN CERTIFICATE-----", "–––BEGIN CERTIFICATE–––"),
  "pem/dashes/bad-lower-case": clientPem.replace("-----BEGIN CERTIFICATE-----", "-----Begin Certificate-----"),
  "pem/dashes/bad-latin-1-blank": Buffer.from(
    clientPem.replace("-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\u00a0"),
    "latin1",
  ),
  "pem/dashes/good-exact": clientPem,

  "pem/base64/bad-character": lines(clientPem, (all) =>
    all.map((line, at) => (at === 3 ? `${line.slice(0, 10)}!${line.slice(11)}` : line)),
  ),
  "pem/base64/bad-comment": lines(clientPem, (all) => [
    ...all.slice(0, 3),
    "# renewed in spring, see the ticket",
    ...all.slice(3),
  ]),
  "pem/base64/bad-invisible": lines(clientPem, (all) =>
    all.map((line, at) => (at === 2 ? `${line.slice(0, 20)}\u200b${line.slice(20)}` : line)),
  ),
  "pem/base64/bad-padding": paddedPem.replace("==\n", "=\n"),
  "pem/base64/bad-padding-within": lines(paddedPem, (all) =>
    all.map((line, at) => (at === 2 ? `${line.slice(0, 30)}==${line.slice(32)}` : line)),
  ),
  "pem/base64/bad-blank-line": lines(clientPem, (all) => [...all.slice(0, 4), "", ...all.slice(4)]),
  "pem/base64/bad-blank-lines": clientPem.replaceAll("\n", "\n\n"),
  "pem/base64/bad-byte-order-mark-before-end": `${storeFor("alb")}${rootPem.replace("-----END", "\ufeff-----END")}${otherRootPem}`,
  "pem/base64/bad-doubled-returns-in-a-trust-store": `${storeFor("apigateway")}${rootPem}${otherRootPem}`.replaceAll(
    "\n",
    "\r\r\n",
  ),
  "pem/base64/bad-doubled-returns": clientPem.replaceAll("\n", "\r\r\n"),
  "pem/base64/bad-length": lines(clientPem, (all) => all.map((line, at) => (at === 3 ? line.slice(0, -1) : line))),
  "pem/base64/bad-empty": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
  "pem/base64/bad-plus-to-space": plusPem.replaceAll("+", " "),
  "pem/base64/bad-plus-trimmed": plusPem.replaceAll("+", " ").replaceAll(/ +$/gm, ""),
  "pem/base64/bad-four-plus-to-space": plusFourPem.replaceAll("+", " "),
  "pem/base64/bad-plus-to-space-on-one-line": plusPem
    .replaceAll("+", " ")
    .replaceAll(/\n(?!-|$)(?<!CERTIFICATE-----\n)/g, " "),
  "pem/base64/bad-plus-to-space-and-cut": lines(plusPem.replaceAll("+", " "), (all) => [
    ...all.slice(0, 4),
    ...all.slice(-1),
  ]),
  "pem/base64/bad-url-encoded": crlf(plusPem.replaceAll("+", "%2B").replaceAll("/", "%2F").replaceAll("=", "%3D")),
  "pem/base64/bad-html-entities": plusPem.replaceAll("+", "&#43;").replaceAll("=", "&#x3D;"),
  "pem/base64/bad-html-twice": plusPem.replaceAll("+", "&amp;#43;").replaceAll("=", "&amp;equals;"),
  "pem/base64/bad-html-line-ends": lines(clientPem, (all) => [
    ...all.slice(0, 1),
    ...all.slice(1, -1).map((line) => `${line}<br/>`),
    ...all.slice(-1),
  ]),
  "pem/base64/bad-quoted-printable": paddedPem.replaceAll("=", "=3D"),
  "pem/base64/bad-soft-line-ends": lines(inColumns(paddedPem, 64), (all) =>
    all.map((line, at) =>
      at > 0 && at < all.length - 2 ? `${line.replaceAll("=", "=3D")}=` : line.replaceAll("=", "=3D"),
    ),
  ),
  "pem/base64/bad-quoted-printable-and-cut": lines(paddedPem.replaceAll("=", "=3D"), (all) => [
    ...all.slice(0, 2),
    ...all.slice(3),
  ]),
  "pem/base64/bad-escapes": lines(plusPem.replaceAll("/", "\\/").replaceAll("=", "\\u003d"), (all) => all),
  "pem/base64/bad-escaped-line-ends": lines(clientPem, (all) =>
    all.map((line, at) => (at > 0 && at < all.length - 1 ? `${line}\\n` : line)),
  ),
  "pem/base64/bad-base64url": lines(plusPem, (all) =>
    all.map((line) => (line.startsWith("-") ? line : line.replaceAll("+", "-").replaceAll("/", "_"))),
  ),
  "pem/base64/bad-latin-1": Buffer.from(
    lines(clientPem, (all) => all.map((line) => (line.startsWith("-") ? line : `${line}\u00a0`))),
    "latin1",
  ),
  "pem/base64/bad-many-characters": lines(clientPem, (all) =>
    all.map((line) => (line.startsWith("-") ? line : `${line.slice(0, 8)}*${line.slice(9)}`)),
  ),
  "pem/base64/bad-many-invisible": lines(clientPem, (all) =>
    all.map((line) => (line.startsWith("-") ? line : `${line}\u200b`)),
  ),
  "pem/base64/good-blanks-between": lines(clientPem, (all) =>
    all.map((line) => (line.startsWith("-") ? line : line.replaceAll(/.{8}(?=.)/g, "$& "))),
  ),
  "pem/base64/good-columns": inColumns(clientPem, 76),
  "pem/base64/good-one-line": inColumns(clientPem, 10_000),
  "pem/base64/good-padding": paddedPem,

  "pem/boundary/bad-indented": `tls.crt: |\n${lines(serverPem, (all) => all.map((line) => `    ${line}`))}`,
  "pem/boundary/bad-indented-end": lines(serverPem, (all) =>
    all.map((line, at) => (at === all.length - 1 ? `\t${line}` : line)),
  ).replaceAll("\n", "\r\n"),
  "pem/boundary/good-indented-body": lines(serverPem, (all) =>
    all.map((line, at) => (at === 0 || at === all.length - 1 ? line : `  ${line}`)),
  ),

  "pem/encoding/bad-powershell": Buffer.from(`\ufeff${serverPem.replaceAll("\n", "\r\n")}`, "utf16le"),
  "pem/encoding/bad-byte-order-mark": `\ufeff${serverPem}`,
  "pem/encoding/bad-marks-within": crlf(`\ufeff${serverPem}\ufeff${issuingPem}# the root\n\ufeff${rootPem}`),
  "pem/encoding/bad-mark-in-a-trust-store": `${storeFor("apigateway")}${otherRootPem}\ufeff${rootPem}`,
  "pem/encoding/good-mark-above-a-comment": `\ufeff# ours\n${serverPem}\ufeff# the CA\n${issuingPem}`,

  "pem/content/bad-certificate-as-list-in-a-trust-store": `${storeFor("alb")}${rootPem}${issuingPem.replaceAll("CERTIFICATE", "X509 CRL")}`,
  "pem/content/bad-request-as-certificate": pem(requestDer),
  "pem/content/bad-certificate-as-request": pem(clientDer, "CERTIFICATE REQUEST"),
  "pem/content/bad-certificate-as-crl": pem(clientDer, "X509 CRL"),
  "pem/content/bad-unknown-labels":
    pem(clientDer, "X.509 CERTIFICATE") + crlf(pem(issuing.der, "CA CERTIFICATE")) + pem(clientDer, "CERTFICATE"),
  "pem/content/bad-unknown-label-in-a-trust-store": `${storeFor("apigateway")}${rootPem}${pem(issuing.der, "CA CERTIFICATE")}`,
  "pem/content/bad-unknown-label-for-an-origin": `${forOrigin}${pem(clientDer, "PKIX CERTIFICATE")}${issuingPem}${rootPem}`,
  "pem/content/good-unknown-labels":
    pem(requestDer, "ATTRIBUTE CERTIFICATE") + pem(new Uint8Array([1, 2, 3]), "CERTIFICATE CHAIN HASH"),
  "pem/content/bad-pkcs7-as-certificate": pem(pkcs7([clientDer])),
  "pem/content/bad-crl-as-certificate": crl.replaceAll("X509 CRL", "CERTIFICATE"),
  "pem/content/bad-public-key-as-certificate": pem(publicKeyDer),
  "pem/content/bad-ocsp-response-as-certificate": pem(ocspResponse),
  "pem/content/bad-pkcs12-as-certificate": crlf(pem(pkcs12)),
  "pem/content/bad-java-keystore-as-certificate": pem(
    concat([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 0], new Uint8Array(20)),
  ),
  "pem/content/bad-pkcs7-as-crl": pem(pkcs7([clientDer, issuing.der]), "X509 CRL"),
  "pem/content/bad-pem-within-pem": crlf(pem(ascii(clientPem))),
  "pem/content/bad-pem-within-pem-with-chain": `# ours\n${pem(ascii(crlf(`Bag Attributes\n${clientPem}${issuingPem}`)))}${rootPem}`,
  "pem/content/bad-utf-16-within-pem": pem(Buffer.from(`\ufeff${crlf(clientPem)}`, "utf16le")),
  "pem/content/bad-base64-within-pem": pem(ascii(lines(clientPem, (all) => all.slice(1, -1)))),
  "pem/content/bad-damage-within-pem": pem(ascii(clientPem.replace("-----END CERTIFICATE-----\n", ""))),
  "pem/content/good-public-key": pem(publicKeyDer, "PUBLIC KEY"),
  "pem/content/good-crl": crl,
  "pem/content/bad-cut-off": pem(clientDer.subarray(0, clientDer.length - 30)),
  "pem/content/bad-crl-in-a-trust-store": `${storeFor("alb")}${rootPem}${crl.replaceAll("X509 CRL", "CERTIFICATE")}`,
  "pem/content/bad-pkcs7-in-a-trust-store": `${storeFor("apigateway")}${pem(pkcs7([issuing.der, root.der]), "CERTIFICATE")}`,
  "pem/content/bad-request-for-an-origin": `${forOrigin}${pem(requestDer, "CERTIFICATE")}${clientPem}`,
  "pem/content/bad-joined": `${forOrigin}${pem(concat(clientDer, issuing.der, root.der))}`,
  "pem/content/bad-joined-in-a-trust-store": `${storeFor("alb")}${pem(concat(root.der, issuing.der, otherRoot.der)).replaceAll("\n", "\r\n")}`,
  "pem/content/bad-trailing": pem(concat(clientDer, [0, 0, 0])),
  "pem/content/bad-request-cut-off": pem(requestDer.subarray(0, 60), "CERTIFICATE REQUEST"),
  "pem/content/bad-structure": pem(sequence(sequence(utcTime("260101000000Z")), ecdsaWithSha256, bits([1, 2, 3]))),
  "pem/content/good-request": pem(requestDer, "CERTIFICATE REQUEST"),
  "pem/content/good-trusted": pem(concat(clientDer, sequence(sequence(oid(clientAuth)))), "TRUSTED CERTIFICATE"),

  "certificate/fault/bad-extension": pem(
    odd({ extensions: [extension("2.5.29.15", integer(1), true), extendedKeyUsage(clientAuth)] }),
  ),
  "certificate/fault/bad-extension-twice": pem(
    odd({ extensions: [extendedKeyUsage(clientAuth), extendedKeyUsage(serverAuth)] }),
  ),
  "certificate/fault/bad-algorithms": pem(odd({ outerSignatureAlgorithm: sha224WithEcdsa })),
  "certificate/fault/bad-date-form": pem(odd({ notBefore: utcTime("2601010000Z") })),
  "certificate/fault/bad-name-constraints-of-a-leaf": pem(
    odd({ extensions: [extension("2.5.29.30", sequence(integer(1)), true), extendedKeyUsage(clientAuth)] }),
  ),
  "certificate/fault/bad-authority-access": pem(
    odd({ extensions: [extension("1.3.6.1.5.5.7.1.1", ascii("http://ocsp.example.com"))] }),
  ),
  "certificate/fault/bad-crl-points": authority(root, root, {
    extensions: [basicConstraints(true), extension("2.5.29.31", sequence(ascii("http://crl.example.com")))],
  }).pem,
  "certificate/fault/bad-crl-point-of-reasons": rootWith(
    extension("2.5.29.31", sequence(sequence(implicit(1, [1, 0x60])))),
  ).pem,
  "certificate/fault/bad-empty-lists": pem(
    odd({
      extensions: ["17", "30", "31", "32", "36"].map((last) => extension(`2.5.29.${last}`, sequence())),
    }),
  ),
  "certificate/fault/bad-alternative-names": pem(
    odd({
      extensions: [
        subjectAltName(
          implicit(7, [192, 0, 2, 1, 0]),
          implicit(2, [...Buffer.from("z\u00fcrich.example.com")]),
          dnsName("client.example.com"),
        ),
      ],
    }),
  ),
  "certificate/fault/bad-policy-twice": pem(
    odd({ extensions: [extension("2.5.29.32", sequence(sequence(oid("1.2.3.4")), sequence(oid("1.2.3.4"))))] }),
  ),
  "certificate/fault/bad-exponent": pem(odd({ publicKey: rsaKey(2048, 1) })),
  "certificate/fault/good-exponent-of-three": pem(odd({ publicKey: rsaKey(2048, 3) })),
  "certificate/fault/bad-policies": pem(odd({ extensions: [extension("2.5.29.32", sequence(oid("1.2.3.4")))] })),
  "certificate/fault/bad-template": pem(odd({ extensions: [extension("1.3.6.1.4.1.311.20.2", integer(1))] })),
  "certificate/fault/good-extensions": pem(
    odd({ extensions: [...extensionSamples].map(([type, value]) => extension(type, value)) }),
  ),
  "certificate/fault/good-plain-extensions": own({
    extensions: [basicConstraints(true), ...[...plainExtensions].map(([type, value]) => extension(type, value))],
  }),
  "certificate/fault/good-unknown-extension": pem(odd({ extensions: [extension("1.3.6.1.4.1.99999.1", octets([1]))] })),

  "certificate/validity/bad-reversed": pem(odd({ notBefore: "20300101000000Z", notAfter: "20290101000000Z" })),
  "certificate/validity/bad-unreadable": pem(odd({ notAfter: utcTime("271332000000Z") })),
  "certificate/validity/good-no-end": pem(odd({ notAfter: "99991231235959Z" })),

  "certificate/expired/bad-expired": pem(odd({ notAfter: "20260821100000Z" })),
  "certificate/expired/bad-by-a-second": pem(odd({ notAfter: "20261120235959Z" })),
  "certificate/expired/bad-for-an-origin":
    forOrigin + leaf(client, issuing, { parts: { notAfter: "20260821100000Z" } }).pem,
  "certificate/expired/good-in-a-trust-store":
    forTrustStore + authority(root, root, { parts: { notAfter: "20260821100000Z" } }).pem,
  "certificate/expired/good-last-second": pem(odd({ notAfter: "20261121000000Z" })),

  "certificate/not-yet-valid/bad-tomorrow": pem(odd({ notBefore: "20261122000000Z" })),
  "certificate/not-yet-valid/bad-for-an-origin":
    forOrigin + leaf(client, issuing, { parts: { notBefore: "20261122000000Z" } }).pem,
  "certificate/not-yet-valid/good-now": pem(odd({ notBefore: "20261121000000Z" })),

  "certificate/expires-soon/bad-thirty-days": pem(odd({ notAfter: "20261221000000Z" })),
  "certificate/expires-soon/bad-tonight": pem(odd({ notAfter: "20261121210000Z" })),
  "certificate/expires-soon/good-a-second-more": pem(odd({ notAfter: "20261221000001Z" })),
  "certificate/expires-soon/good-expired": pem(odd({ notAfter: "20261120000000Z" })),

  "certificate/weak-key/bad-rsa-2047": pem(odd({ publicKey: rsaKey(2047) })),
  "certificate/weak-key/bad-rsa-1024": pem(odd({ publicKey: rsaKey(1024) })),
  "certificate/weak-key/bad-p192": pem(odd({ publicKey: ecKey("1.2.840.10045.3.1.1", 24) })),
  "certificate/weak-key/good-rsa-2048": pem(odd({ publicKey: rsaKey(2048) })),
  "certificate/weak-key/good-p224": pem(odd({ publicKey: ecKey("1.3.132.0.33", 28) })),

  "certificate/weak-signature/bad-sha1": pem(odd({ signatureAlgorithm: sha1WithRsa, publicKey: rsaKey() })),
  "certificate/weak-signature/bad-md5": pem(
    odd({ signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.4"), nothing), publicKey: rsaKey() }),
  ),
  "certificate/weak-signature/bad-pss-with-sha1": pem(
    odd({ signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.10"), sequence()), publicKey: rsaKey() }),
  ),
  "certificate/weak-signature/good-root": pem(
    odd({
      subject: "CN=Old Root CA",
      issuer: "CN=Old Root CA",
      signatureAlgorithm: sha1WithRsa,
      publicKey: rsaKey(),
      extensions: signed([]),
    }),
  ),
  "certificate/weak-signature/good-pss": pem(odd({ signatureAlgorithm: sha256WithPss, publicKey: rsaKey() })),

  "certificate/not-accepted/bad-ed25519": pem(
    odd({ signatureAlgorithm: ed25519, publicKey: subjectPublicKeyInfo(ed25519, new Uint8Array(32).fill(7)) }),
  ),
  "certificate/not-accepted/bad-ed25519-signature": pem(odd({ signatureAlgorithm: ed25519 })),
  "certificate/not-accepted/bad-ml-dsa": pem(
    odd({ publicKey: subjectPublicKeyInfo(sequence(oid("2.16.840.1.101.3.4.3.17")), new Uint8Array(1312)) }),
  ),
  "certificate/not-accepted/bad-p224": pem(odd({ publicKey: ecKey("1.3.132.0.33", 28) })),
  "certificate/not-accepted/bad-dsa": pem(odd({ publicKey: dsaKey })),
  "certificate/not-accepted/bad-sha224": pem(odd({ signatureAlgorithm: sha224WithEcdsa })),
  "certificate/not-accepted/bad-in-a-trust-store":
    forTrustStore +
    pem(
      odd({
        subject: "CN=Edwards Root CA",
        issuer: "CN=Edwards Root CA",
        signatureAlgorithm: ed25519,
        publicKey: subjectPublicKeyInfo(ed25519, new Uint8Array(32).fill(7)),
        extensions: signed([]),
      }),
    ),
  "certificate/not-accepted/good-curves":
    pem(odd({ publicKey: ecKey("1.3.132.0.34", 48) })) + pem(odd({ publicKey: ecKey("1.3.132.0.35", 66) })),
  "certificate/not-accepted/good-rsa-pss": pem(odd({ signatureAlgorithm: sha256WithPss, publicKey: rsaKey(3072) })),
  "certificate/not-accepted/good-weak": pem(odd({ publicKey: ecKey("1.2.840.10045.3.1.1", 24) })),

  "certificate/key-usage/bad-alone": authority(root, root, {
    extensions: [basicConstraints(true), keyUsage("digitalSignature", "cRLSign")],
  }).pem,
  "certificate/key-usage/bad-issuer":
    clientPem + authority(issuing, root, { extensions: [basicConstraints(true), keyUsage("cRLSign")] }).pem,
  "certificate/key-usage/bad-in-a-trust-store":
    forTrustStore + authority(root, root, { extensions: [basicConstraints(true), keyUsage("cRLSign")] }).pem,
  "certificate/key-usage/good-not-said": authority(root, root, { extensions: [basicConstraints(true)] }).pem,
  "certificate/key-usage/good-leaf": clientPem,

  "certificate/version/bad-extensions": pem(odd({ version: 1 })),
  "certificate/version/bad-version-4": pem(odd({ version: 4 })),
  "certificate/version/good-version-1": pem(odd({ version: 1, extensions: [] })),

  "certificate/path-length/bad-leaf": pem(
    odd({ extensions: [basicConstraints(false, 0), extendedKeyUsage(clientAuth)] }),
  ),
  "certificate/path-length/bad-root": own({ extensions: [basicConstraints(false, 2)] }),
  "certificate/path-length/good-ca": own({ extensions: [basicConstraints(true, 0), keyUsage("keyCertSign")] }),
  "certificate/path-length/good-leaf": pem(odd({})),

  "certificate/off-curve/bad-p256": pem(odd({ publicKey: offCurve(ecKey()) })),
  "certificate/off-curve/bad-p384": pem(odd({ publicKey: offCurve(ecKey("1.3.132.0.34")) })),
  "certificate/off-curve/bad-p521": pem(odd({ publicKey: offCurve(ecKey("1.3.132.0.35")) })),
  "certificate/off-curve/bad-compressed": pem(odd({ publicKey: compressedKey(4) })),
  "certificate/off-curve/bad-in-a-trust-store":
    storeFor("cloudfront") + rootPem + own({ publicKey: offCurve(ecKey("1.3.132.0.34")) }),
  "certificate/off-curve/good-points":
    pem(odd({})) + own({ publicKey: ecKey("1.3.132.0.34") }) + own({ publicKey: ecKey("1.3.132.0.35") }),
  "certificate/off-curve/good-compressed": pem(odd({ publicKey: compressedKey(5) })),
  "certificate/off-curve/good-curve-that-is-not-looked-at": pem(odd({ publicKey: ecKey("1.3.132.0.10") })),

  "certificate/serial-number/bad-negative": pem(odd({ serial: element(2, [0xb6, 0x69, 0xfd, 0x2e]) })),
  "certificate/serial-number/bad-negative-root": own({ serial: element(2, [0x80]) }),
  "certificate/serial-number/bad-zero": pem(odd({ serial: 0 })),
  "certificate/serial-number/bad-twenty-one-bytes": pem(odd({ serial: 2n ** 160n })),
  "certificate/serial-number/good-twenty-bytes": pem(odd({ serial: 2n ** 159n - 1n })),
  "certificate/serial-number/good-twenty-bytes-and-a-sign": pem(odd({ serial: 2n ** 160n - 1n })),
  "certificate/serial-number/good-zero-of-a-root": own({ serial: 0 }),

  "bundle/private-key/bad-beside": clientPem + issuingPem + key,
  "bundle/private-key/bad-for-an-origin": forOrigin + clientPem + issuingPem + rootPem + key,
  "bundle/private-key/bad-openssh-for-an-origin":
    forOrigin + key.replaceAll("PRIVATE KEY-----", "OPENSSH PRIVATE KEY-----") + clientPem,
  "bundle/private-key/bad-openssh-alone-for-an-origin":
    forOrigin + key.replaceAll("PRIVATE KEY-----", "OPENSSH PRIVATE KEY-----"),
  "bundle/private-key/bad-pkcs8-as-certificate": pem(keyForms.pkcs8),
  "bundle/private-key/bad-pkcs1-as-certificate": forOrigin + clientPem + pem(keyForms.pkcs1),
  "bundle/private-key/bad-sec1-as-public-key": pem(keyForms.sec1, "PUBLIC KEY"),
  "bundle/private-key/bad-encrypted-as-request": pem(keyForms.encrypted, "CERTIFICATE REQUEST"),
  "bundle/private-key/bad-openssh-as-certificate": pem(keyForms.openssh),
  "bundle/private-key/bad-as-certificate-in-a-trust-store": forTrustStore + rootPem + pem(keyForms.pkcs8),
  "bundle/private-key/bad-within-pem": pem(ascii(clientPem + key)),
  "bundle/private-key/good-openssh-alone": key.replaceAll("PRIVATE KEY-----", "OPENSSH PRIVATE KEY-----"),
  "bundle/private-key/bad-in-a-trust-store":
    forTrustStore + rootPem + key.replaceAll("PRIVATE KEY-----", "ENCRYPTED PRIVATE KEY-----"),
  "bundle/private-key/bad-behind-a-label": `${clientPem}${issuingPem}key: ${key}`,
  "bundle/private-key/bad-without-boundaries": `${storeFor("apigateway")}${rootPem}${lines(pem(longKey), (all) => all.slice(1, -1))}`,
  "bundle/private-key/bad-separated-in-a-trust-store": `${storeFor("apigateway")}${rootPem}${key.trimEnd().replaceAll("\n", "\\x0A")}\n`,
  "bundle/private-key/bad-separated-beside": `${rootPem}${key.trimEnd().replaceAll("\n", "\u2028")}\n`,
  "bundle/private-key/bad-in-base64-alone-in-a-trust-store": `${storeFor("alb")}tls.key: ${Buffer.from(key).toString("base64")}\n`,
  "bundle/private-key/bad-in-base64-beside-certificates-in-base64": `${storeFor("apigateway")}ca.crt: ${Buffer.from(rootPem).toString("base64")}\ntls.key: ${Buffer.from(key).toString("base64")}\n`,
  "bundle/private-key/bad-url-encoded": `${storeFor("alb")}${rootPem}${encodeURIComponent(key)}\n`,
  "bundle/private-key/bad-in-base64-beside-a-certificate": `${storeFor("alb")}${rootPem}${Buffer.from(issuingPem + key).toString("base64")}\n`,
  "bundle/private-key/good-alone": key,
  "bundle/private-key/bad-alone-in-a-trust-store": forTrustStore + key,
  "bundle/private-key/good-alone-for-an-origin": forOrigin + key,

  "bundle/foreign-block/bad-request": forTrustStore + rootPem + pem(requestDer, "CERTIFICATE REQUEST"),
  "bundle/foreign-block/bad-parameters": `${forOrigin}${clientPem}${issuingPem}${rootPem}-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n`,
  "bundle/foreign-block/bad-trusted":
    forTrustStore + rootPem + pem(concat(otherRoot.der, sequence(sequence(oid(clientAuth)))), "TRUSTED CERTIFICATE"),
  "bundle/foreign-block/bad-x509": forTrustStore + rootPem + otherRootPem.replaceAll("CERTIFICATE", "X509 CERTIFICATE"),
  "bundle/foreign-block/bad-trusted-for-nothing":
    forOrigin + selfSigned(client).pem.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"),
  "bundle/foreign-block/bad-pkcs7-alone": forOrigin + pem(pkcs7([clientDer, issuing.der, root.der]), "PKCS7"),
  "bundle/foreign-block/good-unknown-purpose": rootPem + pem(requestDer, "CERTIFICATE REQUEST"),
  "bundle/foreign-block/good-request-alone": forOrigin + pem(requestDer, "CERTIFICATE REQUEST"),
  "bundle/foreign-block/bad-request-alone-in-a-trust-store": forTrustStore + pem(requestDer, "CERTIFICATE REQUEST"),

  "bundle/duplicate/bad-twice": `# first\n${rootPem}\n# second\n# of two\n${otherRootPem}\n# the first again\n# under another name\n${rootPem}`,
  "bundle/duplicate/bad-three-times": `${rootPem}${rootPem}${otherRootPem}${rootPem}`.trimEnd(),
  "bundle/duplicate/bad-other-columns": `${rootPem}${inColumns(rootPem, 76)}`,
  "bundle/duplicate/good-new-key": issuingPem + issuingAgain.pem,
  "bundle/duplicate/good-renewed": rootPem + authority(root).pem,

  "bundle/signature/bad-namesakes":
    leaf(client, issuing, { signedBy: root.keys }).pem + issuingPem + issuingAgain.pem + rootPem,
  "bundle/signature/good-namesake-signed":
    leaf(client, issuing, { signedBy: issuingAgain.keys }).pem + issuingAgain.pem + issuingPem + rootPem,
  "bundle/signature/bad-issuer": leaf(client, issuing, { signedBy: issuingAgain.keys }).pem + issuingPem + rootPem,
  "bundle/signature/bad-without-identifiers":
    leaf(client, issuingAgain, { identifiers: false }).pem + authority(issuing, root, { identifiers: false }).pem,
  "bundle/signature/good-chain": clientPem + issuingPem + rootPem,
  "bundle/signature/good-new-key": leaf(client, issuingAgain).pem + issuingPem + issuingAgain.pem + rootPem,
  "bundle/signature/good-old-key-alone": leaf(client, issuingAgain).pem + issuingPem,
  "bundle/signature/good-new-key-without-identifiers":
    leaf(client, issuingAgain, { identifiers: false }).pem +
    authority(issuing, root, { identifiers: false }).pem +
    authority(issuingAgain, root, { identifiers: false }).pem,
  "bundle/signature/good-cross-signed":
    clientPem + issuingPem + authority(issuing, otherRoot).pem + rootPem + otherRootPem,

  "bundle/signature/bad-root":
    forTrustStore + authority(root, undefined, { signedBy: otherRoot.keys }).pem + otherRootPem,
  "bundle/signature/bad-root-for-nobody": authority(root, undefined, { signedBy: otherRoot.keys, identifiers: false })
    .pem,
  "bundle/signature/good-root-of-an-older-key":
    authority({ ...otherRoot, subject: root.subject }, root, { extensions: caAlone, identifiers: false }).pem +
    authority(root, undefined, { extensions: caAlone, identifiers: false }).pem,

  "bundle/authority-key/bad-key":
    forOrigin + clientPem + renamed(issuing, root, subjectKeyIdentifier([1, 2, 3, 4])).pem + rootPem,
  "bundle/authority-key/bad-serial":
    leaf(client, root, { extensions: clientAlone(bySerial(root.subject, 99)), identifiers: false }).pem + rootPem,
  "bundle/authority-key/bad-key-and-serial":
    leaf(client, root, {
      extensions: clientAlone(implicit(0, root.keys.identifier), bySerial(root.subject, 99)),
      identifiers: false,
    }).pem + rootPem,
  "bundle/authority-key/bad-name":
    leaf(client, root, {
      extensions: clientAlone(element(0xa1, element(0xa4, name("CN=Another CA")))),
      identifiers: false,
    }).pem + rootPem,
  "bundle/authority-key/bad-in-a-trust-store":
    storeFor("apigateway") + issuingPem + renamed(root, undefined, subjectKeyIdentifier([1, 2, 3, 4])).pem,
  "bundle/authority-key/bad-root":
    forTrustStore + renamed(root, undefined, subjectKeyIdentifier([1, 2]), authorityKeyIdentifier([3, 4])).pem,
  "bundle/authority-key/bad-namesake-signed":
    storeFor("cloudfront") +
    authority(second, issuing, { signedBy: issuingAgain.keys }).pem +
    issuingPem +
    issuingAgain.pem +
    rootPem,
  "bundle/authority-key/bad-namesake-signed-leaf":
    forOrigin + leaf(client, issuing, { signedBy: issuingAgain.keys }).pem + issuingAgain.pem + issuingPem + rootPem,
  "bundle/authority-key/good-namesakes":
    storeFor("cloudfront") + authority(second, issuing).pem + issuingAgain.pem + issuingPem + rootPem,
  "bundle/authority-key/good-chain": forOrigin + clientPem + issuingPem + rootPem,
  "bundle/authority-key/good-renewed":
    clientPem + renamed(issuing, root, subjectKeyIdentifier([1, 2, 3, 4])).pem + issuingPem + rootPem,
  "bundle/authority-key/good-issuer-without-identifier": clientPem + renamed(issuing, root).pem + rootPem,
  "bundle/authority-key/good-serial":
    leaf(client, root, {
      extensions: clientAlone(bySerial(root.subject, Number.parseInt(root.certificate.serial, 16))),
      identifiers: false,
    }).pem + rootPem,
  "bundle/authority-key/good-other-key": leaf(client, issuingAgain).pem + issuingPem,

  "bundle/issuer-name/bad-printable":
    forOrigin + leaf(client, issuing, { parts: { issuer: printable(issuing.subject) } }).pem + issuingPem + rootPem,
  "bundle/issuer-name/bad-in-a-trust-store":
    storeFor("apigateway") + authority(issuing, root, { parts: { issuer: printable(root.subject) } }).pem + rootPem,
  "bundle/issuer-name/bad-beyond-ascii":
    storeFor("alb") + authority(issuing, composed, { parts: { issuer: "CN=Re\u0301seau CA" } }).pem + composed.pem,
  "bundle/issuer-name/good-chain": forOrigin + clientPem + issuingPem + rootPem,
  "bundle/issuer-name/good-both-ways":
    storeFor("alb") +
    authority(issuing, root, { parts: { issuer: printable(root.subject) } }).pem +
    rootPem +
    authority(root, root, { parts: { subject: printable(root.subject), issuer: printable(root.subject) } }).pem,
  "bundle/issuer-name/good-root-of-two-spellings":
    storeFor("alb") + authority(root, undefined, { parts: { issuer: printable(root.subject) } }).pem,
  "bundle/issuer-name/good-other-key":
    storeFor("cloudfront") +
    authority(issuing, authority({ subject: root.subject, keys: keysOf("p256", 777) }), {
      parts: { issuer: printable(root.subject) },
    }).pem +
    rootPem,

  "bundle/issuer-not-ca/bad-leaf": leaf(client, server).pem + serverPem,
  "bundle/issuer-not-ca/bad-says-no":
    clientPem + issued(issuing, root, { extensions: [keyUsage("keyCertSign")] }).pem + rootPem,
  "bundle/issuer-not-ca/bad-root":
    clientPem + issued(issuing, undefined, { extensions: [keyUsage("keyCertSign")] }).pem,
  "bundle/issuer-not-ca/good-version-1-root":
    clientPem + issued(issuing, undefined, { parts: { version: 1, extensions: [] } }).pem,
  "bundle/issuer-not-ca/good-self-signed-twice":
    selfSigned(server).pem + selfSigned({ ...client, subject: server.subject }).pem,
  "bundle/issuer-not-ca/good-same-name":
    clientPem + leaf({ ...server, subject: issuing.subject }, root, { identifiers: false }).pem + issuingPem + rootPem,

  "bundle/path-length/bad-zero":
    leaf(client, second).pem + secondPem + authority(issuing, root, { pathLength: 0 }).pem + rootPem,
  "bundle/path-length/bad-one":
    leaf(client, second).pem +
    secondPem +
    authority(issuing, otherRoot).pem +
    authority(otherRoot, root).pem +
    authority(root, root, { pathLength: 1 }).pem,
  "bundle/path-length/bad-in-a-trust-store":
    storeFor("alb") + issuingPem + authority(root, undefined, { pathLength: 0 }).pem,
  "bundle/path-length/good-in-a-trust-store":
    storeFor("alb") + clientPem + authority(issuing, root, { pathLength: 0 }).pem + rootPem,
  "bundle/path-length/good-zero": clientPem + authority(issuing, root, { pathLength: 0 }).pem + rootPem,
  "bundle/path-length/good-self-issued":
    leaf(client, issuingAgain).pem +
    authority(issuingAgain, issuing).pem +
    authority(issuing, root, { pathLength: 0 }).pem +
    rootPem,
  "bundle/path-length/good-cross-signed":
    leaf(client, second).pem +
    secondPem +
    authority(issuing, root, { pathLength: 0 }).pem +
    authority(issuing, otherRoot).pem +
    rootPem +
    otherRootPem,
  "bundle/path-length/good-last": secondPem + authority(issuing, root, { pathLength: 0 }).pem + rootPem,

  "bundle/order/bad-root-before-issuing":
    `# the client\n${clientPem}\n# the root\n# of all\n${rootPem}\n# who issued it\n${issuingPem}`.trimEnd(),
  "bundle/order/bad-with-key": `${clientPem}${key}${rootPem}${issuingPem}`,
  "bundle/order/bad-line-ends": `${clientPem}${rootPem}${issuingPem}`.replaceAll("\n", "\r\n"),
  "bundle/order/bad-reversed-for-an-origin": `${forOrigin}# root\n${rootPem}# issuing\n${issuingPem}# client\n${clientPem}`,
  "bundle/order/bad-chain-alone-for-an-origin": forOrigin + rootPem + issuingPem,
  "bundle/order/good-chain-alone-for-an-origin": forOrigin + issuingPem + rootPem,
  "bundle/order/bad-gap-for-an-origin": forOrigin + clientPem + rootPem,
  "bundle/order/bad-renewed-for-an-origin": forOrigin + clientPem + issuingPem + authority(issuing, root).pem + rootPem,
  "bundle/order/good-chain": clientPem + issuingPem + rootPem,
  "bundle/order/good-reversed": rootPem + issuingPem + clientPem,
  "bundle/order/good-two-leaves": clientPem + rootPem + issuingPem + serverPem,
  "bundle/order/good-trust-store": rootPem + secondPem + otherRootPem + issuingPem,
  "bundle/order/good-cross-signed": clientPem + issuingPem + authority(issuing, otherRoot).pem + otherRootPem + rootPem,
  "bundle/order/good-blank-lines": `${clientPem}\n\n${issuingPem}\n${rootPem}\n`,
  "bundle/order/good-alone": serverPem,

  "bundle/issuer-missing/bad-gap": clientPem + rootPem,
  "bundle/issuer-missing/bad-old-key": leaf(client, issuingAgain).pem + issuingPem + rootPem,
  "bundle/issuer-missing/bad-for-an-origin": forOrigin + clientPem + issuingPem,
  "bundle/issuer-missing/good-without-root": clientPem + issuingPem,
  "bundle/issuer-missing/good-alone": serverPem,
  "bundle/issuer-missing/good-trust-store": rootPem + otherRootPem + secondPem,
  "bundle/issuer-missing/good-several-others": clientPem + rootPem + otherRootPem,

  "client-certificate/version/bad-version-1":
    forOrigin + leaf(client, issuing, { parts: { version: 1, extensions: [] } }).pem + issuingPem + rootPem,
  "client-certificate/version/good-version-3": forOrigin + clientPem + issuingPem + rootPem,
  "client-certificate/version/good-unknown-purpose":
    leaf(client, issuing, { parts: { version: 1, extensions: [] } }).pem + issuingPem + rootPem,

  "client-certificate/key/bad-p384":
    forOrigin + leaf(client, issuing, { parts: { publicKey: ecKey("1.3.132.0.34", 48) } }).pem + issuingPem + rootPem,
  "client-certificate/key/bad-rsa-2047":
    forOrigin + leaf(client, issuing, { parts: { publicKey: rsaKey(2047) } }).pem + issuingPem + rootPem,
  "client-certificate/key/good-p256": forOrigin + clientPem + issuingPem + rootPem,
  "client-certificate/key/bad-self-signed-ca-for-clients":
    forOrigin +
    authority(client, undefined, {
      extensions: [basicConstraints(true), extendedKeyUsage(clientAuth)],
      parts: { publicKey: ecKey("1.3.132.0.34", 48) },
    }).pem,
  "client-certificate/key/bad-cas-and-key":
    forOrigin + authority(client, undefined, { parts: { publicKey: rsaKey(4096) } }).pem + key,
  "client-certificate/key/good-chain-alone":
    forOrigin + authority(issuing, root, { parts: { publicKey: rsaKey(4096) } }).pem + rootPem,
  "client-certificate/key/good-root-alone":
    forOrigin + authority(root, undefined, { parts: { publicKey: rsaKey(4096) } }).pem,
  "client-certificate/key/good-unknown-purpose":
    leaf(client, issuing, { parts: { publicKey: ecKey("1.3.132.0.34", 48) } }).pem + issuingPem + rootPem,

  "client-certificate/signature/bad-sha1":
    forOrigin + pem(odd({ signatureAlgorithm: sha1WithRsa, publicKey: rsaKey() })),
  "client-certificate/signature/bad-ed25519": forOrigin + pem(odd({ signatureAlgorithm: ed25519 })),
  "client-certificate/signature/good-pss":
    forOrigin + pem(odd({ signatureAlgorithm: sha256WithPss, publicKey: rsaKey() })),

  "client-certificate/key-family/bad-rsa-below-ecdsa":
    forOrigin + leaf(client, issuing, { parts: { publicKey: rsaKey() } }).pem + issuingPem + rootPem,
  "client-certificate/key-family/good-ecdsa": forOrigin + clientPem + issuingPem + rootPem,

  "client-certificate/client-auth/bad-server": forOrigin + serverPem + issuingPem + rootPem,
  "client-certificate/client-auth/bad-none":
    forOrigin + leaf(client, issuing, { extensions: [basicConstraints(false)] }).pem + issuingPem + rootPem,
  "client-certificate/client-auth/bad-ca-and-key": forOrigin + rootPem + key,
  "client-certificate/client-auth/good-chain-alone": forOrigin + issuingPem + rootPem,
  "client-certificate/client-auth/good-issuing-alone": forOrigin + issuingPem,
  "client-certificate/client-auth/good-both": forOrigin + clientPem + issuingPem + rootPem,
  "client-certificate/client-auth/good-unknown-purpose": serverPem + issuingPem + rootPem,

  "client-certificate/issuer/bad-empty": forOrigin + leaf(client, issuing, { parts: { issuer: name("") } }).pem,
  "client-certificate/issuer/good-named": forOrigin + clientPem,

  "client-certificate/ocsp-url/bad-long":
    forOrigin +
    leaf(client, issuing, { extensions: [basicConstraints(false), extendedKeyUsage(clientAuth), ocsp(1001)] }).pem +
    issuingPem +
    rootPem,
  "client-certificate/ocsp-url/good-longest":
    forOrigin +
    leaf(client, issuing, { extensions: [basicConstraints(false), extendedKeyUsage(clientAuth), ocsp(1000)] }).pem +
    issuingPem +
    rootPem,

  "client-certificate/chain-length/bad-four": forOrigin + leaf(client, second).pem + secondPem + issuingPem + rootPem,
  "client-certificate/chain-length/bad-three-without-root":
    forOrigin + leaf(client, second).pem + secondPem + issuingPem,
  "client-certificate/chain-length/good-two-without-root": forOrigin + clientPem + issuingPem,
  "client-certificate/chain-length/good-three": forOrigin + clientPem + issuingPem + rootPem,
  "client-certificate/chain-length/good-unknown-purpose": leaf(client, second).pem + secondPem + issuingPem + rootPem,

  "client-certificate/size/bad-certificate":
    forOrigin +
    leaf(client, issuing, { extensions: [basicConstraints(false), extendedKeyUsage(clientAuth), filler(25_000)] }).pem,
  "client-certificate/size/good-small": forOrigin + clientPem + issuingPem + rootPem,

  "client-certificate/format/bad-spaces":
    forOrigin +
    lines(clientPem, (all) => all.map((line, at) => (at === 0 || at === 2 ? `${line}  ` : line))) +
    issuingPem +
    lines(rootPem, (all) => all.map((line, at) => (at === all.length - 1 ? `${line}\t` : line))),
  "client-certificate/format/good-columns":
    forOrigin + inColumns(clientPem, 76) + inColumns(issuingPem, 10_000) + rootPem.replaceAll("\n", "\r\n"),
  "client-certificate/format/good-unknown-purpose": lines(clientPem, (all) => all.map((line) => `${line} `)),

  "trust-store/count/bad-26-for-cloudfront": storeFor("cloudfront") + roots(26),
  "trust-store/count/bad-26-for-two": storeFor("cloudfront", "alb", "apigateway") + roots(26),
  "trust-store/count/bad-copies": storeFor("cloudfront") + roots(24) + rootPem + rootPem,
  "trust-store/count/good-25": storeFor("cloudfront", "alb") + roots(25),
  "trust-store/count/good-26-for-api-gateway": storeFor("apigateway") + roots(26),
  "trust-store/count/good-26-for-nobody": forTrustStore + roots(26),

  "trust-store/count/good-26-for-nlb": storeFor("nlb") + roots(26),

  "trust-store/size/bad-by-an-older-page": storeFor("cloudfront", "apigateway") + large(5, 10_000),
  "trust-store/size/good-for-alb": storeFor("alb") + large(5, 10_000),

  "trust-store/certificate-size/bad-der": storeFor("cloudfront", "alb", "apigateway") + large(1, 16_384),
  "trust-store/certificate-size/bad-pem": storeFor("alb") + large(1, 12_288),
  "trust-store/certificate-size/good-for-api-gateway": storeFor("apigateway") + large(1, 16_384),

  "trust-store/certificate-size/good-for-nlb": storeFor("nlb") + large(1, 16_384),

  "trust-store/subject-length/bad-long": storeFor("alb") + longSubjects(2, 5_000),
  "trust-store/subject-length/bad-one": storeFor("alb") + longSubjects(1, 10_001),
  "trust-store/subject-length/good-short": storeFor("alb") + longSubjects(2, 4_500),
  "trust-store/subject-length/good-for-cloudfront": storeFor("cloudfront") + longSubjects(2, 5_000),
  "trust-store/subject-length/good-for-nlb": storeFor("nlb") + longSubjects(2, 5_000),

  "trust-store/key/bad-p521":
    storeFor("cloudfront", "apigateway", "alb") + own({ publicKey: ecKey("1.3.132.0.35", 66) }),
  "trust-store/key/bad-p521-for-api-gateway": storeFor("apigateway") + own({ publicKey: ecKey("1.3.132.0.35", 66) }),
  "trust-store/key/bad-rsa-2047": storeFor("alb", "apigateway") + own({ publicKey: rsaKey(2047) }),
  "trust-store/key/bad-rsa-2049": storeFor("cloudfront") + own({ publicKey: rsaKey(2049) }),
  "trust-store/key/bad-rsa-8193": storeFor("alb") + own({ publicKey: rsaKey(8193) }),
  "trust-store/key/bad-ed25519":
    storeFor("alb") +
    own({ signatureAlgorithm: ed25519, publicKey: subjectPublicKeyInfo(ed25519, new Uint8Array(32).fill(7)) }),
  "trust-store/key/bad-pss": storeFor("cloudfront", "apigateway", "alb") + own({ publicKey: pssKey(2048) }),
  "trust-store/key/bad-pss-of-5000": storeFor("cloudfront") + own({ publicKey: pssKey(5000) }),
  "trust-store/key/good-pss-for-nobody": forTrustStore + own({ publicKey: pssKey(2048) }),
  "trust-store/key/good-pss-for-nlb": storeFor("nlb") + own({ publicKey: pssKey(2048) }),
  "trust-store/key/good-curves":
    storeFor("cloudfront", "apigateway", "alb") +
    own({}) +
    own({ subject: "CN=P-384 Root CA", issuer: "CN=P-384 Root CA", publicKey: ecKey("1.3.132.0.34", 48) }),
  "trust-store/key/good-rsa":
    storeFor("cloudfront", "apigateway", "alb") +
    [2048, 3072, 4096]
      .map((bits) =>
        own({ subject: `CN=RSA ${bits} Root CA`, issuer: `CN=RSA ${bits} Root CA`, publicKey: rsaKey(bits) }),
      )
      .join(""),
  "trust-store/key/good-rsa-for-alb": storeFor("apigateway", "alb") + own({ publicKey: rsaKey(8192) }),
  "trust-store/key/good-for-nlb":
    storeFor("nlb") +
    own({ signatureAlgorithm: ed25519, publicKey: subjectPublicKeyInfo(ed25519, new Uint8Array(32).fill(7)) }),
  "trust-store/key/bad-for-alb-and-nlb": storeFor("alb", "nlb") + own({ publicKey: rsaKey(8193) }),
  "trust-store/key/good-for-nobody": forTrustStore + own({ publicKey: ecKey("1.3.132.0.35", 66) }),

  "trust-store/extended-key-usage/bad-root": storeFor("apigateway") + forPurposes(serverAuth),
  "trust-store/extended-key-usage/bad-intermediate":
    storeFor("cloudfront", "alb", "nlb") +
    authority(second, root, { extensions: [basicConstraints(true), extendedKeyUsage(serverAuth)] }).pem +
    rootPem,
  "trust-store/extended-key-usage/bad-any": storeFor("cloudfront") + forPurposes("2.5.29.37.0"),
  "trust-store/extended-key-usage/bad-for-nobody": forTrustStore + forPurposes(serverAuth),
  "trust-store/extended-key-usage/good-both": storeFor("apigateway", "alb") + forPurposes(serverAuth, clientAuth),
  "trust-store/extended-key-usage/good-client-and-any": storeFor("cloudfront") + forPurposes("2.5.29.37.0", clientAuth),
  "trust-store/extended-key-usage/good-not-said": storeFor("cloudfront") + rootPem,
  "trust-store/extended-key-usage/good-leaf": storeFor("alb") + server.pem + issuingPem + rootPem,
  "trust-store/extended-key-usage/good-unknown-purpose": forPurposes(serverAuth),

  "trust-store/signature/bad-sha1":
    storeFor("cloudfront", "apigateway") +
    rootPem +
    own({ issuer: "CN=Elsewhere CA", subject: "CN=Old CA", signatureAlgorithm: sha1WithRsa }),
  "trust-store/signature/bad-sha1-root": storeFor("cloudfront") + own({ signatureAlgorithm: sha1WithRsa }),
  "trust-store/signature/bad-sha224-for-api-gateway":
    storeFor("apigateway") +
    rootPem +
    own({ issuer: "CN=Elsewhere CA", subject: "CN=Odd CA", signatureAlgorithm: sha224WithEcdsa }),
  "trust-store/signature/bad-sha3-for-alb":
    storeFor("alb") +
    rootPem +
    own({ issuer: "CN=Elsewhere CA", subject: "CN=New CA", signatureAlgorithm: sha3WithEcdsa }),
  "trust-store/signature/good-sha3-for-api-gateway":
    storeFor("apigateway") +
    rootPem +
    own({ issuer: "CN=Elsewhere CA", subject: "CN=New CA", signatureAlgorithm: sha3WithEcdsa }),
  "trust-store/signature/good-pss":
    storeFor("cloudfront", "apigateway", "alb") + own({ signatureAlgorithm: sha256WithPss, publicKey: rsaKey(3072) }),

  "trust-store/version/bad-version-1": storeFor("cloudfront", "apigateway") + own({ version: 1, extensions: [] }),
  "trust-store/version/bad-version-1-with-extensions": storeFor("alb") + own({ version: 1 }),
  "trust-store/version/good-for-api-gateway": storeFor("apigateway") + own({ version: 1, extensions: [] }),
  "trust-store/version/good-for-nlb": storeFor("nlb") + own({ version: 1, extensions: [] }),
  "trust-store/version/good-version-3": storeFor("alb") + rootPem,

  "trust-store/text/bad-blank-lines": `${storeFor("cloudfront")}# first\n${rootPem}\n\n# second\n  \n${otherRootPem}\n`,
  "trust-store/text/bad-hyphen": `${storeFor("alb")}# first, until 2035-12-31\n${rootPem}# second\n# -----\n${otherRootPem}# the end -\n`,
  "trust-store/text/bad-openssl":
    `${storeFor("cloudfront", "alb")}subject=CN = Example Root CA\nissuer=CN = Example Root CA\n${rootPem}Our other root\n${otherRootPem}`.replaceAll(
      "\n",
      "\r\n",
    ),
  "trust-store/text/bad-marker": `// mtls: target=alb\n; another\n${rootPem}`,
  "trust-store/text/bad-marker-alone": `// mtls: target=alb\n${rootPem}`,
  "trust-store/text/bad-commented-out": `${storeFor("cloudfront")}# in use until 2035-12-31\n${lines(rootPem, (all) => all.map((line) => `# ${line}`))}# the other\n${otherRootPem}`,
  "trust-store/text/bad-commented-out-in-part": `${storeFor("cloudfront")}${lines(rootPem, (all) => all.slice(0, -1).map((line) => `#${line}`))}\n# the other\n${otherRootPem}`,
  "trust-store/text/bad-prose": `${storeFor("cloudfront")}serial killers list\ndepth charge notes\nsubject to review\n${rootPem}; vault password hint\n// see also\n${otherRootPem}`,
  "trust-store/text/bad-pkcs12": `${storeFor("alb")}Bag Attributes\n    friendlyName: root\n    localKeyID: 54 69 6D \nsubject=CN = Example Root CA\nissuer=CN = Example Root CA\nnotAfter=Nov 21 10:00:00 2035 GMT\ndepth=0 CN = Example Root CA\n${rootPem}Bag Attributes: <Empty Attributes>\n${otherRootPem}`,
  "trust-store/text/bad-beside-hidden": `${storeFor("cloudfront")}our CAs\n${rootPem}the issuing CA\n\n> ${lines(issuingPem, (all) => all.map((line, place) => (place === 0 ? line : `> ${line}`)))}\n${otherRootPem}`,
  "trust-store/text/bad-commented-boundaries": `${storeFor("alb")}${lines(issuingPem, (all) => all.map((line) => line.replace(/^-----/, "# -----")))}${rootPem}`,
  "trust-store/text/good-comments": `${storeFor("cloudfront", "alb")}# first\n${rootPem}# second, of two\n#\n${otherRootPem}# the end\n`,
  "trust-store/text/good-ends": `\n\n${storeFor("alb")}\n${rootPem}${otherRootPem}\n\n`,
  "trust-store/text/good-for-api-gateway": `${storeFor("apigateway")}# until 2035-12-31\n\n${rootPem}\n${otherRootPem}`,
  "trust-store/text/good-for-nlb": `${storeFor("nlb")}# until 2035-12-31\n\n${rootPem}\nsubject=CN = Other\n${otherRootPem}`,
  "trust-store/text/good-for-nobody": `${forTrustStore}\n${rootPem}\n${otherRootPem}`,

  "trust-store/line-ends/bad-returns": `${storeFor("alb")}${rootPem}${otherRootPem}`.replaceAll("\n", "\r"),
  "trust-store/line-ends/good-text": `${storeFor("apigateway")}0\r0...\n${rootPem}`,
  "trust-store/line-ends/good-crlf": `${storeFor("alb")}${rootPem}`.replaceAll("\n", "\r\n"),

  "trust-store/leaf/bad-client": `${storeFor("cloudfront", "apigateway")}# a client\n${clientPem}# who issued it\n${issuingPem}${rootPem}`,
  "trust-store/leaf/bad-joined": `${storeFor("apigateway")}${pem(concat(clientDer, issuing.der))}${rootPem}${leaf(client, issuing).pem}`,
  "trust-store/leaf/bad-several":
    storeFor("alb") + clientPem + rootPem + selfSigned(client).pem + leaf(client, root).pem,
  "trust-store/leaf/bad-for-nobody": forTrustStore + issuingPem + rootPem + clientPem,
  "trust-store/leaf/bad-self-signed": storeFor("alb", "apigateway") + selfSigned(client).pem + rootPem,
  "trust-store/leaf/good-self-signed": storeFor("apigateway") + selfSigned(client).pem,
  "trust-store/leaf/good-authorities": storeFor("cloudfront", "apigateway", "alb") + issuingPem + rootPem,

  "trust-store/root/bad-for-api-gateway": storeFor("apigateway") + secondPem + issuingPem,
  "trust-store/root/bad-for-load-balancers": storeFor("alb", "nlb") + issuingPem,
  "trust-store/root/bad-for-cloudfront-and-another": storeFor("cloudfront", "alb") + issuingPem,
  "trust-store/root/good-for-nobody": forTrustStore + issuingPem,
  "trust-store/root/good-for-cloudfront": storeFor("cloudfront") + issuingPem,
  "trust-store/root/bad-old-key":
    storeFor("apigateway", "alb") + authority(second, issuingAgain).pem + issuingPem + rootPem,
  "trust-store/root/bad-name-that-is-shown-alike":
    storeFor("apigateway") + issuingPem + authority({ ...otherRoot, subject: "CN=Example Root CA,O=Elsewhere" }).pem,
  "trust-store/root/bad-older-key":
    storeFor("apigateway") + authority({ ...otherRoot, subject: root.subject }, root).pem,
  "trust-store/root/good-older-key":
    storeFor("apigateway") + authority({ ...otherRoot, subject: "CN=Example Root CA 2,O=Example" }, root).pem + rootPem,
  "trust-store/root/good-whole": storeFor("apigateway") + secondPem + issuingPem + rootPem,

  "trust-store/chain-length/bad-five": storeFor("cloudfront", "apigateway", "alb") + chain(5),
  "trust-store/chain-length/good-for-nobody": forTrustStore + chain(6),
  "trust-store/chain-length/good-for-cloudfront": storeFor("cloudfront") + chain(6),
  "trust-store/chain-length/good-for-nlb": storeFor("nlb") + chain(6),
  "trust-store/chain-length/good-four": storeFor("cloudfront", "apigateway", "alb") + chain(4),

  "trust-store/namesake/bad-new-key": forTrustStore + issuingPem + issuingAgain.pem + rootPem,
  "trust-store/namesake/bad-three-keys":
    storeFor("alb") + [0, 1, 2].map(() => authority(named("CN=Example Rollover CA")).pem).join(""),
  "trust-store/namesake/bad-roots-without-identifiers":
    storeFor("alb") +
    authority(root, undefined, { extensions: caAlone, identifiers: false }).pem +
    authority({ ...otherRoot, subject: root.subject }, undefined, { extensions: caAlone, identifiers: false }).pem,
  "trust-store/namesake/good-renewed": forTrustStore + rootPem + authority(root).pem + issuingPem,
  "trust-store/namesake/good-expired": forTrustStore + old(issuingAgain).pem + issuingPem + rootPem,
  "trust-store/namesake/good-no-trust-store": issuingPem + issuingAgain.pem + rootPem,

  "trust-store/name-constraints/bad-not-permitted":
    storeFor("apigateway") + issuingPem + constrainedTo(0xa0, "O=Heron Works").pem,
  "trust-store/name-constraints/bad-excluded":
    forTrustStore + secondPem + issuingPem + constrainedTo(0xa1, "CN=Example Issuing CA").pem,
  "trust-store/name-constraints/good-permitted":
    forTrustStore + issuingPem + constrainedTo(0xa0, "CN=Example Issuing CA").pem,
  "trust-store/name-constraints/good-of-hosts": forTrustStore + issuingPem + rootWith(hostsIn("example.com")).pem,
  "trust-store/name-constraints/good-no-trust-store": issuingPem + constrainedTo(0xa0, "O=Heron Works").pem,

  "trust-store/disputed-content/bad-poison":
    storeFor("alb", "nlb") + rootWith(extension("1.3.6.1.4.1.11129.2.4.3", nothing, true)).pem,
  "trust-store/disputed-content/bad-unknown-of-an-intermediate":
    storeFor("apigateway") +
    authority(issuing, root, {
      extensions: [...caAlone, extension("1.3.6.1.4.1.99999.1", octets([1]), true)],
    }).pem +
    rootPem,
  "trust-store/disputed-content/bad-critical-identifier":
    storeFor("cloudfront") +
    authority(root, undefined, {
      identifiers: false,
      extensions: [...caAlone, extension("2.5.29.14", octets([1, 2, 3, 4]), true)],
    }).pem,
  "trust-store/disputed-content/bad-without-subject":
    forTrustStore + authority(root, undefined, { parts: { subject: sequence(), issuer: sequence() } }).pem,
  "trust-store/disputed-content/bad-period-before-a-host": storeFor("alb") + rootWith(hostsIn(".example.com")).pem,
  "trust-store/disputed-content/good-critical":
    storeFor("alb") +
    rootWith(
      hostsIn("example.com"),
      extension("2.5.29.36", sequence(implicit(0, [0])), true),
      extension("2.5.29.32", sequence(sequence(oid("2.5.29.32.0"))), true),
    ).pem,
  "trust-store/disputed-content/good-no-ca":
    storeFor("apigateway") +
    issued(client, undefined, {
      extensions: [basicConstraints(false), extension("1.3.6.1.4.1.99999.1", octets([1]), true)],
    }).pem,
  "trust-store/disputed-content/good-not-critical":
    storeFor("alb") + rootWith(extension("1.3.6.1.4.1.99999.1", octets([1]))).pem,
  "trust-store/disputed-content/good-no-trust-store": rootWith(extension("1.3.6.1.4.1.99999.1", octets([1]), true)).pem,

  "trust-store/root/bad-circle":
    storeFor("apigateway") + authority(root, otherRoot).pem + authority(otherRoot, root).pem,
  "trust-store/root/bad-circle-for-alb":
    storeFor("alb") + authority(root, otherRoot).pem + authority(otherRoot, root).pem,
  "trust-store/root/bad-below-a-circle":
    storeFor("apigateway") + issuingPem + authority(root, otherRoot).pem + authority(otherRoot, root).pem,
  "trust-store/root/good-circle-with-a-root":
    storeFor("apigateway") +
    issuingPem +
    authority(root, otherRoot).pem +
    authority(otherRoot, root).pem +
    otherRootPem,
  "trust-store/root/good-circle-for-cloudfront":
    storeFor("cloudfront") + authority(root, otherRoot).pem + authority(otherRoot, root).pem,

  "trust-store/subject-conflict/bad-cross-signed":
    storeFor("apigateway", "alb") + issuingPem + authority(issuing, otherRoot).pem + rootPem + otherRootPem,
  "trust-store/subject-conflict/good-for-alb":
    storeFor("alb") + issuingPem + authority(issuing, otherRoot).pem + rootPem + otherRootPem,
  "trust-store/subject-conflict/good-new-key": storeFor("apigateway") + issuingPem + issuingAgain.pem + rootPem,

  "trust-store/public-root/bad-public": storeFor("apigateway") + rootPem + publicRoot.pem,
  "trust-store/public-root/bad-for-nobody": forTrustStore + publicRoot.pem,
  "trust-store/public-root/good-same-name":
    storeFor("apigateway") + authority({ ...client, subject: publicRoot.subject }).pem,
  "trust-store/public-root/good-unknown-purpose": publicRoot.pem,

  "trust-store/expired/bad-authority": `${storeFor("cloudfront")}# the old one\n${old(root).pem}# the other\n${otherRootPem}`,
  "trust-store/expired/bad-for-api-gateway": storeFor("apigateway") + old(root).pem + otherRootPem,
  "trust-store/expired/bad-for-nlb": storeFor("nlb") + old(root).pem + otherRootPem,
  "trust-store/expired/bad-for-nobody": forTrustStore + old(root).pem + otherRootPem,
  "trust-store/expired/bad-beside-its-successor": storeFor("apigateway", "alb") + old(root).pem + rootPem,
  "trust-store/expired/bad-several": storeFor("apigateway") + old(root).pem + rootPem + old(otherRoot).pem,
  "trust-store/expired/good-last-second":
    storeFor("apigateway") + authority(root, root, { parts: { notAfter: "20261121000000Z" } }).pem,

  "trust-store/crl/bad-in-a-trust-store": storeFor("alb") + rootPem + crl,
  "trust-store/crl/bad-among-lists": storeFor("alb") + rootPem + crl + crl,
  "trust-store/crl/bad-for-cloudfront": storeFor("cloudfront", "alb") + crl,
  "trust-store/crl/bad-for-nlb": storeFor("nlb") + rootPem + crl,
  "trust-store/crl/good-revocations": storeFor("alb") + crl + crl,
  "trust-store/crl/good-revocations-for-load-balancers": storeFor("nlb", "alb") + crl,
};

/** Roots of no consequence, all different. */
function roots(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    own({ serial: index + 1, subject: `CN=Root CA ${index + 1}`, issuer: `CN=Root CA ${index + 1}` }),
  ).join("");
}

/** A root of no consequence, in which one thing is odd. */
function own(parts: CertificateParts): string {
  return pem(
    odd({
      subject: "CN=Odd Root CA",
      issuer: "CN=Odd Root CA",
      extensions: [basicConstraints(true), keyUsage("keyCertSign")],
      ...parts,
    }),
  );
}

/** A root whose extended key usage is this. */
function forPurposes(...purposes: readonly string[]): string {
  return own({ extensions: [basicConstraints(true), keyUsage("keyCertSign"), extendedKeyUsage(...purposes)] });
}

/** An RSA key that is for RSASSA-PSS alone. */
function pssKey(size: number): Bytes {
  const modulus = (1n << BigInt(size - 1)) | 1n;
  return subjectPublicKeyInfo(sequence(oid("1.2.840.113549.1.1.10")), sequence(integer(modulus), integer(65537)));
}

/** The last octet of its point is another. */
function offCurve(key: Bytes): Bytes {
  return key.with(-1, (key.at(-1) ?? 0) ^ 1);
}

/** Of P-256, where no point has an x of 4, and two have an x of 5. */
function compressedKey(x: number): Bytes {
  return subjectPublicKeyInfo(sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")), [
    2,
    ...new Uint8Array(31),
    x,
  ]);
}

/** With so many bytes that say nothing in each. */
function large(count: number, bytes: number): string {
  return Array.from({ length: count }, (_, index) =>
    own({
      serial: index + 1,
      subject: `CN=Large CA ${index + 1}`,
      issuer: `CN=Large CA ${index + 1}`,
      extensions: [basicConstraints(true), filler(bytes)],
    }),
  ).join("");
}

/** CAs whose subjects have so many characters each. */
function longSubjects(count: number, length: number): string {
  return Array.from({ length: count }, (_, index) => {
    const subject = `CN=${"Example ".repeat(length).slice(0, length - 1)}${index + 1}`;
    return own({ subject, issuer: "CN=Elsewhere CA" });
  }).join("");
}

/** A root and what each issued, down to the last, which stands first. */
function chain(length: number): string {
  const all = [authority(named("CN=CA 1"))];
  for (let level = 2; level <= length; level++) all.unshift(authority(named(`CN=CA ${level}`), all[0]));
  return all.map((one) => one.pem).join("");
}

function old(of: Issued): Issued {
  return authority(of, of, { parts: { notAfter: "20260821100000Z" } });
}

/** Authority information access, with one OCSP responder whose URL has so many characters. */
function ocsp(length: number): Bytes {
  const start = "http://ocsp.example.com/";
  return extension(
    "1.3.6.1.5.5.7.1.1",
    sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), implicit(6, ascii(start.padEnd(length, "x"))))),
  );
}

/** An extension that is nothing but large. */
function filler(size: number): Bytes {
  return extension("1.3.6.1.4.1.99999.2", octets(new Uint8Array(size)));
}

const [part = ""] = process.argv.slice(2);
for (const [path, text] of Object.entries(fixtures)) {
  if (!path.includes(part)) continue;
  const file = join(import.meta.dirname, `${path}.pem`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
