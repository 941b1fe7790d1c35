import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { isBoringSsl, SignatureChecker } from "../../../src/platform/node/crypto.ts";
import { read } from "../../core/x509/pki.ts";
import { findBun, packageOfBun } from "./bun.ts";
import { verdictTable } from "./verdict-table.ts";

const rows = verdictTable();
const ofBytes = (base64: string) => read(Buffer.from(base64, "base64"));

describe("a verdict of OpenSSL", () => {
  for (const { name, issuer, subject, verdict } of rows)
    test(`is ${verdict} for ${name}`, () =>
      assert.equal(new SignatureChecker().check(ofBytes(issuer), ofBytes(subject)), verdict));
});

describe("BoringSSL", () => {
  test("is what Electron has, which older ones do not tell as a feature, and what tells it", () => {
    assert.equal(isBoringSsl({ versions: { electron: "30.0.0" }, features: {} }), true);
    assert.equal(isBoringSsl({ versions: {}, features: { openssl_is_boringssl: true } }), true);
    assert.equal(isBoringSsl({ versions: {}, features: { openssl_is_boringssl: false } }), false);
    assert.equal(isBoringSsl({ versions: { openssl: "3.5.0" }, features: {} }), false);
  });

  test("is not asked for RSASSA-PSS with two hashes, which it would call invalid", () => {
    const electron = () => new SignatureChecker({ versions: { electron: "30.0.0" }, features: {} });
    const told = rows.map(({ issuer, subject }) => electron().check(ofBytes(issuer), ofBytes(subject)));
    const differing = rows.filter((_, place) => told[place] !== rows[place]?.verdict);
    assert.deepEqual(
      [differing.map(({ boringSsl }) => boringSsl), differing.map(({ verdict }) => verdict)],
      [
        ["unsupported", "unsupported", "unsupported", "unsupported"],
        ["valid", "invalid", "valid", "invalid"],
      ],
    );
  });

  const bun = findBun();
  test("says the same, or that it cannot tell", {
    skip: bun === undefined ? `no ${packageOfBun()}, whose BoringSSL stands in for Electron's` : false,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "mtls-verdicts-"));
    try {
      const table = join(folder, "table.json");
      await writeFile(table, JSON.stringify(rows));
      const { stdout } = await promisify(execFile)(bun ?? "", [
        join(import.meta.dirname, "verdicts-elsewhere.ts"),
        table,
      ]);
      assert.equal(stdout.trim(), String(rows.length));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
