import * as assert from "node:assert/strict";
import { test } from "node:test";
import { ocspUrls } from "../../../../src/core/x509/read/authority-access.ts";
import * as der from "../der-writer.ts";
import { read } from "../pki.ts";

const { sequence, oid, integer, extension, implicit, ascii } = der;
const made = (parts: der.CertificateParts) => read(der.certificate(parts));
const uri = (text: string) => implicit(6, ascii(text));

test("OCSP responders are those of the access description alone", () => {
  const location = (method: string, text: string) => sequence(oid(method), uri(text));
  const certificate = made({
    extensions: [
      extension(
        "1.3.6.1.5.5.7.1.1",
        sequence(location("1.3.6.1.5.5.7.48.1", "http://a"), location("1.3.6.1.5.5.7.48.2", "http://b")),
      ),
    ],
  });
  assert.deepEqual(ocspUrls(certificate), ["http://a"]);
  assert.deepEqual(ocspUrls(made({ extensions: [extension("1.3.6.1.5.5.7.1.1", integer(1))] })), []);
});
