import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { recognise } from "../../../../src/core/handshake-failure/recognise.ts";
import { explanationLines, nothingRecognisedLines } from "../../../../src/core/messages/handshake-failure/text.ts";
import { messages } from "../../handshake-failure/messages.ts";

const linesOf = (text: string) => explanationLines(recognise(text), text);

describe("an explanation as text", () => {
  test("says what happened, who refused, where, why, and what to do", () => {
    assert.deepEqual(linesOf("\ncode: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'"), [
      "Line 2",
      "The server requires a client certificate, and the client presented none.",
      "TLS: alert 116 (certificate_required): a client certificate is required, and none was presented.",
      "Refused by: the server.",
      "Step: the server checks the client certificate.",
      "",
      "Most likely cause:",
      "  - No client certificate is set up in the client.",
      "",
      "Other possible causes, the more likely first:",
      "  - The client has a certificate, but its issuer is not among the CAs that the server names, so the client does not present it.",
      "  - If CloudFront is the client: origin mTLS is not set for this origin. CloudFront drops requests to an origin that asks for a certificate while mTLS is unset.",
      "  - The server asks for the certificate only after the handshake. CloudFront does not do that with origins.",
      "",
      "What to do:",
      "  - See whether the client presents a certificate and its key: with curl, --cert and --key.",
      "  - See which CAs the server names, with “openssl s_client -connect HOST:443”, below “Acceptable client certificate CA names”.",
      "  - If CloudFront is the client: set origin mTLS for this origin, with the command “Enable Origin mTLS”.",
      "  - Set it in CloudFront first, and then let the origin ask for a certificate, in the handshake itself.",
    ]);
  });

  test("counts what a log repeats, and tells each kind once", () => {
    const log = `${"SSL alert number 48\n".repeat(1200)}SSL alert number 45\n`;
    const heads = linesOf(log).filter((line) => line.startsWith("Line "));
    assert.deepEqual(heads, ["Line 1 (1,200 lines say the same)", "Line 1,201"]);
  });

  test("says how many kinds it leaves out", () => {
    const all = messages.map(([message]) => message).join(`\n${"quiet\n".repeat(12)}`);
    assert.match(linesOf(all).at(-1) ?? "", /^More kinds of failures in the text: \d+\.$/);
  });

  test("repeats nothing of the text, which may hold keys and headers", () => {
    const secret = "c2VjcmV0LWtleS1ib2R5LW9mLXNlY3JldHM";
    const around = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\nX-Origin-Secret: ${secret}\n`;
    for (const [message] of messages) {
      const text = `${around}${message} ${secret} x-secret=${secret}\n${around}`;
      const lines = linesOf(text).join("\n");
      assert.ok(lines.includes("Refused by"), message);
      assert.ok(!lines.includes(secret) && !lines.includes("192.0.2.7") && !lines.includes("a.example"), message);
    }
  });

  test("says what is understood where nothing was recognized", () => {
    assert.match(nothingRecognisedLines().join("\n"), /^No failure of TLS was recognized[^]*nginx/);
  });
});
