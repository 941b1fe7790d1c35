// Real certificates and trust stores that nobody here wrote, beside the project and no part of it: what the rules find
// in them, that it agrees with what OpenSSL says of the same certificates, and that every error is right.

import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import type { BundleFacts } from "../src/core/facts.ts";
import { fixAll } from "../src/core/fixes.ts";
import { messageOf } from "../src/core/messages/tell.ts";
import { read } from "../src/core/read.ts";
import { check } from "../src/core/rules/check.ts";
import type { Problem } from "../src/core/rules/rule.ts";
import { bundleOfDer, certificatesOf } from "../src/core/x509/bundle/bundle.ts";
import { isSelfSigned } from "../src/core/x509/identity.ts";
import { indexOf } from "../src/core/x509/path/chain.ts";
import { signaturePairs } from "../src/core/x509/path/pairs.ts";
import { SignatureChecker } from "../src/platform/node/crypto.ts";
import { context, onFault } from "./core/checking.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

interface Examined {
  /** Below the corpora, with `/`. */
  readonly name: string;
  readonly facts: BundleFacts;
  readonly isPem: boolean;
  readonly problems: readonly Problem[];
}

/** With every signature verified. */
function checkAll(facts: BundleFacts): Problem[] {
  const signatures = new SignatureChecker();
  for (const { issuer, subject } of signaturePairs(indexOf(facts.bundle)).pairs) signatures.check(issuer, subject);
  return check(facts, { ...context, signatures }, onFault);
}

function examine(file: string): Examined {
  const name = relative(folder, file).split(sep).join("/");
  const bytes = readFileSync(file);
  const facts = read({ text: decode(bytes).text, syntax: "pem", name });
  if (facts.bundle.pieces.length > 0) return { name, facts, isPem: true, problems: checkAll(facts) };
  const wrapped = { ...facts, bundle: bundleOfDer(bytes) };
  return { name, facts: wrapped, isPem: false, problems: checkAll(wrapped) };
}

let known: readonly Examined[] | undefined;

