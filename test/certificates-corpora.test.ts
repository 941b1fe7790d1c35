// Real certificates that nobody here wrote, beside the project and no part of it: every one that OpenSSL reads is read,
// and says the same field by field.
import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { test } from "node:test";
import { decode } from "../src/core/encoding.ts";
import { tell } from "../src/core/messages/tell.ts";
import type { PemText } from "../src/core/pem/block.ts";
import { readPem } from "../src/core/pem/blocks.ts";
import { type Certificate, isUnreadable, type Parsed, type Slice } from "../src/core/x509/model.ts";
import { readCertificate } from "../src/core/x509/read/certificate.ts";
import { mgf1, pssParameters } from "../src/core/x509/read/pss.ts";
import { readRequest } from "../src/core/x509/read/request.ts";
import {
  authorityText,
  basicConstraintsText,
  colons,
  dateText,
  dump,
  generalNamesText,
  keyUsageText,
  nameText,
  versionText,
  wordsOf,
} from "./core/messages/x509/openssl-text.ts";

const folder = join(import.meta.dirname, "../../shared/corpora");
const skip = existsSync(folder) ? false : "corpora: ../shared/corpora is not here";

/** What OpenSSL 3.0 says of one certificate. */
interface Truth {
  readonly file: string;
  readonly form: "PEM" | "DER";
  readonly label: string;
  /** Of BEGIN, from 1. */
  readonly line: number;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly version: number | string;
  readonly sigAlg: string;
  readonly sigAlgOuter: string;
  readonly keyAlg: string;
  readonly keyBits: number | null;
  readonly curve: string | null;
  readonly rsaExponent: string | null;
  readonly extensions: readonly (readonly [name: string, critical: boolean])[];
  readonly bc?: string;
  readonly ku?: string;
  readonly eku?: string;
  readonly san?: string;
  readonly ski?: string;
  readonly aki?: string;
  readonly trailingBytes?: number;
}

type Rejected = Pick<Truth, "file" | "form" | "label" | "line"> & { readonly error: string };

const corpora = ["openssl", "boringssl", "zlint", "go", "x509-limbo", "bundles"];

