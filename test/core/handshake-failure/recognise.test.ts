import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { causeOfAlert } from "../../../src/core/handshake-failure/alerts.ts";
import type { Failure } from "../../../src/core/handshake-failure/failure.ts";
import { mostRead, recognise } from "../../../src/core/handshake-failure/recognise.ts";
import { listAlerts } from "../../../src/core/tls/alerts.ts";
import { messages } from "./messages.ts";

const meaningOf = ({ cause, refusing, alert }: Failure) => [cause, refusing, ...(alert === undefined ? [] : [alert])];
const meanings = (text: string) => recognise(text).map(meaningOf);

describe("a message of a failed connection", () => {
  test("means what it means, and nothing else, in each of its spellings", () => {
    assert.ok(messages.length >= 120, `${messages.length}`);
    assert.deepEqual(
      messages.map(([message]) => ({ message, meanings: meanings(message) })),
      messages.map(([message, ...meaning]) => ({ message, meanings: [meaning] })),
    );
  });

  test("means the same in a log, among lines that say nothing", () => {
    const quiet = "2026-12-01T10:00:00Z INFO request handled in 12 ms, GET /index.html 200\n".repeat(20);
    for (const [message, ...meaning] of messages)
      assert.deepEqual(meanings(`${quiet}2026-12-01T10:00:01Z ERROR ${message}\n${quiet}`), [meaning], message);
  });

  test("may be cut anywhere", () => {
    for (const [message] of messages)
      for (let cut = 1; cut < message.length; cut += 5)
        for (const part of [message.slice(cut), message.slice(0, cut)])
          for (const { at, count } of recognise(part))
            assert.ok(at.start >= 0 && at.start < at.end && at.end <= part.length && count === 1, part);
  });

  test("stands where it says", () => {
    const text = `first line\nError: ERR_SSL_TLSV1_ALERT_UNKNOWN_CA\n${"more\n".repeat(3)}`;
    const [failure] = recognise(text);
    assert.equal(text.slice(failure?.at.start, failure?.at.end), "TLSV1_ALERT_UNKNOWN_CA");
  });
});

/** As each library writes the name of an alert. */
const libraries: Readonly<Record<string, (name: string, alert: number) => string>> = {
  "OpenSSL 1.1 and 3": (name) =>
    `error:0A000001:SSL routines:ssl3_read_bytes:${(sslv3.has(name) ? "sslv3 alert " : "tlsv1 alert ") + spaced(name)}:x.c:1`,
  "OpenSSL 3.2 and newer": (name) => `SSL routines::ssl/tls alert ${spaced(name)}`,
  "the number of OpenSSL": (_, alert) => `SSL alert number ${alert}`,
  "the code of OpenSSL 3": (_, alert) => `error:0A${(1000 + alert).toString(16).padStart(6, "0").toUpperCase()}:`,
  "the code of OpenSSL 1.1": (_, alert) => `error:14094${(1000 + alert).toString(16).toUpperCase()}:`,
  "the code of BoringSSL": (_, alert) => `error:10000${(1000 + alert).toString(16)}:`,
  "Node.js": (name) => `code: 'ERR_SSL_${sslv3.has(name) ? "SSLV3" : "TLSV1"}_ALERT_${name.toUpperCase()}'`,
  BoringSSL: (name) => `SSL routines:OPENSSL_internal:TLSV1_ALERT_${name.toUpperCase()}`,
  Python: (name) => `ssl.SSLError: [SSL: TLSV1_ALERT_${name.toUpperCase()}] tlsv1 alert ${spaced(name)} (_ssl.c:1)`,
  Go: (name) => `remote error: tls: ${ofGo[name] ?? spaced(name)}`,
  Java: (name) => `javax.net.ssl.SSLHandshakeException: Received fatal alert: ${name}`,
  "Bouncy Castle": (name, alert) => `org.bouncycastle.tls.TlsFatalAlertReceived: ${name}(${alert})`,
  rustls: (name) => `received fatal alert: ${camel(name)}`,
  curl: (name, alert) => `* TLSv1.3 (IN), TLS alert, ${spaced(name)} (${512 + alert}):`,
  GnuTLS: (_, alert) => `*** Received alert [${alert}]: words of its own`,
  "openssl s_client": (name) => `SSL3 alert read:fatal:${spaced(name)}`,
};
const sslv3 = new Set(["handshake_failure", "bad_certificate", "certificate_expired", "certificate_unknown"]);
const ofGo: Readonly<Record<string, string>> = {
  unknown_ca: "unknown certificate authority",
  certificate_expired: "expired certificate",
  certificate_revoked: "revoked certificate",
  certificate_unknown: "unknown certificate",
  decode_error: "error decoding message",
  decrypt_error: "error decrypting message",
  protocol_version: "protocol version not supported",
  insufficient_security: "insufficient security level",
  unknown_psk_identity: "unknown PSK identity",
  bad_record_mac: "bad record MAC",
};

function spaced(name: string): string {
  return name.replaceAll("_", " ").replace("unknown ca", "unknown CA");
}