function examineAll(): readonly Examined[] {
  return (known ??= globSync(join(folder, "{certs,bundles}/**/*.*"), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(examine));
}

function rows<Row>(name: string): Row[] {
  return readFileSync(join(folder, "truth", name), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function lineOf({ facts }: Examined, offset: number): number {
  return facts.bundle.pem.text.slice(0, offset).split("\n").length;
}

function table(problems: readonly Problem[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule, severity } of problems)
    counts.set(`${rule.id}, ${severity}`, (counts.get(`${rule.id}, ${severity}`) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} × ${kind}`);
}

/** Errors other than those about the text itself, with the reason why each is right. */
const justified: readonly { readonly file: RegExp; readonly rule: string; readonly because: string }[] = [
  {
    file: /chain_unittest\/intermediate-(basic-constraints-ca-false|lacks-basic-constraints)\/chain/,
    rule: "bundle/issuer-not-ca",
    because: "the case is about just that",
  },
  {
    file: /chain_unittest\/root-basic-constraints-ca-false\/chain/,
    rule: "bundle/issuer-not-ca",
    because: "the case is about just that",
  },
  {
    file: /chain_unittest\/(intermediate-lacks-signing-key-usage|root-lacks-keycertsign-key-usage)\/chain/,
    rule: "certificate/key-usage",
    because: "the case is about just that",
  },
  {
    file: /chain_unittest\/violates-(basic-constraints-pathlen-0|pathlen-1-from-root)\/chain/,
    rule: "bundle/path-length",
    because: "the case is about just that",
  },
  {
    file: /chain_unittest\/(intermediate|target)-wrong-signature-no-authority-key-identifier\/chain/,
    rule: "bundle/signature",
    because: "the case is about just that",
  },
  {
    file: /chain_unittest\/intermediate-invalid-spki\/chain/,
    rule: "bundle/signature",
    because: "the issuer's key was exchanged for bytes that are none",
  },
  {
    file: /openssl\/test\/certs\/(ca|ee|root)-expired\.pem$/,
    rule: "certificate/validity",
    because: "made with an end a day before the beginning",
  },
  {
    file: /80-test_cmp_http_data\/Mock\/(issuing|root)_expired\.crt$/,
    rule: "certificate/validity",
    because: "made with an end a day before the beginning",
  },
  {
    file: /zlint\/v3\/testdata\/generalizedPrior2050\.pem$/,
    rule: "certificate/validity",
    because: "ends in 1957 and begins in 2055",
  },
  {
    file: /zlint\/v3\/testdata\/certVersion4(No|With)Extensions?\.pem$/,
    rule: "certificate/version",
    because: "the case is about just that",
  },
  {
    file: /zlint\/v3\/testdata\/uniqueIdVersion1\.pem$/,
    rule: "certificate/version",
    because: "version 1, and extensions",
  },
  {
    file: /openssl\/test\/testrsa_withattrs\.der$/,
    rule: "bundle/private-key",
    because: "a private key (PKCS#8), in a file of bytes as a certificate is",
  },
];

test("real files: every one is read and checked, and no trust store that is in use has an error", { skip }, (t) => {
  const examined = examineAll();
  assert.ok(examined.length > 2200, `${examined.length} files`);
  t.diagnostic(`${examined.length} files, 0 exceptions`);
  const shown = examined.filter(({ name, isPem }) => isPem || !name.endsWith(".p12"));
  for (const line of table(shown.flatMap(({ problems }) => problems))) t.diagnostic(line);
  for (const { facts } of examined)
    for (const purpose of ["origin", "trust-store"] as const) check(facts, { ...context, purpose }, onFault);
  const stores = examined.filter(({ name }) => name.startsWith("bundles/"));
  assert.equal(stores.length, 3);
  for (const { name, problems } of stores) {
    t.diagnostic(`${name}: ${table(problems).join(", ")}`);
    assert.deepEqual(
      problems
        .filter(({ rule, severity }) => severity !== "warning" || !rule.id.startsWith("certificate/expire"))
        .map(messageOf),
      [],
    );
  }
});

test("real files: every error about what is in a certificate, or about several, is justified", { skip }, () => {
  const errors = examineAll().flatMap(({ name, problems }) =>
    problems
      .filter(({ rule, severity }) => severity === "error" && !rule.id.startsWith("pem/"))
      .map((one) => ({ name, rule: one.rule.id, message: messageOf(one) })),
  );
  assert.deepEqual(
    errors.filter(({ name, rule }) => !justified.some((entry) => entry.rule === rule && entry.file.test(name))),
    [],
    "errors that nobody justified",
  );
  for (const { file, rule } of justified)
    assert.ok(
      errors.some((error) => error.rule === rule && file.test(error.name)),
      `${rule} in ${file}: the list is not up to date`,
    );
});

interface Place {
  readonly file: string;
  readonly form: "PEM" | "DER";
  /** Of BEGIN, from 1. */
  readonly line: number;
}

const corpora = ["openssl", "boringssl", "zlint", "go", "x509-limbo", "bundles"];

test("real files: what OpenSSL reads has no error about its text, and what it refuses has one", { skip }, (t) => {
  const examined = new Map(examineAll().map((one) => [one.name, one]));
  const textErrors = ({ file, line, form }: Place): readonly string[] | undefined => {
    const one = examined.get(file);
    if (one === undefined) return undefined;
    const { pieces, starts } = one.facts.bundle;
    const index =
      form === "DER"
        ? 0
        : pieces.findIndex(
            ({ block }, at) => block.begin !== undefined && lineOf(one, (starts[at] ?? 0) + block.begin.start) === line,
          );
    const start = starts[index];
    if (start === undefined) return undefined;
    const end = start + (pieces[index]?.chunk.text.length ?? 0);
    return one.problems
      .filter(
        ({ at, rule, severity }) =>
          severity === "error" && rule.id.startsWith("pem/") && at.start >= start && at.start < end,
      )
      .map(({ rule }) => rule.id);
  };
  const accepted = corpora.flatMap((name) => rows<Place>(`${name}.jsonl`));
  const rejected = corpora
    .flatMap((name) =>
      existsSync(join(folder, "truth", `${name}.rejected.jsonl`)) ? rows<Place>(`${name}.rejected.jsonl`) : [],
    )
    .filter(({ file }) => !file.endsWith(".p12"));
  const wrong = accepted.filter((place) => (textErrors(place) ?? []).length > 0).map(({ file }) => file);
  assert.deepEqual(wrong, [
    // The truth was asked about the block alone; of the file, where a colon stands behind END, OpenSSL reads nothing.
    "certs/boringssl/pki/testdata/parse_certificate_unittest/subject_t61string_actual.pem",
    // OpenSSL reads the first of the 138 certificates in it, and none of the others.
    "certs/boringssl/pki/testdata/verify_unittest/mozilla_roots.der",
  ]);
  const missed = rejected.filter((place) => textErrors(place)?.length === 0).map(({ file, line }) => `${file}:${line}`);
  assert.deepEqual(missed, readAnyway);
  const compared = [...accepted, ...rejected].filter((place) => textErrors(place) !== undefined).length;
  t.diagnostic(`${compared} blocks compared`);
  assert.ok(compared > 2000, `${compared} blocks`);
});

/** What OpenSSL refuses to read as a certificate, and has no error about its text here. */
const readAnyway: readonly string[] = [
  // A private key, OCSP responses and a request: sound, named, and the key has an error of its own.
  "certs/openssl/test/testrsa_withattrs.der:0",
  "certs/openssl/test/recipes/ocsp-response.der:0",
  "certs/openssl/test/recipes/65-test_cmp_msg_data/pkcs10.der:0",
  "certs/zlint/v3/testdata/ocspThisUpdateAfterProducedAt.der:0",
  "certs/zlint/v3/testdata/ocspThisUpdateNotAfterProducedAt.der:0",
  // Names with values that are no strings: certificate/fault says what OpenSSL makes of them.
  "certs/go/_inline/crypto__x509__parser_test.go.L368.pem:1",
];

interface RuleFacts {
  readonly sha256: string;
  readonly version: number | string;
  readonly hash: "sha1" | "sha224" | "sha256" | "sha384" | "sha512" | "md" | "pss" | "eddsa" | "other";
  readonly sigAlg: string;
  readonly keyAlg: string;
  readonly bits: number | null;
  readonly curve: string | null;
  readonly expired: boolean | null;
  readonly notYet: boolean | null;
  readonly ca: boolean | null;
  readonly keyCertSign: boolean | null;
}

const rsa = ["rsaEncryption", "rsa", "rsassaPss"];
const acceptedCurves = ["prime256v1", "secp384r1", "secp521r1"];

test("real certificates: the rules agree with OpenSSL, certificate by certificate", { skip }, (t) => {
  const truth = new Map(rows<RuleFacts>("rule-facts.jsonl").map((row) => [row.sha256, row]));
  const differences: string[] = [];
  const agreed = new Map<string, number>();
  const seen = new Set<string>();
  for (const { facts, problems, name } of examineAll()) {
    const found = new Map<number, Set<string>>();
    for (const { rule, at } of problems) found.set(at.start, (found.get(at.start) ?? new Set()).add(rule.id));
    for (const { certificate, index, piece } of certificatesOf(facts.bundle)) {
      const sha256 = createHash("sha256").update(certificate.der).digest("hex");
      const says = truth.get(sha256);
      const { begin } = piece.block;
      if (says === undefined || begin === undefined || seen.has(sha256)) continue;
      seen.add(sha256);
      const rules = found.get((facts.bundle.starts[index] ?? 0) + begin.start) ?? new Set<string>();
      const isRsa = rsa.includes(says.keyAlg);
      const isEc = says.keyAlg === "id-ecPublicKey";
      const isReversed = rules.has("certificate/validity");
      const isWeakKey = says.bits !== null && ((isRsa && says.bits < 2048) || (isEc && says.bits < 224));
      const isSigned = !isSelfSigned(certificate);
      // Of years before 1000 the truth's own tool could not tell.
      const expected: Readonly<Record<string, boolean>> = {
        ...(says.expired === null ? {} : { "certificate/expired": says.expired && !isReversed }),
        ...(says.notYet === null ? {} : { "certificate/not-yet-valid": says.notYet && !isReversed }),
        "certificate/weak-key": isWeakKey,
        // Of PSS the truth does not say with which hash.
        ...(says.hash === "pss"
          ? {}
          : { "certificate/weak-signature": (says.hash === "sha1" || says.hash === "md") && isSigned }),
        "certificate/key-usage": says.ca === true && says.keyCertSign === false,
        "certificate/not-accepted":
          (!isRsa && !(isEc && (isWeakKey || acceptedCurves.includes(says.curve ?? "")))) ||
          (isSigned && (says.hash === "eddsa" || says.hash === "other" || says.hash === "sha224")),
      };
      for (const [rule, should] of Object.entries(expected)) {
        if (rules.has(rule) === should) agreed.set(rule, (agreed.get(rule) ?? 0) + 1);
        else
          differences.push(
            `${rule} ${should ? "missing" : "too many"}: ${name} (${says.sigAlg}, ${says.keyAlg}, ${says.bits}, ${says.curve})`,
          );
      }
    }
  }
  for (const [rule, count] of agreed) t.diagnostic(`${rule}: ${count} agree`);
  t.diagnostic(`${seen.size} certificates`);
  assert.ok(seen.size > 1500, `${seen.size} certificates`);
  assert.deepEqual(differences, []);
});

interface FileFacts {
  readonly file: string;
  readonly certs: number;
  readonly unique: number;
  readonly expired: number;
  readonly rsaUnder2048: number;
}

test("real files of several certificates: the rules agree with OpenSSL on how many", { skip }, (t) => {
  const examined = new Map(examineAll().map((one) => [one.name, one]));
  let compared = 0;
  for (const { file, certs, unique, expired, rsaUnder2048 } of rows<FileFacts>("bundle-facts.jsonl")) {
    const one = examined.get(file);
    if (one === undefined) continue;
    compared++;
    const count = (rule: string) => one.problems.filter((problem) => problem.rule.id === rule).length;
    const isReversed = (problem: Problem) =>
      problem.rule.id === "certificate/validity" && messageOf(problem).includes("never valid");
    assert.equal(certificatesOf(one.facts.bundle).length, certs, file);
    assert.equal(count("bundle/duplicate"), certs - unique, file);
    assert.equal(count("certificate/expired") + one.problems.filter(isReversed).length, expired, file);
    assert.equal(count("certificate/weak-key"), rsaUnder2048, file);
  }
  t.diagnostic(`${compared} files compared`);
  assert.ok(compared > 100, `${compared} files`);
});

test("real files: all safe fixes leave none behind, and every certificate", { skip }, () => {
  let fixed = 0;
  for (const { facts, isPem, problems } of examineAll()) {
    if (!isPem || !problems.some(({ fixes }) => fixes?.some(({ safe }) => safe))) continue;
    fixed++;
    const { text } = fixAll(facts, context, onFault);
    const after = read({ text, syntax: "pem", name: facts.name });
    assert.deepEqual(
      checkAll(after)
        .filter(({ fixes }) => fixes?.some(({ safe }) => safe))
        .map(messageOf),
      [],
      facts.name,
    );
    const ders = (bundle: BundleFacts["bundle"]) =>
      new Set(certificatesOf(bundle).map(({ certificate }) => Buffer.from(certificate.der).toString("base64")));
    const left = ders(after.bundle);
    assert.deepEqual(
      [...ders(facts.bundle)].filter((der) => !left.has(der)),
      [],
      facts.name,
    );
    assert.equal(fixAll(after, context, onFault).text, text, facts.name);
  }
  assert.ok(fixed > 3, `${fixed} fixed`);
});
