// PEM files that somebody made to keep the editor busy: the work on them grows as they do, and what is found stays
// bounded.
// counted: its work.
import * as assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixAll } from "../../src/core/fixes.ts";
import { inspect } from "../../src/core/messages/inspection/inspect.ts";
import { read } from "../../src/core/read.ts";
import { check } from "../../src/core/rules/check.ts";
import { mostFindings } from "../../src/core/rules/run.ts";
import type { SignatureVerdicts } from "../../src/core/x509/path/verdicts.ts";
import { context, onFault } from "./checking.ts";
import { countWork, workOf } from "./work.ts";
import {
  ascii,
  basicConstraints,
  certificate,
  concat,
  dnsName,
  extension,
  lengthOf,
  octets,
  pem,
  subjectAltName,
} from "./x509/der-writer.ts";
import { createCa, createLeaf } from "./x509/pki.ts";

const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join("");
const root = createCa();
const leaf = createLeaf({ issuer: root });
const ca = (index: number, subject: string, issuer: string) =>
  pem(certificate({ serial: index + 1, subject, issuer, extensions: [basicConstraints(true)] }));
/** Sequences in each other, written from the outside in: a copy at each level would take longer than all the rest. */
const nested = (depth: number) => {
  const headers: number[][] = [];
  for (let level = 0, length = 1; level < depth; level++) {
    const header = [0x30, ...lengthOf(length)];
    headers.push(header);
    length += header.length;
  }
  return concat(...headers.reverse(), ascii("x"));
};

/** By name: a text for each size. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  "the same certificate again and again": (count) => many(count, () => root.pem),
  "certificates of one name": (count) => many(count, (index) => ca(index, "CN=a", "CN=a")),
  "certificates that all issued each other": (count) =>
    many(count, (index) => ca(index, index % 2 === 0 ? "CN=a" : "CN=b", index % 2 === 0 ? "CN=b" : "CN=a")),
  "a long chain, upside down": (count) => many(count, (index) => ca(index, `CN=${index}`, `CN=${index + 1}`)),
  "a long chain behind its leaf, in no order": (count) =>
    leaf.pem + many(count, (index) => ca(index, `CN=${(index * 7919) % count}`, `CN=${((index * 7919) % count) + 1}`)),
  "leaves of one CA": (count) =>
    root.pem +
    many(count, (index) => pem(certificate({ serial: index + 1, subject: `CN=${index}`, issuer: "CN=Root CA" }))),
  "blocks without END": (count) => many(count, () => "-----BEGIN CERTIFICATE-----\nMIIB\n"),
  "ENDs without BEGIN": (count) => many(count, () => "MIIB\n-----END CERTIFICATE-----\n"),
  "typographic dashes": (count) => many(count, () => root.pem.replaceAll("-----", "\u2014\u2014\u2014")),
  "blank lines in the body": (count) =>
    `-----BEGIN CERTIFICATE-----\n${many(count, () => "MIIB\n\n")}-----END CERTIFICATE-----\n`,
  "trailing blanks": (count) => `# mtls: target=origin\n${many(count, () => root.pem.replaceAll("\n", "  \n"))}`,
  "private keys": (count) =>
    root.pem + many(count, () => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
  "marker lines": (count) => many(count, () => "# mtls: target=origin\n") + root.pem,
  "extensions, all the same": (count) =>
    pem(certificate({ extensions: Array.from({ length: count }, () => extension("1.2.3.4", octets([1]))) })),
  names: (count) =>
    pem(
      certificate({
        extensions: [
          subjectAltName(...Array.from({ length: count }, (_, index) => dnsName(`host-${index}.example.com`))),
        ],
      }),
    ),
  "a subject without end": (count) => pem(certificate({ subject: `CN=${"x".repeat(40 * count)}` })),
  "nested sequences": (count) => pem(certificate({ extensions: [extension("1.2.3.4", nested(10 * count))] })),
  "text around": (count) =>
    many(count, (index) => `subject=CN = ${index}\n-----\n- - BEGIN\n${"-".repeat(50)}\n`) + root.pem,
};

describe("the work on a hostile bundle", { concurrency: false }, () => {
  countWork();

  const [small, factor] = [150, 4];
  /**
   * In proportion to the size it is 4 times as much, with sorting a little more; comparing each with each makes it 16
   * times as much.
   */
  const most = 6;
  const invalid: SignatureVerdicts = { of: () => "invalid" };
  const facts = (text: string) => read({ text, syntax: "pem", name: "bundle.pem" });
  const judge = (text: string) => check(facts(text), { ...context, signatures: invalid }, onFault);
  const show = (text: string) => {
    const { bundle } = facts(text);
    return inspect({
      name: "bundle.pem",
      bundle,
      isText: true,
      problems: new Map(),
      now: context.now,
      verdicts: invalid,
      sha256: (bytes) => String(bytes.length),
      soon: 30,
    });
  };

  for (const [name, make] of Object.entries(texts)) {
    test(`grows as the file does: ${name}`, () => {
      const [one, another] = [make(small), make(small * factor)];
      assert.ok(another.length < one.length * (factor + 1));
      assert.notEqual(facts(one).bundle.pieces.length, 0, "nothing in it: it proves nothing");
      for (const run of [judge, show, (text: string) => fixAll(facts(text), context, onFault)]) {
        run(one);
        const [less, more] = [workOf(() => run(one)), workOf(() => run(another))];
        assert.ok(more < less * most, `${less} for ${one.length} characters, ${more} for ${another.length}`);
      }
    });
  }

  test("no rule fails at millions of lines above what a document begins with", () => {
    const facts = read({ text: `${"#\n".repeat(4_000_000)}<html>`, syntax: "pem", name: "roots.pem" });
    const found = check(facts, { ...context, purpose: "trust-store" }, onFault);
    assert.deepEqual(
      found.map(({ rule }) => rule.id),
      ["bundle/no-certificate"],
    );
  });

  test("no rule has more than so many findings", () => {
    for (const make of Object.values(texts)) {
      const counts = new Map<string, number>();
      for (const { rule } of judge(make(mostFindings + 100))) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
      for (const [rule, count] of counts) assert.ok(count <= mostFindings, `${count} of ${rule}`);
    }
  });
});