function rows<Row extends { readonly file: string }>(...names: readonly string[]): Row[] {
  const read = (name: string): Row[] =>
    readFileSync(join(folder, "truth", name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  // About half of what the truth tells of was kept back.
  return names
    .filter((name) => existsSync(join(folder, "truth", name)))
    .flatMap(read)
    .filter(({ file }) => existsSync(join(folder, file)));
}

interface File {
  readonly bytes: Uint8Array;
  readonly pem: PemText;
  /** Of each block's BEGIN, from 1; a carriage return alone ends no line here. */
  readonly lines: readonly (number | undefined)[];
}

const files = new Map<string, File>();

function fileOf(name: string): File {
  const known = files.get(name);
  if (known !== undefined) return known;
  const bytes = readFileSync(join(folder, name));
  const { text } = decode(bytes);
  const pem = readPem(text);
  let [line, counted] = [1, 0];
  const lines = pem.chunks.map(({ block }, index) => {
    if (block?.begin === undefined) return undefined;
    const begin = (pem.starts[index] ?? 0) + block.begin.start;
    line += text.slice(counted, begin).split("\n").length - 1;
    counted = begin;
    return line;
  });
  const file = { bytes, pem, lines };
  files.set(name, file);
  return file;
}

/** What stands at the line that the truth names. */
function bytesOf({ file: name, form, line }: Rejected | Truth): Uint8Array | undefined {
  const { bytes, pem, lines } = fileOf(name);
  if (form === "DER") return bytes;
  return pem.chunks[lines.indexOf(line)]?.block?.bytes;
}

const extensionFields = {
  bc: "2.5.29.19",
  ku: "2.5.29.15",
  eku: "2.5.29.37",
  san: "2.5.29.17",
  ski: "2.5.29.14",
  aki: "2.5.29.35",
} as const;

const fieldNames = new Map(Object.entries(extensionFields).map(([field, oid]) => [field, wordsOf(oid)]));

/** What we read, in the words of the truth. */
function said(certificate: Certificate): Readonly<Record<string, unknown>> {
  const { der, publicKey } = certificate;
  const typed = <T>(oid: string, parsed: Parsed<T>, text: (value: T) => string): string | undefined => {
    if (parsed === undefined) return undefined;
    // What has nothing to print is shown as what cannot be read.
    const printed = parsed.fault === undefined ? text(parsed.value) : "";
    return printed === "" ? dump(der, valueOf(certificate, oid)) : printed;
  };
  return {
    subject: nameText(certificate.subject, der),
    issuer: nameText(certificate.issuer, der),
    serial: certificate.serial,
    notBefore: dateText(certificate.notBefore.at),
    notAfter: dateText(certificate.notAfter.at),
    sha256: createHash("sha256").update(der).digest("hex"),
    version: versionText(certificate),
    sigAlg: `${wordsOf(certificate.signatureAlgorithm.oid)}${pssParameters(certificate.signatureAlgorithm, der)?.fault === undefined ? "" : "        (INVALID PSS PARAMETERS)"}`,
    sigAlgOuter: wordsOf(certificate.outerSignatureAlgorithm.oid),
    keyAlg: wordsOf(publicKey.algorithm.oid),
    keyBits: publicKey.bits ?? null,
    curve: publicKey.curve?.name ?? null,
    rsaExponent: publicKey.exponent ?? null,
    extensions: certificate.extensions.map(({ oid, critical }) => [wordsOf(oid), critical]),
    bc: typed(extensionFields.bc, certificate.basicConstraints, basicConstraintsText),
    ku: typed(extensionFields.ku, certificate.keyUsage, keyUsageText),
    eku: typed(extensionFields.eku, certificate.extendedKeyUsage, (purposes) => purposes.map(wordsOf).join(", ")),
    san: typed(extensionFields.san, certificate.subjectAltName, (names) => generalNamesText(names, der).trimEnd()),
    ski: typed(extensionFields.ski, certificate.subjectKeyIdentifier, colons),
    aki: typed(extensionFields.aki, certificate.authorityKeyIdentifier, (identifier) => authorityText(identifier, der)),
    trailingBytes: certificate.trailing === 0 ? undefined : certificate.trailing,
  };
}

interface Exception {
  readonly file: RegExp;
  readonly fields: readonly string[];
  readonly because: string;
  /** What makes it one. */
  readonly holds: (ours: unknown, theirs: unknown, certificate: Certificate) => boolean;
}

/** Where the truth says less than OpenSSL read, or we say less on purpose. */
const exceptions: readonly Exception[] = [
  {
    file: /many-names\/(ok-all-types|toomany-ips-excluded|toomany-ips-permitted)\.pem$/,
    fields: ["san"],
    because: "the truth keeps the beginning of a text that long",
    holds: (ours, theirs) => String(ours).length > 10_000 && String(ours).startsWith(String(theirs)),
  },
  {
    file: /(bad-othername-cert|bad-othername-namec|kdc-cert)\.pem$/,
    fields: ["san"],
    because:
      "OpenSSL reads other names of a string type it does not expect, but prints the bytes of the whole extension",
    holds: (_, theirs, certificate) =>
      certificate.subjectAltName?.value !== undefined &&
      theirs === dump(certificate.der, valueOf(certificate, extensionFields.san)),
  },
  {
    file: /pss_sha256_salt_overflow\.pem$/,
    fields: ["sigAlg"],
    because: "no salt is as long as the number there says; OpenSSL prints it, and cannot verify with it",
    holds: (ours) => String(ours).includes("INVALID"),
  },
  {
    file: /pss_sha256_unknown_mgf\.pem$/,
    fields: ["sigAlg"],
    because: "OpenSSL says invalid of any mask generation but MGF1; we say which it is",
    holds: (_, theirs, { signatureAlgorithm, der }) =>
      String(theirs).includes("INVALID") && pssParameters(signatureAlgorithm, der)?.value?.maskGeneration !== mgf1,
  },
  {
    file: /basic_constraints_path_too_large\.pem$/,
    fields: ["bc"],
    because: "no path is as long as the number of 20 bytes there says: it is a fault, located",
    holds: (_, theirs, { basicConstraints }) =>
      theirs === "CA:TRUE, pathlen:0x0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" &&
      basicConstraints?.fault !== undefined,
  },
];

/**
 * OpenSSL prints an empty line within an extension of these, where whoever wrote the truth stopped: it has a part of
 * the extensions, in order.
 */
const endsEarly = [
  "v3-cert1.pem",
  "bad_policy_qualifiers.pem",
  "name_constraints_bad_ip.pem",
  "policy_qualifiers_empty_sequence.pem",
  "subjectaltname_general_names_empty_sequence.pem",
  "subjectaltname_trailing_data.pem",
  "IANEmpty.pem",
  "crlIncomlepteDp.pem",
  "explicitText200Char.pem",
  "ncEmptyValue.pem",
  "ncOnX400.pem",
  "newlinesInTLD.pem",
  "policyQualifiersOtherThanCpsNotPermittedError.pem",
  "subCaCrlMissing.pem",
  "uniqueIdVersion1.pem",
  "uniqueIdVersion3.pem",
  "userNoticePres.pem",
  "userNoticeUnrecommended.pem",
  "utf8ControlX88.pem",
  "qcLegalWithKU.pem",
  "qcNaturalOrLegalWithKU.pem",
  "qcNaturalWithAllowedKU.pem",
  "qcNaturalWithKU.pem",
  "qcNaturalWithoutKU.pem",
  "qcNaturallWithDisallowedKU.pem",
  "qcNaturallWithNotRecommendedKU.pem",
];

function valueOf(certificate: Certificate, oid: string): Slice {
  return certificate.extensions.find((extension) => extension.oid === oid)?.value ?? { start: 0, end: 0 };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

test("real certificates: every one that OpenSSL reads is read, and every field is the same", { skip }, (t) => {
  const expected = rows<Truth>(...corpora.map((name) => `${name}.jsonl`));
  assert.ok(expected.length > 2000, `${expected.length} expected`);
  const unread: unknown[] = [];
  const mismatches: {
    readonly file: string;
    readonly line: number;
    readonly field: string;
    readonly ours: unknown;
    readonly theirs: unknown;
  }[] = [];
  const fields = new Map<string, number>();
  const used = new Map<Exception, number>();
  const early = new Set<string>();
  for (const truth of expected) {
    const bytes = bytesOf(truth);
    const certificate = bytes && readCertificate(bytes);
    if (certificate === undefined || isUnreadable(certificate)) {
      unread.push({ file: truth.file, line: truth.line, fault: certificate?.fault });
      continue;
    }
    const missing = missingExtensions(truth, certificate);
    if (missing.length > 0) early.add(basename(truth.file));
    for (const [field, ours] of Object.entries(said(certificate))) {
      const theirs: unknown = Reflect.get(truth, field);
      fields.set(field, (fields.get(field) ?? 0) + 1);
      if (same(ours, theirs)) continue;
      const name = fieldNames.get(field);
      if (
        missing.length > 0 &&
        (field === "extensions" || (theirs === undefined && name !== undefined && missing.includes(name)))
      )
        continue;
      const exception = exceptions.find(
        (entry) =>
          entry.file.test(truth.file) && entry.fields.includes(field) && entry.holds(ours, theirs, certificate),
      );
      if (exception === undefined) mismatches.push({ file: truth.file, line: truth.line, field, ours, theirs });
      else used.set(exception, (used.get(exception) ?? 0) + 1);
    }
  }
  t.diagnostic(`${expected.length - unread.length} of ${expected.length} decoded, 0 exceptions thrown`);
  t.diagnostic(
    [...fields]
      .map(
        ([field, count]) =>
          `${field}: ${mismatches.filter((mismatch) => mismatch.field === field).length} of ${count} differ`,
      )
      .join(", "),
  );
  for (const [{ because, file }, count] of used) t.diagnostic(`${count} × ${file}: ${because}`);
  t.diagnostic(`${early.size} × the truth has only the first extensions: ${[...early].join(" ")}`);
  assert.deepEqual(unread, []);
  assert.deepEqual(mismatches, []);
  assert.deepEqual([...early].sort(), [...endsEarly].sort());
  assert.deepEqual(
    exceptions.filter((entry) => !used.has(entry)),
    [],
    "exceptions that are none",
  );
});

/** The names of extensions that the truth leaves out, where what it has is the beginning of ours. */
function missingExtensions(truth: Truth, certificate: Certificate): readonly string[] {
  const ours = certificate.extensions.map(({ oid, critical }) => [wordsOf(oid), critical] as const);
  const isBeginning =
    ours.length > truth.extensions.length && same(ours.slice(0, truth.extensions.length), truth.extensions);
  return isBeginning && endsEarly.includes(basename(truth.file))
    ? ours.slice(truth.extensions.length).map(([name]) => name)
    : [];
}

/** What OpenSSL refuses and we read. */
const readAnyway: readonly { readonly file: string; readonly because: string }[] = [
  { file: "cert-blankline.pem", because: "PEM: a blank line, which the DER does not know of" },
  { file: "cert-extrapad.pem", because: "PEM: padding too many" },
  { file: "cert-misalignedpad.pem", because: "PEM: padding on a line of its own" },
  { file: "subCertLocalityNameDoesNotNeedToAppear.pem", because: "PEM: a blank line before END" },
  {
    file: "crypto__x509__parser_test.go.L368.pem",
    because: "values in a name of types that X.501 allows; the fault says that OpenSSL refuses them",
  },
];

test("real files that OpenSSL refuses as certificates are refused, each at a place", { skip }, (t) => {
  const rejected = rows<Rejected>(...corpora.map((name) => `${name}.rejected.jsonl`));
  assert.ok(rejected.length > 50, `${rejected.length} rejected`);
  const read = new Set<string>();
  let refused = 0;
  for (const row of rejected) {
    const bytes = bytesOf(row);
    const certificate = bytes && readCertificate(bytes);
    if (certificate !== undefined && !isUnreadable(certificate)) {
      read.add(basename(row.file));
      continue;
    }
    refused++;
    if (certificate === undefined) continue;
    const { at, reason, part } = certificate.fault;
    assert.ok(
      at.start >= 0 && at.start <= at.end && at.end <= (bytes?.length ?? 0) && tell(reason) !== "" && part !== "",
      row.file,
    );
  }
  t.diagnostic(`${refused} of ${rejected.length} refused`);
  for (const { file, because } of readAnyway) t.diagnostic(`read all the same: ${file}: ${because}`);
  assert.deepEqual([...read].sort(), readAnyway.map(({ file }) => file).sort());
});

test("what fills the corpora beside certificates is read as a certificate and as a request without an exception", {
  skip,
}, (t) => {
  let tried = 0;
  const requests: string[] = [];
  for (const name of globSync("{certs,bundles}/**/*", { cwd: folder, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )) {
    const path = relative(folder, join(name.parentPath, name.name));
    const { bytes, pem } = fileOf(path);
    for (const der of [
      bytes,
      ...pem.chunks.map(({ block }) => block?.bytes).filter((inside) => inside !== undefined),
    ]) {
      tried++;
      const certificate = readCertificate(der);
      const request = readRequest(der);
      if (!isUnreadable(certificate))
        assert.ok(
          certificate.faults.every(({ at }) => at.end <= der.length),
          path,
        );
      if (!isUnreadable(request)) {
        requests.push(nameText(request.subject, request.der));
        assert.ok(
          request.faults.every(({ at }) => at.end <= der.length),
          path,
        );
      }
    }
  }
  t.diagnostic(`${tried} read, of which ${requests.length} are requests`);
  assert.ok(tried > 3000 && requests.length > 10);
});
