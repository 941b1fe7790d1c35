// No output has anything of a private key or of a header's value, wherever in a file they stand.
import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { formats } from "../../src/cli/formats/formats.ts";
import { certificate } from "../core/configs.ts";
import { authority } from "../host/pem-files.ts";
import { checkedFolder, config } from "./checked-folder.ts";

const body = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString()
  .replaceAll(/-----[A-Z ]+-----|\n/g, "");
const value = "s3cr3t-VALUE-xyzzy-qq";
/** What no output may have: any eight characters of the body, and parts of the value. */
const parts = new Set([
  ...Array.from({ length: body.length - 7 }, (_, at) => body.slice(at, at + 8)),
  value.slice(0, 8),
  value.slice(-8),
]);

function assertHidden(text: string, what: string): void {
  for (let at = 0; at + 8 <= text.length; at++)
    if (parts.has(text.slice(at, at + 8)))
      assert.fail(`${what}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`);
}

const linesOf = (length: number) => (body.match(new RegExp(`.{1,${length}}`, "g")) ?? []).join("\n");
const key = (lines = linesOf(64), label = "PRIVATE KEY") =>
  `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
/** Its marker is not a comment: a safe fix stands beside it. */
const store = `// mtls: target=alb\n${authority("CN=Root").pem}`;

function template(headers: string, beside = ""): string {
  return `Resources:
  D:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: o
            DomainName: o.example.com
            OriginCustomHeaders:
              - HeaderName: X-Secret
                HeaderValue: ${headers}
            CustomOriginConfig:
              OriginProtocolPolicy: http-only
${beside}              OriginMtlsConfig:
                ClientCertificateArn: ${certificate}
        DefaultCacheBehavior:
          TargetOriginId: o
          ViewerProtocolPolicy: https-only
`;
}

const indented = (text: string) => text.replaceAll(/^(?=.)/gm, " ".repeat(18));

const files: Readonly<Record<string, string>> = {
  "above.pem": key() + store,
  "below.pem": store + key(),
  "short-lines.pem": key(linesOf(12)) + store,
  "one-line.pem": key(body) + store,
  "in-parts.pem": key(linesOf(64).replaceAll(/(.{8})/g, "$1 ")) + store,
  "fewer-dashes.pem": key(linesOf(12)).replaceAll("-----", "----") + store,
  "one-dash.pem": key(linesOf(12)).replaceAll("-----", "-") + store,
  "no-dashes.pem": key(linesOf(12)).replaceAll("-----", "") + store,
  "small-letters.pem": key(linesOf(12)).replaceAll("PRIVATE KEY", "private key") + store,
  "carriage-returns.pem": (key(linesOf(12)) + store).replaceAll("\n", "\r\r\n"),
  "without-end.pem": `-----BEGIN PRIVATE KEY-----\n${linesOf(12)}\n${store}`,
  "without-begin.pem": `${linesOf(12)}\n-----END PRIVATE KEY-----\n${store}`,
  "called-certificate.pem": key(linesOf(64), "CERTIFICATE") + store,
  "called-certificate-short.pem": key(linesOf(12), "CERTIFICATE") + store,
  "encrypted.pem": key(`Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${linesOf(12)}`, "RSA PRIVATE KEY") + store,
  "member.json": config(`  "PrivateKey": ${JSON.stringify(key())},\n`),
  "comment.json": config(`  /*\n${key(linesOf(12))}*/\n`),
  "comment-without-end.json": config(`  // BEGIN PRIVATE KEY\n  // ${body}\n`),
  "in-place-of-arn.json": config().replace(`"${certificate}"`, JSON.stringify(key())),
  "short.yaml": template(value, `              X: |\n${indented(key(linesOf(12)))}`),
  "header.json": config(
    `  "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "X", "HeaderValue": "${value}"}]},\n`,
  ),
  "plain.yaml": template(value),
  "folded.yaml": template(`>-\n                  ${value}`),
  "sub.yaml": template(`!Sub "${value}"`),
  "sub-of-list.yaml": template(`!Sub ["${value}\${A}", {A: ${value}}]`),
  "join.yaml": template(`!Join ["", [${value.slice(0, 12)}, !Ref A, "${value.slice(12)}"]]`),
  "if.yaml": template(`!If [C, ${value}, !Ref A]`),
  "base64.yaml": template(`\n                  Fn::Base64: !Sub ${value}`),
};

describe("no output shows a secret", () => {
  const folder = checkedFolder("secrets");
  const ways = [...formats.map((format) => ["--format", format]), ["--diff"]];

  for (const [name, text] of Object.entries(files))
    test(`of ${name}`, async () => {
      const { check } = await folder.project({ [name]: text });
      for (const args of ways) {
        const { exit, stdout, stderr } = await check([name, ...args]);
        assert.notEqual(exit, 0, `${args.join(" ")}: ${stdout}`);
        assertHidden(stdout + stderr, args.join(" "));
      }
    });

  test("says where a value comes from, and shows what stands beside a key", async () => {
    const { check } = await folder.project({
      "ref.yaml": template("!Ref Secret").replace(
        "            CustomOriginConfig:\n",
        "            CustomOriginConfig:\n",
      ),
      "after.json": config(`  "Note": ${JSON.stringify(key())},\n`),
    });
    assert.match((await check(["ref.yaml", "--diff"])).stdout, /\+ +OriginProtocolPolicy: https-only/);
    assert.match((await check(["after.json", "--diff"])).stdout, /\n- {2}"OriginProtocolPolicy": "http-only"/);
  });
});
