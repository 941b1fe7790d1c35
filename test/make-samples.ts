// node test/make-samples.ts: writes test/workspace/certificates anew. All of it is made up; the keys are thrown away.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { clientAuth, dnsName, extendedKeyUsage, keyUsage, subjectAltName } from "./core/x509/der-writer.ts";
import { createCa, type Issued, issue, type KeyKind, keysOf, type Signing } from "./core/x509/pki.ts";
import { sampleFolder } from "./launcher/places.ts";

const folder = join(sampleFolder, "certificates");

let count = 0;

interface Options extends Signing {
  readonly subject: string;
  readonly issuer?: Issued;
  readonly key?: KeyKind;
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly dns?: string;
}

function common({ key = "p256", notBefore = "20260101000000Z", notAfter = "20491231235959Z", ...others }: Options) {
  return { ...others, keys: keysOf(key, ++count), parts: { serial: 0x5a_0000 + count, notBefore, notAfter } };
}

const authority = (options: Options): Issued => createCa(common(options));
const client = (options: Options): Issued =>
  issue(common(options), [
    keyUsage("digitalSignature"),
    extendedKeyUsage(clientAuth),
    ...(options.dns === undefined ? [] : [subjectAltName(dnsName(options.dns))]),
  ]);

const root = authority({ subject: "C=DE,O=Example Shop,CN=Example Shop Root CA" });
const issuing = authority({ subject: "C=DE,O=Example Shop,CN=Example Shop Clients CA", issuer: root });
const cloudFront = client({
  subject: "O=Example Shop,OU=Delivery,CN=cloudfront.shop.example",
  issuer: issuing,
  dns: "cloudfront.shop.example",
});
const old = client({
  subject: "O=Example Shop,OU=Delivery,CN=cloudfront-2019.shop.example",
  issuer: issuing,
  notBefore: "20190101000000Z",
  notAfter: "20200101000000Z",
});
const partner = authority({ subject: "O=Partner,CN=Partner Root CA", key: "rsa2048" });
const weak = authority({ subject: "O=Warehouse,CN=Warehouse Scanners CA", key: "rsa1024" });
const retired = authority({
  subject: "O=Example Shop,CN=Example Shop Root CA 2010",
  notBefore: "20100101000000Z",
  notAfter: "20200101000000Z",
});
const buyer = client({
  subject: "O=Partner,OU=Purchasing,CN=buyer.partner.example",
  issuer: partner,
  dns: "buyer.partner.example",
});
const scanner = client({ subject: "O=Warehouse,CN=scanner-7.warehouse.example", issuer: weak });

/** Applied to one occurrence each; a sample that no longer has its mistake is none. */
function spoilt(text: string, ...edits: readonly (readonly [right: string | RegExp, wrong: string])[]): string {
  return edits.reduce((spoiling, [right, wrong]) => {
    const result = spoiling.replace(right, wrong);
    if (result === spoiling) throw new Error(`Nothing to spoil: ${right}`);
    return result;
  }, text);
}

const files: Readonly<Record<string, string>> = {
  "origin-client-chain.pem": `# What CloudFront presents to the shop's API: certificate, its issuer, and the root.
# mtls: target=origin

${cloudFront.pem}${issuing.pem}${root.pem}`,
  "expired.pem": old.pem + issuing.pem,
  "partner-client.pem": buyer.pem,
  "warehouse-client.pem": scanner.pem,
  "trust-store.pem": `# The clients that are let in: one CA after another, in any order.
# mtls: target=trust-store

Example Shop
============
${root.pem}
Partner
=======
${partner.pem}
Warehouse scanners: their keys are too short
============================================
${weak.pem}
Example Shop, until 2020
========================
${retired.pem}
Example Shop, pasted a second time
==================================
${root.pem}`,
  "damaged.pem": [
    "# Pasted out of a chat: every block has something else wrong with it.\n",
    spoilt(cloudFront.pem, ["-----BEGIN CERTIFICATE-----", "\u2014\u2014BEGIN CERTIFICATE\u2014\u2014"]),
    spoilt(issuing.pem, ["-----END CERTIFICATE-----", "----END CERTIFICATE-----"]),
    spoilt(root.pem, [/\n(.{64})\n(.{20}).{3}/, "\n$1\n$2 \u2026 "]),
    spoilt(partner.pem, [/\n.{64}\n/, "\n"]),
    spoilt(old.pem, ["-----END CERTIFICATE-----", "-----END CERTIFICAT-----"]),
    spoilt(weak.pem, ["\n-----END CERTIFICATE-----\n", "\n"]),
  ].join("\n"),
  "config-map.yaml": `apiVersion: v1
kind: ConfigMap
metadata:
  name: client-ca
data:
  ca.crt: |
${root.pem.trimEnd().replaceAll(/^/gm, "    ")}
`,
};

await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