function camel(name: string): string {
  return name
    .split("_")
    .map((word) => (word === "ca" || word === "psk" ? word.toUpperCase() : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join("");
}

describe("every alert", () => {
  for (const [library, write] of Object.entries(libraries))
    test(`is recognized as ${library} writes it`, () => {
      for (const [alert, name] of listAlerts()) {
        const message = write(name, alert);
        assert.deepEqual(meanings(message), [[causeOfAlert(alert), "server", alert]], message);
      }
    });

  test("that the standards do not define is told by its number", () => {
    assert.deepEqual(meanings("SSL alert number 200"), [["protocol-fault", "server", 200]]);
    assert.deepEqual(meanings("SSL alert number 999"), []);
  });

  test("that curl tells as a warning ends nothing", () => {
    assert.deepEqual(meanings("* TLSv1.2 (IN), TLS alert, close notify (256):"), []);
  });

  test("may be the other side's where the text does not say who wrote it", () => {
    const isAssumed = (text: string) => recognise(text).map((failure) => failure.isAssumed);
    assert.deepEqual(isAssumed("SSL alert number 48"), [true]);
    assert.deepEqual(isAssumed("curl: (35) SSL alert number 48"), [false]);
    assert.deepEqual(isAssumed("http: TLS handshake error from 192.0.2.1:1: remote error: tls: bad certificate"), [
      false,
    ]);
    // A server alone sends this one.
    assert.deepEqual(isAssumed("SSL alert number 116"), [false]);
  });
});

describe("a line that does not say who wrote it", () => {
  const line = "verify error:num=18:self-signed certificate\n";

  test("is the server's where only a server wrote the others", () => {
    const other = "error:0A0000C7:SSL routines:tls_process_client_certificate:peer did not return a certificate\n";
    assert.deepEqual(meanings(`${other}${line}`), [
      ["no-client-certificate", "server"],
      ["self-signed", "server"],
    ]);
  });

  test("is read as the client's where both wrote", () => {
    const text = `curl: (56) x\nhttp: TLS handshake error from 192.0.2.1:1: EOF\n${line}`;
    assert.deepEqual(meanings(text), [["self-signed", "client"]]);
  });
});

describe("what says little", () => {
  test("counts alone", () => {
    assert.deepEqual(meanings("curl: (35) something"), [["handshake-unclear", "server"]]);
    assert.deepEqual(meanings("Error: socket hang up\n  code: 'ECONNRESET'\n"), [["closed", "server"]]);
  });

  test("does not count near what says more", () => {
    const lines = [
      "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
      "* closing connection #0",
      "curl: (56) Recv failure",
    ];
    assert.deepEqual(meanings(lines.join("\n")), [["untrusted-issuer", "server", 48]]);
  });

  test("counts far from it", () => {
    const text = `SSL alert number 48\n${"quiet\n".repeat(30)}curl: (56) Recv failure\n`;
    assert.deepEqual(meanings(text), [
      ["untrusted-issuer", "server", 48],
      ["closed", "server"],
    ]);
  });
});

test("a failure that a log repeats is one, and counted by lines", () => {
  const line = "http: TLS handshake error from 192.0.2.7:5050: remote error: tls: bad certificate\n";
  assert.deepEqual(
    recognise(line.repeat(500)).map(({ count, at }) => [count, at.start < line.length]),
    [[500, true]],
  );
});

describe("a text of something else", () => {
  const projectFolder = join(import.meta.dirname, "../../..");

  test("tells of no failure: source code, documents, templates", () => {
    const files = globSync(
      [
        "src/core/{document,x509,pem,cloudfront,rules,truststore}/**/*.ts",
        "src/host/**/*.ts",
        "docs/*.md",
        "test/workspace/**/*.{json,yaml,pem,txt}",
      ],
      {
        cwd: projectFolder,
      },
    ).filter((file) => !file.endsWith("mtls-check.md"));
    assert.ok(files.length > 300);
    assert.deepEqual(
      files.flatMap((file) =>
        recognise(readFileSync(join(projectFolder, file), "utf8")).map(({ cause }) => `${file}: ${cause}`),
      ),
      [],
    );
  });

  const texts: Readonly<Record<string, string>> = {
    "an access log": '192.0.2.7 - - [01/Dec/2026:10:00:00 +0000] "GET /495/496 HTTP/1.1" 200 496 "-" "curl/8.5.0"\n',
    "another page of CloudFront": "403 ERROR\nThe request could not be satisfied.\nRequest blocked.\n",
    "another JSON": '{"message":"Forbidden zone","code":403}',
    JavaScript: 'if (error.code === "ECONNRESET" || error.code === "CERT_HAS_EXPIRED") retry();',
    "a list of codes": '  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",\n  "ECONNREFUSED",\n',
    prose: `${"The certificate has expired in the story, and the certificate was revoked later. ".repeat(4)}\n`,
    HTML: "<html><body><h1>Welcome to nginx!</h1><p>alert(1)</p></body></html>",
    numbers: "error:12345678:\nerror:0A000003:\nalert number\ncurl: (99) x\n",
    "a connection log without failures": "2026-12-01T10:00:00Z 192.0.2.7 36280 443 TLSv1.3 Success TID_1c71\n",
    "what was verified": "Verify return code: 0 (ok)\nverify error:num=0:ok\n",
  };
  for (const [name, text] of Object.entries(texts))
    test(`tells of no failure: ${name}`, () => {
      assert.deepEqual(meanings(text), []);
    });
});

test("what is behind the first million characters is not looked at", () => {
  assert.deepEqual(meanings(`${"a\n".repeat(mostRead / 2)}SSL alert number 48`), []);
});
