import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pemAt } from "../../../src/core/pem/embedded.ts";
import { blocksOf, certificateBytes, certificatePem, keyPem, otherPem } from "./texts.ts";

const lines = certificatePem.trimEnd().split("\n");
const json = JSON.stringify({ certificate: certificatePem, more: otherPem });

/** The certificate as other languages write it. */
const texts: Readonly<Record<string, string>> = {
  PEM: `${certificatePem}${otherPem}`,
  JSON: json,
  "JSON with CRLF": JSON.stringify(lines.join("\r\n")),
  "JSON with CR": JSON.stringify(lines.join("\r")),
  "JSON in JSON": JSON.stringify(json),
  "JSON in JSON in JSON": JSON.stringify(JSON.stringify(json)),
  "JSON that escapes slashes": json.replaceAll("/", "\\/"),
  "JSON that escapes what HTML means": json.replaceAll("=", "\\u003d").replaceAll("+", "\\u002B"),
  "a list of lines": JSON.stringify(lines, null, 2),
  "a YAML block": `certificate: |\n${lines.map((line) => `    ${line}`).join("\n")}\nother: a\n`,
  "a YAML list": `- >-\r\n  ${lines.join("\r\n  ")}\r\n- b`,
  "an HCL heredoc": `certificate_body = <<-EOT\n    ${lines.join("\n    ")}\n  EOT\n`,
  "an HCL string": `certificate_body = "${lines.join("\\n")}"`,
  "a template literal": `const certificate = \`${lines.join("\n")}\`;`,
  "a sum of strings": `const certificate =\n  ${lines.map((line) => `"${line}\\n"`).join(" +\n  ")};`,
  "a sum of strings with the sign in front": `x = ${lines.map((line) => `'${line}\\n'`).join("\n  + ")}`,
  "strings of C": lines.map((line) => `    "${line}\\n" \\`).join("\r\n"),
  "strings side by side": lines.map((line) => `    "${line}\\n"`).join("\n"),
  "a shell variable": `CERTIFICATE="${lines.join("\\\n")}"`,
  "a comment with #": lines.map((line) => `  # ${line}`).join("\n"),
  "a comment with //": lines.map((line) => `//${line}`).join("\r\n"),
  "a comment with *": `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */`,
  "one line with blanks": lines.join(" "),
  "a log of nginx": `cert="${lines.join("\\x0A")}\\x0A"`,
  "a log of rsyslog": `proxy: cert=${lines.join("#012")}#012`,
  "octal escapes": `cert=${lines.join("\\012")}`,
  "a text with LINE SEPARATOR": lines.join("\u2028"),
  "a list with bars": `ca|${lines.join("|")}|b`,
};

describe("PEM in any text", () => {
  for (const [name, text] of Object.entries(texts)) {
    test(`is found from wherever in it: ${name}`, () => {
      const start = text.indexOf("-----BEGIN");
      const end = text.indexOf("-----END CERTIFICATE-----") + "-----END CERTIFICATE-----".length;
      for (const offset of [start, start + 3, start + 20, (start + end) >> 1, end - 3, end]) {
        const found = pemAt(text, offset);
        assert.deepEqual(found?.span, { start, end });
        const [block] = blocksOf(found.text);
        assert.deepEqual([block?.damage, block?.bytes], [[], certificateBytes]);
        assert.match(found.text, /^[^\\"'`]*\n$/);
      }
      if (start > 0) assert.notDeepEqual(pemAt(text, start - 1)?.span, { start, end });
      assert.notDeepEqual(pemAt(text, end + 1)?.span, { start, end });
    });
  }

  test("is the one around the offset", () => {
    const second = json.lastIndexOf("-----BEGIN");
    assert.equal(pemAt(json, second + 40)?.text, otherPem);
    assert.equal(pemAt(json, second - 2), undefined);
  });

  test("is told with the damage it has", () => {
    const found = pemAt(JSON.stringify(certificatePem.replace("MII", "M*I")), 60);
    assert.deepEqual(
      blocksOf(found?.text ?? "").map(({ damage }) => damage.map(({ kind }) => kind)),
      [["character"]],
    );
  });

  test("gives nothing of a private key but that there is one", () => {
    const text = JSON.stringify(keyPem);
    const found = pemAt(text, 50);
    assert.equal(found?.text, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
    assert.equal(found.span.end, text.length - 3);
  });

  for (const text of [
    "",
    "x",
    "-----BEGIN CERTIFICATE-----",
    `-----BEGIN CERTIFICATE-----\\n${"A".repeat(300)}`,
    "-----BEGIN CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
    "-----BEGIN A-----\n-----END B-----",
  ]) {
    test(`is not found in ${JSON.stringify(text.slice(0, 50))}`, () => {
      for (let offset = 0; offset <= Math.min(text.length, 20); offset++) assert.equal(pemAt(text, offset), undefined);
    });
  }

  test("is not looked for far away", () => {
    assert.equal(
      pemAt(`-----BEGIN CERTIFICATE-----\n${"A".repeat(200_000)}\n-----END CERTIFICATE-----`, 150_000),
      undefined,
    );
  });
});
