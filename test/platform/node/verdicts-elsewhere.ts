// A program for another runtime than Node, which has no `node:test`: given the file of a verdict table, it asserts that
// its own `node:crypto` says the same, and never the contrary. What it prints is how many rows it looked at.
import * as assert from "node:assert";
import { readFileSync } from "node:fs";
import { isUnreadable } from "../../../src/core/x509/model.ts";
import { readCertificate } from "../../../src/core/x509/read/certificate.ts";
import { isBoringSsl, SignatureChecker } from "../../../src/platform/node/crypto.ts";
import type { Row } from "./verdict-table.ts";

const rows: readonly Row[] = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
assert.ok(isBoringSsl(process), "this is not BoringSSL");
const checker = new SignatureChecker();
const told = rows.map(({ name, issuer, subject, verdict, boringSsl }) => {
  const [one, other] = [issuer, subject].map((der) => readCertificate(Buffer.from(der, "base64")));
  assert.ok(one !== undefined && other !== undefined && !isUnreadable(one) && !isUnreadable(other), name);
  const found = checker.check(one, other);
  if (boringSsl === "lacking") assert.ok(found === verdict || found === "unsupported", `${name}: ${found}`);
  else assert.equal(found, boringSsl, name);
  return found;
});
// Nothing is verified where all is unsupported.
assert.ok(told.includes("valid") && told.includes("invalid"));
console.log(told.length);
